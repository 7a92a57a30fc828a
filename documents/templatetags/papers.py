"""Which paper can be had of a record."""

from typing import Any

from django import template

from documents import kinds

register = template.Library()


@register.simple_tag
def paper_of(record: Any, user: Any) -> Any:
    """The kind of paper that this user may have of the record; None where there is none."""
    kind = kinds.of(record) if record else None
    return kind if kind and user.may.read(kind.model) and user.may.reads_restricted else None
