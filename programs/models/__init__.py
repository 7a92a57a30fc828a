"""DAK and other funds for the centres, and the events of their members."""

from programs.models.activity import Activity
from programs.models.allocation import Allocation
from programs.models.attendance import Attendance
from programs.models.contract import Contract, ContractAddendum
from programs.models.curation import Curation
from programs.models.disbursement import AllocationDocument, Disbursement
from programs.models.event import Event
from programs.models.event_funding import EventFunding
from programs.models.external import ExternalAmount
from programs.models.handover import Handover, Residual
from programs.models.of_allocation import AllocationCentre
from programs.models.order import Order
from programs.models.organisation import Organisation, Venue
from programs.models.participation import Participation
from programs.models.progress import ProgressReport, ReportedProblem
from programs.models.report_due import ReportDue
from programs.models.ruleset import RuleSet, RuleStage, StageCondition, StageDeadline
from programs.models.step import Step

__all__ = [
    "Activity",
    "Allocation",
    "AllocationCentre",
    "AllocationDocument",
    "Attendance",
    "Contract",
    "ContractAddendum",
    "Curation",
    "Disbursement",
    "Event",
    "EventFunding",
    "ExternalAmount",
    "Handover",
    "Order",
    "Organisation",
    "Participation",
    "ProgressReport",
    "ReportDue",
    "ReportedProblem",
    "Residual",
    "RuleSet",
    "RuleStage",
    "StageCondition",
    "StageDeadline",
    "Step",
    "Venue",
]
