from typing import Any

from allauth.account.auth_backends import AuthenticationBackend


class AppointmentBackend(AuthenticationBackend):
    """Signs in only current accounts; sessions of the others end at their next request."""

    def user_can_authenticate(self, user: Any) -> bool:
        return bool(user.is_current)
