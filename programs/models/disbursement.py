"""Money that reaches the regional treasury (RKUD), stage by stage, and the papers that each stage asks for."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from batik_registry.fields import Rupiah
from batik_registry.models import RegionalRecord, Sensitivity
from programs.choices import DocumentKind, Stage
from programs.models.guards import DISBURSEMENT_GUARDS
from programs.models.of_allocation import OfAllocation


class Disbursement(OfAllocation):
    """One payment into the regional treasury: a stage, or one of the payments of a lump sum."""

    stage = models.CharField(_("tahap"), max_length=9, choices=Stage.choices)
    requested_on = models.DateField(_("diajukan pada"), null=True, blank=True)
    sp2d_number = models.CharField(_("nomor SP2D"), max_length=100, blank=True)
    received_on = models.DateField(
        _("masuk RKUD pada"), null=True, blank=True, help_text=_("Kosong selama uangnya belum diterima")
    )
    amount_idr = Rupiah(_("jumlah (rupiah)"))

    sensitivity = dict.fromkeys(["sp2d_number", "requested_on", "received_on", "amount_idr"], Sensitivity.RESTRICTED)
    guards = DISBURSEMENT_GUARDS

    class Meta(OfAllocation.Meta):
        verbose_name = _("penyaluran")
        verbose_name_plural = _("penyaluran")
        ordering = ["allocation", "received_on", "id"]
        constraints = [
            *RegionalRecord.Meta.constraints,
            models.UniqueConstraint(
                fields=["allocation", "stage"],
                condition=~Q(stage=Stage.LUMP_SUM),
                name="programs_disbursement_once",
                violation_error_message=_("Tahap ini sudah tercatat pada alokasi tersebut"),
                violation_error_code="stage",
            ),
            models.UniqueConstraint(
                fields=["sp2d_number"],
                condition=~Q(sp2d_number=""),
                name="programs_disbursement_sp2d",
                violation_error_message=_("Nomor SP2D ini sudah tercatat"),
                violation_error_code="sp2d_number",
            ),
            models.CheckConstraint(
                name="programs_disbursement_positive",
                condition=Q(amount_idr__gt=0),
                violation_error_message=_("Jumlah penyaluran harus lebih dari nol"),
                violation_error_code="amount_idr",
            ),
            models.CheckConstraint(
                name="programs_disbursement_dates",
                condition=Q(requested_on=None) | Q(received_on=None) | Q(received_on__gte=models.F("requested_on")),
                violation_error_message=_("Uang tidak mungkin diterima sebelum diajukan; periksa tanggalnya"),
                violation_error_code="received_on",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_stage_display()} – {self.allocation}"

    def clean(self) -> None:
        super().clean()
        if self.allocation_id and self.received_on and self.received_on.year < self.allocation.fiscal_year:
            raise ValidationError({"received_on": _("Tanggal ini sebelum tahun anggaran alokasi")})
        if self.received_on and self.received_on > timezone.localdate():
            raise ValidationError({"received_on": _("Tanggal ini belum tiba; kosongkan selama uangnya belum diterima")})


class AllocationDocument(OfAllocation):
    """A paper that was handed in: for the proposal (no stage), or for a stage of the disbursement."""

    stage = models.CharField(
        _("tahap"), max_length=9, choices=Stage.choices, blank=True, help_text=_("Kosong untuk berkas usulan")
    )
    document = models.CharField(_("dokumen"), max_length=20, choices=DocumentKind.choices)
    number = models.CharField(_("nomor"), max_length=100, blank=True)
    received_on = models.DateField(_("diterima pada"))
    note = models.CharField(_("catatan"), max_length=300, blank=True)

    sensitivity = dict.fromkeys(["number", "note"], Sensitivity.RESTRICTED)

    class Meta(OfAllocation.Meta):
        verbose_name = _("dokumen syarat")
        verbose_name_plural = _("dokumen syarat")
        ordering = ["allocation", "stage", "document"]
        constraints = [
            *RegionalRecord.Meta.constraints,
            models.UniqueConstraint(
                fields=["allocation", "stage", "document"],
                name="programs_document_once",
                violation_error_message=_("Dokumen ini sudah tercatat untuk tahap tersebut"),
                violation_error_code="document",
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_document_display())
