"""The same rows in other formats: nothing missing, nothing else, never cut unnoticed, never a formula."""

import gzip
import json
from datetime import datetime, timedelta
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.db import models
from django.utils import timezone

from batik_registry.rest import documents, formats, resources, workbooks
from batik_registry.spreadsheets import DANGEROUS, harmless
from centres.models import Member
from changes.models import PersonalRead
from tests.api.canaries import of_everything
from tests.api.files import CutError, csv_rows, ndjson_rows, sheet
from tests.factories import centres as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def members(places):
    return [make.make_member(regency_id=code, business_name=f"Batik {code}") for code in ("35.76", "33.14", "35.76")]


@pytest.fixture
def everything(places):
    return of_everything("35.76")


@pytest.fixture
def staff(api, programme_staff):
    """Reads every field of everything."""
    return api(programme_staff, reads_personal=True, agreement="PKS contoh 1")


def content_of(answer):
    assert answer.status_code == 200, answer.content
    return b"".join(answer.streaming_content)


def ask(reader, path, **query):
    """The answer, of which nobody needs what it tells."""
    answer = reader.ask(path, **query)
    if answer.streaming:
        content_of(answer)
    return answer


def download(reader, path, **query):
    return content_of(reader.ask(path, **query))


def as_text(value):
    """A value of JSON as it stands in a cell of CSV."""
    if isinstance(value, list):
        value = "; ".join(value)
    if isinstance(value, dict | bool):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, str) and not is_number(value):
        return harmless(value)
    return "" if value is None else str(value)


def is_number(text):
    try:
        return Decimal(text) is not None
    except ArithmeticError:
        return False


def as_cell(column, value):
    """A value of JSON as it stands in a cell of a workbook."""
    if isinstance(value, list):
        return "; ".join(value) or None
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False)
    if value in (None, ""):
        return None
    if isinstance(column, models.DateField):
        moment = datetime.fromisoformat(value)
        moment = timezone.localtime(moment).replace(tzinfo=None) if moment.tzinfo else moment
        return pytest.approx((moment - datetime(1899, 12, 30)) / timedelta(days=1))  # noqa: DTZ001
    is_measure = isinstance(column, models.DecimalField)
    return float(value) if is_measure or (isinstance(value, int) and not isinstance(value, bool)) else value


def test_every_resource_tells_the_same_in_every_format(staff, everything):
    for name, view in resources.registered().items():
        rows = staff.all(name, limit=1000)
        columns = view.all_columns()
        assert rows, name

        assert ndjson_rows(download(staff, name, format="ndjson")) == rows
        assert csv_rows(download(staff, name, format="csv")) == [
            {key: as_text(value) for key, value in row.items()} for row in rows
        ]
        labels, names, *cells = sheet(download(staff, name, format="xlsx"))
        assert names == list(rows[0])
        assert len(labels) == len(names)
        for row, found in zip(rows, cells, strict=True):
            found += [None] * (len(names) - len(found))
            assert found == [as_cell(columns[key], value) for key, value in row.items()]


@pytest.mark.parametrize("name", ["regions", "centres", "facilities", "members"])
def test_what_has_a_place_is_told_as_a_map_by_pages(staff, everything, name):
    rows = staff.all(name, limit=1000)

    page = staff.get(name, format="geojson", limit=1, count="exact")
    found = page["features"]
    while page["next"]:
        answer = staff.client.get(page["next"])
        assert answer["Content-Type"] == "application/geo+json"
        page = answer.json()
        found += page["features"]

    assert (page["type"], page["count"]) == ("FeatureCollection", len(rows))
    assert [one["properties"] for one in found] == rows
    for row, feature in zip(rows, found, strict=True):
        assert (feature["type"], feature["id"]) == ("Feature", row.get("id") or row["code"])
        told = row["latitude"] and {
            "type": "Point",
            "coordinates": [float(row["longitude"]), float(row["latitude"])],
        }
        assert feature["geometry"] == told
    assert {one["geometry"] is None for one in found} >= {False}


