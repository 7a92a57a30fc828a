"""Lists of centres, members and allocations: filters in the address, few queries, two kinds of emptiness."""

import csv
import io

import pytest
from django.urls import reverse

from batik_registry.admin import personal_fields
from portal.columns import COLUMNS
from tests.centres.test_admin_lists import english_in
from tests.factories import centres as make
from tests.factories import events as held
from tests.factories import programs as money
from tests.factories.submissions import sent
from tests.pages import text_of

pytestmark = pytest.mark.django_db

MEMBERS = reverse("portal:list", args=["ikm"])
CENTRES = reverse("portal:list", args=["sentra"])
DAK = reverse("portal:dak")
EVENTS = reverse("portal:events")
SUBMISSIONS = reverse("portal:submissions")


def names(page):
    return [str(row) for row in page.context["listing"].page]


def test_only_what_lies_in_the_region_is_listed(portal, member):
    make.make_member(regency_id="33.14", business_name="Batik Sragen")

    assert names(portal.get(MEMBERS)) == ["Batik Sekar Arum"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"q": "sekararum"}, ["Batik Sekar Arum"]),
        ({"q": "9120 1045 1233 4"}, ["Batik Jati"]),
        ({"teknik": "CAP"}, ["Batik Jati"]),
        ({"pewarna": "ALAM"}, ["Batik Jati"]),
        ({"wilayah": "35.76.02"}, ["Batik Jati"]),
        ({"urut": "-nama"}, ["Batik Sekar Arum", "Batik Jati"]),
        ({"status": "TUTUP"}, []),
    ],
)
def test_members_are_narrowed_by_the_address(portal, member, query, found):
    make.make_member(
        business_name="Batik Jati",
        nib="9120104512334",
        no_nib_reason="",
        techniques={"CAP": 100},
        dye_type="ALAM",
        region_id="35.76.02.1001",
    )

    assert names(portal.get(MEMBERS, query)) == found


def test_each_filter_is_a_chip_that_takes_it_off(portal, member):
    page = portal.get(MEMBERS, {"teknik": "TULIS", "status": "AKTIF"})

    chips = {chip.label: chip for chip in page.context["listing"].chips}
    assert chips["Teknik"].words == "Batik tulis"
    assert chips["Teknik"].url == "?status=AKTIF"


def test_members_of_a_centre_are_listed(portal, member):
    membership = make.make_membership(member=member)
    make.make_member()

    assert names(portal.get(MEMBERS, {"sentra": membership.centre_id})) == ["Batik Sekar Arum"]


def test_a_foreign_centre_narrows_nothing_and_is_called_unknown(portal, member):
    foreign = make.make_centre(regency_id="33.14")

    page = portal.get(MEMBERS, {"sentra": foreign.pk})

    assert "Saringan ini tidak dikenal" in text_of(page)
    assert foreign.name not in text_of(page)


def test_nothing_there_and_nothing_found_are_told_apart(portal, places):
    assert "Belum ada IKM di wilayah Anda" in text_of(portal.get(MEMBERS))
    assert "Tidak ada IKM yang cocok" in text_of(portal.get(MEMBERS, {"q": "tidak ada yang begini"}))


def test_a_page_holds_25_and_links_keep_the_filters(portal, places):
    for _number in range(26):
        make.make_member()

    page = portal.get(MEMBERS, {"status": "AKTIF"})

    assert len(names(page)) == 25
    assert "?status=AKTIF&amp;hal=2" in page.content.decode()
    assert len(names(portal.get(MEMBERS, {"status": "AKTIF", "hal": "2"}))) == 1


@pytest.mark.parametrize("url", [MEMBERS, CENTRES, DAK])
def test_no_list_asks_more_of_the_database_when_it_has_more_rows(url, portal, django_assert_max_num_queries, places):
    def fill(number):
        for _number in range(number):
            make.make_membership()
            money.make_allocation()

    fill(2)
    portal.get(url)
    with django_assert_max_num_queries(18) as few:
        portal.get(url)
    fill(10)

    with django_assert_max_num_queries(len(few)):
        assert len(names(portal.get(url))) == 12


