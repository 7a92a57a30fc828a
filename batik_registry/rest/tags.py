"""Entity tags: what a client has already need not be made again."""

import hashlib
import re
from typing import Any, TypeVar

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers

from batik_registry.rest.problems import PreconditionRequired

Answer = TypeVar("Answer", bound=HttpResponseBase)


def row_tag(version: int | str, *beside: Any) -> str:
    """The tag of one row: its version, and whatever else the answer depends on."""
    return f'"{".".join(map(str, (version, *beside)))}"'


def mixed(*parts: Any) -> str:
    """A tag of everything that an answer depends on."""
    return f'"{hashlib.sha256(repr(parts).encode()).hexdigest()[:24]}"'


def asked(request: HttpRequest, header: str) -> list[str]:
    """The tags of a header, without the mark of weakness that a compressing proxy puts before them."""
    text = request.headers.get(header, "")
    return [one.strip().removeprefix("W/") for one in text.split(",") if one.strip()]


def expected_version(request: HttpRequest) -> int:
    """The version that the client says it changes, from `If-Match`.

    Raises `PreconditionRequired` without one. A tag that no version ever had is answered like an old one.
    """
    found = asked(request, "If-Match")
    if not found:
        raise PreconditionRequired
    versions = [re.match(r'"(\d{1,18})[."]', tag) for tag in found]
    return next((int(one[1]) for one in versions if one), 0)


def is_known(request: HttpRequest, tag: str) -> bool:
    """Whether the client says in `If-None-Match` that it has this already."""
    found = asked(request, "If-None-Match")
    return tag in found or "*" in found


def reader_of(user: Any) -> tuple[Any, ...]:
    """What an answer depends on besides the data: who asks, and with which token."""
    token = getattr(user, "token", None)
    return (user.pk, user.row_version, token and (token.pk, token.row_version), user.region_prefix)


def answered(response: Answer, tag: str) -> Answer:
    """The response with its tag, for whoever asked alone."""
    response["ETag"] = tag
    response["Cache-Control"] = "private, no-cache"
    patch_vary_headers(response, ["Authorization", "Cookie", "Accept", "Accept-Language"])
    return response
