"""Maps drawn by the server: plain SVG that needs no tiles and no JavaScript (templates/components/map.html)."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import sqrt
from typing import Any

from regions.boundaries import HEIGHT, WIDTH, Boundaries, boundaries, project

LARGEST = 22.0  # radius of the largest circle, in the map's units
SMALLEST = 4.0
CLEAR = 8.0  # radius of a point that is one of few
FEW = 30
MOST_LINKS = 150  # more points than these become one shape; the list beside the map has the links
WHOLE = f"0 0 {WIDTH} {HEIGHT}"
JAVA = "215 240 250 90"


@dataclass(frozen=True)
class Place:
    """Something to show on the map. `text` is its accessible name, such as "Jawa Timur: 62 sentra"."""

    latitude: Any
    longitude: Any
    text: str
    href: str = ""
    value: int = 1


@dataclass(frozen=True)
class Symbol:
    x: float
    y: float
    r: float
    place: Place

    @property
    def in_inset(self) -> float:
        """The radius on the enlarged map of Java, where circles would else cover each other."""
        return round(self.r / 1.8, 1)

    @property
    def is_wide(self) -> bool:
        """Whether the number fits inside."""
        return self.r >= 9


@dataclass(frozen=True)
class Map:
    """All that the component draws: land, circles (areas proportional to their values), and points."""

    land: Boundaries
    circles: list[Symbol]
    points: list[Symbol]
    dots: str

    whole = WHOLE
    java = JAVA

    @property
    def has_inset(self) -> bool:
        return bool(self.circles)


def draw(*, circles: Iterable[Place] = (), points: Iterable[Place] = ()) -> Map:
    """A map with a circle for each of `circles`, the largest first so that small ones lie above, and `points`."""
    sized = [one for one in circles if one.latitude is not None and one.value > 0]
    most = max((one.value for one in sized), default=1)
    found = [_symbol(one, _radius(one.value, most)) for one in sorted(sized, key=lambda one: -one.value)]
    known = [one for one in points if one.latitude is not None]
    placed = [_symbol(one, CLEAR if len(known) <= FEW else SMALLEST) for one in known]
    linked = len(placed) <= MOST_LINKS
    return Map(boundaries(), found, placed if linked else [], "" if linked else _dots(placed))


def _radius(value: int, most: int) -> float:
    return round(max(LARGEST * sqrt(value / most), SMALLEST), 1)


def _symbol(place: Place, radius: float) -> Symbol:
    x, y = project(place.latitude, place.longitude)
    return Symbol(x, y, radius, place)


def _dots(symbols: list[Symbol]) -> str:
    """Thousands of points as one path of dots: quick to send and to draw."""
    return "".join(f"M{x:g},{y:g}h0" for x, y in sorted({(one.x, one.y) for one in symbols}))
