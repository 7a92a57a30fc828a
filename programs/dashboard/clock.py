"""Days and moments."""

from datetime import date, datetime, time

from django.utils.timezone import make_aware


def end_of(day: date) -> datetime:
    """The last moment of a day here."""
    return make_aware(datetime.combine(day, time.max))
