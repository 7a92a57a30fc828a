"""What stands on the page of an event: participants with their results, money, curation, attendance."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from batik_registry.admin import RecordFormSet, RecordTabularInline
from programs.admin.curation import ScoreMixin
from programs.forms import AttendanceForm, CurationForm, EventFundingForm, ParticipationForm
from programs.models import Attendance, Curation, EventFunding, Participation

#: Rows that a page shows for editing; the rest stands in a list of its own, so that a page never grows without end.
MOST_ROWS = 40


class FirstRows(RecordFormSet):
    """The first rows of a long list; what a browser sends back is found wherever it stands by then."""

    def get_queryset(self) -> Any:
        if self.is_bound:
            return super().get_queryset()
        if not hasattr(self, "first"):
            self.first = super().get_queryset()[:MOST_ROWS]
        return self.first


class OfEventInline(RecordTabularInline):
    """Rows of one event, each named by it, and by what else `related` fetches along."""

    can_delete = False
    related: tuple[str, ...] = ("event",)

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related(*self.related)


class ParticipationInline(OfEventInline):
    """Who takes part, with what each has reported; new ones are added below, where they are looked up by name."""

    model = Participation
    form = ParticipationForm
    formset = FirstRows
    fields = [
        *("booth_number", "status", "cash_sales_idr", "transactions", "preorder_idr", "orders_count"),
        *("contacts", "no_transaction"),
    ]
    readonly_fields = ["booth_number"]
    related = ("member", "event")
    ordering = ["member__business_name", "id"]
    verbose_name_plural = _("peserta dan hasilnya")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class NewParticipantInline(OfEventInline):
    """Only for new participants."""

    model = Participation
    form = ParticipationForm
    fields = ["member", "booth_number", "booth_size_m2", "status"]
    autocomplete_fields = ["member"]
    verbose_name_plural = _("tambahan peserta")

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_add_permission(request, obj) and not (obj and obj.is_settled)


class FundingInline(OfEventInline):
    """Which allocation paid stands on the row's own page."""

    model = EventFunding
    form = EventFundingForm
    fields = ["source_of_funds", "amount_idr", "note"]


class CurationInline(ScoreMixin, OfEventInline):
    """The judgements in brief; a new one is written on a page of its own."""

    model = Curation
    form = CurationForm
    formset = FirstRows
    fields: Any = ["member", "product", "technique", "mean", "result", "reason"]
    readonly_fields = fields
    related = ("member", "event")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class AttendanceInline(OfEventInline):
    model = Attendance
    form = AttendanceForm
    formset = FirstRows
    fields = ["name", "sex", "hours", "pre_score", "post_score", "certificate_number"]
