"""Rows as JSON, written by PostgreSQL itself: one form for lists, details, exports, the change feed and digests.

A document has the names of its serializer in the serializer's order. Decimal numbers are texts ("5363.25"), whole
rupiah are numbers, moments are UTC, references are keys. No model instance is built on the way.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection, models

from batik_registry.fields import EncryptedDigits, Rupiah

Column = Any  # a model field
#: So many rows are held at once where a whole table is told.
PART = 2000
#: A row as JSON, as SQL about `told_row`.
JSON = "row_to_json(told_row)::text"

Statement = tuple[str, Sequence[Any]]


@dataclass(frozen=True)
class Row:
    """One document as JSON text, and the texts of the columns that were asked for beside it."""

    text: str
    beside: tuple[str | None, ...] = ()


def columns_of(serializer: Any) -> dict[str, Column]:
    """The model field behind every readable field of a serializer that stands for a column."""
    found = {}
    for name, field in serializer.fields.items():
        if field.write_only or field.source == "*":
            continue
        column = serializer.Meta.model._meta.get_field(field.source)
        if not isinstance(column, EncryptedDigits):
            found[name] = column
    return found


def documents(
    rows: models.QuerySet[Any],
    columns: Mapping[str, Column],
    beside: Sequence[str] = (),
    shadows: Statement | None = None,
) -> list[Row]:
    """The rows as documents in their order. One query.

    `shadows` is a WITH clause, with its parameters, whose tables take the place of those of the same name.
    """
    try:
        statement, params = statement_of(rows, columns, beside)
    except EmptyResultSet:
        return []
    with connection.cursor() as cursor:
        before, values = shadows or ("", [])
        cursor.execute(before + statement, [*values, *params])
        return [Row(text, tuple(rest)) for text, *rest in cursor.fetchall()]


def documents_in_parts(
    rows: models.QuerySet[Any],
    columns: Mapping[str, Column],
    beside: Sequence[str] = (),
    shadows: Statement | None = None,
    whole: str = JSON,
) -> Iterator[list[Row]]:
    """The same for whole tables: a part at a time from a cursor of the server, so that memory stays as it is."""
    try:
        statement, params = statement_of(rows, columns, beside, whole)
    except EmptyResultSet:
        return
    before, values = shadows or ("", [])
    with connection.chunked_cursor() as cursor:
        cursor.execute(before + statement, [*values, *params])
        while found := cursor.fetchmany(PART):
            yield [Row(text, tuple(rest)) for text, *rest in found]


def statement_of(
    rows: models.QuerySet[Any],
    columns: Mapping[str, Column],
    beside: Sequence[str] = (),
    whole: str = JSON,
) -> Statement:
    """The SQL that gives `whole`, which is about `told_row`, for every row, and the columns beside it as texts.

    Raises `EmptyResultSet` where Django knows that nothing can match.
    """
    names = [column.attname for column in columns.values()]
    inner, params = rows.values_list(*names, *beside).query.sql_with_params()
    inner_names = ", ".join(f"c{number}" for number in range(len(names) + len(beside)))
    told = told_columns(columns, (f"q.c{number}" for number in range(len(names))))
    extra = "".join(f", q.c{len(names) + number}::text" for number in range(len(beside)))
    statement = (
        f"SELECT {whole}{extra} FROM ({inner}) AS q({inner_names}) CROSS JOIN LATERAL (SELECT {told}) AS told_row"
    )
    return statement, params


def told_columns(columns: Mapping[str, Column], sources: Iterable[str]) -> str:
    """The columns of a document as SQL, from the SQL of each."""
    pairs = zip(columns.items(), sources, strict=True)
    return ", ".join(f'{_told(column, source)} AS "{name}"' for (name, column), source in pairs)


def _told(column: Column, sql: str) -> str:
    """How a column is told in JSON: numbers with decimals as text, for floats would change them."""
    if isinstance(column, models.DecimalField) and not isinstance(column, Rupiah):
        return f"{sql}::text"
    return sql
