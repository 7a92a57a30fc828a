"""A list as a page shows it: the rows that fit the filter, 25 at a time, and how the filter reads in words."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _

from batik_registry import tables
from batik_registry.columns import Column
from batik_registry.templatetags.formats import tanggal
from portal.columns import COLUMNS, PERSONAL_COLUMNS

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

    @property
    def may_export_personal(self) -> bool:
        has_any = self.model in PERSONAL_COLUMNS
        return has_any and self.may_export and self.request.user.may.read_personal(self.model)

    def answer(self, template: str, context: dict[str, Any]) -> HttpResponseBase:
        """The page; or, where the address asks for it, all rows that fit the filter as a file for spreadsheets."""
        if "unduh" not in self.request.GET:
            return render(self.request, template, {"listing": self} | context)
        if not self.columns:
            raise PermissionDenied
        return tables.answer(self.request, self.as_table(), self.request.GET["unduh"])

    def as_table(self) -> tables.Table:
        personal = PERSONAL_COLUMNS.get(self.model, ()) if "pribadi" in self.request.GET else ()
        filters = [(self.filter.form.fields[name].label or _("Daftar"), self._words(name)) for name in self._given]
        title = self.model._meta.verbose_name_plural
        definition = _("Yang dapat dilihat %s.") % self.request.user.office
        columns = (*self.columns, *personal)
        return tables.Table(self.model._meta.model_name, title, self.rows, columns, definition, filters)

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
        shown = {field.name for field in form.visible_fields()}
        given = [name for name in self._given if name in shown]
        return [Chip(str(form.fields[name].label), self._words(name), self.without(name)) for name in given]

    @property
    def _given(self) -> list[str]:
        """The filters that are on."""
        known = self.filter.form.cleaned_data if self.filter.form.is_valid() else {}
        return [name for name in self.filter.form.fields if known.get(name) and name != "urut"]

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

    @property
    def files(self) -> list[tuple[str, str]]:
        """As what the list may be downloaded: what it is called, and its address."""
        offered = [(_("Unduh Excel"), {"unduh": "xlsx"}), (_("Unduh CSV"), {"unduh": "csv"})] if self.may_export else []
        if self.may_export_personal:
            offered.append((_("Unduh Excel dengan data pribadi"), {"unduh": "xlsx", "pribadi": "ya"}))
        return [(label, _query(self.request.GET, asked | {"hal": None})) for label, asked in offered]

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
