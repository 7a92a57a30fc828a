"""The figures of the office's region: the same as the ministry's, of what the officer sees."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from centres.models import Centre, Member
from portal.access import for_officers
from portal.kinds import address_of
from programs.dashboard.pages import Place
from programs.models import Allocation, Event
from submissions.models import Submission


def _page_of(record: Any) -> str:
    if isinstance(record, Centre | Member):
        return address_of(record)
    names = {Allocation: "portal:allocation", Event: "portal:event", Submission: "portal:submission"}
    name = names.get(type(record), "")
    return reverse(name, args=[record.pk]) if name else ""


PORTAL = Place(
    page="portal:figures",
    rows="portal:figure",
    file="portal:figure_file",
    templates=("portal/figures.html", "portal/figure.html"),
    page_of=_page_of,
)


@for_officers
@require_safe
def board(request: HttpRequest) -> HttpResponse:
    return PORTAL.board(request)


@for_officers
@require_safe
def figure(request: HttpRequest, name: str) -> HttpResponse:
    return PORTAL.figure(request, name)


@for_officers
@require_safe
def download(request: HttpRequest, name: str) -> HttpResponseBase:
    return PORTAL.download(request, name)
