"""Who changes, through which door and why: set in one place, carried to the log by each transaction itself."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from batik_registry.postgresql.transaction import transaction_settings
from changes.choices import Door

SETTING = "changes.context"
WRITES = ("INSERT", "UPDATE", "DELETE", "WITH", "MERGE", "COPY", "TRUNCATE")


def current() -> dict[str, Any]:
    """The context of the moment, as it would be logged."""
    context: dict[str, Any] = json.loads(transaction_settings.get().get(SETTING, "{}"))
    return context


@contextmanager
def changing(
    *,
    by: Any = None,
    name: str = "",
    door: Door | None = None,
    reason: str = "",
    submission: UUID | None = None,
    request_id: str = "",
) -> Iterator[None]:
    """Within this block every change is logged with what is given here, on top of what an outer block gave.

    `by` is the user who acts; `name` stands for an actor without an account, such as a command.
    """
    given = {
        "actor_id": str(by.pk) if by is not None else "",
        "actor_name": str(by) if by is not None else name,
        "door": door or "",
        "reason": reason,
        "submission_id": str(submission or ""),
        "request_id": request_id,
    }
    outer = transaction_settings.get()
    merged = current() | {key: value for key, value in given.items() if value}
    token = transaction_settings.set({**outer, SETTING: json.dumps(merged)})
    _apply_to_open_transaction()
    try:
        with connection.execute_wrapper(_in_a_transaction):
            yield
    finally:
        transaction_settings.reset(token)
        _apply_to_open_transaction()


def _apply_to_open_transaction() -> None:
    if connection.in_atomic_block and not connection.needs_rollback:
        ours: Any = connection
        ours.apply_transaction_settings({SETTING: transaction_settings.get().get(SETTING, "")})


def _in_a_transaction(execute: Any, sql: Any, params: Any, many: bool, context: dict[str, Any]) -> Any:
    """Give a lone writing statement (`queryset.update()`) a transaction, since the context lives in one."""
    if connection.in_atomic_block or not str(sql).lstrip().upper().startswith(WRITES):
        return execute(sql, params, many, context)
    with transaction.atomic():
        return execute(sql, params, many, context)
