"""Whether what DAK built is used: open, filled, selling. The gap that no other system watches."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db.models import Case, Count, Exists, F, OuterRef, Q, Subquery, Sum, When
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import gettext_lazy as _

from centres.choices import FundingSource, MemberStatus, RuleCode
from centres.models import CentreFacility, Membership, OperationReport
from programs.choices import AllocationKind, AllocationSource
from programs.indicators.base import HUNDREDTH, NUMBER, ONE, UNKNOWN, Indicator, Percent, Ratio, counted, one_if
from programs.indicators.money import last_reported
from programs.indicators.scope import Scope, in_quarters, pks
from programs.models import AllocationCentre, Handover

QUARTERS = 4


def _handed_over(scope: Scope) -> Any:
    """DAK buildings handed over longer ago than the rule allows, with `open_days` of the last quarter (or None)."""
    days = scope.limit(RuleCode.UNUSED_DAYS)
    paid = Q(funding_source=FundingSource.DAK_FISIK) | Q(
        allocations__source_of_funds=AllocationSource.DAK, allocations__kind=AllocationKind.PHYSICAL
    )
    facilities = scope.rows(CentreFacility).filter(centre__in=pks(scope.centres_ever()))
    if days is None:
        return facilities.none().annotate(open_days=UNKNOWN)
    early = Handover.objects.filter(allocation__facility=OuterRef("pk"), bast_on__lt=scope.day - timedelta(int(days)))
    facilities = facilities.filter(Exists(scope.real(early)), pk__in=pks(CentreFacility.objects.filter(paid)))
    reports = in_quarters(scope.real(OperationReport.objects), scope.ended_quarters[:1])
    return facilities.annotate(open_days=Subquery(reports.filter(centre=OuterRef("centre")).values("open_days")[:1]))


def _buildings(is_counted: Callable[[Any], Q]) -> Callable[[Scope], Any]:
    def rows(scope: Scope) -> Any:
        minimum = scope.limit(RuleCode.OPEN_DAYS)
        return counted(_handed_over(scope), UNKNOWN if minimum is None else one_if(is_counted(minimum)))

    return rows


def last_quarter(scope: Scope) -> Any:
    """The operation reports of the last quarter that has ended."""
    reports = scope.rows(OperationReport).filter(centre__in=pks(scope.centres()))
    return in_quarters(reports, scope.ended_quarters[:1])


def _users_of_members(scope: Scope) -> Any:
    """A centre whose list of members is empty has an unknown number of them."""
    members = Membership.objects.open(scope.day).filter(centre=OuterRef("centre"), member__status=MemberStatus.ACTIVE)
    numbered = scope.real(members).order_by().values("centre").annotate(n=Count("member", distinct=True))
    return counted(last_quarter(scope), F("ikm_users"), NullIf(Subquery(numbered.values("n")), 0))


def _hours(scope: Scope) -> Any:
    return counted(last_quarter(scope), F("hours_used"), F("hours_available"))


def year_of(scope: Scope, field: str) -> Subquery:
    """What a centre reported over the last four ended quarters; None unless all four are known."""
    reports = in_quarters(scope.real(OperationReport.objects), scope.ended_quarters).filter(centre=OuterRef("pk"))
    summed = reports.order_by().values("centre").annotate(total=Sum(field), known=Count(field)).filter(known=QUARTERS)
    return Subquery(summed.values("total"), output_field=NUMBER)


def _sales_per_dak(scope: Scope) -> Any:
    """An allocation's money goes to its centre, or to several by their shares; without shares it is not known."""
    links = scope.real(AllocationCentre.objects).filter(
        centre=OuterRef("pk"), allocation__source_of_funds=AllocationSource.DAK
    )
    others = AllocationCentre.objects.filter(allocation=OuterRef("allocation")).exclude(pk=OuterRef("pk"))
    unshared = links.filter(Exists(others), share_pct=None)
    share = Coalesce(F("share_pct") * HUNDREDTH, ONE)
    spent = links.order_by().annotate(spent=share * last_reported(scope, "absorbed_idr", OuterRef("allocation")))
    total = Subquery(spent.values("centre").annotate(total=Sum("spent")).values("total"), output_field=NUMBER)
    absorbed = Case(When(~Exists(unshared), then=total))
    rows = scope.centres().filter(Exists(links))
    return counted(rows, year_of(scope, "sales_turnover_idr"), absorbed)


IN_USE = Indicator(
    "I10",
    _("Gedung DAK yang beroperasi"),
    tuple(
        Percent(
            key=key,
            name=name,
            formula=_(
                "Banyaknya gedung dengan keadaan ini dibagi gedung DAK yang BAST-nya lebih lama dari batas aturan"
            ),
            numerator=numerator,
            denominator=_("gedung DAK yang BAST-nya lebih lama dari batas aturan"),
            rows=_buildings(is_counted),
        )
        for key, name, numerator, is_counted in (
            (
                "beroperasi",
                _("Gedung yang beroperasi"),
                _("gedung yang hari bukanya pada triwulan terakhir mencapai batas aturan"),
                lambda minimum: Q(open_days__gte=minimum),
            ),
            (
                "kurang",
                _("Gedung yang kurang beroperasi"),
                _("gedung yang hari bukanya pada triwulan terakhir di bawah batas aturan"),
                lambda minimum: Q(open_days__lt=minimum),
            ),
            (
                "belum_diketahui",
                _("Gedung yang belum diketahui keadaannya"),
                _("gedung tanpa laporan operasional triwulan terakhir"),
                lambda minimum: Q(open_days=None),
            ),
        )
    ),
    is_split=True,
)

UTILISATION = Indicator(
    "I11",
    _("Pemakaian fasilitas"),
    (
        Percent(
            key="pengguna",
            name=_("IKM pengguna fasilitas"),
            formula=_("Jumlah IKM pengguna dibagi jumlah anggota aktif, triwulan terakhir"),
            numerator=_("IKM pengguna fasilitas"),
            denominator=_("anggota sentra berstatus aktif, termasuk yang belum dikonfirmasi"),
            rows=_users_of_members,
        ),
        Percent(
            key="jam",
            name=_("Jam pakai fasilitas"),
            formula=_("Jumlah jam pakai dibagi jumlah jam tersedia, triwulan terakhir"),
            numerator=_("jam pakai"),
            denominator=_("jam tersedia"),
            rows=_hours,
        ),
    ),
)

SALES_PER_DAK = Indicator(
    "I21",
    _("Penjualan per rupiah DAK"),
    (
        Ratio(
            key="penjualan",
            name=_("Penjualan sentra setahun per rupiah DAK"),
            formula=_("Omzet penjualan empat triwulan terakhir dibagi seluruh penyerapan DAK untuk sentra itu"),
            numerator=_("omzet penjualan empat triwulan terakhir (rupiah)"),
            denominator=_("penyerapan DAK kumulatif (rupiah) sentra yang keempat laporannya lengkap"),
            unit=_("rupiah per rupiah"),
            rows=_sales_per_dak,
        ),
    ),
)
