"""What is done to accounts and their tokens beyond editing them."""

from accounts.actions.account import (
    APPOINTMENT,
    ask_to_end_account,
    end_account,
    hand_over_centres,
    lift_lockout,
    open_account,
    remove_second_factor,
)
from accounts.actions.token import OVERLAP, issue_token, revoke_token, rotate_token

__all__ = [
    "APPOINTMENT",
    "OVERLAP",
    "ask_to_end_account",
    "end_account",
    "hand_over_centres",
    "issue_token",
    "lift_lockout",
    "open_account",
    "remove_second_factor",
    "revoke_token",
    "rotate_token",
]
