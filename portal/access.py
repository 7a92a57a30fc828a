"""Who enters the portal: officers of a dinas and managers of centres. To everybody else its pages are not there."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase

#: What a page with a form answers to.
PAGE = ["GET", "HEAD", "POST"]


def for_officers(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.enters_portal:
            raise Http404
        return view(request, *args, **kwargs)

    return guarded
