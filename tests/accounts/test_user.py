"""Offices and accounts: reach, roles, and the rules of the records."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.choices import OfficeLevel, RoleCode
from accounts.models import Office, OfficeHead, User
from tests.factories.accounts import make_office, make_user


def test_reach_is_the_office_region_and_everything_below(
    sragen_officer, east_java_officer, programme_staff, administrator, leader, api_client
):
    assert sragen_officer.region_prefix == "33.14"
    assert east_java_officer.region_prefix == "35"
    assert {user.region_prefix for user in (programme_staff, administrator, leader, api_client)} == {""}


def test_dinas_without_a_region_reaches_nothing(sragen_officer):
    sragen_officer.office.region = None

    assert sragen_officer.region_prefix is None


def test_ended_account_reaches_nothing_and_may_nothing(programme_staff):
    programme_staff.active_until = timezone.localdate() - timedelta(days=1)

    assert programme_staff.region_prefix is None
    assert not programme_staff.is_staff
    assert not programme_staff.has_perm("centres.view_centre")


def test_only_a_centre_manager_is_bound_to_centres(centre_manager, sragen_officer):
    assert centre_manager.assigned_ids == []
    assert sragen_officer.assigned_ids is None


@pytest.mark.parametrize(
    ("role", "region"),
    [
        (RoleCode.PROVINCE_OFFICER, ""),
        (RoleCode.REGENCY_OFFICER, ""),
        (RoleCode.REGENCY_OFFICER, "35"),
        (RoleCode.PROVINCE_OFFICER, "35.76"),
        (RoleCode.PROGRAMME_STAFF, "35"),
        (RoleCode.CENTRE_MANAGER, ""),
    ],
)
def test_role_must_fit_the_level_of_the_office(places, role, region):
    with pytest.raises(ValidationError) as refused:
        make_user(role, region=region)

    assert "office" in refused.value.message_dict


def test_officer_needs_an_office(places):
    with pytest.raises(ValidationError) as refused:
        make_user(RoleCode.REGENCY_OFFICER, office=None)

    assert refused.value.message_dict["office"] == ["Pilih kantor atau dinas tempat petugas ini bekerja"]


def test_first_administrator_needs_no_office_yet(db):
    user = User.objects.create_superuser("pertama@contoh.invalid", "sogan-wedelan-2026", name="Administrator pertama")

    assert user.is_staff
    assert not user.is_superuser


def test_only_centre_managers_list_centres(sragen_officer):
    sragen_officer.assigned_centres = [uuid4()]

    with pytest.raises(ValidationError, match="Hanya pengelola sentra"):
        sragen_officer.save()


def test_addresses_are_unique_whatever_their_capitals(sragen_officer):
    with pytest.raises(ValidationError) as refused:
        make_user(RoleCode.LEADER, email=sragen_officer.email.upper())

    assert refused.value.message_dict["email"] == ["Surel ini sudah dipakai akun lain"]


def test_sign_in_is_not_refused_because_the_appointment_became_inconsistent(sragen_officer):
    Office.objects.filter(pk=sragen_officer.office_id).update(level=OfficeLevel.PROVINCE)

    sragen_officer.last_login = timezone.now()
    sragen_officer.save(update_fields=["last_login"])

    assert User.objects.get(pk=sragen_officer.pk).last_login == sragen_officer.last_login


def test_officers_see_colleagues_of_their_region_and_managers_only_themselves(
    sragen_officer, mojokerto_officer, east_java_officer, centre_manager, programme_staff
):
    def seen_by(user):
        return set(User.objects.visible_to(user))

    assert seen_by(sragen_officer) == {sragen_officer}
    assert seen_by(east_java_officer) == {east_java_officer, mojokerto_officer, centre_manager}
    assert seen_by(centre_manager) == {centre_manager}
    assert seen_by(programme_staff) == set(User.objects.all())


def test_one_changes_only_accounts_of_the_roles_that_one_appoints(
    mojokerto_officer, east_java_officer, centre_manager, programme_staff
):
    assert set(User.objects.editable_by(east_java_officer)) == {mojokerto_officer}
    assert set(User.objects.editable_by(mojokerto_officer)) == {centre_manager}
    assert set(User.objects.editable_by(programme_staff)) == {east_java_officer}


# --- offices ----------------------------------------------------------------------------------------------------


def test_ministry_has_no_region_and_a_dinas_has_one(places):
    with pytest.raises(ValidationError) as refused:
        Office.objects.create(name="Dinas tanpa wilayah", level=OfficeLevel.REGENCY)

    assert "region" in refused.value.message_dict


def test_level_and_region_of_an_office_agree(places):
    with pytest.raises(ValidationError) as refused:
        Office.objects.create(name="Dinas keliru", level=OfficeLevel.PROVINCE, region_id="35.76")

    assert refused.value.message_dict["region"] == ["Wilayah harus setingkat dengan tingkat kantor"]


@pytest.mark.parametrize("region", [None, "35.76"])
def test_office_is_registered_once_per_region(places, region):
    level = OfficeLevel.REGENCY if region else OfficeLevel.MINISTRY
    Office.objects.create(name="Kantor kembar", level=level, region_id=region)

    with pytest.raises(ValidationError) as refused:
        Office.objects.create(name="Kantor kembar", level=level, region_id=region)

    assert refused.value.message_dict["name"] == ["Kantor dengan nama dan wilayah ini sudah terdaftar"]


def test_head_of_an_office_is_whoever_has_no_end_date(places):
    office = make_office("35.76")
    OfficeHead.objects.create(office=office, name="Kepala lama (contoh)", until=date(2023, 1, 1))
    today = OfficeHead.objects.create(office=office, name="Kepala kini (contoh)", since=date(2023, 1, 2))

    assert office.head == today


def test_end_of_office_is_not_before_its_beginning(places):
    with pytest.raises(ValidationError) as refused:
        OfficeHead.objects.create(
            office=make_office("35.76"), name="Kepala (contoh)", since=date(2023, 1, 2), until=date(2022, 1, 1)
        )

    assert "until" in refused.value.message_dict


def test_who_may_end_an_account_is_the_same_from_both_sides(
    administrator, programme_staff, leader, east_java_officer, mojokerto_officer, sragen_officer, centre_manager
):
    cast = [
        administrator,
        programme_staff,
        leader,
        east_java_officer,
        mojokerto_officer,
        sragen_officer,
        centre_manager,
    ]

    for user in cast:
        above = set(User.objects.appointing(user))
        assert above == {one for one in cast if User.objects.editable_by(one).filter(pk=user.pk).exists()}
