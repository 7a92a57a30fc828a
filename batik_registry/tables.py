"""Every list as a file: the same rows, columns and filters as its page, from whichever door it is asked.

CSV has the words of the page, XLSX typed cells and a sheet that says what they are. Rows come from a cursor of the
server, a part at a time, so that a long list takes no more memory than a short one.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Protocol

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from batik_registry.rest import logbook
from batik_registry.spreadsheets import csv_answer
from batik_registry.templatetags.formats import pukul
from batik_registry.workbooks import SHEET_ROWS, Book, TooLong, made

#: So many rows are held at once.
PART = 500
#: What a sheet holds below its heading.
MAX_ROWS = SHEET_ROWS - 1
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class TableColumn(Protocol):
    def title(self, model: Any) -> Any: ...
    def definition(self, model: Any) -> str: ...
    def is_personal(self, model: Any) -> bool: ...
    def text(self, row: Any) -> str: ...
    def value(self, row: Any) -> Any: ...


@dataclass(frozen=True)
class Table:
    """A list with what its file says of it: `definition` in a sentence, `filters` as pairs of label and words."""

    name: str
    title: Any
    rows: Any
    columns: Sequence[TableColumn]
    definition: Any = ""
    filters: Sequence[tuple[Any, Any]] = ()

    @property
    def model(self) -> Any:
        return self.rows.model

    def headings(self) -> list[str]:
        return [str(column.title(self.model)) for column in self.columns]

    def told(self, user: Any, cells: Callable[[Any], list[Any]]) -> Iterator[list[Any]]:
        """The cells of each row. Where columns are personal, each part is told after its reading was kept."""
        is_personal = any(column.is_personal(self.model) for column in self.columns)
        rows = iter(self.rows.iterator(chunk_size=PART))
        while part := list(islice(rows, PART)):
            if is_personal:
                reason = _("Unduhan: %s") % self.title
                logbook.book().keep_reading(user, self.model, [str(row.pk) for row in part], reason)
            yield from map(cells, part)

    def texts(self, row: Any) -> list[str]:
        return [column.text(row) for column in self.columns]

    def values(self, row: Any) -> list[Any]:
        return [column.value(row) for column in self.columns]


def as_csv(request: HttpRequest, table: Table) -> HttpResponseBase:
    return csv_answer(table.name, table.headings(), table.told(request.user, table.texts))


def as_xlsx(request: HttpRequest, table: Table) -> HttpResponseBase:
    """The workbook; of a list that is longer than a sheet the page again, with what to do."""

    def write(book: Book) -> None:
        headings = [capfirst(heading) for heading in table.headings()]
        book.write_data([headings], table.told(request.user, table.values), MAX_ROWS)
        book.write_about(about(request, table))

    try:
        file = made(write)
    except TooLong:
        messages.error(request, _("Lebih dari %d baris; saring dahulu, atau unduh CSV.") % MAX_ROWS)
        return HttpResponseRedirect(_page_before(request))
    name = f"{table.name}-{timezone.localdate():%Y-%m-%d}.xlsx"
    return FileResponse(file, as_attachment=True, filename=name, content_type=XLSX)


def _page_before(request: HttpRequest) -> str:
    page = request.headers.get("Referer", "")
    return page if url_has_allowed_host_and_scheme(page, {request.get_host()}) else "/"


FORMATS = {"csv": as_csv, "xlsx": as_xlsx}


def answer(request: HttpRequest, table: Table, told_as: str) -> HttpResponseBase:
    """The table as a file, for whoever may export its rows; a personal column only for whoever reads such in clear."""
    if told_as not in FORMATS:
        raise Http404
    may, model = request.user.may, table.model
    if not may.export(model):
        raise PermissionDenied
    if any(column.is_personal(model) for column in table.columns) and not may.read_personal(model):
        raise PermissionDenied
    return FORMATS[told_as](request, table)


def about(request: HttpRequest, table: Table) -> Iterator[tuple[str, Any]]:
    """What a file says of itself: what it tells, where it is from, how it was narrowed, who took it and when."""
    user: Any = request.user
    yield _("Sumber"), "Registri Sentra Batik"
    yield _("Daftar"), capfirst(str(table.title))
    if table.definition:
        yield _("Definisi"), str(table.definition)
    yield _("Alamat"), request.build_absolute_uri()
    yield from _filters(table.filters)
    yield _("Diambil pada"), pukul(timezone.now())
    yield _("Diambil oleh"), ", ".join(map(str, filter(None, (user, user.get_role_display(), user.office))))
    yield _("Jam"), _("Semua jam adalah jam setempat, seperti pada “Diambil pada”")
    for column in table.columns:
        if told := column.definition(table.model):
            yield _("Kolom %s") % column.title(table.model), told


def _filters(filters: Iterable[tuple[Any, Any]]) -> Iterator[tuple[str, str]]:
    given = [(_("Saringan: %s") % label, str(words)) for label, words in filters]
    yield from given or [(_("Saringan"), _("tidak ada"))]
