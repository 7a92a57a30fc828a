"""The quarterly reports of a year, quarter by quarter: came in time, came late, is not there."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Coalesce
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from centres.models import OperationReport
from centres.models.quarterly import ROMAN, quarter_ends_on
from programs.choices import ReportKind
from programs.indicators.base import UNKNOWN, Indicator, Total, counted, one_if
from programs.indicators.reporting import operating, taken_in
from programs.indicators.scope import Scope
from programs.models import ProgressReport, ReportDue

IN_TIME, LATE, MISSING = "tepat", "terlambat", "belum"
STATES = (
    (IN_TIME, _("tepat waktu"), "f1"),
    (LATE, _("sesudah tenggat, atau tanpa tanggal kirim"), "f2"),
    (MISSING, _("belum ada"), "f0"),
)


def due_days(scope: Scope, kind: str) -> dict[int, date]:
    """The last day of each quarter's report. One query, the first time."""
    days: dict[int, date] = scope.once((kind, scope.year), lambda: ReportDue.objects.days_of(kind, scope.year))
    return days


def _state_of(reports: Any, state: str, due: date | None) -> Any:
    if state == MISSING:
        return ~Exists(reports)
    if due is None:
        return None
    in_time = Exists(reports.filter(submitted_at__date__lte=due))
    return in_time if state == IN_TIME else Exists(reports) & ~in_time


def _progress(quarter: int, state: str) -> Callable[[Scope], Any]:
    """An allocation that was taken in afterwards owes no reports."""

    def rows(scope: Scope) -> Any:
        reports = scope.real(ProgressReport.objects).filter(allocation=OuterRef("pk"), year=scope.year, quarter=quarter)
        condition = _state_of(reports, state, due_days(scope, ReportKind.PROGRESS).get(quarter))
        known = ~Q(taken_in())
        return counted(scope.allocations(), UNKNOWN if condition is None else one_if(condition, known=known))

    return rows


def _operation(quarter: int, state: str) -> Callable[[Scope], Any]:
    """A centre owes no report for a quarter that ended before it began."""

    def rows(scope: Scope) -> Any:
        reports = scope.real(OperationReport.objects).filter(centre=OuterRef("pk"), year=scope.year, quarter=quarter)
        condition = _state_of(reports, state, due_days(scope, ReportKind.OPERATION).get(quarter))
        centres = operating(scope).annotate(begun_on=Coalesce("operational_on", "inaugurated_on"))
        known = Q(begun_on=None) | Q(begun_on__lte=quarter_ends_on(scope.year, quarter))
        return counted(centres, UNKNOWN if condition is None else one_if(condition, known=known))

    return rows


def _quarters(code: str, name: Any, of: Any, rows: Callable[[int, str], Callable[[Scope], Any]]) -> Indicator:
    parts = (
        Total(
            key=f"{quarter}_{state}",
            name=format_lazy(_("{}, triwulan {}: {}"), name, ROMAN[quarter], label),
            formula=_("Banyaknya laporan triwulan itu dengan keadaan ini"),
            numerator=label,
            denominator=of,
            unit=_("laporan"),
            rows=rows(quarter, state),
        )
        for quarter in ROMAN
        for state, label, _shade in STATES
    )
    return Indicator(code, name, tuple(parts))


PROGRESS = _quarters(
    "kemajuan", _("Laporan kemajuan DAK"), _("alokasi yang wajib melapor, tanpa yang dicatat belakangan"), _progress
)
OPERATION = _quarters(
    "operasional",
    _("Laporan operasional sentra"),
    _("sentra aktif yang memiliki fasilitas dan sudah beroperasi"),
    _operation,
)
