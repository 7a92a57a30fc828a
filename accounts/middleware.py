from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
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


class SecondFactorMiddleware(MiddlewareMixin):
    """Leads staff without a second factor to set it up before anything else."""

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], *args: object
    ) -> HttpResponse | None:
        match = request.resolver_match
        if not request.user.is_authenticated or (match and match.url_name in OPEN_VIEWS):
            return None
        if not getattr(view, "login_required", True):
            return None  # public pages stay public
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
