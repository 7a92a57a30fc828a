"""Every page of sign-in and of one's own account: in Indonesian, ours, and clean under the strict content policy."""

import re

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from django.test import Client
from django.urls import URLPattern, get_resolver

from tests.factories.accounts import PASSWORD

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"

PUBLIC_PAGES = ["/masuk/", "/masuk/tidak-aktif/", "/lupa-kata-sandi/", "/lupa-kata-sandi/terkirim/"]
PUBLIC_PAGES += ["/lupa-kata-sandi/selesai/", "/lupa-kata-sandi/abc-def/"]
OWN_PAGES = ["/keluar/", "/akun/kata-sandi/", "/akun/keamanan/", "/akun/keamanan/aplikasi/", "/akun/sesi/"]
FACTOR_PAGES = ["/akun/keamanan/", "/akun/keamanan/aplikasi/lepas/", "/akun/keamanan/kode-pemulihan/"]
FACTOR_PAGES += ["/akun/keamanan/kode-pemulihan/baru/", "/akun/konfirmasi/", "/akun/konfirmasi/kode/"]

ENGLISH = re.compile(
    r"\b(the|you|your|sign|login|logout|log in|password|email|e-mail|code|codes|this|field|required|please|enter|"
    r"change|forgot|reset|remember|account|session|sessions|two-factor|authenticator|recovery|generate|view|download|"
    r"activate|deactivate|are|is|with|not|already|must|too|short|common|numeric)\b",
    re.IGNORECASE,
)


def words_of(html: str) -> str:
    """What a person reads or hears: the text, and the attributes that are read aloud."""
    html = re.sub(r'<(td|code)[^>]*(?: lang="en")?[^>]*>.*?</\1>', " ", html, flags=re.DOTALL)
    html = re.sub(r"<(script|style)\b.*?</\1>", " ", html, flags=re.DOTALL)
    aloud = " ".join(re.findall(r'(?:alt|title|placeholder|aria-label)="([^"]*)"', html))
    return f"{re.sub(r'<[^>]*>', ' ', html)} {aloud}"


def assert_ours(response) -> None:
    html = response.content.decode()
    assert response.status_code in (200, 403, 429), response.status_code
    assert '<html lang="id">' in html
    assert html.count("<h1") == 1
    assert not ENGLISH.findall(words_of(html))
    assert not re.search(r"<(style|script(?![^>]*\bsrc=))|\sstyle=|\son\w+=", html)
    assert "'unsafe-inline'" not in response["Content-Security-Policy"]
    for control in re.findall(r"<input(?![^>]*type=\"hidden\")[^>]*>", html):
        name = re.search(r'\sid="([^"]*)"', control)[1]
        assert f'<label for="{name}"' in html, control


@pytest.mark.parametrize("address", PUBLIC_PAGES)
def test_public_pages_of_sign_in_are_ours(client, db, address):
    assert_ours(client.get(address))


@pytest.mark.parametrize("address", PUBLIC_PAGES[:1] + PUBLIC_PAGES[2:3])
def test_refused_forms_speak_indonesian(client, db, address):
    assert_ours(client.post(address, {}))
    assert_ours(client.post(address, {"login": "bukan surel", "email": "bukan surel", "password": "x"}))


@pytest.mark.parametrize("address", OWN_PAGES)
def test_pages_of_the_own_account_are_ours(sragen_officer, address):
    client = Client()
    client.post("/masuk/", {"login": sragen_officer.email, "password": PASSWORD})
    client.post("/akun/konfirmasi/", {"password": PASSWORD})

    assert_ours(client.get(address))


def test_refused_new_password_is_explained_in_indonesian(sragen_officer):
    client = Client()
    client.post("/masuk/", {"login": sragen_officer.email, "password": PASSWORD})

    for new in ("12345678", "password", "uji"):
        form = {"oldpassword": "salah", "password1": new, "password2": "lain"}
        assert_ours(client.post("/akun/kata-sandi/", form))


@pytest.mark.parametrize("address", FACTOR_PAGES)
def test_pages_of_the_second_factor_are_ours(programme_staff, address):
    totp.TOTP.activate(programme_staff, SECRET)
    RecoveryCodes.activate(programme_staff)
    client = Client()
    client.post("/masuk/", {"login": programme_staff.email, "password": PASSWORD})
    code_page = client.get("/masuk/kode/")
    refused = client.post("/masuk/kode/", {"code": "000000"})
    code = totp.format_hotp_value(totp.hotp_value(SECRET, next(iter(totp.yield_hotp_counters_from_time()))))
    client.post("/masuk/kode/", {"code": code})
    client.post("/akun/konfirmasi/", {"password": PASSWORD})

    assert_ours(code_page)
    assert_ours(refused)
    assert_ours(client.get(address))


def test_lockout_page_is_ours(sragen_officer):
    client = Client()
    for _ in range(5):
        response = client.post("/masuk/", {"login": sragen_officer.email, "password": "salah"})

    assert response.status_code == 429
    assert_ours(response)


def test_login_form_helps_password_managers(client, db):
    html = client.get("/masuk/").content.decode()

    assert 'autocomplete="username"' in html
    assert 'autocomplete="current-password"' in html


# --- begin closed -----------------------------------------------------------------------------------------------

#: Everything that answers somebody who has not signed in. A new public page is added here on purpose.
PUBLIC = {
    "account_login",
    "account_inactive",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "alive",
    "ready",
    "favicon",
    "schema",  # the contract of the API, and the pages that explain it
    "docs",
    "developer",
    "problems",
    "metrics",  # asks for a secret of its own, or for this machine: tests/changes/test_metrics.py
    "find",  # whether a document is the registry's: tests/documents
    "check",
}
SAMPLES = {"uuid": "00000000-0000-0000-0000-000000000000", "int": "1", "path": "a/b"}


def addresses(patterns=None, prefix="/"):
    """(name, address) of every pattern of the project, parameters filled with samples."""
    for pattern in patterns if patterns is not None else get_resolver().url_patterns:
        address = prefix + filled(pattern)
        if isinstance(pattern, URLPattern):
            yield pattern.name, address
        elif pattern.namespace != "public":  # the public site, which tests/public asks
            yield from addresses(pattern.url_patterns, address)


def filled(pattern) -> str:
    text = str(pattern.pattern)
    text = re.sub(r"<(?:(\w+):)?\w+>", lambda found: SAMPLES.get(found[1] or "str", "contoh"), text)
    text = re.sub(r"\(\?P<\w+>(?:[^()]|\([^()]*\))*\)", "contoh", text)
    return re.sub(r"[\^$\\]|\.\*", "", text)


def test_every_page_is_closed_to_strangers_unless_listed_as_public(client, db):
    open_to_all = set()
    for name, address in addresses():
        response = client.get(address)
        closed = response.status_code in (401, 403) or (
            response.status_code == 302 and response["Location"].startswith(("/masuk/", "/admin/login/"))
        )
        if not closed:
            open_to_all.add(name)

    assert open_to_all <= PUBLIC, open_to_all - PUBLIC


def test_an_address_that_names_no_record_is_no_server_error(administrator, client_of):
    response = client_of(administrator).get(f"/admin/accounts/user/{administrator.pk}/change/widgets.css", follow=True)

    assert response.status_code in (200, 404)  # the desk says that there is no such record
