"""What officers may propose about allocations and their papers."""

from centres.proposals import note_sender
from programs import forms
from submissions import kinds


def register_kinds() -> None:
    for form in (
        *(forms.AllocationForm, forms.AllocationCentreForm, forms.ActivityForm, forms.ContractForm),
        *(forms.ContractAddendumForm, forms.DisbursementForm, forms.AllocationDocumentForm),
        *(forms.ReportedProblemForm, forms.HandoverForm, forms.ResidualForm),
    ):
        kinds.register(form._meta.model, form=form)
    kinds.register(forms.ProgressReportForm._meta.model, form=forms.ProgressReportForm, fill=note_sender)
