"""What other systems got wrong, each as a test; the sources stand in the names of their trackers."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from accounts.choices import RoleCode
from centres.models import Member
from changes.models import Change
from submissions import actions
from submissions.choices import Decision, Deed, Operation, State
from submissions.comparing import sheets
from submissions.exceptions import NothingProposed, NothingToWrite, OutOfReach, Refused, Undecided
from submissions.models import ProposedField, Submission
from submissions.rivals import rivals
from tests.factories import centres as make
from tests.factories.accounts import make_user
from tests.factories.regions import make_places
from tests.factories.submissions import decisions_of, draft_of, fields_of, sent, wish_about, wish_for_new

pytestmark = pytest.mark.django_db


def test_t1_a_stale_proposal_overwrites_nothing_newer(officer, reviewer, member):
    """CVEProject/cve-services #1772: the whole form came back, old values in the fields that nobody had touched."""
    whole_form = {"business_name": member.business_name, "brand_name": "Sekar", "address": member.address}
    version = member.row_version
    Member.objects.filter(pk=member.pk).update(address="Jalan yang Diperbaiki 5")

    late = actions.draft(by=officer, wishes=[actions.Wish(Member, whole_form, member.pk, version)])
    actions.submit(submission=late, by=officer)
    actions.approve(submission=late, by=reviewer)

    member.refresh_from_db()
    assert (member.address, member.brand_name) == ("Jalan yang Diperbaiki 5", "Sekar")
    assert set(fields_of(late)) == {"brand_name"}


def test_t1_a_draft_saved_again_later_still_knows_what_was_seen_first(officer, reviewer, member):
    draft = draft_of(officer, member, brand_name="Sekar")
    Member.objects.filter(pk=member.pk).update(brand_name="Arum")

    actions.edit(submission=draft, by=officer, wishes=[actions.Wish(Member, {"brand_name": "Sekar"}, member.pk)])

    assert fields_of(draft)["brand_name"].base == ""
    actions.submit(submission=draft, by=officer)
    with pytest.raises(Undecided):
        actions.approve(submission=draft, by=reviewer)


LABELS = st.dictionaries(
    st.sampled_from(
        [*("changed_fields", "selected", "verification_status", "is_sample", "region_code", "verified_by", "id")]
    ),
    st.sampled_from(["brand_name", "VALIDATED", "35.16", True]),
)


class T2(TestCase):
    """OpenSPP 19.0.3.1.3: the sender said which field had changed, and so which rule applied."""

    def setUp(self):
        make_places()

    @settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
    @given(labels=LABELS)
    def test_t2_what_changed_is_found_in_the_data_alone(self, labels):
        officer, member = make_user(RoleCode.REGENCY_OFFICER, region="35.76"), make.make_member()

        draft = draft_of(officer, member, brand_name="Sekar", **labels)

        assert set(fields_of(draft)) == {"brand_name"}


@pytest.mark.parametrize(
    ("value", "is_change"), [("Sekar", False), ("sekar", True), ("Sekar ", True), ("Se kar", True)]
)
def test_t3_what_detection_overlooks_is_not_written_either(value, is_change, officer, reviewer, places):
    """OpenSPP 19.0.3.1.10: an edit of case or blanks alone was invisible to the check, and written."""
    member = make.make_member(brand_name="Sekar")
    draft = draft_of(officer, member, brand_name=value)

    assert bool(fields_of(draft)) is is_change
    if is_change:
        actions.submit(submission=draft, by=officer)
        actions.approve(submission=draft, by=reviewer)
        member.refresh_from_db()
        assert member.brand_name == value
    else:
        with pytest.raises(NothingProposed):
            actions.submit(submission=draft, by=officer)


def test_t4_a_second_thrown_away_edit_does_not_hide_the_overlap(officer, colleague, member):
    """OpenSPP 19.0.3.1.9: two requests counted as alike only when all their fields were the same."""
    first = sent(officer, member, brand_name="Sekar")
    second = draft_of(colleague, member, brand_name="Sekar Jagad", started_year=1990)

    assert [rival.submission for rival in rivals(second, colleague)] == [first]  # before it is sent
    actions.submit(submission=second, by=colleague)
    [rival] = rivals(first, officer)
    assert (rival.submission, rival.labels) == (second, ("merek dagang",))


def test_t4_the_same_new_record_twice_is_noticed(officer, colleague, places):
    named = {"owner_name": "Contoh", "regency": "35.76", "techniques": {"CAP": 100}}
    first = actions.draft(by=officer, wishes=[wish_for_new(Member, business_name="Batik Baru", **named)])
    actions.submit(submission=first, by=officer)
    second = actions.draft(by=colleague, wishes=[wish_for_new(Member, business_name="BATIK  baru", **named)])

    assert [rival.submission for rival in rivals(second, colleague)] == [first]


def test_t4_what_touches_other_fields_is_no_rival(officer, colleague, member):
    sent(officer, member, brand_name="Sekar")

    assert rivals(draft_of(colleague, member, started_year=1990), colleague) == []


