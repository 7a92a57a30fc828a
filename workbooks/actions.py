"""What is done with a workbook: bring it, say what its columns mean, check, mend, submit, drop."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from submissions import actions as proposing
from submissions import values
from submissions.actions import Wish
from submissions.choices import Operation, Purpose
from submissions.exceptions import NotYourDeed, Refused
from submissions.kinds import Kind
from submissions.models import ProposedChange, Submission
from workbooks import stamps, titles
from workbooks.checking import PART, Checker
from workbooks.choices import Outcome, State
from workbooks.containers import column_letters
from workbooks.exceptions import DataMoved, NotComplete, NothingReady, StillReading, Unreadable
from workbooks.kinds import ID, Layout, layout_of
from workbooks.models import Content, Row, Workbook
from workbooks.reading import EMPTY, Cell, Sheet, sheets_of
from workbooks.works import Read

#: Larger files, more rows to check again, and more rows to send are left to the worker.
AT_ONCE_BYTES = 100_000
AT_ONCE_CHECKED = 1_500
AT_ONCE_ROWS = 300


class Overtaken(Exception):  # noqa: N818 - it reads as it is meant
    """Somebody else has begun the same check anew."""


def bring(*, content: bytes, name: str, layout: Layout, by: Any) -> Workbook:
    """Keep a file for the user's office. `check` reads it: at once, or a worker."""
    if by.office_id is None or not layout.may_use(by):
        raise NotYourDeed
    with transaction.atomic():
        made = Workbook.objects.create(office=by.office, created_by=by, kind=layout.slug, name=name[-200:])
        Content.objects.create(workbook=made, data=content)
    return made


def check(*, workbook: Workbook) -> Workbook:
    """Read the file and judge every row. Begun anew it finds the same; of two at once the later goes on.

    A file that cannot be read is refused: the workbook says why, and its content is not kept.
    """
    claim = uuid4()
    Workbook.objects.filter(pk=workbook.pk, state=State.READING).update(claim=claim, touched_at=timezone.now())
    workbook.refresh_from_db()
    try:
        _check(workbook, claim)
    except Unreadable as refusal:
        Workbook.objects.filter(pk=workbook.pk, claim=claim).update(state=State.REFUSED, refusal=str(refusal)[:500])
        Content.objects.filter(workbook=workbook).delete()
    except Overtaken:
        pass
    workbook.refresh_from_db()
    return workbook


def _check(workbook: Workbook, claim: UUID) -> None:
    layout = layout_of(workbook.kind)
    sheets = sheets_of(workbook.content.data, workbook.name)
    stamp = stamps.read(sheets, layout, workbook.office)
    found = _headings(workbook, sheets, layout)
    if found is None:
        raise Unreadable(_empty())
    workbook.sheet, workbook.heading_row = found.sheet.name, found.row
    workbook.titles, workbook.mapping = found.titles, found.mapping
    with _at_it(workbook, claim):
        workbook.rows.exclude(outcome=Outcome.SENT).delete()
        workbook.total = max(_height(found.sheet) - found.row, 0)
        workbook.progress = 0
    if found.is_enough:
        _judge(workbook, claim, found, _checker(workbook, layout, stamp))
    with _at_it(workbook, claim):
        workbook.state = State.CHECKED


def _empty() -> str:
    return _("Berkas ini tidak berisi tabel. Baris pertama tabel memuat judul kolom.")


def _headings(workbook: Workbook, sheets: list[Sheet], layout: Layout) -> titles.Headings | None:
    """As the officer said, where something was said; else as the titles say."""
    said = next((one for one in sheets if one.name == workbook.sheet), None) if workbook.mapping else None
    if said is not None:
        return titles.Headings(said, workbook.heading_row, workbook.titles, workbook.mapping)
    return titles.headings_of(sheets, layout, workbook.office)


def _height(sheet: Sheet) -> int:
    return sum(1 for _row in sheet.rows())


@contextmanager
def _at_it(workbook: Workbook, claim: UUID) -> Iterator[None]:
    """A transaction in which this check goes on, and says so; raises `Overtaken` where another one holds the turn."""
    with transaction.atomic():
        held = Workbook.objects.select_for_update().filter(pk=workbook.pk, claim=claim, state=State.READING)
        if not held.exists():
            raise Overtaken
        yield
        workbook.touched_at, workbook.claim = timezone.now(), claim
        workbook.save()


def _checker(workbook: Workbook, layout: Layout, stamp: Mapping[str, int]) -> Checker:
    return Checker(layout, workbook.created_by, workbook.mapping, workbook.titles, stamp)


def _judge(workbook: Workbook, claim: UUID, found: titles.Headings, checker: Checker) -> None:
    sent = set(workbook.rows.filter(outcome=Outcome.SENT).values_list("number", flat=True))
    part: list[Read] = []
    for count, read in enumerate(Reader(found).reads(), start=1):
        part += [read] if read.number not in sent else []
        if len(part) >= PART:
            _keep(workbook, claim, checker.judge(part), count)
            part = []
    _keep(workbook, claim, checker.judge(part), workbook.total)


