"""Rows against the registry: which record each means, what it would change, and all that stands against it.

Nothing is written. A row becomes the same record that its form would make, and the same rules judge it (`sieve.py`).
"""

import copy
from collections.abc import Iterable, Mapping
from contextlib import nullcontext
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db.models.functions import Lower
from django.utils.translation import gettext as _
from uuid_utils.compat import uuid7

from batik_registry.encryption import keyed_hash
from submissions import values
from submissions.exceptions import OutOfReach
from submissions.seen import as_seen
from workbooks.cells import cause_of, value_of
from workbooks.choices import Deed, Outcome
from workbooks.containers import column_letters
from workbooks.kinds import ID, Layout
from workbooks.models import Row
from workbooks.reading import EMPTY, Cell
from workbooks.sieve import refusals_of
from workbooks.works import Read, Work

#: Rows that are judged together.
PART = 500


@dataclass
class Checker:
    """`mapping` says which column holds which field, `stamp` which version of each record the template showed, `seen`
    in which row of this file a thing was met already."""

    layout: Layout
    user: Any
    mapping: Mapping[str, int]
    titles: list[str]
    stamp: Mapping[str, int] = field(default_factory=dict)
    seen: dict[str, int] = field(default_factory=dict)

    def judge(self, reads: Iterable[Read]) -> list[Row]:
        """The rows as they will be kept; their workbook is the caller's to set. Rows that say nothing are left out."""
        works = [Work(read) for read in reads if self._says_something(read)]
        with self.layout.remembering() if self.layout.remembering else nullcontext():
            self._find_by_id(works)
            self._read_values(works)
            self._find_by_keys(works)
            self._find_alike(works)
            self._find_proposed(works)
            self._want(works)
            self._ask_the_rules(works)
        return [self._row(work) for work in works]

    @cached_property
    def names(self) -> list[str]:
        return [name for name in self.layout.names_for(self.user) if name in self.mapping]

    @cached_property
    def attnames(self) -> dict[str, str]:
        """Of every field that may be proposed, where a record holds its value."""
        kind = self.layout.kind
        return {name: kind.field(name).attname for name in kind.field_names}

    def _names_in(self, works: list[Work]) -> list[str]:
        """The fields of the file, and those that were only written on the page."""
        typed = {name for work in works for name in work.read.cells}
        return [name for name in self.layout.names_for(self.user) if name in typed]

    def _says_something(self, read: Read) -> bool:
        if read.is_example:
            return False
        said = {name for name, cell in read.cells.items() if cell[1] or name in read.formulas}
        return bool(said - ({ID} if read.id else {ID, *self.layout.begun}))

    # --- values -------------------------------------------------------------------------------------------------

    def _read_values(self, works: list[Work]) -> None:
        for name in self._names_in(works):
            column = self.layout.kind.field(name)
            found = self._found(name, works) if name in self.layout.finders else None
            told = self._told(name, works) if found is not None else {}
            for work in works:
                if name not in work.read.cells:
                    continue
                cell = work.read.cells[name]
                self._note_cell(work, name, cell)
                try:
                    if found is None:
                        work.values[name] = value_of(column, cell)
                    else:
                        work.values[name] = self._named(work, column, cell, found, told)
                except ValidationError as refusal:
                    self._blame(work, name, " ".join(refusal.messages))

    def _found(self, name: str, works: list[Work]) -> dict[str, Any]:
        texts = {text for work in works if (text := work.read.text(name))}
        return self.layout.finders[name].find(self.user, texts) if texts else {}

    def _told(self, name: str, works: list[Work]) -> dict[Any, str]:
        """How a template wrote what these records point to."""
        attname = self.layout.kind.field(name).attname
        keys = {getattr(work.record, attname) for work in works if work.record is not None} - {None}
        return self.layout.finders[name].tell(self.user, keys) if keys else {}

    def _named(self, work: Work, column: Any, cell: Cell, found: dict[str, Any], told: dict[Any, str]) -> Any:
        if not cell[1]:
            return None
        held = getattr(work.record, column.attname, None)
        if held is not None and told.get(held) == cell[1]:
            return held
        hit = found.get(cell[1])
        if isinstance(hit, ValidationError):
            raise hit
        if hit is None:
            told = {"title": column.verbose_name, "value": cell[1][:60]}
            raise ValidationError(_("%(title)s “%(value)s” tidak ditemukan di wilayah Anda") % told)
        return hit

    def _note_cell(self, work: Work, name: str, cell: Cell) -> None:
        if name in work.read.merged:
            cause = _("Sel gabungan hanya menyimpan isi di sel pertamanya.")
            self._note(
                work, name, _("Sel ini bagian dari sel gabungan"), cause, _("Pisahkan sel, lalu isi satu per satu.")
            )
        elif name in work.read.formulas and not cell[1] and cell[0] != "e":
            cause = _("Berkas disimpan tanpa hasil rumusnya.")
            self._note(
                work, name, _("Rumus ini belum dihitung"), cause, _("Buka di Excel dan simpan, atau tempel nilainya.")
            )
        elif name in work.read.formulas and cell[0] != "e":
            self._note(work, name, _("Isi sel ini hasil rumus; yang dipakai hasilnya"), "", "", blocks=False)

    # --- which record -------------------------------------------------------------------------------------------

    def _find_by_id(self, works: list[Work]) -> None:
        rows = self.layout.model._default_manager.editable_by(self.user)
        given = {work.read.id: work for work in works if work.read.id}
        ids = [key for key in map(_uuid, given) if key]
        there = {str(row.pk): row for row in rows.filter(pk__in=ids)} if ids else {}
        for work in works:
            if work.read.id:
                self._take(work, there.get(work.read.id.lower()))

    def _find_by_keys(self, works: list[Work]) -> None:
        rows = self.layout.model._default_manager.editable_by(self.user)
        for group in self.layout.keys:
            self._find_by(group, rows, works)

    def _take(self, work: Work, record: Any) -> None:
        if record is None:
            cause = _("Barisnya disalin dari berkas lain, atau ID-nya berubah.")
            remedy = _("Kosongkan ID bila ini data baru, atau unduh templat lagi.")
            self._note(work, ID, _("ID ini tidak ada di wilayah Anda"), cause, remedy)
            return
        work.record = record
        self._mark(work, "id", str(record.pk), _("Data ini sudah ada di baris %d berkas ini"), ID)

    def _find_by(self, group: tuple[str, ...], rows: Any, works: list[Work]) -> None:
        keys = {id(work): self._key(work, group) for work in works}
        asked = {key for key in keys.values() if key}
        names = [self.layout.kind.field(name).attname for name in group]
        there = {}
        if asked:
            for row in rows.filter(**{f"{names[0]}__in": {key[0] for key in asked}}):
                there[tuple(getattr(row, name) for name in names)] = row
        for work in works:
            key = keys[id(work)]
            if not key:
                continue
            if work.record is None and not work.read.id:
                work.record = there.get(key)
            told = _("%(title)s ini sudah ada di baris %%d berkas ini") % {"title": self._title(group[0])}
            self._mark(work, "+".join(group), "|".join(map(str, key)), told, group[0])

    def _key(self, work: Work, group: tuple[str, ...]) -> tuple[Any, ...]:
        key = tuple(work.values.get(name) for name in group)
        return key if all(part not in (None, "", []) for part in key) else ()

    def _find_alike(self, works: list[Work]) -> None:
        for group in self.layout.alike:
            fresh = [work for work in works if work.record is None and not work.read.id and self._folded(work, group)]
            if not fresh:
                continue
            there = self._rows_like(group, {self._folded(work, group)[0] for work in fresh})
            for work in fresh:
                self._ask_about(work, group, there.get(self._folded(work, group)))

    def _folded(self, work: Work, group: tuple[str, ...]) -> tuple[str, ...]:
        held = self._with_initial(work)
        key = tuple(str(held.get(name) or "").strip().lower() for name in group)
        return key if all(key) else ()

    def _with_initial(self, work: Work) -> dict[str, Any]:
        begun = self.layout.initial(self.user) if self.layout.initial else {}
        return begun | {name: value for name, value in work.values.items() if value not in (None, "")}

    def _rows_like(self, group: tuple[str, ...], names: set[str]) -> dict[tuple[str, ...], Any]:
        rows = self.layout.model._default_manager.editable_by(self.user).annotate(folded=Lower(group[0]))
        attnames = [self.layout.kind.field(name).attname for name in group]
        found = rows.filter(folded__in=names)
        return {tuple(str(getattr(row, name)).strip().lower() for name in attnames): row for row in found}

    def _ask_about(self, work: Work, group: tuple[str, ...], record: Any) -> None:
        deed = work.read.deed
        if record is not None and deed == Deed.UPDATE:
            self._take(work, record)
            return
        said = _("%s ini sudah terdaftar") % self.layout.model._meta.verbose_name
        if record is not None and not deed:
            told = " ".join(str(self.layout.title_of(name)).lower() for name in group[:1])
            cause = _("Ada yang terdaftar dengan %s dan tempat yang sama.") % told
            self._note(work, group[0], said, cause, _("Pilih satu tindakan."), choose=True)
        if deed != Deed.NEW:
            told = _("Baris ini tampaknya sama dengan baris %d berkas ini")
            key = "|".join(self._folded(work, group))
            self._mark(work, "~" + "+".join(group), key, told, group[0], choose=True)

    def _find_proposed(self, works: list[Work]) -> None:
        """A new thing that the office has proposed from a workbook already is left out until that is decided."""
        fresh = [work for work in works if work.record is None and work.marks and work.read.deed != Deed.NEW]
        marks = [mark for work in fresh for mark in work.marks]
        rows = Row.objects.proposed_by(self.user.office, marks).select_related("submission") if marks else ()
        numbers = {mark: row.submission.number for row in rows for mark in row.marks if row.submission}
        for work in fresh:
            work.proposed = next((numbers[mark] for mark in work.marks if mark in numbers), "")
            if work.proposed:
                self._note(work, "", _("Sudah diajukan dalam usulan %s") % work.proposed, "", "", blocks=False)

    def _mark(self, work: Work, of: str, key: str, told: str, name: str, *, choose: bool = False) -> None:
        """Remember that this row is about that thing; the second row about it is refused."""
        mark = keyed_hash(f"{self.layout.slug}:{of}:{key}")
        first = self.seen.setdefault(mark, work.read.number)
        work.marks.append(mark)
        if first != work.read.number and work.read.deed != Deed.LEAVE:
            remedy = _("Hapus salah satu baris, atau perbaiki isinya.")
            self._note(work, name, told % first, _("Barisnya tersalin dua kali."), remedy, choose=choose)

    # --- what it would be ---------------------------------------------------------------------------------------

    def _want(self, works: list[Work]) -> None:
        for work in works:
            if work.is_left:
                continue
            try:
                self._want_one(work)
            except OutOfReach:
                self._note(work, ID, _("Versi data ini tidak dikenal lagi"), "", _("Unduh templat lagi."))

    def _want_one(self, work: Work) -> None:
        kind = self.layout.kind
        if work.record is None:
            if not self.layout.may_add(self.user) and not work.is_blocked:
                self._note(
                    work, ID, _("Anda tidak dapat menambah data ini"), "", _("Isi hanya baris yang ada di templat.")
                )
            work.seen = kind.blank(work.read.new_id or uuid7())
        else:
            shown = self.stamp.get(str(work.record.pk), work.record.row_version)
            work.version = min(shown, work.record.row_version)
            work.seen = as_seen(kind, work.record.pk, shown) if work.version < work.record.row_version else work.record
        work.wanted = copy.copy(work.seen)
        work.wanted._state = copy.copy(work.seen._state)
        self._set_values(work)

    def _set_values(self, work: Work) -> None:
        begun = self.layout.initial(self.user) if self.layout.initial and work.record is None else {}
        for name, value in begun.items():
            setattr(work.wanted, self.attnames[name], value)
        keeps_blanks = work.record is None or not work.read.id
        for name, value in work.values.items():
            if keeps_blanks and not work.read.text(name):
                continue  # only where the template showed the value does an empty cell take it away
            if work.record is not None and self._is_untouched(work, name, value):
                continue
            setattr(work.wanted, self.attnames[name], value)

    def _is_untouched(self, work: Work, name: str, value: Any) -> bool:
        """What the cell of a template says about the record as it was shown, in other words perhaps, is no change."""
        held = getattr(work.seen, self.attnames[name])
        return bool(held == value or (held in (None, "", [], {}) and value in (None, "", [], {})))

    def _ask_the_rules(self, works: list[Work]) -> None:
        changed = [work for work in works if work.wanted is not None and not self._is_unchanged(work)]
        for work, refusals in zip(changed, refusals_of([work.wanted for work in changed]), strict=True):
            for name, sentences in refusals.items():
                self._blame(work, name, " ".join(sentences))
            self._look_for_movement(work)

    def _is_unchanged(self, work: Work) -> bool:
        work.is_same = work.record is not None and not self._differing(work.seen, work.wanted)
        return work.is_same

    def _differing(self, one: Any, other: Any) -> list[str]:
        return [name for name, attname in self.attnames.items() if getattr(one, attname) != getattr(other, attname)]

    def _look_for_movement(self, work: Work) -> None:
        """What somebody else changed since the download is not overwritten."""
        if work.record is None or work.version == work.record.row_version:
            return
        wished = set(self._differing(work.seen, work.wanted))
        for name in self._differing(work.seen, work.record):
            if name in wished and name in self._differing(work.record, work.wanted):
                cause = _("Orang lain mengubahnya sejak templat diunduh.")
                remedy = _("Samakan dengan nilai kini, atau unduh templat lagi lalu ubah.")
                self._note(work, name, _("Nilai ini sudah berubah di registri"), cause, remedy)

    # --- what is told -------------------------------------------------------------------------------------------

    def _blame(self, work: Work, name: str, sentence: str) -> None:
        if any(one["name"] == name and one["blocks"] for one in work.problems):
            return  # the first reason is the reason
        fields = {one.name: one for one in self.layout.model._meta.get_fields()}
        if name not in fields:  # about the row as a whole
            self._note(work, self.names[0] if self.names else ID, sentence, "", "")
            return
        if name not in self.mapping:
            remedy = _("Tambahkan kolom “%s” pada berkas.") % self.layout.title_of(name)
            self._note(work, name, sentence, _("Kolomnya tidak ada di berkas."), remedy)
            return
        told = cause_of(self.layout.kind.field(name), work.read.cells.get(name, EMPTY))
        self._note(work, name, sentence, told.cause, told.remedy, suggestion=told.suggestion)

    def _note(
        self,
        work: Work,
        name: str,
        said: str,
        cause: str,
        remedy: str,
        *,
        suggestion: str = "",
        blocks: bool = True,
        choose: bool = False,
    ) -> None:
        place = self.mapping.get(name)
        work.problems.append(
            {
                "name": name,
                "title": self._title(name),
                "column": column_letters(place) if place is not None else "",
                "read": work.read.text(name),
                "said": said,
                "cause": cause,
                "remedy": remedy,
                "suggestion": suggestion,
                "blocks": blocks,
                "choose": choose,
            }
        )

    def _title(self, name: str) -> str:
        place = self.mapping.get(name)
        if place is not None and place < len(self.titles) and self.titles[place]:
            return self.titles[place]
        return name if name in ("", ID) else self.layout.title_of(name)

    def _row(self, work: Work) -> Row:
        if work.read.is_hidden and not (work.is_same or work.is_left):
            self._note(work, "", _("Baris ini tersembunyi di Excel, tetapi ikut dibaca"), "", "", blocks=False)
        outcome, diff = self._outcome(work)
        content = work.read.kept() | {"problems": work.problems, "diff": diff}
        return Row(
            number=work.read.number,
            outcome=outcome,
            subject=self._subject(work),
            deed=work.read.deed,
            record_id=work.wanted.pk if work.wanted is not None else None,
            row_version=work.version,
            changed=len(diff),
            warnings=sum(not one["blocks"] for one in work.problems),
            marks=work.marks,
            content=content,
        )

    def _outcome(self, work: Work) -> tuple[Outcome, dict[str, Any]]:
        if work.is_left:
            return Outcome.LEFT, {}
        if work.is_blocked or work.wanted is None:
            return Outcome.BAD, {}
        diff = self._diff(work)
        if not diff:
            return Outcome.SAME, {}
        return (Outcome.NEW if work.record is None else Outcome.CHANGE), diff

    def _diff(self, work: Work) -> dict[str, Any]:
        """By field the base and the proposed value, as a proposal keeps them."""
        found = {}
        for name in self._differing(work.seen, work.wanted):
            column = self.layout.kind.field(name)
            base, proposed = values.held(work.seen, column), values.held(work.wanted, column)
            if not values.is_same(column, base, proposed):
                found[name] = [base, proposed]
        return found

    def _subject(self, work: Work) -> str:
        try:
            named = str(work.wanted) if work.wanted is not None else ""
        except ObjectDoesNotExist:
            named = ""
        return (named or next((work.read.text(name) for name in self.names if work.read.text(name)), ""))[:300]


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
