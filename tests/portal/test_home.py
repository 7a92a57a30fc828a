"""The officer's home: tasks come from the state of things, the most urgent first."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from centres.choices import CertificateStatus
from centres.loaders import load_records
from centres.models import Member
from portal.reports import owed_by
from portal.tasks import tasks_of
from programs.actions.allocations import take_in
from programs.checks import remarks
from programs.choices import State
from programs.models import ReportDue
from programs.records import read_calendar
from submissions import actions
from tests.centres.test_admin_lists import english_in
from tests.factories import centres as make
from tests.factories import programs as money
from tests.factories.submissions import draft_of, sent
from tests.pages import text_of

pytestmark = pytest.mark.django_db

HOME = reverse("portal:home")


@pytest.fixture
def at_work(places):
    """An allocation of 2026 whose money has begun to flow."""
    allocation = money.make_allocation(fiscal_year=2026, title="Gedung batik")
    return money.bring_to(allocation, State.PROPOSED, State.VERIFIED)


def test_officers_land_in_the_portal(officer, portal):
    assert portal.get(reverse("home")).url == HOME


@pytest.mark.parametrize("who", ["programme_staff", "api_client", "leader"])
def test_to_others_the_portal_is_not_there(who, client_of, request):
    assert client_of(request.getfixturevalue(who)).get(HOME).status_code == 404


def test_the_region_and_the_tabs_are_always_there(portal):
    words = text_of(portal.get(HOME))

    for told in ("Kota Mojokerto", "Beranda", "Sentra", "IKM", "DAK", "Usulan"):
        assert told in words


def test_without_tasks_the_page_says_thanks(portal):
    assert "Tidak ada tugas. Terima kasih." in text_of(portal.get(HOME))


def test_what_was_returned_is_a_task_that_leads_to_the_form(officer, reviewer, portal, member):
    submission = sent(officer, member, brand_name="Sekar")
    actions.return_(submission=submission, by=reviewer, reason="Merek belum terdaftar")
    draft = submission.followed_by.get()

    page = portal.get(HOME)

    task = page.context["tasks"][0]
    assert (task.status, "merek dagang" in task.detail) == ("Dikembalikan", True)
    assert task.url == reverse("portal:edit", args=["ikm", member.pk]) + f"?usulan={draft.pk}"
    assert "Perbaiki usulan: Batik Sekar Arum" in text_of(page)


@time_machine.travel("2026-11-24 09:00 +0700")
def test_reports_are_due_by_the_calendar_and_the_late_ones_stand_first(officer, member, monkeypatch, at_work):
    monkeypatch.setattr("programs.owed.AT_WORK", (at_work.state,))
    for quarter, (month, day) in {3: (10, 10), 4: (12, 10)}.items():
        ReportDue.objects.create(kind="KEMAJUAN", period=quarter, month=month, day=day)

    tasks = tasks_of(officer)

    told = [(task.title, task.days) for task in tasks if "laporan DAK" in task.title]
    assert told == [("Isi laporan DAK triwulan III 2026", -45), ("Isi laporan DAK triwulan IV 2026", 16)]
    assert tasks[0].is_late


def test_members_without_confirmation_and_certificates_near_their_end_are_tasks(officer, member):
    make.make_certificate(member=member, status=CertificateStatus.VALID, number="BM/1", expires_on="2026-12-24")

    with time_machine.travel("2026-11-24 09:00 +0700"):
        tasks = tasks_of(officer)

    assert [(task.title, task.days) for task in tasks] == [
        ("Perpanjang Batikmark: Batik Sekar Arum", 30),
        ("Konfirmasi 1 IKM yang datanya lewat satu tahun", None),
    ]


def test_a_task_goes_when_it_is_done(officer, member):
    assert [task.title for task in tasks_of(officer)] == ["Konfirmasi 1 IKM yang datanya lewat satu tahun"]

    actions.confirm_unchanged(record=member, by=officer)

    assert tasks_of(officer) == []


def test_an_officer_meets_no_task_of_another_region(sragen_officer, member):
    assert tasks_of(sragen_officer) == []


def test_own_submissions_show_their_place_in_the_queue(officer, portal, member):
    sent(officer, make.make_member(), brand_name="Arum")
    sent(officer, member, brand_name="Sekar")

    assert "Nomor 2 dalam antrean" in text_of(portal.get(HOME))


def test_the_figures_lead_to_lists_that_count_the_same(officer, portal, member):
    make.make_centre()

    for figure in portal.get(HOME).context["figures"][:2]:
        listing = portal.get(figure.url).context["listing"]
        assert figure.words == str(listing.page.paginator.count)


def test_the_home_asks_no_more_of_the_database_when_there_is_more(officer, portal, django_assert_max_num_queries):
    for _number in range(5):
        sent(officer, make.make_member(), brand_name="Arum")
    portal.get(HOME)
    with django_assert_max_num_queries(45) as few:
        portal.get(HOME)
    for _number in range(10):
        sent(officer, make.make_member(), brand_name="Sekar")

    with django_assert_max_num_queries(len(few)):
        portal.get(HOME)


def test_no_english_word_stands_on_the_home(officer, portal, member):
    draft_of(officer, member, brand_name="Sekar")

    assert not english_in(portal.get(HOME))
    assert Member.objects.count() == 1


def test_desk_and_portal_ask_for_the_same_reports(officer, places):
    """Taken in at work: what falls due from then on is owed, at both doors; what fell due before is not."""
    load_records(read_calendar())
    with time_machine.travel("2019-08-01 09:00 +0700"):
        allocation = money.make_allocation()
        take_in(allocation=allocation, state=State.CONTRACTED, actor_name="Uji", reason="Uji", document="Uji")

    owed = [one.quarter for one in owed_by(officer, date(2020, 6, 1))]

    assert owed == [3, 4]
    late = [one.sentence for one in remarks(allocation, date(2020, 6, 1)) if one.code == "LAPORAN_TERLAMBAT"]
    assert [sentence.split()[2] for sentence in late] == ["III", "IV"]