def _keep(workbook: Workbook, claim: UUID, rows: list[Row], progress: int) -> None:
    with _at_it(workbook, claim):
        for row in rows:
            row.workbook = workbook
        Row.objects.bulk_create(rows)
        workbook.progress = progress


class Reader:
    """The rows below the titles as the checker takes them."""

    def __init__(self, found: titles.Headings) -> None:
        self.found, self.facts = found, found.sheet.facts
        self.letters = {name: column_letters(place) for name, place in found.mapping.items()}
        self.covered = self._covered()

    def reads(self) -> Iterator[Read]:
        for number, cells in enumerate(self.found.sheet, start=1):
            if number > self.found.row:
                yield self._read(number, cells)

    def _read(self, number: int, cells: list[Cell]) -> Read:
        held = {name: self._cell(name, number, cells, place) for name, place in self.found.mapping.items()}
        formulas = self._named(self.facts.formulas, number) if self.facts.formulas else set()
        merged = self._named(self.covered, number) if self.covered else set()
        return Read(number, held, formulas, merged, number in self.facts.hidden)

    def _cell(self, name: str, number: int, cells: list[Cell], place: int) -> Cell:
        if self.facts.failed and f"{self.letters[name]}{number}" in self.facts.failed:
            return "e", "#"
        return cells[place] if place < len(cells) else ("t", "")

    def _named(self, addresses: set[str], number: int) -> set[str]:
        return {name for name, letters in self.letters.items() if f"{letters}{number}" in addresses}

    def _covered(self) -> set[str]:
        """The cells below the titles that a merged area hides, all but its first."""
        places, found = set(self.found.mapping.values()), set[str]()
        for left, top, right, bottom in self.facts.merged:
            columns = [place for place in places if left <= place <= right]
            for row in range(max(top, self.found.row + 1), min(bottom, top + 10_000) + 1):
                found.update(f"{column_letters(place)}{row}" for place in columns if (place, row) != (left, top))
        return found


@transaction.atomic
def say_titles(*, workbook: Workbook, mapping: Mapping[str, int], by: Any) -> Workbook:
    """What the columns hold, said by a person; the office's next file of this kind is read so by itself."""
    workbook = _taken(workbook, by)
    known = set(layout_of(workbook.kind).names_for(by)) | {ID}
    workbook.mapping = {name: place for name, place in mapping.items() if name in known}
    titles.remember(layout_of(workbook.kind), workbook.office, workbook.titles, workbook.mapping)
    return _begin_again(workbook)


@transaction.atomic
def check_again(*, workbook: Workbook, by: Any) -> Workbook:
    """Ask the registry of today, with what was mended on the page kept."""
    workbook = _taken(workbook, by)
    rows = list(workbook.rows.exclude(outcome=Outcome.SENT))
    _judge_again(workbook, rows, [Read.of(row) for row in rows], by)
    return workbook


def _begin_again(workbook: Workbook) -> Workbook:
    workbook.state, workbook.touched_at = State.READING, timezone.now()
    workbook.save()
    return workbook


def _taken(workbook: Workbook, by: Any) -> Workbook:
    """The workbook, locked; only the office's own, and only while nobody is at it."""
    found = Workbook.objects.of_office(by).select_for_update(of=("self",)).filter(pk=workbook.pk).first()
    if found is None or not layout_of(found.kind).may_use(by):
        raise NotYourDeed
    if found.is_at_work:
        raise StillReading
    if found.state != State.CHECKED:
        raise NotYourDeed
    return found


@transaction.atomic
def mend(*, workbook: Workbook, typed: Mapping[int, Mapping[str, str]], deeds: Mapping[int, str], by: Any) -> Workbook:
    """Take what was typed on the page, by row and field, in place of what the file said; judge those rows again."""
    workbook = _taken(workbook, by)
    numbers = {*typed, *deeds}
    rows = list(workbook.rows.filter(number__in=numbers).exclude(outcome=Outcome.SENT))
    reads = [_mended(Read.of(row), typed.get(row.number, {}), deeds.get(row.number, "")) for row in rows]
    _judge_again(workbook, rows, reads, by)
    return workbook


def _mended(read: Read, typed: Mapping[str, str], deed: str) -> Read:
    for name, text in typed.items():
        if text != read.text(name):
            read.cells[name] = ("t", text.strip())
            read.formulas.discard(name)
            read.merged.discard(name)
    read.deed = deed or read.deed
    return read


