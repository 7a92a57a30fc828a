"""The members as they are: at work or not, whose, how lawful, how varied, how freshly confirmed."""

from typing import Any

from django.db.models import Case, DateField, F, Q, Value, When
from django.db.models.functions import ExtractDay, Greatest, TruncDate
from django.utils.translation import gettext_lazy as _

from centres.choices import MemberStatus, NoNibReason, ProductGroup, Sex
from centres.models import Member
from programs.indicators.base import Indicator, Mean, Median, Percent, Total, counted, one_if
from programs.indicators.scope import Scope, pks
from programs.indicators.yearly import latest

ACTIVE_DENOMINATOR = _("IKM aktif yang dikonfirmasi dalam batas aturan")
NOT_FABRIC = [group for group in ProductGroup.values if group != ProductGroup.FABRIC]
NIB_UNKNOWN = Q(nib="", no_nib_reason__in=[NoNibReason.NOT_ASKED, NoNibReason.NOT_SHOWN])


def unconfirmed(scope: Scope) -> Q:
    """Active by their status, but nobody has confirmed it for longer than the rule allows. One query for the rule."""
    return Q(pk__in=pks(stale(scope)))


def stale(scope: Scope) -> Any:
    return scope.once(("stale", scope.day), lambda: Member.objects.stale(scope.day))


def of_active(scope: Scope, numerator: Any) -> Any:
    """Rows are members whose status is active; those not confirmed are unknown, and show in the coverage."""
    return counted(scope.members().active(), numerator, Case(When(~unconfirmed(scope), then=1)))


def _activity(activity: str) -> Any:
    """Three numbers, never two: whoever nobody confirmed is neither active nor inactive."""

    def rows(scope: Scope) -> Any:
        is_active, stale = Q(status=MemberStatus.ACTIVE), unconfirmed(scope)
        found = {"active": is_active & ~stale, "inactive": ~is_active, "unknown": stale}[activity]
        return counted(scope.members(), one_if(found))

    return rows


def _groups(scope: Scope) -> Any:
    known = scope.members().active().annotate(groups=Case(When(~Q(product_groups=[]), then=F("product_groups__len"))))
    return counted(known, F("groups"), Case(When(~unconfirmed(scope), then=1)))


def _beyond_fabric(scope: Scope) -> Any:
    return of_active(scope, one_if(Q(product_groups__overlap=NOT_FABRIC), known=~Q(product_groups=[])))


def _owned_by_women(scope: Scope) -> Any:
    return of_active(scope, one_if(Q(owner_sex=Sex.FEMALE), known=~Q(owner_sex="")))


def _women_at_work(scope: Scope) -> Any:
    rows = scope.members().annotate(
        women=latest(scope, "workers_female", "workers_male"), men=latest(scope, "workers_male", "workers_female")
    )
    return counted(rows, F("women"), F("women") + F("men"))


def _with_nib(scope: Scope) -> Any:
    return of_active(scope, one_if(~Q(nib=""), known=~NIB_UNKNOWN))


def _new_this_year(scope: Scope) -> Any:
    started = one_if(Q(is_new_entrepreneur=True, started_year=scope.year), known=Q(started_year__isnull=False))
    return counted(scope.members(), started)


def _survived(scope: Scope) -> Any:
    """Those who began in the year before last: only the year of the beginning is known."""
    begun = scope.members().filter(is_new_entrepreneur=True, started_year=scope.year - 2)
    return counted(begun, one_if(Q(status=MemberStatus.ACTIVE), known=~unconfirmed(scope)))


def _days_since_confirmed(scope: Scope) -> Any:
    confirmed = Greatest(TruncDate("verified_at"), "as_of")
    rows = scope.members().active().annotate(age=Value(scope.day, output_field=DateField()) - confirmed)
    return counted(rows, ExtractDay("age"))


def _stale(scope: Scope) -> Any:
    return counted(scope.members().active(), one_if(unconfirmed(scope)))


DIVERSIFICATION = Indicator(
    "I12",
    _("Diversifikasi produk"),
    (
        Mean(
            key="kelompok",
            name=_("Rata-rata kelompok produk per IKM"),
            formula=_("Jumlah kelompok produk dibagi banyaknya IKM aktif"),
            numerator=_("kelompok produk"),
            denominator=_("IKM aktif terkonfirmasi yang kelompok produknya tercatat"),
            unit=_("kelompok per IKM"),
            rows=_groups,
        ),
        Percent(
            key="selain_kain",
            name=_("IKM dengan produk selain kain"),
            formula=_("IKM aktif dengan sedikitnya satu kelompok produk selain kain dibagi IKM aktif"),
            numerator=_("IKM dengan produk selain kain"),
            denominator=_("IKM aktif terkonfirmasi yang kelompok produknya tercatat"),
            rows=_beyond_fabric,
        ),
    ),
)

