"""Offices and the people who work in them."""

from accounts.models.office import Office, OfficeHead, OfficeName, OfficeQuerySet
from accounts.models.token import ApiToken, ApiTokenQuerySet
from accounts.models.user import User, UserManager, UserQuerySet

__all__ = [
    "ApiToken",
    "ApiTokenQuerySet",
    "Office",
    "OfficeHead",
    "OfficeName",
    "OfficeQuerySet",
    "User",
    "UserManager",
    "UserQuerySet",
]