def test_a_map_has_the_place_whatever_fields_are_asked_for(staff):
    make.make_member(latitude="-7.471234", longitude="112.434321")

    found = staff.get("members", format="geojson", fields="business_name")["features"][0]

    assert found["geometry"]["coordinates"] == [112.434321, -7.471234]
    assert list(found["properties"]) == ["business_name"]
    assert PersonalRead.objects.count() == 1  # where a member works may be where somebody lives


def test_no_map_for_whoever_may_not_read_the_place(api, leader, members):
    answer = api(leader).ask("members", format="geojson")

    assert (answer.status_code, answer.json()["code"]) == (400, "invalid_parameter")
    assert "letak" in answer.json()["detail"]
    answer = api(leader).ask("members", headers={"accept": "application/geo+json"})
    assert (answer.status_code, answer.json()["code"]) == (406, "not_acceptable")


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("", "application/json"),
        ("*/*", "application/json"),
        ("text/html,application/xhtml+xml,*/*;q=0.8", "application/json"),
        ("application/json; charset=utf-8", "application/json"),
        ("text/csv", "text/csv; charset=utf-8"),
        ("text/csv;q=0.4, application/x-ndjson;q=0.5", "application/x-ndjson"),
        ("application/geo+json, application/json;q=0.5", "application/json"),
        (formats.MEDIA_TYPES["xlsx"], formats.MEDIA_TYPES["xlsx"]),
    ],
)
def test_a_client_says_what_it_accepts(api, leader, members, accept, media_type):
    answer = ask(api(leader), "memberships", headers={"accept": accept} if accept else {})

    assert (answer.status_code, answer["Content-Type"]) == (200, media_type)
    assert "Accept" in answer["Vary"]


def test_the_address_wins_over_what_is_accepted(api, leader, members):
    answer = api(leader).ask("members", format="ndjson", headers={"accept": "text/csv"})

    assert answer["Content-Type"] == "application/x-ndjson"


