"""A colleague leaves, and nothing of the office is lost; a morning mail tells what waits."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from centres.choices import CertificateStatus
from portal.digest import is_told, send_digests
from portal.tasks import REPORT, Task
from submissions import actions
from tests.centres.test_admin_lists import english_in
from tests.factories import centres as make
from tests.factories.submissions import draft_of, sent
from tests.pages import text_of

pytestmark = pytest.mark.django_db

PAGE = reverse("portal:hand_over")


def test_what_is_held_is_shown_and_goes_to_the_successor_in_one_step(officer, colleague, portal, member):
    draft, waiting = draft_of(colleague, member, brand_name="A"), sent(colleague, make.make_member(), brand_name="B")

    page = portal.get(PAGE, {"dari": colleague.pk})
    answer = portal.post(PAGE, {"dari": colleague.pk, "kepada": officer.pk}, follow=True)

    assert draft.number in text_of(page)
    assert not english_in(page)
    assert "2 usulan milik" in text_of(answer)
    for one in (draft, waiting):
        one.refresh_from_db()
        assert one.keeper == officer


def test_nobody_of_another_office_is_offered_or_taken(portal, sragen_officer, colleague, member):
    draft = draft_of(colleague, member, brand_name="A")

    portal.post(PAGE, {"dari": colleague.pk, "kepada": sragen_officer.pk})

    assert sragen_officer.name not in text_of(portal.get(PAGE))
    draft.refresh_from_db()
    assert draft.keeper == colleague


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
