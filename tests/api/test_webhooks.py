"""Webhooks: each change once for each address, signed, in order, again until taken, and only to public servers."""

import base64
import hashlib
import hmac
import json
import socket
from datetime import timedelta
from unittest.mock import patch

import pytest
from django.core import mail
from django.db import connection
from django.utils import timezone

from changes import sending, webhooks
from changes.models import Delivery, Webhook
from tests.api.receiver import Receiver, serve
from tests.factories import centres as make

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def receiver(tmp_path, settings):
    found = Receiver()
    server = serve(found, tmp_path)
    settings.WEBHOOK_CA_FILE = str(tmp_path / "cert.pem")
    settings.WEBHOOK_PRIVATE_HOSTS = ["localhost"]
    yield found
    found.gate.set()
    server.shutdown()
    server.server_close()


@pytest.fixture
def reader(api, mojokerto_officer):
    return api(mojokerto_officer)


@pytest.fixture
def hook(reader, receiver):
    """What the answer to the registration says, its secret included."""
    answer = reader.send("post", "webhooks", {"url": receiver.url, "types": ["members"]})
    assert answer.status_code == 201, answer.content
    return answer.json()


def tell(later=None):
    """What the worker does every five seconds; `later` is how much later it is."""
    webhooks.write_down()
    if later is None:
        return webhooks.send_due()
    Delivery.objects.waiting().update(next_at=timezone.now())
    Webhook.objects.update(paused_until=None)
    return webhooks.send_due()


def age(**by):
    Delivery.objects.update(made_at=timezone.now() - timedelta(**by))


def events(receiver):
    return [json.loads(body) for _headers, body in receiver.got]


def test_a_change_is_told_with_a_signature_that_the_receiver_can_check(hook, receiver):
    member = make.make_member(business_name="Batik contoh")

    assert tell() == 1

    headers, body = receiver.got[0]
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    key = base64.b64decode(hook["secret"].removeprefix("whsec_"))
    assert headers["webhook-signature"] == "v1," + base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode()
    event = json.loads(body)
    assert (event["specversion"], event["type"], event["subject"]) == (
        "1.0",
        "registri-batik.members.created",
        str(member.pk),
    )
    assert event["data"]["business_name"] == "Batik contoh"
    assert tell() == 0


def test_the_secret_is_shown_once_and_rests_encrypted(hook, reader):
    assert "secret" not in reader.get(f"webhooks/{hook['id']}")
    assert hook["secret"] not in Webhook.objects.get().secret


def test_what_the_token_may_not_see_is_not_told(hook, receiver):
    make.make_member(regency_id="33.14")

    tell()

    assert receiver.got == []


def test_the_body_stays_what_it_was_while_the_record_changes(hook, receiver):
    receiver.answers = [500, 500, 200]
    member = make.make_member(business_name="Semula")
    tell()
    member.business_name = "Kemudian"
    member.save()
    for _time in range(3):
        tell(later=True)

    bodies = {headers["webhook-id"]: set() for headers, _body in receiver.got}
    for headers, body in receiver.got:
        bodies[headers["webhook-id"]].add(body)
    assert all(len(found) == 1 for found in bodies.values())
    assert [event["data"]["business_name"] for event in events(receiver)] == ["Semula"] * 3 + ["Kemudian"]


def test_a_later_change_of_a_record_waits_for_the_earlier_one_and_others_do_not(hook, receiver):
    receiver.answers = [503, 200]
    first, other = make.make_member(), make.make_member()
    first.brand_name = "Sesudah"
    first.save()

    tell()
    assert [event["subject"] for event in events(receiver)] == [str(first.pk), str(other.pk)]
    tell(later=True)
    tell(later=True)
    assert [event["type"].rpartition(".")[2] for event in events(receiver) if event["subject"] == str(first.pk)] == [
        "created",
        "created",
        "updated",
    ]


def test_each_attempt_waits_longer(hook, receiver):
    receiver.answers = [500]
    make.make_member()
    waits = []
    for _time in range(4):
        tell(later=True)
        found = Delivery.objects.get()
        waits.append(found.next_at - timezone.now())

    assert waits == sorted(waits)
    assert waits[-1] > timedelta(minutes=9)


def test_a_redirect_is_not_followed(hook, receiver):
    receiver.answers = [302]
    make.make_member()

    tell()

    assert len(receiver.got) == 1
    assert Delivery.objects.get().last_status == 302
    assert Delivery.objects.get().delivered_at is None


def test_a_server_that_is_slow_does_not_hold_the_sender(hook, receiver):
    receiver.slow = 5
    make.make_member()
    with patch.object(sending, "TIMEOUT", 0.3):
        tell()

    assert "imed out" in Delivery.objects.get().last_error


def test_no_transaction_waits_for_the_other_side(hook, receiver):
    seen = []
    real = sending.post
    make.make_member()

    with patch.object(
        sending, "post", side_effect=lambda *sent: seen.append(connection.in_atomic_block) or real(*sent)
    ):
        tell()

    assert seen == [False]


