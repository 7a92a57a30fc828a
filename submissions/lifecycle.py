"""The life of a submission: which deed leads from which state to which, and what one's role must allow for it.

This table is all there is. The actions ask it, a database trigger is made from it (`triggers.py`), and a test walks
every triple of deed, state and role: what is not written here is refused.
"""

from dataclasses import dataclass

from accounts.roles import Role, Verb
from submissions.choices import Deed, State

ENTITY = "submissions.submission"

#: Sent and not yet decided.
OPEN = (State.SUBMITTED, State.VERIFIED)
#: A reviewer has spoken the last word.
DECIDED = (State.RETURNED, State.APPROVED, State.PARTLY_APPROVED, State.REJECTED)


@dataclass(frozen=True)
class Rule:
    """A deed: the states it starts from, those it may lead to (none: the state stays), and the verbs that allow it."""

    before: tuple[State, ...]
    after: tuple[State, ...]
    verbs: tuple[Verb, ...]
    needs_reason: bool = False


TABLE: dict[Deed, Rule] = {
    Deed.EDIT: Rule((State.DRAFT,), (), (Verb.CREATE,)),
    Deed.HAND_OVER: Rule((State.DRAFT, *OPEN), (), (Verb.CREATE,)),
    Deed.SUBMIT: Rule((State.DRAFT,), (State.SUBMITTED,), (Verb.SUBMIT,)),
    Deed.WITHDRAW: Rule((State.DRAFT, *OPEN), (State.WITHDRAWN,), (Verb.SUBMIT,)),
    Deed.VERIFY: Rule(OPEN, (State.VERIFIED,), (Verb.VERIFY,)),
    Deed.RETURN: Rule(OPEN, (State.RETURNED,), (Verb.VERIFY,), needs_reason=True),
    Deed.REJECT: Rule(OPEN, (State.REJECTED,), (Verb.APPROVE,), needs_reason=True),
    Deed.DECIDE: Rule(OPEN, (State.APPROVED, State.PARTLY_APPROVED), (Verb.APPROVE,)),
    Deed.REVERSE: Rule((State.APPROVED, State.PARTLY_APPROVED), (), (Verb.CREATE, Verb.APPROVE)),
    Deed.REMIND: Rule((*OPEN, State.RETURNED, State.PARTLY_APPROVED), (), (Verb.APPROVE,)),
}

#: Every way from one state to another, as (from, to).
PAIRS = sorted({(before, after) for rule in TABLE.values() for before in rule.before for after in rule.after})


def role_allows(role: Role, deed: Deed) -> bool:
    return bool(set(TABLE[deed].verbs) & role.verbs_on(ENTITY))


def state_allows(state: str, deed: Deed) -> bool:
    return state in TABLE[deed].before
