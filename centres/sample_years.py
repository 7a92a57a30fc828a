"""What sample members and centres have lived through: yearly figures, certificates, quarterly reports."""

from collections.abc import Callable, Iterator
from datetime import date
from random import Random
from typing import Any

from centres.choices import WAX_RESIST, CapacityUnit, CertificateStatus, CertificateType, CollectionMethod, ExportMode
from centres.models import Centre, Certification, MemberSnapshot, OperationReport
from centres.records import Row

QUARTERS = 6
LIKELY = {
    CertificateType.BATIKMARK: 0.25,
    CertificateType.HALAL: 0.3,
    CertificateType.TRADEMARK: 0.2,
    CertificateType.TKDN: 0.12,
    CertificateType.SNI: 0.05,
}


def of_member(key: str, member: dict[str, Any], dice: Random, today: date, mark: dict[str, Any]) -> Iterator[Row]:
    """Two yearly snapshots and perhaps some certificates; `member` are the member's values."""
    pieces, price, workers = dice.randrange(120, 2_400, 20), dice.randrange(90, 450, 10) * 1_000, dice.randint(1, 12)
    exports = dice.random() < 0.1
    for year in (today.year - 2, today.year - 1):
        if year >= member["started_year"]:
            values = mark | {"year": year} | _snapshot(pieces, price, workers, exports, dice)
            yield Row(MemberSnapshot, f"{key}/{year}", values, mark["source"], owner=key, owner_field="member")
        pieces = round(pieces * dice.uniform(0.85, 1.3))
    yield from _certificates(key, member, dice, today, mark)


def _snapshot(pieces: int, price: int, workers: int, exports: bool, dice: Random) -> dict[str, Any]:
    revenue, women = pieces * price, dice.randint(0, workers)
    abroad = revenue // 5 if exports else 0
    sold_abroad = {"export_destinations": ["JP"], "export_mode": ExportMode.INDIRECT} if exports else {}
    return sold_abroad | {
        "workers_male": workers - women,
        "workers_female": women,
        "piecework_female": dice.randint(0, 6),
        "capacity_installed": round(pieces * 1.4),
        "capacity_unit": CapacityUnit.PIECE,
        "production_quantity": pieces,
        "production_value_idr": revenue,
        "revenue_idr": revenue,
        "domestic_idr": revenue - abroad,
        "export_idr": abroad,
        "raw_material_idr": revenue * 2 // 5,
        "online_sales_pct": dice.randrange(0, 60, 5),
        "method": CollectionMethod.ESTIMATE,
    }


def _certificates(key: str, member: dict[str, Any], dice: Random, today: date, mark: dict[str, Any]) -> Iterator[Row]:
    resist = [technique for technique in WAX_RESIST if technique in member["techniques"]]
    number = int(key.rpartition("/")[2])
    for kind, likelihood in LIKELY.items():
        if dice.random() > likelihood or (kind == CertificateType.BATIKMARK and not resist):
            continue
        values = mark | {"kind": kind, "issuer": "Penerbit contoh"} | _validity(kind, number, dice, today)
        if kind == CertificateType.BATIKMARK:
            values["technique"] = resist[0]
        if kind == CertificateType.TKDN:
            values["tkdn_pct"] = dice.randrange(40, 90, 5)
        yield Row(Certification, f"{key}/{kind}", values, mark["source"], owner=key, owner_field="member")


def _validity(kind: str, number: int, dice: Random, today: date) -> dict[str, Any]:
    if dice.random() < 0.3:
        return {"status": CertificateStatus.APPLIED}
    issued = date(today.year - dice.randint(1, 6), dice.randint(1, 12), 1)
    expires = date(issued.year + 5, issued.month, 1)
    status = CertificateStatus.VALID if expires > today else CertificateStatus.EXPIRED
    return {"number": f"CONTOH-{kind}-{number:03d}", "issued_on": issued, "expires_on": expires, "status": status}


def of_centre(
    centre: Centre, members: int, random_for: Callable[[str], Random], today: date, mark: dict[str, Any]
) -> Iterator[Row]:
    """Operation reports of the quarters that have ended lately and that nobody has reported on."""
    real = set(OperationReport.objects.real().filter(centre=centre).values_list("year", "quarter"))
    for year, quarter in recent_quarters(today):
        if (year, quarter) in real:
            continue
        key = f"sample/report/{centre.code}/{year}-{quarter}"
        values = mark | {"centre": centre, "year": year, "quarter": quarter} | _quarter(members, random_for(key))
        yield Row(OperationReport, key, values, mark["source"])


def recent_quarters(today: date) -> list[tuple[int, int]]:
    """The last quarters that are over, oldest first."""
    running = today.year * 4 + (today.month - 1) // 3
    return [(number // 4, number % 4 + 1) for number in range(running - QUARTERS, running)]


def _quarter(members: int, dice: Random) -> dict[str, Any]:
    users = dice.randint(members // 3, members)
    visitors, pieces, open_days = dice.randrange(200, 1_500), dice.randrange(60, 600), dice.randint(58, 78)
    cost = dice.randrange(30, 60) * 1_000_000
    return {
        "open_days": open_days,
        "ikm_users": users,
        "ikm_consigning": users // 2,
        "visitors": visitors,
        "edu_groups": dice.randint(0, 12),
        "foreign_visitors": visitors // 60,
        "hours_available": open_days * 8,
        "hours_used": open_days * dice.randint(2, 7),
        "sales_turnover_idr": pieces * dice.randrange(120, 260, 10) * 1_000,
        "pieces_sold": pieces,
        "service_income_idr": dice.randrange(8, 50) * 1_000_000,
        "operating_cost_idr": cost,
        "operating_cost_apbd_idr": cost * 3 // 5,
        "production_pieces": dice.randrange(100, 900),
        "staff_male": 3,
        "staff_female": 4,
        "trainings_held": dice.randint(0, 3),
        "main_problem": "Contoh: kunjungan belum merata setiap bulan",
        "follow_up": "Contoh: menjadwalkan kunjungan sekolah",
    }
