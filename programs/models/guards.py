"""What must hold over several rows of an allocation, also when two officers write at once (batik_registry/guards.py).

Whoever writes money of an allocation takes a turn at the allocation's row. An amount that is not known yet (NULL)
counts as nothing, and a limit that is not known limits nothing.
"""

from django.utils.translation import gettext_lazy as _

from batik_registry.guards import Guard
from programs.choices import STAGE_NUMBERS
from programs.lifecycle import life_in_sql

TURN = "programs_allocation WHERE id = new.allocation_id"


def _others(table: str, column: str, condition: str = "true") -> str:
    """What the other rows of the same allocation add up to."""
    return f"""(SELECT coalesce(sum(o.{column}), 0) FROM {table} o
        WHERE o.allocation_id = new.allocation_id AND o.id <> new.id AND {condition})"""


def _limit(column: str) -> str:
    return f"(SELECT a.{column} FROM programs_allocation a WHERE a.id = new.allocation_id)"


def _within(name: str, column: str, table: str, limit: str, message: object, detail: object, blame: str = "") -> Guard:
    """All rows of the table together stay within a limit of the allocation."""
    left = f"{_limit(limit)} - {_others(table, column)}"
    return Guard(
        name=name,
        field=blame or column,
        message=message,
        holds=f"coalesce(new.{column}, 0) <= {left}",
        lock=TURN,
        detail=detail,
        figures={"left": left},
    )


def _covers(name: str, field: str, table: str, column: str, message: object) -> Guard:
    """The limit on the allocation covers what its rows already add up to."""
    total = f"(SELECT coalesce(sum(r.{column}), 0) FROM {table} r WHERE r.allocation_id = new.id)"
    return Guard(
        name=name,
        field=field,
        message=message,
        holds=f"new.{field} >= {total}",
        detail=_("Jumlahnya %(total)s"),
        figures={"total": total},
    )


def _stage_number(row: str) -> str:
    return f"(CASE {row}.stage " + " ".join(f"WHEN '{s}' THEN {n}" for s, n in STAGE_NUMBERS.items()) + " END)"


