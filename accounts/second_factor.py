"""The second factor: of whom it is required, and whether it is set up."""

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings

from accounts.models import User


def is_required_of(user: User) -> bool:
    return bool(settings.REQUIRE_STAFF_MFA) and user.may.needs_second_factor


def is_missing(user: User) -> bool:
    return is_required_of(user) and not is_mfa_enabled(user, [Authenticator.Type.TOTP])
