from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from batik_registry.admin import is_uncovered, money_column
from batik_registry.templatetags.formats import angka
from centres.admin.base import (
    SOURCE,
    VERIFICATION,
    AttachmentInline,
    DeskAdmin,
    FactInline,
    ProvinceFilter,
)
from programs.admin.event_deeds import TONES, EventDeeds
from programs.admin.event_parts import (
    AttendanceInline,
    CurationInline,
    FundingInline,
    NewParticipantInline,
    ParticipationInline,
)
from programs.forms import EventForm, EventFundingForm
from programs.models import Attendance, Event, EventFunding

STATUS_FIELDS = ["status", "status_at", "status_by", "status_reason"]


class YearFilter(admin.SimpleListFilter):
    title = _("tahun")
    parameter_name = "tahun"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        days = Event.objects.visible_to(request.user).order_by().dates("starts_on", "year", order="DESC")
        return [(str(day.year), str(day.year)) for day in days]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        year = self.value() or ""
        return queryset.in_year(int(year)) if year.isdigit() else queryset


@admin.register(Event)
class EventAdmin(EventDeeds, DeskAdmin):
    form = EventForm
    change_form_template = "admin/programs/event/change_form.html"
    list_display = ["name", "state", "kind", "period", "place", "initiator", "reports", "sales", "preordered"]
    list_filter = [ProvinceFilter, YearFilter, "kind", "status", "mode", "verification_status", "is_sample"]
    list_select_related = ["venue__region", "initiator"]
    search_fields = ["name"]  # opens the search box; Event.objects.search does the searching
    search_help_text = _("Cari dengan nama, kode, tempat, atau wilayah")
    autocomplete_fields = ["region", "centre", "venue", "initiator", "organiser", "facilitator"]
    readonly_fields = ["code", *STATUS_FIELDS]
    fieldsets: Any = [
        (None, {"fields": ["name", ("kind", "mode", "code")]}),
        (_("Waktu dan tempat"), {"fields": [("starts_on", "ends_on"), "long_reason", "venue", "region", "centre"]}),
        (
            _("Pelaku"),
            {"fields": [("initiator", "organiser", "facilitator"), ("opened_by", "opened_on")]},
        ),
        (_("Tujuan"), {"fields": ["goals", "programme_tags", "description"]}),
        (_("Pelatihan dan pendampingan"), {"fields": ["topic", ("hours", "sessions")]}),
        (
            _("Target dan pernyataan"),
            {"fields": [("target_participants", "declared_participants"), ("target_visitors", "visitors")]},
        ),
        (_("Status"), {"fields": [("status", "status_at", "status_by"), "status_reason"]}),
        SOURCE,
        VERIFICATION,
    ]
    parts = [
        *(ParticipationInline, NewParticipantInline, FundingInline, CurationInline, AttendanceInline),
        *(FactInline, AttachmentInline),
    ]

    sales = staticmethod(money_column("cash_sales", _("penjualan langsung")))
    preordered = staticmethod(money_column("preorders", _("pesanan")))

    def get_queryset(self, request: HttpRequest) -> QuerySet[Event]:
        rows: Any = super().get_queryset(request)
        return rows.with_results()

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """A new event has no code and no history yet."""
        fieldsets = super().get_fieldsets(request, obj)
        if obj is not None:
            return fieldsets
        first = (None, {"fields": ["name", ("kind", "mode")]})
        return [first, *(pair for pair in fieldsets[1:] if pair[0] != _("Status"))]

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> Any:
        event = context.get("original")
        if event is not None:
            context["results"] = event.participation_set.results()
            context["deeds"] = list(self.deeds(request, event))
            context["tone"] = TONES[event.status]
        return super().render_change_form(request, context, *args, **kwargs)

    def _masks(self, request: HttpRequest, object_id: str) -> bool:
        """The names on the list of those present are uncovered here, all at once."""
        if not request.user.may.unmask(Event) or is_uncovered(request, object_id):
            return False
        return Attendance.objects.filter(event=object_id).exists()

    @admin.display(description=_("waktu"), ordering="starts_on")
    def period(self, event: Event) -> str:
        return event.period

    @admin.display(description=_("tempat"), ordering="venue__name")
    def place(self, event: Event) -> str:
        return f"{event.venue}, {event.venue.region.name}" if event.venue else _now("belum ada")

    @admin.display(description=_("status"), ordering="status")
    def state(self, event: Event) -> str:
        return format_html(
            '<span class="tag" data-tone="{}">{}</span>', TONES[event.status], event.get_status_display()
        )

    @admin.display(description=_("sudah melapor"), ordering="reported")
    def reports(self, event: Any) -> str:
        if not event.participants:
            return _now("belum ada peserta")
        return _now("%(reported)s dari %(count)s") % {
            "reported": angka(event.reported),
            "count": angka(event.participants),
        }


@admin.register(EventFunding)
class EventFundingAdmin(DeskAdmin):
    form = EventFundingForm
    list_display = ["event", "source_of_funds", "allocation", "amount", "verification_status"]
    list_filter = [ProvinceFilter, "source_of_funds", "verification_status"]
    list_select_related = ["event", "allocation"]
    search_fields = ["event__name", "event__code", "note"]
    search_help_text = _("Cari dengan nama atau kode kegiatan, atau catatan")
    autocomplete_fields = ["event", "allocation", "activity"]
    fieldsets = [
        (None, {"fields": ["event", "source_of_funds", ("allocation", "activity"), "amount_idr", "note"]}),
        SOURCE,
        VERIFICATION,
    ]
    parts = [AttachmentInline]

    amount = staticmethod(money_column("amount_idr", _("jumlah")))

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Reached from the event."""
        return False
