"""Templates: a workbook for one office with its records in it, or with rows that are still to be written.

Titles are locked, choices come from the fields themselves, numbers that are names are texts, and every title carries
its field's help. `stamps.py` tells the hidden sheet.
"""

import datetime
import json
import tempfile
from collections.abc import Mapping
from decimal import Decimal
from typing import IO, Any

import xlsxwriter
from django.db import models
from django.utils.translation import gettext as _
from xlsxwriter.utility import xl_col_to_name

from batik_registry.fields import DigitString, Phone, Rupiah
from batik_registry.lists import ListField
from batik_registry.measures import Coordinate, Measure
from batik_registry.permissions import is_personal
from batik_registry.spreadsheets import DANGEROUS
from changes.models import PersonalRead
from workbooks import stamps
from workbooks.kinds import ID, Layout
from workbooks.reading import HIDDEN_SHEET

#: Empty rows below the filled ones that have their formats and choices too.
SPARE = 500
#: A list in one cell's validation may not be longer than this; longer ones stand in a sheet of their own.
INLINE = 250
#: What the protection of the titles leaves free.
ALLOWED = ("sort", "autofilter", "insert_rows", "delete_rows", "format_cells", "format_columns", "format_rows")
CHOICES_SHEET = "Pilihan"
RULES_SHEET = "Petunjuk"


def template(layout: Layout, user: Any, asked: Mapping[str, str]) -> IO[bytes]:
    """A temporary file, at its beginning: the template of this kind for the user's office.

    Reading personal fields so is logged.
    """
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the answer closes it
    options = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    with xlsxwriter.Workbook(file, options) as book:
        made = _Template(book, layout, user, asked)
        made.write()
    if any(is_personal(layout.model, name) for name in made.names):
        _note_reading(made.records, layout, user)
    file.seek(0)
    return file


def _note_reading(records: list[Any], layout: Layout, user: Any) -> None:
    """Who took personal fields along is remembered for each record."""
    PersonalRead.objects.bulk_create(
        PersonalRead(
            by_id=user.pk,
            model=layout.kind.label,
            record_id=str(record.pk),
            region_code=record.region_code,
            reason=_("Templat Excel"),
        )
        for record in records
    )


