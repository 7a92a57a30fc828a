"""A list as a page shows it: the rows that fit the filter, 25 at a time, and how the filter reads in words."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, QueryDict

PAGE_SIZE = 25


@dataclass(frozen=True)
class Chip:
    """One filter that is on, and the address of the list without it."""

    label: str
    words: str
    url: str


@dataclass
class Listing:
    request: HttpRequest
    filter: Any

    @cached_property
    def page(self) -> Page[Any]:
        return Paginator(self.filter.qs, PAGE_SIZE).get_page(self.request.GET.get("hal"))

    @cached_property
    def pages(self) -> list[Any]:
        """The numbers of pages to offer; None where some are left out."""
        numbers = self.page.paginator.get_elided_page_range(self.page.number, on_each_side=1, on_ends=1)
        return [number if isinstance(number, int) else None for number in numbers]

    @cached_property
    def chips(self) -> list[Chip]:
        form = self.filter.form
        known = form.cleaned_data if form.is_valid() else {}
        fields = [name for name in form.fields if known.get(name) and name != "urut"]
        return [Chip(str(form.fields[name].label), self._words(name), self.without(name)) for name in fields]

    def _words(self, name: str) -> str:
        field, value = self.filter.form.fields[name], self.filter.form.cleaned_data[name]
        choices = dict(getattr(field, "choices", ())) if isinstance(value, str) else {}
        return str(choices.get(value, value))

    @property
    def noun(self) -> str:
        """What is listed, in words."""
        return str(self.filter.queryset.model._meta.verbose_name)

    @property
    def is_empty(self) -> bool:
        """Nothing is there at all; with a filter on, nothing was found."""
        return not self.chips and not self.page.paginator.count

    @property
    def order(self) -> str:
        return self.request.GET.get("urut", "")

    def without(self, *names: str) -> str:
        return _query(self.request.GET, dict.fromkeys(names))

    def at(self, number: int) -> str:
        return _query(self.request.GET, {"hal": str(number)})

    def sorted_by(self, column: str) -> str:
        """The list by this column, downwards if it is sorted by it upwards already."""
        return _query(self.request.GET, {"urut": f"-{column}" if self.order == column else column, "hal": None})


def _query(now: QueryDict, changed: dict[str, str | None]) -> str:
    sent = now.copy()
    for name, value in changed.items():
        sent.pop(name, None)
        if value is not None:
            sent[name] = value
    if "hal" not in changed:
        sent.pop("hal", None)
    for name in [name for name, value in sent.items() if not value]:
        del sent[name]
    return "?" + sent.urlencode()
