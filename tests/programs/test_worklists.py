"""The ministry's lists: who is on each, what is told of them, and that a download can do no harm."""

import csv
import io
from datetime import date

import pytest
import time_machine
from django.urls import reverse

from batik_registry.models import Sensitivity
from batik_registry.spreadsheets import harmless
from centres.models import Certification, IndustryCode, Member, Rule
from programs import worklists
from programs.models import Event, Participation
from programs.worklists import WORKLISTS
from tests.centres.test_admin_lists import english_in
from tests.factories.centres import SRAGEN, make_certificate, make_member
from tests.factories.events import make_event, make_order, make_participation
from tests.pages import text_of

pytestmark = pytest.mark.usefixtures("places")

LISTS = reverse("programs:worklists")


def url(name):
    return reverse("programs:worklist", args=[name])


def read(answer):
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text), delimiter=";"))


# --- who is on each list ---


def test_members_in_procurement_with_what_was_bought_of_them_that_year():
    member = make_member()
    make_order(member=member, value_idr=10_000_000)
    make_order(member=member, buyer_segment="SWASTA", value_idr=5_000_000)
    make_order(member=member, ordered_on=date(2023, 3, 1), value_idr=70_000_000)
    make_order(buyer_segment="PARIWISATA", channel="LANGSUNG", package_id="")

    [found] = worklists.in_procurement(Member.objects.all(), 2024)

    assert (found, found.orders, found.bought_idr) == (member, 2, 15_000_000)


def test_new_entrepreneurs_of_a_year():
    new = make_member(is_new_entrepreneur=True, started_year=2024)
    make_member(is_new_entrepreneur=True, started_year=2023)
    make_member(started_year=2024)

    assert list(worklists.new_entrepreneurs(Member.objects.all(), 2024)) == [new]


@time_machine.travel("2026-01-10 09:00+07:00")
def test_certificates_that_run_out_before_a_day_halal_first():
    held = {"status": "BERLAKU", "issued_on": date(2022, 1, 1), "technique": ""}
    mark = make_certificate(kind="MEREK", number="M-1", expires_on=date(2026, 2, 1), **held)
    halal = make_certificate(kind="HALAL", number="H-1", expires_on=date(2026, 3, 1), **held)
    make_certificate(kind="HALAL", number="H-2", expires_on=date(2026, 4, 1), **held)
    make_certificate(kind="HALAL", number="H-3", expires_on=date(2026, 1, 9), **held)

    assert list(worklists.expiring(Certification.objects.all(), date(2026, 4, 1))) == [halal, mark]


def test_members_without_halal_are_those_who_neither_hold_nor_asked_for_it():
    lacking, holder, asking = make_member(), make_member(), make_member()
    make_certificate(member=holder, kind="HALAL", technique="", status="BERLAKU", number="H-1")
    make_certificate(member=asking, kind="HALAL", technique="")
    make_member(status="TUTUP", status_reason="Contoh")

    assert list(worklists.without_halal(Member.objects.all())) == [lacking]


def test_the_halal_countdown_goes_by_the_dated_rule():
    assert worklists.halal_countdown(date(2026, 10, 7)) == "Wajib mulai 17 Oktober 2026, 10 hari lagi."
    assert worklists.halal_countdown(date(2026, 10, 20)) == "Wajib sejak 17 Oktober 2026, sudah 3 hari."
    Rule.objects.filter(code="WAJIB_HALAL").update(valid_from=date(2027, 1, 1))
    assert "1 Januari 2027" in worklists.halal_countdown(date(2026, 10, 7))
    Rule.objects.filter(code="WAJIB_HALAL").delete()
    assert worklists.halal_countdown() == ""


def test_the_haj_uniform_list_is_the_queryset_of_members():
    eligible = make_member(nib="0220108230001", techniques={"CAP": 100}, has_workshop=True)
    make_certificate(member=eligible, technique="CAP")
    make_certificate(member=eligible, kind="HALAL", technique="")
    make_member(nib="0220108230002", techniques={"TULIS": 100}, has_workshop=True)
    assert IndustryCode.objects.batik("2020").exists()

    found = worklists.WORKLISTS[4]

    assert found.name == "seragam-haji"
    assert list(found.rows(Member.objects.all())) == [eligible]


def test_orders_to_follow_up_and_events_to_report():
    participation = make_participation(preorder_idr=1_000_000, orders_count=1)
    make_event(kind="KUNJUNGAN", status="DITUTUP")

    assert list(worklists.follow_ups(Participation.objects.all())) == [participation]
    assert list(worklists.unreported(Event.objects.all())) == [participation.event]


# --- the pages ---


def some_of_everything():
    member = make_member(business_name="=HYPERLINK()", is_new_entrepreneur=True, started_year=2026)
    make_order(member=member, ordered_on=date(2026, 1, 5))
    make_certificate(member=member, kind="HALAL", technique="", status="BERLAKU", number="H-1", expires_on="2026-02-01")
    make_participation(member=make_member(), preorder_idr=1_000_000, orders_count=1)


@time_machine.travel("2026-01-10 09:00+07:00")
@pytest.mark.parametrize("worklist", WORKLISTS, ids=lambda worklist: worklist.name)
def test_each_list_opens_tells_its_definition_and_speaks_indonesian(worklist, programme_staff, client_of):
    some_of_everything()

    page = client_of(programme_staff).get(url(worklist.name))

    assert page.status_code == 200
    assert str(worklist.definition) in text_of(page)
    assert not english_in(page)


