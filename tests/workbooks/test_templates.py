"""Templates of an office: what they offer, what they remember, and what happens when the registry moved meanwhile."""

import io

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from centres.models import Member
from changes.models import PersonalRead
from programs.models import Participation, ProgressReport
from submissions import actions as deciding
from submissions.choices import Purpose
from submissions.models import Submission
from tests.factories import centres as make
from tests.factories import events as held
from tests.factories import programs as money
from tests.workbooks import files
from tests.workbooks.files import checked
from workbooks import actions, blanks
from workbooks.choices import Outcome
from workbooks.kinds import layout_of

pytestmark = pytest.mark.django_db


def template(user, kind="ikm", **asked):
    with blanks.template(layout_of(kind), user, asked) as file:
        return openpyxl.load_workbook(file)


def saved(book):
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def place(sheet, title, row):
    column = next(cell.column for cell in sheet[1] if cell.value == title)
    return sheet.cell(row, column)


def test_a_template_offers_the_choices_of_the_form_and_locks_its_titles(mojokerto_officer):
    make.make_member(nib="0123456789012")

    sheet = template(mojokerto_officer)["IKM"]

    lists = {str(one.sqref): one.formula1 for one in sheet.data_validations.dataValidation}
    status = place(sheet, "Status usaha", 2).column_letter
    assert any(where.startswith(status) and "Aktif" in told for where, told in lists.items())
    assert (sheet.protection.sheet, sheet["B1"].protection.locked, sheet["B3"].protection.locked) == (True, True, False)
    nib = place(sheet, "NIB", 3)
    assert (nib.value, nib.number_format, nib.data_type) == ("0123456789012", "@", "s")
    assert "13 angka" in place(sheet, "NIB", 1).comment.text
    assert sheet["A2"].value == "contoh"


def test_whoever_takes_personal_fields_along_is_remembered(mojokerto_officer):
    member = make.make_member()

    template(mojokerto_officer)

    noted = PersonalRead.objects.get()
    assert (noted.by_id, noted.record_id, noted.reason) == (mojokerto_officer.pk, str(member.pk), "Templat Excel")


def test_a_manager_of_a_centre_gets_the_columns_of_that_role_alone(centre_manager):
    centre_manager.assigned_centres = [make.make_membership(member=make.make_member()).centre_id]
    centre_manager.save()

    titles = {cell.value for cell in template(centre_manager)["IKM"][1]}

    assert {"Nama usaha", "Telepon"} <= titles
    assert not {"NIK pemilik", "Surel", "Alamat"} & titles


def test_a_changed_cell_becomes_one_changed_field_and_an_emptied_one_takes_the_value_away(mojokerto_officer):
    member = make.make_member(brand_name="Lama", phone="081234567890")
    book = template(mojokerto_officer)
    place(book["IKM"], "Merek dagang", 3).value = "Baru"
    place(book["IKM"], "Telepon", 3).value = None

    row = checked(mojokerto_officer, saved(book)).rows.get()

    assert (row.outcome, row.record_id) == (Outcome.CHANGE, member.pk)
    assert row.diff == {"brand_name": ["Lama", "Baru"], "phone": ["+6281234567890", ""]}


def test_what_somebody_else_changed_since_the_download_is_flagged_and_the_rest_is_left_alone(mojokerto_officer):
    members = [make.make_member(business_name=f"Batik {name}", brand_name="Lama") for name in "ABC"]
    book = template(mojokerto_officer)
    for row in (3, 4):
        place(book["IKM"], "Merek dagang", row).value = "Dari Excel"
    for member, name in zip(members, ("brand_name", "address", "brand_name"), strict=True):
        setattr(member, name, "Orang lain")
        member.save()

    found = checked(mojokerto_officer, saved(book))

    flagged, changed, same = found.rows.all()
    assert (flagged.outcome, changed.outcome, same.outcome) == (Outcome.BAD, Outcome.CHANGE, Outcome.SAME)
    assert flagged.faults[0]["said"] == "Nilai ini sudah berubah di registri"
    assert changed.diff == {"brand_name": ["Lama", "Dari Excel"]}
    sent = actions.submit(workbook=found, by=mojokerto_officer)
    assert sent.changes.get().row_version == 1


