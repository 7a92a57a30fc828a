"""Whoever reads the public site, without an account."""

from accounts.roles.role import Role


class Visitor(Role):
    """Anybody: reads fields that are marked neither restricted nor personal, of records that the ministry validated.

    Of members only those who agreed to be shown. Where no fields but counts may be told, nothing is listed here.
    """

    needs_office = False
    reaches_everywhere = True
    reads_restricted = False
    duties = {
        "regions.region": "read",
        "centres.centre": "read",
        "centres.centrefacility": "read",
        "centres.member": "read",
        "centres.motif": "read",
        "programs.event": "read",
    }
