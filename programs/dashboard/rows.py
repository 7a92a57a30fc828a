"""The rows behind a figure: what they are, where, and the two numbers that add up to it.

The numbers of a row may rest on what belongs to a person, such as the turnover of one workshop. Whoever may not read
that gets the same sums by regency, never of fewer than three.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db.models import Count, Sum
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from batik_registry.models import record_models
from batik_registry.permissions import is_personal, may_read_field
from batik_registry.spreadsheets import Cell
from programs.indicators import Figure
from regions.models import Region

FEW = 3
#: What `str` of a row looks up.
RELATED = {
    "centres.operationreport": ("centre",),
    "centres.centrefacility": ("centre",),
    "centres.referencestatistic": ("region",),
    "centres.certification": ("member",),
    "programs.participation": ("event", "member"),
    "programs.order": ("member",),
}


@dataclass(frozen=True)
class Line:
    """One row: where it is read in full ("" for sums), its name, its place, and the two numbers."""

    record: Any
    name: str
    place: str
    numerator: Decimal | None
    denominator: Decimal | None

    def cells(self) -> list[Cell]:
        return [self.name, self.place, self.numerator, self.denominator]


class Rows:
    """The lines of a figure for a reader."""

    def __init__(self, figure: Figure, user: Any) -> None:
        self.figure, self.user = figure, user
        self.part, self.model = figure.part, figure.rows.model

    @property
    def headings(self) -> list[str]:
        return [_("Data"), _("Wilayah"), str(self.part.numerator), str(self.part.denominator)]

    @cached_property
    def are_sums(self) -> bool:
        """Whether the reader gets them by regency."""
        return bool(personal_columns(self.figure.rows) & hidden_from(self.user))

    @cached_property
    def listed(self) -> Any:
        """What a pager divides: the lines, or the rows that lines are made of."""
        if self.are_sums:
            return _by_regency(self.figure.rows)
        label = self.model._meta.label_lower
        return self.figure.rows.select_related(*RELATED.get(label, ())).order_by(*_order(self.model))

    def lines(self, some: Iterable[Any]) -> list[Line]:
        """Of a page of `listed`; one query for the names of the places."""
        found = list(some)
        if self.are_sums:
            return found
        codes = {_place(row) for row in found}
        names = dict(Region.objects.filter(code__in=codes).values_list("code", "name"))
        return [
            Line(row, str(row), names.get(_place(row), _("Indonesia")), row.numerator, row.denominator) for row in found
        ]

    def all(self) -> Iterator[Line]:
        """A part at a time, for a file."""
        if self.are_sums:
            yield from self.listed
            return
        part: list[Any] = []
        for row in self.listed.iterator(chunk_size=1000):
            part.append(row)
            if len(part) == 1000:
                yield from self.lines(part)
                part = []
        yield from self.lines(part)


def personal_columns(rows: Any) -> set[str]:
    """The columns, by their names, on which the two numbers rest or may rest."""
    try:
        sql, _params = rows.order_by().values("numerator", "denominator").query.sql_with_params()
    except EmptyResultSet:
        return set()
    return set(re.findall(r'"(\w+)"', sql))


def hidden_from(user: Any) -> set[str]:
    """Columns that belong to a person and that the user does not read in clear."""
    return {
        model._meta.get_field(name).column
        for model in record_models()
        for name in model.sensitivity
        if is_personal(model, name) and not may_read_field(user, model, name)
    }


REST = gettext_lazy("Daerah lain, masing-masing kurang dari tiga baris")


def _by_regency(rows: Any) -> list[Line]:
    """Sums, the smallest regencies together; the smallest of the others joins them where they would be few."""
    sums = {"over": Sum("numerator"), "under": Sum("denominator"), "known": Count("denominator")}
    groups = sorted(rows.order_by().values("regency_code").annotate(**sums), key=lambda one: one["known"])
    names = dict(Region.objects.filter(code__in=[one["regency_code"] for one in groups]).values_list("code", "name"))
    few: list[Any] = []
    while (groups and groups[0]["known"] < FEW) or (few and groups and sum(one["known"] for one in few) < FEW):
        few.append(groups.pop(0))
    lines = [
        Line(None, names.get(one["regency_code"], ""), one["regency_code"], one["over"], one["under"])
        for one in sorted(groups, key=lambda one: one["regency_code"])
    ]
    if few:
        lines.append(Line(None, str(REST), "", _sum(few, "over"), _sum(few, "under")))
    return lines


def _sum(groups: list[Any], name: str) -> Decimal | None:
    known = [one[name] for one in groups if one[name] is not None]
    return sum(known, Decimal(0)) if known else None


def _order(model: Any) -> tuple[str, ...]:
    names = [field.name for field in model._meta.fields]
    return (next((name for name in ("region_code", "region", "code") if name in names), "pk"), "pk")


def _place(row: Any) -> str:
    """The code of the regency, or province, that the row belongs to."""
    if isinstance(row, Region):
        return row.code[:2]
    return str(getattr(row, "regency_code", None) or getattr(row, "province_code", "") or "")
