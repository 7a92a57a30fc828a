"""How the API knows who asks: by a token, or by the session of somebody who is signed in."""

import re
from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication, SessionAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed

from accounts import second_factor, throttling
from accounts.lockout import address_of
from accounts.models import ApiToken, RequestWindow, User
from accounts.models.window import Refused

#: So often the last use is written down.
NOTED_EVERY = timedelta(hours=1)
SHAPE = re.compile(r"rsb_([0-9a-f]{8})_([\w-]{43})")


class TokenAuthentication(BaseAuthentication):
    """`Authorization: Bearer rsb_…`. What is wrong with a token is told only to whoever knows its secret."""

    def authenticate_header(self, request: Any) -> str:
        return 'Bearer realm="registri"'

    def authenticate(self, request: Any) -> tuple[User, ApiToken] | None:
        kind, _space, text = get_authorization_header(request).decode("latin-1").partition(" ")
        if kind.lower() != "bearer":
            return None
        try:
            token = self._token(text.strip(), request)
            self._check(token, address_of(request))
        except AuthenticationFailed:
            RequestWindow.objects.count_refusal(Refused.UNKNOWN)
            throttling.spend_as_stranger(request)
            raise
        if token.last_used_at is None or timezone.now() - token.last_used_at > NOTED_EVERY:
            ApiToken.objects.filter(pk=token.pk).update(last_used_at=timezone.now())
        return token.bearer(), token

    def _token(self, text: str, request: Any) -> ApiToken:
        found = SHAPE.fullmatch(text)
        token = ApiToken.objects.filter(prefix=found[1]).first() if found else None
        if found and token:
            throttling.refuse_guesses(request, token.prefix)
            if token.fits(found[2]):
                return token
            throttling.count_guess(request, token.prefix)
        raise AuthenticationFailed(_("Token tidak dikenal."))

    def _check(self, token: ApiToken, address: str) -> None:
        if token.revoked_at:
            raise AuthenticationFailed(_("Token ini sudah dicabut. Mintalah token baru."))
        if not token.is_usable:
            raise AuthenticationFailed(_("Masa berlaku token ini habis. Mintalah token baru."))
        if not token.allows_address(address):
            raise AuthenticationFailed(_("Token ini tidak boleh dipakai dari alamat IP Anda."))
        if not token.owner.is_current:
            raise AuthenticationFailed(_("Akun pemilik token ini tidak aktif lagi."))


class BrowserAuthentication(SessionAuthentication):
    """The session of the browser; somebody who still owes the second factor is not in yet."""

    def authenticate(self, request: Any) -> Any:
        found = super().authenticate(request)
        is_missing = found is not None and second_factor.is_missing(found[0])
        if found is None or is_missing:
            throttling.spend_as_stranger(request)
        if is_missing:
            raise AuthenticationFailed(_("Pasang verifikasi dua langkah lebih dahulu."))
        return found


class TokenScheme(OpenApiAuthenticationExtension):
    target_class = TokenAuthentication
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer", "description": "Token dari pengelola akun: `Bearer rsb_…`"}


class BrowserScheme(OpenApiAuthenticationExtension):
    target_class = BrowserAuthentication
    name = "sesi"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "apiKey", "in": "cookie", "name": "sessionid", "description": "Sesi peramban yang sudah masuk"}