ACTIVITY_GUARDS = [
    _within(
        "programs_activity_within_plan",
        "amount_idr",
        "programs_activity",
        "plan_idr",
        _("Jumlah rincian kegiatan melebihi nilai RK"),
        _("Sisa RK %(left)s"),
        blame="unit_cost_idr",  # the amount itself is reckoned, nobody types it
    )
]
CONTRACT_GUARDS = [
    _within(
        "programs_contract_within_plan",
        "value_idr",
        "programs_contract",
        "plan_idr",
        _("Jumlah nilai kontrak melebihi nilai RK"),
        _("Sisa RK %(left)s"),
    )
]
DISBURSEMENT_GUARDS = [
    _within(
        "programs_disbursement_within_ceiling",
        "amount_idr",
        "programs_disbursement",
        "ceiling_idr",
        _("Jumlah penyaluran melebihi pagu"),
        _("Sisa pagu %(left)s"),
    ),
    Guard(
        name="programs_disbursement_in_order",
        field="stage",
        message=_("Tahap sebelumnya belum disalurkan; catat tahap itu dahulu"),
        holds=f"""{_stage_number("new")} = 1 OR EXISTS (
            SELECT FROM programs_disbursement o WHERE o.allocation_id = new.allocation_id AND o.id <> new.id
            AND o.received_on IS NOT NULL AND {_stage_number("o")} = {_stage_number("new")} - 1)""",
        lock=TURN,
    ),
    Guard(
        name="programs_disbursement_under_the_next",
        field="received_on",
        message=_("Tahap sesudahnya sudah diterima; tanggal ini tidak dapat dikosongkan"),
        holds=f"""new.received_on IS NOT NULL OR NOT EXISTS (
            SELECT FROM programs_disbursement o WHERE o.allocation_id = new.allocation_id AND o.id <> new.id
            AND o.received_on IS NOT NULL AND {_stage_number("o")} > {_stage_number("new")})""",
        lock=TURN,
    ),
    Guard(
        name="programs_disbursement_one_mode",
        field="stage",
        message=_("Penyaluran bertahap dan sekaligus tidak dicampur dalam satu alokasi"),
        holds="""NOT EXISTS (SELECT FROM programs_disbursement o WHERE o.allocation_id = new.allocation_id
            AND o.id <> new.id AND (o.stage = 'SEKALIGUS') <> (new.stage = 'SEKALIGUS'))""",
        lock=TURN,
    ),
]
HANDOVER_GUARDS = [
    Guard(
        name="programs_handover_rests_under_built",
        field="bast_on",
        message=_("Ada laporan dengan fisik 100%; BAST I tidak dapat dikosongkan"),
        holds="""new.bast_on IS NOT NULL OR NOT EXISTS (SELECT FROM programs_progressreport r
            WHERE r.allocation_id = new.allocation_id AND r.physical_pct >= 100)""",
        lock=TURN,
    )
]
ALLOCATION_GUARDS = [
    _covers(
        "programs_allocation_plan_covers_activities",
        "plan_idr",
        "programs_activity",
        "amount_idr",
        _("Nilai RK kurang dari jumlah rincian kegiatan"),
    ),
    _covers(
        "programs_allocation_plan_covers_contracts",
        "plan_idr",
        "programs_contract",
        "value_idr",
        _("Nilai RK kurang dari jumlah kontrak"),
    ),
    _covers(
        "programs_allocation_ceiling_covers_disbursed",
        "ceiling_idr",
        "programs_disbursement",
        "amount_idr",
        _("Pagu kurang dari jumlah yang sudah disalurkan"),
    ),
    Guard(
        name="programs_allocation_life",
        field="kind",
        message=_("Jenis dan sumber dana tidak dapat diganti setelah alokasi berjalan"),
        holds=f"""NOT EXISTS (SELECT FROM programs_step s WHERE s.allocation_id = new.id
            AND s.life <> {life_in_sql("new")})""",
    ),
]
SHARE_GUARDS = [
    Guard(
        name="programs_allocationcentre_shares",
        field="share_pct",
        message=_("Jumlah porsi semua sentra melebihi 100 persen"),
        holds=f"coalesce(new.share_pct, 0) + {_others('programs_allocationcentre', 'share_pct')} <= 100",
        lock=TURN,
    )
]


def _correction(first: str, last: str) -> str:
    """A correction with a figure between two reports: from there the series begins anew."""
    return f"""SELECT FROM programs_progressreport c WHERE c.allocation_id = new.allocation_id AND c.is_correction
        AND c.absorbed_idr IS NOT NULL AND c.id <> new.id
        AND (c.year, c.quarter) > ({first}.year, {first}.quarter)
        AND (c.year, c.quarter) < ({last}.year, {last}.quarter)"""


EARLIER = "(o.year, o.quarter) < (new.year, new.quarter)"
LATER = "(o.year, o.quarter) > (new.year, new.quarter)"
PROGRESS_GUARDS = [
    Guard(
        name="programs_progressreport_absorbed_grows",
        field="absorbed_idr",
        message=_("Penyerapan dihitung kumulatif dan tidak boleh turun; bila membetulkan, tandai sebagai koreksi"),
        holds=f"""NOT EXISTS (
            SELECT FROM programs_progressreport o WHERE o.allocation_id = new.allocation_id AND o.id <> new.id AND (
                ({EARLIER} AND NOT new.is_correction AND o.absorbed_idr > new.absorbed_idr AND NOT EXISTS (
                    {_correction("o", "new")}))
                OR ({LATER} AND NOT o.is_correction AND o.absorbed_idr < new.absorbed_idr AND NOT EXISTS (
                    {_correction("new", "o")}))))""",
        lock=TURN,
    ),
    Guard(
        name="programs_progressreport_built_is_handed_over",
        field="physical_pct",
        message=_("Fisik 100% memerlukan berita acara serah terima (BAST I); catat BAST dahulu"),
        holds="""new.physical_pct < 100 OR EXISTS (SELECT FROM programs_handover h
            WHERE h.allocation_id = new.allocation_id AND h.bast_on IS NOT NULL)""",
        lock=TURN,
    ),
]
