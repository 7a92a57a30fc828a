"""Which language answers: the API asks the client, a room its person, a public page its address."""

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from django.http import HttpResponse
from django.utils import translation
from django.utils.translation import get_language

from accounts.actions import open_account
from accounts.middleware import LocalTimeMiddleware
from batik_registry.templatetags.formats import pukul

ENGLISH = {"accept-language": "en-US,en;q=0.9"}
TITLES = {"id": "Sertakan token: `Authorization: Bearer …`.", "en": "Send a token: `Authorization: Bearer …`."}


@pytest.mark.parametrize(
    ("wish", "code"), [("en-US,en;q=0.9", "en"), ("id-ID", "id"), ("fr, en;q=0.5", "en"), ("fr", "id"), ("", "id")]
)
def test_the_api_answers_in_the_language_that_its_client_accepts(client, db, wish, code):
    answer = client.get("/api/v1/centres/", headers={"accept-language": wish})

    assert answer.json()["title"] == TITLES[code]
    assert answer["Content-Language"] == code
    assert "Accept-Language" in answer["Vary"]


def test_the_developer_page_follows_too(client, db):
    assert '<html lang="en">' in client.get("/api/", headers=ENGLISH).content.decode()
    assert '<html lang="id">' in client.get("/api/").content.decode()


@pytest.mark.parametrize("address", ["/portal/", "/akun/surel/", "/masuk/"])
def test_a_room_stays_indonesian_whatever_the_browser_says(client_of, client, mojokerto_officer, address):
    visitor = client if address == "/masuk/" else client_of(mojokerto_officer)

    answer = visitor.get(address, headers=ENGLISH)

    assert answer["Content-Language"] == "id"
    assert '<html lang="id">' in answer.content.decode()


def test_whoever_chooses_english_gets_it_in_the_rooms_and_can_go_back(client_of, mojokerto_officer):
    visitor = client_of(mojokerto_officer)

    assert visitor.post("/bahasa/", {"language": "en", "next": "/portal/ikm/"}).url == "/portal/ikm/"
    english = visitor.get("/portal/")
    visitor.post("/bahasa/", {"language": "id"})
    indonesian = visitor.get("/portal/")

    assert english["Content-Language"] == "en"
    assert "Cookie" in english["Vary"]
    assert "Sign out" in english.content.decode()
    assert indonesian["Content-Language"] == "id"


def test_the_desk_speaks_english_to_whoever_chose_it(client_of, administrator):
    visitor = client_of(administrator)

    assert visitor.get("/admin/", headers=ENGLISH)["Content-Language"] == "id"
    visitor.cookies["django_language"] = "en"
    assert '<html lang="en"' in visitor.get("/admin/").content.decode()


@pytest.mark.parametrize(("address", "code"), [("/", "id"), ("/sentra/", "id"), ("/en/", "en"), ("/en", "en")])
def test_a_public_address_alone_says_its_language(client, db, address, code):
    client.cookies["django_language"] = "en"

    assert client.get(address, headers=ENGLISH)["Content-Language"] == code


def test_no_language_outlives_its_request(client, db):
    client.get("/api/", headers=ENGLISH)

    assert get_language() == "id"


@pytest.mark.parametrize("forged", ["xx", "en/../id", "%00"])
def test_a_forged_choice_counts_for_nothing(client, db, forged):
    client.cookies["django_language"] = forged

    assert client.get("/masuk/")["Content-Language"] == "id"


def test_what_others_read_is_written_in_the_registrys_own_language(
    mojokerto_officer, east_java_officer, mailoutbox, django_capture_on_commit_callbacks
):
    with translation.override("en"), django_capture_on_commit_callbacks(execute=True):
        open_account(
            like=mojokerto_officer,
            name="Pengganti uji",
            email="pengganti@contoh.invalid",
            by=east_java_officer,
            address="/",
        )

    assert mailoutbox[0].subject == "Akun Anda di Registri Sentra Batik"
    assert "Petugas kabupaten/kota" in mailoutbox[0].body


@pytest.mark.parametrize(
    ("code", "address", "hour"),
    [
        ("35.76", "/portal/", "09.12 WIB"),
        ("51", "/portal/", "10.12 WITA"),
        ("62", "/portal/", "09.12 WIB"),
        ("94", "/admin/", "11.12 WIT"),
        (None, "/admin/", "09.12 WIB"),
        ("94", "/api/v1/members/", "09.12 WIB"),
    ],
)
def test_a_room_shows_the_hour_of_its_persons_region(rf, code, address, hour):
    request = rf.get(address)
    request.user = SimpleNamespace(is_authenticated=True, region_prefix=code)
    moment = datetime(2026, 2, 7, 2, 12, tzinfo=UTC)

    answer = LocalTimeMiddleware(lambda request: HttpResponse(pukul(moment)))(request)

    assert answer.content.decode() == f"7 Februari 2026 pukul {hour}"
