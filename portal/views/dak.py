"""The money of the office's region: its list, and one allocation at a glance with its quarterly reports."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from centres.models.quarterly import ROMAN
from portal.access import for_officers
from portal.lists import Listing
from portal.reports import report_address, under_way
from programs.filters import AllocationFilter
from programs.models import Allocation, ProgressReport
from programs.overview import Overview
from programs.owed import progress_owed
from submissions.choices import State
from submissions.lifecycle import OPEN


@for_officers
@require_safe
def allocation_list(request: HttpRequest) -> HttpResponseBase:
    rows = Allocation.objects.visible_to(request.user).with_money().with_progress().order_by("-fiscal_year", "title")
    listing = Listing(request, AllocationFilter(request.GET, queryset=rows, request=request))
    return listing.answer("portal/allocation_list.html", {})


@for_officers
@require_safe
def allocation_page(request: HttpRequest, pk: UUID) -> HttpResponse:
    allocation = get_object_or_404(Allocation.objects.visible_to(request.user), pk=pk)
    overview = Overview(allocation, request.user)
    context = {
        "overview": overview,
        "allocation": overview.allocation,
        "centres": allocation.centre_links.select_related("centre"),
        "reports": quarters_of(allocation, request.user),
        "handover": allocation.handover_set.visible_to(request.user).first(),
    }
    return render(request, "portal/allocation_detail.html", context)


def quarters_of(allocation: Allocation, user: Any) -> list[dict[str, Any]]:
    """The reports that are owed or on their way, each with its address and how far it has come."""
    today = timezone.localdate()
    owed = progress_owed(Allocation.objects.filter(pk=allocation.pk), today)
    sent, drafts = under_way(ProgressReport, user, OPEN), under_way(ProgressReport, user, (State.DRAFT,))
    may_report = user.may.propose_new(ProgressReport)
    return [
        {
            "owed": one,
            "quarter": ROMAN[one.quarter],
            "days": (one.due_on - today).days,
            "change": sent.get(one.key) or drafts.get(one.key),
            "is_sent": one.key in sent,
            "url": report_address(allocation, one.year, one.quarter) if may_report and one.key not in sent else "",
        }
        for one in owed
    ]
