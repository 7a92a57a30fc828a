"""From the officer's draft through the reviewer's decision into the registry and its log."""

import pytest

from batik_registry.models import VerificationStatus
from centres.models import Centre, Member, Membership, OperationReport
from changes.models import Change
from submissions import actions
from submissions.choices import Decision, Operation, State
from submissions.exceptions import AlreadyDecided, NothingToWrite, OutOfReach, ReasonMissing, RulesBroken, Undecided
from submissions.models import Submission
from tests.factories import centres as make
from tests.factories.submissions import (
    decisions_of,
    draft_of,
    fields_of,
    sent,
    wish_about,
    wish_for_new,
)

pytestmark = pytest.mark.django_db


def test_nothing_is_written_before_somebody_else_agrees(officer, reviewer, member):
    submission = sent(officer, member, brand_name="Sekar")
    member.refresh_from_db()
    assert member.brand_name == ""

    actions.approve(submission=submission, by=reviewer)

    member.refresh_from_db()
    submission.refresh_from_db()
    assert member.brand_name == "Sekar"
    assert (submission.state, submission.decided_by) == (State.APPROVED, reviewer)


def test_the_log_names_the_submission_and_the_reviewer(officer, reviewer, member):
    submission = sent(officer, member, brand_name="Sekar")

    actions.approve(submission=submission, by=reviewer, reason="Sesuai bukti")

    change = Change.objects.of(member).last()
    assert (change.submission_id, change.actor_name) == (str(submission.pk), reviewer.name)
    assert change.reason == "Sesuai bukti"


def test_what_is_returned_goes_on_as_a_draft_with_its_comment(officer, reviewer, member):
    submission = sent(officer, member, brand_name="Sekar", started_year=1890, address="Jalan Baru 1")
    returned = fields_of(submission)["started_year"]

    actions.decide(
        submission=submission,
        by=reviewer,
        decisions=decisions_of(submission, started_year=Decision.RETURN, address=Decision.KEEP),
        comments={returned.pk: "Tahunnya belum terbukti"},
    )

    member.refresh_from_db()
    assert (member.brand_name, member.started_year, member.address) == ("Sekar", None, "")
    draft = Submission.objects.get(parent=submission)
    assert (draft.state, draft.office, draft.keeper) == (State.DRAFT, officer.office, officer)
    [field] = fields_of(draft).values()
    assert (field.name, field.comment, field.wanted) == ("started_year", "Tahunnya belum terbukti", 1890)


def test_the_thread_of_a_returned_field_ends_with_its_approval(officer, reviewer, second_reviewer, member):
    submission = sent(officer, member, started_year=1890)
    actions.return_(submission=submission, by=reviewer, reason="Mohon buktinya")
    draft = Submission.objects.get(parent=submission)
    actions.edit(submission=draft, by=officer, wishes=[wish_about(member, started_year=1990)])
    actions.submit(submission=draft, by=officer)

    actions.approve(submission=draft, by=second_reviewer)

    member.refresh_from_db()
    submission.refresh_from_db()
    assert member.started_year == 1990
    assert [step.deed for step in submission.steps.all()] == ["EDIT", "SUBMIT", "RETURN"]


@pytest.mark.parametrize("deed", [actions.return_, actions.reject])
def test_giving_back_and_refusing_need_a_reason(deed, officer, reviewer, member):
    submission = sent(officer, member, brand_name="Sekar")

    with pytest.raises(ReasonMissing):
        deed(submission=submission, by=reviewer, reason="  ")


def test_a_returned_field_needs_a_comment(officer, reviewer, member):
    submission = sent(officer, member, brand_name="Sekar", started_year=1990)

    with pytest.raises(ReasonMissing):
        actions.decide(
            submission=submission, by=reviewer, decisions=decisions_of(submission, started_year=Decision.RETURN)
        )


def test_applied_twice_is_impossible(officer, reviewer, second_reviewer, member):
    submission = sent(officer, member, brand_name="Sekar")
    actions.approve(submission=submission, by=reviewer)

    with pytest.raises(AlreadyDecided) as refusal:
        actions.approve(submission=submission, by=second_reviewer)

    assert reviewer.name in str(refusal.value)
    assert Change.objects.of(member).count() == 2


