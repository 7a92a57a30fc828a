"""To undo a decision is a proposal, too: whatever happened since is seen, and survives."""

from typing import Any

from django.db import transaction

from batik_registry.models import VerificationStatus
from submissions import values
from submissions.actions.continuing import begun
from submissions.actions.drafting import send
from submissions.actions.taking import note, taken
from submissions.applying import row_of
from submissions.choices import Deed, Operation, Purpose
from submissions.exceptions import NothingProposed, ReasonMissing
from submissions.models import ProposedChange, ProposedField, Submission


@transaction.atomic
def reverse(*, submission: Submission, by: Any, reason: str) -> Submission:
    """Propose the inverse of what this decision wrote: the values before it, against those of today.

    A field that was changed again since shows as a conflict. A record that it created is ended. An officer gets a
    draft; a reviewer's proposal is sent at once, for a colleague to decide.
    """
    if not reason.strip():
        raise ReasonMissing
    submission = taken(submission=submission, deed=Deed.REVERSE, by=by, reason=reason)
    draft = begun(parent=submission, purpose=Purpose.REVERSAL, by=by)
    draft.note = reason.strip()
    draft.save()
    for change in submission.changes.all():
        _inverse(draft, change)
    if not draft.changes.exists():
        raise NothingProposed
    note(submission=submission, deed=Deed.REVERSE, by=by, reason=reason)
    return send(submission=draft, by=by) if by.may.approve(Submission) else draft


def _inverse(draft: Submission, change: ProposedChange) -> None:
    row = row_of(change)
    written = list(change.fields.filter(is_written=True))
    if row is None or not written:
        return
    operation = Operation.END if change.is_new else Operation.UPDATE
    made = ProposedChange(
        submission=draft,
        position=change.position,
        model=change.model,
        record_id=change.record_id,
        operation=operation,
        row_version=row.row_version,
        subject=change.subject,
    )
    fields = [_ended(made, row)] if change.is_new else [_turned(made, one) for one in written]
    fields = [one for one in fields if not values.is_same(one.column, values.held(row, one.column), one.proposed)]
    if fields:
        made.save()
        ProposedField.objects.bulk_create(fields)


def _turned(change: ProposedChange, one: ProposedField) -> ProposedField:
    return ProposedField(change=change, name=one.name, base=one.proposed, proposed=one.base)


def _ended(change: ProposedChange, row: Any) -> ProposedField:
    archived = VerificationStatus.ARCHIVED.value
    return ProposedField(change=change, name="verification_status", base=row.verification_status, proposed=archived)
