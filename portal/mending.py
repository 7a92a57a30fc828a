"""The faults of a row as lines of the page on which they are mended, and what such a page sends."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from workbooks.choices import Deed
from workbooks.kinds import Layout
from workbooks.models import Row

CELL = re.compile(r"b-([0-9]{1,6})-(ID|[a-z0-9_]{1,60})", re.ASCII)
DEED = re.compile(r"t-([0-9]{1,6})", re.ASCII)


@dataclass(frozen=True)
class Line:
    """One fault: at which cell, what was read, why, what to do, and the field in which it is mended.

    `labels` are the choices where the field has few; `deeds` those of a row that looks like a record there is.
    """

    row: Row
    problem: dict[str, Any]
    labels: list[str]
    deeds: list[tuple[str, Any]]

    @property
    def key(self) -> str:
        return f"b-{self.row.number}-{self.problem['name']}"

    @property
    def deed_key(self) -> str:
        return f"t-{self.row.number}"

    @property
    def value(self) -> str:
        return self.problem["suggestion"] or self.problem["read"]

    @property
    def is_mendable(self) -> bool:
        return bool(self.problem["name"])


def lines_of(row: Row, layout: Layout) -> list[Line]:
    found = []
    for problem in row.faults:
        deeds = list(Deed.choices) if problem["choose"] else []
        found.append(Line(row, problem, _labels(problem["name"], layout), deeds))
    return found


def _labels(name: str, layout: Layout) -> list[str]:
    if name not in layout.fields:
        return []
    column = layout.kind.field(name)
    return [str(label) for code, label in column.flatchoices if code] if column.choices else []


def typed_in(sent: Mapping[str, str], names: Collection[str]) -> tuple[dict[int, dict[str, str]], dict[int, str]]:
    """By row what was typed for which field, and what was said of the row."""
    typed: dict[int, dict[str, str]] = {}
    deeds: dict[int, str] = {}
    for key, text in sent.items():
        if (cell := CELL.fullmatch(key)) and cell[2] in {*names, "ID"}:
            typed.setdefault(int(cell[1]), {})[cell[2]] = text
        elif (deed := DEED.fullmatch(key)) and text in Deed.values:
            deeds[int(deed[1])] = text
    return typed, deeds
