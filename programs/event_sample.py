"""Sample participants and orders of the demo, so that an event and the ministry's lists have something to show.

The sources name none of the 37 businesses of the Great Sale. These are sample members, drawn with a fixed seed; like
all samples they are marked `is_sample`, and the page of the event says so.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.utils import timezone

from centres.choices import BuyerSegment
from centres.loaders import Loaded
from centres.models import Member
from centres.records import Row
from centres.sample import ACTOR, MARK, SAID_BY, add_missing, random_for
from changes.choices import Door
from changes.context import changing
from programs.choices import PROCUREMENT, OrderChannel, ParticipationStatus
from programs.models import Event, Order, Participation

GREAT_SALE = "Pameran Batik Sragen Great Sale 2023"
UNREPORTED = 3  # few enough to close the event
ORDERS = 12
SOLD_BY = {
    OrderChannel.E_CATALOGUE: BuyerSegment.GOVERNMENT,
    OrderChannel.SPSE: BuyerSegment.GOVERNMENT,
    OrderChannel.DIRECT: BuyerSegment.TOURISM,
    OrderChannel.ONLINE_SHOP: BuyerSegment.ONLINE,
}


def load_event_sample(*, today: date | None = None) -> Loaded:
    """Add the sample rows that are missing. Raises `ImproperlyConfigured` outside the demo, or without the events."""
    if not settings.DEMO:
        raise ImproperlyConfigured("Data contoh hanya boleh dimuat di demo (manage.py demo).")
    event = Event.objects.real().filter(name=GREAT_SALE).first()
    if event is None:
        raise ImproperlyConfigured("Kegiatan belum dimuat. Jalankan dahulu: manage.py load_records")
    outcome = Loaded()
    with transaction.atomic(), changing(name=ACTOR, door=Door.COMMAND, reason=SAID_BY):
        if not event.is_settled:
            add_missing(Participation, list(_participants(event)), outcome)
        add_missing(Order, list(_orders(today or timezone.localdate())), outcome)
    return outcome


def _participants(event: Event) -> Iterator[Row]:
    """As many sample members of Sragen as the source counts, with what each has reported."""
    of_region = Member.objects.filter(is_sample=True, regency_id=event.region_id)
    members = of_region.filter(started_year__lt=event.starts_on.year).order_by("business_name", "pk")
    drawn = random_for("great-sale").sample(list(members), event.declared_participants or 0)
    for number, member in enumerate(drawn, start=1):
        dice = random_for(f"great-sale/{number}")
        values = MARK | {
            "event": event,
            "member": member,
            "booth_number": f"{'AB'[number % 2]}-{(number + 1) // 2:02d}",
            "status": ParticipationStatus.ATTENDED,
            "products_shown": dice.randint(8, 40),
        }
        result = _result(dice, event) if number > UNREPORTED else {}
        yield Row(Participation, f"sample/great-sale/{number}", values | result, SAID_BY)


def _result(dice: Random, event: Event) -> dict[str, Any]:
    """One in ten sold nothing; of the others, half took orders, and two in three of these were asked again."""
    if dice.random() < 0.1:
        return {"no_transaction": True, "contacts": dice.randint(0, 5)}
    sold = dice.randint(4, 60)
    values: dict[str, Any] = {
        "transactions": sold,
        "cash_sales_idr": sold * dice.randrange(150, 650, 10) * 1_000,
        "contacts": dice.randint(2, 30),
    }
    if dice.random() < 0.5:
        ordered = dice.randint(1, 6)
        value = ordered * dice.randrange(500, 4_000, 100) * 1_000
        values |= {"orders_count": ordered, "preorder_idr": value}
        if dice.random() < 0.67:
            asked_on = event.ends_on + timedelta(days=dice.randint(88, 120))
            values |= {"realised_orders_idr": value * dice.randint(3, 10) // 10, "followed_up_on": asked_on}
    return values


def _orders(today: date) -> Iterator[Row]:
    members = list(Member.objects.filter(is_sample=True).order_by("business_name", "pk"))
    for number in range(1, ORDERS + 1):
        dice = random_for(f"order/{number}")
        channel = dice.choice(list(SOLD_BY))
        values = MARK | {
            "member": dice.choice(members),
            "channel": channel,
            "buyer_segment": SOLD_BY[channel],
            "buyer": "Pembeli contoh",
            "package_id": f"CONTOH-{number:03d}" if channel in PROCUREMENT else "",
            "value_idr": dice.randrange(4, 90) * 500_000,
            "ordered_on": today - timedelta(days=dice.randint(5, 320)),
        }
        yield Row(Order, f"sample/order/{number}", values, SAID_BY)
