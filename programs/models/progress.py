"""How the work stood at the end of a quarter, and what stood in its way."""

from datetime import date
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from batik_registry.fields import Rupiah
from batik_registry.measures import Measure
from batik_registry.models import RegionalQuerySet, RegionalRecord, Sensitivity
from batik_registry.validators import validate_percent
from centres.models.quarterly import Quarterly, quarter_ends_on
from programs.choices import ProblemCode
from programs.models.guards import PROGRESS_GUARDS
from programs.models.of_allocation import OfAllocation, OfAllocationQuerySet


class ProgressReportQuerySet(OfAllocationQuerySet):
    def up_to(self, year: int, quarter: int) -> Self:
        """Reports of this quarter and of those before it."""
        return self.filter(Q(year__lt=year) | Q(year=year, quarter__lte=quarter))

    def in_order(self) -> Self:
        return self.order_by("year", "quarter")


class ProgressReport(Quarterly, OfAllocation):
    """A quarter of an allocation: money absorbed so far, progress, output, workers, problems. Empty means unknown."""

    absorbed_idr = Rupiah(
        _("penyerapan kumulatif (rupiah)"),
        null=True,
        blank=True,
        help_text=_("Dari RKUD kepada penyedia, dihitung sejak awal tahun anggaran"),
    )
    planned_pct = Measure(_("rencana fisik (%)"), max_digits=5, null=True, blank=True, validators=[validate_percent])
    physical_pct = Measure(_("realisasi fisik (%)"), max_digits=5, null=True, blank=True, validators=[validate_percent])
    output_pct = Measure(_("capaian keluaran (%)"), max_digits=5, null=True, blank=True, validators=[validate_percent])
    output_quantity = Measure(_("keluaran"), null=True, blank=True)
    workers_male = models.PositiveIntegerField(_("tenaga kerja laki-laki"), null=True, blank=True)
    workers_female = models.PositiveIntegerField(_("tenaga kerja perempuan"), null=True, blank=True)
    follow_up = models.TextField(_("tindak lanjut"), blank=True)
    is_reviewed = models.BooleanField(_("sudah direviu Inspektorat"), default=False)
    is_correction = models.BooleanField(
        _("koreksi"), default=False, help_text=_("Centang bila penyerapan turun karena laporan sebelumnya keliru")
    )
    correction_reason = models.CharField(_("alasan koreksi"), max_length=300, blank=True)

    objects = ProgressReportQuerySet.as_manager()

    FIGURES = (
        *("absorbed_idr", "planned_pct", "physical_pct", "output_pct", "output_quantity"),
        *("workers_male", "workers_female", "follow_up", "is_reviewed", "is_correction", "correction_reason"),
    )
    sensitivity = dict.fromkeys(FIGURES, Sensitivity.RESTRICTED)
    guards = PROGRESS_GUARDS

    class Meta(OfAllocation.Meta):
        verbose_name = _("laporan kemajuan")
        verbose_name_plural = _("laporan kemajuan")
        ordering = ["-year", "-quarter", "allocation"]
        constraints = [
            *RegionalRecord.Meta.constraints,
            *Quarterly.Meta.constraints,
            models.UniqueConstraint(
                fields=["allocation", "year", "quarter"],
                name="programs_progressreport_period",
                violation_error_message=_("Laporan alokasi ini untuk triwulan tersebut sudah ada"),
                violation_error_code="quarter",
            ),
            models.CheckConstraint(
                name="programs_progressreport_correction_reason",
                condition=Q(is_correction=False) | ~Q(correction_reason=""),
                violation_error_message=_("Jelaskan mengapa angka sebelumnya perlu dikoreksi"),
                violation_error_code="correction_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.allocation} – triwulan {self.quarter} {self.year}"

    def clean(self) -> None:
        """A quarter of the fiscal year, or of one that the work was carried over to."""
        super().clean()
        if self.allocation_id and self.year and not 0 <= self.year - self.allocation.fiscal_year <= 5:
            told = _("Laporan kemajuan dimulai pada tahun anggaran alokasi, yaitu %d") % self.allocation.fiscal_year
            raise ValidationError({"year": told})

    @property
    def ends_on(self) -> date:
        """The day that the figures stand for: the end of the quarter, or the day of the statement."""
        return self.as_of or quarter_ends_on(self.year, self.quarter)


class ReportedProblemQuerySet(RegionalQuerySet):
    def visible_to(self, user: Any) -> Self:
        return self.filter(report__in=ProgressReport.objects.visible_to(user).order_by().values("pk"))

    def open(self) -> Self:
        return self.filter(solved_on=None)


class ReportedProblem(RegionalRecord):
    """Something that stood in the way, by its code, and what is done about it."""

    report = models.ForeignKey(
        ProgressReport,
        verbose_name=_("laporan"),
        on_delete=models.PROTECT,  # a problem is solved, not deleted with its report
        related_name="problems",
        error_messages={"required": _("Pilih laporan")},
    )
    code = models.CharField(_("masalah"), max_length=16, choices=ProblemCode.choices)
    description = models.CharField(_("uraian"), max_length=500, blank=True)
    follow_up = models.CharField(
        _("tindak lanjut"), max_length=500, error_messages={"required": _("Isi apa yang akan dilakukan")}
    )
    responsible = models.CharField(_("penanggung jawab"), max_length=150, blank=True)
    due_on = models.DateField(_("selesai paling lambat"), null=True, blank=True)
    solved_on = models.DateField(_("terselesaikan pada"), null=True, blank=True)

    objects = ReportedProblemQuerySet.as_manager()

    region_source = "report"
    centre_path = "report__allocation__centre_links__centre"
    sensitivity = dict.fromkeys(["code", "description", "follow_up", "responsible"], Sensitivity.RESTRICTED)

    class Meta(RegionalRecord.Meta):
        verbose_name = _("masalah")
        verbose_name_plural = _("masalah")
        ordering = ["report", "code"]
        constraints = [
            *RegionalRecord.Meta.constraints,
            models.UniqueConstraint(
                fields=["report", "code"],
                name="programs_problem_once",
                violation_error_message=_("Masalah ini sudah tercatat dalam laporan"),
                violation_error_code="code",
            ),
            models.CheckConstraint(
                name="programs_problem_other_described",
                condition=~Q(code=ProblemCode.OTHER) | ~Q(description=""),
                violation_error_message=_("Uraikan masalah yang tidak ada dalam daftar"),
                violation_error_code="description",
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_code_display())
