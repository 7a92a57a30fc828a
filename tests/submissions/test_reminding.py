"""A reminder reaches those for whom it waits, once a day at most, and both sides see it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.choices import RoleCode
from submissions import actions
from submissions.choices import Deed, State
from submissions.exceptions import NobodyToRemind, NotYourDeed, TooEarly, WrongState
from submissions.models import Submission
from submissions.waiting import BETWEEN_REMINDERS, PATIENCE, waiting_for
from tests.factories import centres as make
from tests.factories.accounts import make_user
from tests.factories.submissions import sent

pytestmark = pytest.mark.django_db


@pytest.fixture
def later(monkeypatch):
    """Moves the clock: `later(timedelta(days=3))`."""
    started = timezone.now()

    def move(by):
        monkeypatch.setattr(timezone, "now", lambda: started + by)

    return move


@pytest.fixture
def at_province(officer, member):
    officer.office.verified_by_province = True
    officer.office.save()
    return sent(officer, member, brand_name="Sekar")


@pytest.fixture
def returned(officer, reviewer, member):
    submission = sent(officer, member, brand_name="Sekar")
    return actions.return_(submission=submission, by=reviewer, reason="Bukti belum ada")


def remind(submission, reviewer, callbacks):
    with callbacks(execute=True):
        actions.remind(submission=submission, by=reviewer)


def test_the_province_that_keeps_it_waiting_is_reminded(
    at_province, east_java_officer, reviewer, later, mailoutbox, django_capture_on_commit_callbacks
):
    make_user(RoleCode.PROVINCE_OFFICER, region="33", email="lain@contoh.invalid")
    later(PATIENCE)

    remind(at_province, reviewer, django_capture_on_commit_callbacks)

    [mail] = mailoutbox
    assert mail.to == [east_java_officer.email]
    assert at_province.number in mail.subject
    assert "teruskan atau kembalikan" in mail.body


def test_the_officer_who_does_not_mend_is_reminded(
    returned, officer, colleague, reviewer, later, mailoutbox, django_capture_on_commit_callbacks
):
    later(PATIENCE + timedelta(minutes=1))

    remind(returned, reviewer, django_capture_on_commit_callbacks)

    [mail] = mailoutbox
    assert mail.to == [officer.email]
    assert "Perbaiki konsepnya" in mail.body


def test_where_the_keepers_account_ended_the_office_is_reminded(returned, officer, colleague):
    officer.is_active = False
    officer.save()

    assert waiting_for(returned).people == [colleague]


def test_the_step_names_who_was_reminded_and_the_state_stays(at_province, east_java_officer, reviewer, later):
    later(PATIENCE)

    actions.remind(submission=at_province, by=reviewer)

    step = at_province.steps.get(deed=Deed.REMIND)
    assert (step.by, step.state, step.reason) == (reviewer, State.SUBMITTED, f"Kepada {east_java_officer}")


def test_nobody_is_reminded_before_it_has_waited_long(at_province, east_java_officer, reviewer, later):
    later(PATIENCE - timedelta(minutes=1))

    with pytest.raises(TooEarly, match="baru dapat sesudah"):
        actions.remind(submission=at_province, by=reviewer)


def test_one_reminder_a_day(at_province, east_java_officer, reviewer, second_reviewer, later):
    later(PATIENCE)
    actions.remind(submission=at_province, by=reviewer)

    later(PATIENCE + BETWEEN_REMINDERS - timedelta(minutes=1))
    with pytest.raises(TooEarly):
        actions.remind(submission=at_province, by=second_reviewer)
    later(PATIENCE + BETWEEN_REMINDERS)
    actions.remind(submission=at_province, by=second_reviewer)

    assert at_province.steps.filter(deed=Deed.REMIND).count() == 2


def test_work_on_the_draft_gives_the_officer_time_again(returned, officer, reviewer, member, later):
    draft = Submission.objects.get(parent=returned)
    before = waiting_for(returned).since

    actions.edit(submission=draft, by=officer, note="Sedang dilengkapi")

    assert waiting_for(returned).since > before


def test_what_was_mended_and_sent_waits_for_nobody_there(returned, officer, reviewer, later):
    actions.submit(submission=Submission.objects.get(parent=returned), by=officer)
    later(PATIENCE * 2)

    with pytest.raises(NobodyToRemind):
        actions.remind(submission=returned, by=reviewer)


def test_what_waits_for_the_ministry_reminds_nobody(officer, reviewer, member, later):
    submission = sent(officer, member, brand_name="Sekar")
    later(PATIENCE)

    with pytest.raises(NobodyToRemind):
        actions.remind(submission=submission, by=reviewer)


def test_a_province_without_accounts_is_said_so(at_province, reviewer, later):
    later(PATIENCE)

    with pytest.raises(NobodyToRemind, match="tidak menunggu petugas daerah yang berakun"):
        actions.remind(submission=at_province, by=reviewer)


def test_only_the_ministrys_reviewers_remind(at_province, officer, east_java_officer, leader, later):
    later(PATIENCE)

    for somebody in (officer, east_java_officer, leader):
        with pytest.raises(NotYourDeed):
            actions.remind(submission=at_province, by=somebody)


def test_what_ended_reminds_nobody(officer, reviewer, later):
    submission = sent(officer, make.make_member(), brand_name="Sekar")
    actions.approve(submission=submission, by=reviewer)
    later(PATIENCE)

    with pytest.raises(WrongState):
        actions.remind(submission=submission, by=reviewer)


def test_a_mail_server_that_fails_undoes_nothing(
    at_province, east_java_officer, reviewer, later, monkeypatch, django_capture_on_commit_callbacks
):
    def fails(*args, **named):
        raise OSError

    monkeypatch.setattr("submissions.actions.reminding.send_mail", fails)
    later(PATIENCE)

    remind(at_province, reviewer, django_capture_on_commit_callbacks)

    assert at_province.steps.filter(deed=Deed.REMIND).exists()