@time_machine.travel("2026-01-10 09:00+07:00")
@pytest.mark.parametrize("worklist", WORKLISTS, ids=lambda worklist: worklist.name)
def test_no_list_asks_more_of_the_database_when_it_is_longer(
    worklist, programme_staff, client_of, django_assert_max_num_queries
):
    browser = client_of(programme_staff)
    some_of_everything()
    browser.get(url(worklist.name))
    with django_assert_max_num_queries(12) as few:
        browser.get(url(worklist.name))
    for number in range(4):
        member = make_member(is_new_entrepreneur=True, started_year=2026, business_name=f"Batik {number}")
        make_order(member=member, ordered_on=date(2026, 1, 5))
        make_certificate(member=member, kind="MEREK", technique="", status="BERLAKU", number=f"M-{number}",
                         expires_on="2026-02-01")  # fmt: skip
        make_participation(preorder_idr=1_000_000, orders_count=1)

    with django_assert_max_num_queries(len(few)):
        browser.get(url(worklist.name))


@pytest.mark.parametrize("worklist", WORKLISTS, ids=lambda worklist: worklist.name)
def test_no_list_tells_a_personal_field(worklist):
    for column in worklist.columns:
        model, *way = worklist.model, *column.path.split("__")
        for step in way:
            mark = getattr(model, "sensitivity", {}).get(step)
            assert mark not in (Sensitivity.PERSONAL, Sensitivity.SPECIFIC), column
            if not column.heading:
                model = model._meta.get_field(step).related_model or model


def test_all_lists_stand_on_one_page_that_the_menu_leads_to(programme_staff, client_of):
    browser = client_of(programme_staff)

    page = browser.get(LISTS)

    assert all(str(worklist.title) in text_of(page) for worklist in WORKLISTS)
    assert f'href="{LISTS}"' in browser.get(reverse("admin:index")).content.decode()
    assert not english_in(page)


def test_a_list_is_narrowed_to_a_region(programme_staff, client_of):
    make_member(business_name="Batik Kota", is_new_entrepreneur=True, started_year=2024)
    make_member(business_name="Batik Sragen", is_new_entrepreneur=True, started_year=2024, regency_id=SRAGEN)
    browser = client_of(programme_staff)

    page = browser.get(url("wirausaha-baru"), {"tahun": "2024", "wilayah": "33"})
    both = browser.get(url("wirausaha-baru"), {"tahun": "2024"})

    assert "Batik Sragen" in text_of(page)
    assert "Batik Kota" not in text_of(page)
    assert "1 baris" in text_of(page)
    assert "2 baris" in text_of(both)


def test_nonsense_in_the_address_is_told_and_shows_nobody(programme_staff, client_of):
    make_member(business_name="Batik Kota", is_new_entrepreneur=True, started_year=2024)
    browser = client_of(programme_staff)

    for asked in ({"tahun": "kapan"}, {"tahun": "99999"}, {"tahun": "2024", "wilayah": "99"}):
        page = browser.get(url("wirausaha-baru"), asked)
        assert page.status_code == 200
        assert "0 baris" in text_of(page)
        assert "Batik Kota" not in text_of(page)
    assert browser.get(url("tidak-ada")).status_code == 404
    assert browser.get(url("wirausaha-baru"), {"hal": "abc"}).status_code == 200


def test_the_download_has_the_same_rows_and_no_formula(programme_staff, client_of):
    for name in ("=1+1", "+62", "-5", "@SUM(A1)", "Batik biasa"):
        make_member(business_name=name, is_new_entrepreneur=True, started_year=2024)
    download = reverse("programs:worklist_download", args=["wirausaha-baru"])

    answer = client_of(programme_staff).get(download, {"tahun": "2024"})

    headings, *rows = read(answer)
    assert headings[0] == "nama usaha"
    assert {row[0] for row in rows} == {"'=1+1", "'+62", "'-5", "'@SUM(A1)", "Batik biasa"}
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert "wirausaha-baru-" in answer["Content-Disposition"]


@pytest.mark.parametrize("cell", ["=1", "+1", "-1", "@a", "\t=1", "\r=1"])
def test_cells_that_a_spreadsheet_would_run_are_made_harmless(cell):
    assert harmless(cell) == f"'{cell}"
    assert harmless("Batik") == "Batik"


def test_a_leader_reads_the_lists_and_downloads_none(leader, client_of):
    make_member(is_new_entrepreneur=True, started_year=2024)
    browser = client_of(leader)

    page = browser.get(url("wirausaha-baru"), {"tahun": "2024"})

    assert "1 baris" in text_of(page)
    assert "Unduh" not in text_of(page)
    assert browser.get(reverse("programs:worklist_download", args=["wirausaha-baru"])).status_code == 403


def test_whoever_does_not_enter_the_desk_finds_no_list(mojokerto_officer, client_of):
    browser = client_of(mojokerto_officer)

    assert browser.get(LISTS).status_code == 404
    assert browser.get(url("wirausaha-baru")).status_code == 404


def test_a_list_holds_what_the_user_may_see(mojokerto_officer):
    make_member(is_new_entrepreneur=True, started_year=2024, regency_id=SRAGEN)
    found = worklists.find("wirausaha-baru", mojokerto_officer)

    assert not found.of(mojokerto_officer, year=2024, day=date(2024, 1, 1)).exists()
