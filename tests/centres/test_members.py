from datetime import date

import pytest
from django.db import connection

from centres.choices import CertificateStatus, CertificateType, MemberStatus, NoNibReason, RuleCode, Technique
from centres.fields import TechniqueShares
from centres.models import Member, Rule
from tests.factories.centres import (
    GUNUNGGEDANGAN,
    KOTA_MOJOKERTO,
    make_centre,
    make_certificate,
    make_member,
    make_membership,
)

pytestmark = pytest.mark.usefixtures("places")
NIB = "0220108230001"


def test_a_member_needs_few_fields():
    mandatory = [
        field.name
        for field in Member._meta.get_fields()
        if field.concrete and field.editable and not field.blank and not field.has_default() and not field.null
    ]

    assert mandatory == ["regency", "business_name", "owner_name"]
    assert len(mandatory) <= 15


def test_the_mandatory_fields_alone_make_a_member():
    member = Member.objects.create(business_name="Batik contoh", owner_name="Pemilik contoh", regency_id=KOTA_MOJOKERTO)

    assert member.no_nib_reason == NoNibReason.NOT_ASKED
    assert member.region_id == KOTA_MOJOKERTO
    assert member.public_profile is False


def test_the_region_code_is_the_most_exact_place():
    member = make_member(region_id=GUNUNGGEDANGAN)
    member.refresh_from_db()

    assert (member.region_code, member.regency_code, member.province_code) == (GUNUNGGEDANGAN, "35.76", "35")


def test_a_nib_needs_no_reason_and_keeps_its_leading_zero():
    member = make_member(nib="0220 1082 3000 1")

    assert (member.nib, member.no_nib_reason) == (NIB, "")
    assert list(Member.objects.with_nib()) == [member]


def test_the_nik_rests_encrypted_and_is_matched_by_its_hash():
    member, other = make_member(owner_nik="3576010101750001"), make_member(owner_nik="3576010101750001")

    with connection.cursor() as cursor:
        cursor.execute("SELECT owner_nik, npwp FROM centres_member WHERE id = %s", [member.pk])
        stored, _npwp = cursor.fetchone()
    assert "3576" not in stored
    assert Member.objects.get(pk=member.pk).owner_nik == "3576010101750001"
    assert member.owner_nik_hash == other.owner_nik_hash != ""


def test_saving_unchanged_changes_no_version():
    member = Member.objects.get(pk=make_member(owner_nik="3576010101750001", nib=NIB, natural_dye_pct="12,50").pk)
    version = member.row_version

    member.save()

    assert member.row_version == version


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("TULIS 60, CAP 40", {"TULIS": 60, "CAP": 40}),
        ("tulis: 60%; cap = 40%", {"TULIS": 60, "CAP": 40}),
        ("malam dingin 33,3; tulis 66,7", {"MALAM_DINGIN": 33.3, "TULIS": 66.7}),
        ('{"TULIS": 100}', {"TULIS": 100}),
        ("", {}),
    ],
)
def test_shares_are_read_from_what_people_write(typed, kept):
    assert TechniqueShares().clean(typed, None) == kept if kept else TechniqueShares().to_python(typed) == kept


def test_stale_are_active_members_unconfirmed_for_a_year():
    fresh = make_member(as_of=date(2026, 1, 1))
    old, never = make_member(as_of=date(2025, 6, 30)), make_member()
    make_member(as_of=date(2020, 1, 1), status=MemberStatus.CLOSED, status_reason="Pemilik pensiun")

    assert set(Member.objects.stale(on=date(2026, 7, 1))) == {old, never}
    assert fresh not in Member.objects.stale(on=date(2026, 7, 1))


def test_staff_can_change_when_a_confirmation_grows_stale():
    member = make_member(as_of=date(2026, 1, 1))
    Rule.objects.filter(code=RuleCode.STALE_MONTHS).update(value="3")

    assert list(Member.objects.stale(on=date(2026, 7, 1))) == [member]


def test_the_first_membership_becomes_the_primary_one():
    member = make_member()
    first = make_membership(member=member)
    second = make_membership(member=member)

    assert (first.is_primary, second.is_primary) == (True, False)


def test_an_ended_membership_makes_room_for_the_next():
    member, centre = make_member(), make_centre()
    make_membership(member=member, centre=centre, starts_on=date(2020, 1, 1), ends_on=date(2022, 12, 31))

    again = make_membership(member=member, centre=centre, starts_on=date(2023, 1, 1))

    assert again.is_primary
    assert list(Member.objects.in_centre(centre)) == [member]
    assert not Member.objects.in_centre(centre, on=date(2019, 1, 1)).exists()


def test_scale_follows_the_ceilings_in_force():
    assert make_member(capital_idr=1_000_000_000).business_scale() == "MIKRO"
    assert make_member(capital_idr=1_000_000_001).business_scale() == "KECIL"
    assert make_member(capital_idr=20_000_000_000).business_scale() == "BESAR"
    assert make_member().business_scale() == ""


@pytest.fixture
def haj_maker():
    member = make_member(nib=NIB, techniques={Technique.CAP: 100}, has_workshop=True)
    make_certificate(member=member, technique=Technique.CAP)
    make_certificate(
        member=member,
        kind=CertificateType.HALAL,
        technique="",
        number="H-1",
        status=CertificateStatus.VALID,
        expires_on=date(2027, 1, 1),
    )
    return member


def test_haj_uniform_needs_all_six_conditions(haj_maker):
    make_member(nib="0220108230002", techniques={Technique.CAP: 100}, has_workshop=True)

    assert list(Member.objects.haj_uniform_eligible(on=date(2026, 7, 1))) == [haj_maker]


@pytest.mark.parametrize("lacking", [{"nib": ""}, {"has_workshop": False}, {"techniques": {"TULIS": 100}}])
def test_haj_uniform_lacking_one_condition(haj_maker, lacking):
    Member.objects.filter(pk=haj_maker.pk).update(**lacking, no_nib_reason=NoNibReason.NOT_YET)

    assert not Member.objects.haj_uniform_eligible(on=date(2026, 7, 1)).exists()


def test_an_expired_halal_certificate_does_not_count(haj_maker):
    assert not Member.objects.haj_uniform_eligible(on=date(2027, 1, 2)).exists()
