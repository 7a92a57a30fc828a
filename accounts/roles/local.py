"""The roles of provinces, regencies, centres, and of other systems."""

from accounts.choices import OfficeLevel, RoleCode
from accounts.roles.role import Role


class ProvinceOfficer(Role):
    """The dinas of a province: verifies what its regencies send, proposes what belongs to the province itself."""

    code = RoleCode.PROVINCE_OFFICER
    office_levels = frozenset({OfficeLevel.PROVINCE})
    enters_portal = needs_second_factor = True
    appoints = frozenset({RoleCode.REGENCY_OFFICER})
    duties = {
        "regions.region": "read",
        "accounts.office": "read",
        "accounts.user": "read",
        "centres.centre": "read create verify export",
        "centres.centrefacility": "read verify",
        "centres.operationreport": "read verify",
        "centres.member": "read verify merge export unmask",
        "centres.membersnapshot": "read verify export unmask",
        "centres.motif": "read verify",
        "centres.referencestatistic": "read",
        "centres.attachment": "read create",
        "submissions.submission": "read create submit verify export",
        "programs.ruleset": "read",
        "programs.allocation": "read verify export",
        "programs.contract": "read verify",
        "programs.progressreport": "read verify",
        "programs.event": "read create update submit verify export unmask",
        "programs.participation": "read verify unmask",
        "programs.curation": "read create update submit",
        "changes.change": "read",
    }


class RegencyOfficer(Role):
    """The dinas of a kabupaten or kota: knows its centres and members, and proposes every change about them."""

    code = RoleCode.REGENCY_OFFICER
    office_levels = frozenset({OfficeLevel.REGENCY})
    enters_portal = True
    appoints = frozenset({RoleCode.CENTRE_MANAGER})
    duties = {
        "regions.region": "read",
        "accounts.office": "read",
        "accounts.user": "read",
        "centres.centre": "read create update submit export",
        "centres.centrefacility": "read create update submit",
        "centres.operationreport": "read create update verify",
        "centres.member": "read create update submit export personal",
        "centres.membersnapshot": "read create update submit export personal",
        "centres.motif": "read create update submit",
        "centres.referencestatistic": "read",
        "centres.attachment": "read create",
        "submissions.submission": "read create update submit verify export",
        "programs.ruleset": "read",
        "programs.allocation": "read create update submit export",
        "programs.contract": "read create update submit",
        "programs.progressreport": "read create update submit",
        "programs.event": "read create update submit export",
        "programs.participation": "read create update submit personal",
        "programs.curation": "read create update submit",
        "changes.change": "read",
    }


class CentreManager(Role):
    """Whoever runs a centre's building: reports its use, keeps the assigned centre's members up to date."""

    code = RoleCode.CENTRE_MANAGER
    office_levels = frozenset({OfficeLevel.PROVINCE, OfficeLevel.REGENCY})
    is_bound_to_centres = enters_portal = True
    duties = {
        "regions.region": "read",
        "centres.centre": "read update submit",
        "centres.centrefacility": "read update",
        "centres.operationreport": "read create update submit",
        "centres.member": "read update submit contact",
        "centres.membersnapshot": "read",
        "centres.motif": "read",
        "centres.referencestatistic": "read",
        "centres.attachment": "read create",
        "submissions.submission": "read create update submit",
        "programs.ruleset": "read",
        "programs.allocation": "read",
        "programs.contract": "read",
        "programs.progressreport": "read create update",
        "programs.event": "read create submit",
        "programs.participation": "read create update",
        "programs.curation": "read",
        "changes.change": "read",
    }


class ApiClient(Role):
    """Another system, for which an office answers: reads public fields within that office's region."""

    code = RoleCode.API_CLIENT
    reads_restricted = False
    duties = {
        "regions.region": "read",
        "centres.centre": "read",
        "centres.centrefacility": "read",
        "centres.member": "read",
        "centres.motif": "read",
        "centres.referencestatistic": "read",
        "programs.ruleset": "read",
        "programs.allocation": "read",
        "programs.event": "read",
        "changes.change": "read",
    }
