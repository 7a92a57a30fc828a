"""Digests: how many rows there are, and a checksum of them, so that a mirror can prove that it is right.

The digest of a row is the SHA-256 of its document as PostgreSQL writes `jsonb`: keys sorted by length and then by
bytes, ", " and ": " between, UTF-8. The checksum of many is the sum of the first eight bytes of each, as unsigned
big-endian numbers, modulo 2^64, in sixteen hexadecimal digits: no order matters, and a part can be taken from a whole.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection

from batik_registry.rest import resources
from batik_registry.rest.documents import Statement, statement_of
from changes.choices import Operation
from changes.logbook import columns_of, read_as

SPACE = 2**64
ROW = "left(encode(sha256(convert_to(to_jsonb(told_row)::text, 'UTF8')), 'hex'), 16)"
# What changed behind the cursor is in the tables already, but not in a mirror that stands at the cursor.
BEYOND = """
    "beyond_cursor"(record_id) AS MATERIALIZED (
        SELECT DISTINCT record_id FROM changes_change c
        WHERE model = %s AND seq > (SELECT coalesce(max(starts_after), 0) FROM changes_epoch)
            AND xid >= %s AND (xid, seq) > (%s, %s)
    )
"""


@dataclass(frozen=True)
class Digest:
    """`part` is a province, a bucket or a record's key, by what was asked; `checksum` has sixteen hex digits."""

    resource: str
    part: str
    count: int
    checksum: str


def tables_at(model: Any, seq: int, xid: int) -> Statement:
    """A WITH clause in which the model's table is as it was behind the change with this number."""
    table = model._meta.db_table
    key = f'"{model._meta.pk.column}"::text'
    columns = [f'"{field.column}"' for field in model._meta.concrete_fields]
    statement = f"""
        WITH {BEYOND}, "{table}" AS (
            SELECT {", ".join(columns)} FROM "{table}" WHERE {key} NOT IN (SELECT record_id FROM "beyond_cursor")
            UNION ALL
            SELECT {", ".join(columns_of(model))} FROM (
                SELECT DISTINCT ON (record_id) operation, shape, row FROM changes_change
                WHERE model = %s AND record_id IN (SELECT record_id FROM "beyond_cursor") AND (
                    seq <= (SELECT coalesce(max(starts_after), 0) FROM changes_epoch) OR (xid, seq) <= (%s, %s)
                )
                ORDER BY record_id, seq DESC
            ) AS latest
            CROSS JOIN LATERAL {read_as(table)} AS recorded WHERE latest.operation <> '{Operation.DELETE}'
        ) """
    label = model._meta.label_lower
    return statement, [label, xid, xid, seq, label, xid, seq]


def digests(user: Any, name: str, seq: int, xid: int, *, by: str, region: str = "", bucket: str = "") -> list[Digest]:
    """The digests of a resource at a cursor, by region, bucket or record. One query."""
    return [
        Digest(name, part, count, f"{total % SPACE:016x}")
        for part, count, total in _rows(user, name, seq, xid, by, region, bucket)
    ]


def _rows(
    user: Any, name: str, seq: int, xid: int, by: str, region: str, bucket: str
) -> Iterator[tuple[str, int, int]]:
    view = resources.registered()[name]
    model: Any = view.serializer_class.Meta.model
    rows = model._default_manager.filter(model.told_to(user)).order_by()
    is_regional = any(field.name == "province_code" for field in model._meta.fields)
    if region and is_regional:
        rows = rows.filter(province_code=region)
    part = "province_code" if by == "region" and is_regional else "pk"
    try:
        statement, params = statement_of(rows, view.columns_for(user), [part], whole=ROW)
    except EmptyResultSet:
        return
    before, values = tables_at(model, seq, xid)
    shown = {"region": "part" if is_regional else "''", "bucket": "right(part, 2)", "record": "part"}[by]
    sql = f"""
        {before} SELECT {shown}, count(*), sum(('x' || digest)::bit(64)::bigint::numeric)
        FROM ({statement}) AS told(digest, part) {"WHERE right(part, 2) = %s" if bucket else ""} GROUP BY 1 ORDER BY 1
    """
    with connection.cursor() as cursor:
        cursor.execute(sql, [*values, *params, *([bucket] if bucket else [])])
        for found, count, total in cursor.fetchall():
            yield found, count, int(total)