def test_a_new_member_and_its_membership_come_in_one_submission(officer, reviewer, member):
    centre = make.make_centre()
    new = wish_for_new(
        Member, business_name="Batik Baru", owner_name="Contoh", regency="35.76", techniques={"CAP": 100}
    )
    draft = actions.draft(by=officer, wishes=[new])
    record_id = draft.changes.get().record_id
    actions.edit(submission=draft, by=officer, wishes=[wish_for_new(Membership, member=record_id, centre=centre)])
    actions.submit(submission=draft, by=officer)

    actions.approve(submission=draft, by=reviewer)

    assert Membership.objects.get(member=record_id).centre == centre
    assert Member.objects.get(pk=record_id).business_name == "Batik Baru"


def test_a_new_record_in_another_region_is_refused_on_sending(officer, sragen_officer, places):
    new = wish_for_new(Centre, name="Sentra asing", regency="33.14")
    draft = actions.draft(by=officer, wishes=[new])

    with pytest.raises(RulesBroken) as refusal:
        actions.submit(submission=draft, by=officer)

    assert "di luar wilayah" in str(refusal.value)


def test_moving_a_record_out_of_ones_region_is_refused(officer, member):
    draft = draft_of(officer, member, regency="35.16", region="35.16")

    with pytest.raises(RulesBroken):
        actions.submit(submission=draft, by=officer)


def test_ending_archives_the_record(officer, reviewer, member):
    wish = actions.Wish(Member, {}, record_id=member.pk, row_version=member.row_version, operation=Operation.END)
    draft = actions.draft(by=officer, wishes=[wish])
    actions.submit(submission=draft, by=officer)

    actions.approve(submission=draft, by=reviewer)

    member.refresh_from_db()
    assert member.verification_status == VerificationStatus.ARCHIVED


def test_a_returned_ending_is_mended_and_stays_one(officer, reviewer, member):
    wish = actions.Wish(Member, {}, record_id=member.pk, row_version=member.row_version, operation=Operation.END)
    draft = actions.draft(by=officer, wishes=[wish])
    actions.submit(submission=draft, by=officer)
    actions.return_(submission=draft, by=reviewer, reason="Sebutkan alasannya")
    mended = Submission.objects.get(parent=draft)

    actions.edit(submission=mended, by=officer, wishes=[wish_about(member, status_reason="Usaha tutup")])

    assert set(fields_of(mended)) == {"verification_status", "status_reason"}
    assert mended.changes.get().operation == Operation.END


def test_a_reversal_that_is_edited_keeps_the_status_that_it_restores(officer, reviewer, member):
    wish = actions.Wish(Member, {}, record_id=member.pk, row_version=member.row_version, operation=Operation.END)
    draft = actions.draft(by=officer, wishes=[wish])
    actions.submit(submission=draft, by=officer)
    actions.approve(submission=draft, by=reviewer)
    reversal = actions.reverse(submission=draft, by=officer, reason="Masih berjalan")
    member.refresh_from_db()

    actions.edit(submission=reversal, by=officer, wishes=[wish_about(member, brand_name="Sekar")])

    assert set(fields_of(reversal)) == {"verification_status", "brand_name"}


def test_a_report_notes_who_sent_it(officer, reviewer, places):
    centre = make.make_centre()
    wish = wish_for_new(OperationReport, centre=centre, year=2026, quarter=1, open_days=60)
    draft = actions.draft(by=officer, wishes=[wish], purpose="REPORT", due_on="2026-04-10")
    actions.submit(submission=draft, by=officer)

    actions.approve(submission=draft, by=reviewer)

    report = OperationReport.objects.get(centre=centre)
    draft.refresh_from_db()
    assert (report.submitted_by, report.submitted_at) == (officer, draft.submitted_at)


