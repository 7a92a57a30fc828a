"""The registry as it was recorded at a moment, for whatever is asked of it: pages of figures, their rows, their files.

The API puts the past before one statement (`logbook.py`). A dashboard asks many, and each of them looks up rows of
others, so here a table becomes a temporary table of the same name, which PostgreSQL finds first; both read the log with
the same SQL (`logbook.recorded`). Nothing of it is seen by others or outlives the block. See docs/adr/0014.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db import connection, models, transaction

from batik_registry.models import Versioned, record_models
from changes.logbook import recorded

AS_TODAY = ("accounts", "regions")
QUOTED = re.compile(r'"(\w+)"')


@contextmanager
def registry_as_of(moment: datetime) -> Iterator[None]:
    """Inside the block every query reads the tables that it names as they were recorded at the moment.

    Only for reading, and only for whoever sees the whole country: the rows of then may be nobody's today. Accounts stay
    those of today, for what somebody may see is decided by them; so do the names of regions, 90,000 rows.
    """
    shadows = _Shadows(moment)
    with transaction.atomic():
        try:
            with connection.execute_wrapper(shadows):
                yield
        finally:
            shadows.drop()


class _Shadows:
    """Makes the table of then when a query first names it."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment
        self.waiting = {one._meta.db_table: one for one in record_models() if one._meta.app_label not in AS_TODAY}
        self.made: list[str] = []

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        for table in dict.fromkeys(QUOTED.findall(sql)):
            if model := self.waiting.pop(table, None):
                self.made.append(table)
                self._make(model)
        return execute(sql, params, many, context)

    def _make(self, model: type[Versioned]) -> None:
        table = model._meta.db_table
        with connection.cursor() as cursor:
            sql = f'CREATE TEMPORARY TABLE "{table}" ON COMMIT DROP AS {recorded(model)}'
            cursor.execute(sql, [model._meta.label_lower, self.moment])
            for column in _looked_up(model):
                cursor.execute(f'CREATE INDEX ON pg_temp."{table}" ("{column}")')
            cursor.execute(f'ANALYZE pg_temp."{table}"')

    def drop(self) -> None:
        """At once, and not only at the end of the transaction, which may be somebody else's."""
        if not connection.needs_rollback:
            with connection.cursor() as cursor:
                for table in self.made:
                    cursor.execute(f'DROP TABLE pg_temp."{table}"')


def _looked_up(model: type[Versioned]) -> Iterator[str]:
    for field in model._meta.concrete_fields:
        if field.primary_key or isinstance(field, models.ForeignKey):
            yield field.column
