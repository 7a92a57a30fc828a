"""Events as iCalendar (RFC 5545), which calendars subscribe to."""

from collections.abc import Iterable
from datetime import timedelta

from django.utils.translation import gettext as _
from icalendar import Calendar
from icalendar import Event as Entry

from programs.choices import EventStatus
from programs.models import Event


def written(found: Iterable[tuple[Event, str]]) -> bytes:
    """A calendar of events, each given with the address of its page; whole days, so no time zone can shift them."""
    calendar = Calendar()
    calendar.add("prodid", "-//Registri Sentra Batik//Kegiatan//ID")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", _("Kegiatan sentra batik"))
    calendar.add("refresh-interval", timedelta(hours=12), parameters={"VALUE": "DURATION"})
    for event, url in found:
        calendar.add_component(_entry(event, url))
    return bytes(calendar.to_ical())


def _entry(event: Event, url: str) -> Entry:
    entry = Entry()
    entry.add("uid", f"{event.pk}@registri-sentra-batik")
    entry.add("summary", event.name)
    entry.add("dtstart", event.starts_on)
    entry.add("dtend", event.ends_on + timedelta(days=1))  # the first day after it, as the standard says
    entry.add("dtstamp", event.updated_at)
    entry.add("last-modified", event.updated_at)
    entry.add("sequence", event.row_version)
    entry.add("status", "CANCELLED" if event.status == EventStatus.CANCELLED else "CONFIRMED")
    entry.add("url", url)
    if event.venue:
        entry.add("location", f"{event.venue.name}, {event.venue.region.full_name}")
    if event.description:
        entry.add("description", event.description)
    return entry
