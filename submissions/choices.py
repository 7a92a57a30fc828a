from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """How far a submission has come; `lifecycle.py` says which way leads where."""

    DRAFT = "DRAFT", _("Konsep")
    SUBMITTED = "SUBMITTED", _("Terkirim")
    VERIFIED = "VERIFIED", _("Terverifikasi")
    RETURNED = "RETURNED", _("Dikembalikan")
    APPROVED = "APPROVED", _("Disetujui")
    PARTLY_APPROVED = "PARTLY", _("Disetujui sebagian")
    REJECTED = "REJECTED", _("Ditolak")
    WITHDRAWN = "WITHDRAWN", _("Ditarik kembali")


class Deed(models.TextChoices):
    """What somebody does to a submission."""

    EDIT = "EDIT", _("menyusun konsep")
    HAND_OVER = "HAND_OVER", _("menyerahkan kepada pengganti")
    SUBMIT = "SUBMIT", _("mengirim")
    WITHDRAW = "WITHDRAW", _("menarik kembali")
    VERIFY = "VERIFY", _("memverifikasi")
    RETURN = "RETURN", _("mengembalikan")
    REJECT = "REJECT", _("menolak")
    DECIDE = "DECIDE", _("memutuskan")
    REVERSE = "REVERSE", _("mengusulkan pembatalan")
    REMIND = "REMIND", _("mengingatkan")


class Purpose(models.TextChoices):
    CHANGE = "CHANGE", _("Perubahan data")
    REPORT = "REPORT", _("Laporan berkala")
    REVERSAL = "REVERSAL", _("Pembatalan putusan")


class Desk(models.TextChoices):
    """At whose desk an open submission lies."""

    OFFICE = "OFFICE", _("Dinas pengusul")
    PROVINCE = "PROVINCE", _("Provinsi")
    MINISTRY = "MINISTRY", _("Kementerian")


class Operation(models.TextChoices):
    CREATE = "CREATE", _("data baru")
    UPDATE = "UPDATE", _("perubahan")
    END = "END", _("pengakhiran")


class Decision(models.TextChoices):
    """What a reviewer says about one field."""

    NONE = "", _("belum diputuskan")
    ACCEPT = "ACCEPT", _("diterima")
    KEEP = "KEEP", _("tetap nilai kini")
    RETURN = "RETURN", _("dikembalikan")


class Standing(models.TextChoices):
    """How a proposed value stands to the registry of today."""

    CLEAN = "CLEAN", _("Siap")
    SAME = "SAME", _("Sudah demikian")
    CONFLICT = "CONFLICT", _("Bentrok")


class Outcome(models.TextChoices):
    """What the last simulation of an approval said."""

    UNKNOWN = "", _("Belum diperiksa")
    CLEAN = "CLEAN", _("Bersih")
    CONFLICT = "CONFLICT", _("Bentrok")
    BROKEN = "BROKEN", _("Melanggar aturan")
    EMPTY = "EMPTY", _("Sudah demikian")
