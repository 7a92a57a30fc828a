"""What the monitor reads: who may, and that each number moves with what it measures."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from batik_registry.tasks import make_export
from changes import actions
from changes.models import Webhook
from tests.factories import centres as make
from tests.factories.tokens import make_token

pytestmark = pytest.mark.django_db


def told(client, **headers):
    answer = client.get("/metrics", headers=headers)
    assert answer.status_code == 200
    lines = [line for line in answer.content.decode().splitlines() if not line.startswith("#")]
    return {name: float(value) for name, value in (line.rsplit(" ", 1) for line in lines)}


@pytest.mark.parametrize(
    ("secret", "address", "headers", "status"),
    [
        ("", "127.0.0.1", {}, 200),
        ("", "::1", {}, 200),
        ("", "10.1.2.3", {}, 404),
        ("", "127.0.0.1", {"x-forwarded-for": "127.0.0.1"}, 404),
        ("rahasia", "127.0.0.1", {}, 404),
        ("rahasia", "10.1.2.3", {"authorization": "Bearer salah"}, 404),
        ("rahasia", "10.1.2.3", {"authorization": "Bearer rahasia"}, 200),
    ],
)
def test_metrics_are_for_the_monitor_alone(client, settings, secret, address, headers, status):
    settings.METRICS_TOKEN = secret

    assert client.get("/metrics", headers=headers, REMOTE_ADDR=address).status_code == status


def test_jobs_that_nobody_takes_are_seen(client):
    before = told(client)
    make_export.configure(schedule_at=timezone.now() - timedelta(minutes=5)).defer(export="-")

    after = told(client)

    assert after['registri_jobs{state="todo"}'] == before['registri_jobs{state="todo"}'] + 1
    assert 299 < after["registri_job_oldest_seconds"] < 360


def test_refused_requests_are_counted_by_reason(client, leader, settings):
    settings.API_TOKEN_RATE = 1
    shown = make_token(leader)[1]
    for given in (shown, shown, shown, "rsb_salah"):
        client.get("/api/v1/centres/", headers={"authorization": f"Bearer {given}"})

    found = told(client)

    assert found['registri_requests_refused_total{reason="throttled"}'] == 2
    assert found['registri_requests_refused_total{reason="unauthenticated"}'] == 1


@pytest.mark.django_db(transaction=True)
def test_a_transaction_that_holds_the_feed_back_shows(client, places):
    actions.seal()
    other = connection.copy()
    try:
        other.set_autocommit(False)
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_current_xact_id()")
        make.make_centre()
        held = told(client)
    finally:
        other.rollback()
        other.close()

    assert held["registri_feed_lag_seconds"] > 0
    assert held["registri_changes_unsealed"] > 0
    actions.seal()
    assert (told(client)["registri_feed_lag_seconds"], told(client)["registri_changes_unsealed"]) == (0, 0)


def test_a_delivery_that_nobody_accepts_is_seen_by_its_age(client, leader):
    webhook = make_webhook(make_token(leader)[0])
    webhook.deliveries.create(change_seq=1, record_id="1", made_at=timezone.now() - timedelta(hours=2))

    found = told(client)

    assert found["registri_webhook_deliveries_waiting"] == 1
    assert 7199 < found["registri_webhook_deliveries_oldest_seconds"] < 7300


def make_webhook(token):
    webhook = Webhook(token=token, url="https://contoh.example/hook")
    webhook.renew_secret()
    webhook.save()
    return webhook
