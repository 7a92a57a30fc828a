"""The 29 indicators of the registry, each defined once for dashboards, API and exports alike.

    get("I05").figure(Scope.of("35", year=2023))

A figure knows its value, numerator, denominator, coverage and period, and the exact rows that add up to it.
"""

from programs.indicators import certificates, coverage, members, money, pilots, reporting, sales, use, waste, yearly
from programs.indicators.base import Beside, Figure, Indicator, Part, figures_of
from programs.indicators.scope import Scope

ALL: tuple[Indicator, ...] = (
    coverage.REGISTERED,
    coverage.VALID,
    coverage.DAK_REGIONS,
    money.MONEY,
    money.ABSORPTION,
    money.PHYSICAL,
    money.GAP,
    reporting.ON_TIME,
    money.IN_TIME,
    use.IN_USE,
    use.UTILISATION,
    members.DIVERSIFICATION,
    members.WOMEN,
    yearly.NATURAL_DYE,
    sales.GOVERNMENT_SALES,
    certificates.P3DN_READY,
    certificates.CERTIFIED,
    yearly.REVENUE_GROWTH,
    yearly.PRODUCTION_GROWTH,
    pilots.PILOT_SCORE,
    use.SALES_PER_DAK,
    sales.EVENT_RETURN,
    members.ACTIVITY,
    certificates.HAJ_UNIFORM,
    yearly.EXPORT,
    members.LEGALITY,
    members.NEW_ENTREPRENEURS,
    waste.WASTE,
    members.FRESHNESS,
)


def get(code: str) -> Indicator:
    """The indicator of this code, such as "I05"; KeyError where there is none."""
    return {indicator.code: indicator for indicator in ALL}[code]


__all__ = ["ALL", "Beside", "Figure", "Indicator", "Part", "Scope", "figures_of", "get"]
