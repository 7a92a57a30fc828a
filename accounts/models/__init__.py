"""Offices and the people who work in them."""

from accounts.models.office import Office, OfficeHead, OfficeName, OfficeQuerySet
from accounts.models.token import ApiToken, ApiTokenQuerySet
from accounts.models.user import User, UserManager, UserQuerySet
from accounts.models.window import RequestWindow

__all__ = [
    "ApiToken",
    "ApiTokenQuerySet",
    "Office",
    "OfficeHead",
    "OfficeName",
    "OfficeQuerySet",
    "RequestWindow",
    "User",
    "UserManager",
    "UserQuerySet",
]
