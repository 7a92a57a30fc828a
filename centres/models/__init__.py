"""Centres and their members: what the registry is about."""

from centres.models.attachment import Attachment
from centres.models.centre import Centre
from centres.models.certification import Certification
from centres.models.facility import CentreFacility, CentreProcedure, CentreService, Equipment
from centres.models.fact import DatedFact
from centres.models.member import Member
from centres.models.membership import Membership
from centres.models.motif import MemberMotif, Motif
from centres.models.operation import OperationReport
from centres.models.partnership import Partnership, PartnershipMember
from centres.models.rule import IndustryCode, Rule
from centres.models.snapshot import MemberSnapshot
from centres.models.statistic import ReferenceStatistic

__all__ = [
    "Attachment",
    "Centre",
    "CentreFacility",
    "CentreProcedure",
    "CentreService",
    "Certification",
    "DatedFact",
    "Equipment",
    "IndustryCode",
    "Member",
    "MemberMotif",
    "MemberSnapshot",
    "Membership",
    "Motif",
    "OperationReport",
    "Partnership",
    "PartnershipMember",
    "ReferenceStatistic",
    "Rule",
]
