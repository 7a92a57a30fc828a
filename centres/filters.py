"""What lists of centres and members are narrowed by: one FilterSet for the page and for the API."""

import re
from typing import Any

import django_filters as filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from batik_registry.filters import ReachChoiceFilter
from centres import choices
from centres.models import Centre, Member
from regions.models import Region

ALL = _("Semua")
YES = [("ya", _("Ya"))]


def places_of(user: Any) -> list[tuple[str, str]]:
    """The regions one level below the user's own. One query."""
    below = Region.objects.children_of(user.region_prefix or "").current().order_by("name")
    return list(below.values_list("code", "name"))


class RecordFilter(filters.FilterSet):
    """An unknown value narrows to nothing instead of being ignored."""

    @property
    def user(self) -> Any:
        return self.request.user

    def in_place(self, rows: QuerySet[Any], name: str, code: str) -> QuerySet[Any]:
        return rows.filter(region_code__startswith=code)


class CentreFilter(RecordFilter):
    q = filters.CharFilter(label=_("Cari nama atau kode"), method="named")
    wilayah = ReachChoiceFilter(label=_("Wilayah"), empty_label=ALL, method="in_place", within=places_of)
    komoditas = filters.ChoiceFilter("commodity", label=_("Komoditas"), empty_label=ALL, choices=choices.Commodity)
    status = filters.ChoiceFilter(
        "operational_status", label=_("Status operasi"), empty_label=ALL, choices=choices.OperationalStatus
    )
    urut = filters.OrderingFilter(
        fields={"name": "nama", "member_count": "anggota", "updated_at": "diubah"}, null_label=None
    )

    class Meta:
        model = Centre
        fields: list[str] = []

    def named(self, rows: Any, name: str, text: str) -> Any:
        return rows.search(text)


class MemberFilter(RecordFilter):
    q = filters.CharFilter(label=_("Cari nama atau NIB"), method="named")
    wilayah = ReachChoiceFilter(label=_("Wilayah"), empty_label=ALL, method="in_place", within=places_of)
    teknik = filters.ChoiceFilter(label=_("Teknik"), empty_label=ALL, choices=choices.Technique, method="by_technique")
    pewarna = filters.ChoiceFilter("dye_type", label=_("Pewarna"), empty_label=ALL, choices=choices.DyeType)
    status = filters.ChoiceFilter("status", label=_("Status usaha"), empty_label=ALL, choices=choices.MemberStatus)
    basi = filters.ChoiceFilter(label=_("Lewat satu tahun"), empty_label=ALL, choices=YES, method="unconfirmed")
    sentra = filters.ModelChoiceFilter(
        label=_("Sentra"), empty_label=ALL, queryset=lambda request: centres_of(request.user), method="of_centre"
    )
    urut = filters.OrderingFilter(
        fields={"business_name": "nama", "verified_at": "konfirmasi", "updated_at": "diubah"}, null_label=None
    )

    class Meta:
        model = Member
        fields: list[str] = []

    def named(self, rows: Any, name: str, text: str) -> Any:
        """By name, or by a whole NIB, which is for officers only."""
        digits = re.sub(r"[\s.-]", "", text)
        if re.fullmatch(r"\d{13}", digits) and self.user.may.reads_restricted:
            return rows.filter(nib=digits)
        return rows.search(text)

    def by_technique(self, rows: Any, name: str, code: str) -> Any:
        return rows.filter(techniques__has_key=code)

    def unconfirmed(self, rows: Any, name: str, value: str) -> Any:
        return rows.stale()

    def of_centre(self, rows: Any, name: str, centre: Centre) -> Any:
        return rows.in_centre(centre)


def centres_of(user: Any) -> Any:
    return Centre.objects.visible_to(user)
