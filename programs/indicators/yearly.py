"""What members made and sold in a year, from their yearly data (`MemberSnapshot`); two half-years make a year."""

from collections.abc import Callable
from typing import Any

from django.db.models import Case, Count, F, IntegerField, OuterRef, Q, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from centres.choices import CapacityUnit, Semester
from centres.models import MemberSnapshot
from programs.indicators.base import HUNDREDTH, NUMBER, Growth, Indicator, Percent, Total, counted, one_if
from programs.indicators.references import of_the_year
from programs.indicators.scope import Scope

BOTH_HALVES = 2


def latest(scope: Scope, field: str, *others: str) -> Subquery:
    """A state, such as workers: that of the whole year, else of the later half; `others` must be known with it."""
    known = _of_year(scope, scope.year).filter(**{f"{name}__isnull": False for name in (field, *others)})
    best = Case(
        When(semester=Semester.WHOLE_YEAR, then=Value(BOTH_HALVES + 1)),
        default=F("semester"),
        output_field=IntegerField(),
    )
    return Subquery(known.order_by(best.desc()).values(field)[:1])


def flow(scope: Scope, field: str, year: int, **only: Any) -> Coalesce:
    """A sum over the year, such as revenue: that of the whole year, else both halves together; one half is no year."""
    known = _of_year(scope, year).filter(**{f"{field}__isnull": False}, **only)
    halves = known.exclude(semester=Semester.WHOLE_YEAR).values("member")
    both = halves.annotate(total=Sum(field), halves=Count("pk")).filter(halves=BOTH_HALVES)
    return Coalesce(
        Subquery(known.filter(semester=Semester.WHOLE_YEAR).values(field), output_field=NUMBER),
        Subquery(both.values("total"), output_field=NUMBER),
    )


def _of_year(scope: Scope, year: int) -> Any:
    return scope.real(MemberSnapshot.objects).filter(member=OuterRef("pk"), year=year).order_by()


def _growth_of(field: str, **only: Any) -> Callable[[Scope], Any]:
    """Matched panel: a member counts if both years are known, else growth would only tell who reports."""
    return lambda scope: counted(
        scope.members(), flow(scope, field, scope.year, **only), flow(scope, field, scope.year - 1, **only)
    )


def _exported(scope: Scope) -> Any:
    return scope.members().annotate(exported=flow(scope, "export_idr", scope.year))


def _export(scope: Scope) -> Any:
    return counted(_exported(scope), F("exported"))


def _exporters(scope: Scope) -> Any:
    return counted(_exported(scope), one_if(Q(exported__gt=0), known=Q(exported__isnull=False)))


def _natural_dye(scope: Scope) -> Any:
    rows = scope.members().annotate(made=flow(scope, "production_value_idr", scope.year))
    return counted(rows, F("natural_dye_pct") * HUNDREDTH * F("made"), F("made"))


def _uses_natural_dye(scope: Scope) -> Any:
    known = Q(natural_dye_pct__isnull=False)
    return counted(scope.members().active(), one_if(Q(natural_dye_pct__gt=0), known=known))


NATURAL_DYE = Indicator(
    "I14",
    _("Pewarna alam"),
    (
        Percent(
            key="nilai",
            name=_("Produksi dengan pewarna alam"),
            formula=_("Jumlah porsi pewarna alam kali nilai produksi, dibagi jumlah nilai produksi"),
            numerator=_("nilai produksi dengan pewarna alam (rupiah)"),
            denominator=_("nilai produksi (rupiah) IKM yang porsi dan nilai produksinya diketahui"),
            rows=_natural_dye,
        ),
        Percent(
            key="ikm",
            name=_("IKM yang memakai pewarna alam"),
            formula=_("IKM dengan porsi pewarna alam lebih dari nol dibagi IKM yang porsinya diketahui"),
            numerator=_("IKM yang memakai pewarna alam"),
            denominator=_("IKM berstatus aktif yang porsi pewarna alamnya diketahui"),
            rows=_uses_natural_dye,
        ),
    ),
)

REVENUE_GROWTH = Indicator(
    "I18",
    _("Pertumbuhan omzet"),
    (
        Growth(
            key="omzet",
            name=_("Pertumbuhan omzet"),
            formula=_("(Omzet tahun ini dikurangi omzet tahun lalu) dibagi omzet tahun lalu, IKM yang sama"),
            numerator=_("omzet tahun ini (rupiah)"),
            denominator=_("omzet tahun lalu (rupiah) IKM yang omzet kedua tahunnya diketahui"),
            rows=_growth_of("revenue_idr"),
        ),
    ),
)

PRODUCTION_GROWTH = Indicator(
    "I19",
    _("Pertumbuhan produksi"),
    tuple(
        Growth(
            key=unit.lower(),
            name=format_lazy("{} ({})", _("Pertumbuhan produksi"), label),
            formula=_("(Produksi tahun ini dikurangi tahun lalu) dibagi produksi tahun lalu, IKM dan satuan yang sama"),
            numerator=label,
            denominator=_("produksi tahun lalu IKM yang produksi kedua tahunnya diketahui dalam satuan ini"),
            rows=_growth_of("production_quantity", capacity_unit=unit),
        )
        for unit, label in CapacityUnit.choices
    ),
)

EXPORT = Indicator(
    "I25",
    _("Ekspor"),
    (
        Total(
            key="nilai",
            name=_("Nilai ekspor"),
            formula=_("Jumlah omzet ekspor setahun"),
            numerator=_("omzet ekspor (rupiah)"),
            denominator=_("IKM yang omzet ekspornya pada tahun itu diketahui"),
            unit=_("rupiah"),
            rows=_export,
            beside=of_the_year("ekspor-batik"),
        ),
        Percent(
            key="eksportir",
            name=_("IKM yang mengekspor"),
            formula=_("IKM dengan omzet ekspor lebih dari nol dibagi IKM yang omzet ekspornya diketahui"),
            numerator=_("IKM yang mengekspor"),
            denominator=_("IKM yang omzet ekspornya pada tahun itu diketahui, termasuk yang nol"),
            rows=_exporters,
        ),
    ),
)
