"""Pages by key: a page begins after the last row of the one before, at any depth and while others write."""

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Func, Value
from django.utils.translation import gettext as _

from batik_registry.rest.problems import InvalidParameter

DEFAULT_LIMIT = 100
MAX_LIMIT = 1000


def field_of(model: Any, column: str) -> Any:
    return model._meta.pk if column == "pk" else model._meta.get_field(column)


class Beyond(Func):
    """Whether (column, key) stands beyond a pair of values: one comparison of rows, which an index answers."""

    output_field = models.BooleanField()

    def __init__(self, column: str, value: Any, key: Any, *, is_descending: bool, model: Any) -> None:
        self.sign = "<" if is_descending else ">"
        pair = (Value(value, field_of(model, column)), Value(key, model._meta.pk))
        super().__init__(F(column), F("pk"), *pair)

    def as_sql(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, list[Any]]:
        parts = [compiler.compile(one) for one in self.source_expressions]
        texts = [sql for sql, _params in parts]
        params = [one for _sql, found in parts for one in found]
        return f"({texts[0]}, {texts[1]}) {self.sign} ({texts[2]}, {texts[3]})", params


@dataclass(frozen=True)
class Keyset:
    """An order of rows by one column that is never empty, and by the key where that is equal."""

    name: str
    column: str
    is_descending: bool

    @classmethod
    def named(cls, name: str, orderings: Mapping[str, str]) -> "Keyset":
        column = orderings.get(name.removeprefix("-"))
        if column is None:
            known = ", ".join(sorted(orderings))
            raise InvalidParameter(
                "ordering", _("Pilih salah satu: %s, dengan - di depan untuk urutan menurun.") % known
            )
        return cls(name, column, name.startswith("-"))

    def sorted(self, rows: Any) -> Any:
        sign = "-" if self.is_descending else ""
        return rows.order_by(*dict.fromkeys([f"{sign}{self.column}", f"{sign}pk"]))

    def beyond(self, rows: Any, cursor: str) -> Any:
        """The rows after the one that the cursor names."""
        value, key = self._read(cursor, rows.model)
        return rows.filter(Beyond(self.column, value, key, is_descending=self.is_descending, model=rows.model))

    def cursor(self, value: str | None, key: str | None) -> str:
        return base64.urlsafe_b64encode(orjson.dumps([self.name, value, key])).decode().rstrip("=")

    def _read(self, cursor: str, model: Any) -> tuple[Any, Any]:
        try:
            name, value, key = orjson.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
            if name != self.name:
                raise InvalidParameter("cursor", _("Penanda ini milik urutan lain; mulai lagi dari halaman pertama."))
            found = (field_of(model, self.column).to_python(value), model._meta.pk.to_python(key))
        except (ValueError, TypeError, binascii.Error, ValidationError):
            found = (None, None)
        if None in found or "\0" in f"{found[0]}{found[1]}":
            raise InvalidParameter("cursor", _("Penanda halaman ini rusak; mulai lagi dari halaman pertama."))
        return found


def limit_of(text: str) -> int:
    """How many rows a page shall have, from what was asked."""
    if not text:
        return DEFAULT_LIMIT
    if not text.isascii() or not text.isdigit() or len(text) > 4 or not 1 <= int(text) <= MAX_LIMIT:
        raise InvalidParameter("limit", _("Isi angka 1 sampai %d.") % MAX_LIMIT)
    return int(text)
