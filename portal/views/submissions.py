"""What the office proposes: the list, and one submission with its whole thread."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.access import for_officers
from portal.evidence import may_attach
from portal.kinds import form_address
from portal.lists import Listing
from portal.reports import NotDeclared, is_declared
from portal.uploads import attach
from portal.views.home import own_submissions
from submissions import actions, evidence
from submissions.choices import Deed, Purpose, State
from submissions.comparing import sheets
from submissions.exceptions import Refused
from submissions.filters import GROUPS, SubmissionFilter
from submissions.lifecycle import state_allows
from submissions.models import Submission
from submissions.queue import pace_of, place_of
from submissions.rivals import rivals


@for_officers
@require_safe
def submission_list(request: HttpRequest) -> HttpResponseBase:
    """What the office proposes; in the group "periksa" what waits for the user, of whatever office."""
    user, group = request.user, request.GET.get("kelompok", "")
    groups = [name for name in GROUPS if name != "periksa" or user.may.verify(Submission)]
    if group and group not in groups:
        raise Http404
    rows = Submission.objects.at_desk_of(user).with_size() if group == "periksa" else own_submissions(user)
    filtered = SubmissionFilter(request.GET, queryset=rows.select_related("office"), request=request)
    context = {
        "group": group,
        "groups": [("", _("Semua")), *((name, GROUPS[name][0]) for name in groups)],
    }
    return Listing(request, filtered).answer("portal/submission_list.html", context)


@for_officers
@require_safe
def submission_page(request: HttpRequest, pk: UUID) -> HttpResponse:
    submission = _found(request, pk)
    user = request.user
    shown = sheets(submission, user)
    mine = submission.office_id == user.office_id
    context = {
        "submission": submission,
        "sheets": [(sheet, form_address(sheet.change.kind, sheet.change.record_id, submission)) for sheet in shown],
        "thread": thread_of(submission, user),
        "steps": submission.steps.order_by("-at", "-pk"),
        "files": evidence.of(submission),
        "deeds": deeds_of(user, submission),
        "rivals": rivals(submission, user) if submission.is_open or submission.state == State.DRAFT else [],
        "place": place_of(submission) if mine else 0,
        "pace": pace_of(submission.purpose),
    }
    return render(request, "portal/submission_detail.html", context)


def thread_of(submission: Submission, user: Any) -> list[Submission]:
    """All that this matter went through, the first first: what it continues, itself, and what continues it."""
    first = submission
    while first.parent is not None:
        first = first.parent
    found, waiting = [], [first]
    while waiting:
        found += waiting
        waiting = list(Submission.objects.visible_to(user).filter(parent__in=waiting).order_by("created_at"))
    return found


def deeds_of(user: Any, submission: Submission) -> dict[str, bool]:
    """Which buttons the page offers; the actions ask again."""
    found = {deed.value: state_allows(submission.state, deed) and actions.may(user, deed, submission) for deed in Deed}
    is_own = user.pk in (submission.created_by_id, submission.submitted_by_id)
    for deed in (Deed.VERIFY, Deed.RETURN):
        found[deed.value] = found[deed.value] and not is_own
    return found


@for_officers
@require_POST
def do(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One deed on a submission; a refusal comes back as a sentence."""
    submission = _found(request, pk)
    try:
        messages.success(request, _done(request, submission))
    except PermissionDenied:
        raise
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("portal:submission", pk)


def _done(request: HttpRequest, submission: Submission) -> str:
    named: dict[str, Any] = {"submission": submission, "by": request.user}
    reason, number = request.POST.get("alasan", ""), submission.number
    match request.POST.get("perbuatan"):
        case "kirim":
            if submission.purpose == Purpose.REPORT and not is_declared(request.POST):
                raise NotDeclared
            actions.submit(**named)
            return _("Usulan %s terkirim.") % number
        case "tarik":
            actions.withdraw(**named, reason=reason)
            return _("Usulan %s ditarik kembali.") % number
        case "verifikasi":
            actions.verify(**named, reason=reason)
            return _("Usulan %s diteruskan.") % number
        case "kembalikan":
            actions.return_(**named, reason=reason)
            return _("Usulan %s dikembalikan.") % number
        case _:
            raise Http404


@for_officers
@require_POST
def add_files(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Evidence for a submission of the own office that nobody has decided yet."""
    submission = _found(request, pk)
    if not may_attach(request.user, submission):
        raise PermissionDenied
    for problem in attach(request, submission):
        messages.error(request, problem)
    return redirect("portal:submission", pk)


def _found(request: HttpRequest, pk: UUID) -> Submission:
    rows = Submission.objects.visible_to(request.user).select_related(
        "office", "created_by", "submitted_by", "decided_by", "parent", "keeper"
    )
    found: Submission = get_object_or_404(rows, pk=pk)
    return found
