"""The sign-in forms: allauth's behaviour in our words, with what password managers and phones need."""

from typing import Any, ClassVar

from allauth.account import forms as account
from allauth.core import context
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from django import forms
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts import lockout
from accounts.models import User
from batik_registry.forms import RecordForm

EMAIL = {"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
CODE = {"autocomplete": "one-time-code", "inputmode": "numeric", "autocapitalize": "none", "spellcheck": "false"}

REFUSALS = {"required": _("Isian ini belum diisi"), "invalid": _("Isi alamat surel, misalnya nama@dinas.go.id")}


class Worded:
    """Gives fields our labels, hints and attributes, and takes off the placeholders that repeat the label."""

    labels: ClassVar[dict[str, Any]] = {}
    hints: ClassVar[dict[str, Any]] = {}
    attributes: ClassVar[dict[str, dict[str, str]]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():  # type: ignore[attr-defined]
            field.label = self.labels.get(name, field.label)
            field.help_text = self.hints.get(name, "")
            field.error_messages |= REFUSALS
            field.widget.attrs.pop("placeholder", None)
            field.widget.attrs |= self.attributes.get(name, {})


class LoginForm(Worded, account.LoginForm):
    labels = {
        "login": _("Surel dinas"),
        "password": _("Kata sandi"),
        "remember": _("Tetap masuk 14 hari di perangkat ini"),
    }
    hints = {"password": _("Boleh ditempel dari pengelola kata sandi.")}
    attributes = {"login": EMAIL}


class ReauthenticateForm(Worded, account.ReauthenticateForm):
    labels = {"password": _("Kata sandi")}


class ResetPasswordForm(Worded, account.ResetPasswordForm):
    labels = {"email": _("Surel dinas")}
    attributes = {"email": EMAIL}


class NewPassword(Worded):
    """Shows the rules for passwords as plain sentences."""

    labels = {
        "oldpassword": _("Kata sandi sekarang"),
        "password1": _("Kata sandi baru"),
        "password2": _("Kata sandi baru, sekali lagi"),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rules = password_validation.password_validators_help_texts()
        self.fields["password1"].help_text = " ".join(rules)  # type: ignore[attr-defined]


class ChangePasswordForm(NewPassword, account.ChangePasswordForm):
    pass


class ResetPasswordKeyForm(NewPassword, account.ResetPasswordKeyForm):
    pass


class CountedCode(Worded):
    """Wrong codes count like wrong passwords: whoever learned a password shall not guess the six digits."""

    labels = {"code": _("Kode enam angka, atau kode pemulihan")}
    attributes = {"code": CODE}

    def clean_code(self) -> str:
        email = self.user.email  # type: ignore[attr-defined]
        lockout.refuse_while_locked(context.request, email)
        try:
            return str(super().clean_code())
        except ValidationError:
            lockout.count_failure(context.request, email)
            raise


class AuthenticateForm(CountedCode, mfa.AuthenticateForm):
    pass


class ReauthenticateCodeForm(CountedCode, mfa.ReauthenticateForm):
    pass


class ActivateTOTPForm(Worded, totp.ActivateTOTPForm):
    labels = {"code": _("Kode enam angka dari aplikasi")}
    attributes = {"code": CODE}


class MailModeForm(RecordForm):
    """What an officer chooses about the mails of the portal."""

    class Meta:
        model = User
        fields = ["mail_mode"]
        widgets = {"mail_mode": forms.RadioSelect}
