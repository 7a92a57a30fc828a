"""The protocol of static/js/outbox.js and files.js, spoken by a client that can lose its network at any moment."""

from dataclasses import dataclass, field
from random import Random
from typing import Any
from unittest.mock import patch
from uuid import UUID, uuid4

from django.test import Client

from submissions import actions
from tests.portal import pieces

CUTS = ("none", "before", "during", "after", "garbled")
#: So many bytes of a file in one request.
PIECE = 300


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
class File:
    """A file on its own way, for the item with that key."""

    key: str
    content: bytes
    pk: UUID = field(default_factory=uuid4)
    state: str = "waiting"
    begun: bool = False


@dataclass
class Outbox:
    """Keeps items and files until the server has said what became of them."""

    client: Client
    random: Random
    items: dict[str, Item] = field(default_factory=dict)
    files: list[File] = field(default_factory=list)
    cuts: int = 0

    def put(self, item: Item, *contents: bytes) -> None:
        self.items[item.key] = item
        self.files += [File(item.key, content) for content in contents]

    def flush(self, *, is_shaky: bool) -> None:
        """One round: in the browser items and files go at the same time, so either may come first."""
        for deed in self.random.sample([self.flush_items, self.flush_files], 2):
            deed(is_shaky)

    def flush_items(self, is_shaky: bool) -> None:
        for item in self.items.values():
            if item.state in ("waiting", "sending"):
                self.send(item, self.random.choice(CUTS) if is_shaky else "none")

    def flush_files(self, is_shaky: bool) -> None:
        """A cut ends the round; the next one asks where the file has stopped."""
        for file in self.files:
            if file.state in ("waiting", "arrived"):
                try:
                    self.bring(file, is_shaky)
                except Cut:
                    self.cuts += 1
                    return

    def bring(self, file: File, is_shaky: bool) -> None:
        offset = self.offset_of(file) if file.begun else 0
        file.begun = True
        while True:
            answer = self.bring_piece(file, offset, self.random.choice(CUTS) if is_shaky else "none")
            if answer.status_code == 200:
                file.state = "attached" if answer.json()["terlampir"] else "arrived"
                return
            if answer.status_code == 422:
                file.state = "refused"
                return
            assert answer.status_code in (204, 409), answer.status_code
            offset = int(answer["Upload-Offset"])

    def offset_of(self, file: File) -> int:
        return int(self.client.head(pieces.url_of(file.pk)).headers.get("Upload-Offset", 0))

    def bring_piece(self, file: File, offset: int, cut: str) -> Any:
        sent = {"content": file.content[offset : offset + PIECE], "size": len(file.content), "key": file.key}
        if cut == "before":
            raise Cut
        if cut == "during":
            pieces.torn(self.client, file.pk, offset, **sent)
            raise Cut
        answer = pieces.patch(self.client, file.pk, offset, **sent)
        if cut in ("after", "garbled"):
            raise Cut
        return answer

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
