"""The pages for engineers: public, true to the code, and with examples that run."""

import html
import json
import os
import re
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
    settings.API_TOKEN_RATE, settings.API_SESSION_RATE = 1234, 56

    told = text_of(client.get("/api/"))

    assert "1.234 permintaan per menit; di peramban 56 per orang" in told


def test_the_example_of_a_refusal_is_one(client, api, leader):
    (example,) = map(json.loads, examples(client, "json"))

    refused = api(leader).ask("members", sentra="x").json()

    assert example.keys() == refused.keys()
    assert {name: example[name] for name in ("type", "title", "status", "code", "instance")} == {
        name: refused[name] for name in ("type", "title", "status", "code", "instance")
    }


@pytest.mark.django_db(transaction=True)
def test_the_quick_start_runs_as_it_stands(client, live_server, leader, monkeypatch):
    centre = make.make_centre(name="Sentra contoh mulai cepat")
    host = live_server.url.removeprefix("http://")
    monkeypatch.setitem(os.environ, "REGISTRI_TOKEN", make_token(leader)[1])

    (curl,) = examples(client, "sh", headers={"host": host})
    walk = examples(client, "python", headers={"host": host})[0]

    found = subprocess.run(["bash", "-c", curl], capture_output=True, text=True, check=True)
    assert json.loads(found.stdout)["results"] == [{"id": str(centre.pk), "code": centre.code, "name": centre.name}]
    found = subprocess.run([sys.executable, "-c", walk], capture_output=True, text=True, check=True)
    assert found.stdout == f"{centre.code} {centre.name}\n"


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
