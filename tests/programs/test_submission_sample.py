"""The sample submissions of the demo: what an officer and a reviewer find, and that no real record is touched."""

from io import StringIO

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.test import TestCase, override_settings

from accounts.demo import make_demo_accounts
from accounts.models import User
from centres.loaders import load_records
from centres.models import Attachment, Centre
from centres.sample import load_sample as load_members
from changes.models import Change
from programs.sample import load_sample as load_allocations
from programs.submission_sample import load_submission_sample
from submissions import actions
from submissions.choices import Desk, Outcome, State
from submissions.models import ProposedChange, Submission
from submissions.rivals import rivals
from tests.centres.test_records import make_every_place

OPEN_AT_THE_MINISTRY = 8


def loaded():
    call_command("load_sample_submissions", stdout=(out := StringIO()))
    return out.getvalue()


@override_settings(DEMO=True)
class TestSubmissionSample(TestCase):
    @classmethod
    def setUpTestData(cls):
        make_every_place()
        load_records()
        with override_settings(DEMO=True):
            load_members()
            load_allocations()
            make_demo_accounts(managed_centres=Centre.objects.filter(code="SB-3576-001").values_list("pk", flat=True))
            cls.since = Change.objects.order_by("-seq").values_list("seq", flat=True).first()
            cls.told = loaded()

    def found(self, key):
        return Submission.objects.get(client_key=f"contoh/{key}")

    def test_a_second_start_adds_nothing(self):
        again = load_submission_sample()

        assert "10 perkara ditambahkan" in self.told
        assert (again.added, again.known) == (0, 10)

    def test_no_real_record_is_changed_and_every_submission_says_contoh(self):
        centres = {str(pk) for pk in Centre.objects.values_list("pk", flat=True)}
        changed = set(Change.objects.filter(seq__gt=self.since).values_list("record_id", flat=True))

        assert not changed & centres
        for proposed in ProposedChange.objects.all():
            assert "(contoh)" in proposed.subject
            assert proposed.submission.note.startswith("Contoh: ")

    def test_the_reviewer_finds_every_kind_of_case(self):
        waiting = Submission.objects.at_desk_of(User.objects.get(email="staf@contoh.invalid"))

        assert waiting.count() == OPEN_AT_THE_MINISTRY
        assert {one.outcome for one in waiting} == {Outcome.CLEAN, Outcome.CONFLICT, Outcome.BROKEN}
        assert max(one.days_waiting for one in waiting) == 6
        assert self.found("laporan").is_late

    def test_what_the_queue_says_is_what_a_fresh_look_finds(self):
        for submission in Submission.objects.open():
            assert submission.outcome == actions.examine(submission=submission).outcome, submission

    def test_two_rivals_name_each_other(self):
        staff = User.objects.get(email="staf@contoh.invalid")

        assert [one.submission for one in rivals(self.found("bersaing"), staff)] == [self.found("bersaing/2")]

    def test_one_waits_for_its_province_and_one_for_its_office(self):
        assert (self.found("provinsi").desk, self.found("provinsi").days_waiting) == (Desk.PROVINCE, 8)
        assert self.found("sentra").desk == Desk.OFFICE

    def test_what_was_returned_lies_with_the_office_as_a_draft_with_its_comments(self):
        for key, state in (("dikembalikan", State.RETURNED), ("sebagian", State.PARTLY_APPROVED)):
            draft = Submission.objects.get(parent=self.found(key))

            assert self.found(key).state == state
            assert draft.state == State.DRAFT
            assert all("Contoh" in one.comment for one in draft.changes.get().fields.all())

    def test_evidence_is_a_photo_with_its_place_and_a_paper(self):
        photo = Attachment.objects.about(self.found("provinsi")).get()

        assert {one.kind for one in Attachment.objects.about(self.found("bersih"))} == {"FOTO", "DOKUMEN"}
        assert photo.taken_at is not None

    def test_steps_tell_when_it_was_sent(self):
        submission = self.found("provinsi")

        assert submission.steps.get(deed="SUBMIT").at == submission.submitted_at


@pytest.mark.django_db
def test_submissions_are_made_up_nowhere_but_in_the_demo():
    with pytest.raises(CommandError):
        call_command("load_sample_submissions")


@pytest.mark.django_db
def test_without_the_sample_accounts_nothing_is_begun(settings):
    settings.DEMO = True

    with pytest.raises(ImproperlyConfigured, match="Akun contoh belum dibuat"):
        load_submission_sample()
    assert not Submission.objects.exists()
