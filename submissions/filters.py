"""What lists of submissions are narrowed by: one FilterSet for the page and for the API."""

from typing import Any

import django_filters as filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from batik_registry.forms import DateInput
from submissions.choices import Purpose, State
from submissions.lifecycle import DECIDED, OPEN
from submissions.models import Submission

ALL = _("Semua")

#: What became of a submission, in a word of its list's address: its states and how it is called.
GROUPS = {
    "konsep": (_("Konsep"), (State.DRAFT,)),
    "menunggu": (_("Menunggu putusan"), OPEN),
    "diputuskan": (_("Diputuskan"), DECIDED),
    "periksa": (_("Perlu Anda periksa"), OPEN),
}


class SubmissionFilter(filters.FilterSet):
    """The groups are offered as tabs, so their field is hidden in the form."""

    q = filters.CharFilter(label=_("Cari nomor atau pokok usulan"), method="named")
    kelompok = filters.ChoiceFilter(
        choices=[(name, label) for name, (label, _states) in GROUPS.items()],
        method="in_group",
        widget=forms.HiddenInput,
    )
    status = filters.ChoiceFilter("state", label=_("Status"), empty_label=ALL, choices=State)
    jenis = filters.ChoiceFilter("purpose", label=_("Jenis"), empty_label=ALL, choices=Purpose)
    sejak = filters.DateFilter("submitted_at", "date__gte", label=_("Dikirim sejak"), widget=DateInput)
    sampai = filters.DateFilter("submitted_at", "date__lte", label=_("Dikirim sampai"), widget=DateInput)
    urut = filters.OrderingFilter(
        fields={"number": "nomor", "submitted_at": "dikirim", "state": "status", "updated_at": "diubah"},
        null_label=None,
    )

    class Meta:
        model = Submission
        fields: list[str] = []

    def named(self, rows: QuerySet[Any], name: str, text: str) -> QuerySet[Any]:
        return rows.filter(Q(number__icontains=text) | Q(title__icontains=text))

    def in_group(self, rows: QuerySet[Any], name: str, group: str) -> QuerySet[Any]:
        _label, states = GROUPS[group]
        return rows.filter(state__in=states)
