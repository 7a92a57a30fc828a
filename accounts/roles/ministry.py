"""The roles of the ministry."""

from accounts.choices import OfficeLevel, RoleCode
from accounts.roles.role import Role


class Administrator(Role):
    """Runs the registry at the ministry: regions, offices, accounts, and the national record of centres."""

    code = RoleCode.ADMINISTRATOR
    office_levels = frozenset({OfficeLevel.MINISTRY})
    needs_office = False  # the very first account exists before any office
    reaches_everywhere = enters_admin = writes_directly = needs_second_factor = True
    appoints = frozenset(RoleCode)
    duties = {
        "regions.region": "read create update export",
        "accounts.office": "read create update personal",
        "accounts.user": "read create update personal",
        "accounts.apitoken": "read create update",
        "centres.centre": "read create update approve merge export unmask",
        "centres.centrefacility": "read",
        "centres.operationreport": "read",
        "centres.member": "read merge unmask",
        "centres.membersnapshot": "read unmask",
        "centres.motif": "read create update export",
        "centres.referencestatistic": "read create update export",
        "centres.attachment": "read create delete",
        "submissions.submission": "read verify approve export",
        "programs.ruleset": "read create update export",
        "programs.allocation": "read create update export",
        "programs.contract": "read",
        "programs.progressreport": "read",
        "programs.event": "read create update export unmask",
        "programs.participation": "read unmask",
        "programs.curation": "read",
        "changes.change": "read",
        "changes.personalread": "read",  # who uncovered whose personal data, and why
    }


class ProgrammeStaff(Role):
    """The directorate's staff: review proposals, correct records, approve DAK and events, help the provinces."""

    code = RoleCode.PROGRAMME_STAFF
    office_levels = frozenset({OfficeLevel.MINISTRY})
    reaches_everywhere = enters_admin = writes_directly = needs_second_factor = True
    appoints = frozenset({RoleCode.PROVINCE_OFFICER})
    duties = {
        "regions.region": "read export",
        "accounts.office": "read",
        "accounts.user": "read create personal",
        "centres.centre": "read create update approve merge export unmask",
        "centres.centrefacility": "read create update approve export",
        "centres.operationreport": "read create update approve export",
        "centres.member": "read create update approve merge export unmask",
        # A link says nothing but that two records belong together: a wrong one is taken away, not ended.
        "centres.membermotif": "read create update delete export",
        "centres.partnershipmember": "read create update delete export",
        "centres.membersnapshot": "read create update approve export unmask",
        "centres.motif": "read create update approve export",
        "centres.referencestatistic": "read update export",
        "centres.attachment": "read create delete",
        "submissions.submission": "read verify approve export",
        "programs.ruleset": "read create update export",
        "programs.allocation": "read create update approve export",
        "programs.contract": "read create update approve export",
        "programs.progressreport": "read create update verify approve export",
        "programs.event": "read create update approve export unmask",
        "programs.participation": "read create update approve export unmask",
        "programs.curation": "read create update approve export",
        "changes.change": "read",
        "changes.personalread": "read",  # who uncovered whose personal data, and why
    }


class Leader(Role):
    """The director general and the inspectorate: read everything that is not personal, change nothing."""

    code = RoleCode.LEADER
    office_levels = frozenset({OfficeLevel.MINISTRY})
    reaches_everywhere = enters_admin = needs_second_factor = True
    duties = {
        "regions.region": "read",
        "accounts.office": "read",
        "accounts.user": "read",
        "centres.centre": "read",
        "centres.centrefacility": "read",
        "centres.operationreport": "read export",
        "centres.member": "read",
        "centres.membersnapshot": "read",
        "centres.motif": "read",
        "centres.referencestatistic": "read",
        "centres.attachment": "read",
        "submissions.submission": "read",
        "programs.ruleset": "read",
        "programs.allocation": "read export",
        "programs.contract": "read export",
        "programs.progressreport": "read export",
        "programs.event": "read",
        "programs.participation": "read",
        "programs.curation": "read",
        "changes.change": "read",
        "changes.personalread": "read",  # who uncovered whose personal data, and why
    }