def test_what_is_under_review_says_so(officer, portal, member):
    sent(officer, member, brand_name="Sekar")

    assert "Ditelaah" in text_of(portal.get(MEMBERS))


def test_the_owner_is_named_only_to_whoever_may_know(member, portal, east_java_officer, client_of):
    assert member.owner_name in text_of(portal.get(MEMBERS))
    assert member.owner_name not in text_of(client_of(east_java_officer).get(MEMBERS))


@pytest.mark.parametrize("url", [MEMBERS, CENTRES, DAK])
def test_no_english_word_stands_on_a_list(url, portal, member):
    make.make_centre()
    money.make_allocation()

    for page in (portal.get(url), portal.get(url, {"urut": "nama"}), portal.get(url, {"status": "x", "tahap": "x"})):
        assert page.status_code == 200
        assert not english_in(page)


# --- as a file ---


def test_what_fits_the_filter_comes_as_a_file(portal, member):
    make.make_member(business_name="=Batik Jati", status="TUTUP", status_reason="Pindah usaha")
    assert "?status=TUTUP&amp;unduh=csv" in portal.get(MEMBERS, {"status": "TUTUP"}).content.decode()

    answer = portal.get(MEMBERS, {"status": "TUTUP", "unduh": "csv"})

    text = b"".join(answer.streaming_content).decode()
    headings, row = csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";")
    assert answer["Content-Disposition"].startswith('attachment; filename="member-')
    assert headings[0] == "nama usaha"
    assert (row[0], row[3]) == ("'=Batik Jati", "Tutup")


def rows_in(answer):
    text = b"".join(answer.streaming_content).decode()
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";"))


def test_a_file_tells_what_the_page_shows(portal, officer, member):
    membership = make.make_membership(member=member)
    allocation = money.make_progress(absorbed_idr=1_000_000_000, physical_pct=20).allocation
    event = held.make_participation(member=member).event
    submission = sent(officer, member, brand_name="Sekar")

    (centre,) = rows_in(portal.get(CENTRES, {"unduh": "csv"}))
    (money_row,) = rows_in(portal.get(DAK, {"unduh": "csv"}))
    (event_row,) = rows_in(portal.get(EVENTS, {"unduh": "csv"}))
    (sent_row,) = rows_in(portal.get(SUBMISSIONS, {"unduh": "csv", "kelompok": "menunggu"}))

    assert (centre["kode sentra"], centre["anggota tercatat"]) == (membership.centre.code, "1")
    assert (money_row["diserap (rupiah)"], money_row["realisasi fisik (%)"]) == ("Rp1.000.000.000", "20%")
    assert allocation.code in money_row.values()
    assert event.code in event_row.values()
    assert (sent_row["nomor"], sent_row["status"]) == (submission.number, "Terkirim")


@pytest.mark.parametrize("url", [CENTRES, DAK, EVENTS, SUBMISSIONS])
def test_a_file_holds_no_row_of_another_region(url, sragen_officer, officer, client_of, member):
    make.make_membership(member=member)
    money.make_allocation()
    sent(officer, member, brand_name="Sekar")

    assert rows_in(client_of(sragen_officer).get(url, {"unduh": "csv"})) == []


@pytest.mark.parametrize("url", [MEMBERS, CENTRES, DAK, EVENTS, SUBMISSIONS])
def test_no_file_for_a_role_that_does_not_export(url, client_of, centre_manager):
    centre = make.make_membership().centre
    centre_manager.assigned_centres = [centre.pk]
    centre_manager.save()
    portal = client_of(centre_manager)

    assert "Unduh CSV" not in text_of(portal.get(url))
    assert portal.get(url, {"unduh": "csv"}).status_code == 403


def test_no_file_tells_personal_data():
    for model, columns in COLUMNS.items():
        assert not {column.path for column in columns} & set(personal_fields(model))
