"""What participants of an event sold, entered row by row and sent as one submission."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.http import QueryDict
from django.utils.functional import cached_property

from portal.editing import shown_version
from portal.forms import note_amounts, shaped, typed_values
from programs.forms import ParticipationForm
from programs.models import Event, Participation
from submissions import actions, kinds
from submissions.actions import Wish
from submissions.choices import State
from submissions.exceptions import RulesBroken
from submissions.models import ProposedChange, Submission
from submissions.seen import as_seen

NAMES = ("status", "cash_sales_idr", "transactions", "no_transaction")
#: What is added to a row's prefix to name the version of it that the page showed.
VERSION = "versi"


@dataclass
class Row:
    """One participant. `form` is None where another region keeps the figures; `version` is the one the page shows."""

    participation: Participation
    form: Any = None
    change: ProposedChange | None = None
    version: int = 0
    faults: list[str] = field(default_factory=list)

    @cached_property
    def is_touched(self) -> bool:
        return self.form is not None and (self.change is not None or self.form.has_changed())

    @property
    def wish(self) -> Wish:
        values = typed_values(self.form)
        return Wish(Participation, values, record_id=self.participation.pk, row_version=self.version)

    def sentences(self) -> list[str]:
        """What stands against this row, beginning with whose it is."""
        found = [str(one) for errors in self.form.errors.values() for one in errors] if self.form else []
        return [f"{self.participation.member}: {one}" for one in found + self.faults]


@dataclass
class Sales:
    """The participants of an event as the user may see them, over the office's draft about them.

    `key` is the page's own, `named` the submission that the page knows.
    """

    event: Event
    user: Any
    data: QueryDict | None = None
    key: str = ""
    named: Submission | None = None

    @cached_property
    def participations(self) -> list[Participation]:
        """Those of whom nothing is reported yet come first."""
        seen = Participation.objects.visible_to(self.user).filter(event=self.event)
        named = seen.select_related("member", "event").order_by("member__business_name", "pk")
        return sorted(named, key=lambda one: one.has_result)

    @cached_property
    def draft(self) -> Submission | None:
        """What the page has sent already, else the office's last draft about these participants."""
        return self.named or self.sent_before() or self._last_draft()

    def sent_before(self) -> Submission | None:
        own = Submission.objects.visible_to(self.user).filter(office=self.user.office_id)
        return own.filter(client_key=self.key).first() if self.key else None

    def _last_draft(self) -> Submission | None:
        keys = [one.pk for one in self.participations]
        about = {"changes__model": kinds.kind_of(Participation).label, "changes__record_id__in": keys}
        return Submission.objects.editable_by(self.user).filter(**about).order_by("-updated_at").first()

    def look_again(self) -> None:
        """The same was sent at the same moment."""
        self.__dict__.pop("draft", None)

    @property
    def is_sent(self) -> bool:
        return self.draft is not None and self.draft.state != State.DRAFT

    @cached_property
    def rows(self) -> list[Row]:
        may = self.user.may.propose_change(Participation)
        kept = set(Participation.objects.editable_by(self.user).filter(event=self.event).values_list("pk", flat=True))
        changes = self._changes()
        return [
            self._row(one, changes.get(one.pk)) if may and one.pk in kept else Row(one) for one in self.participations
        ]

    def _changes(self) -> dict[Any, ProposedChange]:
        changes = self.draft.changes.prefetch_related("fields__change") if self.draft else ()
        return {change.record_id: change for change in changes}

    def _row(self, participation: Participation, change: ProposedChange | None) -> Row:
        version = change.row_version if change else self._version(participation)
        record = self._seen(participation, version)
        for one in change.fields.all() if change else ():
            setattr(record, one.column.attname, one.wanted)
        form: Any = ParticipationForm(self.data, instance=record, prefix=str(participation.pk))
        others = dict.fromkeys(set(ParticipationForm.base_fields) - set(NAMES))
        shaped(form, kinds.kind_of(Participation), self.user, others)
        note_amounts(form)
        for one in change.fields.all() if change else ():
            if one.name in form.fields:
                form.fields[one.name].aside.comment = one.comment
        return Row(participation, form, change, version)

    def _version(self, participation: Participation) -> int:
        """The one that the page showed: a figure that changed meanwhile is not taken for a wish of the user."""
        shown = self.data.get(f"{participation.pk}-{VERSION}", "") if self.data else ""
        return shown_version(shown, participation.row_version) or participation.row_version

    def _seen(self, participation: Participation, version: int) -> Participation:
        if version == participation.row_version:
            return participation
        record: Participation = as_seen(kinds.kind_of(Participation), participation.pk, version)
        return record

    @property
    def can_enter(self) -> bool:
        return any(row.form for row in self.rows)

    @property
    def is_valid(self) -> bool:
        judged = [row.form.is_valid() for row in self.touched]  # every row, so that every fault is shown
        return all(judged)

    @property
    def touched(self) -> list[Row]:
        return [row for row in self.rows if row.is_touched]

    @transaction.atomic
    def save(self) -> Submission | None:
        """Keep what was entered in the office's draft; None, and no draft, where nothing was."""
        if not self.touched:
            return None
        begun = self.draft is None
        draft = self.draft or actions.draft(by=self.user, client_key=self.key)
        draft = actions.edit(submission=draft, by=self.user, wishes=[row.wish for row in self.touched])
        if begun and not draft.changes.exists():
            transaction.set_rollback(True)
            return None
        self.draft = draft
        return draft

    def submit(self) -> Submission | None:
        """Send the draft; where a rule refuses, its sentence stands at its participant and nothing is sent."""
        draft: Any = self.draft
        try:
            return actions.submit(submission=draft, by=self.user)
        except RulesBroken as refusal:
            self.blame(refusal.verdict.faults)
            return None

    def blame(self, faults: Iterable[Any]) -> None:
        """Put what the rules refuse beside the participants that it is about."""
        for row in self.rows:
            row.faults = [fault.sentence for fault in faults if fault.subject == str(row.participation)]

    def problems(self) -> list[str]:
        return [sentence for row in self.touched for sentence in row.sentences()]