def _judge_again(workbook: Workbook, rows: list[Row], reads: list[Read], by: Any) -> None:
    numbers = [row.number for row in rows]
    others = workbook.rows.exclude(number__in=numbers).values_list("marks", "number")
    seen = {mark: number for marks, number in others for mark in marks}
    layout = layout_of(workbook.kind)
    stamp = {str(row.record_id): row.row_version for row in rows if row.row_version and row.cells.get(ID, EMPTY)[1]}
    checker = Checker(layout, by, workbook.mapping, workbook.titles, stamp, seen)
    judged = [row for start in range(0, len(reads), PART) for row in checker.judge(reads[start : start + PART])]
    workbook.rows.filter(number__in=numbers).delete()
    for row in judged:
        row.workbook = workbook
    Row.objects.bulk_create(judged, batch_size=PART)
    workbook.touched_at = timezone.now()
    workbook.save()


@transaction.atomic
def submit(*, workbook: Workbook, by: Any, whole: bool = False) -> Submission:
    """Send what is ready as one submission, all or nothing; the rest stays with the office.

    `whole` waits for every row. What is sent is what was shown, field by field, or it is refused (`DataMoved`).
    """
    workbook = _taken(workbook, by)
    return _send(workbook, by, whole)


def _send(workbook: Workbook, by: Any, whole: bool) -> Submission:
    if whole and workbook.rows.bad().exists():
        raise NotComplete
    rows = list(workbook.rows.ready())
    if not rows:
        raise NothingReady
    kind = layout_of(workbook.kind).kind
    key = f"workbook-{workbook.pk.hex}-{workbook.rounds}"
    purpose, due_on = kind.purpose, _due_on(kind, rows)
    draft = proposing.draft(
        by=by, wishes=[_wish(kind, row) for row in rows], purpose=purpose, due_on=due_on, client_key=key
    )
    _check_same(draft, rows)
    sent = proposing.submit(submission=draft, by=by)
    workbook.rows.ready().update(outcome=Outcome.SENT, submission=sent)
    workbook.submissions.add(sent)
    workbook.rounds += 1
    workbook.state = State.CHECKED if workbook.rows.bad().exists() else State.DONE
    workbook.touched_at = timezone.now()
    workbook.save()
    return sent


def _wish(kind: Kind, row: Row) -> Wish:
    held = {name: values.read(kind.field(name), proposed) for name, (_base, proposed) in row.diff.items()}
    operation = Operation.UPDATE if row.row_version else Operation.CREATE
    return Wish(kind.model, held, record_id=row.record_id, row_version=row.row_version or None, operation=operation)


def _due_on(kind: Kind, rows: list[Row]) -> Any:
    """The nearest last day of the reports among them."""
    if kind.purpose != Purpose.REPORT or kind.due_on is None:
        return None
    said = [{name: pair[1] for name, pair in row.diff.items()} for row in rows]
    return min((day for held in said if (day := kind.due_on(held))), default=timezone.localdate())


def _check_same(draft: Submission, rows: list[Row]) -> None:
    """The proposal is what the page showed, no field more and none less."""
    made: dict[UUID, ProposedChange] = {
        change.record_id: change for change in draft.changes.prefetch_related("fields__change")
    }
    if set(made) != {row.record_id for row in rows}:
        raise DataMoved
    for row in rows:
        shown = row.diff
        fields = {one.name: one for one in made[row.record_id].fields.all()} if row.record_id else {}
        if set(fields) != set(shown) or not all(_is_shown(one, shown[name]) for name, one in fields.items()):
            raise DataMoved


def _is_shown(one: Any, pair: list[Any]) -> bool:
    same = values.is_same(one.column, one.base, pair[0]) and values.is_same(one.column, one.proposed, pair[1])
    return bool(same)


@transaction.atomic
def ask_to_send(*, workbook: Workbook, by: Any, whole: bool = False) -> Workbook:
    """Leave the sending to a worker, for there are many rows."""
    workbook = _taken(workbook, by)
    if whole and workbook.rows.bad().exists():
        raise NotComplete
    if not workbook.rows.ready().exists():
        raise NothingReady
    workbook.state, workbook.sent_by, workbook.refusal = State.SENDING, by, ""
    workbook.touched_at = timezone.now()
    workbook.save()
    return workbook


def send_asked(*, workbook: Workbook) -> Workbook:
    """Do what `ask_to_send` left; a refusal is kept as a sentence. Stopped at any point, nothing has happened."""
    try:
        with transaction.atomic():
            found = Workbook.objects.select_for_update(of=("self",)).get(pk=workbook.pk)
            if found.state == State.SENDING:
                _send(found, found.sent_by, whole=False)
    except Refused as refusal:
        Workbook.objects.filter(pk=workbook.pk, state=State.SENDING).update(
            state=State.CHECKED, refusal=str(refusal)[:500]
        )
    workbook.refresh_from_db()
    return workbook


@transaction.atomic
def drop(*, workbook: Workbook, by: Any) -> None:
    """Forget the file and what it said; what was sent already stays sent."""
    found = Workbook.objects.of_office(by).select_for_update(of=("self",)).filter(pk=workbook.pk).first()
    if found is None:
        raise NotYourDeed
    Content.objects.filter(workbook=found).delete()
    found.rows.all().delete()
    found.state, found.claim = State.DROPPED, None
    found.save()
