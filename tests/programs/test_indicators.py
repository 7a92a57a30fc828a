"""What holds for every indicator: its rows add up to it, and what is unknown is no zero."""

from datetime import date
from decimal import Decimal
from random import Random
from statistics import median

import pytest

from programs.indicators import ALL, Scope, get
from programs.indicators.base import Growth, Mean, Median, Percent, Ratio, Total
from tests.programs.indicator_data import RandomRegistry

pytestmark = pytest.mark.usefixtures("places")
PARTS = [(indicator, part) for indicator in ALL for part in indicator.parts]
NAMED = pytest.mark.parametrize(
    ("indicator", "part"), PARTS, ids=[f"{indicator.code}-{part.key}" for indicator, part in PARTS]
)
DAYS = [{"year": 2024}, {"year": 2025}, {"day": date(2025, 8, 14)}, {"year": 2024, "day": date(2025, 11, 3)}]
PREFIXES = ["", "33", "35", "33.14", "35.16", "35.71", "35.76"]


def by_hand(figure, sums):
    """The value as somebody with the CSV of the rows would reckon it."""
    over, under, numerators = sums
    if not under:
        return None
    kind = type(figure.part)
    if kind is Median:
        return median(numerators)
    if kind is Total:
        return over
    if kind is Growth:
        return (over - under) / under * 100
    assert kind in (Percent, Ratio, Mean)
    return over / under * (100 if kind is Percent else 1)


def added_up(rows):
    """The columns of the rows, added one by one in Python."""
    pairs = list(rows.values_list("numerator", "denominator"))
    known = [(over, under) for over, under in pairs if over is not None]
    assert all((over is None) == (under is None) for over, under in pairs)
    return len(pairs), (sum(over for over, _ in known), sum(under for _, under in known), [over for over, _ in known])


def same(one, other):
    return one == other if None in (one, other) else abs(Decimal(one) - Decimal(other)) < Decimal("1e-9")


def check(figure):
    total, sums = added_up(figure.rows)
    assert figure.total == total == figure.rows.count()
    assert figure.known == len(sums[2])
    assert (figure.numerator or 0, figure.denominator or 0) == sums[:2]
    assert same(figure.value, by_hand(figure, sums))
    pks = list(figure.rows.values_list("pk", flat=True))
    assert len(pks) == len(set(pks))


def check_provinces(whole, provinces):
    assert set(provinces) <= {"33", "35"}
    assert sum(figure.total for figure in provinces.values()) == whole.total
    assert sum(figure.numerator or 0 for figure in provinces.values()) == (whole.numerator or 0)
    for code, figure in provinces.items():
        check(figure)
        assert figure.scope.prefix == code


def a_scope(chance, users):
    return Scope.of(
        chance.choice(PREFIXES),
        **chance.choice(DAYS),
        user=chance.choice([None, *users]),
        commodity=chance.choice(["BATIK", "BATIK", "", "TENUN"]),
        with_samples=chance.random() < 0.3,
    )


@pytest.mark.parametrize("seed", [1, 2])
def test_the_rows_of_every_indicator_add_up_to_it_and_the_provinces_too(seed, east_java_officer, mojokerto_officer):
    RandomRegistry(seed, mojokerto_officer)
    chance = Random(seed)  # noqa: S311 - a seed makes it repeatable

    for _indicator, part in PARTS:
        country = Scope.of(year=2025, with_samples=True, commodity="")
        whole = part.figure(country)
        check(whole)
        assert whole.known, f"the random registry tells nothing of {part.name}"
        check_provinces(whole, part.by_province(country))
        for _ in range(2):
            check(part.figure(a_scope(chance, [east_java_officer, mojokerto_officer])))


@NAMED
def test_an_empty_registry_has_no_value_and_no_zero(indicator, part, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        figure = part.figure(Scope.of(year=2025))

    assert (figure.value, figure.known, figure.total) == (None, 0, 0)
    assert figure.coverage.startswith("0 dari 0 ")
    assert part.by_province(Scope.of(year=2025)) == {}


@NAMED
def test_every_number_says_what_it_is(indicator, part):
    told = [
        indicator.name,
        part.name,
        part.formula,
        part.numerator,
        part.denominator,
        part.unit,
        part.null_rule,
        part.mean,
    ]

    assert all(str(text).strip() for text in told)


def test_the_registry_holds_all_29_in_order():
    assert [indicator.code for indicator in ALL] == [f"I{number:02d}" for number in range(1, 30)]
    assert get("I05").code == "I05"
    for indicator in ALL:
        assert len({part.key for part in indicator.parts}) == len(indicator.parts)


def test_an_unknown_code_is_an_error():
    with pytest.raises(KeyError):
        get("I30")
