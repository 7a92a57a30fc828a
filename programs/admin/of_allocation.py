"""The pages of what belongs to an allocation; they are reached from it and take no line in the menu."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from batik_registry.admin import RecordTabularInline, date_column, money_column, words_column
from centres.admin.base import SOURCE, VERIFICATION, AttachmentInline, DeskAdmin, FactInline, ProvinceFilter
from programs import forms, models


class OfAllocationAdmin(DeskAdmin):
    list_select_related = ["allocation"]
    autocomplete_fields = ["allocation"]
    list_filter: Any = [ProvinceFilter]
    search_fields = ["allocation__title", "allocation__code"]
    search_help_text = _("Cari dengan nama atau kode alokasi")

    def has_module_permission(self, request: HttpRequest) -> bool:
        return False


@admin.register(models.AllocationCentre)
class AllocationCentreAdmin(OfAllocationAdmin):
    form = forms.AllocationCentreForm
    list_display = ["allocation", "centre", "share"]
    list_select_related = ["allocation", "centre"]
    autocomplete_fields = ["allocation", "centre"]
    fieldsets = [(None, {"fields": ["allocation", "centre", "share_pct"]}), SOURCE, VERIFICATION]

    share = staticmethod(words_column("share_pct", _("porsi (%)")))


@admin.register(models.Activity)
class ActivityAdmin(OfAllocationAdmin):
    form = forms.ActivityForm
    list_display = ["item", "menu", "allocation", "cost", "amount"]
    search_fields = ["item", "menu", "allocation__title", "allocation__code"]
    search_help_text = _("Cari dengan rincian kegiatan atau alokasi")
    autocomplete_fields = ["allocation", "facility"]
    readonly_fields = ["amount_idr"]
    fieldsets = [
        (None, {"fields": ["allocation", "menu", "item", "location", "facility"]}),
        (_("Biaya"), {"fields": [("volume", "unit"), ("unit_cost_idr", "amount_idr")]}),
        (_("Keluaran"), {"fields": ["output", ("output_target", "labour_planned")]}),
        SOURCE,
        VERIFICATION,
    ]
    parts = [FactInline, AttachmentInline]

    cost = staticmethod(money_column("unit_cost_idr", _("harga satuan")))
    amount = staticmethod(money_column("amount_idr", _("jumlah")))


class AddendumInline(RecordTabularInline):
    model = models.ContractAddendum
    form = forms.ContractAddendumForm
    fields = ["number", "signed_on", "value_idr", "ends_on", "reason"]
    can_delete = False


@admin.register(models.Contract)
class ContractAdmin(OfAllocationAdmin):
    form = forms.ContractForm
    list_display = ["package_name", "number", "allocation", "signed", "ends", "value"]
    list_filter = [ProvinceFilter, "method"]
    search_fields = ["package_name", "number", "vendor", "allocation__title", "allocation__code"]
    search_help_text = _("Cari dengan nama paket, nomor, penyedia, atau alokasi")
    autocomplete_fields = ["allocation", "activity"]
    readonly_fields = ["initial_value_idr"]
    fieldsets = [
        (None, {"fields": ["allocation", "activity", "package_name", ("number", "method"), "vendor"]}),
        (
            _("Nilai dan masa"),
            {"fields": [("initial_value_idr", "value_idr"), ("signed_on", "starts_on", "ends_on"), "terminated_on"]},
        ),
        (_("Rincian"), {"fields": [("rup_id", "spse_id"), ("retention_pct", "labour_forecast")]}),
        SOURCE,
        VERIFICATION,
    ]
    parts = [AddendumInline, FactInline, AttachmentInline]

    signed = staticmethod(date_column("signed_on", _("ditandatangani")))
    ends = staticmethod(date_column("ends_on", _("berakhir")))
    value = staticmethod(money_column("value_idr", _("nilai kontrak")))


@admin.register(models.ContractAddendum)
class ContractAddendumAdmin(OfAllocationAdmin):
    form = forms.ContractAddendumForm
    list_display = ["number", "contract", "signed", "value"]
    list_select_related = ["contract"]
    search_fields = ["number", "contract__package_name", "contract__number"]
    search_help_text = _("Cari dengan nomor adendum atau kontrak")
    autocomplete_fields = ["contract"]
    fieldsets = [
        (None, {"fields": ["contract", ("number", "signed_on"), ("value_idr", "ends_on"), "reason"]}),
        SOURCE,
        VERIFICATION,
    ]
    parts = [AttachmentInline]

    signed = staticmethod(date_column("signed_on", _("ditandatangani")))
    value = staticmethod(money_column("value_idr", _("nilai sesudahnya")))


@admin.register(models.Disbursement)
class DisbursementAdmin(OfAllocationAdmin):
    form = forms.DisbursementForm
    list_display = ["allocation", "stage", "received", "amount"]
    list_filter = [ProvinceFilter, "stage"]
    fieldsets = [
        (None, {"fields": ["allocation", "stage", ("requested_on", "received_on"), ("sp2d_number", "amount_idr")]}),
        SOURCE,
        VERIFICATION,
    ]
    parts = [FactInline, AttachmentInline]

    received = staticmethod(date_column("received_on", _("masuk RKUD")))
    amount = staticmethod(money_column("amount_idr", _("jumlah")))


@admin.register(models.AllocationDocument)
class AllocationDocumentAdmin(OfAllocationAdmin):
    form = forms.AllocationDocumentForm
    list_display = ["document", "stage", "allocation", "received"]
    list_filter = [ProvinceFilter, "stage", "document"]
    fieldsets = [
        (None, {"fields": ["allocation", ("stage", "document"), ("number", "received_on"), "note"]}),
        SOURCE,
        VERIFICATION,
    ]
    parts = [AttachmentInline]

    received = staticmethod(date_column("received_on", _("diterima")))


@admin.register(models.ExternalAmount)
class ExternalAmountAdmin(OfAllocationAdmin):
    form = forms.ExternalAmountForm
    list_display = ["allocation", "system", "kind", "stated", "amount"]
    list_filter = [ProvinceFilter, "system", "kind"]
    fieldsets = [
        (None, {"fields": ["allocation", ("system", "kind"), ("stated_on", "amount_idr")]}),
        SOURCE,
        VERIFICATION,
    ]

    stated = staticmethod(date_column("stated_on", _("keadaan pada")))
    amount = staticmethod(money_column("amount_idr", _("jumlah")))


class ProblemInline(RecordTabularInline):
    model = models.ReportedProblem
    form = forms.ReportedProblemForm
    fields = ["code", "description", "follow_up", "responsible", "due_on", "solved_on"]
    can_delete = False


@admin.register(models.ProgressReport)
class ProgressReportAdmin(OfAllocationAdmin):
    form = forms.ProgressReportForm
    list_display = ["allocation", "period", "absorbed", "physical", "output", "sent", "verification_status"]
    list_filter = [ProvinceFilter, "year", "quarter", "verification_status", "is_sample"]
    readonly_fields = ["submitted_at", "submitted_by"]
    fieldsets = [
        (None, {"fields": ["allocation", ("year", "quarter"), ("submitted_at", "submitted_by")]}),
        (_("Uang"), {"fields": ["absorbed_idr", ("is_correction", "correction_reason")]}),
        (
            _("Pekerjaan"),
            {"fields": [("planned_pct", "physical_pct"), ("output_pct", "output_quantity"), "follow_up"]},
        ),
        (_("Tenaga kerja dan reviu"), {"fields": [("workers_male", "workers_female"), "is_reviewed"]}),
        SOURCE,
        VERIFICATION,
    ]
    parts = [ProblemInline, FactInline, AttachmentInline]

    absorbed = staticmethod(money_column("absorbed_idr", _("penyerapan")))
    physical = staticmethod(words_column("physical_pct", _("fisik (%)")))
    output = staticmethod(words_column("output_pct", _("keluaran (%)")))
    sent = staticmethod(date_column("submitted_at", _("dikirim")))

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Reports are worth a list of their own."""
        return super(OfAllocationAdmin, self).has_module_permission(request)

    @admin.display(description=_("masa"), ordering="-year")
    def period(self, report: models.ProgressReport) -> str:
        return report.period


