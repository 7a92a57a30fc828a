"""The quarterly reports of the user's office: what is owed, and what is on its way already."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from batik_registry.models import Record
from centres.models import Centre, OperationReport
from programs.models import Allocation, ProgressReport
from programs.owed import Owed, operation_owed, progress_owed
from submissions.choices import State
from submissions.exceptions import Refused
from submissions.lifecycle import OPEN
from submissions.models import ProposedChange, Submission

#: The field that says what a report is about.
PARENTS: dict[type[Record], str] = {ProgressReport: "allocation", OperationReport: "centre"}


class NotDeclared(Refused):
    """A report is sent only by somebody who says that its figures are true."""

    def sentence(self) -> str:
        return _("Laporan belum terkirim: centang dahulu pernyataan bahwa datanya benar.")


def is_declared(sent: Mapping[str, Any]) -> bool:
    return bool(sent.get("benar"))


Key = tuple[str, int, int]


def owed_by(user: Any, on: date) -> list[Owed]:
    """What this user can report and nobody has sent yet, the nearest day first."""
    found: list[Owed] = []
    if user.may.propose_new(ProgressReport):
        sent = under_way(ProgressReport, user, OPEN)
        owed = progress_owed(Allocation.objects.visible_to(user), on)
        found += [one for one in owed if one.key not in sent]
    if user.may.propose_new(OperationReport):
        sent = under_way(OperationReport, user, OPEN)
        owed = operation_owed(Centre.objects.editable_by(user), on)
        found += [one for one in owed if one.key not in sent]
    return sorted(found, key=lambda one: one.due_on)


def under_way(model: type[Record], user: Any, states: tuple[State, ...]) -> dict[Key, ProposedChange]:
    """The proposed reports of the user's region in these states, by what they are about. Three queries."""
    seen = Submission.objects.visible_to(user).filter(state__in=states).order_by()
    changes = ProposedChange.objects.filter(model=model._meta.label_lower, submission__in=seen)
    found: dict[Key, ProposedChange] = {}
    for change in changes.select_related("submission__parent", "submission__office").prefetch_related("fields"):
        if key := _key_of(change):
            found[key] = change
    return found


def report_of(change: ProposedChange | None) -> str:
    """The address of the new report that this change proposes; "" where it is about something else."""
    model = next((model for model in PARENTS if change and change.model == model._meta.label_lower), None)
    key = _key_of(change) if change and model and change.is_new else None
    if key is None:
        return ""
    return reverse("portal:report", args=["sentra" if model is OperationReport else "dak", *key])


def report_address(record: Any, year: int, quarter: int) -> str:
    room = "sentra" if isinstance(record, Centre) else "dak"
    return reverse("portal:report", args=[room, record.pk, year, quarter])


def _key_of(change: ProposedChange) -> Key | None:
    """What a proposed report is about; None where the draft does not say it all."""
    held: dict[str, Any] = {one.name: one.proposed for one in change.fields.all()}
    parent = held.get("allocation") or held.get("centre")
    return (str(parent), held["year"], held["quarter"]) if parent and {"year", "quarter"} <= set(held) else None
