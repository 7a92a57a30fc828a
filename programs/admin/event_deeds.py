"""The deeds of an event: buttons that lead to a page which says what the deed means and asks for what it needs."""

from collections.abc import Iterator
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, ValidationError
from django.forms import modelform_factory
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _now

from batik_registry.forms import RecordForm
from programs import event_life
from programs.actions import events as actions
from programs.choices import EventStatus
from programs.models import Event

#: The tone of a status: the word says it, the colour and the shape of the dot say it again.
TONES: dict[str, str] = {
    EventStatus.PLANNED: "idle",
    EventStatus.OPEN: "info",
    EventStatus.RUNNING: "info",
    EventStatus.FINISHED: "warn",
    EventStatus.CLOSED: "ok",
    EventStatus.CANCELLED: "bad",
}


class EventDeeds:
    """Mixed into the event's ModelAdmin."""

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(self.deed_view)  # type: ignore[attr-defined]
        return [path("<path:object_id>/langkah/<str:deed>/", view, name="programs_event_deed"), *super().get_urls()]

    def deeds(self, request: HttpRequest, event: Event) -> Iterator[dict[str, Any]]:
        """The buttons for this user and this status."""
        for move in event_life.moves_from(event.status):
            if actions.may_take(move, event, request.user):
                url = reverse("admin:programs_event_deed", args=[event.pk, move.deed])
                yield {"label": move.deed.label, "url": url, "is_bad": move.target == EventStatus.CANCELLED}

    def deed_view(self, request: HttpRequest, object_id: str, deed: str) -> HttpResponse:
        """Look up, form, action, message, redirect."""
        event: Any = admin.ModelAdmin.get_object(self, request, unquote(object_id))  # type: ignore[arg-type]
        move = event_life.find(event.status, deed) if event else None
        if event is None or deed not in event_life.EventDeed:
            raise Http404
        if move is None:
            messages.error(request, _now("Kegiatan ini sekarang berstatus %s.") % event.get_status_display())
            return HttpResponseRedirect(_page_of(event))
        if not actions.may_take(move, event, request.user):
            raise PermissionDenied
        form = modelform_factory(Event, form=RecordForm, fields=move.asks)(request.POST or None, instance=event)
        if request.method == "POST" and form.is_valid() and self._take(request, form, move):
            messages.success(request, _now("Kegiatan kini berstatus %s.") % move.target.label)
            return HttpResponseRedirect(_page_of(event))
        return TemplateResponse(request, "admin/programs/event/deed.html", self._context(request, event, move, form))

    def _take(self, request: HttpRequest, form: Any, move: event_life.EventMove) -> bool:
        try:
            actions.take(event=form.instance, deed=move.deed, by=request.user, **form.cleaned_data)
        except ValidationError as refusal:
            for name, sentences in refusal.update_error_dict({}).items():
                form.add_error(name if name in form.fields else None, ValidationError(sentences).messages)
            return False
        return True

    def _context(self, request: HttpRequest, event: Event, move: event_life.EventMove, form: Any) -> dict[str, Any]:
        closing = move.target == EventStatus.CLOSED
        return {
            **self.admin_site.each_context(request),  # type: ignore[attr-defined]
            "title": move.deed.label,
            "event": event,
            "move": move,
            "form": form,
            "is_bad": move.target == EventStatus.CANCELLED,
            "lacking": event.lacks_before_closing() if closing and not form.errors.get(NON_FIELD_ERRORS) else "",
            "opts": Event._meta,
        }


def _page_of(event: Event) -> str:
    return reverse("admin:programs_event_change", args=[event.pk])
