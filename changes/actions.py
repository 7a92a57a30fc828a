"""Sealing the log and proving that it is whole."""

from dataclasses import dataclass

from django.db import connection, transaction
from django.utils import timezone

from changes.models import Change, Epoch

BATCH = 5000


@dataclass(frozen=True)
class Fault:
    """A place where the log is not what was sealed: `kind` is "missing", "altered" or "chain"."""

    position: int
    seq: int
    kind: str


def seal(*, nothing_runs: bool = False) -> int:
    """Link all rows that nothing can commit behind any more into the chain; returns how many were linked.

    `nothing_runs` vouches that no other transaction writes, and seals whatever is there.
    """
    total = 0
    with connection.cursor() as cursor:
        while True:
            cursor.execute("SELECT changes_seal(%s, %s)", [BATCH, nothing_runs])
            sealed: int = cursor.fetchone()[0]
            total += sealed
            if sealed < BATCH:
                return total


def faults() -> list[Fault]:
    """Compare every sealed row with its seal and every seal with the one before."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT at_position, seq, fault FROM changes_faults()")
        return [Fault(*row) for row in cursor.fetchall()]


@transaction.atomic
def begin_epoch() -> int:
    """After a restore into a new cluster: number on from here. Returns the last sequence number before it.

    Transaction numbers begin low again there, while the order of the log rests on them. To be called by the owner of
    the tables before anybody writes.
    """
    seal(nothing_runs=True)
    last = Change.objects.order_by("-seq").values_list("seq", flat=True).first() or 0
    Epoch.objects.get_or_create(starts_after=last, defaults={"started_at": timezone.now()})
    return last