WOMEN = Indicator(
    "I13",
    _("Perempuan"),
    (
        Percent(
            key="tenaga_kerja",
            name=_("Tenaga kerja perempuan"),
            formula=_("Jumlah tenaga kerja perempuan dibagi jumlah tenaga kerja, tanpa pekerja borongan"),
            numerator=_("tenaga kerja perempuan"),
            denominator=_("tenaga kerja laki-laki dan perempuan IKM yang datanya pada tahun itu lengkap"),
            rows=_women_at_work,
        ),
        Percent(
            key="pemilik",
            name=_("IKM milik perempuan"),
            formula=_("IKM aktif yang pemiliknya perempuan dibagi IKM aktif yang jenis kelamin pemiliknya diketahui"),
            numerator=_("IKM milik perempuan"),
            denominator=_("IKM aktif terkonfirmasi yang jenis kelamin pemiliknya diketahui"),
            rows=_owned_by_women,
        ),
    ),
)

ACTIVITY = Indicator(
    "I23",
    _("Keaktifan IKM"),
    tuple(
        Total(
            key=key,
            name=name,
            formula=formula,
            numerator=name,
            denominator=_("IKM tercatat, tanpa data ganda"),
            unit=_("IKM"),
            rows=_activity(activity),
        )
        for key, activity, name, formula in (
            ("aktif", "active", _("IKM aktif"), _("Berstatus aktif dan dikonfirmasi dalam batas aturan")),
            ("tidak_aktif", "inactive", _("IKM tidak aktif"), _("Berstatus tidak aktif sementara, tutup, atau pindah")),
            (
                "belum_dikonfirmasi",
                "unknown",
                _("IKM belum dikonfirmasi"),
                _("Berstatus aktif, tetapi konfirmasinya lebih lama dari batas aturan atau belum ada"),
            ),
        )
    ),
    is_split=True,
)

LEGALITY = Indicator(
    "I26",
    _("Legalitas"),
    (
        Percent(
            key="nib",
            name=_("IKM dengan NIB"),
            formula=_("IKM aktif yang memiliki NIB dibagi IKM aktif"),
            numerator=_("IKM dengan NIB"),
            denominator=_("IKM aktif terkonfirmasi yang NIB-nya sudah ditanyakan dan ditunjukkan"),
            rows=_with_nib,
        ),
    ),
)

NEW_ENTREPRENEURS = Indicator(
    "I27",
    _("Wirausaha baru"),
    (
        Total(
            key="baru",
            name=_("Wirausaha baru tahun ini"),
            formula=_("Banyaknya wirausaha baru yang mulai usaha pada tahun itu"),
            numerator=_("wirausaha baru yang mulai tahun itu"),
            denominator=_("IKM yang tahun mulai usahanya diketahui"),
            unit=_("IKM"),
            rows=_new_this_year,
        ),
        Percent(
            key="bertahan",
            name=_("Wirausaha baru yang bertahan dua tahun"),
            formula=_(
                "Wirausaha baru yang mulai dua tahun sebelumnya dan masih aktif dibagi semua yang mulai saat itu"
            ),
            numerator=_("wirausaha yang masih aktif"),
            denominator=_("wirausaha baru dua tahun lalu yang keaktifannya diketahui"),
            rows=_survived,
        ),
    ),
)

FRESHNESS = Indicator(
    "I29",
    _("Kemutakhiran data"),
    (
        Median(
            key="hari",
            name=_("Hari sejak konfirmasi terakhir"),
            formula=_("Nilai tengah hari sejak data IKM aktif terakhir dikonfirmasi"),
            numerator=_("hari sejak konfirmasi terakhir"),
            denominator=_("IKM berstatus aktif yang pernah dikonfirmasi"),
            unit=_("hari"),
            rows=_days_since_confirmed,
        ),
        Percent(
            key="lama",
            name=_("Data yang perlu dikonfirmasi lagi"),
            formula=_("IKM aktif yang konfirmasinya lebih lama dari batas aturan, atau belum ada, dibagi IKM aktif"),
            numerator=_("IKM yang perlu dikonfirmasi lagi"),
            denominator=_("IKM berstatus aktif"),
            rows=_stale,
        ),
    ),
)
