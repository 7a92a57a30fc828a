"""What a token may of what its owner may: a scope is an entity and a way, such as "centre:read" or "member:write"."""

import copy
from collections.abc import Collection

from accounts.choices import RoleCode
from accounts.roles.role import PART_OF, Role, Verb

READING = frozenset({Verb.READ, Verb.EXPORT})
WRITING = frozenset({Verb.CREATE, Verb.UPDATE, Verb.DELETE, Verb.SUBMIT})
PERSONAL = frozenset({Verb.PERSONAL, Verb.UNMASK, Verb.CONTACT})


def entities(roles: Collection[Role]) -> dict[str, str]:
    """The entities that scopes are about, by the short name that stands in a scope."""
    labels = {label for role in roles for label in role.duties if label not in PART_OF}
    return {label.partition(".")[2]: label for label in sorted(labels)}


def narrowed(role: Role, scopes: Collection[str], *, reads_personal: bool) -> Role:
    """The role with nothing but what the scopes name. Deciding about submissions is never a token's.

    A system of others reads personal data only where its token says so, which rests on a written agreement.
    """
    found = copy.copy(role)
    found._verbs = {
        entity: verbs & _allowed(entity, scopes, reads_personal=reads_personal) for entity, verbs in role._verbs.items()
    }
    if reads_personal:
        for entity, verbs in found._verbs.items():
            masked = Verb.UNMASK in verbs or role.code == RoleCode.API_CLIENT
            found._verbs[entity] = verbs | {Verb.PERSONAL} if masked and Verb.READ in verbs else verbs
    return found


def _allowed(entity: str, scopes: Collection[str], *, reads_personal: bool) -> frozenset[Verb]:
    name = PART_OF.get(entity, entity).partition(".")[2]
    allowed: frozenset[Verb] = frozenset()
    if f"{name}:read" in scopes:
        allowed |= READING | (PERSONAL if reads_personal else frozenset())
    if f"{name}:write" in scopes:
        allowed |= WRITING
    return allowed
