"""What was done to a submission, step by step."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from submissions.choices import Deed, State
from submissions.models.submission import Submission


class Step(models.Model):
    """One deed: who, when, why, and what it led to. Rows are only ever added; a trigger refuses anything else."""

    submission = models.ForeignKey(
        Submission,
        verbose_name=_("usulan"),
        on_delete=models.PROTECT,  # submissions are never deleted
        related_name="steps",
    )
    at = models.DateTimeField(_("waktu"), default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("oleh"),
        on_delete=models.PROTECT,  # who did it stays answerable for it
        related_name="+",
    )
    by_name = models.CharField(_("nama"), max_length=150, help_text=_("Seperti pada waktu itu"))
    deed = models.CharField(_("perbuatan"), max_length=9, choices=Deed.choices)
    state = models.CharField(_("status sesudahnya"), max_length=9, choices=State.choices)
    reason = models.TextField(_("alasan"), blank=True)
    written = models.JSONField(
        _("isian yang tertulis"), default=list, blank=True, help_text=_("[[jenis data, ID data, isian], ...]")
    )

    class Meta:
        verbose_name = _("langkah")
        verbose_name_plural = _("langkah")
        default_permissions = ()
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.by_name} {self.get_deed_display()}"
