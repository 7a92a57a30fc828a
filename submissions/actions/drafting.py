"""The office's part: to draft, mend, send, take back and hand over."""

import copy
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from uuid_utils.compat import uuid7

from accounts.models import User
from batik_registry.language import for_others
from batik_registry.models import VerificationStatus
from submissions import kinds, values
from submissions.actions.taking import check_text, move, taken
from submissions.applying import simulate
from submissions.choices import Deed, Operation, Purpose, State
from submissions.exceptions import NothingProposed, NotYourDeed, OutOfReach, RulesBroken
from submissions.kinds import Kind
from submissions.lifecycle import role_allows
from submissions.models import ProposedChange, ProposedField, Submission
from submissions.routing import next_desk
from submissions.seen import as_seen


@dataclass(frozen=True)
class Wish:
    """What an officer wants of one record: the values of its form, as `form.cleaned_data` has them.

    Which fields change is found out by comparing with the record as it was seen, never believed. `row_version` is the
    version that the form showed; without it, today's. A new record may bring its id along.
    """

    model: Any
    values: Mapping[str, Any] = field(default_factory=dict)
    record_id: UUID | None = None
    row_version: int | None = None
    operation: Operation = Operation.UPDATE

    @property
    def kind(self) -> Kind:
        try:
            return kinds.kind_of(self.model)
        except LookupError:
            raise NotYourDeed from None


@transaction.atomic
def draft(
    *,
    by: Any,
    wishes: Iterable[Wish] = (),
    purpose: Purpose = Purpose.CHANGE,
    due_on: date | None = None,
    note: str = "",
    client_key: str = "",
) -> Submission:
    """Begin a draft of the user's office. The same `client_key` again gives the draft that is there already."""
    if by.office_id is None or not role_allows(by.may, Deed.EDIT):
        raise NotYourDeed
    if client_key and (found := _by_key(by, client_key)):
        return found
    made = Submission(
        office=by.office, purpose=purpose, due_on=due_on, note=note, client_key=client_key, created_by=by, keeper=by
    )
    try:
        with transaction.atomic():
            made.save()
    except ValidationError:
        if client_key and (found := _by_key(by, client_key)):  # sent twice at the same moment
            return found
        raise
    _put(made, wishes, by)
    return move(submission=made, deed=Deed.EDIT, by=by, title=title_of(made))


def _by_key(by: Any, client_key: str) -> Submission | None:
    return Submission.objects.filter(office=by.office_id, client_key=client_key).first()


@transaction.atomic
def edit(
    *,
    submission: Submission,
    by: Any,
    wishes: Iterable[Wish] = (),
    without: Iterable[UUID] = (),
    note: str | None = None,
) -> Submission:
    """Each wish takes the place of what the draft said about that record; `without` takes records out of it."""
    submission = taken(submission=submission, deed=Deed.EDIT, by=by)
    check_text(note or "")
    submission.changes.filter(record_id__in=list(without)).delete()
    _put(submission, wishes, by)
    submission.title = title_of(submission)
    submission.note = submission.note if note is None else note
    submission.save()
    return submission


@transaction.atomic
def submit(*, submission: Submission, by: Any) -> Submission:
    """Send the draft on its way. Refused where the registry's rules would refuse its approval today.

    A conflict does not stop it: the reviewer chooses.
    """
    submission = taken(submission=submission, deed=Deed.SUBMIT, by=by)
    return send(submission=submission, by=by)


def send(*, submission: Submission, by: Any) -> Submission:
    if not ProposedField.objects.filter(change__submission=submission).exists():
        raise NothingProposed
    verdict = simulate(submission)
    if verdict.faults:
        raise RulesBroken(verdict)
    return move(
        submission=submission,
        deed=Deed.SUBMIT,
        by=by,
        state=State.SUBMITTED,
        desk=next_desk(submission),
        outcome=verdict.outcome,
        examined_at=timezone.now(),
        submitted_at=timezone.now(),
        submitted_by=by,
    )


@transaction.atomic
def withdraw(*, submission: Submission, by: Any, reason: str = "") -> Submission:
    """Take it back, sent or not, as long as nobody has decided."""
    submission = taken(submission=submission, deed=Deed.WITHDRAW, by=by, reason=reason)
    return move(submission=submission, deed=Deed.WITHDRAW, by=by, reason=reason, state=State.WITHDRAWN, desk="")


@transaction.atomic
def hand_over(*, leaving: Any, successor: Any, by: Any) -> list[Submission]:
    """Make the successor the keeper of all that a departing colleague holds and nobody has decided.

    A centre's manager hands over only the own work, and takes over only another manager's.
    """
    if successor.office_id != leaving.office_id or not successor.is_current or leaving.office_id is None:
        raise NotYourDeed
    if not role_allows(successor.may, Deed.HAND_OVER):
        raise NotYourDeed
    if successor.may.is_bound_to_centres and not leaving.may.is_bound_to_centres:
        raise NotYourDeed
    is_colleague = by.office_id == leaving.office_id and role_allows(by.may, Deed.HAND_OVER)
    is_colleague = is_colleague and (by.pk == leaving.pk or not by.may.is_bound_to_centres)
    if not is_colleague and not User.objects.editable_by(by).filter(pk=leaving.pk).exists():
        raise NotYourDeed
    kept = Submission.objects.filter(keeper=leaving, state__in=[State.DRAFT, State.SUBMITTED, State.VERIFIED])
    with for_others():
        reason = _("Dari %(leaving)s kepada %(successor)s") % {"leaving": leaving, "successor": successor}
    return [
        move(submission=one, deed=Deed.HAND_OVER, by=by, reason=reason, keeper=successor)
        for one in kept.select_for_update(of=("self",))
    ]


