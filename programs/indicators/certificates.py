"""Certificates in force on the day: TKDN and what else government buyers ask for, halal, the haj uniform."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from batik_registry.templatetags.formats import tanggal
from centres.choices import CertificateType, RuleCode
from centres.models import Certification, Member, Rule
from programs.choices import OrderChannel
from programs.indicators.base import Beside, Indicator, Part, Percent, Total, counted, nothing, one_if
from programs.indicators.members import ACTIVE_DENOMINATOR, of_active
from programs.indicators.references import baseline
from programs.indicators.scope import Scope, pks
from programs.models import Order

#: A geographical indication belongs to a community, so no member is its holder.
KINDS = [kind for kind in CertificateType if kind != CertificateType.GEOGRAPHICAL]


def _holders(kind: str) -> Callable[[Scope], Any]:
    def rows(scope: Scope) -> Any:
        held = scope.real(Certification.objects).valid(scope.day).filter(kind=kind, member=OuterRef("pk"))
        return of_active(scope, one_if(Exists(held)))

    return rows


def _certified_products(scope: Scope) -> Any:
    """Rows are certificates: one product each."""
    valid = Certification.objects.valid(scope.day).filter(pk=OuterRef("pk"))
    recorded = scope.rows(Certification).filter(kind=CertificateType.TKDN, member__in=pks(scope.members()))
    return counted(recorded, one_if(Exists(valid)))


def _in_catalogue(scope: Scope) -> Any:
    """Nobody lists who is in the catalogue; an order that came through it proves it."""
    orders = scope.real(Order.objects).filter(member=OuterRef("pk"), channel=OrderChannel.E_CATALOGUE)
    return of_active(scope, one_if(Exists(orders.filter(ordered_on__lte=scope.day))))


def _haj_eligible(scope: Scope) -> Any:
    """The very list that the ministry asks for (`Member.objects.haj_uniform_eligible`), confirmed or not."""
    eligible = Member.objects.haj_uniform_eligible(scope.day)
    return counted(scope.members().active(), one_if(Exists(eligible.filter(pk=OuterRef("pk")))))


def days_to_halal(scope: Scope) -> tuple[Beside, ...]:
    """How many days remain until products must be halal; below zero once the day has passed. One query."""
    rule = Rule.objects.filter(code=RuleCode.HALAL_DUTY, valid_from__isnull=False).order_by("valid_from").first()
    if rule is None or rule.valid_from is None:
        return ()
    left = Beside(
        name=_("Hari menuju kewajiban sertifikat halal"),
        value=Decimal((rule.valid_from - scope.day).days),
        unit=_("hari"),
        period=tanggal(rule.valid_from),
        source=rule.legal_basis,
    )
    return (left,)


def _coverage(kind: CertificateType) -> Part:
    return Percent(
        key=kind.value.lower(),
        name=kind.label,
        formula=_("IKM aktif dengan sertifikat jenis ini yang berlaku pada hari itu dibagi IKM aktif"),
        numerator=_("IKM dengan sertifikat yang berlaku"),
        denominator=ACTIVE_DENOMINATOR,
        rows=_holders(kind),
        beside=days_to_halal if kind == CertificateType.HALAL else nothing,
    )


P3DN_READY = Indicator(
    "I16",
    _("Siap P3DN"),
    (
        Percent(
            key="tkdn",
            name=_("IKM dengan TKDN yang berlaku"),
            formula=_("IKM aktif dengan sedikitnya satu sertifikat TKDN yang berlaku dibagi IKM aktif"),
            numerator=_("IKM dengan TKDN yang berlaku"),
            denominator=ACTIVE_DENOMINATOR,
            rows=_holders(CertificateType.TKDN),
        ),
        Total(
            key="produk",
            name=_("Produk bersertifikat TKDN"),
            formula=_("Banyaknya sertifikat TKDN yang berlaku pada hari itu; satu sertifikat untuk satu produk"),
            numerator=_("sertifikat TKDN yang berlaku"),
            denominator=_("sertifikat TKDN tercatat, berlaku atau tidak"),
            unit=_("produk"),
            rows=_certified_products,
        ),
        Percent(
            key="e_katalog",
            name=_("IKM yang menjual lewat e-Katalog"),
            formula=_("IKM aktif dengan sedikitnya satu pesanan lewat e-Katalog sampai hari itu dibagi IKM aktif"),
            numerator=_("IKM yang terbukti tayang di e-Katalog karena ada pesanannya"),
            denominator=ACTIVE_DENOMINATOR,
            rows=_in_catalogue,
        ),
    ),
)

CERTIFIED = Indicator("I17", _("Cakupan sertifikat"), tuple(_coverage(kind) for kind in KINDS))

HAJ_UNIFORM = Indicator(
    "I24",
    _("Layak membuat seragam haji"),
    (
        Total(
            key="layak",
            name=_("IKM yang layak membuat seragam haji"),
            formula=_(
                "Memiliki NIB, KBLI batik, teknik cap, tempat produksi, serta Batikmark dan halal, juga yang diajukan"
            ),
            numerator=_("IKM yang memenuhi keenam syarat"),
            denominator=_("IKM berstatus aktif, termasuk yang belum dikonfirmasi"),
            unit=_("IKM"),
            rows=_haj_eligible,
            beside=baseline("ikm-izin-seragam-haji"),
        ),
    ),
)
