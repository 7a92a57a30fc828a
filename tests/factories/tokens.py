"""Tokens for tests: `make_token(user, "centre:read")` gives the token and what its holder shows."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from accounts.models import ApiToken, User
from accounts.models.token import known_scopes


def make_token(owner: User, *scopes: str, **fields: Any) -> tuple[ApiToken, str]:
    """Without scopes it may whatever its owner may, personal data excepted."""
    fields = {"purpose": "Sistem uji", "expires_on": timezone.localdate() + timedelta(days=30)} | fields
    token = ApiToken(owner=owner, scopes=list(scopes) or known_scopes(), **fields)
    shown = token.renew_secret()
    token.save()
    return token, shown
