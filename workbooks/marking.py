"""The same file with its faults marked: coloured cells, a comment on each, and a column "Masalah" to filter by.

The XML of the file is edited where a mark goes and copied everywhere else, so that formulas, charts, pictures,
formats and whatever else a library would not know stay what they were.
"""

import io
import re
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO, Any

import xlsxwriter
from django.utils.translation import gettext as _

from workbooks.colours import FAULT, WARNING, Styles
from workbooks.containers import column_letters, column_number, opened, sheet_paths, whole_rows
from workbooks.kinds import fold
from workbooks.models import Workbook
from workbooks.notes import Mark, Notes, xml_of
from workbooks.reading import Sheet, sheets_of

ROW = re.compile(rb"<((?:\w+:)?)row\b([^>]*?)(?:/>|>(.*?)</\1row>)", re.DOTALL)
CELL = re.compile(rb"<((?:\w+:)?)c\b([^>]*?)(?:/>|>.*?</\1c>)", re.DOTALL)
REFERENCE = re.compile(rb'\br="([A-Z]+)(\d+)"')
INLINE_TEXT = b'<%(p)sis><%(p)st xml:space="preserve">%(t)s</%(p)st></%(p)sis>'
#: What may stand between the rows of a sheet and its filter.
BEFORE_FILTER = rb"(?:sheetCalcPr|sheetProtection|protectedRanges|scenarios)"


@dataclass
class Marks:
    """All marks of a sheet: by row and column (from 0) the cells, by row what the column "Masalah" says."""

    cells: dict[tuple[int, int], Mark] = field(default_factory=dict)
    rows: dict[int, str] = field(default_factory=dict)


def marked(workbook: Workbook) -> IO[bytes]:
    """A temporary file, at its beginning. A CSV comes back as a workbook of texts, for it can hold no colour."""
    content, sheet = workbook.content.data, workbook.sheet
    sheets = sheets_of(content, workbook.name)
    found = next(one for one in sheets if one.name == sheet)
    if not content.startswith(b"PK"):
        content, sheet = _as_workbook(found), found.name
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the answer closes it
    _Marking(content, sheet, workbook, _column(found, workbook)).write(_marks(workbook), file)
    file.seek(0)
    return file


def _column(sheet: Sheet, workbook: Workbook) -> int:
    """Where "Masalah" stands, or will: beyond everything that the sheet holds."""
    for place, title in enumerate(workbook.titles):
        if fold(title) == fold(_("Masalah")):
            return place
    return max([len(workbook.titles), *(_last(row) for row in sheet.rows())])


def _last(row: list[Any]) -> int:
    return next((place + 1 for place in range(len(row) - 1, -1, -1) if row[place] not in ("", None)), 0)


def _marks(workbook: Workbook) -> Marks:
    found = Marks()
    for row in workbook.rows.bad():
        said = []
        for one in row.faults:
            told = " ".join(filter(None, [one["said"], one["cause"], one["remedy"]]))
            said.append(f"{one['title']}: {told}")
            if one["column"]:
                found.cells.setdefault((row.number, column_number(one["column"])), Mark(told))
        found.rows[row.number] = " | ".join(said)
    return found


def _as_workbook(sheet: Sheet) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as book:
        made = book.add_worksheet(sheet.name)
        text = book.add_format({"num_format": "@"})
        for row, cells in enumerate(sheet.rows()):
            for place, value in enumerate(cells):
                if value:
                    made.write_string(row, place, value, text)
    return out.getvalue()


