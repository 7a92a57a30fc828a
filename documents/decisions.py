"""What was decided about a record, told without names: the deed, and in which role and for which office."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from submissions.choices import State
from submissions.models import Submission


@dataclass(frozen=True)
class Decision:
    at: datetime
    what: str
    who: str


def of_submissions(records: Iterable[UUID]) -> list[Decision]:
    """The submissions about these records that were approved, each sent by one and decided by another. One query."""
    decided = Submission.objects.filter(state__in=[State.APPROVED, State.PARTLY_APPROVED])
    about = decided.filter(changes__record_id__in=list(records)).distinct().order_by("decided_at")
    found = []
    for one in about.select_related("office", "submitted_by__office", "decided_by__office"):
        told = {"number": one.number, "state": one.get_state_display().lower()}
        if one.submitted_at:
            found.append(
                Decision(one.submitted_at, _("Usulan %(number)s dikirim") % told, capacity_of(one.submitted_by))
            )
        if one.decided_at:
            found.append(Decision(one.decided_at, _("Usulan %(number)s %(state)s") % told, capacity_of(one.decided_by)))
    return found


def capacity_of(user: Any) -> str:
    """Role and office; "" where nobody in the registry did it."""
    return ", ".join(map(str, filter(None, (user.get_role_display(), user.office)))) if user else ""
