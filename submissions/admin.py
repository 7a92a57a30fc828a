"""The queue of the review desk. One submission opens on a page of its own (`views.review`)."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import SuspiciousOperation
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from batik_registry.admin import RecordAdmin
from batik_registry.admin_actions import ask_first
from regions.admin import ProvinceFilter
from submissions import actions
from submissions.choices import Desk, Outcome
from submissions.lifecycle import DECIDED, OPEN
from submissions.models import Submission

TONES = {Outcome.CLEAN: "ok", Outcome.CONFLICT: "warn", Outcome.BROKEN: "bad", Outcome.EMPTY: "idle"}
PLACES = {
    "menunggu": (_("menunggu Kementerian"), Q(state__in=OPEN, desk=Desk.MINISTRY)),
    "daerah": (_("masih diperiksa daerah"), Q(state__in=OPEN) & ~Q(desk=Desk.MINISTRY)),
    "diputuskan": (_("sudah diputuskan"), Q(state__in=DECIDED)),
    "semua": (_("semua yang terkirim"), ~Q(submitted_at=None)),
}


class PlaceFilter(admin.SimpleListFilter):
    """Without a choice the list is the queue: what waits for the ministry."""

    title = _("posisi")
    parameter_name = "posisi"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(code, title) for code, (title, _condition) in PLACES.items()]

    def value(self) -> str:
        return super().value() or "menunggu"

    def choices(self, changelist: Any) -> Any:
        _everything, *choices = super().choices(changelist)
        return choices

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        _title, condition = PLACES.get(self.value(), PLACES["menunggu"])
        return queryset.filter(condition)


class Queue(ChangeList):
    @property
    def narrowing(self) -> str:
        """How the queue is narrowed, as the addresses of its submissions carry it on; "" where it is whole."""
        return self.get_query_string() if self.filter_params else ""

    def url_for_result(self, result: Any) -> str:
        return reverse("submissions:review", args=[result.pk]) + self.narrowing


def shown_in_queue(request: HttpRequest) -> Any:
    """The submissions of the queue as the query of this address narrows it; all of them for one that says nothing."""
    try:
        queue = admin.site.get_model_admin(Submission).get_changelist_instance(request)
    except (IncorrectLookupParameters, SuspiciousOperation):
        return Submission.objects.all()
    return queue.queryset.order_by().values("pk")


@admin.register(Submission)
class SubmissionAdmin(RecordAdmin):
    menu_url = "submissions:queue"
    list_display = ["number_column", "age", "verdict", "office_column", "purpose_column", "size"]
    download_display = [
        *("number", "title", "office", "purpose", "submitted_at", "state"),
        *("age", "verdict", "size"),
    ]
    list_filter = [PlaceFilter, "purpose", "outcome", ProvinceFilter]
    list_select_related = ["office"]
    search_fields = ["number", "title", "office__name"]
    search_help_text = _("Cari dengan nomor usulan, nama data, atau nama dinas")
    ordering = ["submitted_at", "id"]
    actions = ["approve_clean"]

    def get_queryset(self, request: HttpRequest) -> Any:
        rows: Any = super().get_queryset(request)
        return rows.with_size().with_movement()

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return Queue

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        context = {"title": _now("Antrean usulan"), **(extra_context or {})}
        page: Any = super().changelist_view(request, context)
        if (cl := getattr(page, "context_data", {}).get("cl")) is not None:
            page.context_data |= self._beginnings(request, cl)
        answer: HttpResponse = page
        return answer

    def _beginnings(self, request: HttpRequest, cl: ChangeList) -> dict[str, Any]:
        """Where a reviewer begins: at the oldest one shown, or with all that are clean on this page."""
        own = set(
            Submission.objects.at_desk_of(request.user).filter(pk__in=cl.result_list).values_list("pk", flat=True)
        )
        waiting = [one for one in cl.result_list if one.pk in own]
        clean = [one.pk for one in waiting if one.outcome == Outcome.CLEAN and not one.has_moved]
        return {"first": next(iter(waiting), None), "clean_here": clean if self.has_approve_permission(request) else []}

    def change_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        return redirect("submissions:review", object_id)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description=_("usulan"), ordering="number")
    def number_column(self, submission: Submission) -> str:
        told = '<span class="nowrap">{}</span><span class="meta">{}</span>'
        return format_html(told, submission.number, submission.title)

    @admin.display(description=_("kantor/dinas"), ordering="office__name")
    def office_column(self, submission: Submission) -> str:
        return str(submission.office)

    @admin.display(description=_("jenis"), ordering="purpose")
    def purpose_column(self, submission: Submission) -> str:
        return str(submission.get_purpose_display())

    @admin.display(description=_("isian"), ordering="size")
    def size(self, submission: Any) -> int:
        return int(submission.size)

    @admin.display(description=_("menunggu"), ordering="submitted_at")
    def age(self, submission: Submission) -> str:
        if not submission.is_open:
            return str(submission.get_state_display())
        days = submission.days_waiting
        told = _now("%d hari") % days if days else _now("hari ini")
        return _now("%s, lewat tenggat") % told if submission.is_late else told

    @admin.display(description=_("hasil pemeriksaan"), ordering="outcome")
    def verdict(self, submission: Any) -> str:
        """What the last simulation said; where a record has moved since, that it has to be looked at anew."""
        tone, told = TONES.get(Outcome(submission.outcome), "idle"), submission.get_outcome_display()
        if submission.is_open and submission.has_moved:
            tone, told = "info", _now("Data berubah")
        return format_html('<span class="tag" data-tone="{}">{}</span>', tone, told)

    @admin.action(description=_("Setujui yang bersih"), permissions=["approve"])
    def approve_clean(self, request: HttpRequest, rows: Any) -> HttpResponse | None:
        """Asks with those of the chosen rows that a fresh simulation finds clean; the others are named and left."""
        rows = Submission.objects.at_desk_of(request.user).filter(pk__in=rows.order_by().values("pk"))
        if "confirmed" not in request.POST:
            rows = _clean_ones(request, rows)
            if not rows.exists():
                messages.error(request, _now("Tidak ada usulan bersih yang menunggu Anda di antara yang dipilih."))
                return None
        return ask_first(
            self,
            request,
            rows,
            title=_now("Setujui yang bersih"),
            question=_now("%(count)d usulan berikut akan disetujui dan langsung berlaku."),
            done=_now("%(count)d usulan disetujui."),
            deed=lambda rows, by: _approve(request, rows, by),
        )


def _clean_ones(request: HttpRequest, rows: Any) -> Any:
    clean = []
    for submission in rows:
        verdict = actions.examine(submission=submission)
        if verdict.outcome == Outcome.CLEAN:
            clean.append(submission.pk)
        else:
            told = {"number": submission.number, "outcome": str(verdict.outcome.label).lower()}
            messages.warning(request, _now("%(number)s tidak ikut: %(outcome)s.") % told)
    return rows.filter(pk__in=clean)


def _approve(request: HttpRequest, rows: Any, by: Any) -> int:
    bulk = actions.approve_clean(rows=rows, by=by, reason=request.POST.get("_reason", ""))
    for submission, why in bulk.left:
        messages.warning(request, f"{submission.number}: {why}")
    return len(bulk.approved)
