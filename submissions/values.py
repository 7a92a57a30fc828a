"""A field's value as a proposal keeps it: JSON that says exactly what the field held, personal numbers encrypted.

One function writes and one reads; whether a value changed is asked of what they make, nowhere else.
"""

import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import models

from batik_registry import encryption
from batik_registry.fields import EncryptedDigits


def kept(field: Any, value: Any) -> Any:
    """The value of a model field as JSON."""
    if value is None:
        return None
    if isinstance(field, EncryptedDigits):
        return encryption.encrypt(str(value)) if value else ""
    if isinstance(value, Decimal | UUID):
        return str(value)
    if isinstance(value, datetime.date):  # a datetime is one, too
        return value.isoformat()
    if isinstance(value, list | tuple):
        return [kept(field.base_field, one) for one in value]
    return value


def read(field: Any, value: Any) -> Any:
    """The value that `kept` wrote, as the model field holds it."""
    if field.is_relation:
        return read(field.target_field, value)
    if value is None:
        return None
    if isinstance(field, EncryptedDigits):
        return encryption.decrypt(value) if value else ""
    if isinstance(field, models.DecimalField):
        return Decimal(value)  # the field's own parser reads what people type: to it "5.300" is five thousand
    return field.to_python(value)


def is_same(field: Any, one: Any, other: Any) -> bool:
    """Whether two kept values are the same value; two encryptions of one number are."""
    return bool(read(field, one) == read(field, other))


def held(record: Any, field: Any) -> Any:
    """What a record holds in the field now, kept as JSON."""
    return kept(field, getattr(record, field.attname))
