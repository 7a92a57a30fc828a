"""XLSX written row by row in constant memory: a sheet "Data", and one, "Keterangan", that says what it is.

A text stays a text, marked as such in its cell, so that not even editing makes a formula of it. Numbers of more digits
than a spreadsheet keeps (15) are texts, days are days, and moments are told in the time of Jakarta, for cells know no
zone.
"""

import tempfile
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import IO, Any

import xlsxwriter
from django.utils import timezone
from django.utils.translation import gettext as _

from batik_registry.spreadsheets import DANGEROUS

SHEET_ROWS = 1_048_576
MAX_LENGTH = 32_767
DIGITS = 15

About = Iterable[tuple[str, Any]]


class TooLong(Exception):  # noqa: N818 - a refusal, which the caller tells in its own way
    """There are more rows than a sheet holds."""


def made(write: Callable[["Book"], None]) -> IO[bytes]:
    """A temporary file, at its beginning, of the workbook that `write` filled."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the answer closes it
    try:
        with tempfile.TemporaryDirectory() as folder:
            options = {"constant_memory": True, "tmpdir": folder, "strings_to_formulas": False}
            with xlsxwriter.Workbook(file, options) as written:
                write(Book(written))
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return file


class Book:
    def __init__(self, written: Any) -> None:
        self.written = written
        self.bold = written.add_format({"bold": True})
        self.name = written.add_format({"font_color": "#595959", "italic": True})
        self.text = written.add_format({"quote_prefix": True})
        self.day = written.add_format({"num_format": "yyyy-mm-dd"})
        self.moment = written.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        self.count = self.cut = 0

    def write_data(self, headings: Sequence[Sequence[str]], rows: Iterable[Sequence[Any]], most: int) -> None:
        """The last line of `headings` carries the filter. Raises `TooLong` for more than `most` rows."""
        sheet = self.written.add_worksheet("Data")
        last = len(headings[0]) - 1
        sheet.set_column(0, last, 18)
        sheet.freeze_panes(len(headings), 0)
        for number, line in enumerate(headings):
            for place, heading in enumerate(line):
                sheet.write_string(number, place, heading, self.name if number else self.bold)
        for row in rows:
            if self.count == most:
                raise TooLong
            for place, value in enumerate(row):
                if value is not None:
                    self.put(sheet, len(headings) + self.count, place, value)
            self.count += 1
        filtered = len(headings) - 1
        sheet.autofilter(filtered, 0, max(filtered, filtered + self.count), last)

    def put(self, sheet: Any, row: int, place: int, value: Any) -> None:
        if isinstance(value, Decimal):
            value = number_of(value)
        if isinstance(value, bool):
            sheet.write_boolean(row, place, value)
        elif isinstance(value, int | float):
            sheet.write_number(row, place, value)
        elif isinstance(value, datetime):
            sheet.write_datetime(row, place, local(value), self.moment)
        elif isinstance(value, date) and value.year >= 1900:
            sheet.write_datetime(row, place, value, self.day)
        elif text := str(value):
            self.cut += len(text) > MAX_LENGTH
            sheet.write_string(row, place, text[:MAX_LENGTH], self.text if text.startswith(DANGEROUS) else None)

    def write_about(self, about: About) -> None:
        sheet = self.written.add_worksheet("Keterangan")
        sheet.set_column(0, 0, 24)
        sheet.set_column(1, 1, 90)
        lines = [*about, (_("Banyaknya baris"), self.count)]
        lines += [(_("Sel yang dipotong"), _("%d sel lebih dari 32.767 huruf") % self.cut)] if self.cut else []
        for row, (label, value) in enumerate(lines):
            sheet.write_string(row, 0, label, self.bold)
            self.put(sheet, row, 1, value)


def number_of(number: Decimal) -> int | float | str:
    """A number as a cell keeps it; what is too long for a spreadsheet stays a text."""
    if len(number.as_tuple().digits) > DIGITS:
        return str(number)
    return int(number) if number == number.to_integral_value() else float(number)


def local(moment: datetime) -> datetime:
    """As the clock in Jakarta shows it, without its zone."""
    return timezone.localtime(moment).replace(tzinfo=None) if timezone.is_aware(moment) else moment
