"""What the templates of the ministry's desk ask about one field of a form."""

from typing import Any

from django import template
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.html import format_html, linebreaks
from django.utils.translation import gettext as _

from batik_registry.words import written

register = template.Library()


@register.filter
def facts_of(field: Any) -> Any:
    """The sourced values that a page laid beside this field: `form.facts`, by the field's name."""
    form = field.form if field.is_readonly else field.field.form
    name = field.field["name"] if field.is_readonly else field.field.name
    return getattr(form, "facts", {}).get(name, ())


@register.filter
def in_words(field: Any) -> Any:
    """A read-only value the Indonesian way; relations and what the page computes are left to Django."""
    column = _column(field)
    if column is None:
        return field.contents()
    if isinstance(column, models.FileField):
        return _("tersimpan")
    words = written(column, getattr(field.form.instance, column.attname))
    if not words:
        return format_html('<span class="none">{}</span>', _("belum ada"))
    return linebreaks(words, autoescape=True) if "\n" in words else words


def _column(field: Any) -> Any:
    """The column of the record behind a read-only field, or None."""
    try:
        column = field.form.instance._meta.get_field(field.field["name"])
    except FieldDoesNotExist:
        return None
    return column if column.concrete and not column.is_relation else None
