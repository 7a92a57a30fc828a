"""What every public page shares: open to all, the same for all, kept for a minute so that a crowd asks no database."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.views.decorators.cache import cache_page
from django.views.decorators.http import conditional_page, require_safe

View = Callable[..., HttpResponse]


def public_page(view: View) -> View:
    """The page, told by its content's ETag, fresh for `PUBLIC_SECONDS`, and without a look at cookies."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        patch_cache_control(response, public=True, max_age=settings.PUBLIC_SECONDS, stale_while_revalidate=600)
        return response

    return login_not_required(require_safe(conditional_page(cache_page(settings.PUBLIC_SECONDS)(answered))))
