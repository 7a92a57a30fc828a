"""The pages for engineers: public, true to the code, and with examples that run."""

import html
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from batik_registry.rest.problems import CODES
from tests.api.mirror import Mirror, checksum
from tests.factories import centres as make
from tests.factories.tokens import make_token
from tests.pages import text_of

EXAMPLE = re.compile(r'<code data-kind="(\w+)">(.*?)</code>', re.DOTALL)


def examples(client, kind, **headers):
    page = client.get("/api/", **headers).content.decode()
    return [html.unescape(text) for found, text in EXAMPLE.findall(page) if found == kind]


@pytest.mark.parametrize("address", ["/api/", "/api/masalah/", "/api/docs/"])
def test_whoever_has_no_account_reads_the_pages(client, db, address):
    answer = client.get(address)

    assert answer.status_code == 200
    assert "unsafe" not in answer["Content-Security-Policy"]


def test_each_refusal_leads_to_its_codes_meaning(client, db):
    page = client.get("/api/masalah/").content.decode()

    for code, meaning in CODES.items():
        assert f'id="{code}"' in page
        assert html.escape(str(meaning)) in page
    assert client.get("/api/v1/centres/").json()["type"] == "/api/masalah/#not_authenticated"


def test_the_page_names_the_rates_that_hold(client, db, settings):
    settings.API_TOKEN_RATE, settings.API_SESSION_RATE, settings.API_STRANGER_RATE = 1234, 56, 7

    told = text_of(client.get("/api/"))

    assert "1.234 permintaan per menit; di peramban 56 per orang" in told
    assert "tanpa token yang berlaku: 7 per menit" in told


def test_the_example_of_a_refusal_is_one(client, api, leader):
    (example,) = map(json.loads, examples(client, "json"))

    refused = api(leader).ask("members", sentra="x").json()

    assert example.keys() == refused.keys()
    assert {name: example[name] for name in ("type", "title", "status", "code", "instance")} == {
        name: refused[name] for name in ("type", "title", "status", "code", "instance")
    }


@pytest.fixture
def run_example(client, live_server, leader, monkeypatch):
    """Runs an example of the page, as it stands, against a real server; gives what it prints."""
    monkeypatch.setitem(os.environ, "REGISTRI_TOKEN", make_token(leader)[1])
    host = live_server.url.removeprefix("http://")

    def run(kind, *command):
        example = examples(client, kind, headers={"host": host})[0]
        return subprocess.run([*command, "-c", example], capture_output=True, text=True, check=True).stdout

    return run


@pytest.mark.django_db(transaction=True)
def test_the_python_example_walks_through_all_centres(run_example):
    centres = [make.make_centre() for _time in range(2)]

    told = run_example("python", sys.executable)

    assert sorted(told.splitlines()) == sorted(f"{one.code} {one.name}" for one in centres)


@pytest.mark.skipif(shutil.which("curl") is None, reason="no curl on this machine")
@pytest.mark.django_db(transaction=True)
def test_the_curl_example_asks_for_a_few_centres(run_example):
    centre = make.make_centre()

    told = json.loads(run_example("sh", "bash"))

    assert told["results"] == [{"id": str(centre.pk), "code": centre.code, "name": centre.name}]


@pytest.mark.django_db(transaction=True)
def test_the_examples_of_digests_prove_a_copy(client, api, programme_staff):
    for name in ("Batik “Sekar” \\ contoh", "Bâtik é\t𝄞"):
        make.make_member(business_name=name)
    mirror = Mirror(api(programme_staff), types="members")
    mirror.load()
    (told,) = api(programme_staff).get("digests", types="members", cursor=mirror.cursor)["results"]

    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE salinan (type text, data jsonb)")
        lines = [("members", json.dumps(row)) for row in mirror.rows.values()]
        cursor.executemany("INSERT INTO salinan VALUES (%s, %s)", lines)
        cursor.execute(examples(client, "sql")[0])
        ((_type, count, total),) = cursor.fetchall()
        cursor.execute("DROP TABLE salinan")

    assert Path("templates/api/examples/digest.py.txt").read_text() in examples(client, "python")
    assert checksum(mirror.rows.values()) == told["checksum"]
    assert (count, f"{int(total) % 2**64:016x}") == (told["count"], told["checksum"])
