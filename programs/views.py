"""The ministry's lists: all of them, one of them, and one as a file."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import admin
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from batik_registry import tables
from batik_registry.forms import DateInput
from batik_registry.templatetags.formats import tanggal
from programs import worklists
from programs.worklists import EXPIRING_DAYS, Worklist
from regions.models import Region

ROWS_A_PAGE = 50


class WorklistForm(forms.Form):
    """What a list is asked for; a list leaves out what its definition does not depend on."""

    tahun = forms.IntegerField(label=_("Tahun"), min_value=2000, max_value=2100)
    sebelum = forms.DateField(label=_("Berakhir sebelum"), widget=DateInput)
    wilayah = forms.ChoiceField(label=_("Wilayah"), required=False)

    def __init__(self, worklist: Worklist, user: Any, data: Any = None) -> None:
        today = timezone.localdate()
        self.today = {"tahun": today.year, "sebelum": today + timedelta(days=EXPIRING_DAYS), "wilayah": ""}
        super().__init__(self.today | {name: data[name] for name in self.today if data.get(name)})
        for name, asked in (("tahun", "year"), ("sebelum", "day")):
            if worklist.asks != asked:
                del self.fields[name]
        places: Any = self.fields["wilayah"]
        places.choices = [("", _("semua wilayah")), *_places(worklist.model.objects.visible_to(user))]

    def asked(self) -> dict[str, Any]:
        """Year, day and region, today's where nothing else was asked."""
        given = self.today | self.cleaned_data
        return {"year": given["tahun"], "day": given["sebelum"], "region": given["wilayah"]}

    def words(self) -> list[tuple[Any, str]]:
        """What the list was asked for, as labels and words."""
        given, places = self.asked(), dict(self.fields["wilayah"].choices)  # type: ignore[attr-defined]
        told = {"tahun": str(given["year"]), "sebelum": tanggal(given["day"]), "wilayah": places[given["region"]]}
        return [(field.label, str(told[name])) for name, field in self.fields.items()]


def _places(rows: Any) -> Iterator[tuple[str, str]]:
    """Provinces and regencies in which there is something."""
    seen = {code for pair in rows.order_by().values_list("province_code", "regency_code").distinct() for code in pair}
    for code, name in Region.objects.filter(code__in=seen).order_by("code").values_list("code", "name"):
        yield code, f"{name} ({code})"


def index(request: HttpRequest) -> HttpResponse:
    """All lists that the user's role reads."""
    _enter(request)
    context = {"title": _now("Daftar kementerian"), "worklists": worklists.readable_by(request.user)}
    return render(request, "programs/worklist_list.html", admin.site.each_context(request) | context)


def worklist(request: HttpRequest, name: str) -> HttpResponse:
    """One list, page by page."""
    found, form = _look_up(request, name)
    rows = found.of(request.user, **form.asked()) if form.is_valid() else found.model.objects.none()
    page = Paginator(rows, ROWS_A_PAGE).get_page(request.GET.get("hal"))
    context = {
        "title": found.title,
        "worklist": found,
        "form": form,
        "page": page,
        "rows": [(_page_of(row), cells) for row, cells in found.table(page.object_list)],
        "may_export": request.user.may.export(found.model),
        "query": urlencode({name: form.data[name] for name in form.fields}),
    }
    return render(request, "programs/worklist_detail.html", admin.site.each_context(request) | context)


def download(request: HttpRequest, name: str) -> HttpResponseBase:
    """The same rows as a file: CSV, or a workbook where the address says `bentuk=xlsx`."""
    found, form = _look_up(request, name)
    if not form.is_valid():
        raise Http404
    table = found.as_table(found.of(request.user, **form.asked()), form.words())
    return tables.answer(request, table, request.GET.get("bentuk", "csv"))


def _enter(request: HttpRequest) -> None:
    if not request.user.is_staff:
        raise Http404


def _look_up(request: HttpRequest, name: str) -> tuple[Worklist, WorklistForm]:
    """The list and what was asked of it; 404 for what is missing or not the user's business."""
    _enter(request)
    found = worklists.find(name, request.user)
    if found is None:
        raise Http404
    return found, WorklistForm(found, request.user, request.GET)


def _page_of(row: Any) -> str:
    try:
        return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])
    except NoReverseMatch:
        return ""
