"""The office of Sragen brings its 139 members: six cells are wrong, are mended in the marked file, and all come in."""

import io
from datetime import datetime

import openpyxl
import pytest

from centres.models import Member
from submissions import actions as deciding
from submissions.choices import State
from submissions.models import Submission
from tests.workbooks import files
from tests.workbooks.files import CAPITAL, DYE, NIB, PHONE, SINCE, YEAR, checked
from workbooks import actions, blanks, marking
from workbooks.choices import Outcome
from workbooks.kinds import layout_of

pytestmark = pytest.mark.django_db

COUNT = 139
WRONG = {
    (9, NIB): 812034511207,
    (20, PHONE): "nol delapan",
    (33, YEAR): "tahun 1998",
    (57, CAPITAL): "15,5",
    (81, DYE): "Sintetik",
    (138, SINCE): "kemarin",
}
RIGHT = {
    (9, NIB): "0812034511207",
    (20, PHONE): "081234567890",
    (33, YEAR): 1998,
    (57, CAPITAL): 15_500_000,
    (81, DYE): "Pewarna sintetis",
    (138, SINCE): datetime(2024, 1, 5),  # noqa: DTZ001 - cells know no zone
}


def test_139_members_come_in_and_go_out_the_same(sragen_officer, programme_staff):
    table = files.rows(COUNT)
    for (row, column), value in WRONG.items():
        table[row][column] = value
    first = checked(sragen_officer, files.xlsx(table))
    assert (first.counts[Outcome.NEW], first.counts[Outcome.BAD]) == (COUNT - len(WRONG), len(WRONG))

    mended = checked(sragen_officer, _mended(first))
    sent = actions.submit(workbook=mended, by=sragen_officer)
    deciding.approve_clean(rows=Submission.objects.filter(pk=sent.pk), by=programme_staff)

    sent.refresh_from_db()
    assert (sent.state, Member.objects.count()) == (State.APPROVED, COUNT)
    with blanks.template(layout_of("ikm"), sragen_officer, {}) as file:
        content = file.read()
    assert _told(content) == _expected(table)
    assert checked(sragen_officer, content).counts[Outcome.SAME] == COUNT


def _mended(found):
    with marking.marked(found) as file:
        book = openpyxl.load_workbook(file)
    sheet = book["Anggota"]
    assert sum(cell.comment is not None for row in sheet for cell in row) == len(WRONG)
    for (row, column), value in RIGHT.items():
        sheet.cell(row + 2, column + 1, value)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _told(content):
    """What a template says of its members, by the titles of the file that came in."""
    sheet = openpyxl.load_workbook(io.BytesIO(content))["IKM"]
    titles = {cell.value: place for place, cell in enumerate(sheet[1])}
    columns = [titles[title] for title in ("Nama usaha", "NIB", "Nama pemilik", "Telepon", "Tahun mulai usaha")]
    columns += [titles["Jenis pewarna"], titles["Status sejak"]]
    return sorted(tuple(row[place].value for place in columns) for row in sheet.iter_rows(min_row=3) if row[0].value)


def _expected(table):
    for (row, column), value in RIGHT.items():
        table[row][column] = value
    return sorted((*row[:3], f"+62{row[3][1:]}", row[5], "Pewarna sintetis", row[9] or None) for row in table)
