"""What every report on a quarter has: the quarter, and who sent it when."""

from datetime import date, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

ROMAN = {1: "I", 2: "II", 3: "III", 4: "IV"}


def quarter_starts_on(year: int, quarter: int) -> date:
    return date(year, 3 * quarter - 2, 1)


def quarter_ends_on(year: int, quarter: int) -> date:
    """The last day of a quarter."""
    return quarter_starts_on(year + quarter // 4, quarter % 4 + 1) - timedelta(days=1)


class Quarterly(models.Model):
    """Mixed into the record of a quarter; a quarter that has not begun has no report."""

    year = models.PositiveSmallIntegerField(_("tahun"))
    quarter = models.PositiveSmallIntegerField(_("triwulan"), help_text=_("1 sampai 4"))
    submitted_at = models.DateTimeField(_("dikirim pada"), null=True, blank=True, editable=False)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("dikirim oleh"),
        on_delete=models.PROTECT,  # who sent a report stays answerable for it
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_quarter",
                condition=Q(quarter__range=(1, 4)),
                violation_error_message=_("Triwulan diisi 1, 2, 3, atau 4"),
                violation_error_code="quarter",
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_submitted_pair",
                condition=Q(submitted_at=None, submitted_by=None)
                | Q(submitted_at__isnull=False, submitted_by__isnull=False),
                violation_error_message=_("Waktu kirim dan nama pengirim harus diisi bersama"),
                violation_error_code="submitted_at",
            ),
        ]

    def clean(self) -> None:
        super().clean()
        is_quarter = self.quarter in ROMAN and self.year and 2000 <= self.year <= 2100
        if is_quarter and quarter_starts_on(self.year, self.quarter) > timezone.localdate():
            raise ValidationError({"quarter": _("Triwulan ini belum dimulai")})

    @property
    def period(self) -> str:
        """Triwulan IV 2023."""
        return _now("Triwulan %(quarter)s %(year)s") % {"quarter": ROMAN[self.quarter], "year": self.year}
