"""Brings the rules of DAK and the allocations of public sources into the registry; what is there belongs to staff."""

from collections.abc import Callable, Iterable

from django.db import transaction

from centres.loaders import ACTOR, Loaded
from centres.loaders import load_records as load_rows
from centres.records import Row
from centres.records import read_records as read_centres
from changes.choices import Door
from changes.context import changing
from programs.actions.allocations import take_in
from programs.event_records import read_event_records
from programs.models import Allocation
from programs.records import read_records, states_of


def read_all() -> list[Row]:
    """Every row that public sources tell, centres first: allocations point to them, and events to both."""
    return [*read_centres(), *read_records(), *read_event_records()]


@transaction.atomic
def load_records(rows: Iterable[Row] | None = None, *, each: Callable[[], object] = lambda: None) -> Loaded:
    """Add the rows that are missing, and take in how far each new allocation had come."""
    rows = list(read_all() if rows is None else rows)
    outcome = load_rows(rows, each=each)
    by_key = {row.key: row for row in rows}
    for key, told in states_of():
        allocation = Allocation.objects.filter(pk=by_key[key].id).first() if key in by_key else None
        if allocation and not allocation.step_set.exists():
            with changing(name=ACTOR, door=Door.COMMAND, reason=told["reason"]):
                take_in(allocation=allocation, actor_name=ACTOR, **told)
    return outcome
