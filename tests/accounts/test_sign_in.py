"""Who gets in, who does not, and what they are told."""

import re
from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from django.core import mail
from django.test import Client
from django.utils import timezone

from accounts.models import User
from tests.factories.accounts import PASSWORD

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def sign_in(client: Client, email: str, password: str = PASSWORD, **more: str):
    return client.post("/masuk/", {"login": email, "password": password} | more)


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def enable_totp(user: User) -> None:
    totp.TOTP.activate(user, SECRET)
    RecoveryCodes.activate(user)


def confirm_password(client: Client) -> None:
    """What allauth asks for before anything about the second factor is shown or changed."""
    client.post("/akun/konfirmasi/", {"password": PASSWORD, "next": "/akun/keamanan/"})


def code_now() -> str:
    return totp.format_hotp_value(totp.hotp_value(SECRET, next(iter(totp.yield_hotp_counters_from_time()))))


def test_officer_signs_in_with_mail_and_password(client, sragen_officer):
    response = sign_in(client, sragen_officer.email.upper())

    assert response.status_code == 302
    assert response["Location"] == "/akun/beranda/"
    assert is_signed_in(client)


def test_ministry_staff_land_on_their_desk(client, programme_staff):
    response = sign_in(client, programme_staff.email)

    assert response["Location"] == "/admin/"


def test_wrong_password_and_unknown_mail_are_answered_alike(client, sragen_officer):
    wrong = sign_in(client, sragen_officer.email, "bukan-kata-sandinya")
    unknown = sign_in(Client(), "tidak-ada@contoh.invalid", "bukan-kata-sandinya")

    def neutral(response):
        text = response.content.decode()
        return re.sub(r'(value="[^"]*"|nonce="[^"]*")', "", text)

    assert wrong.status_code == unknown.status_code == 200
    assert neutral(wrong) == neutral(unknown)
    assert "Surel atau kata sandi tidak cocok" in wrong.content.decode()


def test_forgotten_password_is_answered_alike_and_only_the_known_get_mail(client, sragen_officer):
    known = client.post("/lupa-kata-sandi/", {"email": sragen_officer.email})
    unknown = client.post("/lupa-kata-sandi/", {"email": "tidak-ada@contoh.invalid"})

    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert [message.to for message in mail.outbox] == [[sragen_officer.email]]


def test_mailed_link_sets_a_new_password_once(client, sragen_officer):
    client.post("/lupa-kata-sandi/", {"email": sragen_officer.email})
    link = re.search(r"http://testserver(\S+)", mail.outbox[0].body)[1]

    form = client.get(link, follow=True)
    new = {"password1": "canting-malam-2027", "password2": "canting-malam-2027"}
    done = client.post(form.redirect_chain[-1][0], new, follow=True)

    assert "Kata sandi tersimpan" in done.content.decode()
    assert sign_in(Client(), sragen_officer.email, "canting-malam-2027").status_code == 302
    assert "Tautan tidak berlaku lagi" in Client().get(link, follow=True).content.decode()


def test_nobody_signs_up(client, db):
    for address in ("/daftar/", "/signup/", "/accounts/signup/", "/masuk/daftar/"):
        assert client.get(address).status_code == 404


# --- ended accounts ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("change", [{"is_active": False}, {"active_until": timezone.localdate() - timedelta(days=1)}])
def test_ended_account_is_refused_and_told_so_only_after_the_right_password(client, sragen_officer, change):
    User.objects.filter(pk=sragen_officer.pk).update(**change)

    right = sign_in(client, sragen_officer.email)
    wrong = sign_in(Client(), sragen_officer.email, "bukan-kata-sandinya")

    assert not is_signed_in(client)
    assert right["Location"] == "/masuk/tidak-aktif/"
    assert "Akun Anda tidak aktif" in client.get(right["Location"]).content.decode()
    assert "Surel atau kata sandi tidak cocok" in wrong.content.decode()


@pytest.mark.parametrize("change", [{"is_active": False}, {"active_until": timezone.localdate() - timedelta(days=1)}])
def test_session_dies_at_the_next_request_when_the_account_ends(client_of, sragen_officer, change):
    client = client_of(sragen_officer)
    assert client.get("/akun/keamanan/").status_code == 200

    User.objects.filter(pk=sragen_officer.pk).update(**change)

    assert client.get("/akun/keamanan/")["Location"].startswith("/masuk/")


