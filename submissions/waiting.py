"""For whom outside the ministry a submission waits, since when, and from when on they may be reminded."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q

from accounts.choices import OfficeLevel
from accounts.models import User
from submissions.choices import Deed, Desk, Purpose, State
from submissions.models import Submission

PATIENCE = timedelta(days=3)
BETWEEN_REMINDERS = timedelta(days=1)


@dataclass(frozen=True)
class Waiting:
    """Those who could act, since when it lies with them, and the first moment at which a reminder is in order."""

    people: list[User]
    since: datetime
    remind_from: datetime


def waiting_for(submission: Submission) -> Waiting | None:
    """Whom a submission waits for: a province or an office that checks it, or the office that has to mend it.

    None where it waits for the ministry or for nobody. Few queries, more where an office has many accounts.
    """
    if submission.is_open and submission.desk != Desk.MINISTRY:
        return _waiting(submission, _at_desk(submission), _last(submission, Deed.SUBMIT, Deed.VERIFY))
    draft = None if submission.is_open else _unmended(submission)
    if draft is None:
        return None
    return _waiting(submission, _of_office(draft), max(submission.decided_at or draft.created_at, draft.updated_at))


def _waiting(submission: Submission, people: list[User], began: datetime | None) -> Waiting:
    since = began or submission.created_at
    reminded = _last(submission, Deed.REMIND)
    earliest = [since + PATIENCE, *([reminded + BETWEEN_REMINDERS] if reminded else [])]
    return Waiting(people, since, max(earliest))


def _at_desk(submission: Submission) -> list[User]:
    region = Q(office=submission.office_id)
    if submission.desk == Desk.PROVINCE:
        region = Q(office__level=OfficeLevel.PROVINCE, office__region=submission.province_code)
    found = User.objects.current().filter(region).select_related("office").order_by("name")
    return [user for user in found if Submission.objects.at_desk_of(user).filter(pk=submission.pk).exists()]


def _of_office(draft: Submission) -> list[User]:
    """Whoever holds the draft; where that account has ended, everybody of the office who could send it."""
    found = list(User.objects.current().filter(office=draft.office_id).select_related("office").order_by("name"))
    keeper = [user for user in found if user.pk == draft.keeper_id]
    return keeper or [user for user in found if Submission.objects.editable_by(user).filter(pk=draft.pk).exists()]


def _unmended(submission: Submission) -> Any:
    """The draft in which the office should mend what was returned, while nobody has sent it."""
    return submission.followed_by.filter(state=State.DRAFT).exclude(purpose=Purpose.REVERSAL).first()


def _last(submission: Submission, *deeds: Deed) -> datetime | None:
    moment: datetime | None = (
        submission.steps.filter(deed__in=deeds).order_by("-at").values_list("at", flat=True).first()
    )
    return moment
