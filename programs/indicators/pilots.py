"""The pilot centres by their records: self-supporting, accountable, professional."""

from collections.abc import Callable
from typing import Any

from django.db.models import Case, Exists, F, OuterRef, Q, Value, When
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _

from centres.choices import ProcedureKind
from centres.models import CentreProcedure, CentreService, OperationReport
from programs.choices import ReportKind
from programs.indicators.base import UNKNOWN, Indicator, Mean, Percent, counted, one_if
from programs.indicators.reporting import due_by, on_time
from programs.indicators.scope import Scope
from programs.indicators.use import QUARTERS, year_of
from programs.models import Handover


def pilots(scope: Scope) -> Any:
    """The pilot centres with `self_supporting`, `accountable` and `professional`: 1, 0, or None for unknown."""
    rows = (
        scope.centres()
        .pilots()
        .annotate(income=year_of(scope, "service_income_idr"), cost=year_of(scope, "operating_cost_idr"))
    )
    return rows.annotate(
        self_supporting=one_if(Q(income__gte=F("cost")), known=Q(income__isnull=False, cost__gt=0)),
        accountable=_accountable(scope),
        professional=_professional(scope),
    )


def _accountable(scope: Scope) -> Any:
    """The last four reports that were due all came in time; unknown where the calendar does not name four."""
    years = (scope.day.year - 2, scope.day.year - 1, scope.day.year)
    dues = [due for year in years for due in due_by(scope.day, ReportKind.OPERATION, year)][-QUARTERS:]
    if len(dues) < QUARTERS:
        return UNKNOWN
    kept = on_time(scope.real(OperationReport.objects), dues, "centre")
    return Case(When(Exact(kept, QUARTERS), then=1), default=Value(0))


def _professional(scope: Scope) -> Any:
    """The decree may be that on the centre or that on its manager."""
    decided = Handover.objects.filter(allocation__centre_links__centre=OuterRef("pk")).exclude(manager_decree="")
    procedures = CentreProcedure.objects.filter(centre=OuterRef("pk"), kind=ProcedureKind.SOP)
    tariffs = CentreService.objects.filter(centre=OuterRef("pk"), tariff_idr__isnull=False)
    decree = ~Q(decree_number="") | Q(Exists(scope.real(decided)))
    return one_if(decree & Q(Exists(scope.real(procedures))) & Q(Exists(scope.real(tariffs))))


def _criterion(name: str) -> Callable[[Scope], Any]:
    return lambda scope: counted(pilots(scope), F(name))


def _score(scope: Scope) -> Any:
    return counted(pilots(scope), F("self_supporting") + F("accountable") + F("professional"))


PILOT_SCORE = Indicator(
    "I20",
    _("Skor sentra percontohan"),
    (
        Mean(
            key="skor",
            name=_("Rata-rata kriteria yang terpenuhi, dari 3"),
            formula=_("Jumlah kriteria mandiri, akuntabel, dan profesional yang terpenuhi dibagi banyaknya sentra"),
            numerator=_("kriteria yang terpenuhi"),
            denominator=_("sentra percontohan yang ketiga kriterianya dapat dinilai"),
            unit=_("kriteria"),
            rows=_score,
        ),
        Percent(
            key="mandiri",
            name=_("Sentra percontohan yang mandiri"),
            formula=_("Sentra yang pendapatan layanan setahunnya menutup biaya operasional dibagi sentra percontohan"),
            numerator=_("sentra dengan pendapatan layanan sedikitnya sebesar biaya operasional"),
            denominator=_("sentra percontohan yang pendapatan dan biayanya empat triwulan terakhir diketahui"),
            rows=_criterion("self_supporting"),
        ),
        Percent(
            key="akuntabel",
            name=_("Sentra percontohan yang akuntabel"),
            formula=_("Sentra yang empat laporan operasional terakhirnya tepat waktu dibagi sentra percontohan"),
            numerator=_("sentra dengan empat laporan tepat waktu"),
            denominator=_("sentra percontohan, bila jadwal laporannya tercatat"),
            rows=_criterion("accountable"),
        ),
        Percent(
            key="profesional",
            name=_("Sentra percontohan yang profesional"),
            formula=_("Sentra yang memiliki SK, SOP, dan tarif layanan dibagi sentra percontohan"),
            numerator=_("sentra dengan SK, SOP, dan tarif"),
            denominator=_("sentra percontohan"),
            rows=_criterion("professional"),
        ),
    ),
)
