"""What a table tells of each row: a fact by the way to it, in words for people and as a value for spreadsheets."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from batik_registry.permissions import is_personal
from batik_registry.templatetags.formats import rupiah
from batik_registry.words import written


@dataclass(frozen=True)
class Column:
    """One fact about a row, by the way to it, such as "member__regency"; what is counted needs a heading.

    `words` writes a value that no field of the model knows how to write.
    """

    path: str
    heading: Any = ""
    words: Callable[[Any], str] | None = None

    def title(self, model: Any) -> Any:
        return self.heading or self.field(model).verbose_name

    def definition(self, model: Any) -> str:
        """The help text of its field; "" where it has none."""
        return "" if self.heading else str(getattr(self.field(model), "help_text", ""))

    def is_personal(self, model: Any) -> bool:
        return is_personal(model, self.path)

    def text(self, row: Any) -> str:
        owner, value = self._found(row)
        if value is None:
            return ""
        if self.words is not None:
            return self.words(value)
        field = _field_of(owner, self.path)
        if field is not None and field.concrete and not field.is_relation:
            return written(field, value)
        if isinstance(value, Decimal):
            return rupiah(value)
        return str(getattr(value, "full_name", value))

    def value(self, row: Any) -> Any:
        """A number, a day or a moment as such, everything else in words; None where there is nothing."""
        owner, value = self._found(row)
        field = _field_of(owner, self.path)
        is_plain = field is None or not field.choices
        if isinstance(value, int | Decimal | date) and not isinstance(value, bool) and is_plain:
            return value
        return self.text(row) or None

    def field(self, model: Any) -> Any:
        for step in self.path.split("__"):
            field = model._meta.get_field(step)
            model = field.related_model or model
        return field

    def _found(self, row: Any) -> tuple[Any, Any]:
        """The record at the end of the way, and what it holds; None for both where the way breaks off."""
        *way, name = self.path.split("__")
        for step in way:
            row = getattr(row, step, None)
        return row, None if row is None else getattr(row, name)


def _field_of(owner: Any, path: str) -> Any:
    name = path.rpartition("__")[2]
    return next((one for one in owner._meta.get_fields() if one.name == name), None) if owner is not None else None
