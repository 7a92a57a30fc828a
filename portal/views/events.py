"""Events: the list, and one event with its participants and what they sold."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.access import PAGE, for_officers
from portal.editing import key_in, named_submission
from portal.lists import Listing
from portal.sales import Sales
from portal.views.sending import kept, received
from programs.filters import EventFilter
from programs.models import Event, Participation
from submissions.exceptions import Refused


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
    sales = _sales(request, pk)
    if request.method == "POST" and (answer := _answer(request, sales)):
        return answer
    event = sales.event
    context = {
        "event": event,
        "sales": sales,
        "can_add": request.user.may.propose_new(Participation) and not event.is_settled,
        "key": sales.key or str(uuid4()),
        "results": Participation.objects.visible_to(request.user).filter(event=event).results(),
    }
    return render(request, "portal/event_detail.html", context)


@for_officers
@require_POST
def save_sales_draft(request: HttpRequest, pk: UUID) -> HttpResponse:
    return kept(_sales(request, pk), request)


@for_officers
@require_POST
def send_sales(request: HttpRequest, pk: UUID) -> HttpResponse:
    return received(_sales(request, pk), request)


def _sales(request: HttpRequest, pk: UUID) -> Sales:
    """The event's sales; an event out of reach is not there, and whoever enters nothing is refused."""
    rows = Event.objects.visible_to(request.user).select_related("venue", "region", "initiator", "organiser")
    event = get_object_or_404(rows, pk=pk)
    if request.method != "POST":
        return Sales(event, request.user)
    named = request.POST.get("usulan", "")
    sales = Sales(
        event,
        request.user,
        request.POST,
        key=key_in(request.POST),
        named=named_submission(request.user, named) if named else None,
    )
    if not sales.can_enter:
        raise PermissionDenied
    return sales


def _answer(request: HttpRequest, sales: Sales) -> HttpResponse | None:
    """Keep the rows, and send them if asked; None where the page has to be shown again."""
    if sales.is_sent:
        return redirect("portal:submission", sales.draft.pk)
    try:
        is_valid = sales.is_valid
        draft = sales.save()
        if draft is None:
            messages.info(request, _("Belum ada yang berubah."))
            return redirect(request.path)
        if request.POST.get("perbuatan") != "ajukan":
            messages.success(request, _("Konsep %s tersimpan. Kirim bila sudah lengkap.") % draft.number)
            return redirect(request.path) if is_valid else None
        if is_valid and sales.submit():
            messages.success(request, _("Usulan %s terkirim.") % draft.number)
            return redirect("portal:submission", draft.pk)
        messages.warning(request, _("Usulan belum terkirim. Isian Anda tersimpan sebagai konsep."))
    except PermissionDenied:
        raise
    except Refused as refusal:
        messages.error(request, str(refusal))
    return None
