"""Who may do what: the permission matrix of the registry, one readable class per role.

Begin closed: an entity that a role does not list is out of its reach, also in the admin. Entities are named by the
text of their model label, for this floor imports nothing from above. Scope is another question, answered by
`visible_to`: a role says *what* may be done, the office's region says *to which rows*.

Where the matrix was silent, and where it was changed, docs/adr/0003-permissions.md says how and why. In short: parts
of a record (facts, attachments, certificates) follow the record; records end and are not deleted.
"""

from accounts.roles.local import ApiClient, CentreManager, ProvinceOfficer, RegencyOfficer
from accounts.roles.ministry import Administrator, Leader, ProgrammeStaff
from accounts.roles.role import Role, Verb

__all__ = ["ALL", "Role", "Verb", "of"]

ALL: dict[str, Role] = {
    str(role.code): role()
    for role in (Administrator, ProgrammeStaff, Leader, ProvinceOfficer, RegencyOfficer, CentreManager, ApiClient)
}


def of(code: str) -> Role:
    """The role behind its code."""
    return ALL[str(code)]
