"""Large files: ordered, made in the background, fetched by whoever ordered them."""

import hashlib
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from accounts.models import ApiToken
from batik_registry.rest import orders
from batik_registry.rest.models import Export
from batik_registry.tasks import make_export
from changes.models import PersonalRead
from tests.factories import centres as make

pytestmark = pytest.mark.django_db
MEMBERS = {"resource": "members", "format": "ndjson", "filters": {"region_code": "35"}}
AGREED = {"reads_personal": True, "agreement": "PKS contoh"}


@pytest.fixture
def members(places):
    return [make.make_member(regency_id=code) for code in ("35.76", "33.14", "35.71")]


def order(reader, asked=MEMBERS, **headers):
    answer = reader.send("post", "exports", asked, **headers)
    assert answer.status_code == 202, answer.content
    return answer


def work():
    """What a worker would do with the jobs that were committed."""
    for job in ProcrastinateJob.objects.filter(task_name="batik_registry.tasks.make_export"):
        make_export(**job.args)


def state_of(reader, ordered):
    return reader.client.get(ordered["Location"]).json()


def fetched(reader, ordered):
    return reader.client.get(ordered["Location"] + "download/")


def content_of(answer):
    assert answer.status_code == 200, answer.content
    return b"".join(answer.streaming_content)


@pytest.mark.parametrize("told_as", ["ndjson", "csv", "xlsx"])
def test_an_ordered_file_is_the_direct_download(api, leader, members, told_as):
    reader = api(leader)

    ordered = order(reader, MEMBERS | {"format": told_as})
    waiting = state_of(reader, ordered)
    work()
    ready, file = state_of(reader, ordered), content_of(fetched(reader, ordered))

    assert (waiting["state"], waiting["download"]) == ("MENUNGGU", None)
    assert (ready["state"], ready["rows"], ready["size_bytes"]) == ("SIAP", 2, len(file))
    assert ready["sha256"] == hashlib.sha256(file).hexdigest()
    assert ready["download"] == ordered["Location"] + "download/"
    if told_as != "xlsx":  # a workbook says when it was made
        assert file == content_of(reader.ask("members", region_code="35", format=told_as))


def test_only_who_ordered_a_file_gets_it(api, leader, programme_staff, members):
    owner = api(leader)
    ordered = order(owner)
    work()

    for other in (api(leader), api(programme_staff)):
        assert state_of(other, ordered)["code"] == "not_found"
        assert fetched(other, ordered).status_code == 404
        assert other.ask("exports").json() == []


@pytest.mark.parametrize(
    ("asked", "named"),
    [
        ({"resource": "sentra"}, "resource"),
        ({"format": "json"}, "format"),
        ({"filters": {"sentra": "x"}}, "sentra"),
        ({"filters": {"limit": "5"}}, "limit"),
        ({"filters": {"fields": "owner_name"}}, "fields"),
        ({"filters": {"ordering": "nib"}}, "ordering"),
        ({"filters": {"status": "TIDAK_ADA"}}, "status"),
        ({"filters": {"as_of": "kemarin"}}, "as_of"),
    ],
)
def test_what_a_direct_download_refuses_cannot_be_ordered(api, leader, asked, named):
    answer = api(leader).send("post", "exports", MEMBERS | asked)

    assert answer.status_code == 400
    assert named in str(answer.json())
    assert not Export.objects.exists()


def test_a_token_orders_what_it_may_read(api, leader):
    assert api(leader, "centre:read").send("post", "exports", MEMBERS).status_code == 403


def test_each_personal_reading_of_an_ordered_file_is_kept(api, mojokerto_officer, members):
    ordered = order(reader := api(mojokerto_officer, **AGREED))
    assert not PersonalRead.objects.exists()

    work()

    assert PersonalRead.objects.values_list("record_id", "by_id").get() == (str(members[0].pk), mojokerto_officer.pk)
    assert b"owner_name" in content_of(fetched(reader, ordered))


def test_rights_that_were_lost_close_the_file(api, leader, members):
    reader = api(leader)
    ordered, later = order(reader), order(reader)
    make_export(export=state_of(reader, ordered)["id"])
    token = ApiToken.objects.get()
    token.scopes = [one for one in token.scopes if one != "member:read"]
    token.save()

    assert fetched(reader, ordered).json()["code"] == "conflict"
    make_export(export=state_of(reader, later)["id"])
    assert state_of(reader, later)["state"] == "GAGAL"


def test_a_revoked_token_gets_no_file_made(api, leader, members):
    order(api(leader))
    ApiToken.objects.update(revoked_at=timezone.now(), revoked_by=leader)

    work()

    assert Export.objects.values_list("state", "size_bytes").get() == ("GAGAL", None)


def test_a_killed_worker_leaves_no_half_file_and_another_takes_it_up(api, leader, members, monkeypatch):
    reader = api(leader)
    ordered = order(reader)
    save = default_storage.save

    def killed(name, content):
        save(name, type(content)(content.file, name))
        raise SystemExit

    with monkeypatch.context() as patched:
        patched.setattr(orders.default_storage, "save", killed)
        with pytest.raises(SystemExit):
            work()
    half = state_of(reader, ordered)
    assert (half["state"], half["download"], fetched(reader, ordered).status_code) == ("DIBUAT", None, 409)

    assert orders.take_up() == 1

    ready = state_of(reader, ordered)
    assert hashlib.sha256(content_of(fetched(reader, ordered))).hexdigest() == ready["sha256"]
    assert default_storage.listdir("exports")[1].count(f"{ready['id']}.ndjson") == 1


def test_what_one_worker_makes_no_other_touches(api, leader, members):
    order(api(leader))
    export = Export.objects.get()
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s, %s)", [orders.LOCKS, export.pk.int % 2**31])
        assert orders.take_up() == 0
    finally:
        other.close()
    assert orders.take_up() == 1


def test_a_file_that_kills_its_worker_is_given_up(api, leader, members):
    order(api(leader))
    Export.objects.update(attempts=orders.MOST_ATTEMPTS, state="DIBUAT")

    assert orders.take_up() == 0

    assert Export.objects.get().state == "GAGAL"


def test_a_file_is_there_for_a_day_and_then_gone(api, leader, members):
    reader = api(leader)
    ordered = order(reader)
    work()
    Export.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert fetched(reader, ordered).status_code == 409

    assert orders.forget() == 1

    assert not default_storage.exists(Export.objects.get().path)
    assert state_of(reader, ordered)["state"] == "KEDALUWARSA"


def test_an_order_sent_again_is_one_order(api, leader, members):
    reader = api(leader)

    answers = [order(reader, idempotency_key="kunci-1") for _time in range(2)]

    assert answers[0]["Location"] == answers[1]["Location"]
    assert Export.objects.count() == 1


def test_nobody_has_more_than_a_few_orders_waiting(api, leader, members):
    reader = api(leader)
    for _time in range(orders.MOST_WAITING):
        order(reader)

    assert reader.send("post", "exports", MEMBERS).json()["code"] == "conflict"
