"""Deeds on events."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from programs import event_life
from programs.event_life import EventDeed
from programs.models import Event


@transaction.atomic
def take(*, event: Event, deed: EventDeed, by: Any, **asked: Any) -> Event:
    """Move an event on; `asked` are values for the fields that the deed asks for.

    Raises `PermissionDenied` where this is not for `by` to do, and `ValidationError` where the event's status does not
    allow it or where something is missing, which its sentence names.
    """
    event = Event.objects.select_for_update(of=("self",)).get(pk=event.pk)
    move = event_life.find(event.status, deed)
    if move is None:
        told = {"deed": EventDeed(deed).label, "status": event.get_status_display()}
        raise ValidationError(_("%(deed)s tidak dapat dilakukan pada kegiatan berstatus %(status)s") % told)
    if not may_take(move, event, by):
        raise PermissionDenied
    for name in move.asks:
        setattr(event, name, asked.get(name, getattr(event, name)))
    event.status, event.status_at, event.status_by = move.target, timezone.now(), by
    event.save()
    return event


def may_take(move: event_life.EventMove, event: Event, by: Any) -> bool:
    """Whether the deed belongs to the role of `by`, and the event to its region. One query."""
    return by.role in move.roles and Event.objects.editable_by(by).filter(pk=event.pk).exists()
