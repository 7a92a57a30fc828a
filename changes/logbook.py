"""What the log tells the API: whether anything changed, how the tables were, and who read what about whom."""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db import connection

from batik_registry.models import Versioned, record_models
from changes.choices import Operation
from changes.models import PersonalRead

# The newest number alone would miss a transaction that took a lower one and commits later: while any runs, it is named.
STATE = """
    SELECT (SELECT coalesce(max(seq), 0) FROM changes_change) || ':' || coalesce(
        (SELECT string_agg(running::text, ',') FROM changes_running() AS running), '')
"""


class Log:
    """Connected to the API by `changes.apps`."""

    def state(self) -> str:
        with connection.cursor() as cursor:
            cursor.execute(STATE)
            return str(cursor.fetchone()[0])

    def past(self, statement: str, seen: Any, moment: datetime) -> tuple[str, list[Any]]:
        named = set(re.findall(r'"(\w+)"', statement))
        tables, params = [], []
        condition = ""
        if seen.query.where:  # an unrestricted reader also sees what is no longer there
            sql, params = seen.order_by().values("pk").query.sql_with_params()
            tables.append(f'"seen_today"(key) AS MATERIALIZED ({sql})')
            params, condition = list(params), 'AND record_id IN (SELECT key::text FROM "seen_today")'
        for model in record_models():
            if model._meta.db_table in named:
                tables.append(_as_recorded(model, condition if model is seen.model else ""))
                params += [model._meta.label_lower, moment]
        return f"WITH {', '.join(tables)} ", params

    def keep_reading(self, user: Any, model: Any, keys: list[str], reason: str = "") -> None:
        regions = dict(model._default_manager.filter(pk__in=keys).values_list("pk", "region_code"))
        told = {str(key): code for key, code in regions.items()}
        told_why = reason or (user.token.purpose if user.token else "API")
        PersonalRead.objects.bulk_create(
            PersonalRead(
                by_id=user.pk,
                model=model._meta.label_lower,
                record_id=key,
                region_code=told.get(key, ""),
                reason=told_why,
            )
            for key in keys
        )


def _as_recorded(model: type[Versioned], condition: str) -> str:
    return f'"{model._meta.db_table}" AS ({recorded(model, condition)})'


def recorded(model: type[Versioned], condition: str = "") -> str:
    """SQL that gives the model's table as it was recorded at a moment. Two parameters: the label, the moment."""
    return f"""
        SELECT {", ".join(columns_of(model))} FROM (
            SELECT DISTINCT ON (record_id) operation, shape, row FROM changes_change
            WHERE model = %s AND recorded_at <= %s {condition} ORDER BY record_id, seq DESC
        ) AS latest
        CROSS JOIN LATERAL {read_as(model._meta.db_table)} AS recorded
        WHERE latest.operation <> '{Operation.DELETE}'"""


def read_as(table: str) -> str:
    """The SQL that reads a logged row as a row of this table as it is today."""
    return f'jsonb_populate_record(NULL::"{table}", changes_decode(shape, row))'


def columns_of(model: type[Versioned]) -> Iterator[str]:
    """Each column as it was; one that is computed is computed again, one that is never logged is empty."""
    field: Any
    for field in model._meta.concrete_fields:
        if field.generated:
            sql, params = field.generated_sql(connection)
            yield f'({sql % tuple(map(_quoted, params))}) AS "{field.column}"'
        else:
            yield f'recorded."{field.column}"'


def _quoted(value: Any) -> str:
    return "'{}'".format(str(value).replace("'", "''")) if isinstance(value, str) else str(value)
