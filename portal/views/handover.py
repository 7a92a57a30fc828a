"""When a colleague leaves: what they held goes to the successor in one step, after a look at what it is."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.models import User
from portal.access import PAGE, for_officers
from submissions import actions
from submissions.choices import State
from submissions.exceptions import Refused
from submissions.lifecycle import OPEN
from submissions.models import Submission


@for_officers
@require_http_methods(PAGE)
def hand_over(request: HttpRequest) -> HttpResponse:
    colleagues = list(User.objects.filter(office=request.user.office_id).order_by("name"))
    sent = request.POST or request.GET
    leaving, successor = (_chosen(colleagues, sent.get(name, "")) for name in ("dari", "kepada"))
    if request.method == "POST" and leaving and successor:
        return _done(request, leaving, successor)
    context = {
        "colleagues": colleagues,
        "successors": [one for one in colleagues if one.is_current and one != leaving],
        "leaving": leaving,
        "held": held_by(leaving, request.user) if leaving else [],
    }
    return render(request, "portal/hand_over.html", context)


def held_by(leaving: User, user: Any) -> Any:
    """The drafts and open submissions that somebody keeps, as far as the user may see them."""
    return Submission.objects.visible_to(user).filter(keeper=leaving, state__in=[State.DRAFT, *OPEN]).with_size()


def _chosen(colleagues: list[User], key: str) -> User | None:
    return next((one for one in colleagues if str(one.pk) == key), None)


def _done(request: HttpRequest, leaving: User, successor: User) -> HttpResponse:
    try:
        moved = actions.hand_over(leaving=leaving, successor=successor, by=request.user)
    except PermissionDenied:
        raise
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("portal:hand_over")
    told = {"count": len(moved), "leaving": leaving, "successor": successor}
    messages.success(request, _("%(count)d usulan milik %(leaving)s kini dipegang %(successor)s.") % told)
    return redirect("portal:submissions")
