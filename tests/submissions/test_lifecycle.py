"""The table of deeds, states and roles, typed a second time; and the walls that keep to it behind the actions."""

from itertools import product

import pytest
from django.db import DatabaseError, connection, transaction

from accounts import roles
from accounts.choices import OfficeLevel, RoleCode
from accounts.models import User
from submissions import actions
from submissions.actions.taking import taken
from submissions.choices import Deed, Desk, State
from submissions.exceptions import AlreadyDecided, NotYourDeed, OutOfReach, OwnSubmission, Refused, WrongState
from submissions.lifecycle import PAIRS, role_allows, state_allows
from submissions.models import ProposedField, Submission
from tests.factories import centres as make
from tests.factories.accounts import make_user
from tests.factories.submissions import decisions_of, draft_of, fields_of, sent

pytestmark = pytest.mark.django_db

DRAFT, SUBMITTED, VERIFIED = State.DRAFT, State.SUBMITTED, State.VERIFIED
MINISTRY = {RoleCode.ADMINISTRATOR, RoleCode.PROGRAMME_STAFF}
OFFICERS = {RoleCode.PROVINCE_OFFICER, RoleCode.REGENCY_OFFICER, RoleCode.CENTRE_MANAGER}
VERIFIERS = MINISTRY | {RoleCode.PROVINCE_OFFICER, RoleCode.REGENCY_OFFICER}

#: deed: (from which states, by which roles)
ALLOWED = {
    Deed.EDIT: ({DRAFT}, OFFICERS),
    Deed.HAND_OVER: ({DRAFT, SUBMITTED, VERIFIED}, OFFICERS),
    Deed.SUBMIT: ({DRAFT}, OFFICERS),
    Deed.WITHDRAW: ({DRAFT, SUBMITTED, VERIFIED}, OFFICERS),
    Deed.VERIFY: ({SUBMITTED, VERIFIED}, VERIFIERS),
    Deed.RETURN: ({SUBMITTED, VERIFIED}, VERIFIERS),
    Deed.REJECT: ({SUBMITTED, VERIFIED}, MINISTRY),
    Deed.DECIDE: ({SUBMITTED, VERIFIED}, MINISTRY),
    Deed.REVERSE: ({State.APPROVED, State.PARTLY_APPROVED}, OFFICERS | MINISTRY),
    Deed.REMIND: ({SUBMITTED, VERIFIED, State.RETURNED, State.PARTLY_APPROVED}, MINISTRY),
}
#: The way of a submission into each state, without the table: that is what is tested.
WAYS = {
    State.DRAFT: [],
    State.SUBMITTED: [SUBMITTED],
    State.VERIFIED: [SUBMITTED, VERIFIED],
    State.RETURNED: [SUBMITTED, State.RETURNED],
    State.APPROVED: [SUBMITTED, State.APPROVED],
    State.PARTLY_APPROVED: [SUBMITTED, State.PARTLY_APPROVED],
    State.REJECTED: [SUBMITTED, State.REJECTED],
    State.WITHDRAWN: [State.WITHDRAWN],
}
DECIDED = {State.RETURNED, State.APPROVED, State.PARTLY_APPROVED, State.REJECTED}
DESK_OF = {
    RoleCode.PROVINCE_OFFICER: Desk.PROVINCE,
    RoleCode.REGENCY_OFFICER: Desk.OFFICE,
    RoleCode.CENTRE_MANAGER: Desk.OFFICE,
}


@pytest.fixture
def actor(places, request):
    """Somebody of the role who may see the submission: of its office, of its province, or of the ministry."""
    role = request.getfixturevalue("role")
    level = {2: "35", 5: "35.76"}
    region = "" if OfficeLevel.MINISTRY in roles.of(role).office_levels else level[5]
    if role == RoleCode.PROVINCE_OFFICER:
        region = level[2]
    return make_user(role, region=region)


