from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models


@dataclass(frozen=True)
class Case:
    """A good row of the model, spoiled with `bad` values, must be refused on `field` with `sentence`."""

    model: type[models.Model]
    bad: Mapping[str, Any] | Callable[[], Mapping[str, Any]]
    field: str
    sentence: str
    #: The desk offers a list without such values: there the list itself refuses.
    is_not_offered: bool = False

    def __str__(self) -> str:
        return f"{self.model.__name__}-{self.field}-{self.sentence[:40]}".replace(" ", "_")


def cases(model: type[models.Model], *rows: tuple[Any, ...]) -> list[Case]:
    """Cases of one model: (bad values, field, sentence), and whether the desk does not offer the value."""
    return [Case(model, *row) for row in rows]
