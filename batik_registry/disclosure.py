"""Figures about few are not published: with what everybody knows already they would tell about one of them.

    hidden = withheld({"35": (41,), "33": (2,), "": (43,)}, [("", ["35", "33"])])

A cell is told by its sizes: how many members (or whatever else is protected) stand behind each number that it shows.
A size of 1 or 2 makes it small. Hiding the small cells alone would not do where their total is shown: what is left of
it would be theirs. So others are hidden with them, until no hidden cell can be computed and no sum of hidden cells
that can be computed is small itself. A size of 0 is told: nobody stands behind it.

Whoever publishes the same cells in several tables asks once for all of them, with every sum that is told anywhere.
"""

from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from fractions import Fraction
from typing import Generic, TypeVar

#: So many must stand behind a figure.
THRESHOLD = 3

Sizes = tuple[int, ...]
Key = TypeVar("Key", bound=Hashable)
#: Hidden cells, each times a number, that add up to something that anybody can compute.
Known = dict[Key, Fraction]


def is_small(sizes: Iterable[int], least: int = THRESHOLD) -> bool:
    return any(0 < size < least for size in sizes)


def withheld(cells: Mapping[Key, Sizes], sums: Iterable[tuple[Key, Collection[Key]]]) -> set[Key]:
    """The cells that must not be shown.

    `sums` are totals, which are cells themselves, each with the cells that add up to it: of a table with totals on
    both sides, or of regions within regions. All cells have equally many sizes.
    """
    table = _Table(cells, sums)
    while table.hide_more():
        pass
    return table.hidden


class _Table(Generic[Key]):
    def __init__(self, cells: Mapping[Key, Sizes], sums: Iterable[tuple[Key, Collection[Key]]]) -> None:
        self.cells = cells
        self.lines: list[tuple[Key, ...]] = [(total, *parts) for total, parts in sums]
        self.totals = {line[0] for line in self.lines}
        self.hidden = {key for key, sizes in cells.items() if is_small(sizes)}

    def hide_more(self) -> bool:
        """Hides what the hidden cells so far need; False once they need nothing."""
        needed = [line for line in self.lines if self._shows_one(line)]
        if needed:
            return any(list(map(self._hide_one, needed)))
        return any(self._protect(found) for found in self._computable() if not self._is_safe(found))

    def _shows_one(self, line: tuple[Key, ...]) -> bool:
        """Whether the line's only hidden cell is what the others leave."""
        return sum(key in self.hidden for key in line) == 1

    def _hide_one(self, line: tuple[Key, ...]) -> bool:
        """Hides the smallest of the line that anybody stands behind, a total only where there is no other."""
        shown = [key for key in line if key not in self.hidden and any(self.cells[key])]
        shown.sort(key=lambda key: (key == line[0], self.cells[key]))
        self.hidden.update(shown[:1])
        return bool(shown)

    def _protect(self, found: Known[Key]) -> bool:
        """Hides one more cell beside those, in the nearest line that still shows one."""
        near, seen = set(found), -1
        while len(near) > seen:
            seen = len(near)
            lines = [line for line in self.lines if near & set(line)]
            if any(self._hide_one(line) for line in lines):
                return True
            near |= {key for line in lines for key in line if key in self.hidden}
        return False

    def _is_safe(self, found: Known[Key]) -> bool:
        if len(found) == 1:
            return False
        if len(set(found.values())) > 1:
            return True  # a difference, which says nothing of how many there are
        together = [sum(sizes) for sizes in zip(*(self.cells[key] for key in found), strict=True)]
        # Three hidden cells with three members together would have one each.
        return not is_small(together, max(THRESHOLD, len(found) + 1))

    def _computable(self) -> list[Known[Key]]:
        """What anybody can compute of the hidden cells: a cell alone, or sums and differences of several.

        Solved for the totals first, so that the rest speaks of what they are made of.
        """
        rank = {key: (key not in self.totals, number) for number, key in enumerate(self.cells)}
        rows: list[Known[Key]] = list(map(self._hidden_of, self.lines))
        solved: dict[Key, Known[Key]] = {}
        for row in rows:
            _solve(solved, row, rank.__getitem__)
        return [row for row in [*rows, *solved.values()] if row]

    def _hidden_of(self, line: tuple[Key, ...]) -> Known[Key]:
        total, *parts = line
        told = {key: Fraction(1) for key in parts} | {total: Fraction(-1)}
        return {key: one for key, one in told.items() if key in self.hidden}


def _solve(solved: dict[Key, Known[Key]], row: Known[Key], rank: Callable[[Key], tuple[bool, int]]) -> None:
    """One more step of Gauss and Jordan: each row is solved for one cell, which is in no other row."""
    for key in [key for key in row if key in solved]:
        row = _without(key, row, solved[key])
    if not row:
        return
    first = min(row, key=rank)
    row = {key: one / row[first] for key, one in row.items()}
    for key in [key for key, other in solved.items() if first in other]:
        solved[key] = _without(first, solved[key], row)
    solved[first] = row


def _without(key: Key, row: Known[Key], other: Known[Key]) -> Known[Key]:
    """The row minus as much of the other as takes the cell out of it."""
    times = row[key]
    found = {one: row.get(one, Fraction(0)) - times * other.get(one, 0) for one in [*row, *other]}
    return {one: number for one, number in found.items() if number}
