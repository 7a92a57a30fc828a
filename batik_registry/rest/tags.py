"""Entity tags: what a client has already need not be made again."""

import hashlib
import re
from typing import Any

from django.http import HttpRequest

from batik_registry.rest.problems import PreconditionRequired


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
