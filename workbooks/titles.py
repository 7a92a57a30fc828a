"""Which column holds which field: by our own titles, by others that are known, and by what the office said before."""

from dataclasses import dataclass, field
from typing import Any

from workbooks.kinds import ID, Layout, fold
from workbooks.models import KnownTitle
from workbooks.reading import HIDDEN_SHEET, Cell, Sheet

#: A table may begin below a letterhead.
LOOKED_AT = 20


@dataclass
class Headings:
    """The titles of a sheet (`row` counts from 1), and by field the column, from 0, that holds it."""

    sheet: Sheet
    row: int = 0
    titles: list[str] = field(default_factory=list)
    mapping: dict[str, int] = field(default_factory=dict)

    @property
    def is_enough(self) -> bool:
        return len(self.mapping) >= 2


def headings_of(sheets: list[Sheet], layout: Layout, office: Any) -> Headings | None:
    """The row of titles that says most, of all sheets; None for an empty workbook."""
    known = layout.known_titles() | remembered(layout, office)
    best = None
    for sheet in sheets:
        if sheet.name == HIDDEN_SHEET:
            continue
        found = _headings(sheet, known)
        if found and (best is None or len(found.mapping) > len(best.mapping)):
            best = found
    return best


def _headings(sheet: Sheet, known: dict[str, str]) -> Headings | None:
    best = None
    for number, cells in enumerate(sheet, start=1):
        if number > LOOKED_AT:
            break
        titles = [text for _how, text in cells]
        found = Headings(sheet, number, titles, _mapping(cells, known))
        if any(titles) and (best is None or len(found.mapping) > len(best.mapping)):
            best = found
    return best


def _mapping(cells: list[Cell], known: dict[str, str]) -> dict[str, int]:
    """The first column of each field; a title that was said to mean nothing is passed over."""
    found: dict[str, int] = {}
    for place, (how, text) in enumerate(cells):
        name = known.get(fold(text), "") if how == "t" and text else ""
        if name:
            found.setdefault(name, place)
    return found


def remembered(layout: Layout, office: Any) -> dict[str, str]:
    rows = KnownTitle.objects.filter(office=office, kind=layout.slug)
    return dict(rows.values_list("title", "field"))


def remember(layout: Layout, office: Any, titles: list[str], mapping: dict[str, int]) -> None:
    """Keep what the office said of its own titles."""
    named = {place: name for name, place in mapping.items()}
    for place, title in enumerate(titles):
        if folded := fold(title)[:200]:
            KnownTitle.objects.update_or_create(
                office=office, kind=layout.slug, title=folded, defaults={"field": named.get(place, "")}
            )


def id_column(mapping: dict[str, int]) -> int | None:
    return mapping.get(ID)
