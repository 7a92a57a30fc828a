"""The life of an event: which deed leads from which status to which, and by whom.

One table, read by the model for what cannot happen through any door, by `programs.actions.events` for who may do it,
by the desk for its buttons, and by the tests for the rest.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.choices import RoleCode
from programs.choices import EventStatus


class EventDeed(models.TextChoices):
    """What can be done with an event, as the button says it."""

    OPEN = "BUKA", _("Buka pendaftaran")
    START = "MULAI", _("Mulai")
    FINISH = "SELESAI", _("Nyatakan selesai")
    CLOSE = "TUTUP", _("Tutup")
    CANCEL = "BATALKAN", _("Batalkan")


MINISTRY = frozenset({RoleCode.ADMINISTRATOR, RoleCode.PROGRAMME_STAFF})
OFFICES = MINISTRY | {RoleCode.PROVINCE_OFFICER, RoleCode.REGENCY_OFFICER}
# Results are checked by somebody else than the office that held the event.
CHECKERS = frozenset({RoleCode.PROGRAMME_STAFF, RoleCode.PROVINCE_OFFICER})
ALIVE = (EventStatus.PLANNED, EventStatus.OPEN, EventStatus.RUNNING)


@dataclass(frozen=True)
class EventMove:
    """One line of the table. `asks` are the event's fields that the deed fills in, `explains` what it means."""

    deed: EventDeed
    sources: tuple[EventStatus, ...]
    target: EventStatus
    roles: frozenset[RoleCode]
    explains: object
    asks: tuple[str, ...] = ()


MOVES = (
    EventMove(
        EventDeed.OPEN,
        (EventStatus.PLANNED,),
        EventStatus.OPEN,
        OFFICES,
        _("IKM dapat didaftarkan sebagai peserta sampai kegiatan dimulai."),
    ),
    EventMove(
        EventDeed.START,
        (EventStatus.PLANNED, EventStatus.OPEN),
        EventStatus.RUNNING,
        OFFICES,
        _("Kegiatan dinyatakan berjalan; kehadiran dan hasil peserta dapat dicatat."),
    ),
    EventMove(
        EventDeed.FINISH,
        ALIVE,  # an event of the past is taken in as it is entered
        EventStatus.FINISHED,
        OFFICES,
        _("Kegiatan sudah berakhir. Yang tersisa: melengkapi hasil setiap peserta, lalu menutupnya."),
        ("declared_participants", "visitors"),
    ),
    EventMove(
        EventDeed.CLOSE,
        (EventStatus.FINISHED,),
        EventStatus.CLOSED,
        CHECKERS,
        _("Hasil kegiatan dinyatakan lengkap. Peserta tidak dapat ditambah lagi; tindak lanjut pesanan tetap dicatat."),
    ),
    EventMove(
        EventDeed.CANCEL,
        ALIVE,
        EventStatus.CANCELLED,
        OFFICES,
        _("Kegiatan tidak jadi diadakan. Datanya tetap tersimpan beserta alasannya."),
        ("status_reason",),
    ),
)


def moves_from(status: str) -> Iterator[EventMove]:
    """The lines of the table that begin in this status."""
    return (move for move in MOVES if status in move.sources)


def find(status: str, deed: str) -> EventMove | None:
    return next((move for move in moves_from(status) if move.deed == deed), None)


def may_follow(before: str, after: str) -> bool:
    return any(move.target == after for move in moves_from(before))


def pairs_in_sql() -> str:
    """Every (before, after) of the table, as an SQL list of rows."""
    return ", ".join(f"('{source}', '{move.target}')" for move in MOVES for source in move.sources)
