"""A whole list as one stream of constant memory, closed by a foot from which a cut file is told.

NDJSON has a document on each line, and as its last line `{"count":…,"sha256":…}`, like the snapshot of the change feed.

CSV is for programs (RFC 4180: commas, CRLF, UTF-8, one heading with the names of the API). People take XLSX, which no
locale reads as one column or "5363.25" as half a million. Its last row is `#count=… sha256=…` in the first cell, with
the others empty: HTTP trailers get lost in proxies and libraries, and a second address would be asked at another
moment; a row as wide as all others breaks no strict reader, shows in a spreadsheet, and is left out by `comment="#"`.
Texts are in quotes, and an empty cell without them is null; lists are joined with "; ", objects are JSON. What a
spreadsheet would take for a formula has an apostrophe before it.

The SHA-256 is that of all bytes before the foot.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping

from django.contrib.postgres.fields import ArrayField
from django.db import models

from batik_registry.rest.documents import Column, Row
from batik_registry.spreadsheets import DANGEROUS

Parts = Iterable[list[Row]]

#: Columns whose text needs no quotes and is no formula.
PLAIN = (models.IntegerField, models.DecimalField, models.BooleanField, models.DateField, models.UUIDField)
FORMULA = ", ".join(f"chr({ord(sign)})" for sign in DANGEROUS)


def ndjson(parts: Parts) -> Iterator[bytes]:
    """Rows told as JSON."""
    return _closed("", parts, "\n", lambda count, checksum: f'{{"count":{count},"sha256":"{checksum}"}}')


def csv(names: Iterable[str], parts: Parts) -> Iterator[bytes]:
    """Rows told by `csv_line`, under the names of their columns."""
    head = ",".join(names)
    rest = "," * head.count(",")
    return _closed(f"{head}\r\n", parts, "\r\n", lambda count, checksum: f"#count={count} sha256={checksum}{rest}")


def _closed(head: str, parts: Parts, line_end: str, foot: Callable[[int, str], str]) -> Iterator[bytes]:
    checksum, count = hashlib.sha256(head.encode()), 0
    if head:
        yield head.encode()
    for part in parts:
        lines = "".join(f"{row.text}{line_end}" for row in part).encode()
        checksum.update(lines)
        count += len(part)
        yield lines
    yield f"{foot(count, checksum.hexdigest())}{line_end}".encode()


def csv_line(columns: Mapping[str, Column]) -> str:
    """A row of CSV, as SQL about `told_row`."""
    return " || ',' || ".join(f"coalesce({_cell(name, column)}, '')" for name, column in columns.items())


def _cell(name: str, column: Column) -> str:
    told, behind = f'told_row."{name}"', _behind(column)
    if isinstance(behind, models.DateTimeField):
        return f"to_json({told}) #>> '{{}}'"  # as in JSON; a cast has a blank for the T
    if isinstance(behind, PLAIN):
        return f"{told}::text"
    text = f"array_to_string({told}, '; ')" if isinstance(behind, ArrayField) else f"{told}::text"
    harmless = f"CASE WHEN left({text}, 1) IN ({FORMULA}) THEN '''' ELSE '' END || {text}"
    return f"""'"' || replace({harmless}, '"', '""') || '"'"""


def _behind(column: Column) -> Column:
    """The field whose values the column has: that of the key referred to, or of what is computed."""
    if column.is_relation:
        return column.target_field
    return column.output_field if column.generated else column
