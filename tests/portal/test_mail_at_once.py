"""Each officer chooses when the portal writes; a mail tells what became of a submission, and no value of it."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from accounts.choices import MailMode
from centres.choices import CertificateStatus
from portal.digest import send_digests, tell_keeper
from submissions import actions
from submissions.exceptions import AlreadyDecided
from tests.centres.test_admin_lists import english_in
from tests.factories import centres as make
from tests.factories.submissions import sent
from tests.pages import form_of, text_of

pytestmark = pytest.mark.django_db

CHOICE = reverse("mail_mode")
NIK = "3576021504700008"


def choose(user, mode):
    user.mail_mode = mode
    user.save()


def work():
    """What a worker would do with the jobs that were committed."""
    for job in ProcrastinateJob.objects.filter(task_name="portal.digest.tell_keeper"):
        tell_keeper(**job.args)


def test_an_officer_chooses_in_the_own_menu(officer, portal):
    page = portal.get(CHOICE)
    assert f'href="{CHOICE}"' in portal.get(reverse("portal:home")).content.decode()
    assert form_of(page)["mail_mode"] == MailMode.DIGEST
    assert not english_in(page)

    answer = portal.post(CHOICE, form_of(page) | {"mail_mode": "SEGERA"}, follow=True)

    officer.refresh_from_db()
    assert officer.mail_mode == MailMode.AT_ONCE
    assert "tersimpan" in text_of(answer)


def test_a_choice_that_is_none_is_refused(officer, portal):
    portal.post(CHOICE, form_of(portal.get(CHOICE)) | {"mail_mode": "KADANG"})

    officer.refresh_from_db()
    assert officer.mail_mode == MailMode.DIGEST


def test_whoever_is_not_written_to_has_nothing_to_choose(client_of, programme_staff):
    page = client_of(programme_staff).get(reverse("admin:index"))

    assert client_of(programme_staff).get(CHOICE).status_code == 404
    assert CHOICE not in page.content.decode()


@pytest.mark.parametrize(
    ("deed", "word"),
    [
        (lambda one, by: actions.return_(submission=one, by=by, reason="NIK milik Siti"), "dikembalikan"),
        (lambda one, by: actions.reject(submission=one, by=by, reason="NIK milik Siti"), "ditolak"),
        (lambda one, by: actions.approve(submission=one, by=by), "disetujui"),
    ],
)
def test_what_became_of_a_submission_is_told_at_once_and_tells_no_value(officer, reviewer, member, deed, word):
    choose(officer, MailMode.AT_ONCE)
    submission = sent(officer, member, owner_nik=NIK)

    deed(submission, reviewer)
    work()

    (told,) = mail.outbox
    assert (told.to, told.subject) == ([officer.email], f"Usulan {submission.number} {word}")
    assert submission.number in told.body
    for personal in (NIK, "Siti", member.owner_name):
        assert personal not in told.body + told.subject


def test_one_deed_makes_one_mail_however_often_it_is_tried(officer, reviewer, member):
    choose(officer, MailMode.AT_ONCE)
    submission = sent(officer, member, brand_name="Sekar")
    actions.approve(submission=submission, by=reviewer)

    for _attempt in range(2):
        with pytest.raises(AlreadyDecided):
            actions.approve(submission=submission, by=reviewer)

    assert ProcrastinateJob.objects.filter(task_name="portal.digest.tell_keeper").count() == 1


def test_a_deed_that_was_undone_tells_nobody(officer, reviewer, member):
    choose(officer, MailMode.AT_ONCE)
    submission = sent(officer, member, brand_name="Sekar")

    with pytest.raises(ZeroDivisionError), transaction.atomic():
        actions.approve(submission=submission, by=reviewer)
        raise ZeroDivisionError

    assert not ProcrastinateJob.objects.filter(task_name="portal.digest.tell_keeper").exists()


@pytest.mark.parametrize("mode", [MailMode.DIGEST, MailMode.NONE])
def test_nobody_else_is_told_at_once(officer, reviewer, member, mode):
    choose(officer, mode)

    actions.approve(submission=sent(officer, member, brand_name="Sekar"), by=reviewer)
    work()

    assert mail.outbox == []


def test_whoever_changed_their_mind_or_left_meanwhile_is_not_told(officer, reviewer, member):
    choose(officer, MailMode.AT_ONCE)
    actions.approve(submission=sent(officer, member, brand_name="Sekar"), by=reviewer)
    officer.active_until = timezone.localdate() - timedelta(days=1)
    officer.save()

    work()

    assert mail.outbox == []


@pytest.mark.parametrize(
    ("mode", "told"),
    [
        (MailMode.DIGEST, {"deadline", "returned", "decided"}),
        (MailMode.AT_ONCE, {"deadline"}),
        (MailMode.NONE, set()),
    ],
)
def test_deadlines_stay_in_the_morning_mail(officer, reviewer, member, mode, told):
    choose(officer, mode)
    day = timezone.localdate() + timedelta(days=7)
    make.make_certificate(member=member, status=CertificateStatus.VALID, number="BM/1", expires_on=day)
    returned, approved = sent(officer, member, brand_name="A"), sent(officer, member, started_year=1990)
    actions.return_(submission=returned, by=reviewer, reason="Salah ketik")
    actions.approve(submission=approved, by=reviewer)

    send_digests()

    body = "".join(one.body for one in mail.outbox)
    sentences = {"deadline": "Perpanjang Batikmark", "returned": "Perbaiki usulan", "decided": f"{approved}: Disetujui"}
    assert {name for name, sentence in sentences.items() if sentence in body} == told
