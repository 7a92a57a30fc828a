"""Forms of allocations and their papers: which fields, in the order in which a person fills them."""

from batik_registry.forms import RecordForm
from centres.forms import SOURCE_FIELDS, DateInput
from programs import models


class AllocationForm(RecordForm):
    class Meta:
        model = models.Allocation
        fields = [
            *("title", "fiscal_year", "kind", "source_of_funds", "purpose", "region", "office", "facility"),
            *("field_code", "legal_basis", "krisna_id", "proposed_idr", "ceiling_idr", "plan_idr"),
            *("disbursement_mode", *SOURCE_FIELDS),
        ]
        widgets = {"as_of": DateInput}


class AllocationCentreForm(RecordForm):
    class Meta:
        model = models.AllocationCentre
        fields = ["allocation", "centre", "share_pct", *SOURCE_FIELDS]
        widgets = {"as_of": DateInput}


class ActivityForm(RecordForm):
    class Meta:
        model = models.Activity
        fields = [
            *("allocation", "menu", "item", "volume", "unit", "unit_cost_idr", "location", "facility"),
            *("output", "output_target", "labour_planned", *SOURCE_FIELDS),
        ]
        widgets = {"as_of": DateInput}


class ContractForm(RecordForm):
    class Meta:
        model = models.Contract
        fields = [
            *("allocation", "activity", "package_name", "number", "method", "rup_id", "spse_id", "vendor"),
            *("signed_on", "starts_on", "ends_on", "value_idr", "retention_pct", "labour_forecast", "terminated_on"),
            *SOURCE_FIELDS,
        ]
        widgets = dict.fromkeys(["signed_on", "starts_on", "ends_on", "terminated_on", "as_of"], DateInput)


class ContractAddendumForm(RecordForm):
    class Meta:
        model = models.ContractAddendum
        fields = ["contract", "number", "signed_on", "value_idr", "ends_on", "reason", *SOURCE_FIELDS]
        widgets = dict.fromkeys(["signed_on", "ends_on", "as_of"], DateInput)


class DisbursementForm(RecordForm):
    class Meta:
        model = models.Disbursement
        fields = ["allocation", "stage", "requested_on", "sp2d_number", "received_on", "amount_idr", *SOURCE_FIELDS]
        widgets = dict.fromkeys(["requested_on", "received_on", "as_of"], DateInput)


class AllocationDocumentForm(RecordForm):
    class Meta:
        model = models.AllocationDocument
        fields = ["allocation", "stage", "document", "number", "received_on", "note", *SOURCE_FIELDS]
        widgets = dict.fromkeys(["received_on", "as_of"], DateInput)


class ProgressReportForm(RecordForm):
    class Meta:
        model = models.ProgressReport
        fields = ["allocation", "year", "quarter", *models.ProgressReport.FIGURES, *SOURCE_FIELDS]
        widgets = {"as_of": DateInput}


class ReportedProblemForm(RecordForm):
    class Meta:
        model = models.ReportedProblem
        fields = ["report", "code", "description", "follow_up", "responsible", "due_on", "solved_on", *SOURCE_FIELDS]
        widgets = dict.fromkeys(["due_on", "solved_on", "as_of"], DateInput)


class HandoverForm(RecordForm):
    class Meta:
        model = models.Handover
        fields = [
            *("allocation", "bast_number", "bast_on", "bast_value_idr", "final_bast_number", "final_bast_on"),
            *("asset_code", "asset_recorded_on", "manager_decree", "manager_decree_on", "operational_on"),
            *SOURCE_FIELDS,
        ]
        widgets = dict.fromkeys(
            ["bast_on", "final_bast_on", "asset_recorded_on", "manager_decree_on", "operational_on", "as_of"], DateInput
        )


class ResidualForm(RecordForm):
    class Meta:
        model = models.Residual
        fields = ["allocation", "reported_on", "amount_idr", "used_idr", "used_on", "use", *SOURCE_FIELDS]
        widgets = dict.fromkeys(["reported_on", "used_on", "as_of"], DateInput)


class ExternalAmountForm(RecordForm):
    class Meta:
        model = models.ExternalAmount
        fields = ["allocation", "system", "kind", "stated_on", "amount_idr", *SOURCE_FIELDS]
        widgets = dict.fromkeys(["stated_on", "as_of"], DateInput)


class RuleSetForm(RecordForm):
    class Meta:
        model = models.RuleSet
        fields = [
            *("fiscal_year", "kind", "legal_basis", "lump_sum_ceiling_idr", "lump_sum_from", "lump_sum_until"),
            *("status", "note", "source"),
        ]
        widgets = dict.fromkeys(["lump_sum_from", "lump_sum_until"], DateInput)


class RuleStageForm(RecordForm):
    class Meta:
        model = models.RuleStage
        fields = ["ruleset", "stage", "mode_note", "amount_rule", "share_pct", "basis", "full_above_pct", "note"]


class StageConditionForm(RecordForm):
    class Meta:
        model = models.StageCondition
        fields = ["ruleset", "stage", "kind", "threshold_pct", "document", "responsible", "note"]


class StageDeadlineForm(RecordForm):
    class Meta:
        model = models.StageDeadline
        fields = ["ruleset", "stage", "due_at", "time_is_known", "is_extension", "decree", "source", "note"]


class ReportDueForm(RecordForm):
    class Meta:
        model = models.ReportDue
        fields = [
            *("kind", "period", "fiscal_year", "month", "day", "years_later", "province_days", "ministry_days"),
            *("legal_basis", "status"),
        ]