def submission_in(state, author, actor, decider):
    """A submission of the author's, put into the state at the desk where the actor sits."""
    made = draft_of(author, make.make_centre(), profile="Sentra yang lama")
    columns = {"created_by": actor, "keeper": actor} if actor.may.is_bound_to_centres else {}
    if actor.may.code == RoleCode.PROVINCE_OFFICER:
        columns["office"] = actor.office  # what a province proposes itself
    Submission.objects.filter(pk=made.pk).update(**columns)
    for step in WAYS[state]:
        decided = {"decided_at": made.created_at, "decided_by": decider} if step in DECIDED else {}
        desk = DESK_OF.get(actor.may.code, Desk.MINISTRY)
        Submission.objects.filter(pk=made.pk).update(state=step, desk=desk, **decided)
    return Submission.objects.get(pk=made.pk)


@pytest.mark.parametrize(("state", "role"), list(product(State, RoleCode)))
def test_every_deed_in_every_state_by_every_role_is_as_the_table_says(state, role, actor, officer, second_reviewer):
    submission = submission_in(state, officer, actor, second_reviewer)

    for deed in Deed:
        states, allowed_roles = ALLOWED[deed]
        expected = state in states and role in allowed_roles
        if role in MINISTRY:  # which verifies only in place of a province
            Submission.objects.filter(pk=submission.pk).update(
                desk=Desk.PROVINCE if deed == Deed.VERIFY else Desk.MINISTRY
            )
        assert (state_allows(state, deed) and role_allows(actor.may, deed)) is expected
        try:
            with transaction.atomic():
                taken(submission=submission, deed=deed, by=actor, reason="Alasan")
        except Refused:
            assert not expected, deed
        else:
            assert expected, deed


def test_the_table_knows_no_way_out_of_the_end():
    ends = {State.RETURNED, State.APPROVED, State.PARTLY_APPROVED, State.REJECTED, State.WITHDRAWN}

    assert not {before for before, _after in PAIRS} & ends


@pytest.mark.parametrize("before", State)
def test_plain_sql_moves_a_state_only_along_the_table(before, officer, reviewer):
    submission = submission_in(before, officer, officer, reviewer)

    for after in State:
        expected = before == after or (before, after) in PAIRS
        assert moves(submission, after, reviewer) is expected, after


def moves(submission, after, reviewer):
    """Whether an UPDATE gets through; it is taken back. What decides names who and when, as it must."""
    decided = [reviewer.pk, submission.created_at] if after in DECIDED else [None, None]
    statement = "UPDATE submissions_submission SET state = %s, decided_by_id = %s, decided_at = %s WHERE id = %s"
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, [after, *decided, submission.pk])
            transaction.set_rollback(True)
    except DatabaseError:
        return False
    return True


FROZEN = {
    "note": "UPDATE submissions_submission SET note = 'lain' WHERE id = %s",
    "office": """UPDATE submissions_submission SET office_id =
        (SELECT o.id FROM accounts_office o WHERE o.id <> office_id LIMIT 1) WHERE id = %s""",
    "author": "UPDATE submissions_submission SET created_by_id = decided_by_id WHERE id = %s",
    "deletion": "DELETE FROM submissions_submission WHERE id = %s",
    "value": """UPDATE submissions_proposedfield SET proposed = '"lain"' WHERE change_id IN
        (SELECT id FROM submissions_proposedchange WHERE submission_id = %s)""",
    "base": """UPDATE submissions_proposedfield SET base = '"lain"' WHERE change_id IN
        (SELECT id FROM submissions_proposedchange WHERE submission_id = %s)""",
    "field": """DELETE FROM submissions_proposedfield WHERE change_id IN
        (SELECT id FROM submissions_proposedchange WHERE submission_id = %s)""",
    "new field": """INSERT INTO submissions_proposedfield (change_id, name, decision, comment, is_written)
        SELECT id, 'nib', '', '', false FROM submissions_proposedchange WHERE submission_id = %s""",
    "record": "UPDATE submissions_proposedchange SET record_id = gen_random_uuid() WHERE submission_id = %s",
    "new record": """INSERT INTO submissions_proposedchange
        (submission_id, position, model, record_id, operation, row_version, subject)
        SELECT submission_id, 9, model, gen_random_uuid(), operation, 0, '' FROM submissions_proposedchange
        WHERE submission_id = %s""",
    "step": "UPDATE submissions_step SET by_name = 'orang lain' WHERE submission_id = %s",
    "no step": "DELETE FROM submissions_step WHERE submission_id = %s",
}


