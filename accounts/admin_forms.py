"""Forms of the ministry's desk for offices and accounts."""

from typing import Any
from uuid import UUID

from django import forms
from django.apps import apps
from django.contrib.admin.widgets import FilteredSelectMultiple
from django.utils.translation import gettext_lazy as _

from accounts.models import ApiToken, Office, User
from accounts.models.token import known_scopes
from batik_registry.forms import RecordForm


class OfficeForm(RecordForm):
    class Meta:
        model = Office
        fields = [
            "name",
            "abbreviation",
            "level",
            "region",
            "parent",
            "affairs",
            "verified_by_province",
            "address",
            "phone",
            "email",
            "is_active",
            "source",
            "source_url",
            "as_of",
        ]


class UserForm(RecordForm):
    """An account; its centres are chosen by name and kept as their ids, for centres stand on a higher floor."""

    assigned_centres = forms.ModelMultipleChoiceField(
        label=_("sentra yang dikelola"),
        queryset=User.objects.none(),
        required=False,
        widget=FilteredSelectMultiple(_("sentra"), is_stacked=False),
        help_text=_("Hanya untuk pengelola sentra"),
    )

    class Meta:
        model = User
        fields = [
            "email",
            "name",
            "role",
            "office",
            "assigned_centres",
            "nip",
            "phone",
            "appointment_letter",
            "active_until",
            "is_active",
        ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance._state.adding:
            self.instance.set_unusable_password()  # its owner chooses one through "Lupa kata sandi"
        if "assigned_centres" in self.fields:
            centres = apps.get_model("centres", "Centre").objects.order_by("name")
            self.fields["assigned_centres"].queryset = centres  # type: ignore[attr-defined]

    def clean_assigned_centres(self) -> list[UUID]:
        return [centre.pk for centre in self.cleaned_data["assigned_centres"]]


class ApiTokenForm(RecordForm):
    """A token; its rights are chosen from what there is."""

    scopes = forms.MultipleChoiceField(
        label=_("hak"),
        choices=lambda: [(one, one) for one in known_scopes()],
        widget=forms.CheckboxSelectMultiple,
        help_text=_("read: membaca. write: menulis langsung (Kementerian) atau mengusulkan (dinas)."),
        error_messages={"required": _("Pilih paling sedikit satu hak")},
    )

    class Meta:
        model = ApiToken
        fields = ["owner", "purpose", "scopes", "expires_on", "region", "addresses", "reads_personal", "agreement"]
