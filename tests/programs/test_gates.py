"""Golden tables of the published rules, and what a gate says: met or not, by how much, by when, by whom."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from programs.actions.allocations import take_in
from programs.choices import DocumentKind, Stage, State
from programs.gates import Outcome, next_gate
from programs.models import StageCondition, StageDeadline
from tests.factories.programs import (
    BILLION,
    bring_to,
    make_allocation,
    make_contract,
    make_disbursement,
    make_document,
    make_handover,
    make_progress,
    make_residual,
    make_rules,
)

pytestmark = pytest.mark.django_db
NOW = datetime(2019, 7, 1, 3, tzinfo=UTC)


@pytest.fixture(autouse=True)
def rules(places):
    make_rules()


def paid(year, *amounts, contracts=10 * BILLION, **values):
    """An allocation of ten billion whose first stages came, with contracts for so much."""
    allocation = make_allocation(fiscal_year=year, **values)
    if contracts:
        make_contract(allocation=allocation, value_idr=contracts)
    for stage, amount in zip(Stage, amounts, strict=False):
        make_disbursement(allocation=allocation, stage=stage, amount_idr=amount)
    return allocation


def finding(gate, words):
    return next(one for one in gate.findings if words in one.label)


# --- golden tables: year, contracts in billions, already paid in billions, stage, amount in millions ---

AMOUNTS = [
    # 2016: quarterly 30 / 25 / 25 / 20 of the ceiling
    (2016, 10, [], "I", 3_000),
    (2016, 10, [3], "II", 2_500),
    (2016, 10, [3, "2.5"], "III", 2_500),
    (2016, 10, [3, "2.5", "2.5"], "IV", 2_000),
    # 2018 and 2019: 25 / 45 / what is needed to finish
    (2018, 10, [], "I", 2_500),
    (2018, 10, ["2.5"], "II", 4_500),
    (2018, "9.4", ["2.5", "4.5"], "III", 2_400),
    (2019, 10, [], "I", 2_500),
    (2019, 10, ["2.5"], "II", 4_500),
    (2019, "8.1", ["2.5", "4.5"], "III", 1_100),
    # 2023, stage II: 45 % of the ceiling if contracts exceed 70 % of it, else contracts less stage I
    (2023, "7.1", ["2.5"], "II", 4_500),
    (2023, "7.0", ["2.5"], "II", 4_500),
    (2023, "6.9", ["2.5"], "II", 4_400),
    (2023, "3.0", ["2.5"], "II", 500),
    # 2024, stage I: 25 % of the plan if contracts exceed 25 % of it, else the contracts
    (2024, "2.6", [], "I", 2_500),
    (2024, "2.5", [], "I", 2_500),
    (2024, "2.4", [], "I", 2_400),
    # not published: nobody guesses
    (2023, 10, [], "I", None),
    (2023, 10, ["2.5", "4.5"], "III", None),
    (2024, 10, ["2.5"], "II", None),
]


@pytest.mark.parametrize(("year", "contracts", "before", "stage", "millions"), AMOUNTS)
def test_the_amount_of_a_stage_by_the_rules_of_its_year(year, contracts, before, stage, millions):
    amounts = [int(Decimal(amount) * BILLION) for amount in before]
    allocation = paid(year, *amounts, contracts=int(Decimal(contracts) * BILLION))

    gate = next_gate(allocation, NOW)

    assert gate.stage == stage
    assert gate.amount == (None if millions is None else millions * 1_000_000)
    assert millions is not None or any(one.outcome == Outcome.UNKNOWN for one in gate.findings)


# year, stage, absorbed of what was received in percent, output in percent, whether the gate opens
CONDITIONS = [
    (2018, "II", "74.99", None, False),
    (2018, "II", "75", None, True),
    (2019, "II", "74", None, False),
    (2019, "II", "75", None, True),
    (2018, "III", "90", "70", True),
    (2018, "III", "89.99", "70", False),
    (2018, "III", "90", "69.99", False),
    (2019, "III", "90", "70", True),
    (2019, "III", "100", "69", False),
    (2019, "III", "89", "100", False),
]


@pytest.mark.parametrize(("year", "stage", "absorbed", "output", "opens"), CONDITIONS)
def test_the_conditions_of_2018_and_2019(year, stage, absorbed, output, opens):
    before = [25 * BILLION // 10] if stage == "II" else [25 * BILLION // 10, 45 * BILLION // 10]
    allocation = paid(year, *before)
    spent = int(sum(before) * Decimal(absorbed) / 100)
    make_progress(allocation=allocation, quarter=3, absorbed_idr=spent, output_pct=output)

    gate = next_gate(allocation, NOW)

    assert (gate.stage, gate.is_open) == (stage, opens)


LUMP_SUMS = [
    (2018, 1_000_000_000, True),
    (2018, 1_000_000_001, False),
    (2019, 999_999_999, True),
    (2023, 1_000_000_000, True),
    (2024, 1_000_000_000, True),
    (2024, 1_000_000_001, False),
    (2016, 500_000_000, False),  # the rules of that year know no lump sum
]


@pytest.mark.parametrize(("year", "ceiling", "at_once"), LUMP_SUMS)
def test_a_small_ceiling_is_paid_at_once_by_the_value_of_the_contracts(year, ceiling, at_once):
    allocation = make_allocation(fiscal_year=year, ceiling_idr=ceiling, plan_idr=ceiling)
    make_contract(allocation=allocation, value_idr=400_000_000)

    gate = next_gate(allocation, NOW)

    assert (gate.stage == Stage.LUMP_SUM) is at_once
    assert not at_once or gate.amount == 400_000_000


def test_a_lump_sum_may_come_in_several_payments():
    allocation = make_allocation(fiscal_year=2023, ceiling_idr=BILLION, plan_idr=BILLION)
    make_contract(allocation=allocation, value_idr=400_000_000)
    make_disbursement(allocation=allocation, stage="SEKALIGUS", amount_idr=300_000_000)
    assert next_gate(allocation, NOW).amount == 100_000_000

    make_disbursement(allocation=allocation, stage="SEKALIGUS", amount_idr=100_000_000)

    assert next_gate(allocation, NOW) is None


def test_a_lump_sum_on_recommendation_goes_by_the_handover():
    allocation = make_allocation(fiscal_year=2024, disbursement_mode="SEKALIGUS_REKOMENDASI")
    make_handover(allocation=allocation, bast_value_idr=7 * BILLION)

    gate = next_gate(allocation, NOW)

    assert (gate.stage, gate.amount) == (Stage.LUMP_SUM, 7 * BILLION)


@pytest.mark.parametrize(
    ("day", "said"),
    [((3, 31), "baru dibuka 1 April 2018"), ((4, 1), None), ((7, 31), None), ((8, 1), "sudah ditutup 31 Juli 2018")],
)
def test_a_lump_sum_has_a_season(day, said):
    allocation = make_allocation(fiscal_year=2018, ceiling_idr=BILLION, plan_idr=BILLION)
    make_contract(allocation=allocation, value_idr=400_000_000)

    gate = next_gate(allocation, datetime(2018, *day, 5, tzinfo=UTC))

    assert [one.detail for one in gate.findings if one.label == "Masa salur sekaligus"] == ([said] if said else [])


def test_without_the_figures_that_an_amount_rests_on_there_is_none():
    of_contracts = next_gate(make_allocation(ceiling_idr=900_000_000, plan_idr=900_000_000), NOW)
    of_handover = next_gate(make_allocation(fiscal_year=2024, disbursement_mode="SEKALIGUS_REKOMENDASI"), NOW)

    assert (of_contracts.amount, of_contracts.is_open) == (None, False)
    assert finding(of_contracts, "Besar penyaluran").detail == "nilai kontrak belum tercatat"
    assert (of_handover.amount, of_handover.is_open) == (None, False)
    assert finding(of_handover, "Besar penyaluran").detail == "nilai BAST belum tercatat"


# --- why not ---


def test_a_condition_says_by_how_much_it_is_missed_and_when_it_will_be_met_at_this_pace():
    """Received 7 billion; 90 % are 6.3. From 2 to 4 billion in 92 days: 2.3 more take 105.8 days after 30 September."""
    allocation = paid(2019, 25 * BILLION // 10, 45 * BILLION // 10)
    make_progress(allocation=allocation, quarter=2, absorbed_idr=2 * BILLION, output_pct=40)
    last = make_progress(allocation=allocation, quarter=3, absorbed_idr=4 * BILLION, output_pct=60)

    absorption = finding(next_gate(allocation, NOW), "Penyerapan")

    assert absorption.outcome == Outcome.UNMET
    assert absorption.detail == "kini 57,14%, kurang Rp2.300.000.000"
    assert absorption.record == last
    assert absorption.expected_on == date(2020, 1, 14)
    assert absorption.missed_on == date(2019, 12, 16)


def test_a_condition_that_will_be_met_in_time_is_not_missed():
    """Output from 40 to 60 in 92 days: ten points more take 46 days, until 15 November."""
    allocation = paid(2019, 25 * BILLION // 10, 45 * BILLION // 10)
    make_progress(allocation=allocation, quarter=2, absorbed_idr=2 * BILLION, output_pct=40)
    make_progress(allocation=allocation, quarter=3, absorbed_idr=4 * BILLION, output_pct=60)

    output = finding(next_gate(allocation, NOW), "keluaran")

    assert (output.detail, output.expected_on, output.missed_on) == (
        "kini 60%, kurang 10 poin",
        date(2019, 11, 15),
        None,
    )


def test_without_a_second_point_nobody_guesses_the_pace():
    allocation = paid(2019, 25 * BILLION // 10, 45 * BILLION // 10)
    make_progress(allocation=allocation, quarter=3, output_pct=60)

    output = finding(next_gate(allocation, NOW), "keluaran")

    assert (output.expected_on, output.missed_on) == (None, date(2019, 12, 16))


def test_papers_that_are_late_or_missing_say_so_with_the_day_and_who_must_act():
    allocation = paid(2024, contracts=3 * BILLION)
    for document, day in ((DocumentKind.APBD, "2024-02-12"), (DocumentKind.CONTRACTS, "2024-08-05")):
        make_document(allocation=allocation, stage="I", document=document, received_on=day)

    gate = next_gate(allocation, datetime(2024, 8, 10, tzinfo=UTC))

    contracts, review = finding(gate, "Daftar kontrak"), finding(gate, "reviu Inspektorat")
    assert gate.due_on == date(2024, 7, 31)
    assert gate.deadline.decree == "KMK 15/KM.7/2024"
    assert contracts.detail == "diterima 5 Agustus 2024, terlambat 5 hari"
    assert contracts.who == "dinas pelaksana"
    assert (review.detail, review.who, review.missed_on) == (
        "belum diterima",
        "Inspektorat daerah",
        date(2024, 7, 31),
    )
    assert finding(gate, "APBD").is_met
    assert not gate.is_open


def test_what_the_registry_knows_itself_needs_no_paper():
    last_year = make_allocation(fiscal_year=2023, title="Tahun lalu")
    make_residual(allocation=last_year, reported_on="2024-01-20")
    allocation = bring_to(make_allocation(fiscal_year=2024), State.PROPOSED, State.VERIFIED, State.ASSESSED)
    bring_to(allocation, State.HARMONISED, State.FINALLY_ASSESSED, State.ALLOCATED, State.PLANNING)
    bring_to(allocation, State.PLAN_APPROVED)
    StageDeadline.objects.all().delete()  # the plan of this test is approved today

    gate = next_gate(allocation, NOW)

    assert finding(gate, "Rencana kegiatan").is_met
    assert finding(gate, "sisa DAK").is_met


def test_an_unpublished_threshold_is_a_question_and_keeps_the_gate_shut():
    allocation = paid(2023, 25 * BILLION // 10, contracts=8 * BILLION)
    make_progress(allocation=allocation, quarter=3, absorbed_idr=25 * BILLION // 10)

    gate = next_gate(allocation, NOW)

    assert "angkanya terpotong" in finding(gate, "Penyerapan").detail
    assert not gate.is_open
    StageCondition.objects.filter(ruleset__fiscal_year=2023, stage="II", kind="SERAPAN").update(threshold_pct=75)
    assert next_gate(allocation, NOW).is_open


def test_a_change_of_a_rule_changes_its_own_year_only():
    a, b = paid(2018, 25 * BILLION // 10), paid(2019, 25 * BILLION // 10)
    for allocation in (a, b):
        make_progress(allocation=allocation, quarter=2, absorbed_idr=15 * BILLION // 10)

    StageCondition.objects.filter(ruleset__fiscal_year=2018, kind="SERAPAN", stage="II").update(threshold_pct=50)

    assert (next_gate(a, NOW).is_open, next_gate(b, NOW).is_open) == (True, False)


def test_a_year_without_rules_asks_staff():
    gate = next_gate(make_allocation(fiscal_year=2020), NOW)

    assert gate.stage == Stage.I
    assert "belum dicatat; minta staf" in gate.missing[0].detail


def test_an_extension_without_a_readable_date_says_so():
    gate = next_gate(make_allocation(fiscal_year=2025), NOW)

    assert gate.due_on is None
    assert "tanggalnya tidak terbaca" in gate.deadline.note


def test_the_later_stages_are_named():
    assert next_gate(paid(2019, 25 * BILLION // 10), NOW).later == [Stage.III]


def test_no_gate_stands_before_a_building_that_is_built():
    allocation = make_allocation()
    take_in(allocation=allocation, state=State.BUILT, actor_name="Uji", reason="Uji", document="Uji")
    allocation.refresh_from_db()

    assert next_gate(allocation, NOW) is None
