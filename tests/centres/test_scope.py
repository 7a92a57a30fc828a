import pytest

from centres.models import Certification, Member, Membership, MemberSnapshot
from tests.factories.centres import (
    SRAGEN,
    make_centre,
    make_certificate,
    make_member,
    make_membership,
    make_snapshot,
)

pytestmark = pytest.mark.usefixtures("places")


@pytest.fixture
def guest():
    """At home in Sragen, member of a centre in Kota Mojokerto."""
    member = make_member(regency_id=SRAGEN)
    make_membership(member=member, centre=make_centre())
    return member


def test_a_member_of_a_centre_elsewhere_is_read_by_both_regions(guest, mojokerto_officer, sragen_officer):
    assert list(Member.objects.visible_to(mojokerto_officer)) == [guest]
    assert list(Member.objects.visible_to(sragen_officer)) == [guest]


def test_only_the_home_region_keeps_the_member(guest, mojokerto_officer, sragen_officer):
    assert not Member.objects.editable_by(mojokerto_officer).exists()
    assert list(Member.objects.editable_by(sragen_officer)) == [guest]


def test_what_belongs_to_the_member_is_read_with_the_member(guest, mojokerto_officer, sragen_officer):
    snapshot, certificate = make_snapshot(member=guest), make_certificate(member=guest)

    assert list(MemberSnapshot.objects.visible_to(mojokerto_officer)) == [snapshot]
    assert list(Certification.objects.visible_to(mojokerto_officer)) == [certificate]
    assert not MemberSnapshot.objects.editable_by(mojokerto_officer).exists()
    assert list(MemberSnapshot.objects.editable_by(sragen_officer)) == [snapshot]


def test_a_membership_is_read_by_both_and_kept_by_the_centres_region(guest, mojokerto_officer, sragen_officer):
    membership = guest.memberships.get()

    assert list(Membership.objects.visible_to(sragen_officer)) == [membership]
    assert list(Membership.objects.editable_by(mojokerto_officer)) == [membership]
    assert not Membership.objects.editable_by(sragen_officer).exists()


def test_members_elsewhere_are_not_seen(mojokerto_officer):
    make_member(regency_id="35.16")
    make_snapshot(member=make_member(regency_id=SRAGEN))

    assert not Member.objects.visible_to(mojokerto_officer).exists()
    assert not MemberSnapshot.objects.visible_to(mojokerto_officer).exists()


def test_the_ministry_sees_all_and_an_ended_account_nothing(guest, programme_staff, mojokerto_officer):
    mojokerto_officer.is_active = False

    assert list(Member.objects.visible_to(programme_staff)) == [guest]
    assert not Member.objects.visible_to(mojokerto_officer).exists()


def test_a_province_sees_members_of_its_centres_and_those_at_home(guest, east_java_officer):
    home = make_member(regency_id="35.16")

    assert set(Member.objects.visible_to(east_java_officer)) == {guest, home}


def test_a_manager_sees_the_members_of_the_own_centre_once(guest, centre_manager):
    centre = guest.memberships.get().centre
    make_member()
    centre_manager.assigned_centres = [centre.pk]
    make_snapshot(member=guest)

    assert list(Member.objects.visible_to(centre_manager)) == [guest]
    assert MemberSnapshot.objects.visible_to(centre_manager).count() == 1


def test_scope_uses_the_index_on_region_codes(mojokerto_officer, django_assert_num_queries):
    with django_assert_num_queries(1):
        plan = Member.objects.visible_to(mojokerto_officer).explain()

    assert "region_code" in plan
