"""What the directory and the calendar are narrowed by."""

from typing import Any

import django_filters as filters
from django.utils.translation import gettext_lazy as _

from batik_registry.filters import ReachChoiceFilter
from centres.choices import CentreKind
from centres.models import Centre
from programs.choices import EventKind
from programs.models import Event
from public import places

ALL = _("Semua")


def provinces(user: Any) -> list[tuple[str, str]]:
    return sorted(((one.code, f"{one.name} ({count})") for one, count in places.provinces()), key=lambda one: one[1])


class DirectoryFilter(filters.FilterSet):
    q = filters.CharFilter(label=_("Nama sentra, kota, atau kecamatan"), method="named")
    prov = ReachChoiceFilter("province_code", label=_("Provinsi"), empty_label=ALL, within=provinces)
    jenis = filters.ChoiceFilter(label=_("Jenis"), empty_label=ALL, choices=CentreKind, method="of_kind")

    class Meta:
        model = Centre
        fields: list[str] = []

    def named(self, rows: Any, name: str, text: str) -> Any:
        return rows.search(text[:100])

    def of_kind(self, rows: Any, name: str, kind: str) -> Any:
        return rows.filter(kinds__contains=[kind])


class CalendarFilter(filters.FilterSet):
    q = filters.CharFilter(label=_("Nama kegiatan atau tempat"), method="named")
    jenis = filters.ChoiceFilter("kind", label=_("Jenis kegiatan"), empty_label=ALL, choices=EventKind)

    class Meta:
        model = Event
        fields: list[str] = []

    def named(self, rows: Any, name: str, text: str) -> Any:
        return rows.search(text[:100])
