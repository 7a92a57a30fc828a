"""The ministry's review desk: the queue, and the page on which one submission is decided."""

from collections.abc import Callable
from functools import partial, wraps
from typing import Any
from uuid import UUID

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from batik_registry.admin import is_uncovered
from submissions import actions, evidence
from submissions.admin import shown_in_queue
from submissions.choices import Deed, Outcome
from submissions.comparing import Sheet, sheets
from submissions.exceptions import AlreadyDecided, Refused
from submissions.forms import Answers
from submissions.histories import histories
from submissions.lifecycle import state_allows
from submissions.models import Submission
from submissions.queue import pace_of, place_of
from submissions.rivals import rivals
from submissions.waiting import waiting_for

#: What takes effect at once asks for a tick first.
CONFIRMED = ("putuskan", "verifikasi")


def for_the_desk(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Only for whoever enters the admin and reads submissions; to everybody else the page is not there."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_staff or not request.user.may.read(Submission):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


@for_the_desk
def queue(request: HttpRequest) -> HttpResponse:
    return admin.site.get_model_admin(Submission).changelist_view(request)


@for_the_desk
def review(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The three columns, and the decision. A refusal shows the page again, with what was ticked and today's values."""
    submission = _found(request, pk)
    if request.method != "POST":
        return _page(request, submission)
    answers = Answers.of(submission, request.POST)
    if request.POST.get("perbuatan") in CONFIRMED and "sudah" not in request.POST:
        messages.error(request, _("Centang dahulu bahwa usulan ini sudah Anda periksa."))
        return _page(request, submission, answers)
    try:
        _do(request, submission, answers)
    except AlreadyDecided as refusal:
        return _too_late(request, refusal)
    except PermissionDenied:
        raise
    except Refused as refusal:
        messages.error(request, str(refusal))
        return _page(request, submission, answers)
    following = submission if request.POST["perbuatan"] == "ingatkan" else next_for(request, submission)
    onward = reverse("submissions:review", args=[following.pk]) if following else reverse("submissions:queue")
    return redirect(onward + _query(request))


@for_the_desk
@require_POST
def propose_reversal(request: HttpRequest, pk: UUID) -> HttpResponse:
    submission = _found(request, pk)
    try:
        made = actions.reverse(submission=submission, by=request.user, reason=request.POST.get("catatan", ""))
    except PermissionDenied:
        raise
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("submissions:review", submission.pk)
    messages.success(request, _("Pembatalan diusulkan sebagai %s; rekan Anda yang memutuskannya.") % made.number)
    return redirect("submissions:review", made.pk)


def next_for(request: HttpRequest, submission: Submission) -> Submission | None:
    """The next one that waits for this user in the queue as it was narrowed; at the end it begins anew."""
    waiting = Submission.objects.at_desk_of(request.user).exclude(pk=submission.pk)
    if request.GET:
        waiting = waiting.filter(pk__in=shown_in_queue(request))
    later = waiting.filter(submitted_at__gt=submission.submitted_at) if submission.submitted_at else waiting
    found: Submission | None = later.first() or waiting.first()
    return found


def _query(request: HttpRequest) -> str:
    """How the queue was narrowed from which the user came, as an address carries it on."""
    return f"?{request.GET.urlencode()}" if request.GET else ""


def _found(request: HttpRequest, pk: UUID) -> Submission:
    rows = Submission.objects.visible_to(request.user).select_related(
        "office", "created_by", "submitted_by", "decided_by", "verified_by", "parent"
    )
    found: Submission = get_object_or_404(rows, pk=pk)
    return found


def _do(request: HttpRequest, submission: Submission, answers: Answers) -> None:
    user, told = request.user, {"number": submission.number}
    match request.POST.get("perbuatan"):
        case "putuskan":
            actions.decide(
                submission=submission,
                by=user,
                decisions=answers.decisions,
                comments=answers.comments,
                reason=answers.reason,
                seen=answers.seen,
            )
            messages.success(request, _("Usulan %(number)s diputuskan.") % told)
        case "kembalikan":
            actions.return_(submission=submission, by=user, reason=answers.reason, comments=answers.comments)
            messages.success(request, _("Usulan %(number)s dikembalikan kepada dinas.") % told)
        case "tolak":
            actions.reject(submission=submission, by=user, reason=answers.reason)
            messages.success(request, _("Usulan %(number)s ditolak.") % told)
        case "verifikasi":
            actions.verify(submission=submission, by=user, reason=answers.reason)
            messages.success(request, _("Usulan %(number)s diteruskan.") % told)
        case "ingatkan":
            actions.remind(submission=submission, by=user)
            messages.success(request, _("Pengingat untuk usulan %(number)s dikirim.") % told)
        case _:
            raise Http404


def _page(request: HttpRequest, submission: Submission, answers: Answers | None = None) -> HttpResponse:
    user, uncovered = request.user, partial(is_uncovered, request)
    answers = answers or Answers()
    verdict = actions.examine(submission=submission) if submission.is_open else None
    shown = sheets(
        submission,
        user,
        is_uncovered=uncovered,
        chosen=answers.decisions,
        comments=answers.comments,
        with_unchanged=True,
    )
    deeds, waiting = _deeds(user, submission), waiting_for(submission)
    is_plain = bool(verdict and verdict.outcome in (Outcome.CLEAN, Outcome.CONFLICT))
    context = admin.site.each_context(request) | {
        "title": submission.title or submission.number,
        "submission": submission,
        "verdict": verdict,
        "sheets": shown,
        "reason": answers.reason,
        "deeds": deeds,
        "is_plain": is_plain,
        "start": _start(shown) if is_plain and (deeds["DECIDE"] or deeds["verify_here"]) else None,
        "waiting": waiting,
        "can_remind": waiting and waiting.remind_from <= timezone.now(),
        "rivals": rivals(submission, user) if submission.is_open else [],
        "evidence": evidence.of(submission),
        "histories": histories(submission, user),
        "following": next_for(request, submission),
        "query": _query(request),
        "place": place_of(submission),
        "pace": pace_of(submission.purpose),
        "followed_by": submission.followed_by.visible_to(user),
        "opts": Submission._meta,
    }
    return render(request, "submissions/submission_review.html", context)


def _start(shown: list[Sheet]) -> int | str:
    """Where the keyboard begins: at the first field that waits for an answer, else at the confirmation."""
    waiting = (line.field.pk for sheet in shown for line in sheet.lines if not line.chosen)
    return next(waiting, "sudah")


def _deeds(user: Any, submission: Submission) -> dict[str, bool]:
    """Which buttons the page offers; the actions ask again."""
    own = user.pk in (submission.created_by_id, submission.submitted_by_id)
    offered = {deed: state_allows(submission.state, deed) and actions.may(user, deed, submission) for deed in Deed}
    of_the_desk = (Deed.DECIDE, Deed.VERIFY, Deed.RETURN, Deed.REJECT)
    found = {deed.value: offered[deed] and not (own and deed in of_the_desk) for deed in Deed}
    return found | {"own": own, "verify_here": found[Deed.VERIFY.value] and not found[Deed.DECIDE.value]}


def _too_late(request: HttpRequest, refusal: AlreadyDecided) -> HttpResponse:
    context = admin.site.each_context(request) | {
        "title": _("Usulan ini sudah diputuskan"),
        "sentence": str(refusal),
        "submission": refusal.submission,
        "following": next_for(request, refusal.submission),
        "query": _query(request),
    }
    return render(request, "submissions/already_decided.html", context, status=409)
