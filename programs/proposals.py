"""What officers may propose about allocations and their papers, and about events."""

from datetime import date
from functools import partial
from typing import Any

from centres.forms import OperationReportForm
from centres.models.quarterly import quarter_ends_on
from centres.proposals import note_sender
from programs import forms
from programs.choices import ReportKind
from programs.models import ReportDue
from submissions import kinds


def register_kinds() -> None:
    """Payments are not among them: recording one is a deed with conditions (programs/lifecycle.py)."""
    for form in (
        *(forms.AllocationForm, forms.AllocationCentreForm, forms.ActivityForm, forms.ContractForm),
        *(forms.ContractAddendumForm, forms.AllocationDocumentForm),
        *(forms.ReportedProblemForm, forms.HandoverForm, forms.ResidualForm),
        *(forms.EventForm, forms.EventFundingForm, forms.ParticipationForm, forms.AttendanceForm),
        *(forms.CurationForm, forms.OrderForm, forms.OrganisationForm, forms.VenueForm),
    ):
        kinds.register(form._meta.model, form=form)
    progress, operation = forms.ProgressReportForm, OperationReportForm  # their last days are rules of programmes
    kinds.register(progress._meta.model, form=progress, fill=note_sender, due_on=partial(_due_on, ReportKind.PROGRESS))
    kinds.register(
        operation._meta.model, form=operation, fill=note_sender, due_on=partial(_due_on, ReportKind.OPERATION)
    )


def _due_on(kind: ReportKind, values: Any) -> date | None:
    """The last day for the report of that quarter; its quarter's end where no rule says. None while it says neither."""
    year, quarter = values.get("year"), values.get("quarter")
    if not year or not quarter:
        return None
    return ReportDue.objects.due_on(kind, year, quarter) or quarter_ends_on(year, quarter)
