from django.db import models
from django.utils.translation import gettext_lazy as _


class OfficeLevel(models.TextChoices):
    MINISTRY = "PUSAT", _("Pusat")
    PROVINCE = "PROVINSI", _("Provinsi")
    REGENCY = "KAB_KOTA", _("Kabupaten/kota")


class Affair(models.TextChoices):
    """Government affairs that an office handles; one dinas often handles several."""

    INDUSTRY = "INDUSTRI", _("Perindustrian")
    TRADE = "PERDAGANGAN", _("Perdagangan")
    COOPERATIVES = "KUKM", _("Koperasi dan UKM")
    MANPOWER = "TENAGA_KERJA", _("Tenaga kerja")
    OTHER = "LAINNYA", _("Urusan lain")


class RoleCode(models.TextChoices):
    ADMINISTRATOR = "administrator", _("Administrator")
    PROGRAMME_STAFF = "programme_staff", _("Staf program Kementerian")
    LEADER = "leader", _("Pimpinan")
    PROVINCE_OFFICER = "province_officer", _("Petugas provinsi")
    REGENCY_OFFICER = "regency_officer", _("Petugas kabupaten/kota")
    CENTRE_MANAGER = "centre_manager", _("Pengelola sentra")
    API_CLIENT = "api_client", _("Sistem lain (API)")


class MailMode(models.TextChoices):
    """When the portal writes to an officer."""

    DIGEST = "HARIAN", _("Ringkasan harian")
    AT_ONCE = "SEGERA", _("Segera")
    NONE = "TIDAK", _("Tidak ada")
