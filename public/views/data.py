"""Open data: what there is, what each column means, and the files."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse

from public.catalogue import catalogue
from public.datasets import DATASETS, media_type
from public.pages import public_page
from public.places import centre_url, province_url, provinces
from public.records import centres, events
from public.views.events import event_url


@public_page
def data(request: HttpRequest) -> HttpResponse:
    context = {
        "datasets": [(one, one.rows().count(), one.changed_at) for one in DATASETS.values()],
        "licence": {"name": settings.DATA_LICENCE_NAME, "url": settings.DATA_LICENCE_URL},
    }
    return render(request, "public/data.html", context)


@public_page
def file(request: HttpRequest, name: str, form: str) -> HttpResponse:
    """A whole data set in one of its formats."""
    found = DATASETS.get(name)
    if found is None or form not in found.formats:
        raise Http404
    response = HttpResponse(found.written(form), content_type=media_type(form))
    response["Content-Disposition"] = f'attachment; filename="{name}-batik.{form}"'
    response["Access-Control-Allow-Origin"] = "*"  # anybody's page may read what is open to all
    return response


@public_page
def dcat(request: HttpRequest) -> HttpResponse:
    told = catalogue(request.build_absolute_uri)
    return JsonResponse(told, content_type="application/ld+json", headers={"Access-Control-Allow-Origin": "*"})


@public_page
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every public page, for search engines."""
    paths = [(reverse(f"public:{name}"), None) for name in ("directory", "events", "statistics", "data")]
    paths += [(province_url(one), None) for one, _count in provinces()]
    paths += [(centre_url(one), one.updated_at) for one in centres().order_by("code")]
    paths += [(event_url(one), one.updated_at) for one in events().order_by("code")]
    pages = [{"href": request.build_absolute_uri(path), "changed_at": day} for path, day in paths]
    return render(request, "public/sitemap.xml", {"pages": pages}, content_type="application/xml")


@public_page
def robots(request: HttpRequest) -> HttpResponse:
    """Search engines read the public site and nothing else."""
    address = request.build_absolute_uri(reverse("public:sitemap"))
    closed = "".join(f"Disallow: /{room}/\n" for room in ("admin", "akun", "api", "berkas", "masuk", "portal"))
    return HttpResponse(f"User-agent: *\n{closed}Sitemap: {address}\n", content_type="text/plain; charset=utf-8")
