"""What the pages of a dashboard show, wherever they stand: at the ministry's desk or in the officers' portal."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse

from batik_registry.spreadsheets import csv_answer
from programs.dashboard.asked import Asked
from programs.dashboard.board import Board, Tile
from programs.dashboard.named import find
from programs.dashboard.rows import Line, Rows

ROWS_A_PAGE = 50


@dataclass(frozen=True)
class Place:
    """Where a dashboard stands: its addresses, its templates, and what its pages know besides."""

    #: The names of the addresses: the page, a figure's rows, the file of them.
    page: str
    rows: str
    file: str
    templates: tuple[str, str]
    page_of: Callable[[Any], str]
    context: Callable[[HttpRequest], dict[str, Any]] = lambda request: {}

    def address(self, asked: Asked) -> Callable[[str, str], str]:
        def of(name: str, region: str) -> str:
            return with_query(reverse(self.rows, args=[name]), asked.query(wilayah=region))

        return of

    def board(self, request: HttpRequest) -> HttpResponse:
        """The whole dashboard. A form that asks for what cannot be shows itself alone."""
        asked = Asked(request.user, request.GET)
        context: dict[str, Any] = {"form": asked, "board": None}
        if not asked.is_valid():
            return self._page(request, 0, context)
        with asked.known():  # the page is written before the past ends
            context["board"] = Board(asked.scope, self.address(asked), tells_the_day=asked.tells_the_day)
            return self._page(request, 0, context)

    def figure(self, request: HttpRequest, name: str) -> HttpResponse:
        """One figure with its definition and its rows, page by page."""
        asked = self._asked(request)
        with asked.known():
            rows = self._rows(asked, name)
            page = Paginator(rows.listed, ROWS_A_PAGE).get_page(request.GET.get("hal"))
            context = {
                "form": asked,
                "rows": rows,
                "tile": Tile(rows.figure, ""),
                "page": page,
                "lines": [(self._address_of(line), line) for line in rows.lines(page.object_list)],
                "query": asked.query(),
                "back": with_query(reverse(self.page), asked.query()),
                "file": with_query(reverse(self.file, args=[name]), asked.query()),
            }
            return self._page(request, 1, context)

    def download(self, request: HttpRequest, name: str) -> HttpResponseBase:
        """The same rows as a file. Of the past all of them are read at once: it ends before the file is sent."""
        asked = self._asked(request)
        with asked.known():
            rows = self._rows(asked, name)
            lines = list(rows.all()) if asked.as_of else rows.all()
        return csv_answer(name, rows.headings, (line.cells() for line in lines))

    def _page(self, request: HttpRequest, number: int, context: dict[str, Any]) -> HttpResponse:
        return render(request, self.templates[number], self.context(request) | context)

    def _asked(self, request: HttpRequest) -> Asked:
        asked = Asked(request.user, request.GET)
        if not asked.is_valid():
            raise Http404
        return asked

    def _rows(self, asked: Asked, name: str) -> Rows:
        found = find(name)
        if found is None:
            raise Http404
        figure = found[1].figure(asked.scope)
        if not asked.user.may.read(figure.rows.model):
            raise PermissionDenied
        return Rows(figure, asked.user)

    def _address_of(self, line: Line) -> str:
        return self.page_of(line.record) if line.record is not None else ""


def with_query(address: str, query: str) -> str:
    return f"{address}?{query}" if query else address


def desk_page_of(record: Any) -> str:
    """The record's page at the desk; "" where it has none."""
    try:
        return reverse(f"admin:{record._meta.app_label}_{record._meta.model_name}_change", args=[record.pk])
    except NoReverseMatch:
        return ""