def test_whoever_died_over_a_delivery_leaves_it_due_again(hook, receiver):
    make.make_member()
    with patch.object(sending, "post", side_effect=SystemError), pytest.raises(SystemError):
        tell()
    assert tell() == 0

    assert tell(later=True) == 1


def test_nothing_is_sent_for_an_account_that_has_ended(hook, receiver, mojokerto_officer):
    make.make_member()
    webhooks.write_down()
    mojokerto_officer.is_active = False
    mojokerto_officer.save()

    assert webhooks.send_due() == 0
    assert receiver.got == []


def test_gone_stops_the_address_and_its_owner_is_told(hook, receiver, mojokerto_officer):
    receiver.answers = [410]
    make.make_member()
    tell()
    make.make_member()

    tell(later=True)

    assert len(receiver.got) == 1
    assert Webhook.objects.get().stopped_at
    assert mail.outbox[0].to == [mojokerto_officer.email]


def test_after_ten_failures_in_a_row_the_address_rests(hook, receiver):
    receiver.answers = [500]
    for _time in range(webhooks.CIRCUIT):
        make.make_member()
    tell()
    make.make_member()

    assert tell() == 0
    assert len(receiver.got) == webhooks.CIRCUIT
    assert Webhook.objects.get().paused_until > timezone.now()


def test_the_owner_is_warned_before_a_telling_is_given_up(hook, receiver):
    receiver.answers = [500]
    make.make_member()
    tell()
    age(days=2, minutes=1)
    tell(later=True)
    tell(later=True)
    assert len(mail.outbox) == 1
    assert Delivery.objects.get().given_up_at is None

    age(days=3, minutes=1)
    tell(later=True)

    assert Delivery.objects.get().given_up_at
    tell(later=True)
    assert len(receiver.got) == 4


def test_what_was_sent_can_be_sent_again_one_by_one_or_from_a_cursor(hook, receiver, reader):
    for _time in range(2):
        make.make_member()
    tell()
    delivery = reader.get(f"webhooks/{hook['id']}/deliveries")[0]

    again = reader.send("post", f"webhooks/{hook['id']}/deliveries/{delivery['id']}/resend", {})
    tell()
    replayed = reader.send("post", f"webhooks/{hook['id']}/replay", {"after": hook["cursor"]})
    tell()

    assert (again.status_code, replayed.status_code) == (204, 204)
    assert len(receiver.got) == 2 + 1 + 2
    assert len({headers["webhook-id"] for headers, _body in receiver.got}) == 2


def test_an_address_is_stopped_by_its_token_alone(hook, receiver, reader, api, sragen_officer):
    other = api(sragen_officer)
    assert other.send("delete", f"webhooks/{hook['id']}", None).status_code == 404
    assert reader.send("delete", f"webhooks/{hook['id']}", None).status_code == 204
    make.make_member()

    tell()

    assert receiver.got == []


CLOSED = ["127.0.0.1", "10.1.2.3", "169.254.169.254", "192.168.1.1", "::1", "fe80::1", "::ffff:10.0.0.1", "100.64.0.1"]


@pytest.mark.parametrize("address", CLOSED)
def test_no_closed_network_is_reached(hook, receiver, settings, address):
    settings.WEBHOOK_PRIVATE_HOSTS = []
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    make.make_member()

    with patch.object(socket, "getaddrinfo", return_value=[(family, socket.SOCK_STREAM, 6, "", (address, 443))]):
        tell()

    assert receiver.got == []
    assert "jaringan tertutup" in Delivery.objects.get().last_error


def test_a_name_that_changes_its_address_meanwhile_gains_nothing(settings):
    """The connection goes to the address that was looked at; the name is asked once."""
    answers = [[(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, 443))] for one in ("93.184.215.14", "127.0.0.1")]
    with (
        patch.object(socket, "getaddrinfo", side_effect=answers) as asked,
        patch.object(socket, "create_connection", side_effect=OSError("tidak dihubungi")) as connected,
        pytest.raises(sending.Unreachable),
    ):
        sending.post("https://berganti.contoh/hook", {}, b"{}")

    assert asked.call_count == 1
    assert connected.call_args[0][0] == ("93.184.215.14", 443)


@pytest.mark.parametrize("url", ["http://contoh.invalid/", "ftp://contoh.invalid/", "https://", "bukan alamat"])
def test_an_address_that_is_none_is_refused(reader, url):
    answer = reader.send("post", "webhooks", {"url": url})

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["pointer"] == "#/url"


def test_webhooks_and_feed_tell_the_same(hook, receiver, reader):
    member = make.make_member()
    member.brand_name = "Merek"
    member.save()
    make.make_member(regency_id="33.14")
    for _time in range(3):
        tell()

    told = reader.get("changes", types="members", after=hook["cursor"])["results"]

    assert [(one["cursor"], one["data"]) for one in told] == [(one["cursor"], one["data"]) for one in events(receiver)]
