"""Which language an answer is written in: one rule for each kind of address.

- The API is asked by programs and engineers from anywhere: their `Accept-Language` decides.
- The rooms where people work are Indonesian until a person chooses English there; the browser's own wish counts for
  nothing, for many offices' laptops came with English browsers.
- Public pages say their language in the address, so that one answer fits every reader: English under `/en/`.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.signals import request_finished
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language_from_request

API = "api"
ROOMS = {"admin", "akun", "keluar", "lupa-kata-sandi", "masuk", "portal"}

Answer = Callable[[HttpRequest], HttpResponse]


def language_of(request: HttpRequest) -> str:
    """The code of the language for this request: one of settings.LANGUAGES."""
    first = request.path_info.split("/")[1]
    if first == API:
        return get_language_from_request(request)  # a person's choice comes before Accept-Language
    if is_room(request):
        return chosen(request)
    return first if first in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def is_room(request: HttpRequest) -> bool:
    """Whether a person works there, rather than a program or the public."""
    return request.path_info.split("/")[1] in ROOMS


def chosen(request: HttpRequest) -> str:
    """What the person chose in this browser; Indonesian as long as nothing was chosen."""
    code = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return code if code in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


@contextmanager
def for_others() -> Iterator[None]:
    """While a mail or a kept sentence is written: others will read it, in the registry's own language and hour."""
    with translation.override(settings.LANGUAGE_CODE), timezone.override(timezone.get_default_timezone()):
        yield


@receiver(request_finished)
def forget(**_signal: Any) -> None:
    """Only when the last part of a stream is told, for its parts are in the language of the request too."""
    translation.deactivate()


class LanguageMiddleware:
    """Answers in the language of the request, and says which it was."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        first, code = request.path_info.split("/")[1], language_of(request)
        translation.activate(code)
        response = self.get_response(request)
        response.headers.setdefault("Content-Language", code)
        if first == API:
            patch_vary_headers(response, ["Accept-Language", "Cookie"])
        elif is_room(request):
            patch_vary_headers(response, ["Cookie"])
        return response
