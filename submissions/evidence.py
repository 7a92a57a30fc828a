"""The files that speak for a submission. They are kept by an app above, which names itself here when it starts."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Evidence:
    """One file: what it shows, where it opens, and its sort and size in words."""

    label: str
    url: str
    meta: str = ""


Provider = Callable[[Any], list[Evidence]]
_providers: list[Provider] = []


def register(provider: Provider) -> None:
    """Let `provider(submission)` name files."""
    _providers.append(provider)


def of(submission: Any) -> list[Evidence]:
    return [found for provider in _providers for found in provider(submission)]
