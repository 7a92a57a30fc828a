"""The papers that the registry writes; each floor above registers its own, as with proposals."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from batik_registry.language import for_others
from documents.decisions import Decision, of_submissions
from documents.papers import Paper


@dataclass(frozen=True)
class Kind:
    """A sort of paper about one record. `decisions` are those besides submissions that the record rests on."""

    slug: str
    name: Any
    model: Any
    write: Callable[[Any], Paper]
    decisions: Callable[[Any], list[Decision]] = lambda record: []

    def written(self, record: Any) -> tuple[Paper, dict[str, Any]]:
        """The paper and what stands on it now: the same words and hours whoever asks for it."""
        with for_others():
            paper = self.write(record)
            return paper, paper.content()

    def rows_for(self, user: Any) -> Any:
        """The records of which this user may have the paper: it holds what only government offices read."""
        is_allowed = user.may.read(self.model) and user.may.reads_restricted
        return self.model.objects.visible_to(user) if is_allowed else self.model.objects.none()

    def decisions_on(self, record: Any) -> list[Decision]:
        found = [*of_submissions([record.pk]), *self.decisions(record)]
        return sorted(found, key=lambda decision: decision.at)


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    _kinds[kind.slug] = kind


def at(slug: str) -> Kind | None:
    return _kinds.get(slug)


def of(record: Any) -> Kind | None:
    return next((kind for kind in _kinds.values() if isinstance(record, kind.model)), None)


def registered() -> list[Kind]:
    return list(_kinds.values())
