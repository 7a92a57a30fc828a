"""I15, I22 and the e-Katalog part of I16 by hand."""

from datetime import date
from decimal import Decimal

import pytest

from centres.choices import BuyerSegment, Commodity
from programs.choices import EventKind, EventStatus, OrderChannel, ParticipationStatus
from programs.indicators import Scope, get
from programs.models import Event
from tests.factories.centres import SRAGEN, make_centre, make_member, make_snapshot
from tests.factories.events import make_event, make_funding, make_order, make_participation
from tests.programs.indicator_data import database_judges_alone, make_active

pytestmark = pytest.mark.usefixtures("places")
DAY = date(2023, 12, 31)
NOW = Scope.of(day=DAY)
MILLION = 10**6
ASKED = date(2024, 3, 14)


def close(event):
    Event.objects.filter(pk=event.pk).update(status=EventStatus.CLOSED)


# --- I15, I16 -----------------------------------------------------------------------------------------------------


def test_government_sales_of_a_year_and_their_share_of_revenue():
    """20 + 10 of revenues 100 + 50 + 50: 30, that is 15 %. Other buyers, other years, unknown revenue stay out."""
    for orders, revenue in (((20,), 100), ((10,), 50), ((), 50), ((5,), None)):
        member = make_active(DAY)
        make_snapshot(member=member, year=2023, revenue_idr=revenue and revenue * MILLION)
        for value in orders:
            make_order(member=member, value_idr=value * MILLION, ordered_on=date(2023, 5, 1))
        make_order(member=member, value_idr=MILLION, ordered_on=date(2022, 5, 1))
        make_order(
            member=member,
            value_idr=MILLION,
            ordered_on=date(2023, 5, 1),
            buyer_segment=BuyerSegment.PRIVATE,
            channel=OrderChannel.DIRECT,
            package_id="",
        )

    total, share = get("I15").figures(NOW)

    assert (total.value, total.known) == (35 * MILLION, 3)  # the order of the member without revenue counts here
    assert (share.value, share.coverage) == (15, "3 dari 4 IKM")


def test_an_order_through_the_catalogue_proves_that_a_member_is_listed():
    """1 of 2; an order that comes after the day does not count yet."""
    make_order(member=make_active(DAY), ordered_on=date(2023, 5, 1))
    make_order(member=make_active(DAY), ordered_on=date(2024, 5, 1))

    assert get("I16").figure(NOW, "e_katalog").value == 50


# --- I22 ----------------------------------------------------------------------------------------------------------


def test_37_of_139_members_of_sragen_took_part():
    """Batik Sragen Great Sale, December 2023: 37/139 = 26.6 %."""
    event = make_event()
    with database_judges_alone():
        members = [make_active(DAY, regency_id=SRAGEN) for _ in range(139)]
        for member in members[:37]:
            make_participation(event=event, member=member)
    make_participation(event=event, member=make_active(DAY, regency_id=SRAGEN, is_sample=True))

    figure = get("I22").figure(Scope.of(SRAGEN, day=DAY), "kepesertaan")

    assert (figure.numerator, figure.denominator, round(figure.value, 1)) == (37, 139, Decimal("26.6"))


def test_who_comes_twice_is_one_member_and_who_stays_away_is_none():
    twice, absent = make_active(DAY), make_active(DAY)
    make_participation(member=twice), make_participation(member=twice)
    make_participation(member=absent, status=ParticipationStatus.ABSENT)

    assert get("I22").figure(NOW, "kepesertaan").value == 50


@pytest.fixture
def exhibition(places):
    """Sold on the spot 30 and 10 million, a third nothing; of orders for 40 million 20 came true; cost 25 million."""
    event = make_event()
    make_funding(event=event, amount_idr=25 * MILLION)
    make_participation(event=event, cash_sales_idr=30 * MILLION)
    ordered = {"preorder_idr": 40 * MILLION, "realised_orders_idr": 20 * MILLION, "followed_up_on": ASKED}
    make_participation(event=event, cash_sales_idr=10 * MILLION, **ordered)
    make_participation(event=event, no_transaction=True)
    return event


def test_the_return_of_an_event_counts_orders_only_once_they_came_true(exhibition):
    """(40 + 20)/25 = 2.4; until the event is closed with its results it is not known."""
    assert get("I22").figure(NOW).value is None

    close(exhibition)

    assert get("I22").figure(NOW).value == Decimal("2.4")


def test_an_order_that_nobody_asked_about_leaves_the_return_open(exhibition):
    make_participation(event=exhibition, cash_sales_idr=MILLION, preorder_idr=MILLION)
    close(exhibition)

    figure = get("I22").figure(NOW)

    assert (figure.value, figure.coverage) == (None, "0 dari 1 kegiatan")


def test_a_cost_that_is_partly_unknown_is_unknown(exhibition):
    make_funding(event=exhibition, amount_idr=None, source_of_funds="CSR")
    close(exhibition)

    assert get("I22").figure(NOW).value is None


def test_cash_per_participant_knows_the_difference_between_nothing_and_unknown(exhibition):
    """(30 + 10 + 0)/3 = 13.33 million; who told nothing is not in it."""
    make_participation(event=exhibition)

    figure = get("I22").figure(NOW, "per_peserta")

    assert (figure.numerator, figure.denominator) == (40 * MILLION, 3)
    assert figure.coverage == "3 dari 4 kepesertaan"


def test_trainings_cancelled_events_and_other_goods_bring_no_return():
    make_event(kind=EventKind.TRAINING, topic="Pewarna alam")
    make_event(status=EventStatus.CANCELLED, status_reason="Banjir")
    make_event(region_id="35.76", centre=make_centre(commodity=Commodity.CRAFT))
    make_event(starts_on=date(2022, 12, 12), ends_on=date(2022, 12, 16))

    assert get("I22").figure(NOW).total == 0


def test_an_event_counts_for_the_region_of_its_initiator_and_a_sale_for_the_home_of_its_member(exhibition):
    make_participation(event=exhibition, member=make_member(regency_id=SRAGEN), cash_sales_idr=MILLION)

    assert [get("I22").figure(Scope.of(code, day=DAY)).total for code in ("33", "35")] == [1, 0]
    assert [get("I22").figure(Scope.of(code, day=DAY), "per_peserta").total for code in ("33", "35")] == [1, 3]
