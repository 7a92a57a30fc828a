"""The one way from a proposal into the registry, walked for real or in a savepoint that is taken back.

Per field: where today's value is the one that the officer saw, the proposed one is set; where it is the proposed one
already, nothing is; where it is a third, a reviewer has to say which is right.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, FieldDoesNotExist, ValidationError
from django.db import connection, transaction
from django.utils.translation import gettext as _

from submissions import values
from submissions.choices import Decision, Outcome, Standing
from submissions.exceptions import NothingToWrite, OutOfReach, RulesBroken, Undecided
from submissions.models import ProposedChange, ProposedField, Submission
from submissions.reach import Reach

Decisions = Mapping[int, str]


@dataclass(frozen=True)
class Comparison:
    """One proposed field beside the registry of today (`live`, kept as JSON)."""

    field: ProposedField
    live: Any
    standing: Standing


@dataclass(frozen=True)
class Fault:
    """A rule that the outcome would break."""

    subject: str
    label: str
    sentence: str

    def __str__(self) -> str:
        return ": ".join(part for part in (self.subject, self.label, self.sentence) if part)


@dataclass
class Verdict:
    """What applying did, or would do."""

    comparisons: list[Comparison] = field(default_factory=list)
    undecided: list[ProposedField] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    written: list[ProposedField] = field(default_factory=list)

    @property
    def conflicts(self) -> list[Comparison]:
        return [one for one in self.comparisons if one.standing == Standing.CONFLICT]

    @property
    def outcome(self) -> Outcome:
        if self.faults:
            return Outcome.BROKEN
        if self.conflicts:
            return Outcome.CONFLICT
        return Outcome.CLEAN if self.written else Outcome.EMPTY

    def refuse(self) -> None:
        """Raise the refusal that this verdict means, if any."""
        if self.undecided:
            raise Undecided([one.label for one in self.undecided])
        if self.faults:
            raise RulesBroken(self)
        if not self.written:
            raise NothingToWrite


class _TakeBack(Exception):  # noqa: N818 - nothing went wrong
    pass


def simulate(submission: Submission, decisions: Decisions | None = None) -> Verdict:
    """What `apply` would say now, and no trace of it. Without decisions: as if every field were accepted."""
    try:
        with transaction.atomic():
            verdict = apply(submission, decisions or {})
            raise _TakeBack
    except _TakeBack:
        return verdict


def apply(submission: Submission, decisions: Decisions, seen: Mapping[int, int] | None = None) -> Verdict:
    """Set the accepted values on today's rows, under their rules; rows are locked until the transaction ends.

    `seen` names the row versions that the reviewer saw, by change: a pick in a conflict that nobody saw counts for
    nothing.
    """
    changes = list(submission.changes.prefetch_related("fields__change"))
    rows = _locked(changes)
    verdict, reach = Verdict(), Reach.of(submission)
    for change in changes:
        _Applying(submission, change, rows[change.pk], verdict, reach).run(decisions, seen)
    connection.check_constraints()  # references between the rows are checked now, not when the transaction ends
    return verdict


def compare(change: ProposedChange, row: Any) -> list[Comparison]:
    """Each field of the change beside today's row; a record that is not there yet is compared as a blank one."""
    row = change.kind.blank(change.record_id) if row is None else row
    found = []
    for proposed in change.fields.all():
        live = values.held(row, proposed.column)
        found.append(Comparison(proposed, live, standing(proposed, live)))
    return found


def standing(proposed: ProposedField, live: Any) -> Standing:
    column = proposed.column
    if values.is_same(column, live, proposed.proposed):
        return Standing.SAME
    return Standing.CLEAN if values.is_same(column, live, proposed.base) else Standing.CONFLICT


def look(submission: Submission) -> tuple[dict[int, int], list[Comparison]]:
    """The versions of today's rows by change, and each field beside them; nothing is locked or tried."""
    versions, compared = {}, []
    for change in submission.changes.prefetch_related("fields__change"):
        row = row_of(change)
        versions[change.pk] = version_of(row)
        compared += compare(change, row)
    return versions, compared


def row_of(change: ProposedChange) -> Any:
    """Today's row, or None."""
    return change.kind.model._default_manager.filter(pk=change.record_id).first()


def version_of(row: Any) -> int:
    """The version of a row; 0 where there is none."""
    return row.row_version if row is not None else 0


def _locked(changes: list[ProposedChange]) -> dict[int, Any]:
    """Today's rows by change, locked in one order for everybody, so that two appliers never wait for each other."""
    rows = {}
    for change in sorted(changes, key=lambda change: (change.model, change.record_id)):
        found = change.kind.model._default_manager.select_for_update(of=("self",))
        rows[change.pk] = found.filter(pk=change.record_id).first()
    return rows


@dataclass
class _Applying:
    """One change on its way into its row; what it meets is noted in the verdict."""

    submission: Submission
    change: ProposedChange
    row: Any
    verdict: Verdict
    reach: Reach

    def run(self, decisions: Decisions, seen: Mapping[int, int] | None) -> None:
        if self.row is None and not self.change.is_new:
            self._fault(_("Data ini sudah tidak ada."))
            return
        if self.row is not None and not self._is_within_reach():
            return
        accepted = [one for one in self._compared(decisions, seen) if one.standing != Standing.SAME]
        if accepted:
            self._write(accepted)

    def _compared(self, decisions: Decisions, seen: Mapping[int, int] | None) -> list[Comparison]:
        """The comparisons whose proposed value shall be set."""
        compared = compare(self.change, self.row)
        self.verdict.comparisons += compared
        for one in compared:
            unseen = seen is not None and seen.get(self.change.pk) != version_of(self.row)
            if one.field.pk not in decisions or (one.standing == Standing.CONFLICT and unseen):
                self.verdict.undecided.append(one.field)
        return [one for one in compared if decisions.get(one.field.pk, Decision.ACCEPT) == Decision.ACCEPT]

    def _write(self, accepted: list[Comparison]) -> None:
        row = self.row if self.row is not None else self.change.kind.blank(self.change.record_id)
        for one in accepted:
            setattr(row, one.field.column.attname, one.field.wanted)
        if self.change.kind.fill:
            self.change.kind.fill(row, self.submission)
        try:
            row.save()
        except ValidationError as refusal:
            self._faults(row, refusal)
            return
        if self._is_within_reach():
            self.verdict.written += [one.field for one in accepted if self._holds(row, one.field)]

    def _holds(self, row: Any, proposed: ProposedField) -> bool:
        """A rule of the record may have had another value follow; only what stands there now was written."""
        return values.is_same(proposed.column, values.held(row, proposed.column), proposed.proposed)

    def _is_within_reach(self) -> bool:
        """Neither a foreign record, nor one that the change takes out of the office's region."""
        if self.reach.holds(self.change.kind.model, self.change.record_id):
            return True
        self._fault(str(OutOfReach()))
        return False

    def _fault(self, sentence: str, label: str = "") -> None:
        self.verdict.faults.append(Fault(self.change.subject, label, sentence))

    def _faults(self, row: Any, refusal: ValidationError) -> None:
        for name, sentences in refusal.update_error_dict({}).items():
            for sentence in ValidationError(sentences).messages:
                self._fault(sentence, _label(row, name))


def _label(row: Any, name: str) -> str:
    if name == NON_FIELD_ERRORS:
        return ""
    try:
        return str(row._meta.get_field(name).verbose_name)
    except FieldDoesNotExist:
        return name
