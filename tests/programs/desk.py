"""Lists of this app that are filled, for the questions that are put to every list."""

from django.urls import reverse

from programs import models
from programs.choices import State
from tests.factories import programs as make

MAKERS = {
    models.Allocation: make.make_link,  # with its centre
    models.AllocationCentre: make.make_link,
    models.AllocationDocument: make.make_document,
    models.Activity: make.make_activity,
    models.Contract: make.make_contract,
    models.ContractAddendum: make.make_addendum,
    models.Disbursement: make.make_disbursement,
    models.ExternalAmount: make.make_external,
    models.Handover: make.make_handover,
    models.ProgressReport: make.make_progress,
    models.ReportedProblem: make.make_problem,
    models.Residual: make.make_residual,
    models.Step: lambda: make.bring_to(make.make_allocation(), State.PROPOSED),
}
LISTED = list(MAKERS)


def fill(model, number):
    for _ in range(number):
        MAKERS[model]()


def change_url(record):
    return reverse(f"admin:programs_{record._meta.model_name}_change", args=[record.pk])
