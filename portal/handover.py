"""Somebody leaves an office: what they hold goes to the successor, and their account ends, in one step."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from accounts import roles
from accounts.actions import ask_to_end_account, end_account, hand_over_centres, open_account
from accounts.models import User
from batik_registry.forms import DateInput
from batik_registry.language import for_others
from changes.context import changing
from submissions import actions
from submissions.choices import State
from submissions.lifecycle import OPEN
from submissions.models import Submission

NEW = "baru"
#: The form's field for each column of an account.
FIELDS = {"name": "nama", "email": "surel", "active_until": "hari"}


def leavers_for(user: Any) -> list[User]:
    """Whose work this user may hand over: the own, colleagues', and that of whom the own role appoints."""
    in_portal = [role.code for role in roles.ALL.values() if role.enters_portal]
    own = Q(pk=user.pk)
    if not user.may.is_bound_to_centres:
        own |= Q(office=user.office_id) | Q(pk__in=User.objects.editable_by(user).values("pk"))
    return list(User.objects.filter(own, role__in=in_portal).select_related("office").order_by("name"))


def successors_of(leaving: User) -> list[User]:
    """The colleagues who can go on with it; to a centre's manager goes only another manager's work."""
    colleagues = User.objects.current().filter(office=leaving.office_id).exclude(pk=leaving.pk).order_by("name")
    bound = leaving.may.is_bound_to_centres
    return [one for one in colleagues if one.may.enters_portal and (bound or not one.may.is_bound_to_centres)]


def work_of(leaving: User) -> Any:
    """The drafts and the open submissions that somebody keeps."""
    return Submission.objects.filter(keeper=leaving, state__in=[State.DRAFT, *OPEN])


@dataclass
class Outcome:
    """What became of it."""

    moved: list[Submission] = field(default_factory=list)
    successor: User | None = None
    opened: bool = False
    ended: bool = False
    asked: list[User] = field(default_factory=list)


class HandoverForm(forms.Form):
    """Who goes on with what `leaving` holds, and what becomes of the account; `by` decides what is offered."""

    kepada = forms.ChoiceField(label=_("Pengganti"), required=False)
    nama = User._meta.get_field("name").formfield(label=_("Nama pengganti"), required=False)
    surel = User._meta.get_field("email").formfield(label=_("Surel pengganti"), required=False)
    hari = forms.DateField(
        label=_("Hari terakhir akunnya"),
        required=False,
        widget=DateInput,
        help_text=_("Kosongkan bila akunnya tetap dipakai. Pada akhir hari itu semua sesinya berakhir."),
        error_messages={"invalid": _("Isi tanggal, misalnya 2026-12-31")},
    )

    def __init__(self, leaving: User, by: Any, data: Any = None) -> None:
        super().__init__(data)
        self.leaving, self.by = leaving, by
        self.successors = successors_of(leaving)
        self.may_open = by.may.appoint(leaving.role)
        self.may_end = leaving.pk == by.pk or User.objects.editable_by(by).filter(pk=leaving.pk).exists()
        choices = [(str(one.pk), f"{one}, {one.get_role_display()}") for one in self.successors]
        if self.may_open:
            choices.append((NEW, str(_("Buka akun baru"))))
        else:
            del self.fields["nama"], self.fields["surel"]
        self.fields["kepada"].choices = [("", str(_("Pilih pengganti"))), *choices]  # type: ignore[attr-defined]
        if not leaving.is_current:
            del self.fields["hari"]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        has_choice = bool(self.successors or self.may_open)
        if has_choice and not given.get("kepada") and "kepada" not in self.errors and work_of(self.leaving).exists():
            self.add_error("kepada", _now("Pilih siapa yang meneruskan usulannya"))
        if given.get("kepada") == NEW:
            for name, words in (("nama", _now("Isi nama pengganti")), ("surel", _now("Isi surel pengganti"))):
                if not given.get(name) and name not in self.errors:
                    self.add_error(name, words)
        if not given.get("kepada") and not given.get("hari") and not self.errors:
            self.add_error(None, _now("Pilih pengganti, hari terakhir, atau keduanya"))
        return given

    def save(self, *, password_address: str, page_address: str) -> Outcome | None:
        """Do all of it or nothing; None where the rules of accounts refuse it, with their words at the fields."""
        try:
            return hand_over(
                leaving=self.leaving,
                chosen=self.cleaned_data["kepada"],
                new={"name": self.cleaned_data.get("nama", ""), "email": self.cleaned_data.get("surel", "")},
                last_day=self.cleaned_data.get("hari"),
                by=self.by,
                password_address=password_address,
                page_address=page_address,
            )
        except ValidationError as refusal:
            for name, sentences in refusal.message_dict.items():
                self.add_error(FIELDS.get(name) if FIELDS.get(name) in self.fields else None, sentences)
            return None


@transaction.atomic
def hand_over(
    *,
    leaving: User,
    chosen: str,
    new: dict[str, str],
    last_day: date | None,
    by: Any,
    password_address: str,
    page_address: str,
) -> Outcome:
    """`chosen` is the key of a successor, `NEW` for whom an account is opened, or "" where nothing is held.

    Where `by` may not end the account, those who may are asked by mail. Raises what the single deeds raise.
    """
    done = Outcome()
    with for_others():
        reason = _now("Serah terima %s") % leaving
    with changing(by=by, reason=reason):
        if chosen == NEW:
            done.successor = open_account(like=leaving, by=by, address=password_address, **new)
            done.opened = True
        elif chosen:
            done.successor = next(one for one in successors_of(leaving) if str(one.pk) == chosen)
            if User.objects.editable_by(by).filter(pk=leaving.pk).exists():
                hand_over_centres(leaving=leaving, successor=done.successor, by=by)
        if done.successor:
            done.moved = actions.hand_over(leaving=leaving, successor=done.successor, by=by)
        if last_day and (leaving.pk == by.pk or User.objects.editable_by(by).filter(pk=leaving.pk).exists()):
            end_account(user=leaving, on=last_day, by=by)
            done.ended = True
        elif last_day:
            done.asked = ask_to_end_account(user=leaving, on=last_day, by=by, address=page_address)
    return done
