"""What the API asks of the change log, which lives on a higher floor and connects itself when it starts."""

from datetime import datetime
from typing import Any, Protocol


class Logbook(Protocol):
    def state(self) -> str:
        """A text that differs whenever anything in the registry may have changed since."""

    def past(self, statement: str, seen: Any, moment: datetime) -> tuple[str, list[Any]]:
        """A WITH clause, and its parameters, in which the statement's tables are as they were recorded at a moment.

        Of the rows of `seen`, which are those that the reader sees today, and of none besides.
        """

    def keep_reading(self, user: Any, model: Any, keys: list[str], reason: str = "") -> None:
        """Keeps that the user read personal data of these records; without a reason, that of the token."""


_connected: list[Logbook] = []


def connect(book: Logbook) -> None:
    _connected.append(book)


def book() -> Logbook:
    return _connected[-1]