DEEDS = {
    "verify": lambda submission, by: actions.verify(submission=submission, by=by),
    "return": lambda submission, by: actions.return_(submission=submission, by=by, reason="Alasan"),
    "reject": lambda submission, by: actions.reject(submission=submission, by=by, reason="Alasan"),
    "approve": lambda submission, by: actions.approve(submission=submission, by=by),
    "decide": lambda submission, by: actions.decide(submission=submission, by=by, decisions=decisions_of(submission)),
}
CAST = ["officer", "colleague", "sragen_officer", "centre_manager", "leader", "api_client", "east_java_officer"]


@pytest.mark.parametrize("who", CAST)
def test_t5_no_deed_is_guarded_by_its_button_alone(who, officer, member, request):
    """OpenSPP 19.0.3.1.7: the button was guarded, the call behind it was not."""
    submission, stranger = sent(officer, member, brand_name="Sekar"), request.getfixturevalue(who)

    for deed in DEEDS.values():
        with pytest.raises(Refused):
            deed(submission, stranger)

    submission.refresh_from_db()
    member.refresh_from_db()
    assert (submission.state, member.brand_name) == (State.SUBMITTED, "")


def test_t5_bulk_approval_by_a_stranger_approves_nothing(officer, leader, member):
    submission = sent(officer, member, brand_name="Sekar")

    bulk = actions.approve_clean(rows=Submission.objects.filter(pk=submission.pk), by=leader)

    assert bulk.approved == []


def test_t6_parts_of_a_record_have_its_scope(sragen_officer, places):
    """OpenSPP 19.0.3.1.4: the record was guarded, the rows that hang on it were not."""
    membership, facility = make.make_membership(), make.make_facility()
    snapshot, certificate = make.make_snapshot(), make.make_certificate()

    for record, values in [
        (membership, {"role": "KETUA"}),
        (facility, {"address": "Jalan"}),
        (snapshot, {"remarks": "Lain"}),
        (certificate, {"product": "Kain"}),
    ]:
        with pytest.raises(Refused):
            draft_of(sragen_officer, record, **values)


def test_t6_a_value_may_not_point_to_what_one_does_not_see(sragen_officer, places):
    foreign = make.make_member()
    home = make.make_centre(regency_id="33.14")
    from centres.models import Membership

    with pytest.raises(Refused):
        actions.draft(by=sragen_officer, wishes=[wish_for_new(Membership, member=foreign, centre=home)])


def test_t6_a_new_record_may_not_take_the_place_of_one_that_is_there(sragen_officer, member):
    """Else the page that compares would show a stranger what stands in a record of another region."""
    stolen = actions.Wish(Member, {"business_name": "Curian"}, member.pk, operation=Operation.CREATE)

    with pytest.raises(OutOfReach):
        actions.draft(by=sragen_officer, wishes=[stolen])


def test_t6_a_page_shows_nothing_of_a_row_that_its_reader_does_not_see(officer, sragen_officer, places):
    member = make.make_member(brand_name="KENARIMEREK")
    submission = sent(officer, member, started_year=1990, brand_name="Sekar")
    Member.objects.filter(pk=member.pk).update(brand_name="KENARIBARU")

    [sheet] = sheets(submission, sragen_officer)

    assert "KENARIBARU" not in str([(line.now, line.old) for line in sheet.lines])


def test_t7_a_decision_that_writes_nothing_is_refused(officer, reviewer, member):
    """OpenSPP 19.0.3.1.10: "applied" was stamped on requests that had written nothing."""
    submission = sent(officer, member, brand_name="Sekar")

    for word in (Decision.KEEP, Decision.RETURN):
        field = fields_of(submission)["brand_name"]
        with pytest.raises(NothingToWrite):
            actions.decide(submission=submission, by=reviewer, decisions={field.pk: word}, comments={field.pk: "Bukan"})


def test_t7_the_step_lists_what_was_written(officer, reviewer, member):
    submission = sent(officer, member, brand_name="Sekar", started_year=1990)
    Member.objects.filter(pk=member.pk).update(started_year=1990)

    actions.approve(submission=submission, by=reviewer)

    step = submission.steps.get(deed=Deed.DECIDE)
    assert step.written == [["centres.member", str(member.pk), "brand_name"]]
    assert set(ProposedField.objects.filter(is_written=True).values_list("name", flat=True)) == {"brand_name"}


@pytest.mark.parametrize("way", ["approve", "decide", "approve_clean"])
def test_t8_every_way_of_approving_leaves_the_same_trace(way, officer, reviewer, member):
    """OpenSPP 19.0.3.1.12: approval by rule went past what approval by hand set off."""
    submission = sent(officer, member, brand_name="Sekar")
    before = Change.objects.of(member).count()

    if way == "approve_clean":
        actions.approve_clean(rows=Submission.objects.filter(pk=submission.pk), by=reviewer)
    else:
        DEEDS[way](submission, reviewer)

    [change] = Change.objects.of(member)[before:]
    assert (change.submission_id, change.actor_id) == (str(submission.pk), str(reviewer.pk))
    assert submission.steps.filter(deed=Deed.DECIDE, by=reviewer).count() == 1


def test_t9_a_field_that_no_form_shows_is_not_proposed(officer, member):
    draft = actions.draft(by=officer, wishes=[wish_about(member, is_sample=True, verification_status="VALIDATED")])

    assert fields_of(draft) == {}
