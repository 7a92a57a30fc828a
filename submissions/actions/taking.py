"""How every deed begins and ends: the submission is locked and the table asked; then it moves and the step is noted."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from batik_registry.validators import validate_plain_text
from changes.context import changing
from submissions.choices import Deed, Desk
from submissions.exceptions import (
    AlreadyDecided,
    NotYourDeed,
    OutOfReach,
    OwnSubmission,
    ReasonMissing,
    UnwritableText,
    WrongState,
)
from submissions.lifecycle import DECIDED, TABLE, role_allows, state_allows
from submissions.models import ProposedField, Step, Submission
from submissions.routing import desk_filter, stands_in

OF_THE_OFFICE = (Deed.EDIT, Deed.HAND_OVER, Deed.SUBMIT, Deed.WITHDRAW)
OF_THE_DESK = (Deed.VERIFY, Deed.RETURN, Deed.REJECT, Deed.DECIDE)


def taken(*, submission: Submission, deed: Deed, by: Any, reason: str = "") -> Submission:
    """The submission, locked until the transaction ends, after everything was asked that may stand against the deed."""
    if TABLE[deed].needs_reason and not reason.strip():
        raise ReasonMissing
    check_text(reason)
    locked = Submission.objects.visible_to(by).select_for_update(of=("self",)).filter(pk=submission.pk).first()
    if locked is None:
        raise OutOfReach
    _check_state(locked, deed)
    if not may(by, deed, locked):
        raise NotYourDeed
    if deed in OF_THE_DESK and by.pk in (locked.created_by_id, locked.submitted_by_id):
        raise OwnSubmission
    return locked


def check_text(text: str) -> None:
    """Refuse what no text of the registry holds, before anything is written."""
    try:
        validate_plain_text(text)
    except ValidationError as refusal:
        raise UnwritableText(refusal) from None


def _check_state(submission: Submission, deed: Deed) -> None:
    if state_allows(submission.state, deed):
        return
    decided = submission.state in DECIDED and deed in OF_THE_DESK
    raise (AlreadyDecided if decided else WrongState)(submission)


def may(user: Any, deed: Deed, submission: Submission) -> bool:
    """Whether role, office and desk let this user do it; state and authorship are other questions."""
    if not role_allows(user.may, deed):
        return False
    if deed in OF_THE_OFFICE:
        return user.pk == submission.created_by_id or _is_of_office(user, submission)
    if deed in OF_THE_DESK:
        return _sits_at_desk(user, deed, submission)
    return user.may.approve(Submission) or _is_of_office(user, submission)


def _is_of_office(user: Any, submission: Submission) -> bool:
    bound = user.assigned_ids is not None
    own = user.pk in (submission.created_by_id, submission.keeper_id)
    return user.office_id == submission.office_id and (own or not bound)


def _sits_at_desk(user: Any, deed: Deed, submission: Submission) -> bool:
    if deed == Deed.DECIDE:  # whoever approves these kinds of records, and no other
        if not all(map(user.may.approve, submission.changes.values_list("model", flat=True))):
            return False
    elif deed == Deed.VERIFY and submission.desk == Desk.MINISTRY:  # the last desk passes nothing on
        return False
    elif stands_in(user, submission):
        return True
    return Submission.objects.filter(desk_filter(user), pk=submission.pk).exists()


def move(
    *,
    submission: Submission,
    deed: Deed,
    by: Any,
    reason: str = "",
    written: list[ProposedField] | None = None,
    **columns: Any,
) -> Submission:
    """Write the columns and note the step, with the fields that it wrote into the registry."""
    for name, value in columns.items():
        setattr(submission, name, value)
    with changing(by=by, submission=submission.pk, reason=reason):
        submission.save()
        note(submission=submission, deed=deed, by=by, reason=reason, written=written)
    return submission


def note(
    *, submission: Submission, deed: Deed, by: Any, reason: str = "", written: list[ProposedField] | None = None
) -> Step:
    told = [[one.change.model, str(one.change.record_id), one.name] for one in written or ()]
    return Step.objects.create(
        submission=submission,
        at=timezone.now(),
        by=by,
        by_name=str(by),
        deed=deed,
        state=submission.state,
        reason=reason.strip(),
        written=told,
    )
