"""What lists of allocations are narrowed by: one FilterSet for the page and for the API."""

from typing import Any

import django_filters as filters
from django.utils.translation import gettext_lazy as _

from programs import choices
from programs.models import Allocation, Event

ALL = _("Semua")


class AllocationFilter(filters.FilterSet):
    tahun = filters.ChoiceFilter("fiscal_year", label=_("Tahun anggaran"), empty_label=ALL, choices=[])
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

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["tahun"].extra["choices"] = self._years()

    def _years(self) -> list[tuple[int, int]]:
        """The years that occur within the user's reach. One query."""
        rows = Allocation.objects.visible_to(self.request.user).order_by("-fiscal_year")
        return [(year, year) for year in rows.values_list("fiscal_year", flat=True).distinct()]


class EventFilter(filters.FilterSet):
    q = filters.CharFilter(label=_("Cari nama, kode, atau tempat"), method="named")
    tahun = filters.ChoiceFilter(label=_("Tahun"), empty_label=ALL, choices=[], method="of_year")
    jenis = filters.ChoiceFilter("kind", label=_("Jenis kegiatan"), empty_label=ALL, choices=choices.EventKind)
    status = filters.ChoiceFilter("status", label=_("Status"), empty_label=ALL, choices=choices.EventStatus)
    urut = filters.OrderingFilter(fields={"name": "nama", "starts_on": "mulai"}, null_label=None)

    class Meta:
        model = Event
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["tahun"].extra["choices"] = self._years()

    def _years(self) -> list[tuple[int, int]]:
        """The years that occur within the user's reach. One query."""
        days = Event.objects.visible_to(self.request.user).dates("starts_on", "year", order="DESC")
        return [(day.year, day.year) for day in days]

    def named(self, rows: Any, name: str, text: str) -> Any:
        return rows.search(text)

    def of_year(self, rows: Any, name: str, year: str) -> Any:
        return rows.in_year(int(year))
