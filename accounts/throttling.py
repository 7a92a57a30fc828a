"""How many requests a caller of the API has in a minute: each token its own, each person in the browser too.

Whoever brings no valid token has the allowance of the address. A token that somebody guesses at from an address is not
looked at any more from there, for a while; other tokens of the same address go on, for many offices share one.
"""

import logging
from dataclasses import dataclass
from ipaddress import ip_network
from typing import Any

from django.conf import settings
from django.db import DatabaseError
from rest_framework.exceptions import Throttled
from rest_framework.throttling import BaseThrottle

from accounts.lockout import address_of
from accounts.models import RequestWindow
from accounts.models.window import Refused

log = logging.getLogger(__name__)
#: The length of a window in seconds.
WINDOW = 60


@dataclass(frozen=True)
class Spent:
    """What a caller may spend in a window, has spent of it, and the seconds until the next one."""

    limit: int
    spent: int
    seconds: int

    @property
    def remaining(self) -> int:
        return max(self.limit - self.spent, 0)

    @property
    def is_over(self) -> bool:
        return self.spent > self.limit


def spend(request: Any, holder: str, limit: int, cost: int = 1) -> Spent | None:
    """Count a request, and let its answer say so. None where the database takes no writes: it still answers readers."""
    try:
        spent, seconds = RequestWindow.objects.spend(holder, cost, WINDOW)
    except DatabaseError:
        log.exception("requests are not counted")
        return None
    request._request.allowance = found = Spent(limit, spent, seconds)
    if found.is_over:
        RequestWindow.objects.count_refusal(Refused.THROTTLED)
    return found


def spend_as_stranger(request: Any) -> None:
    """Count a request without a valid token. Raises `Throttled` where its address has spent its allowance."""
    found = spend(request, f"address:{network_of(request)}", settings.API_STRANGER_RATE)
    if found and found.is_over:
        raise Throttled(found.seconds)


def refuse_guesses(request: Any, prefix: str) -> None:
    """Raise `Throttled` where the address has guessed at this token too often to be listened to. One query."""
    spent, seconds = RequestWindow.objects.spent(_guesses(request, prefix), WINDOW)
    if spent >= settings.API_STRANGER_RATE:
        raise Throttled(seconds)


def count_guess(request: Any, prefix: str) -> None:
    spend(request, _guesses(request, prefix), settings.API_STRANGER_RATE)


def network_of(request: Any) -> str:
    """The address that asks; of IPv6 the network, for whoever has one address there has them all."""
    address = address_of(request)
    try:
        return str(ip_network(f"{address}/64", strict=False)) if ":" in address else address
    except ValueError:  # a proxy that names no address
        return address[:40]


def _guesses(request: Any, prefix: str) -> str:
    return f"guess:{prefix}:{network_of(request)}"


class Allowance(BaseThrottle):
    """A view that costs the server more than a page of data says so in `request_cost`."""

    spent: Spent | None = None

    def allow_request(self, request: Any, view: Any) -> bool:
        if request.user is None:
            return True
        limit = settings.API_TOKEN_RATE if request.auth else settings.API_SESSION_RATE
        holder = f"token:{request.auth.pk}" if request.auth else f"user:{request.user.pk}"
        self.spent = spend(request, holder, limit, getattr(view, "request_cost", 1))
        return self.spent is None or not self.spent.is_over

    def wait(self) -> float | None:
        return self.spent.seconds if self.spent else None
