"""Who may read a field: the mark of its sensitivity against the role of whoever asks."""

from typing import Any

from batik_registry.models import PERSONAL


def may_read_field(user: Any, model: Any, name: str) -> bool:
    """Whether the user reads this field in clear."""
    mark = model.sensitivity.get(name)
    if mark in PERSONAL:
        is_contact = name in model.contact_fields and user.may.read_contact(model)
        return bool(is_contact or user.may.read_personal(model))
    return bool(mark is None or user.may.reads_restricted)


def is_personal(model: Any, name: str) -> bool:
    return model.sensitivity.get(name) in PERSONAL
