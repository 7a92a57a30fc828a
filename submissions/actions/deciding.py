"""The reviewer's part: to pass on, return, reject, and decide field by field."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from changes.choices import Door
from changes.context import changing
from submissions.actions.continuing import continued
from submissions.actions.taking import check_text, move, taken
from submissions.applying import Verdict, apply, look, simulate
from submissions.choices import Decision, Deed, Outcome, Standing, State
from submissions.exceptions import ReasonMissing, Refused
from submissions.models import ProposedField, Submission
from submissions.routing import next_desk

Comments = Mapping[int, str]


@transaction.atomic
def verify(*, submission: Submission, by: Any, reason: str = "") -> Submission:
    """Checked and found right: pass it on to the next desk."""
    submission = taken(submission=submission, deed=Deed.VERIFY, by=by, reason=reason)
    return move(
        submission=submission,
        deed=Deed.VERIFY,
        by=by,
        reason=reason,
        state=State.VERIFIED,
        desk=next_desk(submission),
        verified_at=timezone.now(),
        verified_by=by,
    )


@transaction.atomic
def return_(*, submission: Submission, by: Any, reason: str, comments: Comments | None = None) -> Submission:
    """Give all of it back to be mended: a new draft of the office goes on, with the comments at their fields."""
    submission = taken(submission=submission, deed=Deed.RETURN, by=by, reason=reason)
    fields = _fields(submission)
    for one in fields:
        _say(one, Decision.RETURN, (comments or {}).get(one.pk, "").strip() or reason.strip()[:500], by)
    _decided(submission, Deed.RETURN, by, reason, State.RETURNED)
    continued(submission=submission, fields=fields)
    return submission


@transaction.atomic
def reject(*, submission: Submission, by: Any, reason: str) -> Submission:
    submission = taken(submission=submission, deed=Deed.REJECT, by=by, reason=reason)
    return _decided(submission, Deed.REJECT, by, reason, State.REJECTED)


@transaction.atomic
def decide(
    *,
    submission: Submission,
    by: Any,
    decisions: Mapping[int, str],
    comments: Comments | None = None,
    reason: str = "",
    seen: Mapping[int, int] | None = None,
    door: Door | None = None,
) -> Submission:
    """Decide each field, by its key: what is accepted goes into the registry at once, what is returned into a new
    draft.

    `seen` holds the row versions that the reviewer saw, by change. Raises `Undecided` where a field was not decided, or
    fell into a conflict since; `RulesBroken` where the outcome would break a rule; `NothingToWrite` where nothing would
    change; `AlreadyDecided` where somebody was quicker. Then nothing was written at all.
    """
    submission = taken(submission=submission, deed=Deed.DECIDE, by=by, reason=reason)
    fields, comments = _fields(submission), comments or {}
    returned = [one for one in fields if decisions.get(one.pk) == Decision.RETURN]
    if any(not comments.get(one.pk, "").strip() for one in returned):
        raise ReasonMissing
    with changing(by=by, submission=submission.pk, reason=reason, door=door):
        verdict = apply(submission, decisions, seen)
        verdict.refuse()
    written = {one.pk for one in verdict.written}
    for one in fields:
        _say(one, Decision(decisions[one.pk]), comments.get(one.pk, ""), by, is_written=one.pk in written)
    whole = all(one.decision == Decision.ACCEPT for one in fields)
    state = State.APPROVED if whole else State.PARTLY_APPROVED
    _decided(submission, Deed.DECIDE, by, reason, state, verdict)
    if returned:
        continued(submission=submission, fields=returned)
    return submission


def approve(*, submission: Submission, by: Any, reason: str = "", door: Door | None = None) -> Submission:
    """Accept every field. A conflict has to be decided field by field, so it raises `Undecided` here."""
    seen, compared = look(submission)
    decisions = {one.field.pk: Decision.ACCEPT for one in compared if one.standing != Standing.CONFLICT}
    return decide(submission=submission, by=by, decisions=decisions, reason=reason, seen=seen, door=door)


@dataclass
class Bulk:
    """What became of many at once."""

    approved: list[Submission] = field(default_factory=list)
    left: list[tuple[Submission, str]] = field(default_factory=list)


def approve_clean(*, rows: QuerySet[Submission], by: Any, reason: str = "", door: Door | None = None) -> Bulk:
    """Approve those of the rows whose simulation is clean; the others stay where they are, each with its reason."""
    bulk = Bulk()
    for submission in rows:
        try:
            bulk.approved.append(approve(submission=submission, by=by, reason=reason, door=door))
        except Refused as refusal:
            bulk.left.append((submission, str(refusal)))
    return bulk


def examine(*, submission: Submission) -> Verdict:
    """Simulate, and let the queue show what came of it."""
    verdict = simulate(submission)
    if submission.is_open:
        Submission.objects.filter(pk=submission.pk).update(outcome=verdict.outcome, examined_at=timezone.now())
    return verdict


def _fields(submission: Submission) -> list[ProposedField]:
    fields = ProposedField.objects.filter(change__submission=submission).select_related("change")
    return list(fields.order_by("change__position", "pk"))


def _say(one: ProposedField, decision: Decision, comment: str, by: Any, *, is_written: bool = False) -> None:
    check_text(comment)
    one.decision, one.comment, one.is_written = decision, comment.strip()[:500], is_written
    one.decided_at, one.decided_by = timezone.now(), by
    one.save()


def _decided(
    submission: Submission, deed: Deed, by: Any, reason: str, state: State, verdict: Verdict | None = None
) -> Submission:
    return move(
        submission=submission,
        deed=deed,
        by=by,
        reason=reason,
        written=verdict.written if verdict else None,
        state=state,
        desk="",
        outcome=Outcome.UNKNOWN,
        decided_at=timezone.now(),
        decided_by=by,
    )
