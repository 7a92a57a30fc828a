"""What officers may propose about centres and members."""

from typing import Any

from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils import timezone

from centres import forms, models
from centres.models.place import Point, kilometres
from submissions import evidence, kinds
from submissions.models import Submission

Place = tuple[Any, Any]


def register_kinds() -> None:
    for form in (
        *(forms.CentreForm, forms.CentreFacilityForm, forms.EquipmentForm, forms.CentreServiceForm),
        *(forms.CentreProcedureForm, forms.PartnershipForm, forms.PartnershipMemberForm),
        *(forms.MemberForm, forms.MembershipForm, forms.MemberSnapshotForm, forms.CertificationForm),
        *(forms.MotifForm, forms.MemberMotifForm),
    ):
        kinds.register(form._meta.model, form=form)
    evidence.register(_attachments)


def note_sender(report: Any, submission: Submission) -> None:
    """A report remembers who first sent it, and when."""
    if report.submitted_at is None:
        report.submitted_at = submission.submitted_at or timezone.now()
        report.submitted_by = submission.submitted_by or submission.created_by


def _attachments(submission: Submission) -> list[evidence.Evidence]:
    """A submission is a record, so files are attached to it as to any other."""
    found = list(models.Attachment.objects.about(submission))
    points = _points(submission) if any(one.latitude is not None for one in found) else []
    return [_evidence(one, points) for one in found]


def _evidence(attachment: models.Attachment, points: list[Place]) -> evidence.Evidence:
    there = (attachment.latitude, attachment.longitude)
    distances = [kilometres(there, point) for point in points] if attachment.latitude is not None else []
    thumbnail = reverse("centres:attachment_thumbnail", args=[attachment.pk]) if attachment.thumbnail else ""
    return evidence.Evidence(
        label=str(attachment),
        url=reverse("centres:attachment", args=[attachment.pk]),
        meta=f"{attachment.get_kind_display()}, {filesizeformat(attachment.size_bytes)}",
        thumbnail=thumbnail,
        taken_at=attachment.taken_at,
        distance_km=min(distances, default=None),
    )


def _points(submission: Submission) -> list[Place]:
    """Where the records lie that it is about; where one has no point yet, where the proposal says it is."""
    found = []
    for change in submission.changes.prefetch_related("fields__change"):
        if not issubclass(change.kind.model, Point):
            continue
        row: Any = change.kind.model._default_manager.filter(pk=change.record_id).first()
        wanted = {one.name: one.wanted for one in change.fields.all() if one.name in ("latitude", "longitude")}
        point = (row.latitude, row.longitude) if row is not None else (None, None)
        point = (wanted.get("latitude"), wanted.get("longitude")) if None in point else point
        if None not in point:
            found.append(point)
    return found
