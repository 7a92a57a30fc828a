"""The Indonesian way to write money, numbers, dates and times; built into every template."""

import datetime
from decimal import Decimal

from django import template
from django.utils import timezone
from django.utils.formats import date_format

from batik_registry.terbilang import terbilang

register = template.Library()

SCALES = ((10**12, "triliun"), (10**9, "miliar"), (10**6, "juta"))
ZONES = {7: "WIB", 8: "WITA", 9: "WIT"}


def grouped(value: int | Decimal | float, decimals: int | None = None) -> str:
    """1234567.5 -> "1.234.567,5"; trailing zeros go unless `decimals` asks for them."""
    text = f"{value:,.{decimals}f}" if decimals is not None else f"{Decimal(str(value)):,f}"
    if decimals is None and "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.translate(str.maketrans(",.", ".,"))


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
    """15500000000 -> "lima belas miliar lima ratus juta rupiah", beside what was typed in digits."""
    return "" if value is None else f"{terbilang(int(value))} rupiah"


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
    """7 Februari 2024 pukul 09.12 WIB."""
    if value is None:
        return ""
    local = timezone.localtime(value)
    hours = int((local.utcoffset() or datetime.timedelta()).total_seconds() // 3600)
    return f"{date_format(local, 'j F Y')} pukul {local:%H.%M} {ZONES.get(hours, local.tzname())}"


@register.filter
def lama(value: datetime.timedelta | None) -> str:
    """How long something took, in days, else in hours: "3 hari", "5 jam"."""
    if value is None:
        return ""
    return f"{value.days} hari" if value.days else f"{max(1, round(value.total_seconds() / 3600))} jam"


@register.filter
def jarak(kilometres: float) -> str:
    """How far: "350 m", "2,4 km"."""
    metres = round(kilometres * 1000)
    return f"{metres} m" if metres < 1000 else f"{grouped(round(kilometres, 1))} km"


@register.filter
def nib(value: str | None) -> str:
    """0123456789012 -> "0123 4567 8901 2"."""
    return " ".join((value or "")[start : start + 4] for start in range(0, len(value or ""), 4))
