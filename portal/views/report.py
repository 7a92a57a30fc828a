"""The quarterly reports: of an allocation's progress, and of a centre's operation."""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID, uuid4

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from batik_registry.words import written
from centres.models import Centre, OperationReport
from centres.models.quarterly import ROMAN, quarter_ends_on, quarter_starts_on
from portal.access import PAGE, for_officers
from portal.editing import Editing, Written, key_in
from portal.kinds import form_address
from portal.problems import Row, emptied, rows_of, wishes_of
from portal.reports import PARENTS, NotDeclared, is_declared, under_way
from portal.views.editing import answer, page
from portal.views.sending import kept, received
from programs.choices import ReportKind
from programs.models import Allocation, ProgressReport, ReportDue
from programs.models.allocation import FIRST_YEAR
from programs.overview import Overview
from submissions import kinds
from submissions.choices import Purpose, State
from submissions.lifecycle import OPEN
from submissions.models import Submission

TEMPLATE = "portal/report.html"
#: What is told of a quarter only, and does not go over into the next.
NOT_CARRIED = ("follow_up", "is_correction", "correction_reason", "is_reviewed", "main_problem", "support_needed")


@dataclass
class ReportEditing(Editing):
    """The form of a report: with the figures of the quarter before beside it, and sent only when declared true."""

    report: Any = None
    is_declared: bool = False
    is_undeclared: bool = False
    unfilled: list[Any] = field(default_factory=list)

    def form(self, data: Any = None, files: Any = None) -> Any:
        form = super().form(data, files)
        self.report.note_earlier(form)
        asked = [form[name] for name in self.report.model.FIGURES if name in form.fields and name not in NOT_CARRIED]
        self.unfilled = [one for one in asked if one.value() in (None, "", [])]
        return form

    def submit(self, form: Any) -> Submission | None:
        if not self.is_declared:
            self.is_undeclared = True
            raise NotDeclared
        return super().submit(form)


@dataclass
class Report:
    """The report of one quarter about an allocation or a centre, as far as it has come."""

    request: HttpRequest
    model: Any
    parent: Any
    year: int
    quarter: int

    @property
    def key(self) -> tuple[str, int, int]:
        return str(self.parent.pk), self.year, self.quarter

    @property
    def is_of_allocation(self) -> bool:
        return self.model is ProgressReport

    @cached_property
    def fixed(self) -> dict[str, Any]:
        return {PARENTS[self.model]: self.parent, "year": self.year, "quarter": self.quarter}

    @cached_property
    def existing(self) -> Any:
        return self.model.objects.filter(**self.fixed).first()

    @cached_property
    def earlier(self) -> Any:
        """The report of the quarter before, or the last one that there is before this."""
        before = self.model.objects.filter(**{PARENTS[self.model]: self.parent}).order_by("-year", "-quarter")
        return next((one for one in before if (one.year, one.quarter) < (self.year, self.quarter)), None)

    @property
    def begins_on(self) -> date:
        return quarter_starts_on(self.year, self.quarter)

    @property
    def ends_on(self) -> date:
        return quarter_ends_on(self.year, self.quarter)

    @property
    def title(self) -> tuple[str, int]:
        return ROMAN[self.quarter], self.year

    def sent(self) -> Any:
        return under_way(self.model, self.request.user, OPEN).get(self.key)

    def editing(self) -> ReportEditing:
        user, kind = self.request.user, kinds.kind_of(self.model)
        change = under_way(self.model, user, (State.DRAFT,)).get(self.key)
        due = ReportKind.PROGRESS if self.is_of_allocation else ReportKind.OPERATION
        day = ReportDue.objects.due_on(due, self.year, self.quarter)
        return ReportEditing(
            kind,
            change.record_id if change else _posted_id(self.request, self.model),
            user,
            draft=change.submission if change else None,
            purpose=Purpose.REPORT,
            due_on=day or quarter_ends_on(self.year, self.quarter),
            key=key_in(self.request.POST),
            fixed=self.fixed,
            initial=self.carried(),
            report=self,
            is_declared=is_declared(self.request.POST),
        )

    def carried(self) -> dict[str, Any]:
        """The figures of the quarter before, to be corrected rather than typed anew."""
        names = [name for name in self.model.FIGURES if name not in NOT_CARRIED]
        return {name: getattr(self.earlier, name) for name in names} if self.earlier else {}

    def note_earlier(self, form: Any) -> None:
        if self.earlier is None:
            return
        label = f"Triwulan {ROMAN[self.earlier.quarter]} {self.earlier.year}"
        for name in self.model.FIGURES:
            if name in form.fields:
                aside = form.fields[name].aside
                aside.earlier = written(self.model._meta.get_field(name), getattr(self.earlier, name))
                aside.earlier_label = label


@for_officers
@require_http_methods(PAGE)
def report(request: HttpRequest, room: str, pk: UUID, year: int, quarter: int) -> HttpResponse:
    """Prefilled with the quarter before; a report that is there, or on its way, is opened instead."""
    found = _report(request, room, pk, year, quarter)
    if found.existing:
        return redirect(form_address(kinds.kind_of(found.model), found.existing.pk))
    if sent := found.sent():
        return redirect("portal:submission", sent.submission.pk)
    editing = found.editing()
    rows = rows_of(editing.draft, request.user, request.POST if request.method == "POST" else None)
    context = _context(found, rows)
    if request.method == "POST":
        also = wishes_of(rows, editing.record_id)
        return answer(request, editing, TEMPLATE, also=also, without=emptied(rows), **context)
    return page(request, editing, editing.form(), TEMPLATE, **context)


@for_officers
@require_POST
def save_report_draft(request: HttpRequest, room: str, pk: UUID, year: int, quarter: int) -> HttpResponse:
    found = _report(request, room, pk, year, quarter)
    editing = found.editing()
    rows = rows_of(editing.draft, request.user, request.POST)
    return kept(_written(editing, rows, request), request)


@for_officers
@require_POST
def send_report(request: HttpRequest, room: str, pk: UUID, year: int, quarter: int) -> HttpResponse:
    found = _report(request, room, pk, year, quarter)
    editing = found.editing()
    rows = rows_of(editing.draft, request.user, request.POST)
    return received(_written(editing, rows, request), request)


def _written(editing: Editing, rows: list[Row], request: HttpRequest) -> Written:
    return Written(editing, request.POST, also=wishes_of(rows, editing.record_id), without=emptied(rows))


def _context(found: Report, rows: list[Any]) -> dict[str, Any]:
    overview = Overview(found.parent, found.request.user) if found.is_of_allocation else None
    return {"report": found, "overview": overview, "problems": rows if found.is_of_allocation else []}


def _report(request: HttpRequest, room: str, pk: UUID, year: int, quarter: int) -> Report:
    """A place of another office is not there; whoever may not report is refused."""
    if quarter not in ROMAN or room not in ("dak", "sentra") or not FIRST_YEAR <= year <= timezone.localdate().year:
        raise Http404
    model: Any = ProgressReport if room == "dak" else OperationReport
    rows: Any = Allocation.objects.visible_to if room == "dak" else Centre.objects.editable_by
    parent = get_object_or_404(rows(request.user), pk=pk)
    if not request.user.may.propose_new(model):
        raise PermissionDenied
    return Report(request, model, parent, year, quarter)


def _posted_id(request: HttpRequest, model: Any) -> UUID:
    """The id that the page gave to the report, its key, too; never that of a report that is there."""
    try:
        posted = UUID(key_in(request.POST))
    except ValueError:
        return uuid4()
    return uuid4() if model.objects.filter(pk=posted).exists() else posted
