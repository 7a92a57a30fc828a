"""DAK and other funds for the centres, and the events of their members."""

from programs.models.activity import Activity
from programs.models.allocation import Allocation
from programs.models.contract import Contract, ContractAddendum
from programs.models.disbursement import AllocationDocument, Disbursement
from programs.models.external import ExternalAmount
from programs.models.handover import Handover, Residual
from programs.models.of_allocation import AllocationCentre
from programs.models.progress import ProgressReport, ReportedProblem
from programs.models.report_due import ReportDue
from programs.models.ruleset import RuleSet, RuleStage, StageCondition, StageDeadline
from programs.models.step import Step

__all__ = [
    "Activity",
    "Allocation",
    "AllocationCentre",
    "AllocationDocument",
    "Contract",
    "ContractAddendum",
    "Disbursement",
    "ExternalAmount",
    "Handover",
    "ProgressReport",
    "ReportDue",
    "ReportedProblem",
    "Residual",
    "RuleSet",
    "RuleStage",
    "StageCondition",
    "StageDeadline",
    "Step",
]
