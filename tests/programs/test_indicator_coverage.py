"""I01 to I03 by hand, and what a scope lets in."""

from datetime import date
from decimal import Decimal

import pytest

from centres.choices import Commodity, OperationalStatus, RuleCode
from centres.models import CentreFacility, ReferenceStatistic, Rule
from programs.indicators import Scope, get
from regions.models import Region
from tests.factories.centres import make_centre, make_facility, make_member, make_membership
from tests.programs.indicator_data import make_active, make_allocation, make_registered, set_rule

pytestmark = pytest.mark.usefixtures("places")
DAY = date(2025, 12, 31)
NOW = Scope.of(day=DAY)


@pytest.fixture
def baseline(places):
    """201 centres in the country, 62 of them in Jawa Timur (BPS 2020)."""
    for region, value in ((None, 201), ("35", 62)):
        ReferenceStatistic.objects.create(
            indicator="sentra-batik",
            title="Sentra",
            region_id=region,
            value=value,
            unit="sentra",
            year=2020,
            publisher="BPS",
        )


def test_registered_are_the_validated_centres_that_are_not_closed():
    make_registered(), make_registered(regency_id="33.14")
    make_centre()  # recorded, not yet validated
    make_registered(operational_status=OperationalStatus.CLOSED)
    make_registered(commodity=Commodity.WEAVING)

    figure = get("I01").figure(NOW)

    assert (figure.value, figure.denominator) == (2, 3)  # 2 of 3 recorded batik centres
    assert figure.coverage == "3 dari 3 sentra"
    assert get("I01").figure(Scope.of("35", day=DAY)).value == 1


def test_the_baseline_stands_beside_and_never_under(baseline):
    make_registered()

    national, east_java = (get("I01").figure(Scope.of(prefix, day=DAY)) for prefix in ("", "35"))
    country, province = national.beside[0], east_java.beside[0]

    assert (national.value, country.value, country.source) == (1, 201, "BPS")
    assert (province.value, province.period) == (62, "2020")
    assert round(100 * province.value / country.value, 1) == Decimal("30.8")  # 62/201
    assert get("I01").figure(Scope.of("35.76", day=DAY)).beside == ()  # nobody published one


def test_each_province_stands_beside_its_own_baseline(baseline):
    make_registered()

    assert get("I01").part().by_province(NOW)["35"].beside[0].value == 62


def test_registered_by_province_in_one_query(django_assert_num_queries):
    make_registered(), make_registered(), make_registered(regency_id="33.14")

    with django_assert_num_queries(1):
        figures = get("I01").part().by_province(NOW)

    assert {code: figure.value for code, figure in figures.items()} == {"33": 1, "35": 2}


def test_a_valid_centre_has_enough_confirmed_members():
    """Five, by the rule: 5 confirmed -> valid; 4 -> not; 4 and one unconfirmed -> unknown. 1 of 2 = 50 %."""
    for confirmed, unconfirmed in ((5, 0), (4, 0), (4, 1)):
        centre = make_registered()
        for _ in range(confirmed):
            make_membership(centre=centre, member=make_active(DAY))
        for _ in range(unconfirmed):
            make_membership(centre=centre, member=make_member())

    figure = get("I02").figure(NOW)

    assert (figure.numerator, figure.denominator, figure.value) == (1, 2, 50)
    assert figure.coverage == "2 dari 3 sentra"


def test_staff_decide_how_many_members_make_a_centre():
    centre = make_registered()
    make_membership(centre=centre, member=make_active(DAY))
    set_rule(RuleCode.CLUSTER_MINIMUM, 1)

    assert get("I02").figure(NOW).value == 100


def test_a_second_membership_counts_only_at_the_primary_centre():
    set_rule(RuleCode.CLUSTER_MINIMUM, 1)
    member = make_active(DAY)
    for _ in range(2):
        make_membership(centre=make_registered(), member=member)

    assert get("I02").figure(NOW).value == 50  # 1 of 2 centres


@pytest.fixture
def fifteen_regions(places):
    """Fifteen regencies with a building of DAK fisik until 2023; one of them has two, a sixteenth came in 2024."""
    codes = [f"33.{number:02d}" for number in range(20, 36)]
    Region.objects.bulk_create([Region(code=code, name=f"Kabupaten Contoh {code}") for code in codes])
    for place, code in enumerate(codes):
        year = 2024 if place == 15 else 2016 + place % 8
        make_facility(centre=make_centre(regency_id=code), funding_source="DAK_FISIK", funding_year=year)
    make_facility(centre=make_centre(regency_id=codes[0]), funding_source="DAK_FISIK", funding_year=2023)
    make_facility(centre=make_centre(regency_id="35.16"), funding_source="APBD", funding_year=2022)
    make_facility(
        centre=make_centre(regency_id="35.71", commodity=Commodity.CRAFT), funding_source="DAK_FISIK", funding_year=2022
    )


