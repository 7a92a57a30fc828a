"""The protocol of static/js/outbox.js, spoken by a client that can lose its network at any moment."""

from dataclasses import dataclass, field
from random import Random
from typing import Any
from unittest.mock import patch

from django.test import Client

from submissions import actions

CUTS = ("none", "before", "during", "after", "garbled")


class Cut(Exception):  # noqa: N818 - nothing is wrong with the registry
    """The network is gone."""


@dataclass
class Item:
    key: str
    url: str
    data: dict[str, Any]
    state: str = "waiting"
    number: str = ""
    problems: list[str] = field(default_factory=list)


@dataclass
class Outbox:
    """Keeps items until the server has said what became of them."""

    client: Client
    random: Random
    items: dict[str, Item] = field(default_factory=dict)
    cuts: int = 0

    def put(self, item: Item) -> None:
        self.items[item.key] = item

    def flush(self, *, is_shaky: bool) -> None:
        for item in self.items.values():
            if item.state in ("waiting", "sending"):
                self.send(item, self.random.choice(CUTS) if is_shaky else "none")

    def send(self, item: Item, cut: str) -> None:
        item.state = "sending"
        try:
            told = self.post(item, cut)
        except Cut:
            self.cuts += 1
            item.state = "waiting"
            return
        if told.get("nomor"):
            item.state, item.number = "received", told["nomor"]
        else:
            item.state, item.problems = "mend", told["galat"]

    def post(self, item: Item, cut: str) -> dict[str, Any]:
        if cut == "before":
            raise Cut
        if cut == "during":
            return self.die_midway(item)
        answer = self.client.post(item.url, item.data)
        if cut in ("after", "garbled"):  # committed, and the answer never came, or only half of it
            raise Cut
        assert answer.status_code in (200, 422), answer.status_code
        return answer.json()

    def die_midway(self, item: Item) -> dict[str, Any]:
        """The server saved the draft and died before it was sent on its way."""
        with patch.object(actions, "submit", side_effect=Cut):
            self.client.post(item.url, item.data)
        raise Cut  # refused before it came so far: the answer is lost all the same
