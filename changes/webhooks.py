"""From the log to other systems: each change is written down for each address, then sent until it is taken.

The log itself is the outbox: what was committed is in it, what was not is not. Deliveries are made from the feed, so
webhooks and feed tell the same.
"""

from datetime import timedelta
from typing import Any

import orjson
from django.core.mail import send_mail
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from batik_registry.language import for_others
from batik_registry.rest import resources
from changes import feed, sending
from changes.models import Change, Delivery, Webhook

BATCH = 500
#: Waits between attempts; the last one repeats until the time is over.
WAITS = [timedelta(seconds=one) for one in (5, 30, 120, 600, 1800, 3600, 7200, 14400, 28800)]
GIVE_UP_AFTER, WARN_AFTER = timedelta(days=3), timedelta(days=2)
#: So long a delivery belongs to whoever is sending it; longer than any attempt takes.
CLAIM = timedelta(minutes=2)
#: So many failures in a row close the circuit: for a while nothing is tried there.
CIRCUIT, PAUSE = 10, timedelta(minutes=10)


def write_down() -> int:
    """Make the deliveries of all that the feed has told since; how many were made."""
    return sum(_write_down(key) for key in Webhook.objects.listening().values_list("pk", flat=True))


@transaction.atomic
def _write_down(key: Any) -> int:
    webhook = Webhook.objects.select_for_update(skip_locked=True, of=("self",)).filter(pk=key).first()
    if webhook is None:
        return 0
    user = webhook.token.bearer()
    if not user.may.read(Change) or user.region_prefix is None:
        return 0
    names = [name for name in webhook.types or resources.registered() if _may_read(user, name)]
    told, cursor, _more = feed.read(user, names, webhook.cursor, BATCH)
    made = Delivery.objects.bulk_create([_delivery(webhook, one) for one in told], ignore_conflicts=True)
    Webhook.objects.filter(pk=key).update(cursor=cursor)
    return len(made)


def _may_read(user: Any, name: str) -> bool:
    view = resources.registered().get(name)
    return view is not None and user.may.read(view.serializer_class.Meta.model)


def _delivery(webhook: Webhook, told: feed.Told) -> Delivery:
    """A CloudEvent in its JSON form, written once and never again."""
    change, event = told.change, f"registri-batik.{told.resource}.{told.kind}"
    body = {
        "specversion": "1.0",
        "id": f"{webhook.pk}.{change.seq}",
        "source": f"/api/v1/{told.resource}/",
        "type": event,
        "subject": change.record_id,
        "time": change.recorded_at,
        "datacontenttype": "application/json",
        "cursor": str(change.seq),
        "data": orjson.Fragment(told.document) if told.document is not None else None,
    }
    return Delivery(
        webhook=webhook,
        change_seq=change.seq,
        record_id=change.record_id,
        event=event,
        body=orjson.dumps(body).decode(),
    )


def send_due(most: int = 100) -> int:
    """Send what is due, one after the other; how many were taken."""
    keys = list(Delivery.objects.due().values_list("pk", flat=True)[:most])
    return sum(_send(key) for key in keys)


def _send(key: int) -> bool:
    """No transaction is open while the other side answers: the change feed would wait for a slow one."""
    delivery = _claimed(key)
    if delivery is None:
        return False
    now, body = timezone.now(), delivery.body.encode()
    try:
        answer = sending.post(delivery.webhook.url, _headers(delivery, int(now.timestamp()), body), body)
    except sending.Unreachable as refusal:
        delivery.last_status, delivery.last_error = None, str(refusal)[:200]
        return _failed(delivery, now)
    delivery.last_status, delivery.last_error = answer.status, ""
    if answer.is_yes:
        return _taken(delivery, now)
    if answer.is_gone:
        stop(webhook=delivery.webhook, reason=_("Alamat menjawab 410: tidak ingin diberi tahu lagi."))
    return _failed(delivery, now)


@transaction.atomic
def _claimed(key: int) -> Delivery | None:
    """The delivery, if it is still due and nobody else sends it; whoever dies over it leaves it due again later."""
    due = Delivery.objects.due().select_for_update(skip_locked=True, of=("self",))
    delivery = due.select_related("webhook__token__owner").filter(pk=key).first()
    if delivery:
        delivery.attempts += 1
        delivery.next_at = timezone.now() + CLAIM
        delivery.save()
    return delivery


def _headers(delivery: Delivery, at: int, body: bytes) -> dict[str, str]:
    """The id is the delivery's own, so that a repeated one is known as such."""
    message_id = f"msg_{delivery.pk}"
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(at),
        "webhook-signature": sending.signature(delivery.webhook.signing_key, message_id, at, body),
        "User-Agent": "registri-sentra-batik",
    }


def _taken(delivery: Delivery, now: Any) -> bool:
    delivery.delivered_at = now
    delivery.save()
    Webhook.objects.filter(pk=delivery.webhook_id).update(failures=0, paused_until=None, warned_at=None)
    return True


def _failed(delivery: Delivery, now: Any) -> bool:
    waited = WAITS[min(delivery.attempts, len(WAITS)) - 1]
    delivery.next_at = now + waited
    if now - delivery.made_at >= GIVE_UP_AFTER:
        delivery.given_up_at = now
    delivery.save()
    webhook = delivery.webhook
    webhook.failures += 1
    pause = now + PAUSE if webhook.failures >= CIRCUIT else None
    Webhook.objects.filter(pk=webhook.pk).update(failures=webhook.failures, paused_until=pause)
    if now - delivery.made_at >= WARN_AFTER and webhook.warned_at is None:
        Webhook.objects.filter(pk=webhook.pk).update(warned_at=now)
        _write_to_owner(webhook, _("Webhook belum menjawab sejak dua hari; setelah tiga hari kiriman dihentikan."))
    return False


def stop(*, webhook: Webhook, reason: str) -> None:
    """Tell this address nothing more, and its owner why."""
    webhook.stopped_at, webhook.stopped_reason = timezone.now(), reason[:200]
    webhook.save()
    _write_to_owner(webhook, reason)


def replay(*, webhook: Webhook, after: str) -> None:
    """Tell everything behind this cursor again."""
    seq = feed.cursor_place(after)
    with transaction.atomic():
        again = Delivery.objects.filter(webhook=webhook, change_seq__gt=seq)
        again.update(delivered_at=None, given_up_at=None, next_at=timezone.now(), attempts=0, made_at=timezone.now())
        Webhook.objects.filter(pk=webhook.pk).update(cursor=after, paused_until=None, failures=0, warned_at=None)


def resend(*, delivery: Delivery) -> None:
    """Send this one again, with the body that it had."""
    Delivery.objects.filter(pk=delivery.pk).update(
        delivered_at=None, given_up_at=None, next_at=timezone.now(), made_at=timezone.now()
    )


def _write_to_owner(webhook: Webhook, sentence: str) -> None:
    owner = webhook.token.owner
    with for_others():
        subject = "[Registri Sentra Batik] " + _("Webhook %s") % webhook.url
    transaction.on_commit(lambda: send_mail(subject, f"{sentence}\n\n{webhook.url}", None, [owner.email]), robust=True)