def test_a_broken_rule_is_told_at_its_field_and_nothing_is_written(officer, reviewer, member):
    other = make.make_member()
    submission = sent(officer, member, nib="1234567890123", no_nib_reason="", brand_name="Sekar")
    other.nib, other.no_nib_reason = "1234567890123", ""
    other.save()

    with pytest.raises(RulesBroken) as refusal:
        actions.approve(submission=submission, by=reviewer)

    member.refresh_from_db()
    submission.refresh_from_db()
    [fault] = refusal.value.verdict.faults
    assert fault.label == "NIB"
    assert (member.brand_name, submission.state) == ("", State.SUBMITTED)
    assert not fields_of(submission)["brand_name"].decision


def test_in_a_conflict_the_reviewer_picks(officer, reviewer, member):
    submission = sent(officer, member, brand_name="Sekar")
    Member.objects.filter(pk=member.pk).update(brand_name="Arum")

    with pytest.raises(Undecided):
        actions.approve(submission=submission, by=reviewer)
    actions.decide(submission=submission, by=reviewer, decisions=decisions_of(submission))

    member.refresh_from_db()
    assert member.brand_name == "Sekar"


def test_a_pick_in_a_conflict_that_nobody_saw_does_not_count(officer, reviewer, member):
    submission = sent(officer, member, brand_name="Sekar")
    seen = {submission.changes.get().pk: member.row_version}
    Member.objects.filter(pk=member.pk).update(brand_name="Arum")

    with pytest.raises(Undecided):
        actions.decide(submission=submission, by=reviewer, decisions=decisions_of(submission), seen=seen)

    member.refresh_from_db()
    assert member.brand_name == "Arum"


def test_what_is_so_already_is_dropped_and_cannot_be_all(officer, reviewer, member):
    submission = sent(officer, member, brand_name="Sekar")
    Member.objects.filter(pk=member.pk).update(brand_name="Sekar")

    with pytest.raises(NothingToWrite):
        actions.approve(submission=submission, by=reviewer)


def test_a_record_outside_the_region_answers_like_a_missing_one(sragen_officer, member):
    with pytest.raises(OutOfReach):
        draft_of(sragen_officer, member, brand_name="Curian")


def test_undoing_leaves_later_changes_alone(officer, reviewer, second_reviewer, member):
    first = sent(officer, member, brand_name="Sekar")
    actions.approve(submission=first, by=reviewer)
    member.refresh_from_db()
    actions.approve(submission=sent(officer, member, started_year=1990), by=reviewer)

    reversal = actions.reverse(submission=first, by=reviewer, reason="Keliru")
    actions.approve(submission=reversal, by=second_reviewer)

    member.refresh_from_db()
    assert (member.brand_name, member.started_year) == ("", 1990)


def test_undoing_what_changed_since_shows_a_conflict(officer, reviewer, member):
    first = sent(officer, member, brand_name="Sekar")
    actions.approve(submission=first, by=reviewer)
    Member.objects.filter(pk=member.pk).update(brand_name="Arum")

    reversal = actions.reverse(submission=first, by=officer, reason="Keliru")

    assert reversal.state == State.DRAFT
    assert actions.submit(submission=reversal, by=officer).outcome == "CONFLICT"


def test_undoing_a_new_record_ends_it(officer, reviewer, second_reviewer, places):
    draft = actions.draft(by=officer, wishes=[wish_for_new(Centre, name="Sentra baru", regency="35.76")])
    actions.submit(submission=draft, by=officer)
    actions.approve(submission=draft, by=reviewer)

    reversal = actions.reverse(submission=draft, by=reviewer, reason="Ganda")
    actions.approve(submission=reversal, by=second_reviewer)

    assert Centre.objects.get(name="Sentra baru").verification_status == VerificationStatus.ARCHIVED


def test_many_clean_ones_are_approved_at_once_and_the_others_left(officer, reviewer, member):
    clean = sent(officer, make.make_member(), brand_name="Satu")
    conflict = sent(officer, member, brand_name="Sekar")
    Member.objects.filter(pk=member.pk).update(brand_name="Arum")

    bulk = actions.approve_clean(rows=Submission.objects.open(), by=reviewer)

    assert bulk.approved == [clean]
    assert [one for one, _why in bulk.left] == [conflict]
