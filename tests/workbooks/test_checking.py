"""What is said of rows: each fault at its own cell with its cause, and nothing of what is right."""

import pytest

from tests.factories import centres as make
from tests.workbooks import files
from tests.workbooks.files import checked
from workbooks import actions, blanks
from workbooks.choices import Outcome, State
from workbooks.kinds import layout_of

pytestmark = pytest.mark.django_db


def test_good_rows_are_ready_and_a_bad_cell_is_told_with_its_cause(mojokerto_officer):
    table = files.rows(4)
    table[2][files.NIB] = 812034511207

    found = checked(mojokerto_officer, files.xlsx(table))

    bad = found.rows.get(outcome=Outcome.BAD)
    assert found.counts[Outcome.NEW] == 3
    assert [(bad.number, one["column"], one["read"], one["suggestion"]) for one in bad.faults] == [
        (4, "B", "812034511207", "0812034511207")
    ]
    assert "nol di depan" in bad.faults[0]["cause"]


def test_a_template_comes_back_without_a_change(mojokerto_officer):
    make.make_member(
        nib="1234567890123",
        owner_nik="3576021504700007",
        phone="081234567890",
        capital_idr=15_500_000,
        natural_dye_pct="12.50",
        dye_type="CAMPURAN",
        latitude="-7.471234",
        longitude="112.449876",
        socials=["@a", "@b"],
        status_on="2024-01-05",
        region_id=make.GUNUNGGEDANGAN,
    )
    make.make_member(owner_disability=False, has_workshop=True, address="=Jalan")

    with blanks.template(layout_of("ikm"), mojokerto_officer, {}) as file:
        found = checked(mojokerto_officer, file.read())

    assert [(row.outcome, row.problems, row.diff) for row in found.rows.all()] == [(Outcome.SAME, [], {})] * 2


def test_what_was_checked_is_sent_as_one_submission_and_the_bad_row_stays(mojokerto_officer):
    table = files.rows(3)
    table[1][files.YEAR] = 22030

    found = checked(mojokerto_officer, files.xlsx(table))
    sent = actions.submit(workbook=found, by=mojokerto_officer)

    found.refresh_from_db()
    assert sent.changes.count() == 2
    assert (found.state, found.counts[Outcome.SENT], found.counts[Outcome.BAD]) == (State.CHECKED, 2, 1)
