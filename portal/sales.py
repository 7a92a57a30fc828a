"""What participants of an event sold, entered row by row and sent as one submission."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from django.utils.functional import cached_property

from portal.forms import note_amounts, shaped, typed_values
from programs.forms import ParticipationForm
from programs.models import Event, Participation
from submissions import actions, kinds
from submissions.actions import Wish
from submissions.models import ProposedChange, Submission

NAMES = ("status", "cash_sales_idr", "transactions", "no_transaction")


@dataclass
class Row:
    """One participant. `form` is None where another region keeps the figures."""

    participation: Participation
    form: Any = None
    change: ProposedChange | None = None
    faults: list[str] = field(default_factory=list)

    @cached_property
    def is_touched(self) -> bool:
        return self.form is not None and (self.change is not None or self.form.has_changed())

    @property
    def wish(self) -> Wish:
        return Wish(Participation, typed_values(self.form), record_id=self.participation.pk)


@dataclass
class Sales:
    """The participants of an event as the user may see them, over the office's draft about them."""

    event: Event
    user: Any
    data: QueryDict | None = None

    @cached_property
    def participations(self) -> list[Participation]:
        seen = Participation.objects.visible_to(self.user).filter(event=self.event)
        return list(seen.select_related("member", "event").order_by("member__business_name", "pk"))

    @cached_property
    def draft(self) -> Submission | None:
        keys = [one.pk for one in self.participations]
        about = {"changes__model": kinds.kind_of(Participation).label, "changes__record_id__in": keys}
        return Submission.objects.editable_by(self.user).filter(**about).order_by("-updated_at").first()

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
        for one in change.fields.all() if change else ():
            setattr(participation, one.column.attname, one.wanted)
        form = ParticipationForm(self.data, instance=participation, prefix=str(participation.pk))
        others = dict.fromkeys(set(ParticipationForm.base_fields) - set(NAMES))
        shaped(form, kinds.kind_of(Participation), self.user, others)
        note_amounts(form)
        return Row(participation, form, change)

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

    def save(self, key: str) -> Submission | None:
        """Keep what was entered in the office's draft; None where nothing was."""
        if not self.touched:
            return None
        draft = self.draft or actions.draft(by=self.user, client_key=key)
        return actions.edit(submission=draft, by=self.user, wishes=[row.wish for row in self.touched])

    def blame(self, faults: Iterable[Any]) -> None:
        """Put what the rules refuse beside the participants that it is about."""
        for row in self.rows:
            row.faults = [fault.sentence for fault in faults if fault.subject == str(row.participation)]
