from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """How far a workbook has come."""

    READING = "READING", _("Sedang diperiksa")
    SENDING = "SENDING", _("Sedang diajukan")
    CHECKED = "CHECKED", _("Sudah diperiksa")
    REFUSED = "REFUSED", _("Tidak dapat dibaca")
    DONE = "DONE", _("Selesai")
    DROPPED = "DROPPED", _("Dibatalkan")


class Outcome(models.TextChoices):
    """What becomes of one row."""

    NEW = "NEW", _("Baru")
    CHANGE = "CHANGE", _("Pembaruan")
    SAME = "SAME", _("Tidak berubah")
    BAD = "BAD", _("Perlu diperbaiki")
    LEFT = "LEFT", _("Dilewati")
    SENT = "SENT", _("Sudah diajukan")


AT_WORK = (State.READING, State.SENDING)
READY = (Outcome.NEW, Outcome.CHANGE)


class Deed(models.TextChoices):
    """What the officer says of a row that looks like a record which is there already."""

    UPDATE = "UPDATE", _("Perbarui yang ada")
    NEW = "NEW", _("Buat data baru")
    LEAVE = "LEAVE", _("Lewati baris")