@pytest.mark.parametrize("statement", FROZEN.values(), ids=FROZEN)
def test_what_was_sent_stands_still(statement, officer, member):
    make_user(RoleCode.ADMINISTRATOR)
    submission = sent(officer, member, brand_name="Sekar")

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, [submission.pk])


def test_a_decision_stands_still_once_it_was_made(officer, reviewer, member):
    submission = sent(officer, member, brand_name="Sekar")
    actions.approve(submission=submission, by=reviewer)

    with pytest.raises(DatabaseError), transaction.atomic():
        ProposedField.objects.filter(change__submission=submission).update(comment="Lain")


def test_a_draft_takes_no_decision(officer, reviewer, member):
    draft = draft_of(officer, member, brand_name="Sekar")
    field = fields_of(draft)["brand_name"]

    with pytest.raises(DatabaseError), transaction.atomic():
        ProposedField.objects.filter(pk=field.pk).update(
            decision="ACCEPT", decided_by=reviewer, decided_at=draft.created_at
        )


def test_a_submission_begins_as_a_draft(officer):
    with pytest.raises(DatabaseError), transaction.atomic():
        Submission(office=officer.office, created_by=officer, keeper=officer, state=State.SUBMITTED).save()


@pytest.mark.parametrize("deed", [Deed.VERIFY, Deed.RETURN, Deed.REJECT, Deed.DECIDE])
def test_nobody_decides_their_own(deed, officer, reviewer, member):
    first = sent(officer, member, brand_name="Sekar")
    actions.approve(submission=first, by=reviewer)
    own = actions.reverse(submission=first, by=reviewer, reason="Keliru")
    Submission.objects.filter(pk=own.pk).update(desk=Desk.PROVINCE if deed == Deed.VERIFY else Desk.MINISTRY)

    with pytest.raises(OwnSubmission):
        taken(submission=own, deed=deed, by=reviewer, reason="Alasan")


def test_the_database_refuses_a_decision_of_ones_own(officer, member):
    submission = sent(officer, member, brand_name="Sekar")

    with pytest.raises(DatabaseError, match="not_ones_own"), transaction.atomic():
        Submission.objects.filter(pk=submission.pk).update(
            state=State.APPROVED, decided_by=officer, decided_at=submission.created_at
        )


# --- desks ---


def test_a_regencys_submission_passes_its_province_where_the_office_says_so(
    officer, east_java_officer, reviewer, member
):
    officer.office.verified_by_province = True
    officer.office.save()
    submission = sent(officer, member, brand_name="Sekar")
    assert submission.desk == Desk.PROVINCE
    with pytest.raises(NotYourDeed):
        actions.approve(submission=submission, by=reviewer)

    verified = actions.verify(submission=submission, by=east_java_officer)

    assert (verified.state, verified.desk, verified.verified_by) == (VERIFIED, Desk.MINISTRY, east_java_officer)
    with pytest.raises(NotYourDeed):
        actions.return_(submission=submission, by=east_java_officer, reason="Terlambat")
    actions.approve(submission=submission, by=reviewer)


def test_the_ministry_stands_in_for_a_silent_province(officer, reviewer, member):
    officer.office.verified_by_province = True
    officer.office.save()
    submission = sent(officer, member, brand_name="Sekar")

    assert actions.verify(submission=submission, by=reviewer).desk == Desk.MINISTRY


def test_the_last_desk_passes_nothing_on(officer, reviewer, member):
    submission = sent(officer, member, brand_name="Sekar")

    with pytest.raises(NotYourDeed):
        actions.verify(submission=submission, by=reviewer)


