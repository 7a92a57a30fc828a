"""Choices that a page offers instead of a technical name."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.utils.text import capfirst

from centres.models import DatedFact


def fields_with_facts(model: Any) -> list[tuple[str, str]]:
    """The fields of a model that may have sourced values, as (name, what people call it)."""
    kind = ContentType.objects.get_for_model(model)
    return [
        (field.name, capfirst(str(field.verbose_name)))
        for field in model._meta.concrete_fields
        if _takes_facts(DatedFact(content_type=kind, field=field.name))
    ]


def _takes_facts(fact: DatedFact) -> bool:
    try:
        fact.target_field()
    except ValidationError:
        return False
    return True
