from django.db import models
from django.utils.translation import gettext_lazy as _


class Operation(models.TextChoices):
    INSERT = "I", _("membuat")
    UPDATE = "U", _("mengubah")
    DELETE = "D", _("menghapus")


class Door(models.TextChoices):
    """Through which door a change came."""

    ADMIN = "admin", _("meja kementerian")
    PORTAL = "portal", _("portal petugas")
    API = "api", _("API")
    IMPORT = "impor", _("impor berkas")
    COMMAND = "perintah", _("perintah pengelola sistem")
    SQL = "sql", _("basis data langsung")
