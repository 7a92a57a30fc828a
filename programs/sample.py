"""Sample allocations of the demo: one whose papers are late, one that waits for its last stage, two under way now.

Marked `is_sample` and "contoh" like all samples: the figures are made up, the rules and dates they meet are published.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.utils import timezone

from centres.loaders import Loaded
from centres.models import Centre
from centres.records import Row
from centres.sample import ACTOR, MARK, SAID_BY, sample_record
from changes.choices import Door
from changes.context import changing
from programs.choices import DocumentKind, ProblemCode, Stage, State
from programs.lifecycle import Deed
from programs.models import (
    Activity,
    Allocation,
    AllocationCentre,
    AllocationDocument,
    Contract,
    Disbursement,
    ProgressReport,
    ReportedProblem,
    Step,
)

MILLION = 1_000_000
WORKS = [
    ("Pembangunan", "Gedung sentra dan galeri", 9_300),
    ("Peralatan", "Peralatan produksi bersama", 3_700),
    ("Lingkungan", "Pengolahan limbah pewarna", 1_900),
    ("Pembangunan", "Penataan kawasan", 600),
]
PLAN = 15_500 * MILLION


@transaction.atomic
def load_sample(*, today: date | None = None) -> Loaded:
    """Add the sample allocations that are missing. Raises `ImproperlyConfigured` outside the demo."""
    if not settings.DEMO:
        raise ImproperlyConfigured("Data contoh hanya boleh dimuat di demo (manage.py demo).")
    outcome = Loaded()
    with changing(name=ACTOR, door=Door.COMMAND, reason=SAID_BY):
        for row in _rows(today or timezone.localdate()):
            if row.model._default_manager.filter(pk=row.id).exists():
                outcome.known += 1
            else:
                sample_record(row).save()  # one by one: a step looks at the one before
                outcome.added += 1
    return outcome


def _rows(today: date) -> Iterator[Row]:
    mojokerto, sragen = (
        Centre.objects.real().batik().filter(regency_id=regency).order_by("code").first()
        for regency in ("35.76", "33.14")
    )
    if mojokerto is None or sragen is None:
        raise ImproperlyConfigured("Sentra belum dimuat. Jalankan dahulu: manage.py load_records")
    yield from _late_papers(mojokerto)
    yield from _last_stage(mojokerto)
    yield from _under_way(f"sample/allocation/{today.year}", mojokerto, today)
    yield from _under_way(f"sample/allocation/{today.year}/sragen", sragen, today)


def _late_papers(centre: Centre) -> Iterator[Row]:
    """Fiscal year 2024: one paper of stage I came after 31 July, others never did."""
    key = "sample/allocation/2024"
    yield from _begun(key, 2024, centre, "Perluasan sentra, berkas terlambat (contoh)", date(2024, 6, 3))
    for document, day in (
        (DocumentKind.APBD, date(2024, 2, 12)),
        (DocumentKind.LAST_REPORT, date(2024, 7, 18)),
        (DocumentKind.PLAN, date(2024, 3, 4)),
        (DocumentKind.CONTRACTS, date(2024, 8, 5)),
    ):
        values = MARK | {"stage": Stage.I, "document": document, "received_on": day}
        yield _of(AllocationDocument, f"{key}/document/{document}", values, key)


def _last_stage(centre: Centre) -> Iterator[Row]:
    """Fiscal year 2019: two stages came; output is two points short of the third."""
    key = "sample/allocation/2019"
    yield from _begun(key, 2019, centre, "Pembangunan galeri, menunggu tahap III (contoh)", date(2019, 5, 6))
    paid = (
        (Stage.I, State.CONTRACTED, State.STAGE_1, date(2019, 5, 24), PLAN * 25 // 100),
        (Stage.II, State.STAGE_1, State.STAGE_2, date(2019, 9, 18), PLAN * 45 // 100),
    )
    for stage, before, after, day, amount in paid:
        values = MARK | {"stage": stage, "received_on": day, "amount_idr": amount, "sp2d_number": f"CONTOH-{stage}"}
        yield _of(Disbursement, f"{key}/disbursement/{stage}", values, key)
        yield _step(key, Deed.DISBURSE, before, after, stage=stage)
    progress = [(2, 2_900, 24, 20), (3, 7_400, 55, 48), (4, 9_982, 71, 68)]
    for quarter, absorbed, physical, output in progress:
        yield _report(key, 2019, quarter, absorbed, physical, output)
    values = MARK | {"code": ProblemCode.SUPPLIER, "follow_up": "Contoh: menambah dua regu kerja"}
    yield Row(ReportedProblem, f"{key}/problem", values, SAID_BY, owner=f"{key}/report/4", owner_field="report")


def _under_way(key: str, centre: Centre, today: date) -> Iterator[Row]:
    """This fiscal year: watched since the contract, reports as far as the quarters have ended, the last still owed."""
    signed = min(date(today.year, 5, 11), today)
    yield from _begun(key, today.year, centre, "Revitalisasi sentra tahun ini (contoh)", signed, watched_on=signed)
    ended = (today.month - 1) // 3
    for quarter in range(2, ended):
        yield _report(key, today.year, quarter, 1_800 * (quarter - 1), 20 * (quarter - 1), 15 * (quarter - 1))


def _begun(
    key: str, year: int, centre: Centre, title: str, signed: date, watched_on: date | None = None
) -> Iterator[Row]:
    """An allocation with its plan and one contract, taken in at the state in which a contract is signed.

    What fell due before `watched_on`, or before this day, is owed by nobody.
    """
    named: dict[str, Any] = {"title": title, "fiscal_year": year, "region_id": centre.regency_id}
    money = {"ceiling_idr": PLAN, "plan_idr": PLAN, "purpose": "REVITALISASI", "legal_basis": "Contoh"}
    yield Row(Allocation, key, MARK | named | money, SAID_BY)
    yield Row(
        AllocationCentre, f"{key}/centre", MARK | {"centre": centre}, SAID_BY, owner=key, owner_field="allocation"
    )
    for number, (menu, item, millions) in enumerate(WORKS):
        values = MARK | {"menu": menu, "item": item, "unit_cost_idr": millions * MILLION}
        yield _of(Activity, f"{key}/activity/{number}", values, key)
    contract = {
        "package_name": "Pekerjaan gedung (contoh)",
        "number": f"CONTOH/{year}",
        "vendor": "Penyedia contoh",
        "signed_on": signed,
        "starts_on": signed,
        "ends_on": signed + timedelta(days=210),
        "value_idr": PLAN - 240 * MILLION,
    }
    yield _of(Contract, f"{key}/contract", MARK | contract, key)
    watched = (
        {"decided_at": datetime.combine(watched_on, time(9), timezone.get_current_timezone())} if watched_on else {}
    )
    yield _step(key, Deed.TAKE_IN, State.DRAFT, State.CONTRACTED, **watched)


def _report(key: str, year: int, quarter: int, absorbed: int, physical: int, output: int) -> Row:
    figures = {"absorbed_idr": absorbed * MILLION, "physical_pct": physical, "output_pct": output}
    people = {"workers_male": 24, "workers_female": 9, "follow_up": "Contoh: sesuai jadwal"}
    values = MARK | {"year": year, "quarter": quarter} | figures | people
    return _of(ProgressReport, f"{key}/report/{quarter}", values, key)


def _step(key: str, deed: Deed, before: State, after: State, **more: Any) -> Row:
    told = {"actor_name": ACTOR, "reason": "Contoh", "document": "Contoh"}
    values = MARK | {"deed": deed, "from_state": before, "to_state": after} | told | more
    return _of(Step, f"{key}/step/{after}", values, key)


def _of(model: type[Any], key: str, values: dict[str, Any], owner: str) -> Row:
    return Row(model, key, values, SAID_BY, owner=owner, owner_field="allocation")
