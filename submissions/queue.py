"""Honest figures about waiting: how many stand before one, and how long decisions of late took."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Aggregate, Count, DurationField, ExpressionWrapper, F, Q
from django.utils import timezone

from submissions.models import Submission

LATELY = timedelta(days=30)
#: Fewer decisions than these say nothing about the next one.
ENOUGH = 10


class Median(Aggregate):
    function = "percentile_cont"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = DurationField()


class Promise(Aggregate):
    """The smallest value seen under which the next one falls in nine cases of ten, if things go on as they went.

    Of n values that is number 0.9 (n + 1), counted upwards: the plain 90th percentile of the past is too short by the
    share that one more value adds. Null where there are fewer than nine.
    """

    function = "array_agg"
    template = "(%(function)s(%(expressions)s ORDER BY %(expressions)s))[ceil(0.9 * (count(*) + 1))::int]"
    output_field = DurationField()


@dataclass(frozen=True)
class Pace:
    """How long decisions about one kind of submission took in the last 30 days, in whole hours or days, rounded up.

    None where there were too few to tell; then `decided` is 0, too.
    """

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
    told = lately.aggregate(decided=Count("pk"), median=Median(took), ninetieth=Promise(took))
    if told["decided"] < ENOUGH:
        return Pace(0, None, None)
    return Pace(told["decided"], rounded_up(told["median"]), rounded_up(told["ninetieth"]))


def rounded_up(took: timedelta) -> timedelta:
    """To whole days; what is less than a day to whole hours."""
    unit = timedelta(days=1) if took >= timedelta(days=1) else timedelta(hours=1)
    return -(-took // unit) * unit