@admin.register(models.ReportedProblem)
class ReportedProblemAdmin(OfAllocationAdmin):
    form = forms.ReportedProblemForm
    list_display = ["code", "report", "responsible", "due", "solved"]
    list_select_related = ["report__allocation"]
    list_filter = [ProvinceFilter, "code"]
    search_fields = ["description", "follow_up", "report__allocation__title"]
    search_help_text = _("Cari dengan uraian masalah atau alokasi")
    autocomplete_fields = ["report"]
    fieldsets = [
        (None, {"fields": ["report", "code", "description"]}),
        (_("Tindak lanjut"), {"fields": ["follow_up", ("responsible", "due_on", "solved_on")]}),
        SOURCE,
        VERIFICATION,
    ]
    parts = [AttachmentInline]

    due = staticmethod(date_column("due_on", _("tenggat")))
    solved = staticmethod(date_column("solved_on", _("terselesaikan")))


@admin.register(models.Handover)
class HandoverAdmin(OfAllocationAdmin):
    form = forms.HandoverForm
    list_display = ["allocation", "bast_number", "handed_over", "operating"]
    fieldsets = [
        (None, {"fields": ["allocation", ("bast_number", "bast_on"), "bast_value_idr"]}),
        (_("BAST II"), {"fields": [("final_bast_number", "final_bast_on")]}),
        (_("Barang milik daerah"), {"fields": [("asset_code", "asset_recorded_on")]}),
        (_("Pengelolaan"), {"fields": [("manager_decree", "manager_decree_on"), "operational_on"]}),
        SOURCE,
        VERIFICATION,
    ]
    parts = [FactInline, AttachmentInline]

    handed_over = staticmethod(date_column("bast_on", _("BAST I")))
    operating = staticmethod(date_column("operational_on", _("beroperasi")))


@admin.register(models.Residual)
class ResidualAdmin(OfAllocationAdmin):
    form = forms.ResidualForm
    list_display = ["allocation", "reported", "amount", "used"]
    fieldsets = [
        (None, {"fields": ["allocation", ("reported_on", "amount_idr")]}),
        (_("Penggunaan"), {"fields": [("used_idr", "used_on"), "use"]}),
        SOURCE,
        VERIFICATION,
    ]
    parts = [AttachmentInline]

    reported = staticmethod(date_column("reported_on", _("dilaporkan")))
    amount = staticmethod(money_column("amount_idr", _("sisa")))
    used = staticmethod(money_column("used_idr", _("digunakan")))
