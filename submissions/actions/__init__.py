"""What is done with submissions: each deed keyword-only, with `by`, in one transaction, and noted as a step."""

from submissions.actions.confirming import confirm_all_unchanged, confirm_unchanged
from submissions.actions.deciding import Bulk, approve, approve_clean, decide, examine, reject, return_, verify
from submissions.actions.drafting import Wish, draft, edit, hand_over, submit, withdraw
from submissions.actions.reminding import remind
from submissions.actions.taking import may
from submissions.actions.undoing import reverse

__all__ = [
    "Bulk",
    "Wish",
    "approve",
    "approve_clean",
    "confirm_all_unchanged",
    "confirm_unchanged",
    "decide",
    "draft",
    "edit",
    "examine",
    "hand_over",
    "may",
    "reject",
    "remind",
    "return_",
    "reverse",
    "submit",
    "verify",
    "withdraw",
]
