"""The guided step in which somebody leaves: who, what they hold, who goes on, and what becomes of the account."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.models import User
from batik_registry.templatetags.formats import tanggal
from portal.access import PAGE, for_officers
from portal.handover import HandoverForm, Outcome, leavers_for, work_of
from portal.tasks import tasks_of
from submissions.exceptions import Refused
from submissions.models import Submission


@for_officers
@require_http_methods(PAGE)
def hand_over(request: HttpRequest) -> HttpResponse:
    user, leavers = request.user, leavers_for(request.user)
    leaving = _chosen(request, leavers)
    form = HandoverForm(leaving, user, request.POST if request.method == "POST" else None) if leaving else None
    if form and form.is_bound and form.is_valid() and (answer := _done(request, form)):
        return answer
    context = {"leavers": leavers, "leaving": leaving, "form": form}
    return render(request, "portal/hand_over.html", context | (_shown(leaving, user) if leaving else {}))


def _chosen(request: HttpRequest, leavers: list[User]) -> User | None:
    """Who leaves; whoever is not the user's to hand over is not there, a colleague of a manager is refused."""
    key = (request.POST or request.GET).get("dari", "")
    found = next((one for one in leavers if str(one.pk) == key), None)
    if request.method != "POST" or found:
        return found
    if any(str(one.pk) == key for one in User.objects.filter(office=request.user.office_id)):
        raise PermissionDenied
    raise Http404


def _shown(leaving: User, user: Any) -> dict[str, Any]:
    """What is held, as far as the user sees it, and how much besides; the office's tasks; who may end the account."""
    held = Submission.objects.visible_to(user).filter(pk__in=work_of(leaving).values("pk")).order_by("-updated_at")
    tasks = tasks_of(leaving) if leaving.enters_portal else []
    return {
        "held": held,
        "unseen": work_of(leaving).count() - len(held),
        "tasks": tasks[:5],
        "more_tasks": max(len(tasks) - 5, 0),
        "enders": sorted({one.get_role_display() for one in User.objects.appointing(leaving)}),
    }


def _done(request: HttpRequest, form: HandoverForm) -> HttpResponse | None:
    page = f"{reverse('portal:hand_over')}?dari={form.leaving.pk}"
    try:
        done = form.save(
            password_address=request.build_absolute_uri(reverse("account_reset_password")),
            page_address=request.build_absolute_uri(page),
        )
    except PermissionDenied:
        raise
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return None
    if done is None:
        return None
    for sentence in _told(form, done):
        messages.success(request, sentence)
    return redirect("portal:submissions")


def _told(form: HandoverForm, done: Outcome) -> list[str]:
    named = {"leaving": form.leaving, "successor": done.successor, "count": len(done.moved)}
    sentences = []
    if done.opened:
        sentences.append(_("Akun %(successor)s dibuka; undangannya dikirim lewat surel.") % named)
    if done.moved:
        sentences.append(_("%(count)d usulan milik %(leaving)s kini dipegang %(successor)s.") % named)
    elif done.successor:
        sentences.append(_("%(successor)s mengganti %(leaving)s; tidak ada usulan yang perlu dipindahkan.") % named)
    day = tanggal(form.cleaned_data.get("hari"))
    if done.ended:
        sentences.append(_("Akun %(leaving)s berakhir sesudah %(day)s.") % (named | {"day": day}))
    elif done.asked:
        names = ", ".join(map(str, done.asked))
        sentences.append(_("Permintaan mengakhiri akunnya dikirim lewat surel kepada %s.") % names)
    elif day:
        sentences.append(_("Belum ada akun yang dapat mengakhirinya. Hubungi provinsi atau Kementerian."))
    return sentences
