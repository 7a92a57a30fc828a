"""What the API remembers: the answers that were given to keys, and the files that were ordered."""

from typing import Any, Self
from uuid import UUID

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7


class AnsweredQuerySet(models.QuerySet["Answered"]):
    def forgotten_by(self, moment: object) -> Self:
        return self.filter(at__lt=moment)


class Answered(models.Model):
    """The answer that a key was given, kept for as long as somebody may send the same again."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("pengguna"),
        on_delete=models.CASCADE,  # nobody is left to send it again
        related_name="+",
    )
    key = models.CharField(_("kunci"), max_length=255)
    asked = models.BinaryField(_("sidik permintaan"))
    status = models.PositiveSmallIntegerField(_("status HTTP"))
    headers = models.JSONField(_("tajuk"), default=dict)
    body = models.BinaryField(_("isi jawaban"))
    at = models.DateTimeField(_("waktu"), default=timezone.now)

    objects = AnsweredQuerySet.as_manager()

    class Meta:
        app_label = "batik_registry"
        verbose_name = _("jawaban yang diingat")
        verbose_name_plural = _("jawaban yang diingat")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="batik_registry_answered_once")]
        indexes = [models.Index(fields=["at"], name="batik_registry_answered_at")]

    def __str__(self) -> str:
        return self.key


class ExportState(models.TextChoices):
    WAITING = "MENUNGGU", _("Menunggu")
    RUNNING = "DIBUAT", _("Sedang dibuat")
    READY = "SIAP", _("Siap diunduh")
    FAILED = "GAGAL", _("Gagal")
    EXPIRED = "KEDALUWARSA", _("Kedaluwarsa")


class ExportQuerySet(models.QuerySet["Export"]):
    def ordered_by(self, user: Any) -> Self:
        """A token's own orders, or those of whoever is signed in."""
        return self.filter(user_id=user.pk, token_id=user.token.pk if user.token else None)

    def unmade(self) -> Self:
        return self.filter(state__in=[ExportState.WAITING, ExportState.RUNNING])

    def begin(self, pk: UUID, *, most: int) -> bool:
        """Count one more attempt; False where none is due."""
        due = self.unmade().filter(pk=pk, attempts__lt=most)
        return bool(due.update(state=ExportState.RUNNING, attempts=models.F("attempts") + 1))


class Export(models.Model):
    """A file of a whole list, ordered by somebody, made by a worker and kept for a while."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("pemesan"),
        on_delete=models.CASCADE,  # nobody is left to fetch it
        related_name="+",
    )
    token = models.ForeignKey(
        "accounts.ApiToken",
        verbose_name=_("token"),
        on_delete=models.CASCADE,  # nobody is left to fetch it
        null=True,
        related_name="+",
    )
    resource = models.CharField(_("jenis data"), max_length=60)
    format = models.CharField(_("bentuk berkas"), max_length=10)
    filters = models.JSONField(_("saringan"), default=dict)
    address = models.URLField(_("alamat unduhan langsungnya"), max_length=4000)
    state = models.CharField(_("keadaan"), max_length=11, choices=ExportState.choices, default=ExportState.WAITING)
    attempts = models.PositiveSmallIntegerField(_("percobaan"), default=0)
    rows = models.BigIntegerField(_("banyaknya baris"), null=True)
    size_bytes = models.BigIntegerField(_("ukuran (bita)"), null=True)
    sha256 = models.CharField(_("SHA-256 berkas"), max_length=64, blank=True)
    error = models.CharField(_("mengapa gagal"), max_length=500, blank=True)
    reader = models.CharField(_("sidik hak pemesan"), max_length=40, blank=True)
    ordered_at = models.DateTimeField(_("dipesan pada"), default=timezone.now)
    ended_at = models.DateTimeField(_("selesai pada"), null=True)
    expires_at = models.DateTimeField(_("dapat diunduh sampai"), null=True)

    objects = ExportQuerySet.as_manager()

    class Meta:
        app_label = "batik_registry"
        verbose_name = _("berkas pesanan")
        verbose_name_plural = _("berkas pesanan")
        default_permissions = ()
        indexes = [models.Index(fields=["state", "expires_at"], name="batik_registry_export_state")]

    def __str__(self) -> str:
        return f"{self.resource}.{self.format}"

    @property
    def path(self) -> str:
        """Where the storage keeps the file."""
        return f"exports/{self.pk}.{self.format}"

    @property
    def is_ready(self) -> bool:
        return self.state == ExportState.READY and self.expires_at is not None and self.expires_at > timezone.now()

    def end(self, **values: Any) -> None:
        """Say what became of it."""
        for name, value in ({"ended_at": timezone.now()} | values).items():
            setattr(self, name, value)
        self.save()
