"""A field's value as a person writes it in Indonesian, for pages that only show it."""

import datetime
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from batik_registry.fields import Rupiah
from batik_registry.templatetags.formats import grouped, pukul, rupiah, tanggal


def written(field: Any, value: Any) -> str:
    """The value in words; "" where there is none. A field that knows better says so with a method `written`."""
    if value in (None, "") or value == [] or value == {}:
        return ""
    if hasattr(field, "written"):
        return str(field.written(value))
    if isinstance(value, list | tuple):
        return ", ".join(_chosen(field.base_field, one) for one in value)
    if field.choices:
        return _chosen(field, value)
    if isinstance(value, bool):
        return _("ya") if value else _("tidak")
    return _written_number_or_day(field, value)


def _chosen(field: Any, value: Any) -> str:
    return str(dict(field.flatchoices or ()).get(value, value))


def _written_number_or_day(field: Any, value: Any) -> str:
    if isinstance(value, datetime.datetime):
        return pukul(value)
    if isinstance(value, datetime.date):
        return tanggal(value)
    if isinstance(field, Rupiah):
        return rupiah(value)
    is_year_or_few = isinstance(field, models.PositiveSmallIntegerField)  # years carry no thousand dot
    if isinstance(value, Decimal | int) and not is_year_or_few:
        return grouped(value)
    return str(value)
