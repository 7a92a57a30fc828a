"""Who enters the portal: officers of a dinas and managers of centres. To everybody else its pages are not there."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase

#: Whose page sends by itself. One that is still open when somebody else signs in must not send in their name.
OWNER = "X-Owner"
#: What a page with a form answers to.
PAGE = ["GET", "HEAD", "POST"]


def for_officers(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.enters_portal:
            raise Http404
        if request.headers.get(OWNER, str(request.user.pk)) != str(request.user.pk):
            return HttpResponse(status=401)
        return view(request, *args, **kwargs)

    return guarded
