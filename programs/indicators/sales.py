"""What members sold to the government, and what events brought."""

from typing import Any

from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, Sum, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from centres.choices import Commodity
from programs.choices import SELLING, EventStatus
from programs.indicators.base import NUMBER, ZERO, Indicator, Mean, Percent, Ratio, Total, counted, one_if
from programs.indicators.members import ACTIVE_DENOMINATOR, of_active
from programs.indicators.scope import Scope, pks
from programs.indicators.yearly import flow
from programs.models import Event, EventFunding, Order, Participation

#: Cash of one participant: who reported that nothing was sold sold for nothing, who reported no money is unknown.
CASH = Case(When(no_transaction=True, then=ZERO), default=F("cash_sales_idr"), output_field=NUMBER)


def _government(scope: Scope, orders: Any) -> Any:
    return orders.government().in_year(scope.year).filter(ordered_on__lte=scope.day)


def _government_orders(scope: Scope) -> Any:
    orders = scope.rows(Order).filter(member__in=pks(scope.members()))
    return counted(_government(scope, orders), F("value_idr"))


def _government_share(scope: Scope) -> Any:
    """Members whose revenue is known; an order that is not recorded was not won."""
    orders = _government(scope, scope.real(Order.objects)).filter(member=OuterRef("pk")).order_by()
    won = Subquery(orders.values("member").annotate(total=Sum("value_idr")).values("total"), output_field=NUMBER)
    return counted(scope.members(), Coalesce(won, ZERO), flow(scope, "revenue_idr", scope.year))


def held(scope: Scope, events: Any) -> Any:
    """The year's events that began by the day. Batik is meant unless an event is for a centre of other goods."""
    found = events.in_year(scope.year).filter(starts_on__lte=scope.day).exclude(status=EventStatus.CANCELLED)
    if not scope.commodity:
        return found
    ours = Q(centre__commodity=scope.commodity)
    return found.filter(ours | Q(centre=None) if scope.commodity == Commodity.BATIK else ours)


def came(scope: Scope) -> Any:
    """Who was present at the events of the year, wherever these were held."""
    events = pks(held(scope, scope.real(Event.objects)))
    return scope.real(Participation.objects).attended().filter(event__in=events)


def _returns(scope: Scope) -> Any:
    """Known once the event is closed with its results, every order was followed up, and the whole cost is told."""
    people = scope.real(Participation.objects).attended().filter(event=OuterRef("pk")).order_by()
    funds = scope.real(EventFunding.objects).filter(event=OuterRef("pk")).order_by()
    open_orders = people.filter(Q(preorder_idr__gt=0) | Q(orders_count__gt=0), followed_up_on=None)
    sums = people.values("event").annotate(cash=Sum(CASH), realised=Coalesce(Sum("realised_orders_idr"), ZERO))
    brought = Subquery(sums.annotate(both=F("cash") + F("realised")).values("both"), output_field=NUMBER)
    cost = Subquery(funds.values("event").annotate(total=Sum("amount_idr")).values("total"), output_field=NUMBER)
    settled = Q(status=EventStatus.CLOSED) & ~Exists(open_orders) & ~Exists(funds.filter(amount_idr=None))
    return counted(held(scope, scope.rows(Event)).filter(kind__in=SELLING), Case(When(settled, then=brought)), cost)


def cash_of_each(scope: Scope) -> Any:
    members = pks(scope.members())
    return counted(scope.rows(Participation).filter(pk__in=pks(came(scope)), member__in=members), CASH)


def _took_part(scope: Scope) -> Any:
    return of_active(scope, one_if(Exists(came(scope).filter(member=OuterRef("pk")))))


GOVERNMENT_SALES = Indicator(
    "I15",
    _("Penjualan kepada pemerintah"),
    (
        Total(
            key="nilai",
            name=_("Nilai pesanan pemerintah"),
            formula=_("Jumlah nilai pesanan dengan segmen pembeli pemerintah setahun"),
            numerator=_("nilai pesanan (rupiah)"),
            denominator=_("pesanan pemerintah yang tercatat"),
            unit=_("rupiah"),
            rows=_government_orders,
        ),
        Percent(
            key="porsi",
            name=_("Pesanan pemerintah dari omzet"),
            formula=_("Jumlah nilai pesanan pemerintah dibagi jumlah omzet, IKM yang sama"),
            numerator=_("nilai pesanan pemerintah (rupiah)"),
            denominator=_("omzet setahun (rupiah) IKM yang omzetnya diketahui"),
            null_rule=_("IKM yang omzetnya belum diketahui tidak ikut dihitung; tanpa pesanan tercatat berarti nol"),
            rows=_government_share,
        ),
    ),
)

EVENT_RETURN = Indicator(
    "I22",
    _("Hasil kegiatan"),
    (
        Ratio(
            key="hasil",
            name=_("Hasil per rupiah biaya kegiatan"),
            formula=_("(Penjualan langsung ditambah pesanan yang terwujud) dibagi biaya; pesanan lain tidak dihitung"),
            numerator=_("penjualan langsung dan pesanan yang terwujud (rupiah)"),
            denominator=_("biaya (rupiah) pameran dan temu bisnis yang ditutup dan pesanannya sudah ditanyakan lagi"),
            unit=_("rupiah per rupiah"),
            rows=_returns,
        ),
        Mean(
            key="per_peserta",
            name=_("Rata-rata penjualan langsung per peserta"),
            formula=_("Jumlah penjualan langsung dibagi banyaknya kepesertaan IKM yang hadir"),
            numerator=_("penjualan langsung (rupiah)"),
            denominator=_("kepesertaan yang penjualannya diketahui, termasuk yang tanpa transaksi"),
            unit=_("rupiah"),
            rows=cash_of_each,
        ),
        Percent(
            key="kepesertaan",
            name=_("IKM yang mengikuti kegiatan"),
            formula=_("IKM aktif yang hadir pada sedikitnya satu kegiatan tahun itu dibagi IKM aktif"),
            numerator=_("IKM yang hadir pada kegiatan"),
            denominator=ACTIVE_DENOMINATOR,
            rows=_took_part,
        ),
    ),
)
