"""What is done with several rows of a list at once: shown first, done after a second word."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from portal.access import for_officers
from portal.kinds import kind_with_pages
from portal.views.records import pickable, rows_of
from submissions import actions
from submissions.exceptions import Refused


@for_officers
@require_POST
def confirm_picked(request: HttpRequest, slug: str) -> HttpResponse:
    """Still the same, for each row that was picked: first a page that names them, then the deed."""
    model: Any = kind_with_pages(slug).model
    if request.POST.get("perbuatan") != "masih-sama":
        raise Http404
    if not request.user.may.propose_change(model):
        raise PermissionDenied
    own = pickable(model, request.user).filter(pk__in=_picked(request.POST)).values("pk")
    records = list(rows_of(model, request.user).filter(pk__in=own))
    filters = QueryDict(request.POST.get("saringan", "")).urlencode()
    back = f"{reverse('portal:list', args=[slug])}?{filters}"
    noun = model._meta.verbose_name
    if not records:
        messages.error(request, _("Pilih paling sedikit satu %s.") % noun)
        return redirect(back)
    if "pasti" not in request.POST:
        context = {"slug": slug, "noun": noun, "records": records, "filters": filters, "back": back}
        return render(request, "portal/picked.html", context)
    try:
        count = actions.confirm_all_unchanged(records=records, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(
            request, _("%(count)d %(noun)s ditandai masih sama hari ini.") % {"count": count, "noun": noun}
        )
    return redirect(back)


def _picked(sent: QueryDict) -> list[UUID]:
    found = []
    for text in sent.getlist("pilih"):
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found
