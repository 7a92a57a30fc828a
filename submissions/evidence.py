"""The files that speak for a submission. They are kept by an app above, which names itself here when it starts."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Evidence:
    """One file: what it shows, where it opens, and its sort and size in words.

    Of a photo also its small picture, the moment it was taken, and how far from the record, in kilometres.
    """

    label: str
    url: str
    meta: str = ""
    thumbnail: str = ""
    taken_at: datetime | None = None
    distance_km: float | None = None


Provider = Callable[[Any], list[Evidence]]
_providers: list[Provider] = []


def register(provider: Provider) -> None:
    """Let `provider(submission)` name files."""
    _providers.append(provider)


def of(submission: Any) -> list[Evidence]:
    return [found for provider in _providers for found in provider(submission)]
