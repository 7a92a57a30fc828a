"""The officer's home: what to do, what became of what was sent, and how the region stands."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from batik_registry.templatetags.formats import angka, rupiah_ringkas
from centres.models import Centre, Member
from portal.access import for_officers
from portal.tasks import tasks_of
from programs.models import Allocation
from submissions.choices import Purpose
from submissions.models import Submission
from submissions.queue import pace_of, place_of

LATEST = 5


@dataclass(frozen=True)
class Figure:
    """A number and the list that it counts."""

    words: str
    label: str
    url: str
    unit: str = ""


@for_officers
@require_safe
def offline_script(request: HttpRequest) -> HttpResponse:
    """The script that answers for pages while there is no connection; it may answer only for what lies below itself."""
    return render(request, "portal/offline.js", content_type="text/javascript")


@for_officers
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    tasks = tasks_of(request.user, today)
    latest = list(own_submissions(request.user)[:LATEST])
    context = {
        "today": today,
        "tasks": tasks,
        "nearest": min((task.due_on for task in tasks if task.due_on and not task.is_late), default=None),
        "submissions": [(one, place_of(one)) for one in latest],
        "pace": pace_of(Purpose.CHANGE) if any(one.is_open for one in latest) else None,
        "figures": figures_of(request.user),
        "can_add": request.user.may.propose_new(Member),
    }
    return render(request, "portal/home.html", context)


def own_submissions(user: Any) -> Any:
    """What the user's office proposes, the latest first."""
    return Submission.objects.visible_to(user).filter(office=user.office_id).with_size().order_by("-updated_at")


def figures_of(user: Any) -> list[Figure]:
    """Each figure is counted by the query of the list that it opens. Five queries."""
    lists = {name: reverse("portal:list", args=[name]) for name in ("ikm", "sentra")}
    members = Member.objects.visible_to(user).active().count()
    centres = Centre.objects.visible_to(user).active().count()
    found = [
        Figure(angka(members), _("IKM aktif"), lists["ikm"] + "?status=AKTIF"),
        Figure(angka(centres), _("sentra beroperasi"), lists["sentra"]),
    ]
    allocations = Allocation.objects.visible_to(user).dak()
    year = allocations.order_by("-fiscal_year").values_list("fiscal_year", flat=True).first()
    if year:
        total = allocations.in_fiscal_year(year).aggregate(total=Sum("ceiling_idr"))["total"]
        label = _("pagu DAK %d") % year
        words, _space, unit = (rupiah_ringkas(total) or str(_("belum ada"))).partition(" ")
        found.append(Figure(words, label, reverse("portal:dak") + f"?tahun={year}", unit))
    waiting = Submission.objects.visible_to(user).filter(office=user.office_id).open().count()
    found.append(Figure(angka(waiting), _("usulan menunggu"), reverse("portal:submissions") + "?kelompok=menunggu"))
    return found
