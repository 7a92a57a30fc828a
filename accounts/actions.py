"""What is done to an account beyond editing it."""

from typing import Any

from allauth.mfa.models import Authenticator
from axes.utils import reset as reset_attempts
from django.db import transaction

from accounts.models import User


@transaction.atomic
def remove_second_factor(*, user: User, by: Any) -> bool:
    """Take off the authenticator of somebody who lost the phone; True when there was one."""
    _require_update(by)
    removed, _details = Authenticator.objects.filter(user=user).delete()
    return bool(removed)


@transaction.atomic
def lift_lockout(*, user: User, by: Any) -> bool:
    """Let somebody who mistyped five times try again at once; True when anything was counted."""
    _require_update(by)
    return bool(reset_attempts(username=user.email))


def _require_update(by: User) -> None:
    if not by.may.update(User):
        raise PermissionError("Hanya administrator yang mengelola akun.")
