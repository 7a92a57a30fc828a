"""What lists of allocations are narrowed by: one FilterSet for the page and for the API."""

from typing import Any

import django_filters as filters
from django.utils.translation import gettext_lazy as _

from batik_registry.filters import ReachChoiceFilter
from programs import choices
from programs.models import Allocation, Event

ALL = _("Semua")


def fiscal_years_of(user: Any) -> list[tuple[int, str]]:
    """The years that occur among the allocations within the user's reach. One query."""
    rows = Allocation.objects.visible_to(user).order_by("-fiscal_year")
    return [(year, str(year)) for year in rows.values_list("fiscal_year", flat=True).distinct()]


def event_years_of(user: Any) -> list[tuple[int, str]]:
    """The years that occur among the events within the user's reach. One query."""
    days = Event.objects.visible_to(user).dates("starts_on", "year", order="DESC")
    return [(day.year, str(day.year)) for day in days]


class AllocationFilter(filters.FilterSet):
    tahun = ReachChoiceFilter("fiscal_year", label=_("Tahun anggaran"), empty_label=ALL, within=fiscal_years_of)
    jenis = filters.ChoiceFilter("kind", label=_("Jenis"), empty_label=ALL, choices=choices.AllocationKind)
    sumber = filters.ChoiceFilter(
        "source_of_funds", label=_("Sumber dana"), empty_label=ALL, choices=choices.AllocationSource
    )
    tahap = filters.ChoiceFilter("state", label=_("Tahap"), empty_label=ALL, choices=choices.State)
    urut = filters.OrderingFilter(
        fields={"title": "nama", "fiscal_year": "tahun", "ceiling_idr": "pagu"}, null_label=None
    )

    class Meta:
        model = Allocation
        fields: list[str] = []


class EventFilter(filters.FilterSet):
    q = filters.CharFilter(label=_("Cari nama, kode, atau tempat"), method="named")
    tahun = ReachChoiceFilter(label=_("Tahun"), empty_label=ALL, within=event_years_of, method="of_year")
    jenis = filters.ChoiceFilter("kind", label=_("Jenis kegiatan"), empty_label=ALL, choices=choices.EventKind)
    status = filters.ChoiceFilter("status", label=_("Status"), empty_label=ALL, choices=choices.EventStatus)
    urut = filters.OrderingFilter(fields={"name": "nama", "starts_on": "mulai"}, null_label=None)

    class Meta:
        model = Event
        fields: list[str] = []

    def named(self, rows: Any, name: str, text: str) -> Any:
        return rows.search(text)

    def of_year(self, rows: Any, name: str, year: str) -> Any:
        return rows.in_year(int(year))
