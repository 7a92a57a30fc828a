"""How many requests a caller of the API has in a minute: each token its own, each person in the browser too."""

import logging
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import DatabaseError
from rest_framework.throttling import BaseThrottle

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


class Allowance(BaseThrottle):
    """A view that costs the server more than a page of data says so in `request_cost`."""

    spent: Spent | None = None

    def allow_request(self, request: Any, view: Any) -> bool:
        if request.user is None:
            return True
        limit = settings.API_TOKEN_RATE if request.auth else settings.API_SESSION_RATE
        holder = f"token:{request.auth.pk}" if request.auth else f"user:{request.user.pk}"
        try:
            spent, seconds = RequestWindow.objects.spend(holder, getattr(view, "request_cost", 1), WINDOW)
        except DatabaseError:  # a database that takes no writes, as in a failover, still answers readers
            log.exception("requests are not counted")
            return True
        self.spent = request._request.allowance = Spent(limit, spent, seconds)
        if spent > limit:
            RequestWindow.objects.count_refusal(Refused.THROTTLED)
        return spent <= limit

    def wait(self) -> float | None:
        return self.spent.seconds if self.spent else None
