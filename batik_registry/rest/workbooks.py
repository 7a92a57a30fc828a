"""A list of the API as a workbook.

Two rows of headings: Indonesian labels for people, and below them the names of the API, which carry the filter.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import IO, Any

import orjson
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from batik_registry.rest.documents import Column, Row
from batik_registry.rest.problems import InvalidParameter
from batik_registry.workbooks import SHEET_ROWS, About, Book, TooLong, local, made, number_of

#: What a sheet holds below its headings.
MAX_ROWS = SHEET_ROWS - 2


def workbook(columns: Mapping[str, Column], parts: Iterable[list[Row]], about: About) -> IO[bytes]:
    """A temporary file, at its beginning. Refuses a list that is longer than a sheet."""
    labels = [capfirst(str(column.verbose_name)) for column in columns.values()]

    def write(book: Book) -> None:
        book.write_data([labels, list(columns)], _cells(columns, parts), MAX_ROWS)
        book.write_about(about)

    try:
        return made(write)
    except TooLong:
        told = _("Lebih dari %d baris; saring dahulu, atau minta csv.") % MAX_ROWS
        raise InvalidParameter("format", told) from None


def _cells(columns: Mapping[str, Column], parts: Iterable[list[Row]]) -> Iterator[list[Any]]:
    values = [(name, value_of(column)) for name, column in columns.items()]
    for part in parts:
        for row in part:
            found = orjson.loads(row.text)
            yield [None if found[name] is None else value(found[name]) for name, value in values]


def value_of(column: Column) -> Callable[[Any], Any]:
    """How a value of this column in JSON becomes that of a cell."""
    if isinstance(column, models.DateTimeField):
        return _moment
    if isinstance(column, models.DateField):
        return _day
    if isinstance(column, models.DecimalField):
        return _number
    return _plain


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return "; ".join(map(str, value))
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False)
    return value


def _number(value: str | int) -> Any:
    """Decimals come as text, and keep their decimals."""
    found = number_of(Decimal(value))
    return found if isinstance(found, str) or isinstance(value, int) else float(found)


def _day(value: str) -> Any:
    day = date.fromisoformat(value)
    return day if day.year >= 1900 else value


def _moment(value: str) -> datetime:
    return local(datetime.fromisoformat(value))