# --- from a wish to what is kept of it ------------------------------------------------------------------------------


def _put(submission: Submission, wishes: Iterable[Wish], by: Any) -> None:
    for wish in wishes:
        _put_one(submission, wish, by)


def _put_one(submission: Submission, wish: Wish, by: Any) -> None:
    before = submission.changes.filter(model=wish.kind.label, record_id=wish.record_id).first()
    change = _change(submission, wish, before, by)
    seen = as_seen(wish.kind, change.record_id, change.row_version)
    wanted = _wanted(wish.kind, seen, wish.values)
    wanted.verification_status = _status(change, before, wanted)
    change.subject = _named(wanted)[:300]
    fields = list(_differences(change, seen, wanted))
    _check_targets(submission, fields, by)
    if before:
        comments = dict(before.fields.values_list("name", "comment"))
        for one in fields:
            one.comment = comments.get(one.name, "")
        before.delete()
    if fields:
        change.save()
        ProposedField.objects.bulk_create(fields)


def _change(submission: Submission, wish: Wish, before: ProposedChange | None, by: Any) -> ProposedChange:
    """What the wish makes of the record; what the draft says about it already goes on from the version seen then."""
    operation, record_id = wish.operation, wish.record_id or uuid7()
    if before and (before.is_new or operation == Operation.UPDATE):
        operation = Operation(before.operation)
    _check_may(wish.kind, record_id, operation, by)
    version = 0 if operation == Operation.CREATE else wish.row_version or _version(before, wish.kind, record_id)
    return ProposedChange(
        submission=submission,
        position=before.position if before else _last_position(submission) + 1,
        model=wish.kind.label,
        record_id=record_id,
        operation=operation,
        row_version=version,
    )


def _status(change: ProposedChange, before: ProposedChange | None, wanted: Any) -> str:
    """An ending archives the record. What a draft says of the status otherwise (a reversal) stays: no form has it."""
    if change.operation == Operation.END:
        return VerificationStatus.ARCHIVED.value
    kept = before.fields.filter(name="verification_status").first() if before else None
    return str(kept.wanted if kept else wanted.verification_status)


def _check_may(kind: Kind, record_id: UUID, operation: Operation, by: Any) -> None:
    """The role proposes such a thing at all, and the record lies in the user's region; a new one is really new."""
    is_new = operation == Operation.CREATE
    if not (by.may.propose_new(kind.model) if is_new else by.may.propose_change(kind.model)):
        raise NotYourDeed
    records: Any = kind.model._default_manager
    found = (records.all() if is_new else records.editable_by(by)).filter(pk=record_id).exists()
    if found is is_new:
        raise OutOfReach


def _version(before: ProposedChange | None, kind: Kind, record_id: UUID) -> int:
    """The version that the draft was begun from; for a record new to the draft, today's."""
    if before:
        return before.row_version
    version: int = kind.model._default_manager.values_list("row_version", flat=True).get(pk=record_id)
    return version


def _wanted(kind: Kind, seen: Any, wished: Mapping[str, Any]) -> Any:
    """A copy of the record with the wished values, brought into form by the record's own rules.

    What a rule sets along with them (a NIB clears the reason why there is none) is proposed, too, for everybody to see.
    """
    wanted = copy.copy(seen)
    wanted._state = copy.copy(seen._state)
    for name in kind.field_names:
        if name in wished:
            column = kind.field(name)
            value = wished[name]
            setattr(wanted, column.attname, column.to_python(value.pk if isinstance(value, models.Model) else value))
    with suppress(ValidationError):  # a draft may be unfinished; sending it asks all rules
        wanted.clean_fields()
    return wanted


def _differences(change: ProposedChange, seen: Any, wanted: Any) -> Iterator[ProposedField]:
    for name in [*change.kind.field_names, "verification_status"]:
        column = change.kind.field(name)
        base, proposed = values.held(seen, column), values.held(wanted, column)
        if not values.is_same(column, base, proposed):
            yield ProposedField(change=change, name=name, base=base, proposed=proposed)


def _check_targets(submission: Submission, fields: list[ProposedField], by: Any) -> None:
    """What a proposed value points to is seen by the user, or comes into being by this same submission."""
    new = set(submission.changes.filter(operation=Operation.CREATE).values_list("record_id", flat=True))
    for one in fields:
        if one.column.is_relation and one.wanted is not None and one.wanted not in new:
            rows = one.column.related_model._default_manager.all()
            rows = rows.visible_to(by) if hasattr(rows, "visible_to") else rows
            if not rows.filter(pk=one.wanted).exists():
                raise OutOfReach


def _last_position(submission: Submission) -> int:
    return submission.changes.aggregate(last=models.Max("position"))["last"] or 0


@for_others()
def _named(record: Any) -> str:
    try:
        return str(record)
    except ObjectDoesNotExist:  # named after a record that is only proposed itself
        return str(record._meta.verbose_name).capitalize()


@for_others()
def title_of(submission: Submission) -> str:
    """The first record's name, and how many there are besides."""
    subjects = list(submission.changes.values_list("subject", flat=True))
    if len(subjects) > 1:
        return (_("%(first)s dan %(count)d data lain") % {"first": subjects[0][:250], "count": len(subjects) - 1})[:300]
    return subjects[0] if subjects else ""
