"""What waits for an officer, found in the state of things: a task is never stored, so it goes only when it is done."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from centres.models import Centre, Certification, Member, OperationReport
from centres.models.quarterly import ROMAN
from portal.kinds import address_of, mending_address
from portal.reports import owed_by, report_address, under_way
from programs.models import Participation, ProgressReport
from programs.models.event_queryset import SETTLED
from programs.models.participation_rules import HAS_RESULT
from programs.owed import Owed
from submissions.choices import Purpose, State
from submissions.kinds import kind_of
from submissions.lifecycle import OPEN
from submissions.models import ProposedChange, Submission
from workbooks.choices import State as WorkbookState
from workbooks.models import Workbook

#: So long before its last day a certificate is named.
CERTIFICATE_AHEAD = timedelta(days=90)

RETURNED, TO_CHECK, WORKBOOK, REPORT, SALES, CERTIFICATE, STALE = range(7)


@dataclass(frozen=True)
class Task:
    """One thing to do, where it is done, how far it has come, and by when."""

    rank: int
    title: str
    detail: str
    url: str
    status: str
    tone: str
    due_on: date | None = None
    days: int | None = None

    @property
    def is_late(self) -> bool:
        return self.days is not None and self.days < 0

    @property
    def is_soon(self) -> bool:
        return self.days is not None and self.days <= 7

    @property
    def days_late(self) -> int:
        return -self.days if self.days is not None else 0


def tasks_of(user: Any, on: date | None = None) -> list[Task]:
    """The most urgent first: what is late, then what was returned, then by day."""
    day = on or timezone.localdate()
    found = [*_returned(user, day), *_to_check(user), *_workbooks(user), *_reports(user, day), *_sales(user, day)]
    found += [*_certificates(user, day), *_stale(user)]
    return sorted(found, key=lambda task: (not task.is_late, task.rank, task.due_on or date.max))


def _returned(user: Any, day: date) -> Iterator[Task]:
    drafts = Submission.objects.editable_by(user).filter(parent__isnull=False).exclude(purpose=Purpose.REVERSAL)
    for draft in drafts.select_related("parent").prefetch_related("changes__fields__change").order_by("created_at"):
        changes = list(draft.changes.all())
        commented = [one for change in changes for one in change.fields.all() if one.comment]
        labels = list(dict.fromkeys(one.label for one in commented))
        told = {"count": len({one.comment for one in commented}), "labels": ", ".join(labels[:4])}
        yield Task(
            RETURNED,
            _("Perbaiki usulan: %s") % draft.title,
            _("Dikembalikan dengan %(count)d catatan: %(labels)s.") % told if commented else draft.parent.number,
            mending_address(draft, changes),
            _("Dikembalikan"),
            "bad",
            *_dated(draft.due_on, day),
        )


def _to_check(user: Any) -> Iterator[Task]:
    waiting = Submission.objects.at_desk_of(user)
    count, first = waiting.count(), waiting.first()
    if first:
        yield Task(
            TO_CHECK,
            _("Periksa %d usulan") % count,
            _("Yang paling lama menunggu: %s.") % first,
            reverse("portal:submissions") + "?kelompok=periksa",
            _("Menunggu Anda"),
            "warn",
        )


def _workbooks(user: Any) -> Iterator[Task]:
    """Workbooks of the office that are not through: rows to mend, or to send. One query."""
    rows: Any = Workbook.objects.of_office(user).filter(state=WorkbookState.CHECKED).counted()
    for found in rows:
        if found.bad or found.ready:
            told = {"bad": found.bad, "ready": found.ready}
            yield Task(
                WORKBOOK,
                _("Selesaikan berkas %s") % found.name,
                _("%(bad)d baris perlu diperbaiki, %(ready)d baris siap diajukan.") % told,
                reverse("portal:workbook", args=[found.pk]),
                _("Perlu diperbaiki") if found.bad else _("Siap diajukan"),
                "warn",
            )


def _reports(user: Any, day: date) -> Iterator[Task]:
    owed = owed_by(user, day)
    drafts = {model: under_way(model, user, (State.DRAFT,)) for model in {_report_model(one) for one in owed}}
    for one in owed:
        change = drafts[_report_model(one)].get(one.key)
        if change and change.submission.parent_id:
            continue  # was returned, and stands above as such
        yield _report(one, change, day)


def _report_model(owed: Owed) -> Any:
    return OperationReport if isinstance(owed.record, Centre) else ProgressReport


def _report(owed: Owed, change: ProposedChange | None, day: date) -> Task:
    told = {"quarter": ROMAN[owed.quarter], "year": owed.year}
    of_centre = isinstance(owed.record, Centre)
    title = _("Isi laporan sentra triwulan %(quarter)s %(year)d") if of_centre else ""
    return Task(
        REPORT,
        (title or _("Isi laporan DAK triwulan %(quarter)s %(year)d")) % told,
        str(owed.record),
        report_address(owed.record, owed.year, owed.quarter),
        _("Konsep") if change else _("Belum mulai"),
        "info" if change else "idle",
        *_dated(owed.due_on, day),
    )


def _sales(user: Any, day: date) -> Iterator[Task]:
    """Events that are over, of whose own participants nothing is reported, nor waits or was returned. One query."""
    if not user.may.propose_change(Participation):
        return
    over = Participation.objects.editable_by(user).participating().filter(event__ends_on__lt=day)
    over = over.exclude(event__status__in=SETTLED).order_by("event__ends_on", "event")
    is_named = Q(state__in=OPEN) | Q(state=State.DRAFT, parent__isnull=False)  # what was returned stands above as such
    submissions = Submission.objects.visible_to(user).filter(is_named).order_by()
    proposed = ProposedChange.objects.filter(model=kind_of(Participation).label, submission__in=submissions)
    is_settled = HAS_RESULT | Q(pk__in=proposed.values("record_id"))
    counted = over.values("event", "event__name", "event__ends_on").annotate(
        taking_part=Count("pk"), reported=Count("pk", filter=HAS_RESULT), settled=Count("pk", filter=is_settled)
    )
    for one in counted:
        missing, waiting = one["taking_part"] - one["settled"], one["settled"] - one["reported"]
        if missing:
            told = {"reported": one["reported"], "all": one["taking_part"], "missing": missing, "waiting": waiting}
            on_its_way = _(" %(waiting)d dalam usulan.") % told if waiting else ""
            yield Task(
                SALES,
                _("Lengkapi penjualan %s") % one["event__name"],
                _("%(reported)d dari %(all)d IKM peserta sudah melapor; %(missing)d belum.") % told + on_its_way,
                reverse("portal:event", args=[one["event"]]),
                _("Sebagian") if one["reported"] else _("Belum mulai"),
                "warn" if one["reported"] else "idle",
            )


def _certificates(user: Any, day: date) -> Iterator[Task]:
    """One task for each certificate whose end is near and which still holds."""
    held = Certification.objects.editable_by(user).valid(day).filter(member__isnull=False)
    if not user.may.propose_change(Certification):
        return
    for one in held.filter(expires_on__lte=day + CERTIFICATE_AHEAD).select_related("member").order_by("expires_on"):
        yield Task(
            CERTIFICATE,
            _("Perpanjang %(kind)s: %(member)s") % {"kind": one.get_kind_display(), "member": one.member},
            _("Nomor %s") % one.number if one.number else _("Nomornya belum tercatat"),
            address_of(one.member),
            _("Hampir berakhir"),
            "warn",
            *_dated(one.expires_on, day),
        )


def _stale(user: Any) -> Iterator[Task]:
    if not user.may.propose_change(Member):
        return
    count = Member.objects.editable_by(user).stale().count()
    if count:
        yield Task(
            STALE,
            _("Konfirmasi %d IKM yang datanya lewat satu tahun") % count,
            _("Bila tidak ada yang berubah, cukup tekan “Masih sama”."),
            reverse("portal:list", args=["ikm"]) + "?basi=ya",
            _("Belum dikonfirmasi"),
            "idle",
        )


def _dated(due_on: date | None, day: date) -> tuple[date | None, int | None]:
    return due_on, (due_on - day).days if due_on else None