class _Template:
    def __init__(self, book: Any, layout: Layout, user: Any, asked: Mapping[str, str]) -> None:
        self.book, self.layout, self.user = book, layout, user
        self.names = layout.names_for(user)
        self.records = list(layout.rows(user, asked))
        self.blanks = layout.blanks(user, asked) if layout.blanks else []
        self.told = {name: self._told(name) for name in layout.finders if name in self.names}
        self.lists: list[list[str]] = []
        self.head = book.add_format({"bold": True, "bg_color": "#152C52", "font_color": "#FFFFFF", "text_wrap": True})
        self.fixed = book.add_format({"font_color": "#595959", "bg_color": "#EFEFEF"})
        self.sample = book.add_format(
            {"italic": True, "font_color": "#595959", "bg_color": "#FFF7E0", "num_format": "@"}
        )
        self.formats = {name: self._format(name) for name in self.names}

    def write(self) -> None:
        sheet = self.book.add_worksheet(str(self.layout.title)[:31])
        self._write_head(sheet)
        last = self._write_rows(sheet)
        self._write_choices(sheet, last + SPARE)
        sheet.protect("", dict.fromkeys(ALLOWED, True))
        self._write_rules()
        self._write_lists()
        self._write_stamp()

    def _told(self, name: str) -> dict[Any, str]:
        attname = self.layout.kind.field(name).attname
        keys = {getattr(row, attname) for row in self.records} | {row[name] for row in self.blanks if name in row}
        return self.layout.finders[name].tell(self.user, keys - {None})

    def _format(self, name: str) -> Any:
        column = self.layout.kind.field(name)
        shape: dict[str, Any] = {"locked": False}
        if isinstance(column, Rupiah):
            shape |= {"num_format": "#,##0"}
        elif isinstance(column, models.DateField):
            shape |= {"num_format": "dd/mm/yyyy"}
        elif not isinstance(column, Measure | models.IntegerField):
            shape |= {"num_format": "@"}
        return self.book.add_format(shape)

    def _write_head(self, sheet: Any) -> None:
        sheet.freeze_panes(1, 2)
        sheet.set_row(0, 32)
        sheet.set_column(0, 0, 12, self.fixed)
        sheet.write_string(0, 0, ID, self.head)
        sheet.write_comment(0, 0, _("Jangan diubah: dari sinilah barisnya dikenali. Kosongkan untuk data baru."))
        for place, name in enumerate(self.names, start=1):
            sheet.set_column(place, place, 20, self.formats[name])
            sheet.write_string(0, place, self.layout.title_of(name), self.head)
            if told := help_of(self.layout, name):
                sheet.write_comment(0, place, told, {"x_scale": 2})

    def _write_rows(self, sheet: Any) -> int:
        """The number of rows that are filled, the example included."""
        row = 1
        sheet.write_string(row, 0, "contoh", self.sample)
        for place, name in enumerate(self.names, start=1):
            sheet.write_string(row, place, self.layout.example.get(name, ""), self.sample)
        for record in self.records:
            row += 1
            sheet.write_string(row, 0, str(record.pk), self.fixed)
            for place, name in enumerate(self.names, start=1):
                column = self.layout.kind.field(name)
                self._put(sheet, row, place, name, getattr(record, column.attname))
        for blank in self.blanks:
            row += 1
            for place, name in enumerate(self.names, start=1):
                self._put(sheet, row, place, name, blank.get(name))
        sheet.autofilter(0, 0, row, len(self.names))
        return row

    def _put(self, sheet: Any, row: int, place: int, name: str, value: Any) -> None:
        told = self.told[name].get(value, "") if name in self.told else cell_value(self.layout.kind.field(name), value)
        if told is None or told == "":
            return
        if isinstance(told, datetime.date):
            sheet.write_datetime(row, place, told, self.formats[name])
        elif isinstance(told, int | float):
            sheet.write_number(row, place, told, self.formats[name])
        else:
            shape = self.formats[name]
            if told.startswith(DANGEROUS):
                shape = self.book.add_format({"locked": False, "num_format": "@", "quote_prefix": True})
            sheet.write_string(row, place, told, shape)

    def _write_choices(self, sheet: Any, last: int) -> None:
        for place, name in enumerate(self.names, start=1):
            column = self.layout.kind.field(name)
            if labels := self._labels(name, column):
                sheet.data_validation(1, place, last, place, self._validation(labels))
            elif isinstance(column, models.DateField):
                rule = {
                    "validate": "date",
                    "criteria": ">",
                    "value": datetime.date(1900, 1, 1),
                    "error_type": "warning",
                }
                sheet.data_validation(1, place, last, place, rule | {"ignore_blank": True})

    def _labels(self, name: str, column: Any) -> list[str]:
        if isinstance(column, models.BooleanField):
            return ["ya", "tidak"]
        finder = self.layout.finders.get(name)
        if finder and finder.choices:
            return finder.choices(self.user)
        return [str(label) for code, label in column.flatchoices if code] if column.choices else []

    def _validation(self, labels: list[str]) -> dict[str, Any]:
        shape = {
            "validate": "list",
            "error_title": _("Pilih dari daftar"),
            "error_message": _("Isi ini tidak ada dalam daftar."),
        }
        if len(",".join(labels)) <= INLINE and not any("," in label for label in labels):
            return shape | {"source": labels}
        self.lists.append(labels)
        letters = xl_col_to_name(len(self.lists) - 1)
        return shape | {"source": f"={CHOICES_SHEET}!${letters}$1:${letters}${len(labels)}"}

    def _write_rules(self) -> None:
        sheet = self.book.add_worksheet(RULES_SHEET)
        bold, wrap = self.book.add_format({"bold": True, "valign": "top"}), self.book.add_format({"text_wrap": True})
        sheet.set_column(0, 0, 34)
        sheet.set_column(1, 1, 90)
        lines = [(_("Templat"), str(self.layout.title)), (_("Kantor"), str(self.user.office)), *_RULES()]
        lines += [(self.layout.title_of(name), help_of(self.layout, name)) for name in self.names]
        for row, (label, told) in enumerate(lines):
            sheet.write_string(row, 0, label, bold)
            sheet.write_string(row, 1, told, wrap)

    def _write_lists(self) -> None:
        if not self.lists:
            return
        sheet = self.book.add_worksheet(CHOICES_SHEET)
        for place, labels in enumerate(self.lists):
            sheet.set_column(place, place, 34)
            for row, label in enumerate(labels):
                sheet.write_string(row, place, label)

    def _write_stamp(self) -> None:
        sheet = self.book.add_worksheet(HIDDEN_SHEET)
        versions = {str(row.pk): row.row_version for row in self.records}
        for row, (key, told) in enumerate(stamps.lines_of(self.layout, self.user.office, versions)):
            sheet.write_string(row, 0, key)
            sheet.write_string(row, 1, told)
        sheet.very_hidden()


