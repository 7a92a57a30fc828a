"""Rate limits: each token and each stranger has a minute, and every answer says how much of it is left."""

from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace
from unittest.mock import patch

import pytest
from django.db import connection
from django.db.models import F
from django.test import Client
from django.utils import timezone

from accounts import tasks, throttling
from accounts.models import ApiToken, RequestWindow
from tests.factories.tokens import make_token

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def rates(settings, monkeypatch):
    """Three requests in a window that does not turn while a test runs."""
    settings.API_TOKEN_RATE, settings.API_SESSION_RATE, settings.API_STRANGER_RATE = 3, 2, 2
    monkeypatch.setattr(throttling, "WINDOW", 10**9)


def left(answer):
    return [int(answer[f"RateLimit-{name}"]) for name in ("Limit", "Remaining")]


def test_every_answer_says_what_is_left(api, leader):
    reader = api(leader)

    answers = [reader.ask(path) for path in ("centres", "centres/nol", "members")]

    assert [left(answer) for answer in answers[::2]] == [[3, 2], [3, 1]]
    assert 0 < int(answers[0]["RateLimit-Reset"]) <= 10**9
    refused = reader.ask("members", sentra="x")
    assert (refused.status_code, left(refused)) == (400, [3, 0])


def test_whoever_spent_the_window_is_told_to_wait(api, leader):
    reader = api(leader)
    for _time in range(3):
        assert reader.ask("centres").status_code == 200

    answer = reader.ask("centres")

    told = answer.json()
    assert (answer.status_code, answer["Content-Type"], told["code"]) == (429, "application/problem+json", "throttled")
    assert told["errors"]
    assert left(answer) == [3, 0]
    assert abs(int(answer["Retry-After"]) - int(answer["RateLimit-Reset"])) <= 1


def test_a_new_window_begins_anew(api, leader):
    reader = api(leader)
    while reader.ask("centres").status_code == 200:
        pass

    RequestWindow.objects.update(number=F("number") - 1)

    assert left(reader.ask("centres")) == [3, 2]


def test_one_token_spends_nothing_of_another(api, leader):
    noisy, quiet = api(leader), api(leader)
    while noisy.ask("centres").status_code == 200:
        pass

    assert left(quiet.ask("centres")) == [3, 2]


def test_a_browser_has_the_allowance_of_its_person(client_of, leader):
    answers = [client_of(leader).get("/api/v1/centres/") for _time in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert left(answers[0]) == [2, 1]


# --- without a valid token ---


def bearer(shown, address="203.0.113.7"):
    return Client(headers={"authorization": f"Bearer {shown}"}, REMOTE_ADDR=address)


def statuses(*clients):
    return [client.get("/api/v1/centres/").status_code for client in clients]


@pytest.mark.parametrize("shown", [None, "abc", f"rsb_01234567_{'x' * 43}"])
def test_an_address_without_a_token_has_an_allowance_too(db, shown):
    stranger = bearer(shown) if shown else Client(REMOTE_ADDR="203.0.113.7")
    answers = [stranger.get("/api/v1/centres/") for _time in range(3)]

    assert [answer.status_code for answer in answers] == [401, 401, 429]
    assert left(answers[0]) == [2, 1]
    assert (answers[2]["Content-Type"], answers[2].json()["code"]) == ("application/problem+json", "throttled")
    assert abs(int(answers[2]["Retry-After"]) - int(answers[2]["RateLimit-Reset"])) <= 1
    assert statuses(bearer(shown or "x", "203.0.113.8")) == [401]


def test_a_token_that_is_guessed_at_is_listened_to_no_more_from_there(leader):
    (_token, shown), (_other, elsewhere) = make_token(leader), make_token(leader)
    wrong = shown[:13] + "x" * 43

    assert statuses(bearer(wrong), bearer(wrong), bearer(wrong)) == [401, 401, 429]
    assert statuses(bearer(shown), bearer(shown, "203.0.113.8"), bearer(elsewhere)) == [429, 200, 200]
    RequestWindow.objects.update(number=F("number") - 1)
    assert statuses(bearer(shown)) == [200]


def test_a_revoked_token_asks_as_a_stranger(leader):
    token, shown = make_token(leader)
    ApiToken.objects.filter(pk=token.pk).update(revoked_at=timezone.now(), revoked_by=leader)

    assert statuses(*[bearer(shown)] * 3) == [401, 401, 429]


def test_one_network_of_ipv6_is_one_stranger(db):
    assert statuses(*[bearer("x", f"2001:db8::{number}") for number in range(3)]) == [401, 401, 429]
    assert statuses(bearer("x", "2001:db8:0:1::1"), bearer("x", "tanpa:alamat")) == [401, 401]


def test_whoever_asks_no_more_is_forgotten(db):
    RequestWindow.objects.bulk_create(
        [RequestWindow(holder=f"address:{number}", number=number, spent=1) for number in (0, 1, 9)]
    )
    with patch.object(tasks, "WINDOW", 10**8):  # the present window has the number 17 or 18
        RequestWindow.objects.spend("address:kini", 1, 10**8)
        assert tasks.forget_windows(0) == 2

    assert set(RequestWindow.objects.values_list("holder", flat=True)) == {"address:0", "address:kini"}


# --- what it costs ---


def test_what_costs_more_spends_more(api, leader, settings):
    settings.API_TOKEN_RATE = 100

    assert left(api(leader).ask("digests", types="regions")) == [100, 90]
    assert left(api(leader).ask("changes/snapshot", types="regions")) == [100, 40]


def test_counting_costs_one_query(api, leader, django_assert_num_queries):
    with django_assert_num_queries(1):
        RequestWindow.objects.spend("token:uji", 1, 60)


def test_nobody_waits_for_the_disk_to_count(db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT relpersistence FROM pg_class WHERE relname = 'accounts_requestwindow'")
        assert cursor.fetchone() == ("u",)


def test_a_database_that_takes_no_writes_still_answers(leader):
    with connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION READ ONLY")

    allowance = throttling.Allowance()

    assert allowance.allow_request(SimpleNamespace(user=leader, auth=None), None)
    assert allowance.wait() is None


@pytest.mark.django_db(transaction=True)
def test_processes_that_ask_at_once_count_in_one_place(leader):
    def ask(_time):
        try:
            return RequestWindow.objects.spend("token:uji", 1, 10**9)[0]
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(ask, range(40)))

    assert sorted(found) == list(range(1, 41))
