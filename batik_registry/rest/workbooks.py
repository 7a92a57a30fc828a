"""A whole list as a workbook: a sheet with the rows and one, "Keterangan", that says what they are.

Two rows of headings: Indonesian labels for people, and below them the names of the API, which carry the filter. A text
stays a text, marked as such in its cell, so that not even editing makes a formula of it. Numbers of more digits than a
spreadsheet keeps (15) are texts, days are days, and moments are told in the time of Jakarta, for cells know no zone.
"""

import json
import tempfile
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import IO, Any

import orjson
import xlsxwriter
from django.db import models
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from batik_registry.rest.documents import Column, Row
from batik_registry.rest.problems import InvalidParameter
from batik_registry.spreadsheets import DANGEROUS

HEADINGS = 2
#: What a sheet holds below its headings.
MAX_ROWS = 1_048_576 - HEADINGS
MAX_LENGTH = 32_767
DIGITS = 15

About = Iterable[tuple[str, str]]


def workbook(columns: Mapping[str, Column], parts: Iterable[list[Row]], about: About) -> IO[bytes]:
    """A temporary file, at its beginning. Refuses a list that is longer than a sheet."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the answer closes it
    try:
        with tempfile.TemporaryDirectory() as folder:
            options = {"constant_memory": True, "tmpdir": folder, "strings_to_formulas": False}
            with xlsxwriter.Workbook(file, options) as written:
                book = _Book(written)
                book.write_data(columns, parts)
                book.write_about(about)
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return file


class _Book:
    def __init__(self, written: Any) -> None:
        self.written = written
        self.bold = written.add_format({"bold": True})
        self.name = written.add_format({"font_color": "#595959", "italic": True})
        self.text = written.add_format({"quote_prefix": True})
        self.day = written.add_format({"num_format": "yyyy-mm-dd"})
        self.moment = written.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        self.count = self.cut = 0

    def write_data(self, columns: Mapping[str, Column], parts: Iterable[list[Row]]) -> None:
        sheet = self.written.add_worksheet("Data")
        last = len(columns) - 1
        sheet.set_column(0, last, 18)
        sheet.freeze_panes(HEADINGS, 0)
        for place, column in enumerate(columns.values()):
            sheet.write_string(0, place, capfirst(str(column.verbose_name)), self.bold)
        for place, name in enumerate(columns):
            sheet.write_string(1, place, name, self.name)
        values = [(name, value_of(column)) for name, column in columns.items()]
        for part in parts:
            if self.count + len(part) > MAX_ROWS:
                raise InvalidParameter("format", _("Lebih dari %d baris; saring dahulu, atau minta csv.") % MAX_ROWS)
            for row in part:
                found = orjson.loads(row.text)
                for place, (name, value) in enumerate(values):
                    if found[name] is not None:
                        self.put(sheet, HEADINGS + self.count, place, value(found[name]))
                self.count += 1
        sheet.autofilter(1, 0, max(1, self.count + 1), last)

    def put(self, sheet: Any, row: int, place: int, value: Any) -> None:
        if isinstance(value, bool):
            sheet.write_boolean(row, place, value)
        elif isinstance(value, int | float):
            sheet.write_number(row, place, value)
        elif isinstance(value, date):
            sheet.write_datetime(row, place, value, self.moment if isinstance(value, datetime) else self.day)
        elif value:
            self.cut += len(value) > MAX_LENGTH
            sheet.write_string(row, place, value[:MAX_LENGTH], self.text if value.startswith(DANGEROUS) else None)

    def write_about(self, about: About) -> None:
        sheet = self.written.add_worksheet("Keterangan")
        sheet.set_column(0, 0, 24)
        sheet.set_column(1, 1, 90)
        lines = [*about, (_("Banyaknya baris"), self.count)]
        lines += [(_("Sel yang dipotong"), _("%d sel lebih dari 32.767 huruf") % self.cut)] if self.cut else []
        for row, (label, value) in enumerate(lines):
            sheet.write_string(row, 0, label, self.bold)
            self.put(sheet, row, 1, value)


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
    """Decimals come as text; what is too long for a spreadsheet stays one."""
    number = Decimal(value)
    if len(number.as_tuple().digits) > DIGITS:
        return str(value)
    return value if isinstance(value, int) else float(number)


def _day(value: str) -> Any:
    day = date.fromisoformat(value)
    return day if day.year >= 1900 else value


def _moment(value: str) -> datetime:
    return timezone.localtime(datetime.fromisoformat(value)).replace(tzinfo=None)
