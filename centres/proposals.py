"""What officers may propose about centres and members."""

from typing import Any

from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils import timezone

from centres import forms, models
from submissions import evidence, kinds
from submissions.models import Submission


def register_kinds() -> None:
    for form in (
        *(forms.CentreForm, forms.CentreFacilityForm, forms.EquipmentForm, forms.CentreServiceForm),
        *(forms.CentreProcedureForm, forms.PartnershipForm, forms.PartnershipMemberForm),
        *(forms.MemberForm, forms.MembershipForm, forms.MemberSnapshotForm, forms.CertificationForm),
        *(forms.MotifForm, forms.MemberMotifForm),
    ):
        kinds.register(form._meta.model, form=form)
    kinds.register(models.OperationReport, form=forms.OperationReportForm, fill=note_sender)
    evidence.register(_attachments)


def note_sender(report: Any, submission: Submission) -> None:
    """A report remembers who first sent it, and when."""
    if report.submitted_at is None:
        report.submitted_at = submission.submitted_at or timezone.now()
        report.submitted_by = submission.submitted_by or submission.created_by


def _attachments(submission: Submission) -> list[evidence.Evidence]:
    """A submission is a record, so files are attached to it as to any other."""
    return [
        evidence.Evidence(
            label=str(attachment),
            url=reverse("centres:attachment", args=[attachment.pk]),
            meta=f"{attachment.get_kind_display()}, {filesizeformat(attachment.size_bytes)}",
        )
        for attachment in models.Attachment.objects.about(submission)
    ]
