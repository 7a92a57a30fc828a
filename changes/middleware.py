"""Tells the change log, for each request that may write, who asks, through which door, under which request id."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from uuid_utils.compat import uuid7

from changes.choices import Door
from changes.context import changing

SAFE_METHODS = ("GET", "HEAD", "OPTIONS", "TRACE")
DOORS = {"/admin/": Door.ADMIN, "/api/": Door.API}


class ChangeContextMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method in SAFE_METHODS:
            return self.get_response(request)
        request_id = str(uuid7())
        user = request.user if request.user.is_authenticated else None
        door = self.door(request.path)
        reason = request.POST.get("_reason", "")[:500] if door is Door.ADMIN else ""
        with changing(by=user, door=door, reason=reason, request_id=request_id):
            response = self.get_response(request)
        response["X-Request-ID"] = request_id
        return response

    @staticmethod
    def door(path: str) -> Door:
        return next((door for prefix, door in DOORS.items() if path.startswith(prefix)), Door.PORTAL)