@pytest.mark.parametrize("path", ["members", "members/00000000-0000-7000-8000-000000000000"])
def test_a_format_that_is_not_there_is_refused_in_json(api, leader, path):
    answer = api(leader).ask(path, format="pdf")
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid_parameter")
    assert "json" in answer.json()["detail"]

    answer = api(leader).ask(path, headers={"accept": "application/pdf"})
    assert (answer.status_code, answer.json()["code"]) == (406, "not_acceptable")
    assert answer["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("name", formats.WHOLE)
@pytest.mark.parametrize("query", [{"limit": "5"}, {"cursor": "x"}, {"count": "exact"}, {"expand": "region"}])
def test_what_only_pages_have_is_refused_for_whole_lists(api, leader, name, query):
    answer = api(leader).ask("members", format=name, **query)

    assert (answer.status_code, answer.json()["code"]) == (400, "invalid_parameter")
    assert next(iter(query)) in answer.json()["detail"]


def test_an_unknown_filter_is_refused_before_anything_is_sent(api, leader):
    assert api(leader).ask("members", format="csv", sentra="x").json()["code"] == "unknown_parameter"
    assert api(leader).ask("members", format="csv", fields="id", omit="id").json()["code"] == "invalid_parameter"


@pytest.mark.parametrize(("name", "rows_of"), [("csv", csv_rows), ("ndjson", ndjson_rows)])
def test_filters_orders_and_fields_hold_for_all_formats(api, leader, members, name, rows_of):
    query = {"region_code": "35", "ordering": "-id", "fields": "id,business_name"}
    reader = api(leader)

    found = rows_of(download(reader, "members", format=name, **query))

    assert found == reader.get("members", **query)["results"]
    assert len(found) == 2


@pytest.mark.parametrize(("name", "rows_of"), [("csv", csv_rows), ("ndjson", ndjson_rows)])
def test_a_list_without_rows_has_its_foot(api, leader, members, name, rows_of):
    assert rows_of(download(api(leader), "members", format=name, region_code="11")) == []


@pytest.mark.parametrize(("name", "rows_of"), [("csv", csv_rows), ("ndjson", ndjson_rows)])
def test_a_past_moment_is_told_in_all_formats(api, leader, members, name, rows_of):
    before = timezone.now()
    Member.objects.filter(pk=members[0].pk).update(business_name="Nama baru")
    make.make_member()

    found = rows_of(download(api(leader), "members", format=name, as_of=before.isoformat(), ordering="business_name"))

    assert [row["business_name"] for row in found] == ["Batik 33.14", "Batik 35.76", "Batik 35.76"]


def test_a_workbook_tells_a_past_moment(api, leader, members):
    before = timezone.now()
    Member.objects.all().update(business_name="Nama baru")

    cells = sheet(download(api(leader), "members", format="xlsx", as_of=before.isoformat(), fields="business_name"))

    assert sorted(row[0] for row in cells[2:]) == ["Batik 33.14", "Batik 35.76", "Batik 35.76"]


def test_whole_lists_are_read_in_parts(api, leader, members, monkeypatch):
    monkeypatch.setattr(documents, "PART", 1)

    pieces = list(api(leader).ask("members", format="ndjson").streaming_content)

    assert [piece.count(b"\n") for piece in pieces] == [1, 1, 1, 1]
    assert len(ndjson_rows(b"".join(pieces))) == 3


@pytest.mark.parametrize(("name", "rows_of"), [("csv", csv_rows), ("ndjson", ndjson_rows)])
def test_a_file_that_was_cut_or_changed_anywhere_is_noticed(api, leader, members, name, rows_of):
    whole = download(api(leader), "members", format=name, fields="business_name")
    assert len(rows_of(whole)) == 3

    for end in range(len(whole)):
        with pytest.raises(CutError):
            rows_of(whole[:end])
    with pytest.raises(CutError):
        rows_of(whole.replace(b"33.14", b"33.15"))


@pytest.mark.parametrize("first", DANGEROUS)
def test_no_text_becomes_a_formula(api, leader, members, first):
    Member.objects.update(business_name=f"{first}1+1", kbli_codes=[f"{first}2", "3"])
    reader = api(leader)
    query = {"fields": "business_name,kbli_codes"}

    row = csv_rows(download(reader, "members", format="csv", **query))[0]
    assert row == {"business_name": f"'{first}1+1", "kbli_codes": f"'{first}2; 3"}
    cells = sheet(download(reader, "members", format="xlsx", **query))[2]  # a formula would be refused there
    assert [cell.replace("_x000D_", "\r") for cell in cells] == [f"{first}1+1", f"{first}2; 3"]


def test_a_number_below_zero_stays_a_number(staff):
    make.make_member(latitude="-7.471234", longitude="112.434321")

    assert csv_rows(download(staff, "members", format="csv"))[0]["latitude"] == "-7.471234"


def test_a_workbook_says_what_it_is(api, leader, members):
    content = download(api(leader), "members", format="xlsx", region_code="35", fields="id,business_name")

    labels, names = sheet(content)[:2]
    assert (labels, names) == (["Id", "Nama usaha"], ["id", "business_name"])
    told = {row[0]: row[1] for row in sheet(content, 2)}
    assert told["Banyaknya baris"] == 2
    assert told["Parameter region_code"] == "35"
    assert told["Sumber"] == "Registri Sentra Batik"


def test_a_workbook_longer_than_a_sheet_is_refused_with_what_to_do(api, leader, members, monkeypatch):
    monkeypatch.setattr(workbooks, "MAX_ROWS", 2)

    answer = api(leader).ask("members", format="xlsx")

    assert (answer.status_code, answer.json()["code"]) == (400, "invalid_parameter")
    assert "csv" in answer.json()["detail"]
    assert len(sheet(download(api(leader), "members", format="xlsx", region_code="35"))) == 4


def test_what_a_sheet_cannot_hold_stays_whole_or_is_said():
    column = SimpleNamespace(verbose_name="angka")
    rows = [documents.Row(json.dumps({"x": value})) for value in (10**16, "a" * 40_000)]

    with workbooks.workbook({"x": column}, [rows], []) as file:
        content = file.read()

    assert sheet(content)[2:] == [[10.0**16], ["a" * 32_767]]
    assert "1 sel" in str(sheet(content, 2))


@pytest.mark.parametrize(
    ("value", "told"),
    [("1234567890123.45", 1234567890123.45), ("12345678901234.567", "12345678901234.567"), (10**15, str(10**15))],
)
def test_numbers_that_a_sheet_would_round_are_texts(value, told):
    assert workbooks.value_of(models.DecimalField())(value) == told


@pytest.mark.parametrize("name", formats.WHOLE)
def test_an_unchanged_list_is_not_made_again_in_any_format(api, leader, members, name, django_assert_max_num_queries):
    reader = api(leader)
    tag = ask(reader, "members", format=name)["ETag"]

    with django_assert_max_num_queries(6) as asked:
        assert reader.ask("members", format=name, headers={"if-none-match": tag}).status_code == 304
    assert not any('FROM "centres_member"' in one["sql"] for one in asked)
    accept = {"accept": formats.MEDIA_TYPES[name], "if-none-match": reader.ask("members")["ETag"]}
    assert ask(reader, "members", headers=accept).status_code == 200
    make.make_member()
    assert ask(reader, "members", format=name, headers={"if-none-match": tag}).status_code == 200


def test_a_download_has_a_name_and_is_compressed_for_whoever_can(api, leader, members):
    answer = api(leader).ask("operation-reports", format="csv", headers={"accept-encoding": "gzip"})

    assert answer["Content-Disposition"] == (
        f'attachment; filename="operation-reports-{timezone.localdate():%Y-%m-%d}.csv"'
    )
    for _time in range(20):
        make.make_member()
    answer = api(leader).ask("members", format="csv", headers={"accept-encoding": "gzip"})
    assert answer["Content-Encoding"] == "gzip"
    assert len(csv_rows(gzip.decompress(content_of(answer)))) == 23


@pytest.mark.parametrize("name", [*formats.WHOLE, "geojson"])
def test_each_reading_of_personal_data_is_kept_in_every_format(api, mojokerto_officer, members, name):
    plain = {} if name != "geojson" else {"status_code": 400}
    answer = api(mojokerto_officer).ask("members", format=name)
    assert answer.status_code == plain.get("status_code", 200)
    if answer.streaming:
        assert b"Pemilik contoh" not in content_of(answer)
    assert not PersonalRead.objects.exists()

    granted = api(mojokerto_officer, reads_personal=True, agreement="PKS contoh 1", purpose="Pemadanan contoh")
    answer = granted.ask("members", format=name)
    if answer.streaming:
        content_of(answer)

    kept = PersonalRead.objects.values_list("record_id", "by", "reason")
    own = (members[0], members[2])
    assert set(kept) == {(str(one.pk), mojokerto_officer.pk, "Pemadanan contoh") for one in own}


@pytest.mark.django_db(transaction=True)
def test_what_was_sent_before_the_client_left_is_kept_as_read(api, programme_staff, monkeypatch):
    monkeypatch.setattr(documents, "PART", 1)
    for _time in range(3):
        make.make_member()
    granted = api(programme_staff, reads_personal=True, agreement="PKS contoh 1")
    answer = granted.ask("members", format="ndjson")
    pieces = iter(answer.streaming_content)
    first = json.loads(next(pieces))

    answer.close()

    assert [one.record_id for one in PersonalRead.objects.all()] == [first["id"]]


@pytest.mark.django_db(transaction=True)
def test_rows_that_are_written_meanwhile_are_not_in_the_file(api, leader, places, monkeypatch):
    monkeypatch.setattr(documents, "PART", 1)
    first, last = make.make_member(), make.make_member()
    pieces = iter(api(leader).ask("members", format="ndjson", fields="id,business_name").streaming_content)
    content = next(pieces)

    Member.objects.filter(pk=last.pk).update(business_name="Kemudian")
    content += b"".join(pieces)

    assert [row["id"] for row in ndjson_rows(content)] == [str(first.pk), str(last.pk)]
    assert b"Kemudian" not in content


def test_the_right_to_read_is_the_right_to_download(api, leader, members):
    """Page by page the same rows could be had anyway."""
    assert not leader.may.export(Member)
    assert len(ndjson_rows(download(api(leader), "members", format="ndjson"))) == 3

    assert api(leader, "centre:read").ask("members", format="csv").status_code == 403
