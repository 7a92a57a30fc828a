"""Which desks a submission passes, and who sits at them.

What a centre's manager sends, an officer of the same office checks first. What a regency sends, its province checks,
where the office says so. The ministry decides, and may stand in for a province that does not answer.
"""

from typing import Any

from django.db.models import Q

from accounts.choices import OfficeLevel
from accounts.roles import Verb
from submissions.choices import Desk
from submissions.lifecycle import ENTITY


def way(submission: Any) -> list[Desk]:
    """The desks that this submission passes, in order."""
    desks = [Desk.MINISTRY]
    office = submission.office
    if office.level == OfficeLevel.REGENCY and office.verified_by_province:
        desks.insert(0, Desk.PROVINCE)
    if submission.created_by.may.is_bound_to_centres:
        desks.insert(0, Desk.OFFICE)
    return desks


def next_desk(submission: Any) -> Desk:
    """The desk after the one at which it lies."""
    desks = way(submission)
    place = desks.index(Desk(submission.desk)) if submission.desk in desks else -1
    return desks[min(place + 1, len(desks) - 1)]


def desk_filter(user: Any) -> Q:
    """The open submissions, within the user's region, that lie at a desk where this user sits."""
    verbs = user.may.verbs_on(ENTITY)
    found = Q(pk__in=[])
    if Verb.APPROVE in verbs and user.may.reaches_everywhere:
        found |= Q(desk=Desk.MINISTRY)
    if Verb.VERIFY in verbs and user.office_id and not user.may.reaches_everywhere:
        found |= Q(desk=Desk.OFFICE, office=user.office_id)
        if user.office.level == OfficeLevel.PROVINCE:
            found |= Q(desk=Desk.PROVINCE)
    return found


def stands_in(user: Any, submission: Any) -> bool:
    """Whether the ministry acts in place of a province."""
    return bool(submission.desk == Desk.PROVINCE and user.may.reaches_everywhere)
