"""A centre on paper: what the registry knows of it, for meetings, proposals and visitors."""

from typing import Any
from uuid import UUID

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from batik_registry.templatetags.formats import angka
from centres.choices import CertificateType
from centres.models import Centre, Certification, Member, OperationReport
from portal.access import for_officers
from portal.fields import facts_of
from portal.views.records import rows_of
from programs.models import Allocation

QUARTERS = 4


@for_officers
@require_safe
def centre_profile(request: HttpRequest, pk: UUID) -> HttpResponse:
    centre = get_object_or_404(rows_of(Centre, request.user), pk=pk)
    served = Allocation.objects.visible_to(request.user).filter(centre_links__centre=centre)
    context = {
        "record": centre,
        "today": timezone.localdate(),
        "groups": [(title, [fact for fact in facts if fact.words]) for title, facts in facts_of(centre, request.user)],
        "figures": _figures(centre, request.user),
        "certificates": _certificates(centre, request.user),
        "facilities": centre.centrefacility_set.visible_to(request.user),
        "reports": OperationReport.objects.visible_to(request.user).filter(centre=centre)[:QUARTERS],
        "allocations": served.with_money().order_by("-fiscal_year", "title"),
    }
    return render(request, "portal/centre_profile.html", context)


def _members(centre: Centre, user: Any) -> Any:
    return Member.objects.visible_to(user).in_centre(centre).active()


def _figures(centre: Any, user: Any) -> list[tuple[Any, str]]:
    """How many belong to it, and how well that is known."""
    members = _members(centre, user)
    unconfirmed = members.filter(pk__in=Member.objects.stale().order_by().values("pk"))
    return [
        (_("anggota tercatat"), angka(centre.member_count)),
        (_("anggota aktif"), angka(members.count())),
        (_("di antaranya belum dikonfirmasi"), angka(unconfirmed.count())),
    ]


def _certificates(centre: Centre, user: Any) -> list[tuple[str, int]]:
    """Certificates of active members in force today, by their kind."""
    held = (
        Certification.objects.visible_to(user).valid().filter(member__in=_members(centre, user).order_by().values("pk"))
    )
    counted = held.order_by("kind").values_list("kind").annotate(count=Count("pk"))
    return [(str(CertificateType(kind).label), count) for kind, count in counted]
