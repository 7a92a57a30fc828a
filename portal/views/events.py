"""Events: the list, and one event with its participants and what they sold."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from portal.access import PAGE, for_officers
from portal.editing import key_in
from portal.lists import Listing
from portal.sales import Sales
from programs.filters import EventFilter
from programs.models import Event, Participation
from submissions import actions
from submissions.choices import State
from submissions.exceptions import Refused, RulesBroken
from submissions.models import Submission


@for_officers
@require_safe
def event_list(request: HttpRequest) -> HttpResponseBase:
    rows = Event.objects.visible_to(request.user).select_related("venue", "region").order_by("-starts_on", "name")
    listing = Listing(request, EventFilter(request.GET, queryset=rows, request=request))
    context = {"slug": "kegiatan", "can_add": request.user.may.propose_new(Event)}
    return listing.answer("portal/event_list.html", context)


@for_officers
@require_http_methods(PAGE)
def event_page(request: HttpRequest, pk: UUID) -> HttpResponse:
    rows = Event.objects.visible_to(request.user).select_related("venue", "region", "initiator", "organiser")
    event = get_object_or_404(rows, pk=pk)
    sales = Sales(event, request.user, request.POST if request.method == "POST" else None)
    if request.method == "POST":
        if not sales.can_enter:
            raise PermissionDenied
        if answer := _answer(request, sales):
            return answer
    context = {
        "event": event,
        "sales": sales,
        "can_add": request.user.may.propose_new(Participation) and not event.is_settled,
        "key": key_in(request.POST) or str(uuid4()),
        "results": Participation.objects.visible_to(request.user).filter(event=event).results(),
    }
    return render(request, "portal/event_detail.html", context)


def _answer(request: HttpRequest, sales: Sales) -> HttpResponse | None:
    """Keep the rows, and send them if asked; None where the page has to be shown again."""
    key = key_in(request.POST)
    own = Submission.objects.visible_to(request.user).filter(office=request.user.office_id)
    before = own.filter(client_key=key).exclude(client_key="").first()
    if before and before.state != State.DRAFT:
        return redirect("portal:submission", before.pk)
    try:
        is_valid = sales.is_valid
        draft: Any = sales.save(key)
        if draft is None:
            messages.info(request, _("Belum ada yang berubah."))
            return redirect(request.path)
        if request.POST.get("perbuatan") != "ajukan":
            messages.success(request, _("Konsep %s tersimpan. Kirim bila sudah lengkap.") % draft.number)
            return redirect(request.path) if is_valid else None
        if is_valid:
            actions.submit(submission=draft, by=request.user)
            messages.success(request, _("Usulan %s terkirim.") % draft.number)
            return redirect("portal:submission", draft.pk)
        messages.warning(request, _("Usulan belum terkirim. Isian Anda tersimpan sebagai konsep."))
    except PermissionDenied:
        raise
    except RulesBroken as refusal:
        sales.blame(refusal.verdict.faults)
        messages.error(request, str(refusal))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return None
