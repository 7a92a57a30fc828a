"""A colleague leaves, and nothing of the office is lost; a morning mail tells what waits."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from accounts.choices import RoleCode
from accounts.models import User
from centres.choices import CertificateStatus
from changes.models import Change
from portal.digest import is_told, send_digests
from portal.tasks import REPORT, Task
from submissions import actions
from tests.centres.test_admin_lists import english_in
from tests.factories import centres as make
from tests.factories.accounts import make_user
from tests.factories.submissions import draft_of, sent
from tests.pages import text_of

pytestmark = pytest.mark.django_db

PAGE = reverse("portal:hand_over")
TODAY = timezone.localdate()


def hand(portal, leaving, successor="", **more):
    sent_on = {"dari": leaving.pk, "kepada": getattr(successor, "pk", successor)} | more
    return portal.post(PAGE, sent_on, follow=True)


@pytest.fixture
def province(east_java_officer, client_of):
    return client_of(east_java_officer)


def test_what_is_held_is_shown_and_goes_to_the_successor_in_one_step(officer, colleague, portal, member):
    draft, waiting = draft_of(colleague, member, brand_name="A"), sent(colleague, make.make_member(), brand_name="B")

    page = portal.get(PAGE, {"dari": colleague.pk})
    answer = hand(portal, colleague, officer)

    assert draft.number in text_of(page)
    assert not english_in(page)
    assert "2 usulan milik" in text_of(answer)
    for one in (draft, waiting):
        one.refresh_from_db()
        assert one.keeper == officer


def test_nobody_of_another_office_is_offered_or_taken(portal, sragen_officer, colleague, member):
    draft = draft_of(colleague, member, brand_name="A")

    hand(portal, colleague, sragen_officer)

    assert sragen_officer.name not in text_of(portal.get(PAGE))
    assert hand(portal, sragen_officer, colleague).status_code == 404
    draft.refresh_from_db()
    assert draft.keeper == colleague


def test_whoever_leaves_ends_the_own_account_on_a_chosen_day(officer, colleague, portal):
    last = TODAY + timedelta(days=3)

    answer = hand(portal, officer, colleague, hari=last.isoformat())

    officer.refresh_from_db()
    assert (officer.active_until, officer.is_current) == (last, True)
    assert "berakhir sesudah" in text_of(answer)
    change = Change.objects.of(officer).with_values().last()
    assert (change.actor_name, change.reason) == (officer.name, f"Serah terima {officer}")
    with time_machine.travel(last + timedelta(days=1, hours=12)):
        assert portal.get(PAGE).status_code == 302  # the session has ended with the account


@pytest.mark.parametrize("days", [-1, 5])
def test_an_account_is_neither_ended_in_the_past_nor_lengthened(officer, colleague, portal, member, days):
    officer.active_until = TODAY + timedelta(days=4)
    officer.save()
    draft = draft_of(officer, member, brand_name="A")

    page = hand(portal, officer, colleague, hari=(TODAY + timedelta(days=days)).isoformat())

    assert "hari" in page.context["form"].errors
    officer.refresh_from_db()
    draft.refresh_from_db()
    assert officer.active_until == TODAY + timedelta(days=4)
    assert draft.keeper == officer  # all or nothing


def test_a_colleague_cannot_end_the_account_and_the_province_is_asked(
    officer, colleague, portal, east_java_officer, administrator, django_capture_on_commit_callbacks
):
    page = portal.get(PAGE, {"dari": colleague.pk})
    with django_capture_on_commit_callbacks(execute=True):
        answer = hand(portal, colleague, officer, hari=TODAY.isoformat())

    assert "Yang dapat: Administrator, Petugas provinsi" in text_of(page)
    assert east_java_officer.name in text_of(answer)
    assert [one.to for one in mail.outbox] == [[east_java_officer.email]]
    assert colleague.name in mail.outbox[0].body
    assert f"{PAGE}?dari={colleague.pk}" in mail.outbox[0].body
    colleague.refresh_from_db()
    assert colleague.active_until is None


def test_without_a_province_the_administrators_are_asked(
    officer, colleague, portal, administrator, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        hand(portal, colleague, officer, hari=TODAY.isoformat())

    assert [one.to for one in mail.outbox] == [[administrator.email]]


def test_a_province_opens_the_successors_account_in_the_same_step(
    officer, province, member, django_capture_on_commit_callbacks
):
    draft = draft_of(officer, member, brand_name="A")

    page = province.get(PAGE, {"dari": officer.pk})
    with django_capture_on_commit_callbacks(execute=True):
        hand(province, officer, "baru", nama="Pengganti uji", surel="Pengganti@contoh.invalid", hari=TODAY.isoformat())

    assert draft.number not in text_of(page)  # a draft is its office's
    assert "Ditambah 1 konsep" in text_of(page)
    made = User.objects.get(email="pengganti@contoh.invalid")
    assert (made.role, made.office, made.has_usable_password()) == (officer.role, officer.office, False)
    draft.refresh_from_db()
    officer.refresh_from_db()
    assert (draft.keeper, officer.active_until) == (made, TODAY)
    assert [one.to for one in mail.outbox] == [[made.email]]
    assert reverse("account_reset_password") in mail.outbox[0].body


def test_whoever_was_invited_chooses_a_password(officer, province, client, django_capture_on_commit_callbacks):
    hand(province, officer, "baru", nama="Pengganti uji", surel="pengganti@contoh.invalid")

    client.post(reverse("account_reset_password"), {"email": "pengganti@contoh.invalid"})

    assert [one.to for one in mail.outbox] == [["pengganti@contoh.invalid"]]


@pytest.mark.parametrize(
    "given", [{}, {"nama": "Pengganti uji", "surel": "bukan"}, {"nama": "P", "surel": "ADA@contoh.invalid"}]
)
def test_an_account_that_the_rules_refuse_is_not_opened_and_nothing_moves(officer, province, member, given):
    make_user(RoleCode.REGENCY_OFFICER, region="35.76", email="ada@contoh.invalid")
    draft, before = draft_of(officer, member, brand_name="A"), User.objects.count()

    page = hand(province, officer, "baru", **given)

    assert "surel" in page.context["form"].errors
    assert not english_in(page)
    draft.refresh_from_db()
    assert (draft.keeper, User.objects.count()) == (officer, before)


def test_whoever_does_not_appoint_the_role_opens_no_account(officer, colleague, portal):
    before = User.objects.count()

    page = hand(portal, colleague, "baru", nama="Pengganti uji", surel="pengganti@contoh.invalid")

    assert "kepada" in page.context["form"].errors
    assert User.objects.count() == before


def test_a_manager_hands_over_only_the_own_work(officer, centre_manager, client_of, member):
    draft, portal = draft_of(officer, member, brand_name="A"), client_of(centre_manager)

    assert hand(portal, officer, centre_manager).status_code == 403
    assert officer.name not in [str(one) for one in portal.get(PAGE).context["leavers"]]
    draft.refresh_from_db()
    assert draft.keeper == officer
    hand(portal, centre_manager, officer, hari=TODAY.isoformat())
    centre_manager.refresh_from_db()
    assert centre_manager.active_until == TODAY


def test_an_officers_work_does_not_go_to_a_centres_manager(officer, colleague, centre_manager, portal, member):
    draft_of(colleague, member, brand_name="A")

    page = hand(portal, colleague, centre_manager)

    assert "kepada" in page.context["form"].errors


def test_a_managers_centres_go_to_the_next_manager(officer, centre_manager, portal, places):
    first, second = make.make_centre(), make.make_centre()
    centre_manager.assigned_centres = [first.pk]
    centre_manager.save()
    successor = make_user(RoleCode.CENTRE_MANAGER, region="35.76", assigned_centres=[second.pk])

    hand(portal, centre_manager, successor, hari=TODAY.isoformat())

    successor.refresh_from_db()
    assert successor.assigned_centres == [second.pk, first.pk]


def test_held_work_asks_for_a_successor(officer, colleague, portal, member):
    draft_of(colleague, member, brand_name="A")

    page = hand(portal, colleague)

    assert "Pilih siapa yang meneruskan usulannya" in text_of(page)


def test_the_office_keeps_its_tasks(colleague, portal, member):
    page = portal.get(PAGE, {"dari": colleague.pk})

    assert "Konfirmasi 1 IKM" in text_of(page)
    assert "Tidak perlu dipindahkan" in text_of(page)


@pytest.mark.parametrize(
    ("days", "told"), [(14, True), (13, False), (7, True), (1, True), (0, True), (-1, True), (-2, False), (-8, True)]
)
def test_a_task_is_told_at_its_days(days, told):
    task = Task(REPORT, "Isi laporan", "", "/", "Belum mulai", "idle", date(2026, 11, 24), days)

    assert is_told(task) is told


def test_the_morning_mail_tells_what_is_due_returned_and_decided(officer, reviewer, sragen_officer, member):
    today = timezone.localdate()
    make.make_certificate(
        member=member, status=CertificateStatus.VALID, number="BM/1", expires_on=today + timedelta(days=7)
    )
    returned, approved = sent(officer, member, brand_name="A"), sent(officer, member, started_year=1990)
    actions.return_(submission=returned, by=reviewer, reason="Salah ketik")
    actions.approve(submission=approved, by=reviewer)

    count = send_digests()

    assert (count, [one.to for one in mail.outbox]) == (1, [[officer.email]])
    for told in ("Perpanjang Batikmark", "Perbaiki usulan: Batik Sekar Arum", f"{approved}: Disetujui"):
        assert told in mail.outbox[0].body
