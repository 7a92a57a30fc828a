"""The reference consumer against a real server: loads, follows, proves, and names what is wrong."""

from io import StringIO

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from psycopg.conninfo import make_conninfo

from changes import mirror as consumer
from changes.mirror import Mirror, MirrorError, Registry, Wrong
from tests.factories import centres as make
from tests.factories.tokens import make_token

pytestmark = pytest.mark.django_db(transaction=True)
SCHEMA = "salinan_uji"


@pytest.fixture
def database():
    connection.ensure_connection()
    params = connection.get_connection_params()
    shown = {name: params[name] for name in ("host", "port", "user", "password", "dbname") if params.get(name)}
    yield make_conninfo(**shown)
    with connection.cursor() as cursor:
        cursor.execute(f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE")


@pytest.fixture
def token(programme_staff):
    return make_token(programme_staff)[1]


@pytest.fixture
def mirror(live_server, token, database):
    made = Mirror(Registry(live_server.url, token), database, schema=SCHEMA)
    yield made
    made.close()


def mirrored(mirror, name):
    return dict(mirror.run("SELECT id, data FROM {record} WHERE type = %s", [name]).fetchall())


def spoil(mirror, statement, *params):
    mirror.run(statement, params)


def test_a_copy_is_loaded_follows_and_proves_itself(mirror, api, programme_staff):
    members = [make.make_member() for _time in range(3)]
    make.make_membership(member=members[0])
    assert mirror.load() > 4
    members[1].business_name = "Batik sesudah salinan"
    members[1].save()
    members[2].delete()
    new = make.make_member()

    assert mirror.follow() == 3

    rows = {row["id"]: row for row in api(programme_staff).all("members")}
    assert mirrored(mirror, "members") == rows
    assert str(new.pk) in rows
    assert list(mirror.prove()) == []
    assert mirror.follow() == 0


def test_a_page_with_several_changes_of_one_record_leaves_the_last(mirror):
    mirror.load()
    member, brief = make.make_member(), make.make_member()
    for name in ("Batik B", "Batik C"):
        member.business_name = name
        member.save()
    brief.delete()

    mirror.follow()

    assert {key: row["business_name"] for key, row in mirrored(mirror, "members").items()} == {
        str(member.pk): "Batik C"
    }


def test_wrong_rows_are_named_in_few_requests(mirror):
    members = [make.make_member(regency_id=code) for code in ("35.76", "33.14", "35.76", "35.76")]
    link = make.make_membership(member=members[0])
    mirror.load()
    mirror.registry.requests = 0
    spoil(
        mirror, "UPDATE {record} SET data = data || %s WHERE id = %s", '{"business_name": "Salah"}', str(members[2].pk)
    )

    assert list(mirror.prove()) == [Wrong("members", str(members[2].pk), "different")]
    assert mirror.registry.requests <= 4

    spoil(mirror, "DELETE FROM {record} WHERE id = ANY(%s)", [str(members[1].pk), str(link.pk)])
    spoil(mirror, "INSERT INTO {record} SELECT type, 'asing', data FROM {record} WHERE id = %s", str(members[0].pk))
    assert set(mirror.prove()) == {
        Wrong("members", str(members[2].pk), "different"),
        Wrong("members", str(members[1].pk), "missing"),
        Wrong("memberships", str(link.pk), "missing"),
        Wrong("members", "asing", "extra"),
    }


@pytest.mark.parametrize("cut", [lambda lines: lines[:-1], lambda lines: [*lines[:2], *lines[3:]], lambda lines: []])
def test_a_cut_snapshot_changes_nothing(mirror, monkeypatch, cut):
    make.make_member()
    mirror.load("members")
    before = mirrored(mirror, "members")
    for _time in range(3):
        make.make_member()
    whole = mirror.registry.open

    class Cut:
        def __init__(self, lines):
            self.lines = iter(cut(list(lines)))

        def __iter__(self):
            return self.lines

        def __next__(self):
            return next(self.lines)

        def __enter__(self):
            return self

        def __exit__(self, *error):
            pass

    monkeypatch.setattr(mirror.registry, "open", lambda *path, **query: Cut(whole(*path, **query)))

    with pytest.raises(MirrorError, match="terpotong"):
        mirror.load("members")

    assert mirrored(mirror, "members") == before


def test_a_consumer_waits_as_long_as_it_is_told(mirror, settings, monkeypatch):
    mirror.load("regions")
    settings.API_TOKEN_RATE = 0
    waited = []

    def wait(seconds):
        waited.append(seconds)
        settings.API_TOKEN_RATE = 1000

    monkeypatch.setattr(consumer.time, "sleep", wait)

    mirror.follow()

    assert len(waited) == 1
    assert 1 <= waited[0] <= 60


def test_a_refusal_is_told_in_the_registrys_words(mirror):
    with pytest.raises(MirrorError, match="sentra tidak ada di sini"):
        mirror.load("sentra")


def test_a_token_does_not_travel_in_the_open():
    with pytest.raises(MirrorError, match="https"):
        Registry("http://registri.example", "rsb_contoh")


def run(live_server, database, *options):
    out, error = StringIO(), StringIO()
    try:
        call_command(
            *("mirror", live_server.url, "--database", database, "--schema", SCHEMA, "--once", *options),
            stdout=out,
            stderr=error,
        )
    except CommandError as refused:
        return out.getvalue(), error.getvalue() + str(refused)
    return out.getvalue(), error.getvalue()


def test_the_command_keeps_a_copy_and_fails_where_it_is_wrong(live_server, database, token, monkeypatch):
    member = make.make_member()
    assert "REGISTRI_TOKEN" in run(live_server, database)[1]
    monkeypatch.setenv("REGISTRI_TOKEN", token)

    assert "terbukti" in run(live_server, database, "--prove", "--types", "members")[0]
    with psycopg.connect(database) as other:
        other.execute(f"UPDATE {SCHEMA}.record SET data = '{{}}'")
    told = run(live_server, database, "--prove")[1]
    assert f"members {member.pk}: berbeda" in told
    assert "terbukti" in run(live_server, database, "--prove", "--anew")[0]
