"""What an officer means by the words typed into a search box for places.

"kota mojokerto" may be the city of Mojokerto or a village called Kota Mojokerto; "masaran sragen" is Masaran in
Sragen. A text therefore has several readings, and a region that fits any of them is found.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any, TypeVar

from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import BooleanField, Case, Func, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Greatest, Length

from batik_registry.search import Squash
from regions.choices import VILLAGE_KINDS, Kind

KIND_WORDS = {
    "provinsi": (Kind.PROVINCE,),
    "prov": (Kind.PROVINCE,),
    "propinsi": (Kind.PROVINCE,),
    "kabupaten": (Kind.REGENCY,),
    "kab": (Kind.REGENCY,),
    "kota": (Kind.CITY,),
    "kodya": (Kind.CITY,),
    "kecamatan": (Kind.DISTRICT,),
    "kec": (Kind.DISTRICT,),
    "distrik": (Kind.DISTRICT,),
    # Officers mix up desa and kelurahan, so each of these words means any village.
    **dict.fromkeys(["kelurahan", "kel", "desa", "ds", "gampong", "nagari", "kampung"], VILLAGE_KINDS),
}
# These words do not stand in the path of an address, so they cannot be looked for there.
UNWRITTEN_WORDS = {word for word, kinds in KIND_WORDS.items() if kinds[0] not in (Kind.REGENCY, Kind.CITY)}
MOST_WORDS = 8

Regions = TypeVar("Regions", bound=QuerySet[Any])


class IsAnyOf(Func):
    """`column = ANY(ARRAY(subquery))`: unlike IN, it lets the column's index serve inside an OR."""

    arg_joiner = " = ANY(ARRAY"
    template = "%(expressions)s)"
    output_field = BooleanField()


@dataclass(frozen=True)
class Reading:
    """One way to understand a text: a name, perhaps of a certain kind, perhaps within places named after it."""

    name: str
    kinds: tuple[Kind, ...] = ()
    places: tuple[str, ...] = ()
    guessed: bool = False  # where the name ends is our guess: then the name must fit exactly

    def exactly(self) -> Q:
        return self._circumstances() & Q(squashed=self.key)

    def beginning(self) -> Q:
        return self._circumstances() & Q(squashed__startswith=self.key)

    def similar(self) -> Q:
        return self._circumstances() & Q(squashed__trigram_similar=self.key)

    @property
    def key(self) -> Squash:
        return Squash(Value(self.name))

    def _circumstances(self) -> Q:
        condition = Q(kind__in=self.kinds) if self.kinds else Q()
        for place in self.places:
            condition &= Q(path__icontains=place)
        return condition


def code_in(text: str) -> str:
    """The Kemendagri code, or its beginning, that the text spells with or without dots; else nothing."""
    digits = re.sub(r"[.\s]", "", text)
    if not digits.isascii() or not digits.isdigit() or len(digits) > 10:
        return ""
    return ".".join(part for part in (digits[:2], digits[2:4], digits[4:6], digits[6:]) if part)


def readings(text: str) -> list[Reading]:
    """Every reading of the text, the most literal first; none when it holds no letter or digit."""
    head, _comma, tail = text.partition(",")
    places = tuple(_places(tail))
    found = [Reading(head.strip(), (), places)]
    if kinds := _kinds(head):
        found.insert(0, Reading(_without_kind(head), kinds, places))
    found = [reading for reading in found if _has_letters(reading.name)]
    return found + ([] if places else [guess for reading in found for guess in _split(reading)])


def ranked(regions: Regions, text: str) -> Regions:
    """The regions that fit a reading, best first, annotated with `search_rank` (0 is best).

    Among names that fit alike the larger region comes first, among similar names the more similar one.
    """
    understood = readings(text)
    if not understood:
        return regions.none()
    ranks = _ranks(regions, understood)
    keys = [reading.key for reading in understood if not reading.guessed]
    similarities = [TrigramSimilarity("squashed", key) for key in keys]  # type: ignore[arg-type]  # takes any text
    found = regions.filter(_any(ranks)).annotate(
        search_rank=Case(*[When(fits, then=Value(rank)) for rank, fits in enumerate(ranks)]),
        search_similarity=Greatest(*similarities, Value(0.0)),
    )
    size = Case(When(search_rank__lt=len(ranks) - 1, then=Length("code")), default=Value(0))
    return found.order_by("search_rank", size, "-search_similarity", Length("code"), "code")


def _ranks(regions: QuerySet[Any], understood: list[Reading]) -> list[Q]:
    whole = [reading for reading in understood if not reading.guessed]
    name_alone = Reading(whole[0].name, places=whole[0].places)  # of another kind than the officer wrote
    return [
        whole[0].exactly() | _also_called(regions, whole, "exact"),
        _any(reading.exactly() for reading in understood),
        _any(reading.beginning() for reading in whole)
        | _also_called(regions, whole, "startswith")
        | _also_called(regions, whole, "trigram_similar"),
        _any(reading.similar() for reading in whole) | name_alone.exactly(),
    ]


def _any(conditions: Iterable[Q]) -> Q:
    return reduce(or_, conditions)


def _also_called(regions: QuerySet[Any], understood: list[Reading], lookup: str) -> Q:
    """Regions with such another name."""
    named = _any(Q(**{f"aliases__squashed__{lookup}": reading.key}) for reading in understood)
    return Q(IsAnyOf("code", Subquery(regions.model.objects.filter(named).values("code"))))


def _split(reading: Reading) -> list[Reading]:
    """ "masaran kab sragen" read as Masaran in "kab sragen", at every place where the name may end."""
    words = reading.name.split()[:MOST_WORDS]
    splits = [(" ".join(words[:end]), _places(" ".join(words[end:]))) for end in range(len(words) - 1, 0, -1)]
    return [
        Reading(name, reading.kinds, tuple(places), guessed=True)
        for name, places in splits
        if places and _has_letters(name)
    ]


def _kinds(text: str) -> tuple[Kind, ...]:
    return KIND_WORDS.get(re.split(r"[\s.]", text.strip().lower(), maxsplit=1)[0], ())


def _without_kind(text: str) -> str:
    return re.sub(r"^\w+[\s.]*((administrasi|adm|adat)\b[\s.]*)?", "", text.strip(), count=1, flags=re.IGNORECASE)


def _places(text: str) -> list[str]:
    words = re.findall(r"[\w'-]+", text)[:MOST_WORDS]
    return [word for word in words if word.lower() not in UNWRITTEN_WORDS]


def _has_letters(text: str) -> bool:
    return any(character.isalnum() and character.isascii() for character in text)
