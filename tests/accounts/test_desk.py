"""Offices and accounts at the ministry's desk."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from axes.models import AccessAttempt
from django.contrib import admin
from django.test import Client, RequestFactory
from django.urls import reverse

from accounts import actions
from accounts.choices import RoleCode
from accounts.models import Office, User
from tests.factories.accounts import PASSWORD, make_office

USERS = "/admin/accounts/user/"
OFFICES = "/admin/accounts/office/"
NO_INLINES = {
    f"{name}-{part}": 0
    for name in ("heads", "former_names", "users")
    for part in ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS")
}


def new_account(office, **fields):
    return {
        "email": "baru@contoh.invalid",
        "name": "Petugas baru (contoh)",
        "role": RoleCode.PROVINCE_OFFICER,
        "office": office.pk,
        "is_active": "on",
        "active_until": "2027-11-24",
    } | fields


@pytest.mark.parametrize("desk", [USERS, OFFICES])
def test_leader_reads_and_finds_no_save_button(client_of, leader, sragen_officer, desk):
    client = client_of(leader)
    record = sragen_officer if desk == USERS else sragen_officer.office

    change = client.get(f"{desk}{record.pk}/change/")

    assert client.get(desk).status_code == 200
    assert change.status_code == 200
    assert 'name="_save"' not in change.content.decode()
    assert client.get(f"{desk}add/").status_code == 403
    assert client.post(f"{desk}{record.pk}/change/", {"name": "diubah"}).status_code == 403


def test_leader_sees_no_personal_data_of_officers(client_of, leader, sragen_officer):
    client = client_of(leader)

    for page in (USERS, f"{USERS}{sragen_officer.pk}/change/"):
        assert sragen_officer.email not in client.get(page).content.decode()


def test_leader_has_no_add_or_change_link_anywhere_in_the_admin(client_of, leader):
    client = client_of(leader)

    for model, model_admin in admin.site._registry.items():
        assert not model_admin.has_add_permission(request_of(leader)), model
        assert not model_admin.has_change_permission(request_of(leader)), model
        assert not model_admin.has_delete_permission(request_of(leader)), model
    assert "addlink" not in client.get("/admin/").content.decode()


def request_of(user):
    request = RequestFactory().get("/admin/")
    request.user = user
    return request


def test_nobody_deletes_offices_or_accounts(administrator, programme_staff):
    for user in (administrator, programme_staff):
        assert not admin.site._registry[Office].has_delete_permission(request_of(user))
        assert not admin.site._registry[User].has_delete_permission(request_of(user))


def test_administrator_opens_an_account_which_then_signs_in_by_mail(client_of, administrator, mailoutbox):
    office = make_office("35")

    response = client_of(administrator).post(f"{USERS}add/", new_account(office))
    Client().post("/lupa-kata-sandi/", {"email": "baru@contoh.invalid"})

    assert response.status_code == 302
    assert User.objects.get(email="baru@contoh.invalid").office == office
    assert mailoutbox[0].to == ["baru@contoh.invalid"]


def test_programme_staff_open_accounts_for_provinces_only(client_of, programme_staff):
    client = client_of(programme_staff)

    allowed = client.post(f"{USERS}add/", new_account(make_office("35")))
    refused = client.post(
        f"{USERS}add/", new_account(make_office(), role=RoleCode.ADMINISTRATOR, email="lain@contoh.invalid")
    )

    assert allowed.status_code == 302
    assert "role" in refused.context["adminform"].form.errors
    assert not User.objects.filter(email="lain@contoh.invalid").exists()


def test_programme_staff_do_not_change_accounts_or_offices(client_of, programme_staff, sragen_officer):
    client = client_of(programme_staff)

    assert client.post(f"{USERS}{sragen_officer.pk}/change/", {}).status_code == 403
    assert client.post(f"{OFFICES}{sragen_officer.office_id}/change/", {}).status_code == 403
    assert client.get(reverse("admin:accounts_user_set_password", args=[sragen_officer.pk])).status_code == 403


def test_administrator_sets_a_first_password(client_of, administrator, sragen_officer):
    page = reverse("admin:accounts_user_set_password", args=[sragen_officer.pk])
    client = client_of(administrator)

    shown = client.get(page)
    weak = client.post(page, {"new_password1": "uji", "new_password2": "uji"})
    set_well = client.post(page, {"new_password1": "canting-malam-2027", "new_password2": "canting-malam-2027"})

    assert "Atur kata sandi" in shown.content.decode()
    assert weak.status_code == 200
    assert set_well.status_code == 302
    assert User.objects.get(pk=sragen_officer.pk).check_password("canting-malam-2027")


def test_administrator_changes_an_office_and_two_at_once_do_not_overwrite(client_of, administrator):
    office = make_office("35.76")
    form = NO_INLINES | {
        "name": "Dinas baru (contoh)",
        "level": office.level,
        "region": "35.76",
        "affairs": ["INDUSTRI", "KUKM"],
        "is_active": "on",
        "row_version": office.row_version,
    }

    first = client_of(administrator).post(f"{OFFICES}{office.pk}/change/", form)
    second = client_of(administrator).post(f"{OFFICES}{office.pk}/change/", form | {"name": "Yang kedua (contoh)"})

    office.refresh_from_db()
    assert first.status_code == 302
    assert "Data ini diubah orang lain" in second.content.decode()
    assert (office.name, office.affairs) == ("Dinas baru (contoh)", ["INDUSTRI", "KUKM"])


def test_second_factor_of_a_lost_phone_is_taken_off(client_of, administrator, programme_staff):
    totp.TOTP.activate(programme_staff, "JBSWY3DPEHPK3PXP")
    form = {"action": "remove_second_factor", "_selected_action": [programme_staff.pk]}

    client_of(administrator).post(USERS, form)

    assert not Authenticator.objects.filter(user=programme_staff).exists()


def test_lockout_is_lifted_from_the_desk(client_of, administrator, sragen_officer):
    for _ in range(5):
        Client().post("/masuk/", {"login": sragen_officer.email, "password": "salah"})
    form = {"action": "lift_lockout", "_selected_action": [sragen_officer.pk]}

    client_of(administrator).post(USERS, form)

    assert not AccessAttempt.objects.exists()
    assert Client().post("/masuk/", {"login": sragen_officer.email, "password": PASSWORD}).status_code == 302


def test_deeds_on_accounts_are_refused_to_everybody_else(programme_staff, leader, sragen_officer):
    for user in (programme_staff, leader):
        with pytest.raises(PermissionError):
            actions.remove_second_factor(user=sragen_officer, by=user)
        with pytest.raises(PermissionError):
            actions.lift_lockout(user=sragen_officer, by=user)


def test_tables_of_the_machinery_stay_out_of_the_admin():
    shown = {model._meta.app_label for model in admin.site._registry}

    assert not shown & {"account", "mfa", "usersessions", "axes", "auth", "procrastinate", "sessions"}


def test_lists_cost_the_same_however_many_accounts(client_of, administrator, places, django_assert_max_num_queries):
    for number in range(12):
        User.objects.create_user(
            f"banyak{number}@contoh.invalid", role=RoleCode.REGENCY_OFFICER, name="X", office=make_office("35.76")
        )
    client = client_of(administrator)

    with django_assert_max_num_queries(12):
        client.get(USERS)
    with django_assert_max_num_queries(12):
        client.get(OFFICES)
