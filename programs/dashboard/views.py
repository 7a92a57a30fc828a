"""The dashboard at the ministry's desk."""

from typing import Any

from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from programs.dashboard.pages import Place, desk_page_of


def _context(request: HttpRequest) -> dict[str, Any]:
    return admin.site.each_context(request) | {"title": _("Dasbor nasional")}


DESK = Place(
    page="dashboard:board",
    rows="dashboard:figure",
    file="dashboard:download",
    templates=("programs/dashboard.html", "programs/dashboard_figure.html"),
    page_of=desk_page_of,
    context=_context,
)


@require_safe
def board(request: HttpRequest) -> HttpResponse:
    _enter(request)
    return DESK.board(request)


@require_safe
def figure(request: HttpRequest, name: str) -> HttpResponse:
    _enter(request)
    return DESK.figure(request, name)


@require_safe
def download(request: HttpRequest, name: str) -> HttpResponseBase:
    _enter(request)
    return DESK.download(request, name)


def _enter(request: HttpRequest) -> None:
    if not request.user.is_staff:
        raise Http404
