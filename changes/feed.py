"""The change feed: what other systems follow so that they never miss a change.

Changes come in the order in which they can no longer be overtaken: by transaction, and only those below the oldest
transaction that still runs (docs/adr/0002). A cursor names the last change that was told. What one reader is told of a
change depends on whether the row is within its scope before and after.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import BigIntegerField
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext as _

from batik_registry.rest import resources
from batik_registry.rest.problems import InvalidParameter
from batik_registry.rest.viewsets import told
from changes.choices import Operation
from changes.logbook import columns_of, read_as

# A transaction may begin first and write a record last: then its change is told before the one that it overtook.
# `before` is the record as it was told before this change, by whichever of its changes was the last to be written.
# Transaction numbers compare within one epoch only.
SAFE = """
    SELECT c.seq, c.xid, c.model, c.record_id, c.operation, c.recorded_at, c.actor_name, c.door, c.reason,
        c.submission_id, before.seq, before.operation
    FROM changes_change c {joined}
    LEFT JOIN LATERAL (
        SELECT s.seq, s.operation FROM changes_change s
        WHERE s.record_id = c.record_id AND s.model = c.model AND s.seq <> c.seq AND CASE
            WHEN EXISTS (
                SELECT FROM changes_epoch e
                WHERE e.starts_after >= least(s.seq, c.seq) AND e.starts_after < greatest(s.seq, c.seq)
            ) THEN s.seq < c.seq
            ELSE (s.xid, s.seq) < (c.xid, c.seq)
        END
        ORDER BY s.seq DESC LIMIT 1
    ) AS before ON true
    WHERE c.model = ANY(%(models)s) AND {place}
    ORDER BY {order} LIMIT %(limit)s
"""
SEALED = SAFE.format(
    joined="JOIN changes_seal s ON s.change_id = c.seq",
    place="s.position > %(position)s AND s.position <= %(last)s",
    order="s.position",
)
# What nobody has sealed yet; the transaction's number alone is not its order across a restore, so the epoch counts.
UNSEALED = SAFE.format(
    joined="",
    place="""c.seq > (SELECT coalesce(max(starts_after), 0) FROM changes_epoch) AND c.xid >= %(xid)s
        AND (c.xid, c.seq) > (%(xid)s, %(seq)s) AND c.xid < %(safe)s""",
    order="c.xid, c.seq",
)
LAST_SEAL = """
    SELECT s.position, c.xid, c.seq FROM changes_seal s JOIN changes_change c ON c.seq = s.change_id
    ORDER BY s.position DESC LIMIT 1
"""
LAG = """
    SELECT coalesce(extract(epoch FROM clock_timestamp() - min(recorded_at)), 0)::float8 FROM changes_change
    WHERE xid >= (SELECT changes_safe_before())
"""


@dataclass(frozen=True)
class Logged:
    """A change as it lies in the log, with the number of the one that the record was told by before it."""

    seq: int
    xid: int
    model: str
    record_id: str
    operation: str
    recorded_at: Any
    actor_name: str
    door: str
    reason: str
    submission_id: str
    previous: int | None
    previous_operation: str | None

    @property
    def is_overtaken(self) -> bool:
        """Whether a later change of the same record was told already."""
        return self.previous is not None and self.previous > self.seq

    @property
    def state(self) -> int | None:
        """The number of the change that tells how the record is behind this one; None where it is gone."""
        number, operation = (
            (self.previous, self.previous_operation) if self.is_overtaken else (self.seq, self.operation)
        )
        return None if operation == Operation.DELETE else number

    @property
    def former(self) -> int | None:
        """The same for how it was before. What was never logged before it was changed was like it is there."""
        if self.previous is None:
            return None if self.operation == Operation.INSERT else self.seq
        return None if self.previous_operation == Operation.DELETE else self.previous


@dataclass(frozen=True)
class Told:
    """What a reader is told of a change: `document` is the row's JSON, None where it is no longer in scope."""

    change: Logged
    kind: str
    resource: str
    document: str | None


def read(user: Any, names: Iterable[str], after: str, limit: int) -> tuple[list[Told], str, bool]:
    """What the user is told of the next changes, the cursor behind them, and whether there may be more."""
    views = {resources.registered()[name].serializer_class.Meta.model._meta.label_lower: name for name in names}
    # One bound for both: a later look may find less safe, where a transaction cannot be told from ours any more.
    safe = safe_before()
    newest = newest_cursor(safe)
    found = changes_after(cursor_place(after), list(views), limit, safe)
    if not found:
        return [], newest or after, False
    events = list(_told(user, found, views))
    return events, str(found[-1].seq), len(found) == limit


