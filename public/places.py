"""Centres and provinces as places on the map."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import ngettext

from centres.models import Centre
from public import records
from regions.map import Map, Place, draw
from regions.models import Region


def centre_url(centre: Centre) -> str:
    return reverse("public:centre", args=[f"{centre.code}-{slugify(centre.name)}"])


def province_url(province: Region) -> str:
    return reverse("public:province", args=[slugify(province.name)])


def provinces() -> list[tuple[Region, int]]:
    """Provinces that have centres, with their number, the most first."""
    counts = records.by_province()
    found = Region.objects.filter(code__in=counts).order_by("name")
    return sorted(((one, counts[one.code]) for one in found), key=lambda pair: -pair[1])


def map_of_provinces(counted: Iterable[tuple[Region, int]]) -> Map:
    return draw(circles=[_of_province(province, count) for province, count in counted])


def map_of_centres(found: Iterable[Centre]) -> Map:
    """Each at its own point; where it has none, at its regency's."""
    return draw(points=[_of_centre(centre) for centre in found])


def _of_province(province: Region, count: int) -> Place:
    told = ngettext("%(province)s: %(count)d sentra", "%(province)s: %(count)d sentra", count)
    text = told % {"province": province.name, "count": count}
    return Place(province.latitude, province.longitude, text, province_url(province), count)


def _of_centre(centre: Centre) -> Place:
    at = centre if centre.latitude is not None else centre.regency
    return Place(at.latitude, at.longitude, f"{centre.name}, {centre.regency.full_name}", centre_url(centre))