def test_fifteen_regions_until_2023(fifteen_regions):
    figure = get("I03").figure(Scope.of(year=2023))

    assert figure.value == 15  # regions, not centres; as the ministry says of 2023
    assert figure.denominator == 17  # 16 in Jawa Tengah and Kabupaten Mojokerto have a batik centre
    assert get("I03").figure(Scope.of(year=2024)).value == 16
    assert get("I03").figure(Scope.of("35", year=2024)).value == 0  # a centre without DAK is a known zero


def test_the_year_of_a_building_may_be_known_from_its_allocation():
    facility = make_facility(funding_source="DAK_FISIK")
    make_allocation(facility.centre, 2023, facility=facility)

    assert [get("I03").figure(Scope.of(year=year)).value for year in (2022, 2023)] == [0, 1]


# --- scope ------------------------------------------------------------------------------------------------------


def test_an_officer_sees_the_own_region_and_the_ministry_the_country(
    mojokerto_officer, east_java_officer, programme_staff
):
    for code in ("35.76", "35.16", "33.14"):
        make_registered(regency_id=code)

    counts = [
        get("I01").figure(Scope.of(day=DAY, user=user)).value
        for user in (mojokerto_officer, east_java_officer, programme_staff)
    ]

    assert counts == [1, 2, 3]
    assert get("I01").figure(Scope.of("33", day=DAY, user=mojokerto_officer)).value is None
    assert get("I01").figure(Scope.of("35", day=DAY, user=mojokerto_officer)).value == 1


def test_the_officer_reads_the_baseline_of_the_own_region(baseline, east_java_officer):
    assert get("I01").figure(Scope.of(day=DAY, user=east_java_officer)).beside[0].value == 62


def test_a_guest_is_counted_at_home(mojokerto_officer):
    guest = make_member(regency_id="35.16")
    make_membership(member=guest, centre=make_centre(regency_id="35.76"))

    assert get("I23").figure(Scope.of(day=DAY, user=mojokerto_officer)).total == 0
    assert get("I23").figure(Scope.of("35.16", day=DAY)).total == 1


def test_a_manager_counts_only_the_own_centre(centre_manager):
    own = make_registered()
    make_registered()
    centre_manager.assigned_centres = [own.pk]
    centre_manager.save()

    assert list(get("I01").figure(Scope.of(day=DAY, user=centre_manager)).rows) == [own]


def test_samples_are_left_out_unless_asked_for():
    make_registered()
    make_registered(is_sample=True)

    assert get("I01").figure(NOW).value == 1
    assert get("I01").figure(Scope.of(day=DAY, with_samples=True)).value == 2


def test_a_sample_building_of_a_real_centre_counts_for_nothing():
    facility = make_facility(funding_source="DAK_FISIK", funding_year=2023)
    CentreFacility.objects.filter(pk=facility.pk).update(is_sample=True)

    assert get("I03").figure(Scope.of(year=2023)).value == 0


def test_members_follow_the_commodity_of_their_centre():
    free, weaver, both = make_member(), make_member(), make_member()
    weaving = make_centre(commodity=Commodity.WEAVING)
    for member, centre in ((weaver, weaving), (both, weaving), (both, make_centre())):
        make_membership(member=member, centre=centre)

    def rows(commodity):
        return set(get("I23").figure(Scope.of(day=DAY, commodity=commodity)).rows)

    assert rows(Commodity.BATIK) == {free, both}
    assert rows(Commodity.WEAVING) == {weaver, both}
    assert rows("") == {free, weaver, both}


@pytest.mark.parametrize(
    ("asked", "year", "day"),
    [
        ({"year": 2023}, 2023, date(2023, 12, 31)),
        ({"day": date(2024, 5, 1)}, 2024, date(2024, 5, 1)),
        ({"year": 2023, "day": date(2024, 5, 1)}, 2023, date(2024, 5, 1)),
    ],
)
def test_a_scope_has_a_year_and_a_day(asked, year, day):
    scope = Scope.of(**asked)

    assert (scope.year, scope.day) == (year, day)


def test_a_figure_states_its_date():
    assert get("I01").figure(Scope.of(year=2023)).source == (
        "Registri Sentra Batik, tahun 2023, keadaan per 31 Desember 2023"
    )


def test_the_last_four_quarters_that_ended():
    assert Scope.of(day=date(2025, 8, 14)).ended_quarters == [(2025, 2), (2025, 1), (2024, 4), (2024, 3)]
    assert Scope.of(day=DAY).ended_quarters == [(2025, 4), (2025, 3), (2025, 2), (2025, 1)]


def test_without_a_rule_nobody_is_held_to_it():
    make_membership(centre=make_registered(), member=make_active(DAY))
    Rule.objects.all().delete()

    assert get("I02").figure(NOW).value is None
    assert get("I10").figure(NOW).value is None
    assert get("I23").figure(NOW, "belum_dikonfirmasi").value == 0
