"""The desk for one allocation: where it stands and why, its papers, and the deeds as buttons."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from batik_registry.admin import RecordTabularInline, money_column
from centres.admin.base import SOURCE, VERIFICATION, AttachmentInline, DeskAdmin, FactInline, ProvinceFilter
from programs import forms, models
from programs.actions.allocations import StepRefusedError, open_moves, take
from programs.forms.deeds import DeedForm
from programs.gates import Look
from programs.lifecycle import Deed
from programs.overview import Overview


class CentreLinkInline(RecordTabularInline):
    model = models.AllocationCentre
    form = forms.AllocationCentreForm
    fields = ["centre", "share_pct"]
    autocomplete_fields = ["centre"]
    can_delete = False


class ActivityInline(RecordTabularInline):
    model = models.Activity
    form = forms.ActivityForm
    fields = ["menu", "item", "volume", "unit", "unit_cost_idr", "amount_idr"]
    readonly_fields = ["amount_idr"]
    can_delete = False


class ContractInline(RecordTabularInline):
    model = models.Contract
    form = forms.ContractForm
    fields = ["package_name", "number", "vendor", "signed_on", "ends_on", "value_idr"]
    can_delete = False


class DocumentInline(RecordTabularInline):
    model = models.AllocationDocument
    form = forms.AllocationDocumentForm
    fields = ["stage", "document", "number", "received_on", "note"]
    can_delete = False


class ReportInline(RecordTabularInline):
    model = models.ProgressReport
    form = forms.ProgressReportForm
    fields = ["year", "quarter", "absorbed_idr", "physical_pct", "output_pct"]
    ordering = ["year", "quarter"]
    can_delete = False


class HandoverInline(RecordTabularInline):
    model = models.Handover
    form = forms.HandoverForm
    fields = ["bast_number", "bast_on", "asset_code", "asset_recorded_on", "manager_decree", "operational_on"]
    max_num = 1
    can_delete = False


class ResidualInline(RecordTabularInline):
    model = models.Residual
    form = forms.ResidualForm
    fields = ["reported_on", "amount_idr", "used_idr", "used_on", "use"]
    can_delete = False


class ExternalAmountInline(RecordTabularInline):
    model = models.ExternalAmount
    form = forms.ExternalAmountForm
    fields = ["system", "kind", "stated_on", "amount_idr"]
    can_delete = False


class YearFilter(admin.SimpleListFilter):
    """Only years in which there is money."""

    title = _("tahun anggaran")
    parameter_name = "tahun"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        rows = models.Allocation.objects.visible_to(request.user).order_by("-fiscal_year")
        return [(str(year), str(year)) for year in rows.values_list("fiscal_year", flat=True).distinct()]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        year = self.value() or ""
        return queryset.in_fiscal_year(int(year)) if year.isdigit() else queryset


@admin.register(models.Allocation)
class AllocationAdmin(DeskAdmin):
    form = forms.AllocationForm
    change_form_template = "admin/programs/allocation/change_form.html"
    list_display = ["title", "year", "kind", "place", "state", "ceiling", "contracted", "disbursed", "absorbed"]
    list_filter = [YearFilter, "kind", "source_of_funds", "state", ProvinceFilter, "verification_status", "is_sample"]
    list_select_related = ["region"]
    search_fields = ["title", "code", "krisna_id", "centre_links__centre__search_text"]
    search_help_text = _("Cari dengan nama, kode, ID KRISNA, atau sentra yang dilayani")
    autocomplete_fields = ["region", "office", "facility"]
    readonly_fields = ["code"]
    fieldsets = [
        (None, {"fields": ["title", "code", ("fiscal_year", "kind", "source_of_funds"), "purpose"]}),
        (_("Penerima"), {"fields": ["region", "office", "facility"]}),
        (_("Uang"), {"fields": [("proposed_idr", "ceiling_idr", "plan_idr"), "disbursement_mode"]}),
        (_("Dasar"), {"fields": [("field_code", "krisna_id"), "legal_basis"]}),
        SOURCE,
        VERIFICATION,
    ]
    parts = [
        *(CentreLinkInline, ActivityInline, ContractInline, DocumentInline, ReportInline, HandoverInline),
        *(ResidualInline, ExternalAmountInline, FactInline, AttachmentInline),
    ]

    ceiling = staticmethod(money_column("ceiling_idr", _("pagu")))
    contracted = staticmethod(money_column("contracted", _("kontrak")))
    disbursed = staticmethod(money_column("disbursed", _("disalurkan")))
    absorbed = staticmethod(money_column("absorbed", _("diserap")))

    @admin.display(description=_("TA"), ordering="fiscal_year")
    def year(self, allocation: models.Allocation) -> str:
        return str(allocation.fiscal_year)

    @admin.display(description=_("daerah"), ordering="region")
    def place(self, allocation: models.Allocation) -> str:
        return allocation.region.full_name

    def get_queryset(self, request: HttpRequest) -> QuerySet[models.Allocation]:
        rows: Any = super().get_queryset(request)
        return rows.with_money()

    def get_urls(self) -> list[Any]:
        deed = self.admin_site.admin_view(self.deed_view)
        return [path("<uuid:pk>/langkah/<slug:deed>/", deed, name="programs_allocation_deed"), *super().get_urls()]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        found = self.get_object(request, object_id) if request.method == "GET" else None
        overview = Overview(found, request.user) if found else None
        return super().change_view(request, object_id, form_url, {"overview": overview} | (extra_context or {}))

    # --- deeds --------------------------------------------------------------------------------------------------

    def deed_view(self, request: HttpRequest, pk: Any, deed: str) -> HttpResponse:
        """Asks for what the deed needs, then does it; says what stands in its way."""
        allocation = get_object_or_404(models.Allocation.objects.visible_to(request.user), pk=pk)
        if deed not in Deed.values:
            raise Http404
        look = Look(allocation)
        moves = [move for move in open_moves(look=look, by=request.user) if move.deed == deed]
        if not moves:
            messages.error(request, _("Langkah ini tidak tersedia: tahapnya sudah berubah, atau bukan wewenang Anda."))
            return redirect(_page_of(allocation))
        form = DeedForm(request.POST or None, moves=moves, gate=look.gate)
        if form.is_valid() and self._done(request, allocation, deed, form):
            return redirect(_page_of(allocation))
        context = self.admin_site.each_context(request) | {
            "title": Deed(deed).label,
            "opts": self.opts,
            "allocation": allocation,
            "move": moves[0],
            "form": form,
        }
        return TemplateResponse(request, "admin/programs/allocation/deed.html", context)

    def _done(self, request: HttpRequest, allocation: models.Allocation, deed: str, form: DeedForm) -> bool:
        """Whether the deed was done; where it was refused the form tells why."""
        given = form.cleaned_data
        try:
            step = take(
                allocation=allocation,
                deed=deed,
                by=request.user,
                target=given.get("target", ""),
                reason=given.get("reason", ""),
                document=given.get("document", ""),
                payment=form.payment(),  # type: ignore[arg-type]
            )
        except StepRefusedError as refusal:
            form.add_error(None, refusal)
        except ValidationError as refusal:  # a rule of the payment itself, such as the ceiling
            for sentence in refusal.messages:
                form.add_error(None, sentence)
        except PermissionDenied as refusal:
            form.add_error(None, str(refusal))
        else:
            told = {"deed": step.get_deed_display(), "state": step.get_to_state_display()}
            messages.success(request, _now("%(deed)s: alokasi kini pada tahap %(state)s.") % told)
            return True
        return False


def _page_of(allocation: models.Allocation) -> str:
    return reverse("admin:programs_allocation_change", args=[allocation.pk])


@admin.register(models.Step)
class StepAdmin(DeskAdmin):
    """What was done, as a list; steps are taken on the allocation's page."""

    list_display = ["allocation", "deed", "to_state", "when", "who"]
    list_filter = [ProvinceFilter, "deed"]
    list_select_related = ["allocation"]
    search_fields = ["allocation__title", "allocation__code", "actor_name"]
    search_help_text = _("Cari dengan nama alokasi atau pelaku")
    fieldsets = [
        (None, {"fields": ["allocation", "deed", ("from_state", "to_state")]}),
        (_("Keputusan"), {"fields": ["decided_at", "actor_name", "document", "reason"]}),
    ]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_module_permission(self, request: HttpRequest) -> bool:
        return False

    @admin.display(description=_("pada"), ordering="decided_at")
    def when(self, step: models.Step) -> str:
        from batik_registry.templatetags.formats import pukul

        return pukul(step.decided_at)

    @admin.display(description=_("oleh"), ordering="actor_name")
    def who(self, step: models.Step) -> str:
        return step.actor_name
