"""How a matter goes on: what was returned, or shall be undone, becomes a new draft that names where it comes from."""

from itertools import groupby
from typing import Any

from submissions import values
from submissions.applying import row_of, version_of
from submissions.choices import Operation, Purpose
from submissions.models import ProposedChange, ProposedField, Submission


def continued(*, submission: Submission, fields: list[ProposedField]) -> Submission:
    """A draft of the same office with these fields. It starts from the registry of today, with the comments at hand."""
    draft = begun(parent=submission, purpose=Purpose(submission.purpose), by=submission.created_by)
    for change, group in groupby(fields, key=lambda one: one.change):
        row = row_of(change)
        copy = _copied(draft, change, row)
        today = change.kind.blank(change.record_id) if row is None else row
        ProposedField.objects.bulk_create(
            ProposedField(
                change=copy,
                name=one.name,
                base=values.held(today, one.column),
                proposed=one.proposed,
                comment=one.comment,
            )
            for one in group
        )
    return draft


def begun(*, parent: Submission, purpose: Purpose, by: Any) -> Submission:
    """An empty draft that follows `parent` in the same office."""
    return Submission.objects.create(
        office=parent.office,
        purpose=purpose,
        title=parent.title,
        due_on=parent.due_on if purpose == Purpose.REPORT else None,
        note=parent.note if purpose != Purpose.REVERSAL else "",
        parent=parent,
        created_by=by,
        keeper=parent.keeper,
    )


def _copied(draft: Submission, change: ProposedChange, row: Any) -> ProposedChange:
    operation = Operation(change.operation)
    if change.is_new and row is not None:  # part of it was accepted: the record is there now
        operation = Operation.UPDATE
    return ProposedChange.objects.create(
        submission=draft,
        position=change.position,
        model=change.model,
        record_id=change.record_id,
        operation=operation,
        row_version=version_of(row),
        subject=change.subject,
    )
