"""What a dashboard is asked for: a year, a region, a commodity, and the day on which all of it was known."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.conf import settings
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from batik_registry.forms import DateInput
from centres.choices import Commodity
from centres.models import Centre, ReferenceStatistic
from changes.past import registry_as_of
from programs.dashboard.clock import end_of
from programs.indicators import Scope
from programs.models import Allocation
from programs.models.allocation import FIRST_YEAR
from regions.models import Region

EVERY = "SEMUA"


class Asked(forms.Form):
    """Where nothing is asked: this year, all that the user sees, batik, as it is today."""

    tahun = forms.TypedChoiceField(label=_("Tahun"), coerce=int)
    wilayah = forms.ChoiceField(label=_("Wilayah"), required=False)
    komoditas = forms.ChoiceField(
        label=_("Komoditas"), choices=[*Commodity.choices, (EVERY, _("semua komoditas"))], required=False
    )
    per = forms.DateField(
        label=_("Seperti diketahui pada"),
        widget=DateInput,
        required=False,
        error_messages={"invalid": _("Tulis tanggal, misalnya 2026-06-30")},
    )
    contoh = forms.ChoiceField(
        label=_("Data contoh"), choices=[("ya", _("ikut dihitung")), ("tidak", _("tidak dihitung"))], required=False
    )

    def __init__(self, user: Any, data: Any = None) -> None:
        self.user, self.today = user, timezone.localdate()
        given = {"tahun": str(self.today.year), "komoditas": Commodity.BATIK, "contoh": "ya"}
        self.usual = given | {"wilayah": "", "per": ""}
        super().__init__(self.usual | {name: data[name] for name in self.usual if data and data.get(name)})
        fields: Any = self.fields
        fields["tahun"].choices = [(year, str(year)) for year in range(self.today.year, FIRST_YEAR - 1, -1)]
        fields["wilayah"].choices = [("", _("semua wilayah")), *_places(user, self.data["wilayah"])]
        if not settings.DEMO:
            del self.fields["contoh"]
        if user.region_prefix != "" or user.assigned_ids is not None:
            del self.fields["per"]  # what was known then of rows that are others' today is not theirs to see

    def clean_per(self) -> date | None:
        day: date | None = self.cleaned_data["per"]
        if day and day > self.today:
            raise forms.ValidationError(_("Pilih hari yang sudah lewat, atau kosongkan untuk keadaan hari ini"))
        return day

    def clean(self) -> None:
        day, year = self.cleaned_data.get("per"), self.cleaned_data.get("tahun")
        if day and year and year > day.year:
            self.add_error("tahun", _("Pilih tahun sampai tahun dari hari yang ditanyakan"))

    @property
    def as_of(self) -> date | None:
        return self.cleaned_data.get("per")

    @property
    def scope(self) -> Scope:
        """Needs a valid form."""
        given, year = self.cleaned_data, self.cleaned_data["tahun"]
        day = min(self.as_of or self.today, date(year, 12, 31))
        commodity = "" if given["komoditas"] == EVERY else given["komoditas"] or Commodity.BATIK
        with_samples = given.get("contoh") == "ya"
        region = given["wilayah"]
        return Scope.of(region, year=year, day=day, user=self.user, commodity=commodity, with_samples=with_samples)

    @property
    def tells_the_day(self) -> bool:
        """Whether the rows are those of the scope's day: the registry of today tells nothing of days gone by."""
        return self.as_of is not None or self.scope.day == self.today

    def known(self) -> AbstractContextManager[None]:
        """Inside, the registry is as it was known on the day that was asked for."""
        return registry_as_of(end_of(self.as_of)) if self.as_of else nullcontext()

    def query(self, **other: str) -> str:
        """What was asked besides the usual, as a query string; `other` stands instead of what was asked."""
        asked = {name: str(self.data[name]) for name in self.fields} | {key: one for key, one in other.items() if one}
        return urlencode({name: value for name, value in asked.items() if value != self.usual.get(name, "")})


def _places(user: Any, asked: str) -> Iterator[tuple[str, str]]:
    """Places with a centre, an allocation or a published figure, and the one asked for. Four queries."""
    codes = {asked} | set(ReferenceStatistic.objects.by_province().values_list("region_id", flat=True))
    for model in (Centre, Allocation):
        pairs = model.objects.visible_to(user).order_by().values_list("province_code", "regency_code").distinct()
        codes |= {code for pair in pairs for code in pair}
    within = Q(code__startswith=user.region_prefix or "")
    for code, name in Region.objects.filter(within, code__in=codes).order_by("code").values_list("code", "name"):
        yield code, f"{name} ({code})"
