"""The directory: all centres on a map and in a list, one centre, one province."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.text import slugify

from centres.models import Centre
from public import places, records
from public.filters import DirectoryFilter
from public.pages import public_page
from regions.models import Region

PAGE_SIZE = 25
SOON = 3


@public_page
def directory(request: HttpRequest) -> HttpResponse:
    """With nothing asked for the provinces on the map; with a search or a filter what was found."""
    found = DirectoryFilter(request.GET, queryset=records.centres(), request=request)
    rows = found.qs if found.form.is_valid() else records.centres().none()
    asked = any(request.GET.get(name) for name in ("q", "prov", "jenis"))
    counted = places.provinces()
    context = {
        "form": found.form,
        "page": page_of(rows, request),
        "asked": asked,
        "provinces": [(one, count, places.province_url(one)) for one, count in counted],
        "total": sum(count for _province, count in counted),
        "map": places.map_of_centres(rows) if asked else places.map_of_provinces(counted),
        "events": records.events().filter(ends_on__gte=timezone.localdate()).order_by("starts_on")[:SOON],
    }
    return render(request, "public/directory.html", context)


@public_page
def province(request: HttpRequest, slug: str) -> HttpResponse:
    """The centres of one province."""
    known = {slugify(one.name): one for one in Region.objects.provinces().current()}
    if slug not in known:
        raise Http404
    rows = records.centres().filter(province_code=known[slug].code)
    context = {"province": known[slug], "page": page_of(rows, request), "map": places.map_of_centres(rows)}
    return render(request, "public/province.html", context)


@public_page
def centre(request: HttpRequest, key: str) -> HttpResponse:
    """The code says which centre; a name that has changed leads on to today's address."""
    code = "-".join(key.split("-")[:3])
    found: Centre = get_object_or_404(records.centres(), code=code)
    if request.path != places.centre_url(found):
        return redirect(places.centre_url(found), permanent=True)
    context: dict[str, Any] = {
        "centre": found,
        "facilities": records.facilities_of(found),
        "members": records.members_of(found),
        "events": records.events().filter(centre=found),
        "province": Region.objects.filter(code=found.province_code).first(),
        "map": places.map_of_centres([found]),
    }
    return render(request, "public/centre.html", context)


def page_of(rows: QuerySet[Any], request: HttpRequest) -> Any:
    return Paginator(rows, PAGE_SIZE).get_page(request.GET.get("hal"))
