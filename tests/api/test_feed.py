"""The change feed: nothing missed, nothing twice, one order, and a copy that can prove itself."""

import json
import threading
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from django.db import connection, transaction

from centres.models import Member
from changes import actions, feed
from tests.api.mirror import Mirror, checksum
from tests.factories import centres as make

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def reader(api, programme_staff):
    return api(programme_staff)


def kinds_of(mirror, record):
    return [event["kind"] for event in mirror.events if event["id"] == str(record.pk)]


def test_a_change_is_told_once_with_the_row_after_it(reader):
    mirror = Mirror(reader, types="members")
    member = make.make_member(business_name="Batik contoh A")
    mirror.follow()
    member.business_name = "Batik contoh B"
    member.save()

    mirror.follow()

    assert kinds_of(mirror, member) == ["created", "updated"]
    assert mirror.rows["members", str(member.pk)]["business_name"] == "Batik contoh B"
    mirror.follow()
    assert len(mirror.events) == 2


@pytest.mark.parametrize("sealed", [True, False])
def test_the_order_is_the_same_before_and_after_sealing(reader, sealed):
    for _time in range(5):
        make.make_member()
    whole = Mirror(reader, types="members")
    whole.follow()
    if sealed:
        actions.seal()

    pieces = Mirror(reader, types="members")
    pieces.follow(limit=2)

    assert [event["cursor"] for event in pieces.events] == [event["cursor"] for event in whole.events]


@pytest.mark.parametrize("known", [0, 2])
def test_sealing_while_one_reads_repeats_nothing(reader, monkeypatch, known):
    for _time in range(known):
        make.make_member()
    mirror = Mirror(reader, types="members")
    mirror.follow()
    for _time in range(3):
        make.make_member()
    position_of = feed._position_of

    def sealed_meanwhile(cursor, seq):
        actions.seal()
        return position_of(cursor, seq)

    monkeypatch.setattr(feed, "_position_of", sealed_meanwhile)

    mirror.follow()

    assert len(mirror.events) == known + 3


def test_a_held_transaction_delays_what_comes_after_it_and_loses_nothing(reader):
    member = make.make_member()
    mirror = Mirror(reader, types="members")
    mirror.follow()
    wrote, go = threading.Event(), threading.Event()

    def hold():
        try:
            with transaction.atomic():
                held = make.make_member(business_name="Batik tertahan")
                wrote.set()
                go.wait(10)
                return held
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(hold)
        wrote.wait(10)
        member.business_name = "Batik kemudian"
        member.save()
        answer = reader.get("changes", after=mirror.cursor, types="members")
        mirror.follow()
        assert mirror.events[1:] == []
        assert answer["feed_lag_seconds"] > 0
        go.set()
        held = waiting.result()

    mirror.follow()
    told = [(event["id"], event["kind"]) for event in mirror.events[1:]]
    assert told == [(str(held.pk), "created"), (str(member.pk), "updated")]


@pytest.mark.parametrize("ending", ["renamed", "deleted"])
def test_a_transaction_that_began_first_and_wrote_last_has_the_last_word(reader, ending):
    """Its number is lower, so it is told first; what was told then is not undone by the one that it overtook."""
    other, member = make.make_member(), make.make_member()
    mirror = Mirror(reader, types="members")
    mirror.load()
    ours = Member.objects.filter(pk=member.pk)

    def overtaken():
        try:
            Member.objects.filter(pk=member.pk).update(business_name="Batik yang didahului")
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool, transaction.atomic():
        Member.objects.filter(pk=other.pk).update(business_name="Batik yang mulai dahulu")
        pool.submit(overtaken).result()
        ours.delete() if ending == "deleted" else ours.update(business_name="Batik terakhir")

    mirror.follow(limit=1)

    place = ("members", str(member.pk))
    if ending == "deleted":
        assert place not in mirror.rows
    else:
        assert kinds_of(mirror, member) == ["updated", "updated"]
        assert mirror.rows[place]["business_name"] == "Batik terakhir"
    assert mirror.is_proven("members")


def test_a_row_that_moves_leaves_one_scope_and_enters_the_other(api, mojokerto_officer, sragen_officer):
    member = make.make_member()
    mirrors = [Mirror(api(officer), types="members") for officer in (mojokerto_officer, sragen_officer)]
    for mirror in mirrors:
        mirror.follow()

    member.regency_id, member.region_id = "33.14", "33.14"
    member.save()

    for mirror in mirrors:
        mirror.follow()
    assert kinds_of(mirrors[0], member) == ["created", "left"]
    assert kinds_of(mirrors[1], member) == ["entered"]
    assert mirrors[0].rows == {}


