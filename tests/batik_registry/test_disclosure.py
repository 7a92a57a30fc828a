"""Small cells: whatever is published, an attacker who adds and subtracts learns of no one and of no two."""

from fractions import Fraction
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from batik_registry.disclosure import THRESHOLD, is_small, withheld

SIZE = st.one_of(st.integers(0, 4), st.integers(0, 400))


def test_a_small_cell_takes_the_smallest_other_with_it():
    cells = {"a": (1,), "b": (30,), "c": (12,), "none": (0,), "all": (43,)}

    assert withheld(cells, [("all", ["a", "b", "c", "none"])]) == {"a", "c"}


def test_two_small_cells_that_are_few_together_are_not_enough():
    cells = {"a": (1,), "b": (1,), "c": (12,), "all": (14,)}

    assert withheld(cells, [("all", ["a", "b", "c"])]) == {"a", "b", "c"}


def test_what_stands_behind_any_of_its_numbers_makes_a_cell_small():
    assert is_small((200, 2))
    assert not is_small((200, 0))
    assert withheld({"a": (200, 2), "b": (90, 9), "all": (290, 11)}, [("all", ["a", "b"])]) == {"a", "b"}


def test_nothing_is_hidden_where_nobody_is_few():
    assert withheld({"a": (3,), "b": (4,), "all": (7,)}, [("all", ["a", "b"])]) == set()


def test_a_small_total_hides_what_it_is_made_of():
    cells = {"35": (2,), "35.76": (2,), "33": (30,), "33.14": (20,), "33.15": (10,), "": (32,)}
    sums = [("35", ["35.76"]), ("33", ["33.14", "33.15"]), ("", ["35", "33"])]

    hidden = withheld(cells, sums)

    assert {"35", "35.76"} <= hidden
    assert not learned(cells, sums, hidden)


@st.composite
def tables(draw):
    """Rows and columns with totals on both sides."""
    rows, columns = draw(st.integers(1, 5)), draw(st.integers(1, 5))
    cells = {one: draw(st.tuples(SIZE, SIZE)) for one in product(range(rows), range(columns))}
    sums = [((row, "all"), [(row, column) for column in range(columns)]) for row in range(rows)]
    sums += [(("all", column), [(row, column) for row in range(rows)]) for column in range(columns)]
    sums.append((("all", "all"), [(row, "all") for row in range(rows)]))
    sums.append((("all", "all"), [("all", column) for column in range(columns)]))
    return summed(cells, sums), sums


@st.composite
def regions(draw):
    """Regencies within provinces within the country."""
    provinces = draw(st.lists(st.lists(st.tuples(SIZE, SIZE), min_size=1, max_size=5), min_size=1, max_size=5))
    cells = {(n, m): size for n, sizes in enumerate(provinces) for m, size in enumerate(sizes)}
    sums = [((n,), [(n, m) for m in range(len(sizes))]) for n, sizes in enumerate(provinces)]
    sums.append(("all", [(n,) for n in range(len(provinces))]))
    return summed(cells, sums), sums


def summed(cells, sums):
    for total, parts in sums:
        cells[total] = tuple(map(sum, zip(*(cells[part] for part in parts), strict=True)))
    return cells


@given(regions() | tables())
@settings(max_examples=150, deadline=None)
def test_no_hidden_cell_of_any_table_with_totals_can_be_computed(table):
    cells, sums = table
    hidden = withheld(cells, sums)

    assert {key for key, sizes in cells.items() if is_small(sizes)} <= hidden
    assert not learned(cells, sums, hidden)
    for total, parts in sums:
        rest = [cells[part] for part in parts if part in hidden]
        if rest and total not in hidden:
            assert not is_small(map(sum, zip(*rest, strict=True)), THRESHOLD), total


def learned(cells, sums, hidden):
    """The hidden cells that follow from the shown ones: those that every solution of the sums agrees upon."""
    order = sorted(hidden, key=str)
    lines = [[(key in parts) - (key == total) for key in order] for total, parts in sums]
    known = rank(lines)
    units = {key: [int(key == other) for other in order] for key in order}
    return [key for key, unit in units.items() if rank([*lines, unit]) == known]


def rank(lines):
    lines, found = [[Fraction(one) for one in line] for line in lines], 0
    for column in range(len(lines[0]) if lines else 0):
        pivot = next((n for n in range(found, len(lines)) if lines[n][column]), None)
        if pivot is None:
            continue
        lines[found], lines[pivot] = lines[pivot], lines[found]
        for n in range(found + 1, len(lines)):
            times = lines[n][column] / lines[found][column]
            lines[n] = [one - times * other for one, other in zip(lines[n], lines[found], strict=True)]
        found += 1
    return found
