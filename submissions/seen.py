"""The record as the officer saw it. The change log knows every version, so a draft needs no copy of the record."""

from typing import Any

from batik_registry.fields import Decrypted, EncryptedDigits
from changes.models import Change
from submissions.exceptions import OutOfReach
from submissions.kinds import Kind


def as_seen(kind: Kind, record_id: Any, row_version: int) -> Any:
    """The record at that version; a record that is not there yet (version 0) with nothing but its defaults."""
    if not row_version:
        return kind.blank(record_id)
    live = kind.model._default_manager.filter(pk=record_id).first()
    if live is not None and live.row_version == row_version:
        return live
    logged = Change.objects.filter(model=kind.label, record_id=str(record_id)).with_values()
    found = logged.filter(after__row_version=row_version).order_by("-seq").first()
    if found is None:
        raise OutOfReach
    return _rebuilt(kind, record_id, found.after)


def _rebuilt(kind: Kind, record_id: Any, columns: dict[str, Any]) -> Any:
    record = kind.blank(record_id)
    record._state.adding = False
    for name in [*kind.field_names, "verification_status"]:
        column = kind.field(name)
        setattr(record, column.attname, _logged_value(column, columns.get(column.column)))
    return record


def _logged_value(column: Any, value: Any) -> Any:
    if column.is_relation:
        return _logged_value(column.target_field, value)
    if isinstance(column, EncryptedDigits):
        return Decrypted.of(value) if value else value
    return column.to_python(value)
