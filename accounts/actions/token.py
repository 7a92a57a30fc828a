"""What is done with tokens: given, renewed, ended."""

from datetime import timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts.models import ApiToken

#: So long an old token works beside the one that takes its place.
OVERLAP = timedelta(days=7)


@transaction.atomic
def issue_token(*, token: ApiToken, by: Any) -> str:
    """Save a new token, and return what its holder has to show, for the only time."""
    if not by.may.create(ApiToken):
        raise PermissionDenied
    shown = token.renew_secret()
    token.save()
    return shown


@transaction.atomic
def rotate_token(*, token: ApiToken, by: Any) -> tuple[ApiToken, str]:
    """A new secret with the same rights and the same last day; the old one works for `OVERLAP` longer at most."""
    if not by.may.update(ApiToken):
        raise PermissionDenied
    old = ApiToken.objects.select_for_update(of=("self",)).usable().get(pk=token.pk)
    kept = ("owner_id", "purpose", "scopes", "region_id", "reads_personal", "agreement", "addresses", "expires_on")
    new = ApiToken(replaces=old, **{name: getattr(old, name) for name in kept})
    shown = issue_token(token=new, by=by)
    old.expires_on = min(old.expires_on, timezone.localdate() + OVERLAP)
    old.save()
    return new, shown


@transaction.atomic
def revoke_token(*, token: ApiToken, by: Any) -> ApiToken:
    """End a token at once."""
    if not by.may.update(ApiToken):
        raise PermissionDenied
    found = ApiToken.objects.select_for_update(of=("self",)).get(pk=token.pk)
    if found.revoked_at is None:
        found.revoked_at, found.revoked_by = timezone.now(), by
        found.save()
    return found
