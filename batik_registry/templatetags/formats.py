"""How money, numbers, dates and times are written in the language of the page; built into every template."""

import datetime
from decimal import Decimal

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from batik_registry.terbilang import terbilang

register = template.Library()

SCALES = ((10**12, gettext_lazy("triliun")), (10**9, gettext_lazy("miliar")), (10**6, gettext_lazy("juta")))
ZONES = {7: "WIB", 8: "WITA", 9: "WIT"}


def typed(value: int | Decimal | float, decimals: int | None = None) -> str:
    """1234567.5 -> "1.234.567,5", as it is typed into a form in either language; zeros go unless `decimals` asks."""
    return _english(value, decimals).translate(str.maketrans(",.", ".,"))


def grouped(value: int | Decimal | float, decimals: int | None = None) -> str:
    """The same to be read: in English "1,234,567.5"."""
    return _english(value, decimals) if get_language() == "en" else typed(value, decimals)


def _english(value: int | Decimal | float, decimals: int | None) -> str:
    text = f"{value:,.{decimals}f}" if decimals is not None else f"{Decimal(str(value)):,f}"
    return text.rstrip("0").rstrip(".") if decimals is None and "." in text else text


@register.filter
def angka(value: int | Decimal | float | None) -> str:
    return "" if value is None else grouped(value)


@register.filter
def rupiah(value: int | Decimal | None) -> str:
    """15500000000 -> "Rp15.500.000.000", for forms and tables."""
    return "" if value is None else f"Rp{grouped(value, 0)}"


@register.filter
def rupiah_ringkas(value: int | Decimal | None) -> str:
    """15500000000 -> "Rp15,5 miliar", for summaries only."""
    if value is None:
        return ""
    amount = Decimal(value)
    for scale, name in SCALES:
        if abs(amount) >= scale:
            return f"Rp{grouped(round(amount / scale, 3))} {name}"
    return f"Rp{grouped(amount, 0)}"


@register.filter
def dengan_kata(value: int | Decimal | None) -> str:
    """15500000000 -> "lima belas miliar lima ratus juta rupiah", beside what was typed; in English with commas."""
    if value is None or not -(10**18) < value < 10**18:  # what nobody means is not spelled: it would take a minute
        return ""
    return rupiah(value) if get_language() == "en" else f"{terbilang(int(value))} rupiah"


@register.filter
def persen(value: Decimal | float | None) -> str:
    return "" if value is None else f"{grouped(value)}%"


@register.filter
def tanggal(value: datetime.date | datetime.datetime | None) -> str:
    """7 Februari 2024; of a moment, its day in the local time zone."""
    if isinstance(value, datetime.datetime):
        value = timezone.localtime(value).date()
    return date_format(value, "j F Y") if value else ""


@register.filter
def pukul(value: datetime.datetime | None) -> str:
    """7 Februari 2024 pukul 09.12 WIB; 7 February 2024, 09:12 WIB."""
    if value is None:
        return ""
    local = timezone.localtime(value)
    hours = int((local.utcoffset() or datetime.timedelta()).total_seconds() // 3600)
    told = {"day": date_format(local, "j F Y"), "hour": f"{local:%H}", "minute": f"{local:%M}"}
    told["zone"] = ZONES.get(hours, str(local.tzname()))
    return _("%(day)s pukul %(hour)s.%(minute)s %(zone)s") % told


@register.filter
def lama(value: datetime.timedelta | None) -> str:
    """How long something took, in days, else in hours: "3 hari", "5 jam"."""
    if value is None:
        return ""
    hours = max(1, round(value.total_seconds() / 3600))
    if value.days:
        return ngettext("%d hari", "%d hari", value.days) % value.days
    return ngettext("%d jam", "%d jam", hours) % hours


@register.filter
def jarak(kilometres: float) -> str:
    """How far: "350 m", "2,4 km"."""
    metres = round(kilometres * 1000)
    return f"{metres} m" if metres < 1000 else f"{grouped(round(kilometres, 1))} km"


@register.filter
def nib(value: str | None) -> str:
    """0123456789012 -> "0123 4567 8901 2"."""
    return " ".join((value or "")[start : start + 4] for start in range(0, len(value or ""), 4))