def test_another_provinces_officer_does_not_see_it(officer, member):
    submission = sent(officer, member, brand_name="Sekar")
    stranger = make_user(RoleCode.PROVINCE_OFFICER, region="33")

    with pytest.raises(OutOfReach):
        actions.verify(submission=submission, by=stranger)


def test_a_managers_submission_is_checked_by_the_own_office_first(centre_manager, officer, colleague, reviewer, places):
    membership = make.make_membership()
    centre_manager.assigned_centres = [membership.centre_id]
    centre_manager.office = officer.office
    centre_manager.save()
    submission = sent(centre_manager, membership.member, brand_name="Sekar")

    assert submission.desk == Desk.OFFICE
    verified = actions.verify(submission=submission, by=officer)
    assert verified.desk == Desk.MINISTRY


# --- the office keeps its drafts ---


def test_a_colleague_goes_on_with_the_offices_draft(officer, colleague, member):
    draft = draft_of(officer, member, brand_name="Sekar")

    assert actions.submit(submission=draft, by=colleague).submitted_by == colleague


def test_a_draft_is_seen_by_its_office_alone(officer, reviewer, east_java_officer, member):
    draft = draft_of(officer, member, brand_name="Sekar")

    for stranger in (reviewer, east_java_officer):
        assert not Submission.objects.visible_to(stranger).filter(pk=draft.pk).exists()


def test_a_departing_officer_hands_everything_over(officer, colleague, reviewer, member):
    draft = draft_of(officer, member, brand_name="Sekar")
    under_way = sent(officer, make.make_member(), brand_name="Arum")

    moved = actions.hand_over(leaving=officer, successor=colleague, by=colleague)

    assert set(moved) == {draft, under_way}
    actions.return_(submission=under_way, by=reviewer, reason="Mohon buktinya")
    assert Submission.objects.get(parent=under_way).keeper == colleague


def test_a_successor_comes_from_the_same_office(officer, sragen_officer):
    with pytest.raises(NotYourDeed):
        actions.hand_over(leaving=officer, successor=sragen_officer, by=officer)


def test_a_centres_manager_hands_over_only_the_own_work_and_takes_none_of_an_officers(officer, colleague):
    manager = make_user(RoleCode.CENTRE_MANAGER, region="35.76")

    for leaving, successor, by in ((officer, colleague, manager), (officer, manager, officer)):
        with pytest.raises(NotYourDeed):
            actions.hand_over(leaving=leaving, successor=successor, by=by)
    assert actions.hand_over(leaving=manager, successor=colleague, by=manager) == []


def test_whoever_appoints_an_officer_hands_over_within_the_own_region_alone(
    officer, colleague, east_java_officer, member
):
    draft = draft_of(officer, member, brand_name="Sekar")
    stranger = make_user(RoleCode.PROVINCE_OFFICER, region="33")

    with pytest.raises(NotYourDeed):
        actions.hand_over(leaving=officer, successor=colleague, by=stranger)
    assert actions.hand_over(leaving=officer, successor=colleague, by=east_java_officer) == [draft]


def test_a_submission_outlives_the_account_that_sent_it(officer, reviewer, member):
    submission = sent(officer, member, brand_name="Sekar")
    User.objects.filter(pk=officer.pk).update(is_active=False)

    actions.approve(submission=submission, by=reviewer)

    member.refresh_from_db()
    assert member.brand_name == "Sekar"


def test_a_withdrawn_submission_is_no_longer_decided(officer, reviewer, member):
    submission = sent(officer, member, brand_name="Sekar")
    actions.withdraw(submission=submission, by=officer)

    with pytest.raises(WrongState):
        actions.approve(submission=submission, by=reviewer)


def test_a_returned_submission_is_not_sent_again_itself(officer, reviewer, member):
    submission = sent(officer, member, brand_name="Sekar")
    actions.return_(submission=submission, by=reviewer, reason="Mohon buktinya")

    with pytest.raises(WrongState):
        actions.submit(submission=submission, by=officer)
    with pytest.raises(AlreadyDecided):
        actions.decide(submission=submission, by=reviewer, decisions=decisions_of(submission))
