"""What an indicator tells whom: the office whose rows they are everything, everybody else no figure about few.

A published figure is withheld for the whole country at once, by year: what is asked for one region does not depend on
what was asked for another, so no two answers can be held against each other. It stops at regencies.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain
from typing import Any

from django.db.models import Count, F, Q

from batik_registry.disclosure import withheld
from centres.models import Member
from programs.indicators.base import Figure, Indicator, Part
from programs.indicators.scope import Scope

#: The levels at which figures are published, by the length of a region's code.
COLUMNS = {2: "province_code", 5: "regency_code"}

Key = tuple[int, str]
Told = tuple[Part, str, Figure | None]


def is_owned(reader: Any, prefix: str) -> bool:
    """Whether the reader reads the very rows, personal fields too, behind every figure of this region."""
    reach = reader.region_prefix
    if reach is None or reader.assigned_ids is not None or not reader.may.reads_restricted:
        return False
    return bool(reader.may.read_personal(Member) and prefix.startswith(reach))


def told(indicator: Indicator, scope: Scope, codes: Sequence[str], *, reader: Any) -> Iterator[Told]:
    """Each part for each of these regions; no figure where it is withheld from the reader.

    Codes are "", or those of provinces or regencies; one alone may lie deeper where the reader is told everything.
    """
    for parts in [indicator.parts] if indicator.is_split else [(part,) for part in indicator.parts]:
        if len(codes) == 1 and is_whole(parts, codes, reader):
            trees, hidden = [{key_of(codes[0]): part.figure(replace(scope, prefix=codes[0]))} for part in parts], set()
        else:
            trees = [_tree(part, scope) for part in parts]
            hidden = set() if is_whole(parts, codes, reader) else _hidden(trees)
        for part, tree in zip(parts, trees, strict=True):
            rows = part.rows(scope).none()
            for code in codes:
                none = _nothing(part, replace(scope, prefix=code), rows)
                yield part, code, None if key_of(code) in hidden else tree.get(key_of(code), none)


def is_whole(parts: Iterable[Part], codes: Iterable[str], reader: Any) -> bool:
    """Whether nothing is withheld."""
    return all(part.is_open for part in parts) or all(is_owned(reader, code) for code in codes)


def key_of(code: str) -> Key:
    return len(code), code


def _nothing(part: Part, scope: Scope, rows: Any) -> Figure:
    """The figure of a region without rows."""
    return Figure(part, scope, None, None, None, 0, 0, rows)


def _tree(part: Part, scope: Scope) -> dict[Key, Figure]:
    """The figures of the country, of its provinces and regencies. Three queries."""
    country, sizes = replace(scope, prefix=""), _sizes(part, scope)
    found = {key_of(""): part.figure(country, **sizes)}
    for length, column in COLUMNS.items():
        found |= {(length, code): one for code, one in part.by_region(country, column, **sizes).items()}
    return found


def _sizes(part: Part, scope: Scope) -> dict[str, Count]:
    """Who stands behind the numerator, who behind what it leaves of the denominator, and who behind both."""
    names = {field.name for field in part.rows(scope).model._meta.concrete_fields}
    who, known = "member" if "member" in names else "pk", Q(denominator__isnull=False)
    return {
        "behind": Count(who, filter=known & ~Q(numerator=0), distinct=True),
        "beside": Count(who, filter=known & ~Q(numerator=F("denominator")), distinct=True),
        "both": Count(who, filter=known, distinct=True),
    }


def _hidden(trees: list[dict[Key, Figure]]) -> set[Key]:
    """What is withheld, the same regions for all these parts."""
    nobody = (0, 0, 0)
    keys = sorted(set(chain.from_iterable(trees)))
    cells = {
        key: tuple(chain.from_iterable(tree[key].sizes if key in tree else nobody for tree in trees)) for key in keys
    }
    provinces = [key for key in keys if key[0] == 2]
    sums = [(key, [one for one in keys if one[0] == 5 and one[1][:2] == key[1]]) for key in provinces]
    return withheld(cells, [*sums, (key_of(""), provinces)])
