from collections.abc import Callable
from typing import Any

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.deprecation import MiddlewareMixin

from accounts import second_factor
from batik_registry.language import is_room
from regions.zones import zone_of

#: What somebody without the second factor still reaches: the way to set it up, and the way out.
OPEN_VIEWS = frozenset(
    {
        "account_login",
        "account_logout",
        "account_reauthenticate",
        "account_change_password",
        "mfa_activate_totp",
    }
)


class SignInMiddleware(LoginRequiredMiddleware):
    """A page is closed unless it says that it is public; of a public page's reader the session is not even opened."""

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        return super().process_view(request, view, args, kwargs) if getattr(view, "login_required", True) else None


class SecondFactorMiddleware(MiddlewareMixin):
    """Leads staff without a second factor to set it up before anything else."""

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], *args: object
    ) -> HttpResponse | None:
        if not getattr(view, "login_required", True):
            return None  # public pages stay public, and whoever asks is not even looked at
        match = request.resolver_match
        if not request.user.is_authenticated or (match and match.url_name in OPEN_VIEWS):
            return None
        if not second_factor.is_missing(request.user):
            return None
        return redirect("mfa_activate_totp")


class LocalTimeMiddleware:
    """Shows and reads times as the clock stands where the person's office is; the API keeps to UTC."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not is_room(request) or not request.user.is_authenticated:
            return self.get_response(request)
        with timezone.override(zone_of(request.user.region_prefix or "")):
            return self.get_response(request)


class AllowanceMiddleware(MiddlewareMixin):
    """Says in every answer to a known caller of the API how many requests are left, and until when."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        allowance = getattr(request, "allowance", None)
        if allowance:
            response["RateLimit-Limit"] = str(allowance.limit)
            response["RateLimit-Remaining"] = str(allowance.remaining)
            response["RateLimit-Reset"] = str(allowance.seconds)
        return response
