"""What stands on a paper, before anybody decides how it looks: it depends on the records alone, never on today."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from django.utils.text import capfirst

from batik_registry.models import PERSONAL
from batik_registry.words import written

Facts = list[tuple[str, str]]


@dataclass(frozen=True)
class Section:
    """A heading with facts, a table or a text below it; `figures` are the table's columns that stand on the right."""

    title: str
    facts: Facts = field(default_factory=list)
    headings: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = ()
    figures: Sequence[int] = ()
    text: str = ""


@dataclass(frozen=True)
class Paper:
    """A document of the registry. Nothing on it is personal: who holds it in hand is not known."""

    title: str
    subject: str
    number: str
    place: str
    as_of: datetime
    sections: Sequence[Section]
    #: In what capacity somebody signs, and for which office.
    signers: Sequence[tuple[str, str]] = ()
    is_sample: bool = False

    def content(self) -> dict[str, Any]:
        """As it is kept: what JSON gives back."""
        told = asdict(self) | {"as_of": self.as_of.isoformat()}
        content: dict[str, Any] = json.loads(json.dumps(told, default=str))
        return content


def facts_of(record: Any, names: Iterable[str]) -> Facts:
    """The fields of a record in words; what nobody knows stays empty. A personal field is an error of ours."""
    found = []
    for name in names:
        if record.sensitivity.get(name) in PERSONAL:
            raise ValueError(name)
        column = record._meta.get_field(name)
        value = getattr(record, name)
        words = str(value or "") if column.is_relation else written(column, value)
        found.append((capfirst(str(column.verbose_name)), words))
    return found


def latest(*records: Any) -> datetime:
    """When the last of the records was changed."""
    moment: datetime = max(record.updated_at for record in records)
    return moment
