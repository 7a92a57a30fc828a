"""A submission as a page shows it: per record a sheet, per field what was seen, what stands there now, what is wanted.

Every value that leaves this floor for a page goes through here, so here personal fields are masked.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from difflib import SequenceMatcher
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from batik_registry.models import PERSONAL
from batik_registry.templatetags.formats import grouped
from batik_registry.words import written
from submissions import values
from submissions.applying import compare, row_of, version_of
from submissions.choices import Decision, Standing, State
from submissions.lifecycle import OPEN
from submissions.models import ProposedChange, ProposedField, Submission

MASK = "••••••"
Uncovered = Callable[[Any], bool]


@dataclass(frozen=True)
class Line:
    """One field of a sheet, in words. `old` and `new` are today's and the wanted value as [(is marked, words), ...]."""

    field: ProposedField
    label: str
    standing: Standing
    base: str
    now: str
    wanted: str
    old: list[tuple[bool, str]]
    new: list[tuple[bool, str]]
    difference: str = ""
    is_masked: bool = False
    chosen: str = ""
    comment: str = ""

    @property
    def is_conflict(self) -> bool:
        return self.standing == Standing.CONFLICT

    @property
    def is_same(self) -> bool:
        return self.standing == Standing.SAME


@dataclass(frozen=True)
class Unchanged:
    """The fields of the record that the proposal leaves alone: (label, words), and the labels of the empty ones."""

    filled: list[tuple[str, str]] = field(default_factory=list)
    empty: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Sheet:
    """What is proposed for one record, conflicts first. `version` is the row version that the page shows.

    `can_uncover` tells of hidden values that the reader may have uncovered, with a reason that is noted.
    """

    change: ProposedChange
    kind: str
    version: int
    row: Any
    lines: list[Line] = field(default_factory=list)
    unchanged: Unchanged = field(default_factory=Unchanged)
    can_uncover: bool = False

    @property
    def conflicts(self) -> int:
        return sum(line.is_conflict for line in self.lines)


def sheets(
    submission: Submission,
    user: Any,
    *,
    is_uncovered: Uncovered = lambda record_id: False,
    chosen: Mapping[int, str] | None = None,
    comments: Mapping[int, str] | None = None,
    with_unchanged: bool = False,
) -> list[Sheet]:
    """The sheets of a submission as `user` may read them; `chosen` and `comments` are what was filled in already."""
    changes = list(submission.changes.prefetch_related("fields__change"))
    new = {change.record_id: change.subject for change in changes}
    writers = [_Writer(change, user, is_uncovered, new, chosen or {}, comments or {}) for change in changes]
    return [writer.sheet(with_unchanged=with_unchanged) for writer in writers]


@dataclass
class _Writer:
    change: ProposedChange
    user: Any
    is_uncovered: Uncovered
    new: dict[Any, str]
    chosen: Mapping[int, str]
    comments: Mapping[int, str]

    def sheet(self, *, with_unchanged: bool) -> Sheet:
        row = self._seen_row()
        lines = self._lines(row)
        lines.sort(key=lambda line: not line.is_conflict)
        kind = str(self.change.kind.model._meta.verbose_name)
        unchanged = self._unchanged(row) if with_unchanged and row is not None else Unchanged()
        can_uncover = row is not None and any(line.is_masked for line in lines) and self._may_unmask()
        return Sheet(self.change, kind, version_of(row), row, lines, unchanged, can_uncover)

    def _lines(self, row: Any) -> list[Line]:
        """Beside today's values; of what is over, beside those that were seen, whatever became of them since."""
        if self.change.submission.state in (*OPEN, State.DRAFT):
            return [self._line(one.field, one.live, one.standing) for one in compare(self.change, row)]
        return [self._line(one, one.base, Standing.CLEAN) for one in self.change.fields.all()]

    def _unchanged(self, row: Any) -> Unchanged:
        proposed = {one.name for one in self.change.fields.all()}
        found = Unchanged()
        for name in self.change.kind.field_names:
            if name not in proposed:
                column = self.change.kind.field(name)
                label, words = str(column.verbose_name), self._words(column, getattr(row, column.attname))
                found.filled.append((label, words)) if words else found.empty.append(label)
        return found

    def _seen_row(self) -> Any:
        """Today's row, if the reader may see it."""
        row, rows = row_of(self.change), self.change.kind.model._default_manager
        return row if row is not None and rows.visible_to(self.user).filter(pk=row.pk).exists() else None

    def _line(self, one: ProposedField, live: Any, standing: Standing) -> Line:
        texts = [self._text(one, value) for value in (one.base, live, one.proposed)]
        hidden = self._hides(one.name)
        old, new = marked(texts[1], texts[2], in_words=_is_prose(one.column) and not hidden)
        return Line(
            field=one,
            label=one.label,
            standing=standing,
            base=texts[0],
            now=texts[1],
            wanted=texts[2],
            old=old,
            new=new,
            difference="" if hidden else _difference(one, live),
            is_masked=hidden,
            chosen=self._choice(one, standing),
            comment=self.comments.get(one.pk, one.comment),
        )

    def _choice(self, one: ProposedField, standing: Standing) -> str:
        """What is ticked at first: acceptance, but nothing in a conflict."""
        untouched = "" if standing == Standing.CONFLICT else Decision.ACCEPT.value
        return one.decision or self.chosen.get(one.pk, untouched)

    def _hides(self, name: str) -> bool:
        model = self.change.kind.model
        personal = model.sensitivity.get(name) in PERSONAL
        return personal and not self.user.may.read_personal(model) and not self.is_uncovered(self.change.record_id)

    def _may_unmask(self) -> bool:
        return bool(self.user.may.unmask(self.change.kind.model))

    def _text(self, one: ProposedField, value: Any) -> str:
        return self._words(one.column, values.read(one.column, value))

    def _words(self, column: Any, held: Any) -> str:
        if held in (None, "", [], {}):
            return ""
        if self._hides(column.name):
            return MASK
        return self._name(column, held) if column.is_relation else written(column, held)

    def _name(self, column: Any, key: Any) -> str:
        found = column.related_model._base_manager.filter(pk=key).first()
        return str(found) if found is not None else self.new.get(key, str(key))


def marked(old: str, new: str, *, in_words: bool) -> tuple[list[tuple[bool, str]], list[tuple[bool, str]]]:
    """Both texts cut into pieces, those that differ marked: word by word in prose, else as a whole."""
    if not in_words or not old or not new:
        return [(True, old)] if old else [], [(True, new)] if new else []
    one, other = old.split(), new.split()
    pieces: tuple[list[tuple[bool, str]], list[tuple[bool, str]]] = ([], [])
    for tag, a, b, c, d in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        for side, words in ((0, one[a:b]), (1, other[c:d])):
            if words:
                pieces[side].append((tag != "equal", " ".join(words)))
    return pieces


def _is_prose(column: Any) -> bool:
    return isinstance(column, models.CharField | models.TextField) and not column.choices


def _difference(one: ProposedField, live: Any) -> str:
    """By how much a number rises or falls against today's."""
    before, after = values.read(one.column, live), one.wanted
    numbers = isinstance(before, int | Decimal) and isinstance(after, int | Decimal)
    if not numbers or isinstance(after, bool) or before == after or one.column.choices:
        return ""
    by = grouped(abs(after - before))
    return _("Naik %s") % by if after > before else _("Turun %s") % by
