"""Honest figures about waiting: how many stand before one, and how long decisions of late took."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Aggregate, Count, DurationField, ExpressionWrapper, F, Q
from django.utils import timezone

from submissions.models import Submission

LATELY = timedelta(days=30)


class Percentile(Aggregate):
    """The value below which that share of all lies, in between where it falls between two."""

    function = "percentile_cont"
    template = "%(function)s(%(share)s) WITHIN GROUP (ORDER BY %(expressions)s)"

    def __init__(self, expression: Any, share: float, **extra: Any) -> None:
        super().__init__(expression, share=share, output_field=DurationField(), **extra)


@dataclass(frozen=True)
class Pace:
    """How long decisions about one kind of submission took in the last 30 days; None while there was none."""

    decided: int
    median: timedelta | None
    ninetieth: timedelta | None


def place_of(submission: Submission) -> int:
    """1 for the next one at its desk; 0 for a submission that waits for nobody. One query."""
    if not submission.is_open:
        return 0
    before = Q(submitted_at__lt=submission.submitted_at) | Q(submitted_at=submission.submitted_at, pk__lt=submission.pk)
    waiting = Submission.objects.open().filter(before, desk=submission.desk)
    if submission.desk != "MINISTRY":  # provinces and offices have queues of their own
        waiting = waiting.filter(province_code=submission.province_code)
    return waiting.count() + 1


def pace_of(purpose: str) -> Pace:
    """From sending to the decision, whatever it was, its returns included. One query."""
    lately = Submission.objects.decided_since(timezone.now() - LATELY).filter(purpose=purpose)
    took = ExpressionWrapper(F("decided_at") - F("submitted_at"), output_field=DurationField())
    return Pace(**lately.aggregate(decided=Count("pk"), median=Percentile(took, 0.5), ninetieth=Percentile(took, 0.9)))
