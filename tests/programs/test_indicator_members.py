"""The indicators of members by hand: I12 to I14, I18, I19, I23, I25 to I29."""

from datetime import date
from decimal import Decimal

import pytest

from centres.choices import MemberStatus, NoNibReason, RuleCode
from centres.models import ReferenceStatistic
from programs.indicators import Scope, get
from tests.factories.centres import make_facility, make_member, make_report, make_snapshot
from tests.programs.indicator_data import make_active, make_registered, set_rule

pytestmark = pytest.mark.usefixtures("places")
DAY = date(2025, 12, 31)
NOW = Scope.of(day=DAY)
CLOSED = {"status": MemberStatus.CLOSED, "status_reason": "Pensiun"}


def values(code, scope=NOW):
    return {figure.part.key: figure.value for figure in get(code).figures(scope)}


# --- I23, I29: who is at work, and how freshly we know ------------------------------------------------------------


@pytest.fixture
def five_members(places):
    """Confirmed today, a year ago, a year and a day ago, never; one closed. A double entry is no member."""
    for confirmed in (DAY, date(2024, 12, 31), date(2024, 12, 30), None):
        make_member(as_of=confirmed)
    make_member(as_of=DAY, **CLOSED)
    make_member(as_of=DAY, status=MemberStatus.DUPLICATE, status_reason="Ganda")


def test_activity_is_three_numbers_that_add_up(five_members):
    figures = get("I23").figures(NOW)

    assert values("I23") == {"aktif": 2, "tidak_aktif": 1, "belum_dikonfirmasi": 2}
    assert sum(figure.value for figure in figures) == figures[0].denominator == 5


def test_the_rule_says_how_long_a_confirmation_holds(five_members):
    set_rule(RuleCode.STALE_MONTHS, 6)

    assert values("I23") == {"aktif": 1, "tidak_aktif": 1, "belum_dikonfirmasi": 3}


def test_freshness_is_a_median_and_a_share(five_members):
    """Days 0, 365, 366 and never: the middle is 365. To be confirmed again: 2 of 4 active ones, 50 %."""
    figure = get("I29").figure(NOW)

    assert (values("I29"), figure.coverage) == ({"hari": 365, "lama": 50}, "3 dari 4 IKM")


# --- I12, I13, I26, I27 -------------------------------------------------------------------------------------------


def test_diversification_of_active_members():
    """Groups 1 (cloth), 3 and 2: mean 6/3 = 2; beyond cloth 2 of 3. Not recorded or not confirmed stays out."""
    for groups in (["FABRIC"], ["FABRIC", "BAG", "FOOTWEAR"], ["FASHION", "HOME_DECOR"], []):
        make_active(DAY, product_groups=groups)
    make_member(product_groups=["BAG"])

    found = values("I12")

    assert found["kelompok"] == 2
    assert round(found["selain_kain"], 2) == Decimal("66.67")
    assert get("I12").figure(NOW).coverage == "3 dari 5 IKM"


def test_women_at_work_and_women_who_own():
    """Workers 3 of 4 and 1 of 6: 4/10 = 40 %. Owners known: 2 of 3 are women."""
    for sex, women, men in (("P", 3, 1), ("P", 1, 5), ("L", None, 7), ("", None, None)):
        member = make_active(DAY, owner_sex=sex)
        make_snapshot(member=member, year=2025, workers_female=women, workers_male=men, piecework_female=50)

    found = values("I13")

    assert found["tenaga_kerja"] == 40
    assert round(found["pemilik"], 2) == Decimal("66.67")


def test_workers_are_those_of_the_later_half_unless_the_year_is_told():
    """Halves: 2 of 4 then 3 of 4; the year of another: 1 of 4. Together 4/8 = 50 %."""
    halves, whole = make_active(DAY), make_active(DAY)
    make_snapshot(member=halves, year=2025, semester=1, workers_female=2, workers_male=2)
    make_snapshot(member=halves, year=2025, semester=2, workers_female=3, workers_male=1)
    make_snapshot(member=whole, year=2025, semester=2, workers_female=9, workers_male=9)
    make_snapshot(member=whole, year=2025, workers_female=1, workers_male=3)

    assert values("I13")["tenaga_kerja"] == 50


def test_legality_asks_before_it_counts():
    """With NIB 1, without 1: 50 %. Who was not asked, or did not show the number, is unknown."""
    make_active(DAY, nib="0220108230001")
    for reason in (NoNibReason.NOT_YET, NoNibReason.NOT_ASKED, NoNibReason.NOT_SHOWN):
        make_active(DAY, no_nib_reason=reason)

    figure = get("I26").figure(NOW)

    assert (figure.value, figure.coverage) == (50, "2 dari 4 IKM")


def test_new_entrepreneurs_and_who_lasts():
    """Begun in 2025: 2 of the 4 whose first year is known. Of the 2 of 2023 one still works: 50 %."""
    for year, is_new in ((2025, True), (2025, True), (2025, False), (None, True)):
        make_active(DAY, started_year=year, is_new_entrepreneur=is_new)
    make_active(DAY, started_year=2023, is_new_entrepreneur=True)
    make_member(started_year=2023, is_new_entrepreneur=True, **CLOSED)
    make_member(started_year=2023, is_new_entrepreneur=True)  # nobody has confirmed

    figures = get("I27").figures(NOW)

    assert [figure.value for figure in figures] == [2, 50]
    assert figures[1].coverage == "2 dari 3 IKM"


