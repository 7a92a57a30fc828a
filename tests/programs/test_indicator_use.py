"""I10, I11, I20 and I21 by hand: whether what was built is used."""

from datetime import date, timedelta

import pytest

from centres.choices import Commodity, RuleCode
from centres.models import CentreProcedure, CentreService
from centres.models.quarterly import quarter_ends_on
from programs.choices import AllocationKind
from programs.indicators import Scope, get
from tests.factories.centres import make_centre, make_facility, make_member, make_membership, make_report
from tests.programs.indicator_data import (
    BILLION,
    at,
    fill_calendar,
    hand_over,
    make_allocation,
    make_progress,
    serve,
    set_rule,
)

pytestmark = pytest.mark.usefixtures("places")
NOW = Scope.of(day=date(2025, 8, 14))  # the last quarter that ended is the second
MILLION = 10**6


def values(code, scope=NOW):
    return {figure.part.key: figure.value for figure in get(code).figures(scope)}


# --- I10 ---------------------------------------------------------------------------------------------------------


def make_building(bast_on, open_days=None, **centre):
    facility = make_facility(centre=make_centre(**centre), funding_source="DAK_FISIK")
    hand_over(make_allocation(facility.centre, 2023, facility=facility), bast_on)
    if open_days is not None:
        make_report(centre=facility.centre, year=2025, quarter=2, open_days=open_days)
    return facility


@pytest.fixture
def buildings(places):
    """Handed over long ago: open 60 and 45 days, 44 days, and silent. Handed over only 180 days ago: not yet due."""
    for open_days in (60, 45, 44, None):
        make_building(date(2024, 6, 1), open_days)
    make_building(NOW.day - timedelta(180), 60)
    make_building(date(2024, 6, 1), 60, commodity=Commodity.WEAVING)


def test_operating_few_days_and_unknown_are_three_numbers(buildings):
    """Of 4 buildings 2 operate, 1 is open too little, 1 says nothing: 50, 25 and 25 %."""
    assert values("I10") == {"beroperasi": 50, "kurang": 25, "belum_diketahui": 25}


def test_staff_decide_how_many_days_are_enough(buildings):
    set_rule(RuleCode.OPEN_DAYS, 44)
    assert values("I10")["beroperasi"] == 75

    set_rule(RuleCode.UNUSED_DAYS, 179)
    assert get("I10").figure(NOW).denominator == 5


def test_a_building_handed_over_twice_is_one_building(places):
    facility = make_building(date(2024, 6, 1), 60)
    hand_over(make_allocation(facility.centre, 2024, facility=facility), date(2024, 12, 1))

    assert get("I10").figure(NOW).denominator == 1


# --- I11 ---------------------------------------------------------------------------------------------------------


def test_users_of_members_and_hours_of_hours():
    """Users (2 + 1) of members (4 + 2): 50 %. Hours (120 + 60) of (480 + 240): 25 %. Only the last quarter counts."""
    for members, users, used, available in ((4, 2, 120, 480), (2, 1, 60, 240)):
        centre = make_centre()
        for _ in range(members):
            make_membership(centre=centre, member=make_member())
        told = {"ikm_users": users, "hours_used": used, "hours_available": available}
        make_report(centre=centre, year=2025, quarter=2, **told)
        make_report(centre=centre, year=2025, quarter=1, ikm_users=0, hours_used=0, hours_available=480)

    assert values("I11") == {"pengguna": 50, "jam": 25}


def test_a_centre_without_registered_members_has_an_unknown_number_of_them():
    make_report(centre=make_centre(member_count_declared=10), year=2025, quarter=2, ikm_users=5)

    figure = get("I11").figure(NOW)

    assert (figure.value, figure.coverage) == (None, "0 dari 1 laporan operasional")


# --- I20 ---------------------------------------------------------------------------------------------------------

QUARTERS = [(2024, 3), (2024, 4), (2025, 1), (2025, 2)]  # all due by 14 August 2025


