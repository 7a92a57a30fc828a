"""One record under an officer's hands: today's record, and over it what the office's draft says."""

import copy
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404

from batik_registry.words import written
from portal.forms import Aside, note_amounts, shaped, typed_values
from submissions import actions
from submissions.actions import Wish
from submissions.applying import compare, row_of
from submissions.choices import Operation, Purpose, Standing, State
from submissions.exceptions import RulesBroken
from submissions.kinds import Kind
from submissions.models import ProposedChange, Submission
from submissions.seen import as_seen
from submissions.values import read


@dataclass
class Editing:
    """`key` is the page's own: whatever it sends, and sends again, becomes one submission.

    `version` is the one of the record that the page showed; 0 for a record that is not there yet. `fixed` are values
    that the address says, `initial` those that a new record begins with.
    """

    kind: Kind
    record_id: UUID
    user: Any
    draft: Submission | None = None
    key: str = ""
    version: int | None = None
    purpose: Purpose = Purpose.CHANGE
    due_on: date | None = None
    fixed: dict[str, Any] = field(default_factory=dict)
    initial: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.key = self.key or (str(uuid4()) if self.live else str(self.record_id))
        self.draft = self.draft or self.sent_before()

    def sent_before(self) -> Submission | None:
        mine = Submission.objects.visible_to(self.user).filter(office=self.user.office_id)
        return mine.filter(client_key=self.key).first()

    @cached_property
    def live(self) -> Any:
        return self.kind.model._default_manager.filter(pk=self.record_id).first()

    @property
    def change(self) -> ProposedChange | None:
        if self.draft is None:
            return None
        changes = self.draft.changes.filter(model=self.kind.label, record_id=self.record_id)
        return changes.prefetch_related("fields__change").first()

    @property
    def is_new(self) -> bool:
        return self.live is None

    @property
    def is_sent(self) -> bool:
        """What this page would send has been sent already."""
        return self.draft is not None and self.draft.state != State.DRAFT

    def seen_version(self, change: ProposedChange | None) -> int:
        if change:
            return change.row_version
        return self.version or (self.live.row_version if self.live else 0)

    def form(self, data: Any = None, files: Any = None) -> Any:
        """The form over the draft's values, or over what was sent; beside each field what changed."""
        change = self.change
        record = copy.copy(as_seen(self.kind, self.record_id, self.seen_version(change)))
        record._state = copy.copy(record._state)
        for name, value in self.fixed.items():
            setattr(record, record._meta.get_field(name).attname, getattr(value, "pk", value))
        for one in change.fields.all() if change else ():
            setattr(record, one.column.attname, one.wanted)
        begun = None if change or self.live else self.initial
        form = shaped(self.kind.form(data, files, instance=record, initial=begun), self.kind, self.user, self.fixed)
        if change:
            self._note_changes(form, change)
        note_amounts(form)
        return form

    def _note_changes(self, form: Any, change: ProposedChange) -> None:
        for one in compare(change, row_of(change)):
            if one.field.name not in form.fields:
                continue
            aside: Aside = form.fields[one.field.name].aside
            aside.comment = one.field.comment
            if not change.is_new:
                aside.is_changed, aside.was = True, told(one.field.column, one.field.base)
            if one.standing == Standing.CONFLICT:
                aside.is_conflict, aside.now = True, told(one.field.column, one.live)

    @transaction.atomic
    def save(
        self, form: Any, note: str | None = None, also: Iterable[Wish] = (), without: Iterable[UUID] = ()
    ) -> Submission | None:
        """Keep what was typed as the office's draft; None, and no draft, while nothing differs from the record."""
        change = self.change
        kept = {one.name: one.wanted for one in change.fields.all()} if change else {}
        wish = Wish(
            self.kind.model,
            kept | self.fixed | typed_values(form),
            record_id=self.record_id,
            row_version=self.seen_version(change) or None,
            operation=Operation.CREATE if self.is_new else Operation.UPDATE,
        )
        begun = self.draft is None
        draft = self.draft or actions.draft(by=self.user, purpose=self.purpose, due_on=self.due_on, client_key=self.key)
        draft = actions.edit(submission=draft, by=self.user, wishes=[wish, *also], without=without, note=note)
        if begun and not draft.changes.exists():
            transaction.set_rollback(True)
            return None
        self.draft = draft
        return draft

    def submit(self, form: Any) -> Submission | None:
        """Send the draft; where a rule refuses, its sentence stands on its field and nothing is sent."""
        draft: Any = self.draft
        try:
            return actions.submit(submission=draft, by=self.user)
        except RulesBroken as refusal:
            names = {str(self.kind.field(name).verbose_name): name for name in form.fields}
            for fault in refusal.verdict.faults:
                name = names.get(fault.label)
                form.add_error(name, fault.sentence if name else str(fault))
            return None


@dataclass
class Written:
    """What a page sent about one record, as the doors of `views/sending.py` take it."""

    editing: Editing
    data: Mapping[str, Any]
    also: Iterable[Wish] = ()
    without: Iterable[UUID] = ()

    @cached_property
    def form(self) -> Any:
        return self.editing.form(self.data)

    @property
    def draft(self) -> Submission | None:
        return self.editing.draft

    @property
    def is_sent(self) -> bool:
        return self.editing.is_sent

    @property
    def is_valid(self) -> bool:
        return bool(self.form.is_valid())

    def save(self) -> Submission | None:
        return self.editing.save(self.form, note=self.data.get("catatan"), also=self.also, without=self.without)

    def submit(self) -> Submission | None:
        return self.editing.submit(self.form)

    def look_again(self) -> None:
        """The same was sent at the same moment."""
        self.editing.draft = self.editing.draft or self.editing.sent_before()

    def problems(self) -> list[str]:
        return [f"{_label(self.form, name)}{one}" for name, found in self.form.errors.items() for one in found]


def _label(form: Any, name: str) -> str:
    return f"{form.fields[name].label}: " if name in form.fields else ""


def named_submission(user: Any, named: str) -> Submission:
    """A submission that a page knows; one that was sent meanwhile is told so, not hidden."""
    rows = Submission.objects.visible_to(user).filter(office=user.office_id)
    try:
        return get_object_or_404(rows.select_related("parent", "office"), pk=UUID(named))
    except ValueError:
        raise Http404 from None


def shown_version(shown: str, live: int) -> int | None:
    """The version that a page showed; None for one that the record, which is now at `live`, never had."""
    version = int(shown) if re.fullmatch(r"[0-9]{1,9}", shown) else 0
    return version if 0 < version <= live else None


def key_in(sent: Mapping[str, str]) -> str:
    """The key that the page was given; "" for anything that no page of ours sends."""
    key = sent.get("kunci", "")
    return key if re.fullmatch(r"[\w-]{1,64}", key, re.ASCII) else ""


def told(column: Any, kept: Any) -> str:
    """A kept value in words."""
    held = read(column, kept)
    if held in (None, "", [], {}):
        return ""
    if column.is_relation:
        return str(column.related_model._base_manager.filter(pk=held).first() or "")
    return written(column, held)
