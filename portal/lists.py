"""A list as a page shows it: the rows that fit the filter, 25 at a time, and how the filter reads in words."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.shortcuts import render

from batik_registry.spreadsheets import csv_answer
from batik_registry.templatetags.formats import tanggal
from portal.columns import COLUMNS
from programs.worklists import Column

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

    @property
    def model(self) -> Any:
        return self.filter.queryset.model

    @property
    def columns(self) -> tuple[Column, ...]:
        return COLUMNS.get(self.model, ())

    @property
    def rows(self) -> Any:
        """What fits the filter; with a filter that is not understood, nothing."""
        return self.filter.qs if self.filter.form.is_valid() else self.filter.queryset.none()

    @property
    def may_export(self) -> bool:
        return bool(self.columns) and self.request.user.may.export(self.model)

    def answer(self, template: str, context: dict[str, Any]) -> HttpResponseBase:
        """The page; or, where the address asks for it, all rows that fit the filter as a file for spreadsheets."""
        if "unduh" not in self.request.GET:
            return render(self.request, template, {"listing": self} | context)
        if not self.may_export:
            raise PermissionDenied
        headings = [str(column.title(self.model)) for column in self.columns]
        rows = ([column.text(row) for column in self.columns] for row in self.rows.iterator(chunk_size=500))
        return csv_answer(self.model._meta.model_name, headings, rows)

    @cached_property
    def page(self) -> Page[Any]:
        return Paginator(self.rows, PAGE_SIZE).get_page(self.request.GET.get("hal"))

    @cached_property
    def pages(self) -> list[Any]:
        """The numbers of pages to offer; None where some are left out."""
        numbers = self.page.paginator.get_elided_page_range(self.page.number, on_each_side=1, on_ends=1)
        return [number if isinstance(number, int) else None for number in numbers]

    @cached_property
    def chips(self) -> list[Chip]:
        form = self.filter.form
        known = form.cleaned_data if form.is_valid() else {}
        shown = [field.name for field in form.visible_fields()]
        fields = [name for name in shown if known.get(name) and name != "urut"]
        return [Chip(str(form.fields[name].label), self._words(name), self.without(name)) for name in fields]

    def _words(self, name: str) -> str:
        field, value = self.filter.form.fields[name], self.filter.form.cleaned_data[name]
        if isinstance(value, date):
            return tanggal(value)
        choices = dict(getattr(field, "choices", ())) if isinstance(value, str) else {}
        return str(choices.get(value, value))

    @property
    def noun(self) -> str:
        """What is listed, in words."""
        return str(self.model._meta.verbose_name)

    @property
    def is_empty(self) -> bool:
        """Nothing is there at all; with a filter on, nothing was found."""
        return self.filter.form.is_valid() and not self.chips and not self.page.paginator.count

    @property
    def order(self) -> str:
        return self.request.GET.get("urut", "")

    def without(self, *names: str) -> str:
        return _query(self.request.GET, dict.fromkeys(names))

    def at(self, number: int) -> str:
        return _query(self.request.GET, {"hal": str(number)})

    def as_file(self) -> str:
        return _query(self.request.GET, {"unduh": "csv", "hal": None})

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
