"""What the API remembers: the answers that were given to keys."""

from typing import Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


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
