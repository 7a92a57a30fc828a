"""After five wrong passwords or codes an address has to wait before it may try this account again."""

import math
from typing import Any

from axes.handlers.proxy import AxesProxyHandler
from axes.helpers import get_cool_off
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.auth.signals import user_login_failed
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


def account_of(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str | None:
    """The e-mail address that is being tried, however the form or the caller names it."""
    found = credentials or request.POST
    tried = found.get("email") or found.get("login") or found.get("username")
    return tried.strip().lower()[:255] if tried else None


def address_of(request: HttpRequest) -> str:
    """The address that asks; behind our proxy the one that the proxy appended, for the rest anyone may invent."""
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "")
    if settings.BEHIND_PROXY and forwarded:
        return str(forwarded.rpartition(",")[2].strip())
    return str(request.META.get("REMOTE_ADDR", ""))


def refuse_while_locked(request: HttpRequest, email: str) -> None:
    """Raise `ValidationError` while this account is locked for this address; axes then answers with its page."""
    if not AxesProxyHandler.is_allowed(request, {"email": email}):
        request.axes_locked_out = True  # type: ignore[attr-defined]
        request.axes_credentials = {"email": email}  # type: ignore[attr-defined]
        raise ValidationError(_("Terlalu banyak percobaan. Coba lagi beberapa saat lagi"), code="locked")


def count_failure(request: HttpRequest, email: str) -> None:
    user_login_failed.send(sender=__name__, credentials={"email": email}, request=request)


def locked_out(
    request: HttpRequest, _response: HttpResponse | None, credentials: dict[str, Any] | None
) -> HttpResponse:
    """The page that says how long to wait."""
    minutes = math.ceil(_seconds_left(request, account_of(request, credentials)) / 60)
    return render(request, "account/locked.html", {"minutes": max(minutes, 1)}, status=429)


def _seconds_left(request: HttpRequest, email: str | None) -> float:
    address = request.axes_ip_address  # type: ignore[attr-defined]
    last = AccessAttempt.objects.filter(username=email, ip_address=address).order_by("-attempt_time").first()
    began = last.attempt_time if last else timezone.now()
    return float((began + get_cool_off(request) - timezone.now()).total_seconds())
