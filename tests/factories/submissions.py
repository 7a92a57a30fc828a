"""Proposals of the tests: `draft_of(officer, member, brand_name="Sekar")`, `sent(...)`."""

from typing import Any

from submissions import actions
from submissions.actions import Wish
from submissions.choices import Decision, Operation
from submissions.models import ProposedField, Submission


def wish_about(record: Any, **values: Any) -> Wish:
    """What an officer wants of a record as it stands now."""
    return Wish(type(record), values, record_id=record.pk, row_version=record.row_version)


def wish_for_new(model: Any, **values: Any) -> Wish:
    return Wish(model, values, operation=Operation.CREATE)


def draft_of(by: Any, record: Any, **values: Any) -> Submission:
    return actions.draft(by=by, wishes=[wish_about(record, **values)])


def sent(by: Any, record: Any, **values: Any) -> Submission:
    return actions.submit(submission=draft_of(by, record, **values), by=by)


def fields_of(submission: Submission) -> dict[str, ProposedField]:
    """The proposed fields by name; of several records the last one wins."""
    found = ProposedField.objects.filter(change__submission=submission).select_related("change")
    return {one.name: one for one in found}


def decisions_of(submission: Submission, **named: str) -> dict[int, str]:
    """Every field accepted but those named otherwise."""
    return {one.pk: named.get(name, Decision.ACCEPT) for name, one in fields_of(submission).items()}
