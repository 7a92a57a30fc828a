"""I04 to I09 by hand, and against what Bappenas published."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from centres.choices import Commodity, RuleCode
from programs.choices import AllocationKind, AllocationSource, State
from programs.indicators import Scope, get
from programs.lifecycle import Deed
from programs.models import ProgressReport, Step
from tests.factories.centres import make_centre, make_facility, make_report
from tests.programs.indicator_data import (
    BILLION,
    at,
    disburse,
    fill_calendar,
    make_allocation,
    make_contract,
    make_progress,
    set_rule,
    set_stage_one_deadline,
)

pytestmark = pytest.mark.usefixtures("places")
FY2023 = Scope.of(year=2023)


def values(code, scope):
    return {figure.part.key: figure.value for figure in get(code).figures(scope)}


# --- published figures -------------------------------------------------------------------------------------------

#: Bappenas, DAK IKM 2021, in Rp billion, each rounded to a whole billion, and the published percentages.
BAPPENAS = {"ceiling": 750, "plan": 744, "contracted": 665, "disbursed": 654, "absorbed": 495}
PUBLISHED = [
    ("rk_pagu", "plan", "ceiling", "99.14"),
    ("kontrak_rk", "contracted", "plan", "89.42"),
    ("salur_kontrak", "disbursed", "contracted", "98.33"),
    ("serap_kontrak", "absorbed", "contracted", "74.51"),
]


@pytest.fixture
def bappenas(places):
    """The sums of 2021, spread over two allocations in two provinces."""
    parts = {name: (total * BILLION // 3, total * BILLION - total * BILLION // 3) for name, total in BAPPENAS.items()}
    for place, code in enumerate(("35.76", "33.14")):
        money = {name: amounts[place] for name, amounts in parts.items()}
        allocation = make_allocation(
            make_centre(regency_id=code), 2021, ceiling_idr=money["ceiling"], plan_idr=money["plan"]
        )
        make_contract(allocation, money["contracted"], signed_on=date(2021, 6, 1))
        disburse(allocation, money["disbursed"], date(2021, 8, 1))
        make_progress(allocation, absorbed_idr=money["absorbed"])


@pytest.mark.parametrize(("key", "over", "under", "published"), PUBLISHED)
def test_the_ratios_of_bappenas_lie_within_the_rounding_of_its_inputs(bappenas, key, over, under, published):
    """744/750 = 99.20, not 99.14: but 744 may be 743.5 to 744.5, and 750 may be 749.5 to 750.5.

    So the true ratio lies between 743.5/750.5 = 99.07 and 744.5/749.5 = 99.33, and the published one is in there.
    """
    half = Decimal("0.5")
    least = 100 * (BAPPENAS[over] - half) / (BAPPENAS[under] + half)
    most = 100 * (BAPPENAS[over] + half) / (BAPPENAS[under] - half)

    ours = get("I04").figure(Scope.of(year=2021), key).value

    assert ours == 100 * Decimal(BAPPENAS[over]) / BAPPENAS[under]
    assert least <= Decimal(published) <= most
    assert least <= ours <= most


def test_the_ratios_of_the_rounded_inputs(bappenas):
    ours = {key: round(value, 2) for key, value in values("I04", Scope.of(year=2021)).items()}

    assert ours == {
        "rk_pagu": Decimal("99.20"),
        "kontrak_rk": Decimal("89.38"),
        "salur_kontrak": Decimal("98.35"),
        "serap_kontrak": Decimal("74.44"),
    }


def test_only_contracts_fit_as_the_base_of_the_last_ratio(bappenas):
    """495 over ceiling 66.0, over RK 66.5, over disbursed 75.7: none is near 74.51."""
    for base in ("ceiling", "plan", "disbursed"):
        most = 100 * (BAPPENAS["absorbed"] + Decimal("0.5")) / (BAPPENAS[base] - Decimal("0.5"))
        least = 100 * (BAPPENAS["absorbed"] - Decimal("0.5")) / (BAPPENAS[base] + Decimal("0.5"))

        assert not least <= Decimal("74.51") <= most


def test_absorption_is_of_the_ceiling_and_says_so(bappenas):
    """495 of 750 = 66 %. The published 88.46 % of 2023 states no denominator; ours does."""
    figure = get("I05").figure(Scope.of(year=2021))

    assert figure.value == 66
    assert (figure.numerator, figure.denominator) == (495 * BILLION, 750 * BILLION)
    assert "pagu" in str(figure.part.denominator)


# --- sums, means, unknowns ---------------------------------------------------------------------------------------


def test_the_weighted_and_the_simple_mean_stand_side_by_side():
    """9 of 10 and 1 of 2 billion: weighted 10/12 = 83.33 %, simple (90 + 50)/2 = 70 %."""
    for ceiling, absorbed in ((10, 9), (2, 1)):
        make_progress(make_allocation(ceiling_idr=ceiling * BILLION), absorbed_idr=absorbed * BILLION)

    weighted, simple = (get("I05").figure(FY2023, key) for key in ("fisik", "fisik_sederhana"))

    assert round(weighted.value, 2) == Decimal("83.33")
    assert simple.value == 70
    assert (str(weighted.part.mean), str(simple.part.mean)) == (
        "Tertimbang: jumlah dibagi jumlah",
        "Sederhana: setiap baris sama beratnya",
    )


def test_an_allocation_that_did_not_report_is_no_zero():
    make_progress(make_allocation(ceiling_idr=10 * BILLION), absorbed_idr=9 * BILLION)
    make_allocation(ceiling_idr=30 * BILLION)

    figure = get("I05").figure(FY2023)

    assert (figure.value, figure.denominator) == (90, 10 * BILLION)
    assert figure.coverage == "1 dari 2 alokasi"


def test_nonfisik_is_another_number():
    make_progress(make_allocation(ceiling_idr=BILLION, kind=AllocationKind.NON_PHYSICAL), absorbed_idr=BILLION // 2)

    assert values("I05", FY2023) == {"fisik": None, "fisik_sederhana": None, "nonfisik": 50}


def test_other_money_other_goods_and_proposals_stay_out():
    make_allocation(ceiling_idr=BILLION, source_of_funds=AllocationSource.CSR)
    make_allocation(make_centre(commodity=Commodity.CRAFT), ceiling_idr=BILLION)
    make_allocation(proposed_idr=BILLION)
    make_allocation(year=2024, ceiling_idr=BILLION)

    assert get("I05").figure(FY2023).total == 0


def test_money_is_what_was_known_on_the_day():
    """Absorbed 2 of 10 billion by June, 8 by December; a sample report in between counts for nothing."""
    allocation = make_allocation(ceiling_idr=10 * BILLION)
    for quarter, absorbed in ((2, 2), (3, 5), (4, 8)):
        make_progress(allocation, quarter, absorbed_idr=absorbed * BILLION)
    ProgressReport.objects.filter(quarter=3).update(is_sample=True)

    rates = [
        get("I05").figure(Scope.of(day=day)).value
        for day in (date(2023, 2, 1), date(2023, 6, 30), date(2023, 9, 30), date(2023, 12, 31))
    ]

    assert rates == [None, 20, 20, 80]


def test_contracts_and_payments_after_the_day_are_not_there_yet():
    allocation = make_allocation(ceiling_idr=10 * BILLION, plan_idr=8 * BILLION)
    make_contract(allocation, 4 * BILLION, signed_on=date(2023, 7, 1))
    disburse(allocation, 2 * BILLION, date(2023, 8, 1))

    assert values("I04", Scope.of(day=date(2023, 6, 30)))["kontrak_rk"] is None
    assert values("I04", Scope.of(day=date(2023, 7, 1)))["kontrak_rk"] == 50
    assert values("I04", Scope.of(day=date(2023, 8, 1)))["salur_kontrak"] == 50


@pytest.fixture
def two_works(places):
    """Contracts of 10 and 30 billion; physical 100 % would need a BAST, so 90 and 50 %; absorbed 8 and 12 billion."""
    for contract, physical, absorbed in ((10, 90, 8), (30, 50, 12)):
        allocation = make_allocation(ceiling_idr=40 * BILLION, plan_idr=40 * BILLION)
        make_contract(allocation, contract * BILLION, signed_on=date(2023, 6, 1))
        make_progress(allocation, physical_pct=physical, absorbed_idr=absorbed * BILLION)


def test_physical_progress_weighs_by_contracts(two_works):
    """(0.9 × 10 + 0.5 × 30) / 40 = 24/40 = 60 %."""
    assert get("I06").figure(FY2023).value == 60


def test_the_gap_is_physical_less_absorbed_over_contracts(two_works):
    """60 % less (8 + 12)/40 = 50 % leaves 10 points."""
    figure = get("I07").figure(FY2023)

    assert (figure.value, str(figure.part.unit)) == (10, "poin persen")


def test_the_gap_speaks_only_of_works_that_reported_both(two_works):
    allocation = make_allocation(ceiling_idr=40 * BILLION, plan_idr=40 * BILLION)
    make_contract(allocation, 40 * BILLION)
    make_progress(allocation, physical_pct=99)

    figure = get("I07").figure(FY2023)

    assert (figure.value, figure.coverage) == (10, "2 dari 3 alokasi")


# --- in time -----------------------------------------------------------------------------------------------------


@pytest.fixture
def contracts(places):
    """RK 10, 10, 20 billion; signed 8 on 30 June, 9 on 22 July, and nothing at all."""
    set_stage_one_deadline(date(2023, 7, 22))
    for plan, signed, day in ((10, 8, date(2023, 6, 30)), (10, 9, date(2023, 7, 22)), (20, None, None)):
        allocation = make_allocation(ceiling_idr=plan * BILLION, plan_idr=plan * BILLION)
        if signed:
            make_contract(allocation, signed * BILLION, signed_on=day)


def test_contracted_before_the_deadline_of_stage_one(contracts):
    """(8 + 9) / 40 = 42.5 %; by the working limit of 1 July only 8/40 = 20 %. No contract is a real zero here."""
    assert values("I09", FY2023) == {"tenggat_tahap_i": Decimal("42.5"), "batas_kerja": 20}


def test_the_working_limit_is_a_rule(contracts):
    set_rule(RuleCode.CONTRACT_BY_MONTH, 6)

    assert values("I09", FY2023)["batas_kerja"] == 0


def test_an_extension_moves_the_deadline(contracts):
    """Another 10 billion, signed on 25 July: (8 + 9)/50 = 34 % first, (8 + 9 + 10)/50 = 54 % once extended."""
    late = make_allocation(ceiling_idr=10 * BILLION, plan_idr=10 * BILLION)
    make_contract(late, 10 * BILLION, signed_on=date(2023, 7, 25))
    assert values("I09", FY2023)["tenggat_tahap_i"] == 34

    set_stage_one_deadline(date(2023, 7, 31), is_extension=True, decree="KMK contoh")

    assert values("I09", FY2023)["tenggat_tahap_i"] == 54


def test_a_contract_without_date_makes_the_row_unknown(contracts):
    make_contract(make_allocation(ceiling_idr=10 * BILLION, plan_idr=10 * BILLION), BILLION)

    figure = get("I09").figure(FY2023)

    assert (figure.value, figure.coverage) == (Decimal("42.5"), "3 dari 4 alokasi")


def test_without_a_recorded_deadline_there_is_no_number(places):
    make_allocation(ceiling_idr=BILLION, plan_idr=BILLION)

    assert values("I09", FY2023)["tenggat_tahap_i"] is None


def test_progress_reports_on_time(mojokerto_officer):
    """Due by 14 August: TW I and TW II. One came in time, one a day late; the other allocation sent nothing: 1/4."""
    fill_calendar()
    allocation, silent = make_allocation(ceiling_idr=BILLION), make_allocation(ceiling_idr=BILLION)
    for quarter, day in ((1, date(2023, 4, 10)), (2, date(2023, 7, 11))):
        make_progress(allocation, quarter, submitted_at=at(day), submitted_by=mojokerto_officer)

    figure = get("I08").figure(Scope.of(day=date(2023, 8, 14)))

    assert (figure.numerator, figure.denominator, figure.value) == (1, 4, 25)
    assert dict(figure.rows.values_list("pk", "numerator")) == {allocation.pk: 1, silent.pk: 0}


def test_an_allocation_taken_in_afterwards_owes_no_reports():
    fill_calendar()
    allocation = make_allocation(ceiling_idr=BILLION)
    told = {"actor_name": "Staf", "reason": "Contoh", "document": "Contoh"}
    Step.objects.create(allocation=allocation, deed=Deed.TAKE_IN, to_state=State.BUILT, **told)

    figure = get("I08").figure(FY2023)

    assert (figure.value, figure.coverage) == (None, "0 dari 1 alokasi")


def test_operation_reports_on_time(mojokerto_officer):
    """Due in 2023 by 31 December: three quarters. A centre that began in August owes the third alone: 1 + 1 of 4."""
    fill_calendar()
    old, new = make_centre(), make_centre(operational_on=date(2023, 8, 1))
    make_centre()  # no building, so nothing to report
    for centre, quarter, days in ((old, 1, 15), (old, 2, 16), (new, 3, 15)):
        make_facility(centre=centre, name=f"Gedung {quarter}")
        ended = {1: date(2023, 3, 31), 2: date(2023, 6, 30), 3: date(2023, 9, 30)}[quarter]
        sent = {"submitted_at": at(ended + timedelta(days)), "submitted_by": mojokerto_officer}
        make_report(centre=centre, year=2023, quarter=quarter, **sent)

    figure = get("I08").figure(FY2023, "operasional")

    assert (figure.numerator, figure.denominator, figure.value) == (2, 4, 50)


def test_a_centre_owes_nothing_for_the_time_before_it_was_opened():
    """Opened on 15 December 2023: in 2023 nothing was due yet, in 2024 three quarters by the end of the year."""
    fill_calendar()
    make_facility(centre=make_centre(inaugurated_on=date(2023, 12, 15)))

    figures = [get("I08").figure(Scope.of(year=year), "operasional") for year in (2023, 2024)]

    assert [figure.denominator for figure in figures] == [None, 3]
    assert [figure.value for figure in figures] == [None, 0]


def test_a_report_that_was_not_owed_earns_nothing(mojokerto_officer):
    """Owed for 2023 by its end: the third quarter alone. Three reports in time are still 1 of 1."""
    fill_calendar()
    centre = make_centre(operational_on=date(2023, 9, 1))
    make_facility(centre=centre)
    for quarter in (1, 2, 3):
        sent = {"submitted_at": at(date(2023, 3 * quarter + 1, 5)), "submitted_by": mojokerto_officer}
        make_report(centre=centre, year=2023, quarter=quarter, **sent)

    assert get("I08").figure(FY2023, "operasional").value == 100


def test_without_a_calendar_nothing_is_due():
    make_allocation(ceiling_idr=BILLION)

    assert get("I08").figure(FY2023).value is None


def test_the_money_of_a_year_takes_few_queries(two_works, django_assert_max_num_queries):
    with django_assert_max_num_queries(4):
        get("I04").figures(FY2023)
