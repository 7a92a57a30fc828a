"""The triggers that write the change log, one statement at a time, and those that keep it append-only."""

import hashlib
from collections.abc import Iterator

from django.db import connection

from batik_registry.models import Versioned, record_models
from batik_registry.triggers import Trigger
from changes.models import Change, Epoch, PersonalRead, Seal

CONTEXT = "ctx jsonb := coalesce(nullif(current_setting('changes.context', true), ''), '{}')::jsonb;"
OPERATIONS = {
    "INSERT": ("I", "REFERENCING NEW TABLE AS rows", ""),
    # A row whose version stands still was not changed.
    "UPDATE": (
        "U",
        "REFERENCING OLD TABLE AS old_rows NEW TABLE AS rows",
        "WHERE NOT EXISTS (SELECT FROM old_rows o WHERE o.{key} = r.{key} AND o.row_version = r.row_version)",
    ),
    "DELETE": ("D", "REFERENCING OLD TABLE AS rows", ""),
}


def log_triggers() -> Iterator[Trigger]:
    for model in record_models():
        for event in OPERATIONS:
            yield _log_trigger(model, event)
    for log in (Change, Seal, Epoch, PersonalRead):
        yield from _append_only(log._meta.db_table)


def shape_of(model: type[Versioned]) -> str:
    """The name of the composite type of this model's columns as they are today."""
    columns = [(field.column, field.db_type(connection)) for field in model._meta.concrete_fields]
    logged = [pair for pair in columns if pair[0] in model.logged_columns()]
    return f"shape_{model._meta.db_table}"[:54] + "_" + hashlib.sha256(repr(logged).encode()).hexdigest()[:8]


def _log_trigger(model: type[Versioned], event: str) -> Trigger:
    code, referencing, condition = OPERATIONS[event]
    key = f'"{model._meta.pk.column}"'
    columns = model.logged_columns()
    region = "r.region_code" if any(field.name == "region_code" for field in model._meta.fields) else "''"
    return Trigger(
        table=model._meta.db_table,
        name=f"log_{event.lower()}",
        when=f"AFTER {event}",
        level="STATEMENT",
        referencing=referencing,
        declare=CONTEXT,
        prelude=_shape_type(model),
        as_owner=True,
        body=f"""
            INSERT INTO {Change._meta.db_table} (xid, recorded_at, model, record_id, region_code, operation, actor_id,
                actor_name, door, reason, submission_id, request_id, shape, row)
            SELECT pg_current_xact_id()::text::bigint, clock_timestamp(), '{model._meta.label_lower}', r.{key}::text,
                {region}, '{code}', c.actor_id, c.actor_name, c.door, c.reason, c.submission_id, c.request_id,
                '{shape_of(model)}', ROW({", ".join(f'r."{column}"' for column in columns)})::text
            FROM rows r CROSS JOIN (
                SELECT coalesce(ctx->>'actor_id', '') actor_id, coalesce(ctx->>'actor_name', session_user) actor_name,
                    coalesce(ctx->>'door', 'sql') door, coalesce(ctx->>'reason', '') reason,
                    coalesce(ctx->>'submission_id', '') submission_id, coalesce(ctx->>'request_id', '') request_id
            ) c {condition.format(key=key)};
            RETURN NULL;
        """,
    )


def _shape_type(model: type[Versioned]) -> str:
    """SQL that makes the composite type unless it is there; PostgreSQL itself knows each column's type."""
    shape, columns = shape_of(model), ", ".join(f"'{column}'" for column in model.logged_columns())
    return f"""
        DO $shape$ BEGIN
            IF to_regtype('{shape}') IS NULL THEN
                EXECUTE (
                    SELECT format('CREATE TYPE {shape} AS (%s)', string_agg(
                        format('%I %s', attname, format_type(atttypid, atttypmod)), ', '
                        ORDER BY array_position(ARRAY[{columns}], attname::text)))
                    FROM pg_attribute
                    WHERE attrelid = '{model._meta.db_table}'::regclass AND attname IN ({columns})
                );
            END IF;
        END $shape$;
    """


def _append_only(table: str) -> Iterator[Trigger]:
    """The second wall, for roles that own the table; the application's role has no such privilege at all."""
    for event in ("UPDATE", "DELETE", "TRUNCATE"):
        yield Trigger(
            table=table,
            name=f"append_only_{event.lower()}",
            when=f"BEFORE {event}",
            level="STATEMENT",
            body="RAISE EXCEPTION 'Jejak perubahan hanya dapat ditambah' USING ERRCODE = 'insufficient_privilege';",
        )
