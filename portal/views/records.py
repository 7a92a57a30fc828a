"""Lists and pages of centres and members, and the one tap that says: still the same."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from centres.filters import CentreFilter, MemberFilter
from centres.models import Attachment, Centre, Member
from portal.access import for_officers
from portal.fields import facts_of
from portal.kinds import kind_with_pages, slug_of
from portal.lists import Listing
from submissions import actions
from submissions.choices import Operation
from submissions.exceptions import Refused
from submissions.lifecycle import OPEN
from submissions.models import ProposedChange, Submission

FILTERS: dict[type, Any] = {Centre: CentreFilter, Member: MemberFilter}


def rows_of(model: Any, user: Any) -> Any:
    rows = model.objects.visible_to(user).select_related("region", "regency")
    return rows.with_member_count() if model is Centre else rows


def pickable(model: Any, user: Any) -> Any:
    """The records of which the user may say that they are still the same."""
    return model.objects.editable_by(user) if user.may.propose_change(model) else model.objects.none()


@for_officers
@require_safe
def record_list(request: HttpRequest, slug: str) -> HttpResponseBase:
    model = kind_with_pages(slug).model
    rows = rows_of(model, request.user)
    listing = Listing(request, FILTERS[model](request.GET, queryset=rows, request=request))
    shown = [row.pk for row in listing.page]
    context = {
        "slug": slug,
        "under_review": set(_open_changes(request.user, shown).values_list("record_id", flat=True)),
        "stale": set(Member.objects.filter(pk__in=shown).stale().values_list("pk", flat=True)),
        "can_add": request.user.may.propose_new(model),
        "picks": set(pickable(model, request.user).filter(pk__in=shown).values_list("pk", flat=True)),
        "sees_owner": request.user.may.read_contact(model),
    }
    return listing.answer(f"portal/{model._meta.model_name}_list.html", context)


@for_officers
@require_safe
def record_page(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    kind = kind_with_pages(slug)
    record = get_object_or_404(rows_of(kind.model, request.user), pk=pk)
    is_editable = kind.model.objects.editable_by(request.user).filter(pk=pk).exists()
    can_propose = is_editable and request.user.may.propose_change(kind.model)
    context = {
        "slug": slug,
        "record": record,
        "groups": facts_of(record, request.user),
        "can_propose": can_propose,
        "changes": _open_changes(request.user, [pk]),
        "drafts": _drafts(request.user, pk),
        "attachments": Attachment.objects.about(record).visible_to(request.user),
        **related_to(record, request.user, can_propose),
    }
    return render(request, f"portal/{kind.model._meta.model_name}_detail.html", context)


def related_to(record: Any, user: Any, can_propose: bool) -> dict[str, Any]:
    """What hangs on the record, as far as the user may see it and propose about it."""
    if isinstance(record, Centre):
        return {
            "facilities": record.centrefacility_set.visible_to(user),
            "can_add_facility": can_propose and user.may.propose_new("centres.centrefacility"),
            "can_change_facility": can_propose and user.may.propose_change("centres.centrefacility"),
            "allocations": record.allocation_links.select_related("allocation").visible_to(user),
            "members": Member.objects.visible_to(user).in_centre(record)[:10],
        }
    return {
        "memberships": record.memberships.visible_to(user).select_related("centre", "member"),
        "certificates": record.certification_set.visible_to(user).select_related("member"),
        "can_add_membership": user.may.propose_new("centres.membership"),
        "can_add_certificate": user.may.propose_new("centres.certification"),
    }


@for_officers
@require_POST
def confirm(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """Still the same: nothing is proposed, nothing changes but the day of the last confirmation."""
    kind = kind_with_pages(slug)
    record = get_object_or_404(rows_of(kind.model, request.user), pk=pk)
    try:
        actions.confirm_unchanged(record=record, by=request.user)
    except PermissionDenied:
        raise
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("%s ditandai masih sama hari ini.") % record)
    return redirect("portal:record", slug_of(kind), pk)


def _open_changes(user: Any, ids: list[UUID]) -> Any:
    """What is proposed about these records and not decided, as far as the user may see it."""
    seen = Submission.objects.visible_to(user).filter(state__in=OPEN)
    changes = ProposedChange.objects.filter(record_id__in=ids, submission__in=seen)
    return changes.exclude(operation=Operation.CREATE).select_related("submission__office")


def _drafts(user: Any, pk: UUID) -> Any:
    return Submission.objects.editable_by(user).filter(changes__record_id=pk)
