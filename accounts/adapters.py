"""Where allauth asks us: who may sign in, and in which words it speaks."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.lockout import address_of
from accounts.models import User
from batik_registry import encryption


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _("Surel atau kata sandi tidak cocok. Periksa keduanya, lalu coba lagi"),
        "incorrect_password": _("Kata sandi tidak cocok. Coba lagi"),
        "enter_current_password": _("Isi kata sandi Anda yang sekarang"),
        "invalid_password_reset": _("Tautan ini sudah dipakai atau kedaluwarsa. Minta tautan baru"),
        "too_many_login_attempts": _("Terlalu banyak percobaan. Coba lagi beberapa saat lagi"),
        "rate_limited": _("Terlalu banyak permintaan. Coba lagi beberapa saat lagi"),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False  # offices open accounts; nobody opens one for himself

    def pre_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse | None:
        """Whoever gave the right password is told plainly that the account has ended."""
        if not user.is_current:
            return self.respond_user_inactive(request, user)
        return super().pre_login(request, user, **kwargs)

    def respond_user_inactive(self, request: HttpRequest, user: Any) -> HttpResponse:
        return HttpResponseRedirect(reverse("account_inactive"))

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Staff to their desk, officers to the portal."""
        if request.user.is_authenticated and request.user.is_staff:
            return reverse("admin:index")
        return super().get_login_redirect_url(request)

    def get_client_ip(self, request: HttpRequest) -> str:
        return address_of(request)

    def set_password(self, user: User, password: str) -> None:
        user.set_password(password)
        user.save(update_fields=["password"])

    def reauthenticate(self, user: User, password: str) -> bool:
        found = self.authenticate(context.request, email=user.email, password=password)
        return found is not None and found.pk == user.pk


class MFAAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("Kode tidak cocok. Isi kode yang sekarang tampil di aplikasi autentikator Anda"),
        "cannot_delete_authenticator": _("Peran Anda mewajibkan autentikator, jadi tidak dapat dilepas di sini"),
        "cannot_generate_recovery_codes": _("Pasang autentikator lebih dahulu, baru buat kode pemulihan"),
    }

    def encrypt(self, text: str) -> str:
        return encryption.encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        return encryption.decrypt(encrypted_text)

    def can_delete_authenticator(self, authenticator: Any) -> bool:
        """Where staff must have a second factor, they cannot take it off again."""
        from accounts.second_factor import is_required_of

        return not is_required_of(authenticator.user)
