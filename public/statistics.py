"""Figures for everybody: the registry's indicators for the whole country, without those about fewer than three."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils import timezone

from batik_registry.disclosure import is_small
from centres.models import Centre, ReferenceStatistic
from programs.indicators import Figure, Scope, get
from regions.models import Region

#: Counts of centres and members. Money and single offices' diligence are for those who answer for them.
PUBLIC = ("I01", "I02", "I03", "I12", "I13", "I17", "I23", "I26", "I27")


@dataclass(frozen=True)
class Told:
    """A figure as the page shows it; `is_withheld` where few stand behind it, or behind what it leaves over."""

    figure: Figure
    is_withheld: bool

    @property
    def value(self) -> Any:
        return None if self.is_withheld else self.figure.value


def figures() -> list[tuple[str, list[Told]]]:
    """Each public indicator with its parts, of today."""
    scope = Scope.of("", day=timezone.localdate(), with_samples=settings.DEMO)
    return [(str(one.name), [_told(figure) for figure in one.figures(scope)]) for one in map(get, PUBLIC)]


def _told(figure: Figure) -> Told:
    over, under = int(figure.numerator or 0), int(figure.denominator or 0)
    is_about_businesses = figure.rows.model not in (Centre, Region)
    return Told(figure, is_about_businesses and is_small((over, under, max(under - over, 0), figure.known)))


def published() -> Any:
    """What others have published about batik centres: the latest year of each, the country before its provinces."""
    rows = ReferenceStatistic.objects.of("sentra-batik").select_related("region")
    latest = rows.order_by("-year").values_list("year", flat=True).first()
    return rows.filter(year=latest).order_by("region_id")