# --- I14, I18, I19, I25: yearly data ------------------------------------------------------------------------------


def test_natural_dye_by_value_and_by_member():
    """100 % of 10, 20 % of 40, 0 % of 50: (10 + 8 + 0)/100 = 18 %. Members: 2 of 3 use some."""
    for dye, share, made in (("ALAM", 100, 10), ("CAMPURAN", 20, 40), ("SINTETIS", 0, 50), ("", None, 900)):
        make_snapshot(
            member=make_active(DAY, dye_type=dye, natural_dye_pct=share), year=2025, production_value_idr=made
        )

    found = values("I14")

    assert (found["nilai"], round(found["ikm"], 2)) == (18, Decimal("66.67"))


def test_revenue_growth_is_that_of_members_who_told_both_years():
    """100 + 300 became 150 + 350: (500 - 400)/400 = 25 %. A newcomer's 1000 is no growth."""
    for before, now in ((100, 150), (300, 350), (None, 1000), (700, None)):
        member = make_active(DAY)
        make_snapshot(member=member, year=2024, revenue_idr=before)
        make_snapshot(member=member, year=2025, revenue_idr=now)

    figure = get("I18").figure(NOW)

    assert (figure.value, figure.coverage) == (25, "2 dari 4 IKM")


def test_two_halves_make_a_year_and_one_does_not():
    """Halves 40 + 80 = 120 against 100: 20 %; who told only one half is unknown."""
    for halves in ((40, 80), (500,)):
        member = make_active(DAY)
        make_snapshot(member=member, year=2024, revenue_idr=100)
        for semester, revenue in enumerate(halves, start=1):
            make_snapshot(member=member, year=2025, semester=semester, revenue_idr=revenue)

    assert get("I18").figure(NOW).value == 20


def test_production_of_mojokerto_grew_by_597_percent():
    """Published: 786 -> 5,477 pieces a year. (5477 - 786)/786 = 596.8 %, told as +597 %."""
    for before, now, unit in ((500, 4000, "POTONG"), (286, 1477, "POTONG"), (10, 30, "METER")):
        member = make_active(DAY)
        make_snapshot(member=member, year=2024, production_quantity=before, capacity_unit=unit)
        make_snapshot(member=member, year=2025, production_quantity=now, capacity_unit=unit)

    found = values("I19")

    assert round(found["potong"]) == 597
    assert (found["meter"], found["lembar"]) == (200, None)  # pieces and metres are never added


def test_a_change_of_unit_is_no_growth():
    member = make_active(DAY)
    make_snapshot(member=member, year=2024, production_quantity=10, capacity_unit="METER")
    make_snapshot(member=member, year=2025, production_quantity=900, capacity_unit="POTONG")

    assert set(values("I19").values()) == {None}


def test_exports_and_exporters():
    """70 + 30 + 0 = 100 of three members who told; two of three export. The national figures stand beside."""
    for exported in (70, 30, 0, None):
        place = {"export_destinations": ["JP"], "export_mode": "LANGSUNG"} if exported else {}
        make_snapshot(member=make_active(DAY), year=2025, export_idr=exported, **place)
    for period in ("Januari–Juli", "semester I"):
        ReferenceStatistic.objects.create(
            indicator="ekspor-batik",
            title="Ekspor",
            value=9_450_000,
            unit="USD",
            year=2025,
            period=period,
            publisher="BPS",
        )

    total, exporters = get("I25").figures(NOW)

    assert (total.value, total.denominator, round(exporters.value, 2)) == (100, 3, Decimal("66.67"))
    assert [one.period for one in total.beside] == ["2025 Januari–Juli", "2025 semester I"]  # both, as the sources say


# --- I28 ----------------------------------------------------------------------------------------------------------


def test_waste_of_members_as_mojokerto_was():
    """Before: 1 of 30 IKM, 3.33 %."""
    make_active(DAY, waste_handling="IPAL_SENDIRI")
    for _ in range(29):
        make_active(DAY, waste_handling="TIDAK_ADA")
    make_active(DAY)

    figure = get("I28").figure(NOW, "ikm")

    assert (figure.numerator, figure.denominator, round(figure.value, 2)) == (1, 30, Decimal("3.33"))


def test_a_report_speaks_louder_than_the_record_of_a_plant():
    """Recorded as working but reported broken -> no; recorded as working -> yes; nothing known -> unknown: 1 of 2."""
    broken, working, _unknown = make_registered(), make_registered(), make_registered()
    for centre in (broken, working):
        make_facility(centre=centre, ipal_status="BERFUNGSI")
    make_report(centre=broken, year=2025, quarter=3, ipal_is_working=False, ipal_reason="Pompa rusak")

    figure = get("I28").figure(NOW)

    assert (figure.value, figure.coverage) == (50, "2 dari 3 sentra")