@pytest.mark.parametrize("cell", ["B3", "B6"])
def test_a_template_whose_memory_was_changed_is_refused(mojokerto_officer, cell):
    make.make_member()
    book = template(mojokerto_officer)
    book["_registri"][cell] = "99"

    found = checked(mojokerto_officer, saved(book))

    assert "Lembar tersembunyi templat ini berubah" in found.refusal


def test_a_template_of_another_office_or_for_another_kind_is_refused(mojokerto_officer, sragen_officer):
    content = saved(template(sragen_officer))

    assert "diunduh kantor lain" in checked(mojokerto_officer, content).refusal
    assert "Templat ini untuk IKM" in checked(sragen_officer, content, kind="penjualan").refusal


def test_an_id_of_another_region_is_none(mojokerto_officer, sragen_officer):
    stranger = make.make_member(regency_id="33.14")
    book = template(mojokerto_officer)
    book["IKM"]["A3"], book["IKM"]["B3"] = str(stranger.pk), "Batik curian"

    row = checked(mojokerto_officer, saved(book)).rows.get()

    assert (row.outcome, row.faults[0]["said"]) == (Outcome.BAD, "ID ini tidak ada di wilayah Anda")


def test_the_sales_of_an_event_come_in_by_its_template(mojokerto_officer):
    event = held.make_event()
    for _number in range(2):
        held.make_participation(event=event, member=make.make_member(business_name="Batik kembar"))
    book = template(mojokerto_officer, "penjualan", kegiatan=event.code)
    sheet = book.worksheets[0]
    unchanged = checked(mojokerto_officer, saved(book), kind="penjualan")
    place(sheet, "Penjualan langsung (rupiah)", 3).value = 2_500_000
    place(sheet, "Jumlah transaksi", 3).value = 0
    place(sheet, "Penjualan langsung (rupiah)", 4).value = 750_000

    found = checked(mojokerto_officer, saved(book), kind="penjualan")

    bad, good = found.rows.all()
    assert unchanged.counts[Outcome.SAME] == 2
    assert bad.faults[0]["title"] == "Jumlah transaksi"
    assert good.diff == {"cash_sales_idr": [None, "750000"]}
    actions.submit(workbook=found, by=mojokerto_officer)
    assert Submission.objects.get().changes.get().kind.model is Participation


def test_a_quarterly_report_comes_in_as_a_report(mojokerto_officer):
    allocation = money.make_allocation(fiscal_year=2019)
    titles = ["Kode alokasi", "Tahun", "TW", "Penyerapan", "Realisasi fisik (%)"]
    table = [[allocation.code, 2019, 2, 1_250_000, "42,5"], [allocation.code, 2019, 3, "", ""]]

    found = checked(mojokerto_officer, files.xlsx(table, titles), kind="laporan-dak")
    sent = actions.submit(workbook=found, by=mojokerto_officer)

    assert (found.rows.count(), sent.purpose, sent.due_on is not None) == (1, Purpose.REPORT, True)
    fields = {one.name: one.proposed for one in sent.changes.get().fields.all()}
    assert (fields["absorbed_idr"], fields["physical_pct"]) == ("1250000", "42.5")
    assert sent.changes.get().kind.model is ProgressReport


def test_good_rows_cost_no_query_each(mojokerto_officer):
    def queries(count):
        content = files.xlsx(files.rows(count))
        with CaptureQueriesContext(connection) as captured:
            assert checked(mojokerto_officer, content).counts[Outcome.NEW] == count
        return len(captured)

    assert queries(100) == queries(10)


def test_what_is_sent_is_approved_as_it_was_shown(mojokerto_officer, programme_staff):
    found = checked(mojokerto_officer, files.xlsx(files.rows(2)))

    sent = actions.submit(workbook=found, by=mojokerto_officer)
    deciding.approve(submission=sent, by=programme_staff)

    for row in found.rows.all():
        member = Member.objects.get(pk=row.record_id)
        assert (member.business_name, member.nib) == (row.diff["business_name"][1], row.diff["nib"][1])