class _Marking:
    def __init__(self, content: bytes, sheet: str, workbook: Workbook, column: int) -> None:
        self.archive = opened(content)
        self.path = sheet_paths(self.archive)[sheet]
        self.heading_row, self.column = workbook.heading_row, column
        self.last_row = workbook.heading_row + workbook.total
        self.styles = Styles(self._text("xl/styles.xml"))
        self.notes = Notes(self.archive, self.path)
        self.parts: dict[str, bytes] = {}

    def _text(self, name: str) -> bytes:
        return self.archive.read(name) if name in self.archive.namelist() else b""

    def write(self, marks: Marks, out: IO[bytes]) -> None:
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
            with made.open(zipfile.ZipInfo(self.path), "w") as target:
                for piece in self._sheet(marks):
                    target.write(piece)
            self.parts = {"xl/workbook.xml": self._book(), **self.notes.parts(marks.cells)}
            if self.styles.text:
                self.parts["xl/styles.xml"] = self.styles.done()
            for name, text in self.parts.items():
                made.writestr(name, text)
            self._copy_rest(made)

    def _copy_rest(self, made: zipfile.ZipFile) -> None:
        for part in self.archive.infolist():
            if part.filename not in (self.path, *self.parts) and not part.is_dir():
                with self.archive.open(part) as source, made.open(zipfile.ZipInfo(part.filename), "w") as target:
                    shutil.copyfileobj(source, target)

    def _sheet(self, marks: Marks) -> Iterator[bytes]:
        title = {self.heading_row: _("Masalah")}
        said = title | marks.rows
        by_row: dict[int, dict[int, Mark]] = {}
        for (row, place), mark in marks.cells.items():
            by_row.setdefault(row, {})[place] = mark
        for piece in whole_rows(self.archive, self.path):
            piece = ROW.sub(lambda row: self._row(row, by_row, said), piece)
            yield self._tail(self._dimension(piece))

    def _row(self, row: re.Match[bytes], by_row: dict[int, dict[int, Mark]], said: dict[int, str]) -> bytes:
        number = re.search(rb'\br="(\d+)"', row[2])
        key = int(number[1]) if number else 0
        if key not in said and key not in by_row:
            return row[0]
        prefix, attributes = row[1], re.sub(rb'\s+spans="[^"]*"', b"", row[2])
        cells = {self._place(cell): cell[0] for cell in CELL.finditer(row[3] or b"")}
        for place, mark in by_row.get(key, {}).items():
            cells[place] = self._coloured(cells.get(place), prefix, place, key, mark)
        if key in said:
            cells[self.column] = self._text_cell(prefix, key, said[key], by_row)
        inner = b"".join(cells[place] for place in sorted(cells))
        return b"<%srow%s>%s</%srow>" % (prefix, attributes.rstrip(b"/"), inner, prefix)

    def _place(self, cell: re.Match[bytes]) -> int:
        found = REFERENCE.search(cell[2])
        return column_number(found[1].decode()) if found else -1

    def _coloured(self, cell: bytes | None, prefix: bytes, place: int, row: int, mark: Mark) -> bytes:
        if cell is None:
            cell = b'<%sc r="%s%d"/>' % (prefix, column_letters(place).encode(), row)
        head = re.match(rb"<(?:\w+:)?c\b[^>]*?(?=/?>)", cell)
        assert head is not None  # noqa: S101 - `CELL` found it so
        old = re.search(rb'\ss="(\d+)"', head[0])
        new = self.styles.coloured(int(old[1]) if old else 0, FAULT if mark.blocks else WARNING)
        opening = re.sub(rb'\ss="\d+"', b"", head[0]) + b' s="%d"' % new
        return opening + cell[head.end() :]

    def _text_cell(self, prefix: bytes, row: int, text: str, by_row: dict[int, Any]) -> bytes:
        style = b' s="%d"' % self.styles.coloured(0, FAULT) if row in by_row else b""
        address = f"{column_letters(self.column)}{row}".encode()
        told = xml_of(text)
        form = b'<%(p)sc r="%(a)s" t="inlineStr"%(s)s>' + INLINE_TEXT + b"</%(p)sc>"
        return form % {b"p": prefix, b"a": address, b"s": style, b"t": told}

    # --- around the rows ----------------------------------------------------------------------------------------

    def _area(self) -> str:
        last = max(self.last_row, self.heading_row + 1)
        return f"A{self.heading_row}:{column_letters(self.column)}{last}"

    def _dimension(self, piece: bytes) -> bytes:
        def wider(found: re.Match[bytes]) -> bytes:
            last = max(column_number(found[3].decode()), self.column)
            return found[1] + found[2] + b":" + column_letters(last).encode() + found[4] + b'"'

        return re.sub(rb'(<(?:\w+:)?dimension\s+ref=")([A-Z]+\d+):([A-Z]+)(\d+)"', wider, piece, count=1)

    def _tail(self, piece: bytes) -> bytes:
        if b"sheetData>" not in piece or not re.search(rb"</(?:\w+:)?sheetData>", piece):
            return piece
        return self.notes.linked(self._filtered(piece))

    def _filtered(self, tail: bytes) -> bytes:
        """The filter of the sheet reaches over "Masalah"; a sheet with neither filter nor table gets one."""
        own = re.search(rb'<(?:\w+:)?autoFilter\b[^>]*?\bref="([A-Z]+\d+):([A-Z]+)(\d+)"', tail)
        if own:
            wide = column_letters(max(column_number(own[2].decode()), self.column)).encode()
            area = own[1] + b":" + wide + own[3]
            return tail.replace(own[1] + b":" + own[2] + own[3], area, 1)
        if re.search(rb"<(?:\w+:)?tableParts\b", tail):
            return tail
        place = re.search(
            rb"</((?:\w+:)?)sheetData>(?:\s*<(?:\w+:)?(%s)\b(?:[^>]*/>|.*?</(?:\w+:)?\2>))*" % BEFORE_FILTER,
            tail,
            re.DOTALL,
        )
        if place is None:
            return tail
        made = b'<%sautoFilter ref="%s"/>' % (place[1], self._area().encode())
        return tail[: place.end()] + made + tail[place.end() :]

    def _book(self) -> bytes:
        """The hidden name of the filter's area goes with it."""
        text = self.archive.read("xl/workbook.xml")
        names = [*sheet_paths(self.archive).values()]
        number = str(names.index(self.path)).encode()

        def wider(found: re.Match[bytes]) -> bytes:
            last = max(column_number(found[3].decode()), self.column)
            return found[1] + found[2] + column_letters(last).encode() + found[4]

        name = rb'(<(?:\w+:)?definedName\b[^>]*_FilterDatabase"[^>]*localSheetId="%s"[^>]*>[^<]*?)'
        form = name + rb"(\$[A-Z]+\$\d+:\$)([A-Z]+)(\$\d+)"
        return re.sub(form % number, wider, text, count=1)
