"""Serializers of allocations and their papers: which fields; `id` names the row, `row_version` its state."""

from batik_registry.serializers import RecordSerializer
from centres.serializers import DECIDED, IDENTITY, STATEMENT
from programs import models


class AllocationSerializer(RecordSerializer):
    class Meta:
        model = models.Allocation
        fields = [
            *IDENTITY,
            "code",
            "state",
            "region_code",
            *("title", "fiscal_year", "kind", "source_of_funds", "purpose", "region", "office", "facility"),
            *("field_code", "legal_basis", "krisna_id", "proposed_idr", "ceiling_idr", "plan_idr"),
            *("disbursement_mode", *STATEMENT),
        ]
        read_only_fields = [*DECIDED, "code", "state"]


class AllocationCentreSerializer(RecordSerializer):
    class Meta:
        model = models.AllocationCentre
        fields = [*IDENTITY, "allocation", "centre", "share_pct", *STATEMENT]
        read_only_fields = DECIDED


class ActivitySerializer(RecordSerializer):
    class Meta:
        model = models.Activity
        fields = [
            *IDENTITY,
            "amount_idr",
            *("allocation", "menu", "item", "volume", "unit", "unit_cost_idr", "location", "facility"),
            *("output", "output_target", "labour_planned", *STATEMENT),
        ]
        read_only_fields = [*DECIDED, "amount_idr"]


class ContractSerializer(RecordSerializer):
    class Meta:
        model = models.Contract
        fields = [
            *IDENTITY,
            "initial_value_idr",
            *("allocation", "activity", "package_name", "number", "method", "rup_id", "spse_id", "vendor"),
            *("signed_on", "starts_on", "ends_on", "value_idr", "retention_pct", "labour_forecast", "terminated_on"),
            *STATEMENT,
        ]
        read_only_fields = [*DECIDED, "initial_value_idr"]


class ContractAddendumSerializer(RecordSerializer):
    class Meta:
        model = models.ContractAddendum
        fields = [*IDENTITY, "contract", "number", "signed_on", "value_idr", "ends_on", "reason", *STATEMENT]
        read_only_fields = DECIDED


class DisbursementSerializer(RecordSerializer):
    class Meta:
        model = models.Disbursement
        fields = [
            *IDENTITY,
            "allocation",
            "stage",
            "requested_on",
            "sp2d_number",
            "received_on",
            "amount_idr",
            *STATEMENT,
        ]
        read_only_fields = DECIDED


class AllocationDocumentSerializer(RecordSerializer):
    class Meta:
        model = models.AllocationDocument
        fields = [*IDENTITY, "allocation", "stage", "document", "number", "received_on", "note", *STATEMENT]
        read_only_fields = DECIDED


class ProgressReportSerializer(RecordSerializer):
    class Meta:
        model = models.ProgressReport
        fields = [
            *IDENTITY,
            "submitted_at",
            "allocation",
            "year",
            "quarter",
            *models.ProgressReport.FIGURES,
            *STATEMENT,
        ]
        read_only_fields = [*DECIDED, "submitted_at"]


class ReportedProblemSerializer(RecordSerializer):
    class Meta:
        model = models.ReportedProblem
        fields = [
            *IDENTITY,
            "report",
            "code",
            "description",
            "follow_up",
            "responsible",
            "due_on",
            "solved_on",
            *STATEMENT,
        ]
        read_only_fields = DECIDED


class HandoverSerializer(RecordSerializer):
    class Meta:
        model = models.Handover
        fields = [
            *IDENTITY,
            *("allocation", "bast_number", "bast_on", "bast_value_idr", "final_bast_number", "final_bast_on"),
            *("asset_code", "asset_recorded_on", "manager_decree", "manager_decree_on", "operational_on"),
            *STATEMENT,
        ]
        read_only_fields = DECIDED


class ResidualSerializer(RecordSerializer):
    class Meta:
        model = models.Residual
        fields = [*IDENTITY, "allocation", "reported_on", "amount_idr", "used_idr", "used_on", "use", *STATEMENT]
        read_only_fields = DECIDED


class ExternalAmountSerializer(RecordSerializer):
    class Meta:
        model = models.ExternalAmount
        fields = [*IDENTITY, "allocation", "system", "kind", "stated_on", "amount_idr", *STATEMENT]
        read_only_fields = DECIDED


class RuleSetSerializer(RecordSerializer):
    class Meta:
        model = models.RuleSet
        fields = [
            *IDENTITY,
            *("fiscal_year", "kind", "legal_basis", "lump_sum_ceiling_idr", "lump_sum_from", "lump_sum_until"),
            *("status", "note", "source"),
        ]


class RuleStageSerializer(RecordSerializer):
    class Meta:
        model = models.RuleStage
        fields = [
            *IDENTITY,
            "ruleset",
            "stage",
            "mode_note",
            "amount_rule",
            "share_pct",
            "basis",
            "full_above_pct",
            "note",
        ]


class StageConditionSerializer(RecordSerializer):
    class Meta:
        model = models.StageCondition
        fields = [*IDENTITY, "ruleset", "stage", "kind", "threshold_pct", "document", "responsible", "note"]


class StageDeadlineSerializer(RecordSerializer):
    class Meta:
        model = models.StageDeadline
        fields = [*IDENTITY, "ruleset", "stage", "due_at", "time_is_known", "is_extension", "decree", "source", "note"]


class ReportDueSerializer(RecordSerializer):
    class Meta:
        model = models.ReportDue
        fields = [
            *IDENTITY,
            *("kind", "period", "fiscal_year", "month", "day", "years_later", "province_days", "ministry_days"),
            *("legal_basis", "status"),
        ]
