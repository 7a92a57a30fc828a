"""How far the registry reaches: registered centres, valid centres, regions with a centre built by DAK."""

from typing import Any

from django.db.models import CharField, Count, Exists, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce, Left
from django.utils.translation import gettext_lazy as _

from batik_registry.models import VerificationStatus
from centres.choices import FundingSource, MemberStatus, RuleCode
from centres.models import CentreFacility, Member, Membership
from programs.indicators.base import UNKNOWN, Indicator, Percent, Total, counted, one_if
from programs.indicators.references import baseline
from programs.indicators.scope import Scope, pks
from programs.models import Allocation
from regions.models import Region


def registered(scope: Scope) -> Any:
    """The centres that count as registered: validated by the ministry."""
    return scope.centres().filter(verification_status=VerificationStatus.VALIDATED)


def _registered_of_recorded(scope: Scope) -> Any:
    return counted(scope.centres(), one_if(Q(verification_status=VerificationStatus.VALIDATED)))


def _valid_of_registered(scope: Scope) -> Any:
    """With enough confirmed members a centre is valid, without enough even with the others it is not; else unknown."""
    minimum = scope.limit(RuleCode.CLUSTER_MINIMUM)
    if minimum is None:
        return counted(registered(scope), UNKNOWN)
    primary = Membership.objects.open(scope.day).primary().filter(member__status=MemberStatus.ACTIVE)
    primary = scope.real(primary).filter(centre=OuterRef("pk")).order_by()
    stale = Member.objects.stale(scope.day).filter(pk=OuterRef("member"))
    confirmed = primary.filter(~Exists(stale))  # looked up member by member: a list would be built for every centre
    rows = registered(scope).annotate(active_members=_count(primary), confirmed_members=_count(confirmed))
    enough, too_few = Q(confirmed_members__gte=minimum), Q(active_members__lt=minimum)
    return counted(rows, one_if(enough, known=enough | too_few))


def _count(memberships: Any) -> Coalesce:
    return Coalesce(Subquery(memberships.values("centre").annotate(n=Count("pk")).values("n")), 0)


def _regions_with_dak(scope: Scope) -> Any:
    """Rows are regencies and cities with a centre. The year is the building's own, or else its allocation's."""
    paid = Allocation.objects.filter(facility=OuterRef("pk"), fiscal_year__lte=scope.year)
    built = scope.real(CentreFacility.objects).filter(
        centre__in=pks(scope.centres_ever()), funding_source=FundingSource.DAK_FISIK
    )
    built = built.filter(Q(funding_year__lte=scope.year) | Q(Exists(paid), funding_year=None))
    regions = Region.objects.filter(code__in=scope.centres_ever().order_by().values("regency_code"))
    regions = regions.annotate(
        province_code=Left("code", Value(2), output_field=CharField()),
        regency_code=Left("code", Value(5), output_field=CharField()),
    )
    return counted(regions, one_if(Exists(built.filter(regency_code=OuterRef("code")))))


REGISTERED = Indicator(
    "I01",
    _("Sentra terdaftar"),
    (
        Total(
            key="terdaftar",
            is_open=True,
            name=_("Sentra terdaftar"),
            formula=_("Banyaknya sentra yang tervalidasi dan tidak tutup"),
            numerator=_("sentra tervalidasi"),
            denominator=_("sentra tercatat yang tidak tutup, tervalidasi atau belum"),
            unit=_("sentra"),
            rows=_registered_of_recorded,
            beside=baseline("sentra-batik"),
        ),
    ),
)

VALID = Indicator(
    "I02",
    _("Sentra yang memenuhi syarat klaster"),
    (
        Percent(
            key="klaster",
            is_open=True,
            name=_("Sentra dengan cukup banyak IKM aktif"),
            formula=_("Sentra terdaftar dengan cukup banyak anggota utama yang aktif dibagi sentra terdaftar"),
            numerator=_("sentra yang anggota utamanya mencapai jumlah minimum menurut aturan"),
            denominator=_("sentra terdaftar yang jumlah anggota aktifnya dapat dipastikan"),
            rows=_valid_of_registered,
        ),
    ),
)

DAK_REGIONS = Indicator(
    "I03",
    _("Daerah dengan sentra yang dibangun dari DAK"),
    (
        Total(
            key="daerah",
            is_open=True,
            name=_("Daerah dengan sentra yang dibangun dari DAK"),
            formula=_("Banyaknya kabupaten/kota dengan fasilitas sentra dari DAK Fisik sampai tahun anggaran ini"),
            numerator=_("kabupaten/kota dengan fasilitas sentra dari DAK Fisik"),
            denominator=_("kabupaten/kota yang memiliki sentra tercatat, termasuk yang sudah tutup"),
            unit=_("daerah"),
            rows=_regions_with_dak,
            beside=baseline("daerah-sentra-batik-dak"),
        ),
    ),
)
