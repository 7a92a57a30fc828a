"""Open data: the same rows and fields in every format, explained, and listed for machines."""

import csv
import io
import json
import re
from zipfile import ZipFile

import pytest
from django.core.management import call_command
from PIL import Image

from batik_registry.models import VerificationStatus
from public.datasets import DATASETS
from tests.api.canaries import mark
from tests.factories import centres as make
from tests.factories import events as make_events

#: What DCAT-AP 3 calls mandatory or recommended; its shapes are not to be had from PyPI.
REQUIRED = {
    "dcat:Catalog": {"dct:title", "dct:description", "dct:publisher", "dcat:dataset"},
    "dcat:Dataset": {"dct:title", "dct:description", "dcat:distribution", "dct:publisher", "dcat:keyword"},
    "dcat:Distribution": {"dcat:accessURL", "dcat:mediaType", "dct:format"},
    "foaf:Agent": {"foaf:name"},
}


@pytest.fixture
def maja(places, validated):
    return make.make_maja_barama(
        latitude="-7.4712", longitude="112.4343", member_count_declared=12, profile="=1+1, kain", **validated
    )


def rows_of(text):
    return [row for row in csv.DictReader(io.StringIO(text)) if not row["id"].startswith("#")]


def test_each_format_tells_the_same_rows(visitor, maja):
    make.make_centre(verification_status=VerificationStatus.VERIFIED)

    (row,) = rows_of(visitor.get("/data/sentra.csv").content.decode())
    line, foot = map(json.loads, visitor.get("/data/sentra.ndjson").content.decode().splitlines())
    (feature,) = visitor.get("/data/sentra.geojson").json()["features"]
    book = unpacked(visitor.get("/data/sentra.xlsx").content, "xlsx")

    assert row["code"] == line["code"] == feature["properties"]["code"] == maja.code
    assert feature["geometry"]["coordinates"] == [112.4343, -7.4712]
    assert row["profile"] == "'=1+1, kain"  # no formula in a spreadsheet
    assert foot["count"] == 1
    assert maja.code.encode() in book


@pytest.mark.parametrize("address", ["/data/sentra.exe", "/data/anggota.csv", "/data/kegiatan.geojson"])
def test_what_is_not_offered_is_missing(visitor, address):
    assert visitor.get(address).status_code == 404


def test_no_word_that_is_not_public_stands_in_any_file(visitor, maja, validated):
    kept = {name: getattr(maja, name) for name in DATASETS["sentra"].columns if name not in ("updated_at", "id")}
    hidden = [make.make_centre(), make.make_facility(centre=maja), make_events.make_event(), make.make_member()]
    assert mark(maja, "kenari-rahasia")
    plain = {
        name: value
        for name, value in kept.items()
        if not maja._meta.get_field(name).generated and name != "region_code"
    }
    type(maja).objects.filter(pk=maja.pk).update(**plain)
    for record in hidden:
        assert mark(record, "kenari-rahasia")

    for name, data in DATASETS.items():
        for form in data.formats:
            content = visitor.get(f"/data/{name}.{form}").content
            assert b"kenari" not in unpacked(content, form), (name, form)


def unpacked(content, form):
    if form != "xlsx":
        return content
    book = ZipFile(io.BytesIO(content))
    return b"".join(map(book.read, book.namelist()))


def test_the_catalogue_has_what_dcat_ap_asks_for(visitor, maja, settings):
    settings.DATA_LICENCE_URL = "https://creativecommons.org/licenses/by/4.0/"
    answer = visitor.get("/data/katalog.jsonld")
    found = []

    def walk(node):
        if isinstance(node, dict):
            found.append(node)
            list(map(walk, node.values()))
        elif isinstance(node, list):
            list(map(walk, node))

    walk(answer.json())
    typed = [node for node in found if node.get("@type") in REQUIRED]

    assert answer["Content-Type"] == "application/ld+json"
    assert {node["@type"] for node in typed} == set(REQUIRED)
    assert [node["@id"] for node in typed if REQUIRED[node["@type"]] - set(node)] == []
    assert all(node["@id"].startswith("http://testserver/") for node in typed)
    assert all(node["dct:license"]["@id"] for node in typed if node["@type"] == "dcat:Distribution")
    assert all(
        visitor.get(node["dcat:downloadURL"]["@id"]).status_code == 200
        for node in typed
        if node["@type"] == "dcat:Distribution"
    )


def test_no_licence_is_told_until_the_ministry_fixes_one(visitor, maja):
    assert "belum ditetapkan" in visitor.get("/data/").content.decode()
    assert "dct:license" not in visitor.get("/data/katalog.jsonld").json()


def test_every_column_is_explained(visitor, maja):
    page = visitor.get("/data/").content.decode()

    for data in DATASETS.values():
        for name, field in data.columns.items():
            assert f"<code>{name}</code>" in page
            assert field.verbose_name


def test_search_engines_find_each_page_and_no_room(visitor, maja):
    addresses = re.findall("<loc>http://testserver(.*?)</loc>", visitor.get("/sitemap.xml").content.decode())

    assert "/sentra/SB-3576-001-sentra-ikm-batik-maja-barama-wastra/" in addresses
    assert {visitor.get(address).status_code for address in addresses} == {200}
    assert "Disallow: /portal/" in visitor.get("/robots.txt").content.decode()


def test_the_picture_beside_a_link_is_drawn_from_the_map(settings, tmp_path):
    settings.BASE_DIR = tmp_path
    (tmp_path / "static" / "img").mkdir(parents=True)

    call_command("draw_picture", verbosity=0, stdout=io.StringIO())

    with Image.open(tmp_path / "static" / "img" / "og.png") as picture:
        assert picture.size == (1200, 630)
