"""What is done to an account beyond editing it."""

from datetime import date, timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from axes.utils import reset as reset_attempts
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Office, User
from batik_registry.language import for_others

#: How long a new account runs, unless an administrator says otherwise.
APPOINTMENT = timedelta(days=365)


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


@transaction.atomic
def end_account(*, user: User, on: date, by: Any) -> User:
    """Let the account run to the end of that day; its sessions end with it. It is only ever shortened.

    The own account, or one whose role the own role appoints; else `PermissionDenied`. A day that is past, or later than
    the appointment, is a `ValidationError` on `active_until`.
    """
    account = User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    if account.pk != by.pk and not User.objects.editable_by(by).filter(pk=account.pk).exists():
        raise PermissionDenied
    if on < timezone.localdate():
        raise ValidationError({"active_until": _("Pilih hari ini atau sesudahnya")})
    if account.active_until and account.active_until < on:
        raise ValidationError({"active_until": _("Akun ini sudah berakhir lebih awal; pilih hari sebelum itu")})
    account.active_until = on
    account.save()
    return account


@transaction.atomic
def open_account(*, like: User, name: str, email: str, by: Any, address: str) -> User:
    """Open an account for whoever follows `like`: the same office, role and centres, for twelve months.

    Its owner is told by mail, once it is there, and chooses a password at `address`. `PermissionDenied` where the own
    role does not appoint that role in that office; `ValidationError` where the rules of accounts refuse it.
    """
    offices: Any = Office.objects
    if not by.may.appoint(like.role) or not offices.editable_by(by).filter(pk=like.office_id).exists():
        raise PermissionDenied
    account = User(
        name=name,
        email=email.lower(),
        role=like.role,
        office=like.office,
        assigned_centres=like.assigned_centres,
        active_until=timezone.localdate() + APPOINTMENT,
    )
    account.set_unusable_password()
    account.save()
    with for_others():
        text = render_to_string("accounts/account_opened.txt", {"account": account, "by": by, "address": address})
        subject = _("Akun Anda di Registri Sentra Batik")
    transaction.on_commit(lambda: send_mail(subject, text, None, [account.email]))
    return account


@transaction.atomic
def hand_over_centres(*, leaving: User, successor: User, by: Any) -> User:
    """Let the successor manage the centres of a leaving manager besides the own ones; a role that is bound to no
    centre needs none.
    """
    if not (leaving.may.is_bound_to_centres and successor.may.is_bound_to_centres and leaving.assigned_centres):
        return successor
    if not User.objects.editable_by(by).filter(pk__in=[leaving.pk, successor.pk]).count() == 2:
        raise PermissionDenied
    account = User.objects.select_for_update(of=("self",)).get(pk=successor.pk)
    account.assigned_centres = list(dict.fromkeys([*account.assigned_centres, *leaving.assigned_centres]))
    account.save()
    return account


def ask_to_end_account(*, user: User, on: date, by: Any, address: str) -> list[User]:
    """Ask by mail those nearest who may end the account to do so; who was asked, which may be nobody."""
    may = list(User.objects.appointing(user).exclude(pk=user.pk))
    asked = [one for one in may if not one.may.reaches_everywhere] or may
    with for_others():
        text = render_to_string("accounts/end_asked.txt", {"account": user, "day": on, "by": by, "address": address})
        subject = _("Permintaan mengakhiri akun petugas")
    transaction.on_commit(lambda: [send_mail(subject, text, None, [one.email]) for one in asked] and None)
    return asked


def _require_update(by: User) -> None:
    if not by.may.update(User):
        raise PermissionError("Hanya administrator yang mengelola akun.")
