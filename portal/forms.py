"""The form of a registered kind as an officer meets it: own places only, and beside each field what one must know."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from batik_registry.fields import RupiahFormField
from batik_registry.permissions import may_read_field
from batik_registry.templatetags.formats import dengan_kata
from portal.fields import grouped
from regions.models import Region
from submissions.kinds import Kind


@dataclass
class Aside:
    """What stands beside one field; the words may be empty."""

    was: str = ""
    is_changed: bool = False
    now: str = ""
    is_conflict: bool = False
    comment: str = ""
    is_money: bool = False
    in_words: str = ""
    earlier: str = ""
    earlier_label: str = ""


def shaped(form: Any, kind: Kind, user: Any, fixed: Mapping[str, Any]) -> Any:
    """The kind's form without what the user may not see, its choices within the user's reach.

    `fixed` are the values that the address says already: they are no fields any more.
    """
    form.fields.pop("row_version", None)
    for name in list(form.fields):
        hidden = not form.instance._state.adding and not may_read_field(user, kind.model, name)
        if hidden or name in fixed:
            del form.fields[name]
    for field in form.fields.values():
        field.label = str(field.label)[:1].upper() + str(field.label)[1:]
        field.aside = Aside(is_money=isinstance(field, RupiahFormField))
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = within_reach(field.queryset, user)
    return form


def within_reach(rows: Any, user: Any) -> Any:
    """The rows that a reference may point to: those the user sees; of the regions those of the user's own."""
    if rows.model is Region:
        return rows.current().within(user.region_prefix or "")
    return rows.visible_to(user) if hasattr(rows, "visible_to") else rows


def note_amounts(form: Any) -> None:
    """The amounts that the form shows, in words beside them."""
    for name, field in form.fields.items():
        if field.aside.is_money:
            try:
                field.aside.in_words = dengan_kata(field.to_python(form[name].value()))
            except ValidationError:
                field.aside.in_words = ""


def typed_values(form: Any) -> dict[str, Any]:
    """Every value that can be read at all, whether it keeps the rules or not: a draft may be unfinished."""
    values = {}
    for name, field in form.fields.items():
        raw = field.widget.value_from_datadict(form.data, form.files, form.add_prefix(name))
        try:
            value = field.to_python(raw)
        except ValidationError:
            continue
        if r"\u0000" not in json.dumps(value, default=str):  # no text column holds it; the form says so
            values[name] = value
    return values


def groups_of(form: Any, kind: Kind) -> list[tuple[Any, list[Any], bool]]:
    """The fields in their groups, each with whether it is folded: the rest, while nothing in it needs a look."""
    groups = grouped(kind.label, list(form.fields))
    return [
        (title, [form[name] for name in names], not title and not any(_speaks(form, name) for name in names))
        for title, names in groups
    ]


def _speaks(form: Any, name: str) -> bool:
    """Whether there is an error, a change or a comment at this field."""
    aside = form.fields[name].aside
    return bool(form.errors.get(name) or aside.is_changed or aside.comment)
