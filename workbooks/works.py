"""A row on its way through the check: as it was read, and as far as it is judged."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from workbooks.choices import Deed
from workbooks.kinds import ID
from workbooks.models import Row
from workbooks.reading import EMPTY, Cell

Problem = dict[str, Any]


@dataclass
class Read:
    """One row as it was read: its cells by field, which of them are formulas or lie in a merged area, and whether the
    row is hidden. `new_id` is kept from an earlier check, so that a new record stays the same one."""

    number: int
    cells: dict[str, Cell]
    formulas: set[str] = field(default_factory=set)
    merged: set[str] = field(default_factory=set)
    is_hidden: bool = False
    deed: str = ""
    new_id: UUID | None = None

    @property
    def id(self) -> str:
        return self.cells.get(ID, EMPTY)[1].strip()

    @property
    def is_example(self) -> bool:
        return self.id.lower() == "contoh"

    def text(self, name: str) -> str:
        return self.cells.get(name, EMPTY)[1]

    def kept(self) -> dict[str, Any]:
        found: dict[str, Any] = {"cells": {name: list(cell) for name, cell in self.cells.items()}}
        if self.formulas or self.merged or self.is_hidden:
            found |= {"formulas": sorted(self.formulas), "merged": sorted(self.merged), "hidden": self.is_hidden}
        return found

    @classmethod
    def of(cls, row: Row) -> "Read":
        held: Any = row.content
        cells: dict[str, Cell] = {name: (cell[0], cell[1]) for name, cell in held["cells"].items()}
        marks = set(held.get("formulas", ())), set(held.get("merged", ()))
        return cls(row.number, cells, *marks, bool(held.get("hidden")), row.deed, row.record_id)


@dataclass
class Work:
    """A row under judgement."""

    read: Read
    problems: list[Problem] = field(default_factory=list)
    values: dict[str, Any] = field(default_factory=dict)
    record: Any = None
    seen: Any = None
    wanted: Any = None
    version: int = 0
    marks: list[str] = field(default_factory=list)
    is_same: bool = False
    proposed: str = ""

    @property
    def is_left(self) -> bool:
        return self.read.deed == Deed.LEAVE or bool(self.proposed)

    @property
    def is_blocked(self) -> bool:
        return any(one["blocks"] for one in self.problems)
