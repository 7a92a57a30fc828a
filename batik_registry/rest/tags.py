"""Entity tags: what a client has already need not be made again."""

import hashlib
from typing import Any

from django.http import HttpRequest


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


def is_known(request: HttpRequest, tag: str) -> bool:
    """Whether the client says in `If-None-Match` that it has this already."""
    found = asked(request, "If-None-Match")
    return tag in found or "*" in found
