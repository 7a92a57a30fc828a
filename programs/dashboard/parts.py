"""Further figures of the dashboard: the published baseline, events in numbers, and how submissions wait."""

from decimal import Decimal
from typing import Any

from django.db.models import Case, DateTimeField, DurationField, ExpressionWrapper, F, Max, Q, Value, When
from django.db.models.functions import Extract, Round
from django.utils.translation import gettext_lazy as _

from centres.choices import Commodity
from centres.models import ReferenceStatistic
from programs.dashboard.clock import end_of
from programs.indicators.base import NUMBER, Indicator, Median, Total, counted, one_if
from programs.indicators.sales import came, cash_of_each, held
from programs.indicators.scope import Scope, pks
from programs.models import Event, Participation
from submissions.choices import State
from submissions.lifecycle import OPEN
from submissions.models import Submission
from submissions.queue import LATELY

SECONDS_A_DAY = Value(Decimal(86_400), output_field=NUMBER)


def published(scope: Scope) -> Any:
    """The provinces' figures of the latest year that was published by the scope's. They speak of batik alone."""
    known = ReferenceStatistic.objects.of("sentra-batik").by_province().filter(year__lte=scope.year)
    if scope.commodity != Commodity.BATIK:
        known = known.none()
    latest = known.order_by().values("indicator").annotate(latest=Max("year")).values("latest")[:1]
    rows = known.filter(year=latest, region__code__startswith=scope.reach).annotate(province_code=F("region_id"))
    return counted(rows, F("value"))


def _held(scope: Scope) -> Any:
    return counted(held(scope, scope.rows(Event)), 1)


def _came(scope: Scope) -> Any:
    return counted(scope.rows(Participation).filter(pk__in=pks(came(scope)), member__in=pks(scope.members())), 1)


def sent(scope: Scope) -> Any:
    return scope.rows(Submission).exclude(state=State.DRAFT).filter(submitted_at__lte=end_of(scope.day))


def _waiting(scope: Scope) -> Any:
    return counted(sent(scope), one_if(Q(state__in=OPEN)))


def _days_since_sent(scope: Scope) -> Any:
    now = Value(end_of(scope.day), output_field=DateTimeField())
    return counted(sent(scope).filter(state__in=OPEN), _days(now - F("submitted_at")))


def _days_to_decision(scope: Scope) -> Any:
    """Of the last days before the scope's, returns included."""
    until = end_of(scope.day)
    decided = sent(scope).decided_since(until - LATELY).filter(decided_at__lte=until)
    return counted(decided, _days(F("decided_at") - F("submitted_at")))


def _days(took: Any) -> Round:
    seconds = Extract(ExpressionWrapper(took, output_field=DurationField()), "epoch", output_field=NUMBER)
    return Round(Case(When(submitted_at__isnull=False, then=seconds)) / SECONDS_A_DAY, 2)


BASELINE = Indicator(
    "acuan",
    _("Sentra menurut sumber resmi"),
    (
        Total(
            key="sentra",
            name=_("Sentra industri batik yang diterbitkan"),
            formula=_("Jumlah angka setiap provinsi dalam sumber resmi yang terakhir; bukan hitungan registri"),
            numerator=_("sentra menurut sumber"),
            denominator=_("provinsi yang disebut sumber"),
            unit=_("sentra"),
            rows=published,
        ),
    ),
)

EVENTS = Indicator(
    "kegiatan",
    _("Kegiatan"),
    (
        Total(
            key="diadakan",
            name=_("Kegiatan yang diadakan"),
            formula=_("Banyaknya kegiatan tahun itu yang sudah dimulai dan tidak dibatalkan"),
            numerator=_("kegiatan"),
            denominator=_("kegiatan"),
            unit=_("kegiatan"),
            rows=_held,
        ),
        Total(
            key="hadir",
            name=_("Kehadiran IKM"),
            formula=_("Banyaknya kepesertaan dengan status hadir; satu IKM dapat hadir beberapa kali"),
            numerator=_("kepesertaan yang hadir"),
            denominator=_("kepesertaan yang hadir"),
            unit=_("kehadiran"),
            rows=_came,
        ),
        Total(
            key="penjualan",
            name=_("Penjualan langsung"),
            formula=_("Jumlah penjualan langsung peserta yang hadir; pesanan tidak dihitung"),
            numerator=_("penjualan langsung (rupiah)"),
            denominator=_("kepesertaan yang penjualannya diketahui, termasuk yang tanpa transaksi"),
            unit=_("rupiah"),
            rows=cash_of_each,
        ),
    ),
)

QUEUE = Indicator(
    "usulan",
    _("Telaah usulan"),
    (
        Total(
            key="menunggu",
            name=_("Usulan menunggu putusan"),
            formula=_("Banyaknya usulan yang sudah dikirim dan belum diputuskan, di meja mana pun"),
            numerator=_("usulan yang menunggu"),
            denominator=_("usulan yang pernah dikirim"),
            unit=_("usulan"),
            rows=_waiting,
        ),
        Median(
            key="umur",
            name=_("Lama menunggu"),
            formula=_("Nilai tengah hari sejak usulan yang menunggu itu dikirim"),
            numerator=_("hari sejak dikirim"),
            denominator=_("usulan yang menunggu"),
            unit=_("hari"),
            rows=_days_since_sent,
        ),
        Median(
            key="lama",
            name=_("Lama sampai diputuskan"),
            formula=_("Nilai tengah hari dari kirim sampai putusan, usulan yang diputuskan dalam 30 hari terakhir"),
            numerator=_("hari dari kirim sampai putusan"),
            denominator=_("usulan yang diputuskan"),
            unit=_("hari"),
            rows=_days_to_decision,
        ),
    ),
)
