"""The quarterly reports that somebody still owes: of allocations at work, and of centres in operation."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet

from centres.models import Centre, OperationReport
from centres.models.quarterly import ROMAN, quarter_ends_on
from programs.choices import ReportKind
from programs.lifecycle import AT_WORK
from programs.models import Allocation, ProgressReport, ReportDue

#: A report is asked for when its quarter has ended, or so long before its day.
AHEAD = timedelta(days=30)


@dataclass(frozen=True)
class Owed:
    """One report that is not there: about `record`, for a quarter, with its last day."""

    record: Any
    year: int
    quarter: int
    due_on: date

    @property
    def key(self) -> tuple[str, int, int]:
        return str(self.record.pk), self.year, self.quarter


def progress_owed(allocations: QuerySet[Allocation], on: date) -> list[Owed]:
    """Reports of the fiscal year that fall due while the registry watches. Three queries."""
    rows = list(allocations.filter(state__in=AT_WORK).with_watch())  # type: ignore[attr-defined]
    there = _there(ProgressReport.objects.filter(allocation__in=rows), "allocation_id")
    day = _calendar(ReportKind.PROGRESS)
    wanted = [(row, row.fiscal_year, quarter) for row in rows for quarter in ROMAN]
    return [one for one in _owed(wanted, day, there, on) if one.due_on >= one.record.watched_since]


def operation_owed(centres: QuerySet[Centre], on: date) -> list[Owed]:
    """Of the quarter that ended last, and of the running one when its day is near. Three queries."""
    rows = list(centres.active())  # type: ignore[attr-defined]
    this = (on.year, (on.month + 2) // 3)
    last = (this[0], this[1] - 1) if this[1] > 1 else (this[0] - 1, 4)
    there = _there(OperationReport.objects.filter(centre__in=rows, year__gte=last[0]), "centre_id")
    wanted = [(row, *period) for row in rows for period in (last, this)]
    return _owed(wanted, _calendar(ReportKind.OPERATION), there, on)


def _there(reports: QuerySet[Any], parent: str) -> set[tuple[str, int, int]]:
    return {(str(key), year, quarter) for key, year, quarter in reports.values_list(parent, "year", "quarter")}


def _calendar(kind: ReportKind) -> Callable[[int, int], date | None]:
    """When the report of a year's quarter is due, the year's own row before that of every year. One query."""
    rows = {(row.fiscal_year, row.period): row for row in ReportDue.objects.filter(kind=kind)}

    def day(year: int, quarter: int) -> date | None:
        row = rows.get((year, quarter)) or rows.get((None, quarter))
        return row.day_in(year) if row else None

    return day


def _owed(
    wanted: list[tuple[Any, int, int]],
    day: Callable[[int, int], date | None],
    there: set[tuple[str, int, int]],
    on: date,
) -> list[Owed]:
    found = []
    for row, year, quarter in wanted:
        due = day(year, quarter)
        is_asked = due is not None and (quarter_ends_on(year, quarter) < on or due - on <= AHEAD)
        if due is not None and is_asked and (str(row.pk), year, quarter) not in there:
            found.append(Owed(row, year, quarter, due))
    return sorted(found, key=lambda one: one.due_on)