def test_last_day_of_the_appointment_is_still_a_working_day(client, sragen_officer):
    User.objects.filter(pk=sragen_officer.pk).update(active_until=timezone.localdate())

    assert sign_in(client, sragen_officer.email)["Location"] == "/akun/beranda/"


def test_new_password_ends_sessions_elsewhere(client_of, sragen_officer):
    here, elsewhere = client_of(sragen_officer), client_of(sragen_officer)
    new = {"oldpassword": PASSWORD, "password1": "canting-malam-2027", "password2": "canting-malam-2027"}

    here.post("/akun/kata-sandi/", new)

    assert here.get("/akun/keamanan/").status_code == 200
    assert elsewhere.get("/akun/keamanan/").status_code == 302


def test_old_address_no_longer_signs_in_after_a_change_of_address(client, sragen_officer):
    sign_in(client, sragen_officer.email)
    client.post("/lupa-kata-sandi/", {"email": sragen_officer.email})  # allauth now keeps a copy of the address
    old = sragen_officer.email
    sragen_officer.email = "alamat-baru@contoh.invalid"
    sragen_officer.save()

    assert not is_signed_in_with(old)
    assert is_signed_in_with("alamat-baru@contoh.invalid")


def is_signed_in_with(email: str) -> bool:
    client = Client()
    sign_in(client, email)
    return is_signed_in(client)


# --- guessing ---------------------------------------------------------------------------------------------------


def test_five_failures_lock_the_account_for_this_address_for_fifteen_minutes(sragen_officer):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        answers = [sign_in(Client(), sragen_officer.email, "salah").status_code for _ in range(5)]
        clock.shift(timedelta(minutes=5))
        refused = sign_in(Client(), sragen_officer.email)
        clock.shift(timedelta(minutes=10, seconds=1))

        assert answers == [200, 200, 200, 200, 429]
        assert refused.status_code == 429
        assert re.search(r"setelah\s+10 menit", refused.content.decode())
        assert is_signed_in_with(sragen_officer.email)


def test_lock_holds_for_one_address_and_one_account_only(sragen_officer, mojokerto_officer):
    for _ in range(5):
        sign_in(Client(), sragen_officer.email, "salah")

    elsewhere = Client(REMOTE_ADDR="203.0.113.7")
    sign_in(elsewhere, sragen_officer.email)

    assert is_signed_in(elsewhere)
    assert is_signed_in_with(mojokerto_officer.email)


def test_forged_forwarding_header_does_not_change_the_address(sragen_officer, settings):
    def fails_from(claimed):
        return Client(headers={"X-Forwarded-For": claimed}).post(
            "/masuk/", {"login": sragen_officer.email, "password": "salah"}
        )

    answers = [fails_from(f"198.51.100.{number}").status_code for number in range(5)]
    settings.BEHIND_PROXY = True
    behind_proxy = [fails_from(f"198.51.100.{number}, 203.0.113.9").status_code for number in range(5)]

    assert answers[-1] == behind_proxy[-1] == 429
    assert fails_from("203.0.113.9, 192.0.2.5").status_code == 200


def test_unknown_account_is_locked_like_a_known_one(sragen_officer):
    known = [sign_in(Client(), sragen_officer.email, "salah").status_code for _ in range(6)]
    unknown = [sign_in(Client(), "tidak-ada@contoh.invalid", "salah").status_code for _ in range(6)]

    assert known == unknown


def test_spelling_the_address_differently_does_not_reset_the_count(sragen_officer):
    for email in (sragen_officer.email, sragen_officer.email.upper(), f" {sragen_officer.email}"):
        sign_in(Client(), email, "salah")
        sign_in(Client(), email, "salah")

    assert sign_in(Client(), sragen_officer.email).status_code == 429


# --- the second factor --------------------------------------------------------------------------------------------


def test_password_alone_does_not_open_the_admin_to_a_totp_user(client, programme_staff):
    enable_totp(programme_staff)

    login = client.get("/admin/", follow=True)
    direct = client.post("/admin/login/", {"username": programme_staff.email, "password": PASSWORD})
    response = sign_in(client, programme_staff.email, next="/admin/")

    assert login.redirect_chain[-1][0].startswith("/masuk/")
    assert direct.status_code == 302
    assert direct["Location"].startswith("/masuk/")
    assert response["Location"].startswith("/masuk/kode/")
    assert not is_signed_in(client)
    assert client.get("/admin/").status_code == 302


