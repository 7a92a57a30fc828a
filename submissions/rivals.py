"""Other open submissions that touch the same: named on both sides, so that nobody decides half of a matter unawares."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from submissions.choices import Operation
from submissions.lifecycle import OPEN
from submissions.models import ProposedChange, ProposedField, Submission


@dataclass(frozen=True)
class Rival:
    """An open submission that has a field, or a new record of the same name, in common with another one."""

    submission: Submission
    labels: tuple[str, ...]


def rivals(submission: Submission, user: Any) -> list[Rival]:
    """The open submissions that touch what this one touches, as far as `user` may see them; oldest first.

    One field in common is enough, whatever else either of them proposes.
    """
    shared: dict[Any, list[str]] = {}
    for other, label in [*_on_the_same_fields(submission), *_of_the_same_name(submission)]:
        shared.setdefault(other, []).append(label)
    seen = Submission.objects.visible_to(user).filter(pk__in=shared, state__in=OPEN).exclude(pk=submission.pk)
    ordered = seen.select_related("office").order_by("submitted_at", "number")
    return [Rival(other, tuple(dict.fromkeys(shared[other.pk]))) for other in ordered]


def _on_the_same_fields(submission: Submission) -> Iterator[tuple[Any, str]]:
    touched = Q(pk__in=[])
    for one in ProposedField.objects.filter(change__submission=submission).select_related("change"):
        touched |= Q(change__model=one.change.model, change__record_id=one.change.record_id, name=one.name)
    for one in ProposedField.objects.filter(touched, change__submission__state__in=OPEN).select_related("change"):
        yield one.change.submission_id, one.label


def _of_the_same_name(submission: Submission) -> Iterator[tuple[Any, str]]:
    """New records of one kind and one name, small differences of writing aside, are probably one."""
    for change in submission.changes.filter(operation=Operation.CREATE).exclude(subject=""):
        others = ProposedChange.objects.filter(model=change.model, operation=Operation.CREATE)
        words = " ".join(change.subject.split())
        for other in others.filter(subject__iregex=_loosely(words), submission__state__in=OPEN):
            yield other.submission_id, change.subject


def _loosely(words: str) -> str:
    """A pattern that finds the words in any case and with any blanks between them."""
    return r"^\s*" + r"\s+".join(map(re.escape, words.split())) + r"\s*$"
