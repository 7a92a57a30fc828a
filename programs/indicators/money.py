"""The money of a fiscal year, from ceiling to absorbed, and how far the work has come. DAK only."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, Sum, When
from django.db.models.functions import Coalesce, Round
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from centres.choices import RuleCode
from programs.choices import AllocationKind, Stage
from programs.indicators.base import HUNDREDTH, NUMBER, UNKNOWN, ZERO, Indicator, Mean, Part, Percent, counted
from programs.indicators.scope import Scope
from programs.models import Contract, Disbursement, ProgressReport, RuleSet, StageDeadline

FISIK, NONFISIK = AllocationKind.PHYSICAL, AllocationKind.NON_PHYSICAL


def with_money(scope: Scope, *kinds: str) -> Any:
    """The year's allocations with `contracted`, `disbursed`, `absorbed` and `physical` as known on the day.

    None where nothing of the kind is recorded. Unlike `Allocation.objects.with_money` this leaves out sample papers
    under real allocations, and what came after the day.
    """
    contracts = _under(scope, Contract).filter(Q(signed_on=None) | Q(signed_on__lte=scope.day))
    received = _under(scope, Disbursement).filter(received_on__lte=scope.day)
    return scope.allocations(*kinds).annotate(
        contracted=_total(contracts, "value_idr"),
        disbursed=_total(received, "amount_idr"),
        absorbed=last_reported(scope, "absorbed_idr", OuterRef("pk")),
        physical=last_reported(scope, "physical_pct", OuterRef("pk")),
    )


def last_reported(scope: Scope, field: str, allocation: Any) -> Subquery:
    """The latest known value of a cumulative field of the progress reports, up to the quarter of the day."""
    reports = scope.real(ProgressReport.objects).up_to(scope.day.year, (scope.day.month + 2) // 3)
    known = reports.filter(**{"allocation": allocation, f"{field}__isnull": False})
    return Subquery(known.order_by("-year", "-quarter").values(field)[:1])


def _under(scope: Scope, model: Any) -> Any:
    return scope.real(model.objects).filter(allocation=OuterRef("pk")).order_by()


def _total(rows: Any, field: str) -> Subquery:
    return Subquery(rows.values("allocation").annotate(total=Sum(field)).values("total"), output_field=NUMBER)


def _share(over: str, under: str, *kinds: str) -> Callable[[Scope], Any]:
    return lambda scope: counted(with_money(scope, *kinds), F(over), F(under))


def _rate_of_each(scope: Scope) -> Any:
    rows = with_money(scope, FISIK).annotate(
        part=100 * F("absorbed") / Case(When(ceiling_idr__gt=0, then="ceiling_idr"))
    )
    return counted(rows, Round("part", 4))


def _physical(scope: Scope) -> Any:
    return counted(with_money(scope, FISIK), F("physical") * HUNDREDTH * F("contracted"), F("contracted"))


def _gap(scope: Scope) -> Any:
    done = F("physical") * HUNDREDTH * F("contracted")
    return counted(with_money(scope, FISIK), done - F("absorbed"), F("contracted"))


# --- contracts in time ------------------------------------------------------------------------------------------


def _signed_by(scope: Scope, day: date | None) -> Any:
    """No contract by the day is a real zero here; a contract whose date nobody wrote down makes the row unknown."""
    allocations = scope.allocations(FISIK)
    if day is None:
        return counted(allocations, UNKNOWN)
    contracts = _under(scope, Contract)
    signed = Coalesce(_total(contracts.filter(signed_on__lte=min(day, scope.day)), "value_idr"), ZERO)
    undated = Exists(contracts.filter(signed_on=None, value_idr__isnull=False))
    return counted(allocations, Case(When(undated, then=UNKNOWN), default=signed, output_field=NUMBER), F("plan_idr"))


def _signed_by_stage_one(scope: Scope) -> Any:
    """By the last day for the papers of stage I, extensions included, in the rules of the year. Two queries for it."""
    rules = RuleSet.objects.in_force(scope.year, FISIK)
    last = StageDeadline.objects.of(rules, Stage.I).first() if rules else None
    return _signed_by(scope, timezone.localdate(last.due_at) if last and last.due_at else None)


def _signed_by_working_limit(scope: Scope) -> Any:
    month = scope.limit(RuleCode.CONTRACT_BY_MONTH)
    return _signed_by(scope, date(scope.year, int(month), 1) if month else None)


# --- the declarations -------------------------------------------------------------------------------------------


def _ratio(key: str, name: Any, over: str, under: str, numerator: Any, denominator: Any) -> Part:
    return Percent(
        key=key,
        is_open=True,
        name=name,
        formula=format_lazy(_("Jumlah {} dibagi jumlah {}, dikali 100; DAK Fisik"), numerator, denominator),
        numerator=numerator,
        denominator=denominator,
        rows=_share(over, under, FISIK),
    )


CEILING, PLAN, CONTRACTED = _("pagu (rupiah)"), _("nilai RK (rupiah)"), _("nilai kontrak (rupiah)")
DISBURSED, ABSORBED = _("penyaluran (rupiah)"), _("penyerapan (rupiah)")

MONEY = Indicator(
    "I04",
    _("Dari pagu sampai penyerapan"),
    (
        _ratio("rk_pagu", _("RK dari pagu"), "plan_idr", "ceiling_idr", PLAN, CEILING),
        _ratio("kontrak_rk", _("Kontrak dari RK"), "contracted", "plan_idr", CONTRACTED, PLAN),
        _ratio("salur_kontrak", _("Penyaluran dari kontrak"), "disbursed", "contracted", DISBURSED, CONTRACTED),
        # Absorbed over contracts is what fits the ratios that Bappenas published for 2021.
        _ratio("serap_kontrak", _("Penyerapan dari kontrak"), "absorbed", "contracted", ABSORBED, CONTRACTED),
    ),
)

ABSORPTION = Indicator(
    "I05",
    _("Penyerapan DAK"),
    (
        Percent(
            key="fisik",
            is_open=True,
            name=_("Penyerapan DAK Fisik dari pagu"),
            formula=_("Jumlah penyerapan dibagi jumlah pagu, dikali 100"),
            numerator=ABSORBED,
            denominator=_("pagu (rupiah) alokasi yang penyerapannya dilaporkan, bukan RK atau kontrak"),
            rows=_share("absorbed", "ceiling_idr", FISIK),
        ),
        Mean(
            key="fisik_sederhana",
            is_open=True,
            name=_("Rata-rata sederhana penyerapan DAK Fisik"),
            formula=_("Jumlah persentase penyerapan setiap alokasi dibagi banyaknya alokasi"),
            numerator=_("penyerapan dari pagu alokasi itu (%)"),
            denominator=_("alokasi yang penyerapan dan pagunya diketahui"),
            rows=_rate_of_each,
        ),
        Percent(
            key="nonfisik",
            is_open=True,
            name=_("Penyerapan DAK Nonfisik dari pagu"),
            formula=_("Jumlah penyerapan dibagi jumlah pagu, dikali 100"),
            numerator=ABSORBED,
            denominator=_("pagu (rupiah) alokasi yang penyerapannya dilaporkan"),
            rows=_share("absorbed", "ceiling_idr", NONFISIK),
        ),
    ),
)

PHYSICAL = Indicator(
    "I06",
    _("Kemajuan fisik"),
    (
        Percent(
            key="fisik",
            is_open=True,
            name=_("Kemajuan fisik tertimbang nilai kontrak"),
            formula=_("Jumlah realisasi fisik kali nilai kontrak, dibagi jumlah nilai kontrak"),
            numerator=_("nilai kontrak yang sudah terwujud (rupiah)"),
            denominator=_("nilai kontrak (rupiah) alokasi yang realisasi fisiknya dilaporkan"),
            rows=_physical,
        ),
    ),
)

GAP = Indicator(
    "I07",
    _("Selisih fisik dan keuangan"),
    (
        Percent(
            key="selisih",
            is_open=True,
            name=_("Kemajuan fisik dikurangi penyerapan dari kontrak"),
            formula=_(
                "(Nilai kontrak yang terwujud dikurangi penyerapan) dibagi nilai kontrak, pada alokasi yang sama"
            ),
            numerator=_("nilai terwujud dikurangi penyerapan (rupiah)"),
            denominator=_("nilai kontrak (rupiah) alokasi yang fisik dan penyerapannya dilaporkan"),
            unit=_("poin persen"),
            rows=_gap,
        ),
    ),
)

IN_TIME = Indicator(
    "I09",
    _("Kontrak sebelum tenggat"),
    (
        Percent(
            key="tenggat_tahap_i",
            is_open=True,
            name=_("Kontrak sebelum batas waktu tahap I"),
            formula=_("Jumlah kontrak yang ditandatangani sampai batas waktu tahap I dibagi jumlah RK"),
            numerator=CONTRACTED,
            denominator=_("nilai RK (rupiah) alokasi yang semua kontraknya bertanggal"),
            rows=_signed_by_stage_one,
        ),
        Percent(
            key="batas_kerja",
            is_open=True,
            name=_("Kontrak sebelum batas kerja registri"),
            formula=_("Jumlah kontrak yang ditandatangani sampai tanggal 1 bulan menurut aturan dibagi jumlah RK"),
            numerator=CONTRACTED,
            denominator=_("nilai RK (rupiah) alokasi yang semua kontraknya bertanggal"),
            rows=_signed_by_working_limit,
        ),
    ),
)
