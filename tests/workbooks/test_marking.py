"""The same file comes back marked: coloured where it is wrong, told why, and untouched everywhere else."""

import io

import openpyxl
import pytest

from tests.workbooks import files
from tests.workbooks.files import checked
from workbooks import blanks, marking
from workbooks.colours import FAULT
from workbooks.kinds import layout_of

pytestmark = pytest.mark.django_db


def marked(found):
    with marking.marked(found) as file:
        return file.read()


def opened(content):
    return openpyxl.load_workbook(io.BytesIO(content))


def colours(sheet):
    return {cell.coordinate for row in sheet for cell in row if cell.fill.fgColor.rgb == FAULT}


def written(sheet, columns):
    return [[(cell.value, cell.number_format, cell.font.b) for cell in row[:columns]] for row in sheet]


def test_a_fault_is_coloured_commented_and_told_in_a_column_to_filter_by(mojokerto_officer):
    table = files.rows(4)
    table[2][files.NIB] = 812034511207
    content = files.xlsx(table)

    found = opened(marked(checked(mojokerto_officer, content)))["Anggota"]

    assert colours(found) == {"B4", "K4"}
    assert "NIB harus 13 angka" in found["B4"].comment.text
    assert (found["K1"].value, found.auto_filter.ref) == ("Masalah", "A1:K5")
    assert "nol di depan" in found["K4"].value
    assert written(found, 10) == written(opened(content)["Anggota"], 10)


def test_a_template_keeps_its_help_its_choices_its_protection_and_its_stamp(mojokerto_officer):
    with blanks.template(layout_of("ikm"), mojokerto_officer, {}) as file:
        book = opened(file.read())
    sheet = book["IKM"]
    sheet["B3"], sheet["E3"] = "Batik Contoh", "12"
    out = io.BytesIO()
    book.save(out)

    found = opened(marked(checked(mojokerto_officer, out.getvalue())))

    marks = found["IKM"]
    assert {"E3"} <= colours(marks)
    assert "Wajib diisi" in marks["B1"].comment.text
    assert "NIB" in marks["E3"].comment.text
    assert marks.protection.sheet
    assert len(marks.data_validations.dataValidation) == len(sheet.data_validations.dataValidation)
    assert found["_registri"].sheet_state == "veryHidden"


def test_mended_in_the_marked_file_it_is_good_and_may_be_marked_again(mojokerto_officer):
    table = files.rows(3)
    table[0][files.YEAR], table[2][files.CAPITAL] = "tahun 1998", "15,5"
    book = opened(marked(checked(mojokerto_officer, files.xlsx(table))))
    book["Anggota"]["F2"] = 1998
    out = io.BytesIO()
    book.save(out)

    again = checked(mojokerto_officer, out.getvalue())
    sheet = opened(marked(again))["Anggota"]

    assert [(row.number, row.faults[0]["column"]) for row in again.rows.bad()] == [(4, "G")]
    assert [sheet["K1"].value, sheet["L1"].value] == ["Masalah", None]


def test_a_csv_comes_back_as_a_workbook(mojokerto_officer):
    table = files.rows(2)
    table[1][files.NIB] = "123"

    found = opened(marked(checked(mojokerto_officer, files.csv(table), name="anggota.csv")))["CSV"]

    assert colours(found) == {"B3", "K3"}
    assert found["D2"].value == "081200000001"
