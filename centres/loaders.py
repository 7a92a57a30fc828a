"""Brings the records of public sources into the registry. Rows are only ever added: what is there belongs to staff."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Q

from centres.models import DatedFact
from centres.records import Row, read_records
from changes.choices import Door
from changes.context import changing

ACTOR = "Pemuatan data awal"


@dataclass
class Loaded:
    """What a load did: rows added, rows that were there, and which of these say something else by now."""

    added: int = 0
    known: int = 0
    edited: list[str] = field(default_factory=list)


@transaction.atomic
def load_records(rows: Iterable[Row] | None = None, *, each: Callable[[], object] = lambda: None) -> Loaded:
    """Add the rows that are missing, those of the data files unless told; `each` is called after every row.

    The change log names the source of a row as the reason why it came.
    """
    outcome = Loaded()
    records: dict[str, Any] = {}
    for row in read_records() if rows is None else rows:
        with changing(name=ACTOR, door=Door.COMMAND, reason=row.said_by):
            records[row.key] = _load(row, records, outcome)
        each()
    return outcome


def _load(row: Row, records: dict[str, Any], outcome: Loaded) -> Any:
    pointed = {field: records[key] for field, key in row.points_to.items()}
    values = row.values | _owned(row, records.get(row.owner)) | pointed
    found = row.model._default_manager.filter(_same(row, values)).first()
    if found is None:
        outcome.added += 1
        return _add(row, values)
    outcome.known += 1
    if any(getattr(found, name) != value for name, value in row.values.items() if name != "is_preferred"):
        outcome.edited.append(str(found))
    return found


def _owned(row: Row, owner: Any) -> dict[str, Any]:
    """How the row points to its owner: facts may be about any kind of record."""
    if row.owner_field == "record":
        return {"content_type": ContentType.objects.get_for_model(owner), "object_id": owner.pk}
    return {row.owner_field: owner} if row.owner_field else {}


def _same(row: Row, values: dict[str, Any]) -> Q:
    """The row itself from an earlier load, or the same thing entered by hand."""
    natural = Q()
    for name in row.natural:
        natural &= Q(**{f"{name}__isnull": True}) if values[name] is None else Q(**{name: values[name]})
    return Q(pk=row.id) | natural if row.natural else Q(pk=row.id)


def _add(row: Row, values: dict[str, Any]) -> Any:
    record = row.model(id=row.id, **values)
    if isinstance(record, DatedFact) and record.is_preferred:
        record.is_preferred = _may_be_preferred(record)
    record.save()
    return record


def _may_be_preferred(fact: DatedFact) -> bool:
    """Whether the record says just this, and nobody has preferred another value."""
    if fact.field and getattr(fact.record, fact.field) != fact.parsed_value():
        return False
    return not DatedFact.objects.saying_the_same(fact).preferred().exists()
