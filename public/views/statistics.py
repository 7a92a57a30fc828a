"""Figures, each with its date, its source, and what it is a part of."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from batik_registry.templatetags.formats import angka
from centres.models import ReferenceStatistic
from public import places
from public.pages import public_page
from public.statistics import figures, published
from regions.map import Place, draw


@public_page
def statistics(request: HttpRequest) -> HttpResponse:
    found = list(published())
    country = next((one for one in found if one.region is None), None)
    by_province = [one for one in found if one.region is not None]
    context = {
        "country": country,
        "published": [(one, places.province_url(one.region)) for one in by_province],
        "map": draw(circles=map(_circle, by_province)),
        "figures": figures(),
        "today": timezone.localdate(),
    }
    return render(request, "public/statistics.html", context)


def _circle(one: ReferenceStatistic) -> Place:
    region: Any = one.region
    text = f"{region.name}: {angka(one.value)} {one.unit}"
    return Place(region.latitude, region.longitude, text, places.province_url(region), int(one.value))
