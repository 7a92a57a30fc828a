"""Moving an allocation on: the one way in for the desk, the portal and the API alike."""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any, TypedDict

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.choices import RoleCode
from changes.context import changing
from programs import lifecycle
from programs.choices import Stage
from programs.conditions import missing_for
from programs.gates import Look
from programs.lifecycle import Deed, Move
from programs.models import Allocation, Disbursement, Step


class StepRefusedError(ValidationError):
    """The deed cannot be done now; its messages say what is missing, or that the table does not hold it."""


class Payment(TypedDict, total=False):
    """What recording a disbursement needs."""

    amount_idr: Decimal
    received_on: Any
    sp2d_number: str
    requested_on: Any


def reaches(*, allocation: Allocation, by: Any) -> bool:
    """Whether the allocation lies where `by` works. One query."""
    return Allocation.objects.editable_by(by).filter(pk=allocation.pk).exists()


def may_do(*, move: Move, allocation: Allocation, by: Any) -> bool:
    """Whether the role allows this line of the table, and `by` has not done what somebody else must check."""
    if by.role not in move.roles or not _is_own_office(move, allocation, by):
        return False
    doers = allocation.step_set.filter(deed__in=move.not_by).values_list("decided_by", flat=True) if move.not_by else ()
    return by.pk not in set(doers)


def _is_own_office(move: Move, allocation: Allocation, by: Any) -> bool:
    """What a dinas does a province does for the province's own money alone; of its regencies' it verifies."""
    of_dinas = RoleCode.REGENCY_OFFICER in move.roles
    return by.role != RoleCode.PROVINCE_OFFICER or not of_dinas or allocation.region_id == by.region_prefix


def open_moves(*, look: Look, by: Any) -> list[Move]:
    """The lines of the table that `by` may do from today's state, whether or not their conditions are met."""
    if not reaches(allocation=look.allocation, by=by):
        return []
    return [move for move in _due_moves(look) if may_do(move=move, allocation=look.allocation, by=by)]


def _due_moves(look: Look) -> Iterator[Move]:
    """What was done before the registry is taken in once, at the very beginning; of the stages the next one is paid."""
    for move in lifecycle.moves_from(look.allocation.life, look.allocation.state):
        if move.deed == Deed.TAKE_IN:
            is_due = not look.allocation.step_set.exists()
        elif move.deed == Deed.DISBURSE:
            is_due = look.gate is not None and look.gate.stage == move.stage
        else:
            is_due = True
        if is_due:
            yield move


@transaction.atomic
def take(
    *,
    allocation: Allocation,
    deed: str,
    by: Any,
    target: str = "",
    reason: str = "",
    document: str = "",
    payment: Payment | None = None,
    now: datetime | None = None,
) -> Step:
    """Do a deed: check the table, the role, the conditions; write the payment if it is one, and the step.

    Turns are taken at the allocation's row. Raises `StepRefusedError` where the table or a condition says no, and
    `PermissionDenied` where the role or the region does. Returns the step; the database has moved the allocation on.
    """
    _lock(allocation)
    look = Look(allocation, now)
    found = [one for one in _due_moves(look) if one.deed == deed and target in ("", one.target)]
    if not found:
        told = {"deed": Deed(deed).label.lower(), "state": allocation.get_state_display()}
        raise StepRefusedError(
            _("Alokasi ini berada pada tahap %(state)s; langkah “%(deed)s” tidak ada di situ") % told
        )
    move = found[0]
    if not (reaches(allocation=allocation, by=by) and may_do(move=move, allocation=allocation, by=by)):
        raise PermissionDenied(_("Langkah ini bukan wewenang Anda, atau Anda sendiri yang mengusulkannya"))
    missing = missing_for(move, look)
    if missing:
        raise StepRefusedError(missing)
    with changing(by=by, reason=reason or str(move.deed.label)):
        if move.deed == Deed.DISBURSE:
            _pay(allocation, move.stage, payment or {})
        return _write(allocation, move, by=by, actor_name=str(by), reason=reason, document=document)


@transaction.atomic
def take_in(*, allocation: Allocation, state: str, actor_name: str, reason: str, document: str) -> Step:
    """Record, for a loader of public sources, how far an allocation had come before the registry knew it."""
    _lock(allocation)
    move = lifecycle.find(allocation.life, allocation.state, Deed.TAKE_IN, state)
    if move is None or allocation.step_set.exists():
        raise StepRefusedError(_("Tahap awal hanya dicatat sekali, sebelum langkah lain"))
    return _write(allocation, move, by=None, actor_name=actor_name, reason=reason, document=document)


def _lock(allocation: Allocation) -> None:
    """Take a turn at the allocation, and see it as the one before has left it."""
    Allocation.objects.select_for_update(of=("self",)).get(pk=allocation.pk)
    allocation.refresh_from_db()


def _pay(allocation: Allocation, stage: Stage | None, payment: Payment) -> Disbursement:
    """The payment of this stage as received; one that was announced before is completed."""
    if not payment.get("received_on"):
        raise StepRefusedError(_("Isi tanggal uang masuk RKUD"))
    announced = allocation.disbursement_set.filter(stage=stage, received_on=None).first()
    paid = announced or Disbursement(allocation=allocation, stage=stage or "", is_sample=allocation.is_sample)
    for name, value in payment.items():
        setattr(paid, name, value)
    paid.save()
    return paid


def _write(allocation: Allocation, move: Move, **told: Any) -> Step:
    by = told.pop("by")
    step = Step(
        allocation=allocation,
        deed=move.deed,
        to_state=move.target,
        stage=move.stage or "",
        decided_by=by,
        is_sample=allocation.is_sample,
        **told,
    )
    step.save()
    allocation.refresh_from_db(fields=["state", "row_version"])
    return step
