"""From a file to rows of cells: .xlsx by calamine, CSV by Python's own reader.

A cell is a pair: how it was kept ("t" text, "n" number, "d" day, "b" yes or no, "e" a formula that failed), and its
text. Formulas and merged cells are noted beside.
"""

import csv
import datetime
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from python_calamine import CalamineWorkbook

from batik_registry.spreadsheets import DANGEROUS
from workbooks.containers import MAX_COLUMNS, MAX_ROWS, OLE, ZIP, Facts, check_size, facts_of, opened, sheet_paths
from workbooks.exceptions import Unreadable

#: The sheet in which a template of ours remembers what it was.
HIDDEN_SHEET = "_registri"
MAX_CELL = 32_767

Cell = tuple[str, str]
EMPTY: Cell = ("t", "")


@dataclass
class Sheet:
    """A sheet: its name, its rows (the first is row 1), and what its XML says besides."""

    name: str
    rows: Any
    facts: Facts = field(default_factory=Facts)

    def __iter__(self) -> Iterator[list[Cell]]:
        return map(_cells, self.rows())


def sheets_of(content: bytes, name: str) -> list[Sheet]:
    """Every sheet that a person sees, and the hidden one of our templates. Raises `Unreadable`."""
    if content.startswith((ZIP, OLE)) or name.lower().endswith((".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")):
        return _of_workbook(content)
    return [Sheet("CSV", lambda: _of_text(content))]


def _of_workbook(content: bytes) -> list[Sheet]:
    with opened(content) as archive:
        paths = sheet_paths(archive)
        facts = {name: facts_of(archive, path) for name, path in paths.items() if path in archive.namelist()}
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        seen = [one.name for one in book.sheets_metadata if "Visible" in str(one.visible) or one.name == HIDDEN_SHEET]
        return [_sheet(book, name, facts[name]) for name in seen if name in facts]
    except Unreadable:
        raise
    except BaseException as fault:  # the reader is not Python: what it stumbles over is not an Exception
        if isinstance(fault, KeyboardInterrupt | SystemExit | MemoryError):
            raise
        raise Unreadable(_("Berkas ini rusak. Buka di Excel, simpan lagi sebagai .xlsx, lalu unggah.")) from None


def _sheet(book: CalamineWorkbook, name: str, facts: Facts) -> Sheet:
    sheet = book.get_sheet_by_name(name)
    end = sheet.end or (0, 0)
    if end[0] > MAX_ROWS or end[1] >= MAX_COLUMNS:
        raise Unreadable(_("Lembar ini terlalu besar. Paling banyak 100.000 baris dan 256 kolom."))
    return Sheet(name, sheet.iter_rows, facts)


def _of_text(content: bytes) -> Iterator[list[str]]:
    text = _decoded(content)
    head = text[:65_536].split("\n", 1)[0]
    delimiter = max(";,\t", key=head.count)
    csv.field_size_limit(MAX_CELL * 4)
    try:
        for count, row in enumerate(csv.reader(io.StringIO(text), delimiter=delimiter)):
            if count > MAX_ROWS or len(row) > MAX_COLUMNS:
                raise Unreadable(_("Berkas ini terlalu besar. Paling banyak 100.000 baris dan 256 kolom."))
            yield [_plain(cell) for cell in row]
    except csv.Error:
        raise Unreadable(_("Berkas CSV ini rusak. Simpan lagi dari Excel sebagai CSV atau .xlsx.")) from None


def _plain(cell: str) -> str:
    """Without the mark by which our own downloads keep a spreadsheet from taking a text for a formula."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(DANGEROUS) else cell


def _decoded(content: bytes) -> str:
    """UTF-8 with or without its mark; what is not even that was written by an old Excel, in Windows-1252."""
    check_size(len(content))
    encodings = ["utf-16"] if content.startswith((b"\xff\xfe", b"\xfe\xff")) else ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise Unreadable(_("Berkas ini bukan Excel .xlsx dan bukan CSV. Simpan sebagai salah satunya, lalu unggah."))


def _cells(values: list[Any]) -> list[Cell]:
    return [cell_of(value) for value in values]


def cell_of(value: Any) -> Cell:
    if isinstance(value, str):
        return ("t", re.sub(r"[ \t\u00a0]+", " ", value).strip()) if value else EMPTY
    if isinstance(value, bool):
        return "b", "ya" if value else "tidak"
    if isinstance(value, float):
        return "n", str(int(value)) if value.is_integer() and abs(value) < 1e22 else repr(value)
    if isinstance(value, datetime.datetime):
        is_day = value.time() == datetime.time()
        return "d", value.date().isoformat() if is_day else value.isoformat(sep=" ", timespec="minutes")
    if isinstance(value, datetime.date):
        return "d", value.isoformat()
    return ("t", str(value)) if value is not None else EMPTY