def _RULES() -> list[tuple[str, str]]:  # noqa: N802
    return [
        (_("Baris kedua"), _("Contoh saja; tidak ikut dibaca.")),
        (_("Data yang sudah ada"), _("Ubah selnya. Sel yang Anda kosongkan berarti nilainya dihapus.")),
        (_("Data baru"), _("Tulis di baris kosong paling bawah dan biarkan kolom ID kosong.")),
        (_("Menghapus baris"), _("Tidak menghapus data di registri; barisnya sekadar tidak dibaca.")),
        (_("Rupiah"), _("Tulis penuh dengan semua nolnya: 15.500.000, bukan 15,5.")),
        (_("NIB, NIK, telepon"), _("Kolomnya berformat Teks agar nol di depan tidak hilang.")),
        (_("Beberapa pilihan"), _("Pisahkan dengan titik koma.")),
        (_("Sesudah diisi"), _("Unggah di portal. Semua galat ditunjukkan dahulu; belum ada yang tersimpan.")),
    ]


def help_of(layout: Layout, name: str) -> str:
    """What one has to know to fill the field: its help, its choices, whether it may be empty."""
    column = layout.kind.field(name)
    told = [str(column.help_text)] if column.help_text else []
    source = column.base_field if isinstance(column, ListField) else column
    if source.choices:
        told.append(_("Pilihan: %s.") % ", ".join(str(label) for code, label in source.flatchoices if code))
    if isinstance(column, DigitString | Phone):
        told.append(_("Format sel: Teks."))
    if name in layout.example:
        told.append(_("Misalnya: %s") % layout.example[name])
    if not column.blank and not column.has_default():
        told.append(_("Wajib diisi."))
    return " ".join(one if one.endswith((".", ":")) else f"{one}." for one in told)


def cell_value(column: Any, value: Any) -> Any:
    """The value as its cell holds it: number, day, or a text that reads back as the same value."""
    if value in (None, "", [], {}):
        return None
    if isinstance(column, ListField):
        labels = dict(column.base_field.flatchoices or ())
        return "; ".join(str(labels.get(one, one)) for one in value)
    if isinstance(value, dict):
        return "; ".join(f"{key} {share:g}".replace(".", ",") for key, share in value.items()) or json.dumps(value)
    if column.choices:
        return str(dict(column.flatchoices).get(value, value))
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if isinstance(value, Decimal):
        return _number(column, value)
    return value if isinstance(value, int | datetime.date) else str(value)


def _number(column: Any, value: Decimal) -> Any:
    if isinstance(column, Coordinate):
        return f"{value:f}".replace(".", ",")
    if len(value.normalize().as_tuple().digits) > 15:  # more than a spreadsheet keeps
        return f"{value:f}".replace(".", ",")
    return int(value) if value == value.to_integral_value() else float(value)
