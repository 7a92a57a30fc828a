"""Still the same: one tap that stamps, and changes no data."""

import pytest

from accounts.models import Office
from changes.models import Change
from submissions.actions import confirm_all_unchanged, confirm_unchanged
from submissions.exceptions import NotYourDeed, OutOfReach
from tests.factories import centres as make

pytestmark = pytest.mark.django_db


def test_an_officer_confirms_without_a_proposal(officer, member):
    before = {name: getattr(member, name) for name in ("business_name", "as_of", "verification_status")}

    confirm_unchanged(record=member, by=officer)

    assert (member.verified_by, member.verified_at is not None) == (officer, True)
    assert {name: getattr(member, name) for name in before} == before


def test_the_log_says_who_confirmed(officer, member):
    confirm_unchanged(record=member, by=officer)

    change = Change.objects.of(member).with_values().last()
    assert change.actor_name == officer.name
    told = {name for name, value in change.new.items() if value != change.old[name]}
    assert told == {"verified_at", "verified_by_id", "row_version"}


def test_an_old_row_that_breaks_a_newer_rule_can_be_confirmed_all_the_same(officer, member):
    type(member).objects.filter(pk=member.pk).update(kbli_codes=["99999"])

    confirm_unchanged(record=member, by=officer)

    assert member.verified_by == officer


@pytest.mark.parametrize(("who", "refusal"), [("sragen_officer", OutOfReach), ("leader", NotYourDeed)])
def test_nobody_confirms_what_is_not_theirs(who, refusal, member, request):
    with pytest.raises(refusal):
        confirm_unchanged(record=member, by=request.getfixturevalue(who))

    member.refresh_from_db()
    assert member.verified_at is None


def test_only_registered_kinds_are_confirmed(officer):
    with pytest.raises(NotYourDeed):
        confirm_unchanged(record=Office.objects.first(), by=officer)


def test_the_ministry_confirms_too(reviewer, places):
    centre = make.make_centre()

    assert confirm_unchanged(record=centre, by=reviewer).verified_by == reviewer


def test_many_are_confirmed_together_or_not_at_all(officer, member):
    foreign = make.make_member(regency_id="33.14")

    with pytest.raises(OutOfReach):
        confirm_all_unchanged(records=[member, foreign], by=officer)
    member.refresh_from_db()
    assert member.verified_at is None

    assert confirm_all_unchanged(records=[member, make.make_member()], by=officer) == 2
