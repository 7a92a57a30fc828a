"""What happened before to the records that a submission is about."""

from dataclasses import dataclass
from typing import Any

from changes import history
from submissions.models import Submission

RECENT = 6
MOST_RECORDS = 5


@dataclass(frozen=True)
class History:
    """The newest changes of one record, as its history page tells them."""

    subject: str
    label: str
    record_id: str
    entries: list[history.Entry]


def histories(submission: Submission, user: Any) -> list[History]:
    """One for each record that is there already; of many, for the first few."""
    found = []
    for change in submission.changes.all()[:MOST_RECORDS]:
        key = str(change.record_id)
        entries = history.of_record(change.kind.model, key, user, limit=RECENT)
        if entries:
            found.append(History(change.subject, change.model, key, entries))
    return found