def make_pilot(user, income=3, cost=2, days=15, decree="SK", **reports):
    """A pilot centre with a year of reports, each so many days after its quarter; SOP and tariff are there."""
    centre = make_centre(is_pilot=True, decree_number=decree)
    for year, quarter in QUARTERS:
        make_report(
            centre=centre,
            year=year,
            quarter=quarter,
            service_income_idr=income and income * MILLION,
            operating_cost_idr=cost * MILLION,
            submitted_at=at(quarter_ends_on(year, quarter) + timedelta(days)),
            submitted_by=user,
        )
    CentreProcedure.objects.create(centre=centre, kind="SOP", title="SOP layanan")
    CentreService.objects.create(centre=centre, name="Layanan", tariff_idr=10_000)
    return centre


def test_the_pilot_score_counts_three_criteria(mojokerto_officer):
    """3 of 3; income 1 of cost 2 and no decree: 1 of 3; reports a day late: 2 of 3. Mean (3 + 1 + 2)/3 = 2."""
    fill_calendar()
    make_pilot(mojokerto_officer)
    make_pilot(mojokerto_officer, income=1, decree="")
    make_pilot(mojokerto_officer, days=16)
    make_centre()  # no pilot

    found = values("I20")

    assert found["skor"] == 2
    assert [round(found[key], 2) for key in ("mandiri", "akuntabel", "profesional")] == [round(found["mandiri"], 2)] * 3
    assert round(float(found["mandiri"]), 2) == 66.67  # each criterion holds for 2 of 3


def test_an_income_that_just_covers_the_cost_is_enough(mojokerto_officer):
    make_pilot(mojokerto_officer, income=2, cost=2)

    assert values("I20")["mandiri"] == 100


def test_an_unknown_income_leaves_the_score_open(mojokerto_officer):
    fill_calendar()
    make_pilot(mojokerto_officer, income=None)

    assert values("I20") == {"skor": None, "mandiri": None, "akuntabel": 100, "profesional": 100}


def test_without_four_due_reports_nobody_can_be_called_accountable(mojokerto_officer):
    make_pilot(mojokerto_officer)

    assert values("I20")["akuntabel"] is None


def test_a_manager_decree_of_the_handover_serves_too(mojokerto_officer):
    centre = make_pilot(mojokerto_officer, decree="")
    hand_over(make_allocation(centre), date(2024, 1, 5), manager_decree="SK/1")

    assert values("I20")["profesional"] == 100


# --- I21 ---------------------------------------------------------------------------------------------------------


def make_sales(centre, millions, quarters=QUARTERS):
    for year, quarter in quarters:
        make_report(centre=centre, year=year, quarter=quarter, sales_turnover_idr=millions * MILLION)


def test_sales_per_rupiah_of_dak():
    """Four quarters of 250 million are 1 billion; absorbed 8 + 2 billion over the years: 0.1."""
    centre = make_centre()
    make_sales(centre, 250)
    for year, absorbed in ((2022, 8), (2023, 2)):
        make_progress(make_allocation(centre, year), absorbed_idr=absorbed * BILLION)

    figure = get("I21").figure(NOW)

    assert (figure.numerator, figure.denominator) == (BILLION, 10 * BILLION)
    assert float(figure.value) == 0.1


def test_money_for_two_centres_is_split_by_their_shares():
    """60 % of 10 billion is 6; a centre of an allocation without shares has an unknown part."""
    first, second, third = make_centre(), make_centre(), make_centre()
    for centre in (first, second, third):
        make_sales(centre, 750)
    allocation = make_allocation(first, kind=AllocationKind.NON_PHYSICAL, share_pct=60)
    serve(allocation, second)
    make_progress(allocation, absorbed_idr=10 * BILLION)

    figure = get("I21").figure(NOW)

    assert (figure.denominator, float(figure.value)) == (6 * BILLION, 0.5)
    assert figure.coverage == "1 dari 2 sentra"  # the third got no DAK

    make_progress(make_allocation(second), absorbed_idr=BILLION)  # a part that is known makes the whole no better known
    assert get("I21").figure(NOW).coverage == "1 dari 2 sentra"


def test_three_quarters_are_no_year():
    centre = make_centre()
    make_sales(centre, 250, QUARTERS[1:])
    make_progress(make_allocation(centre), absorbed_idr=BILLION)

    assert get("I21").figure(NOW).value is None
