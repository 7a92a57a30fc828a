"""Events as a list, one by one, and as a calendar to subscribe to."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify

from programs.models import Event
from public import calendars, records
from public.filters import CalendarFilter
from public.pages import public_page
from public.views.centres import page_of


@public_page
def events(request: HttpRequest) -> HttpResponse:
    """What comes first, then what was, the latest first."""
    found = CalendarFilter(request.GET, queryset=records.events(), request=request)
    rows = found.qs if found.form.is_valid() else records.events().none()
    context = {"form": found.form, "page": page_of(rows, request), "today": timezone.localdate()}
    return render(request, "public/events.html", context)


@public_page
def event(request: HttpRequest, key: str) -> HttpResponse:
    code = "-".join(key.split("-")[:4])
    found: Event = get_object_or_404(records.events(), code=code)
    if request.path != event_url(found):
        return redirect(event_url(found), permanent=True)
    centre = records.centres().filter(pk=found.centre_id).first()
    return render(request, "public/event.html", {"event": found, "centre": centre})


@public_page
def calendar(request: HttpRequest, key: str = "") -> HttpResponse:
    """All events, or the one whose code is given, as iCalendar."""
    rows = records.events().filter(code=key) if key else records.events()
    found = [(one, request.build_absolute_uri(event_url(one))) for one in rows]
    response = HttpResponse(calendars.written(found), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="kegiatan-sentra-batik.ics"'
    return response


def event_url(found: Event) -> str:
    return reverse("public:event", args=[f"{found.code}-{slugify(found.name)}"])