def safe_before() -> int:
    """The number of the first transaction that may still be overtaken: whatever has a lower one has ended."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT changes_safe_before()")
        return int(cursor.fetchone()[0])


def changes_after(seq: int, models: list[str], limit: int, safe: int) -> list[Logged]:
    """The changes behind the one with this number, in their final order. Sealed ones are found by their position."""
    with connection.cursor() as cursor:
        cursor.execute(LAST_SEAL)
        last = cursor.fetchone() or (0, 0, 0)
        position = _position_of(cursor, seq)
        found: list[Any] = []
        # What is sealed from here on counts as unsealed: it is found by its transaction all the same, and once.
        is_behind = position is not None and position <= last[0]
        if is_behind:
            cursor.execute(SEALED, {"models": models, "position": position, "last": last[0], "limit": limit})
            found = cursor.fetchall()
        if len(found) < limit:
            xid, begun = (last[1], last[2]) if is_behind else (transaction_of(cursor, seq), seq)
            rest = {"models": models, "xid": xid, "seq": begun, "safe": safe, "limit": limit - len(found)}
            cursor.execute(UNSEALED, rest)
            found += cursor.fetchall()
    return [Logged(*row) for row in found]


def _position_of(cursor: Any, seq: int) -> int | None:
    """Where the change is sealed; None where it is not yet."""
    if not seq:
        return 0
    cursor.execute("SELECT position FROM changes_seal WHERE change_id = %s", [seq])
    row = cursor.fetchone()
    return row[0] if row else None


def transaction_of(cursor: Any, seq: int) -> int:
    cursor.execute("SELECT xid FROM changes_change WHERE seq = %s", [seq])
    row = cursor.fetchone()
    if row is None:
        raise InvalidParameter("after", _("Penanda ini tidak dikenal; mulailah lagi dari sebuah salinan (snapshot)."))
    return int(row[0])


def cursor_place(text: str) -> int:
    if text and not (text.isascii() and text.isdigit() and len(text) < 19):
        raise InvalidParameter("after", _("Penanda ini rusak; pakai `cursor` dari jawaban sebelumnya."))
    return int(text or 0)


def newest_cursor(safe: int) -> str:
    """The cursor behind the last change below that transaction; "" where nothing was ever changed."""
    with connection.cursor() as cursor:
        cursor.execute(LAST_SEAL)
        last = cursor.fetchone() or (0, 0, 0)
        cursor.execute(
            """
            SELECT seq FROM changes_change
            WHERE seq > (SELECT coalesce(max(starts_after), 0) FROM changes_epoch) AND xid >= %s
                AND (xid, seq) > (%s, %s) AND xid < %s
            ORDER BY xid DESC, seq DESC LIMIT 1
            """,
            [last[1], last[1], last[2], safe],
        )
        row = cursor.fetchone()
    found = row[0] if row else last[2]
    return str(found) if found else ""


def lag_seconds() -> float:
    """How long the oldest change that is held back waits for a transaction to end; 0 where none is."""
    with connection.cursor() as cursor:
        cursor.execute(LAG)
        return round(float(cursor.fetchone()[0]), 3)


# --- what a reader is told ---


def _told(user: Any, changes: list[Logged], names: Mapping[str, str]) -> Iterable[Told]:
    is_there = _in_scope(user, changes, names, [one.state for one in changes])
    was_there = _in_scope(user, changes, names, [one.former for one in changes], with_documents=False)
    for one in changes:
        if kind := _kind(one, is_there=one.state in is_there, was_there=one.former in was_there):
            yield Told(one, kind, names[one.model], is_there.get(one.state or 0))


def _kind(change: Logged, *, is_there: bool, was_there: bool) -> str:
    match was_there, is_there:
        case False, True:
            return "created" if change.operation == Operation.INSERT else "entered"
        case True, True:
            return "updated"
        case True, False:
            return "deleted" if change.state is None else "left"
        case _:
            return ""


def _in_scope(
    user: Any,
    changes: list[Logged],
    names: Mapping[str, str],
    numbers: list[int | None],
    *,
    with_documents: bool = True,
) -> dict[int, str]:
    """The documents of these logged rows as far as the user is told them. One query for each kind."""
    by_model: dict[str, list[int]] = defaultdict(list)
    kinds = {one.seq: one.model for one in changes} | {one.previous: one.model for one in changes if one.previous}
    for number in filter(None, numbers):
        by_model[kinds[number]].append(number)
    found: dict[int, str] = {}
    for label, wanted in by_model.items():
        view = resources.registered()[names[label]]
        model: Any = view.serializer_class.Meta.model
        columns = view.columns_for(user) if with_documents else {}
        rows = model._default_manager.annotate(logged=RawSQL('"logged"', [], BigIntegerField()))
        rows = rows.filter(model.told_to(user)).order_by()
        for row in told(user, rows, columns, ["pk", "logged"], (_logged_rows(model), [wanted])):
            found[int(row.beside[1] or 0)] = row.text
    return found


def _logged_rows(model: Any) -> str:
    """The model's table with logged rows in it, each with its number in the log. One parameter: the numbers."""
    table = model._meta.db_table
    return f"""
        WITH "{table}" AS (
            SELECT seq AS "logged", {", ".join(columns_of(model))}
            FROM (SELECT seq, shape, row FROM changes_change WHERE seq = ANY(%s)) AS wanted
            CROSS JOIN LATERAL {read_as(table)} AS recorded
        ) """
