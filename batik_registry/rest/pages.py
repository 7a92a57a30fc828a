"""The public pages of the API, for the engineers who call it."""

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import capfirst
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_safe

from batik_registry.rest import resources
from batik_registry.rest.paging import DEFAULT_LIMIT, MAX_LIMIT
from batik_registry.rest.problems import CODES


@login_not_required
@require_safe
def developer(request: HttpRequest) -> HttpResponse:
    """Public: how to get a token, and what every address has in common."""
    views = {name: view.serializer_class.Meta.model for name, view in resources.registered().items()}
    context: dict[str, Any] = {
        "root": request.build_absolute_uri("/").rstrip("/"),
        "resources": [(name, capfirst(str(model._meta.verbose_name_plural))) for name, model in views.items()],
        "default_limit": DEFAULT_LIMIT,
        "max_limit": MAX_LIMIT,
        "token_rate": settings.API_TOKEN_RATE,
        "session_rate": settings.API_SESSION_RATE,
        "stranger_rate": settings.API_STRANGER_RATE,
        "codes": CODES,
    }
    return render(request, "api/developer.html", context)


@login_not_required
@require_safe
def problems(request: HttpRequest) -> HttpResponse:
    """Public: each refusal names its code's place on this page as its `type`."""
    return render(request, "api/problems.html", {"codes": CODES.items()})


@login_not_required
@require_safe
@ensure_csrf_cookie
def docs(request: HttpRequest) -> HttpResponse:
    """Public: the contract to read and try. The script comes from our own files and runs under our content policy."""
    return render(request, "api/docs.html")
