"""Lists and single records: in scope, by key, in the shape that was asked for."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from centres.models import Centre, Member
from changes.models import PersonalRead
from tests.factories import centres as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def members(places):
    return [make.make_member(regency_id=code, business_name=f"Batik {code}") for code in ("35.76", "33.14", "35.76")]


def ids(rows):
    return sorted(row["id"] for row in rows)


def keys(records):
    return sorted(str(one.pk) for one in records)


def test_an_officers_token_reads_its_region_alone(api, mojokerto_officer, members):
    assert ids(api(mojokerto_officer).get("members")["results"]) == keys([members[0], members[2]])


def test_a_record_of_another_region_and_a_missing_one_answer_alike(api, mojokerto_officer, members):
    reader = api(mojokerto_officer)
    answers = [reader.ask(f"members/{key}") for key in (members[1].pk, uuid4())]

    assert [answer.status_code for answer in answers] == [404, 404]
    told = [answer.json() | {"instance": ""} for answer in answers]
    assert told[0] == told[1]
    assert told[0]["code"] == "not_found"


def test_a_foreign_and_a_missing_key_in_a_filter_answer_alike(api, mojokerto_officer, members):
    foreign = make.make_membership(member=members[1], centre=make.make_centre(regency_id="33.14"))
    reader = api(mojokerto_officer)

    answers = [reader.get("memberships", centre=key) for key in (foreign.centre_id, uuid4())]

    assert answers[0] == answers[1] == {"results": [], "next": None}


def test_a_walk_through_rows_of_one_moment_ends_and_meets_each_once(api, programme_staff, members):
    Member.objects.update(updated_at=timezone.now() - timedelta(days=1))

    found = api(programme_staff).all("members", ordering="-updated_at", limit=1)

    assert ids(found) == keys(members)


@pytest.mark.parametrize("ordering", ["id", "-id", "business_name", "-business_name", "updated_at"])
def test_rows_that_come_while_one_walks_are_neither_skipped_nor_repeated(api, programme_staff, members, ordering):
    reader = api(programme_staff)
    page = reader.get("members", ordering=ordering, limit=2)
    met = [row["id"] for row in page["results"]]

    for name in ("A", "Batik 35.76", "Z"):
        make.make_member(business_name=name)
    while page["next"]:
        page = reader.client.get(page["next"]).json()
        met += [row["id"] for row in page["results"]]

    assert len(set(met)) == len(met)
    assert set(keys(members)) <= set(met)


@pytest.mark.parametrize(
    ("query", "code", "named"),
    [
        ({"sentra": "x"}, "unknown_parameter", "sentra"),
        ({"wilayah": "35"}, "unknown_parameter", "wilayah"),
        ({"limit": "0"}, "invalid_parameter", "limit"),
        ({"limit": "1001"}, "invalid_parameter", "limit"),
        ({"limit": "²"}, "invalid_parameter", "limit"),
        ({"ordering": "nib"}, "invalid_parameter", "ordering"),
        ({"cursor": "kosong"}, "invalid_parameter", "cursor"),
        ({"fields": "owner_name"}, "invalid_parameter", "fields"),
        ({"expand": "owner"}, "invalid_parameter", "expand"),
        ({"count": "ya"}, "invalid_parameter", "count"),
        ({"as_of": "kemarin"}, "invalid_parameter", "as_of"),
        ({"status": "TIDAK_ADA"}, "invalid", "status"),
    ],
)
def test_what_an_address_asks_and_nobody_knows_is_refused_by_its_name(api, leader, query, code, named):
    answer = api(leader).ask("members", **query)

    told = answer.json()
    assert (answer.status_code, answer["Content-Type"], told["code"]) == (400, "application/problem+json", code)
    assert told["errors"]
    assert named in str(told)


def test_an_answer_has_the_fields_that_were_asked_for(api, programme_staff, members):
    reader = api(programme_staff)

    assert set(reader.get("members", fields="id,business_name")["results"][0]) == {"id", "business_name"}
    assert "business_name" not in reader.get("members", omit="business_name")["results"][0]


def test_a_reference_is_told_in_full_only_within_scope(api, mojokerto_officer, members):
    guest = make.make_membership(member=members[0], centre=make.make_centre(regency_id="33.14"))
    own = make.make_membership(member=members[2], centre=make.make_centre())

    found = {row["id"]: row for row in api(mojokerto_officer).get("memberships", expand="centre,member")["results"]}

    assert found[str(own.pk)]["centre"]["name"] == own.centre.name
    assert found[str(guest.pk)]["centre"] == str(guest.centre_id)
    assert found[str(guest.pk)]["member"]["business_name"] == members[0].business_name


def test_a_search_finds_words_of_one_root_and_other_spellings(api, programme_staff, places):
    centre = make.make_centre(name="Kampung Batik Barama")
    make.make_centre(name="Sukowati", commodity="TENUN")
    reader = api(programme_staff)

    found = [ids(reader.get("centres", q=text)["results"]) for text in ("membatik", "Bharama")]

    assert found == [keys([centre])] * 2


def test_personal_fields_are_for_a_token_with_the_grant_and_each_reading_is_kept(api, mojokerto_officer, members):
    plain = api(mojokerto_officer).get("members")["results"][0]
    assert "owner_name" not in plain
    assert not PersonalRead.objects.exists()

    granted = api(mojokerto_officer, reads_personal=True, agreement="PKS contoh 1", purpose="Pemadanan contoh")
    row = granted.get(f"members/{members[0].pk}")

    assert row["owner_name"] == "Pemilik contoh"
    assert not {"owner_nik", "npwp"} & set(row)
    read = PersonalRead.objects.get()
    assert (read.record_id, read.by, read.reason) == (str(members[0].pk), mojokerto_officer, "Pemadanan contoh")


def test_expanding_personal_fields_is_kept_too(api, mojokerto_officer, members):
    make.make_membership(member=members[0])
    granted = api(mojokerto_officer, reads_personal=True, agreement="PKS contoh 1")

    granted.get("memberships", expand="member")

    assert PersonalRead.objects.get().record_id == str(members[0].pk)


def test_a_system_of_others_sees_only_whom_agreed(api, api_client, members):
    Member.objects.filter(pk=members[1].pk).update(public_profile=True, consent_version="1", consent_at=timezone.now())
    for member in members:
        make.make_membership(member=member)
    reader = api(api_client)

    assert ids(reader.get("members")["results"]) == [str(members[1].pk)]
    assert [row["member"] for row in reader.get("memberships")["results"]] == [str(members[1].pk)]


def test_an_unchanged_list_is_not_made_again(api, leader, members, django_assert_max_num_queries):
    reader = api(leader)
    tag = reader.ask("members")["ETag"]

    with django_assert_max_num_queries(6) as asked:
        answer = reader.ask("members", headers={"if-none-match": tag})

    assert answer.status_code == 304
    assert not any('FROM "centres_member"' in one["sql"] for one in asked)
    make.make_member()
    assert reader.ask("members", headers={"if-none-match": tag}).status_code == 200


def test_an_unchanged_record_is_not_made_again(api, leader, members):
    reader, path = api(leader), f"members/{members[0].pk}"
    tag = reader.ask(path)["ETag"]

    assert tag == f'"{members[0].row_version}"'
    assert reader.ask(path, headers={"if-none-match": tag}).status_code == 304
    members[0].business_name = "Batik lain"
    members[0].save()
    assert reader.ask(path, headers={"if-none-match": tag}).status_code == 200


def test_rows_are_counted_when_asked(api, leader, members):
    assert "count" not in api(leader).get("members")
    assert api(leader).get("members", count="exact", limit=1)["count"] == 3
    assert api(leader).get("members", count="approximate")["count_is_estimate"]


def test_without_a_token_one_is_told_how_to_bring_one(client, db):
    answer = client.get("/api/v1/centres/")

    assert (answer.status_code, answer.json()["code"]) == (401, "not_authenticated")
    assert "Bearer" in answer["WWW-Authenticate"]


@pytest.mark.parametrize("path", ["members/bukan-uuid", "tidak-ada"])
def test_an_address_that_leads_nowhere_is_a_problem_too(api, leader, path):
    answer = api(leader).ask(path)

    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")
    assert answer.json()["code"] == "not_found"
    assert answer.json()["errors"]


def test_a_record_is_told_as_it_was_recorded(api, leader, members):
    before = timezone.now()
    Member.objects.filter(pk=members[0].pk).update(business_name="Nama baru")
    late = make.make_member()
    reader = api(leader)

    assert reader.get(f"members/{members[0].pk}", as_of=before.isoformat())["business_name"] == "Batik 35.76"
    assert reader.get(f"members/{members[0].pk}")["business_name"] == "Nama baru"
    assert reader.ask(f"members/{late.pk}", as_of=before.isoformat()).status_code == 404
    then = reader.get("members", as_of=before.isoformat(), region_code="35")["results"]
    assert ids(then) == keys([members[0], members[2]])


def test_a_reference_is_told_as_of_the_same_moment(api, leader, mojokerto_officer, members):
    place = make.make_membership(member=members[0], centre=make.make_centre(name="Nama lama"))
    guest = make.make_membership(member=members[0], centre=make.make_centre(regency_id="33.14"))
    before = timezone.now()
    Centre.objects.update(name="Nama baru")
    late = make.make_membership(member=members[0], centre=make.make_centre())
    made, path = timezone.now(), f"memberships/{place.pk}"

    def told(reader, moment):
        rows = api(reader).get("memberships", expand="centre", as_of=moment.isoformat())["results"]
        return {row["id"]: row["centre"] for row in rows}

    assert told(leader, before)[str(place.pk)]["name"] == "Nama lama"
    assert told(leader, made)[str(place.pk)]["name"] == "Nama baru"
    assert api(leader).get(path, expand="centre", as_of=before.isoformat())["centre"]["name"] == "Nama lama"
    assert told(mojokerto_officer, before)[str(guest.pk)] == str(guest.centre_id)
    assert str(late.pk) not in told(leader, before)
