"""What officers may propose about allocations and their papers, and about events."""

from centres.proposals import note_sender
from programs import forms
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
    kinds.register(forms.ProgressReportForm._meta.model, form=forms.ProgressReportForm, fill=note_sender)
