"""Published figures to stand next to ours: never over them, never mixed with them."""

from collections.abc import Callable
from typing import Any

from centres.choices import Commodity
from centres.models import ReferenceStatistic
from programs.indicators.base import Beside
from programs.indicators.scope import Scope


def baseline(code: str) -> Callable[[Scope], tuple[Beside, ...]]:
    """The latest published figure for exactly this region, as known in the scope's year."""

    def found(scope: Scope) -> tuple[Beside, ...]:
        return _written(_published(scope, code).filter(year__lte=scope.year).order_by("-year")[:1])

    return found


def of_the_year(code: str) -> Callable[[Scope], tuple[Beside, ...]]:
    """All that was published for this region and year; sources may differ, and both are shown."""

    def found(scope: Scope) -> tuple[Beside, ...]:
        return _written(_published(scope, code).filter(year=scope.year))

    return found


def _published(scope: Scope, code: str) -> Any:
    """The references speak of batik alone."""
    known = (
        ReferenceStatistic.objects.of(code) if scope.commodity == Commodity.BATIK else ReferenceStatistic.objects.none()
    )
    return known.filter(region=scope.reach or None)


def _written(statistics: Any) -> tuple[Beside, ...]:
    return tuple(
        Beside(
            name=one.title,
            value=one.value,
            unit=one.unit,
            period=one.period if str(one.year) in one.period else f"{one.year} {one.period}".strip(),
            source=one.publisher,
            url=one.url,
            note=one.note,
        )
        for one in statistics
    )