def test_totp_user_enters_the_admin_with_the_code(client, programme_staff):
    enable_totp(programme_staff)
    sign_in(client, programme_staff.email, next="/admin/")

    client.post("/masuk/kode/", {"code": code_now()})

    assert client.get("/admin/").status_code == 200


def test_recovery_code_works_once(programme_staff):
    enable_totp(programme_staff)
    code = Authenticator.objects.get(user=programme_staff, type="recovery_codes").wrap().get_unused_codes()[0]

    outcomes = []
    for _ in range(2):
        client = Client()
        sign_in(client, programme_staff.email)
        client.post("/masuk/kode/", {"code": code})
        outcomes.append(is_signed_in(client))

    assert outcomes == [True, False]


def test_guessing_codes_is_locked_like_guessing_passwords(client, programme_staff):
    enable_totp(programme_staff)
    sign_in(client, programme_staff.email)

    answers = [client.post("/masuk/kode/", {"code": "000000"}).status_code for _ in range(5)]

    assert answers == [200, 200, 200, 200, 429]
    assert client.post("/masuk/kode/", {"code": code_now()}).status_code == 429
    assert not is_signed_in(client)


def test_secrets_of_authenticators_rest_encrypted(programme_staff):
    enable_totp(programme_staff)

    assert SECRET not in str(Authenticator.objects.get(user=programme_staff, type="totp").data)


def test_staff_without_second_factor_are_led_to_set_it_up(client, programme_staff, settings):
    settings.REQUIRE_STAFF_MFA = True
    sign_in(client, programme_staff.email)

    for address in ("/admin/", "/akun/beranda/", "/akun/sesi/"):
        assert client.get(address)["Location"] == "/akun/keamanan/aplikasi/"
    assert client.get("/akun/keamanan/aplikasi/")["Location"].startswith("/akun/konfirmasi/")
    confirm_password(client)
    assert client.get("/akun/keamanan/aplikasi/").status_code == 200
    assert client.get("/keluar/").status_code == 200


def test_setting_up_the_second_factor_opens_the_way(client, programme_staff, settings):
    settings.REQUIRE_STAFF_MFA = True
    sign_in(client, programme_staff.email)
    confirm_password(client)
    secret = client.get("/akun/keamanan/aplikasi/").context["form"].secret
    code = totp.format_hotp_value(totp.hotp_value(secret, next(iter(totp.yield_hotp_counters_from_time()))))

    client.post("/akun/keamanan/aplikasi/", {"code": code})

    assert client.get("/admin/").status_code == 200
    assert client.get("/akun/keamanan/kode-pemulihan/").status_code == 200


def test_required_second_factor_cannot_be_taken_off(client, programme_staff, settings):
    settings.REQUIRE_STAFF_MFA = True
    enable_totp(programme_staff)
    sign_in(client, programme_staff.email)
    client.post("/masuk/kode/", {"code": code_now()})
    confirm_password(client)

    refused = client.post("/akun/keamanan/aplikasi/lepas/")

    assert refused.status_code == 200
    assert Authenticator.objects.filter(user=programme_staff, type="totp").exists()


def test_officers_are_not_asked_for_a_second_factor(client_of, sragen_officer, settings):
    settings.REQUIRE_STAFF_MFA = True

    assert client_of(sragen_officer).get("/akun/keamanan/").status_code == 200


def test_officers_do_not_enter_the_admin(client_of, sragen_officer, east_java_officer, centre_manager, api_client):
    for user in (sragen_officer, east_java_officer, centre_manager, api_client):
        assert client_of(user).get("/admin/", follow=True).status_code == 403


def test_sessions_elsewhere_can_be_ended(programme_staff):
    here, elsewhere = Client(), Client()
    for client in (here, elsewhere):
        sign_in(client, programme_staff.email)
        client.get("/akun/sesi/")

    here.post("/akun/sesi/")

    assert here.get("/akun/sesi/").status_code == 200
    assert elsewhere.get("/akun/sesi/").status_code == 302