def test_a_deletion_is_told(reader):
    member = make.make_member()
    mirror = Mirror(reader, types="members")
    mirror.load()
    key = member.pk
    member.delete()

    mirror.follow()

    assert [(event["id"], event["kind"]) for event in mirror.events] == [(str(key), "deleted")]
    assert mirror.rows == {}


def test_a_snapshot_and_the_feed_behind_it_equal_the_tables(reader):
    members = [make.make_member() for _time in range(4)]
    make.make_membership(member=members[0])
    mirror = Mirror(reader)
    mirror.load()
    members[1].business_name = "Batik sesudah salinan"
    members[1].save()
    make.make_centre()

    mirror.follow()

    for name in ("members", "centres", "memberships", "regions"):
        rows = {row.get("id") or row["code"]: row for row in reader.all(name, limit=1000)}
        assert {key: data for (kind, key), data in mirror.rows.items() if kind == name} == rows
        assert mirror.is_proven(name)


def test_a_snapshot_is_had_by_whoever_accepts_its_media_type(reader):
    answer = reader.ask("changes/snapshot", types="members", headers={"accept": "application/x-ndjson"})

    assert (answer.status_code, answer["Content-Type"]) == (200, "application/x-ndjson")
    assert b"sha256" in b"".join(answer.streaming_content)


def test_what_is_written_while_a_snapshot_is_read_comes_with_the_feed(reader):
    member = make.make_member(business_name="Semula")
    lines = iter(reader.ask("changes/snapshot", types="centres,members").streaming_content)
    cursor = json.loads(next(lines))["cursor"]
    member.business_name = "Kemudian"
    member.save()
    late = make.make_member()

    told = [json.loads(line) for part in lines for line in part.splitlines()]

    assert [one["data"]["business_name"] for one in told[:-1]] == ["Semula"]
    events = reader.get("changes", types="centres,members", after=cursor)["results"]
    assert [(one["id"], one["kind"]) for one in events] == [(str(member.pk), "updated"), (str(late.pk), "created")]


def test_a_digest_holds_at_its_cursor_whatever_was_written_since(reader):
    make.make_member()
    mirror = Mirror(reader)
    mirror.load()
    Member.objects.update(business_name="Batik kemudian")
    make.make_member()

    assert mirror.is_proven("members")
    mirror.follow()
    assert mirror.is_proven("members")


def test_one_wrong_row_is_found_in_four_requests(reader):
    members = [make.make_member() for _time in range(6)]
    mirror = Mirror(reader, types="members")
    mirror.load()
    wrong = ("members", str(members[3].pk))
    mirror.rows[wrong] = mirror.rows[wrong] | {"business_name": "Salah"}
    assert not mirror.is_proven("members")

    asked = {"types": "members", "cursor": mirror.cursor, "region": "35"}
    buckets = {one["part"]: one for one in reader.get("digests", by="bucket", **asked)["results"]}
    own = {}
    for (_kind, key), data in mirror.rows.items():
        own.setdefault(key[-2:], []).append(data)
    differs = [bucket for bucket, rows in own.items() if buckets[bucket]["checksum"] != checksum(rows)]
    records = reader.get("digests", by="record", bucket=differs[0], **asked)["results"]
    found = [one["part"] for one in records if one["checksum"] != checksum([mirror.rows["members", one["part"]]])]

    assert found == [str(members[3].pk)]


def test_the_cursor_goes_no_further_than_the_look_though_less_is_safe_a_moment_later(reader, monkeypatch):
    member, mirror = make.make_member(), Mirror(reader, types="members")
    bounds = iter([feed.safe_before(), 0])
    monkeypatch.setattr(feed, "safe_before", lambda: next(bounds))

    mirror.follow()

    assert kinds_of(mirror, member) == ["created"]


def test_an_unknown_cursor_is_refused_with_what_to_do(reader):
    answer = reader.ask("changes", after="99999999")

    assert (answer.status_code, answer.json()["code"]) == (400, "invalid_parameter")
    assert "snapshot" in answer.json()["detail"]


def test_whoever_is_bound_to_centres_has_no_feed(api, centre_manager):
    assert api(centre_manager).ask("changes").status_code == 403


def test_a_transaction_of_another_database_holds_nothing_back_and_changes_no_tag(reader):
    tag = reader.ask("members")["ETag"]
    parameters = connection.get_connection_params()
    options = {name: parameters[name] for name in ("host", "port", "user", "password") if parameters.get(name)}
    with psycopg.connect(dbname="postgres", **options) as elsewhere:
        elsewhere.execute("SELECT pg_current_xact_id()")
        assert reader.ask("members")["ETag"] == tag
        make.make_member()

        assert len(reader.get("changes", types="members")["results"]) == 1
        assert reader.get("changes")["feed_lag_seconds"] == 0
