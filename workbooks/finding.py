"""How cells name records: by a code or a name, within the user's reach, many at once."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from workbooks.kinds import Finder

Rows = Callable[[Any], Any]


def named_by(rows: Rows, *columns: str) -> Finder:
    """A finder over `rows(user)`: a cell may hold any of these columns, the first of which is written back."""

    def find(user: Any, texts: set[str]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for column in columns:
            missing = texts - set(found)
            there = rows(user).annotate(folded=Lower(column)).filter(folded__in={text.lower() for text in missing})
            keys: dict[str, list[Any]] = {}
            for pk, folded in there.order_by().values_list("pk", "folded"):
                keys.setdefault(folded, []).append(pk)
            found |= {text: _the_one(keys[text.lower()], text) for text in missing if text.lower() in keys}
        return found

    def tell(user: Any, keys: set[Any]) -> dict[Any, str]:
        return {row.pk: str(getattr(row, columns[0])) for row in rows(user).filter(pk__in=keys)}

    return Finder(find, tell)


def _the_one(keys: list[Any], text: str) -> Any:
    if len(keys) == 1:
        return keys[0]
    told = _("Ada lebih dari satu “%s”; tulis kodenya") % text[:60]
    return ValidationError(told, code="ambiguous")
