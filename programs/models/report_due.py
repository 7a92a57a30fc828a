"""When which report is due: the quarterly progress report on 10 April, and so on. Rows that staff keep, never code."""

from datetime import date, timedelta
from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from batik_registry.models import Record
from centres.choices import RuleStatus
from programs.choices import ReportKind
from programs.models.ruleset import RulesQuerySet


class ReportDueQuerySet(RulesQuerySet):
    def for_year(self, kind: str, fiscal_year: int) -> Self:
        """When a report of a fiscal year is due: the year's own rows first, then those of every year."""
        rows = self.filter(Q(fiscal_year=fiscal_year) | Q(fiscal_year=None), kind=kind)
        return rows.order_by("period", F("fiscal_year").asc(nulls_last=True))

    def days_of(self, kind: str, fiscal_year: int) -> dict[int, date]:
        """When this report of a fiscal year is due, by its quarter or half-year. One query."""
        rows = reversed(self.for_year(kind, fiscal_year))  # so that the year's own rows come last, and stay
        return dict(sorted((row.period, row.day_in(fiscal_year)) for row in {row.period: row for row in rows}.values()))

    def due_on(self, kind: str, fiscal_year: int, period: int = 1) -> date | None:
        """The day on which this report of a fiscal year (of its quarter `period`) is due; None if no row says."""
        return self.days_of(kind, fiscal_year).get(period)


class ReportDue(Record):
    """One date of the reporting calendar, for every year or for one; province and ministry have some days more."""

    kind = models.CharField(_("laporan"), max_length=11, choices=ReportKind.choices)
    period = models.PositiveSmallIntegerField(
        _("masa ke-"), default=1, help_text=_("Triwulan 1 sampai 4, semester 1 atau 2, atau 1 untuk laporan setahun")
    )
    fiscal_year = models.PositiveSmallIntegerField(
        _("tahun anggaran"), null=True, blank=True, help_text=_("Kosong untuk setiap tahun")
    )
    month = models.PositiveSmallIntegerField(_("bulan"))
    day = models.PositiveSmallIntegerField(_("tanggal"))
    years_later = models.PositiveSmallIntegerField(
        _("tahun sesudahnya"), default=0, help_text=_("1 bila jatuh pada tahun sesudah tahun anggaran")
    )
    province_days = models.PositiveSmallIntegerField(_("hari kerja untuk provinsi"), default=0)
    ministry_days = models.PositiveSmallIntegerField(_("hari kerja untuk Kementerian"), default=0)
    legal_basis = models.CharField(_("dasar"), max_length=300, blank=True)
    status = models.CharField(
        _("status dasar hukum"), max_length=16, choices=RuleStatus.choices, default=RuleStatus.UNVERIFIED
    )

    objects = ReportDueQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("jadwal laporan")
        verbose_name_plural = _("jadwal laporan")
        ordering = [F("fiscal_year").desc(nulls_last=True), "kind", "period"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "period", "fiscal_year"],
                name="programs_reportdue_once",
                nulls_distinct=False,
                violation_error_message=_("Jadwal laporan ini sudah ada"),
                violation_error_code="kind",
            ),
            models.CheckConstraint(
                name="programs_reportdue_period",
                condition=Q(period__range=(1, 4)),
                violation_error_message=_("Masa laporan diisi 1 sampai 4"),
                violation_error_code="period",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.period}"

    def clean(self) -> None:
        super().clean()
        if self.month is not None and self.day is not None:
            try:
                self.day_in(2023)  # no leap year: a date that exists in every year
            except ValueError:
                raise ValidationError({"day": _("Tanggal ini tidak ada dalam bulan itu")}) from None

    def day_in(self, fiscal_year: int) -> date:
        return date(fiscal_year + self.years_later, self.month, self.day)


def working_days_after(day: date, count: int) -> date:
    """The day so many working days (Monday to Friday) later; public holidays are not known here."""
    while count > 0:
        day += timedelta(days=1)
        count -= day.weekday() < 5
    return day
