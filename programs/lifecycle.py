"""The life of an allocation: which deed leads from which state to which, by whom, and on what condition.

One table, read by everybody: `programs.actions` for what may be done, the desk for its buttons, database triggers for
what cannot happen through any door, the tests for the rest. Conditions are named here and answered in
programs/conditions.py. The states are those of KRISNA and OMSPAN, and the registry's own watch over the building.
"Belum dimanfaatkan" and "mangkrak" are no states that somebody sets: they are what the dates say of a building that was
handed over (programs/models/handover.py, docs/adr/0006).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.choices import RoleCode
from programs.choices import AllocationKind, AllocationSource, Stage, State


class Deed(models.TextChoices):
    """What can be done with an allocation, as the button says it."""

    TAKE_IN = "CATAT_AWAL", _("Catat tahap yang sudah dilewati")
    PROPOSE = "USULKAN", _("Usulkan")
    VERIFY = "VERIFIKASI", _("Nyatakan terverifikasi")
    ASSESS = "NILAI_AWAL", _("Catat penilaian awal")
    HARMONISE = "SINKRONKAN", _("Catat sinkronisasi dan harmonisasi")
    ASSESS_FINALLY = "NILAI_AKHIR", _("Catat penilaian akhir")
    ALLOCATE = "ALOKASIKAN", _("Alokasikan")
    REJECT = "TOLAK", _("Tolak")
    SEND_BACK = "KEMBALIKAN", _("Kembalikan untuk diperbaiki")
    OPEN_PLAN = "BUKA_RK", _("Buka penyusunan RK")
    APPROVE_PLAN = "SETUJUI_RK", _("Setujui RK")
    REVISE_PLAN = "UBAH_RK", _("Buka perubahan RK")
    PROCURE = "MULAI_PENGADAAN", _("Mulai pengadaan")
    CONTRACT = "NYATAKAN_BERKONTRAK", _("Nyatakan berkontrak")
    DISBURSE = "SALURKAN", _("Catat penyaluran")
    MISS = "NYATAKAN_TIDAK_SALUR", _("Nyatakan tidak disalurkan")
    TERMINATE = "PUTUS_KONTRAK", _("Catat putus kontrak")
    CARRY_OVER = "LANJUTKAN_T1", _("Lanjutkan ke tahun berikutnya")
    COMPLETE = "SELESAIKAN", _("Nyatakan selesai fisik")
    HAND_OVER = "SERAHTERIMAKAN", _("Catat serah terima")
    OPERATE = "OPERASIKAN", _("Nyatakan beroperasi")
    MONITOR = "PANTAU", _("Mulai pemantauan")
    APPROVE_USE = "SETUJUI_PENGGUNAAN", _("Setujui rencana penggunaan")
    CARRY_OUT = "LAKSANAKAN", _("Mulai pelaksanaan")
    REPORT_STAGE = "TERIMA_LAPORAN_TAHAP", _("Terima laporan tahap I")
    REPORT_FINALLY = "TERIMA_LAPORAN_AKHIR", _("Terima laporan akhir")
    CLOSE = "TUTUP", _("Tutup")


class Condition(models.TextChoices):
    """What must be true before a deed; programs/conditions.py says whether it is, and what is missing."""

    CLUSTER = "SENTRA_CUKUP", _("Sentra dengan cukup banyak IKM")
    READY = "BERKAS_SIAP", _("Berkas kesiapan lengkap")
    CEILING = "PAGU_TERCATAT", _("Pagu dan dasar hukum tercatat")
    PLANNED = "RK_SAMA", _("Jumlah rincian kegiatan sama dengan RK")
    SIGNED = "KONTRAK_DITANDATANGANI", _("Kontrak bertanggal dan bernomor")
    GATE = "SYARAT_SALUR", _("Syarat penyaluran tahap terpenuhi")
    DEADLINE_PASSED = "TENGGAT_LEWAT", _("Batas waktu penyaluran terlewati")
    BUILT = "FISIK_SELESAI", _("Fisik 100% dengan BAST I")
    ASSET = "ASET_TERCATAT", _("Aset tercatat sebagai barang milik daerah")
    IN_USE = "SIAP_OPERASI", _("SK pengelola, SOP, dan laporan operasional pertama")
    EVENTS = "KEGIATAN_TUNTAS", _("Semua kegiatan yang dibiayai sudah ditutup")


@dataclass(frozen=True)
class Life:
    """One of the lives: its first state, and its code in the table."""

    code: str
    first: State


PHYSICAL = Life("FISIK", State.DRAFT)
NON_PHYSICAL = Life("NONFISIK", State.ALLOCATED)
OTHER_FUND = Life("DANA_LAIN", State.ALLOCATED)
OTHER_ACTIVITY = Life("KEG_LAIN", State.ALLOCATED)
LIVES = (PHYSICAL, NON_PHYSICAL, OTHER_FUND, OTHER_ACTIVITY)

STAFF = frozenset({RoleCode.PROGRAMME_STAFF})
MINISTRY = frozenset({RoleCode.PROGRAMME_STAFF, RoleCode.ADMINISTRATOR})
PROVINCE = STAFF | {RoleCode.PROVINCE_OFFICER}
# The dinas does these; programme staff record them for a dinas that reports on paper.
OFFICE = STAFF | {RoleCode.REGENCY_OFFICER, RoleCode.PROVINCE_OFFICER}


@dataclass(frozen=True)
class Move:
    """One line of the table."""

    deed: Deed
    sources: tuple[State, ...]
    target: State
    lives: tuple[Life, ...]
    roles: frozenset[RoleCode]
    conditions: tuple[Condition, ...] = ()
    needs_reason: bool = False
    needs_document: bool = False
    #: Whoever did one of these may not do this one: nobody verifies the own proposal.
    not_by: tuple[Deed, ...] = ()
    stage: Stage | None = None


DAK_LIVES = (PHYSICAL, NON_PHYSICAL)
BUILDING = (PHYSICAL, OTHER_FUND)
NEGOTIATED = (State.PROPOSED, State.VERIFIED, State.ASSESSED)
STAGED = (State.STAGE_1, State.STAGE_2, State.STAGE_3, State.STAGE_4)
PAID = (*STAGED, State.LUMP_SUM)
BEING_PAID = (State.CONTRACTED, *STAGED[:-1])
# Somebody works, and reports each quarter.
AT_WORK = (
    *(State.PLAN_APPROVED, State.PROCURING, State.CONTRACTED, State.STAGE_1, State.STAGE_2, State.STAGE_3),
    *(State.STAGE_4, State.LUMP_SUM, State.NOT_DISBURSED, State.TERMINATED, State.CARRIED_OVER),
    *(State.USE_APPROVED, State.CARRIED_OUT, State.STAGE_REPORTED),
)
# The plan that was approved changes only after the deed that opens it again.
PLAN_FIXED = (State.PLAN_APPROVED, State.PROCURING)


def _stage(sources: tuple[State, ...], target: State, stage: Stage) -> Move:
    """The gate says which stage is next; after a new contract that need not be the first."""
    return Move(Deed.DISBURSE, sources, target, (PHYSICAL,), OFFICE, (Condition.GATE,), stage=stage)


MOVES: tuple[Move, ...] = (
    # --- fisik: from proposal to allocation ---
    Move(Deed.PROPOSE, (State.DRAFT,), State.PROPOSED, (PHYSICAL,), OFFICE, (Condition.CLUSTER, Condition.READY)),
    Move(Deed.VERIFY, (State.PROPOSED,), State.VERIFIED, (PHYSICAL,), PROVINCE, not_by=(Deed.PROPOSE,)),
    Move(Deed.ASSESS, (State.VERIFIED,), State.ASSESSED, (PHYSICAL,), STAFF),
    Move(Deed.HARMONISE, (State.ASSESSED,), State.HARMONISED, (PHYSICAL,), STAFF),
    Move(Deed.ASSESS_FINALLY, (State.HARMONISED,), State.FINALLY_ASSESSED, (PHYSICAL,), STAFF),
    Move(Deed.ALLOCATE, (State.FINALLY_ASSESSED,), State.ALLOCATED, (PHYSICAL,), STAFF, (Condition.CEILING,)),
    Move(Deed.REJECT, (State.ASSESSED, State.FINALLY_ASSESSED), State.REJECTED, (PHYSICAL,), STAFF, needs_reason=True),
    Move(Deed.SEND_BACK, NEGOTIATED, State.DRAFT, (PHYSICAL,), PROVINCE, needs_reason=True),
    # --- fisik: plan and contracts; only the ministry opens the plan ---
    Move(Deed.OPEN_PLAN, (State.ALLOCATED,), State.PLANNING, (PHYSICAL,), MINISTRY),
    Move(Deed.APPROVE_PLAN, (State.PLANNING,), State.PLAN_APPROVED, (PHYSICAL,), STAFF, (Condition.PLANNED,)),
    Move(Deed.REVISE_PLAN, PLAN_FIXED, State.PLANNING, (PHYSICAL,), STAFF, needs_reason=True),
    Move(Deed.PROCURE, (State.PLAN_APPROVED, State.TERMINATED), State.PROCURING, (PHYSICAL,), OFFICE),
    Move(Deed.PROCURE, (State.ALLOCATED, State.TERMINATED), State.PROCURING, (OTHER_FUND,), OFFICE),
    Move(Deed.CONTRACT, (State.PROCURING,), State.CONTRACTED, BUILDING, OFFICE, (Condition.SIGNED,)),
    # --- fisik: the money comes ---
    _stage((State.CONTRACTED,), State.STAGE_1, Stage.I),
    _stage((State.CONTRACTED, State.STAGE_1), State.STAGE_2, Stage.II),
    _stage((State.CONTRACTED, State.STAGE_1, State.STAGE_2), State.STAGE_3, Stage.III),
    _stage(BEING_PAID, State.STAGE_4, Stage.IV),
    _stage((State.CONTRACTED, State.LUMP_SUM), State.LUMP_SUM, Stage.LUMP_SUM),
    Move(
        Deed.MISS,
        (*PLAN_FIXED, *BEING_PAID),
        State.NOT_DISBURSED,
        (PHYSICAL,),
        STAFF,
        (Condition.DEADLINE_PASSED,),
        needs_reason=True,
    ),
    Move(
        Deed.TERMINATE,
        (State.CONTRACTED, *PAID, State.NOT_DISBURSED, State.CARRIED_OVER),
        State.TERMINATED,
        BUILDING,
        OFFICE,
        needs_reason=True,
        needs_document=True,
    ),
    Move(
        Deed.CARRY_OVER,
        (State.CONTRACTED, *PAID, State.NOT_DISBURSED),
        State.CARRIED_OVER,
        BUILDING,
        OFFICE,
        needs_reason=True,
        needs_document=True,
    ),
    # --- fisik and other funds: a building, handed over, in use, watched ---
    Move(
        Deed.COMPLETE,
        (*PAID, State.NOT_DISBURSED, State.CARRIED_OVER),
        State.BUILT,
        (PHYSICAL,),
        OFFICE,
        (Condition.BUILT,),
    ),
    Move(Deed.COMPLETE, (State.CONTRACTED, State.CARRIED_OVER), State.BUILT, (OTHER_FUND,), OFFICE, (Condition.BUILT,)),
    Move(Deed.HAND_OVER, (State.BUILT,), State.HANDED_OVER, BUILDING, OFFICE, (Condition.ASSET,)),
    Move(Deed.OPERATE, (State.HANDED_OVER,), State.OPERATING, BUILDING, OFFICE, (Condition.IN_USE,)),
    Move(Deed.MONITOR, (State.OPERATING,), State.MONITORED, BUILDING, OFFICE),
    Move(Deed.CLOSE, (State.NOT_DISBURSED,), State.CLOSED, (PHYSICAL,), MINISTRY, needs_reason=True),
    Move(
        Deed.CLOSE,
        (State.MONITORED,),
        State.CLOSED,
        BUILDING,
        MINISTRY,
        needs_reason=True,
    ),
    # --- nonfisik ---
    Move(Deed.APPROVE_USE, (State.ALLOCATED,), State.USE_APPROVED, (NON_PHYSICAL,), STAFF, (Condition.CEILING,)),
    Move(
        Deed.DISBURSE,
        (State.USE_APPROVED,),
        State.STAGE_1,
        (NON_PHYSICAL,),
        OFFICE,
        (Condition.GATE,),
        stage=Stage.I,
    ),
    Move(Deed.CARRY_OUT, (State.STAGE_1,), State.CARRIED_OUT, (NON_PHYSICAL,), OFFICE),
    Move(Deed.CARRY_OUT, (State.ALLOCATED,), State.CARRIED_OUT, (OTHER_ACTIVITY,), OFFICE),
    Move(
        Deed.REPORT_FINALLY,
        (State.CARRIED_OUT,),
        State.FINALLY_REPORTED,
        (OTHER_ACTIVITY,),
        PROVINCE,
        needs_document=True,
    ),
    Move(Deed.REPORT_STAGE, (State.CARRIED_OUT,), State.STAGE_REPORTED, (NON_PHYSICAL,), PROVINCE, needs_document=True),
    Move(
        Deed.DISBURSE,
        (State.STAGE_REPORTED,),
        State.STAGE_2,
        (NON_PHYSICAL,),
        OFFICE,
        (Condition.GATE,),
        stage=Stage.II,
    ),
    Move(Deed.REPORT_FINALLY, (State.STAGE_2,), State.FINALLY_REPORTED, (NON_PHYSICAL,), PROVINCE, needs_document=True),
    Move(
        Deed.CLOSE,
        (State.FINALLY_REPORTED,),
        State.CLOSED,
        (NON_PHYSICAL, OTHER_ACTIVITY),
        MINISTRY,
        (Condition.EVENTS,),
        needs_reason=True,
    ),
    # --- money older than the registry: its life so far is taken in, once, with the paper that tells it ---
    *(
        Move(Deed.TAKE_IN, (life.first,), state, (life,), STAFF, needs_reason=True, needs_document=True)
        for life, states in (
            (PHYSICAL, (State.ALLOCATED, State.CONTRACTED, State.BUILT, State.HANDED_OVER, State.OPERATING)),
            (OTHER_FUND, (State.BUILT, State.HANDED_OVER, State.OPERATING)),
            (NON_PHYSICAL, (State.CARRIED_OUT, State.FINALLY_REPORTED)),
            (OTHER_ACTIVITY, (State.CARRIED_OUT, State.FINALLY_REPORTED)),
        )
        for state in states
    ),
)


def life_of(source_of_funds: str, kind: str) -> Life:
    if source_of_funds != AllocationSource.DAK:
        return OTHER_FUND if kind == AllocationKind.PHYSICAL else OTHER_ACTIVITY
    return PHYSICAL if kind == AllocationKind.PHYSICAL else NON_PHYSICAL


def life_in_sql(row: str) -> str:
    """The life's code of an allocation row, as an SQL expression."""
    other = f"CASE {row}.kind WHEN 'FISIK' THEN '{OTHER_FUND.code}' ELSE '{OTHER_ACTIVITY.code}' END"
    return f"(CASE WHEN {row}.source_of_funds <> 'DAK' THEN {other} ELSE {row}.kind END)"


def moves_from(life: Life, state: str) -> Iterator[Move]:
    """The lines of the table that begin in this state."""
    return (move for move in MOVES if life in move.lives and state in move.sources)


def find(life: Life, state: str, deed: str, target: str = "") -> Move | None:
    """The line for this deed; `target` tells apart where a deed may lead to several states."""
    found = [move for move in moves_from(life, state) if move.deed == deed and target in ("", move.target)]
    return found[0] if found else None


def triples_in_sql() -> str:
    """Every (life, source, deed, target) of the table, as an SQL list of rows."""
    lines: list[tuple[Any, ...]] = [
        (life.code, source, move.deed, move.target) for move in MOVES for life in move.lives for source in move.sources
    ]
    return ", ".join("(" + ", ".join(f"'{value}'" for value in line) + ")" for line in dict.fromkeys(lines))
