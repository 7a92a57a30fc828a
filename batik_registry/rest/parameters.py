"""What an address may ask for. A parameter that nobody knows is refused by its name: ignoring it would answer
another question than the one that was asked.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _

from batik_registry.rest.problems import InvalidParameter, UnknownParameter

SHAPE = ("fields", "omit", "expand", "as_of", "format")
PAGE = ("limit", "cursor", "ordering", "count")
COUNTS = ("exact", "approximate")


@dataclass
class Shape:
    """Which fields an answer has, which references are told in full, and as of when."""

    names: list[str]
    expand: list[str] = field(default_factory=list)
    as_of: datetime | None = None

    @classmethod
    def of(cls, query: Mapping[str, str], names: Iterable[str], expandable: Iterable[str]) -> "Shape":
        """Raises `InvalidParameter` for a field that is not there, or not for this reader."""
        known = list(names)
        wanted = _listed(query, "fields", known) or known
        left_out = _listed(query, "omit", known)
        return cls(
            [name for name in known if name in wanted and name not in left_out],
            _listed(query, "expand", list(expandable)),
            moment(query.get("as_of", "")),
        )


def _listed(query: Mapping[str, str], parameter: str, known: list[str]) -> list[str]:
    names = [name.strip() for name in query.get(parameter, "").split(",") if name.strip()]
    for name in names:
        if name not in known:
            told = {"name": name, "known": ", ".join(known) or "–"}
            raise InvalidParameter(parameter, _("%(name)s tidak ada di sini. Yang ada: %(known)s.") % told)
    return names


def moment(text: str) -> datetime | None:
    """A moment as typed: with its zone, or a day, which means that day's end in Jakarta."""
    if not text:
        return None
    try:
        found, day = parse_datetime(text.replace(" ", "+")), parse_date(text)
    except ValueError:
        found, day = None, None
    if day:
        found = datetime.combine(day, datetime.max.time(), timezone.get_default_timezone())
    if found is None:
        raise InvalidParameter("as_of", _("Tulis waktu seperti 2026-03-31 atau 2026-03-31T17:00:00+07:00."))
    return found if timezone.is_aware(found) else timezone.make_aware(found)


def check(query: Any, known: Iterable[str]) -> None:
    """Raises `UnknownParameter` for the first parameter that is not known, and refuses what is given twice."""
    names = list(known)
    for name in query:
        if name not in names:
            raise UnknownParameter(name, names)


def count_of(text: str) -> str:
    if text and text not in COUNTS:
        raise InvalidParameter("count", _("Pilih exact atau approximate."))
    return text


def reserved() -> tuple[str, ...]:
    return (*SHAPE, *PAGE)


Query = Mapping[str, Any]
