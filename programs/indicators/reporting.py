"""Reports that came in time, of those that were due by the day. The calendar is `ReportDue`, kept by staff."""

from datetime import date
from functools import reduce
from operator import or_
from typing import Any, NamedTuple

from django.db.models import Case, Count, Exists, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce, Least
from django.utils.translation import gettext_lazy as _

from centres.models import CentreFacility, OperationReport
from centres.models.quarterly import quarter_ends_on
from programs.choices import ReportKind
from programs.indicators.base import UNKNOWN, Indicator, Percent, counted
from programs.indicators.scope import Scope
from programs.lifecycle import Deed
from programs.models import ProgressReport, ReportDue, Step


class Due(NamedTuple):
    """The report of a quarter, and its last day."""

    year: int
    quarter: int
    day: date


def due_by(day: date, kind: str, year: int) -> list[Due]:
    """The quarterly reports of a year whose last day has come, in order. Two queries."""
    found = [Due(year, row.period, row.day_in(year)) for row in ReportDue.objects.for_year(kind, year)]
    return sorted((due for due in found if due.day <= day), key=lambda due: due.day)


def on_time(reports: Any, dues: list[Due], parent: str) -> Coalesce:
    """How many of these reports of the row's `parent` came by their last day."""
    each = [Q(year=due.year, quarter=due.quarter, submitted_at__date__lte=due.day) for due in dues]
    kept = reports.filter(reduce(or_, each, Q(pk__in=[])), **{parent: OuterRef("pk")}).order_by()
    return Coalesce(Subquery(kept.values(parent).annotate(n=Count("pk")).values("n")), 0)


def operating(scope: Scope) -> Any:
    """Centres at work that have a building or a hall; a cluster of houses has no operation to report."""
    return scope.centres().active().filter(Exists(scope.real(CentreFacility.objects).filter(centre=OuterRef("pk"))))


def taken_in() -> Exists:
    """Whether the row, an allocation, was taken in after its work was done."""
    return Exists(Step.objects.filter(allocation=OuterRef("pk"), deed=Deed.TAKE_IN))


def _progress(scope: Scope) -> Any:
    """An allocation that was taken in afterwards owes no reports: its work was done before the registry watched."""
    dues = due_by(scope.day, ReportKind.PROGRESS, scope.year)
    owed = Case(When(~taken_in(), then=len(dues) or UNKNOWN))
    return counted(scope.allocations(), on_time(scope.real(ProgressReport.objects), dues, "allocation"), owed)


def _operation(scope: Scope) -> Any:
    """A centre owes no report for a quarter that ended before it began to operate, or else before it was opened."""
    dues = due_by(scope.day, ReportKind.OPERATION, scope.year)
    owed: Any = sum((_owes(due) for due in dues), Value(0))
    reports = scope.real(OperationReport.objects)
    rows = operating(scope).annotate(begun_on=Coalesce("operational_on", "inaugurated_on")).annotate(owed=owed)
    return counted(rows, Least(on_time(reports, dues, "centre"), "owed"), _positive("owed"))


def _owes(due: Due) -> Case:
    ended = quarter_ends_on(due.year, due.quarter)
    return Case(When(Q(begun_on=None) | Q(begun_on__lte=ended), then=1), default=0)


def _positive(name: str) -> Case:
    return Case(When(**{f"{name}__gt": 0}, then=F(name)))


ON_TIME = Indicator(
    "I08",
    _("Laporan tepat waktu"),
    (
        Percent(
            key="kemajuan",
            name=_("Laporan kemajuan triwulan yang tepat waktu"),
            formula=_("Laporan yang dikirim sampai tenggatnya dibagi laporan yang sudah jatuh tempo pada hari itu"),
            numerator=_("laporan kemajuan tepat waktu"),
            denominator=_(
                "laporan kemajuan jatuh tempo, juga yang tidak pernah dikirim; tanpa alokasi yang dicatat belakangan"
            ),
            rows=_progress,
        ),
        Percent(
            key="operasional",
            name=_("Laporan operasional sentra yang tepat waktu"),
            formula=_("Laporan yang dikirim sampai tenggatnya dibagi laporan yang sudah jatuh tempo pada hari itu"),
            numerator=_("laporan operasional tepat waktu"),
            denominator=_("laporan operasional jatuh tempo dari sentra aktif yang memiliki fasilitas"),
            rows=_operation,
        ),
    ),
)
