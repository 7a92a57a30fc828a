"""Which records can be proposed. The apps above name theirs when they start; this floor knows none of them.

    submissions.kinds.register(Member, form=MemberForm)

in `AppConfig.ready` is all that an app does. `form` lists the fields that may be proposed; `fill` writes what the
registry itself adds to a record on approval, such as who sent a report.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from batik_registry.forms import RecordForm
from batik_registry.models import RegionalRecord
from submissions.choices import Purpose

Fill = Callable[[Any, Any], None]
#: The last day of a report, from its values.
Due = Callable[[Any], date | None]


@dataclass(frozen=True)
class Kind:
    """One kind of record that officers propose about."""

    model: type[RegionalRecord]
    form: type[RecordForm]
    fill: Fill | None = None
    purpose: Purpose = Purpose.CHANGE
    due_on: Due | None = None

    @property
    def label(self) -> str:
        return str(self.model._meta.label_lower)

    @property
    def field_names(self) -> list[str]:
        """What may be proposed: the fields of the form, in its order."""
        return [name for name in self.form.base_fields if name != "row_version"]

    def field(self, name: str) -> Any:
        return self.model._meta.get_field(name)

    def blank(self, record_id: Any) -> Any:
        """The record before it exists: nothing but its identity and the defaults."""
        return self.model(pk=record_id)


_kinds: dict[str, Kind] = {}


def register(
    model: type[RegionalRecord], *, form: type[RecordForm], fill: Fill | None = None, due_on: Due | None = None
) -> None:
    """Let officers propose about this model; `fill(record, submission)` is called before a record is saved.

    With `due_on` a new record of it is a periodical report.
    """
    kind = Kind(model, form, fill, Purpose.REPORT if due_on else Purpose.CHANGE, due_on)
    _kinds[kind.label] = kind


def kind_of(model: Any) -> Kind:
    """The kind of a model, of one of its records, or of a model's label; `LookupError` where nobody registered it."""
    label = model.lower() if isinstance(model, str) else model._meta.label_lower
    return _kinds[label]


def registered() -> list[Kind]:
    return list(_kinds.values())
