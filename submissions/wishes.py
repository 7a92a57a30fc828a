"""What a submission says, as the API tells it and as the API takes it in."""

from typing import Any

from django.core.exceptions import ValidationError as InvalidValue
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError
from uuid_utils.compat import uuid7

from batik_registry.permissions import may_read_field
from batik_registry.rest import resources
from submissions import kinds
from submissions.actions import Wish
from submissions.choices import Operation
from submissions.kinds import Kind
from submissions.models import Submission


def changes_of(submission: Submission, user: Any) -> list[dict[str, Any]]:
    """What the submission proposes, as far as the user may read the fields."""
    return [
        {
            "type": resources.name_of(change.kind.model),
            "id": str(change.record_id),
            "operation": change.operation,
            "version": change.row_version,
            "fields": [
                {
                    "name": one.name,
                    "base": one.base,
                    "proposed": one.proposed,
                    "decision": one.decision,
                    "comment": one.comment,
                }
                for one in change.fields.all()
                if may_read_field(user, change.kind.model, one.name)
            ],
        }
        for change in submission.changes.prefetch_related("fields__change")
        if resources.view_of(change.kind.model)
    ]


def wishes_of(asked: list[dict[str, Any]], request: Any) -> list[Wish]:
    """What was asked, each value read by its field; a record of the same submission may be pointed to."""
    found: list[Wish] = []
    errors: dict[str, Any] = {}
    for number, one in enumerate(asked):
        try:
            found.append(_wish(one, request))
        except ValidationError as refusal:
            errors[str(number)] = refusal.detail
    if errors:
        raise ValidationError({"changes": errors})
    return found


def _wish(one: dict[str, Any], request: Any) -> Wish:
    view = resources.registered().get(one["type"])
    model: Any = view.serializer_class.Meta.model if view else None
    try:
        kind = kinds.kind_of(model) if model else None
    except LookupError:
        kind = None
    if kind is None:
        raise ValidationError({"type": [_("Jenis data ini tidak dapat diusulkan.")]})
    operation = Operation(one["operation"])
    if operation != Operation.CREATE and not (one.get("id") and one.get("version")):
        raise ValidationError({"version": [_("Sebutkan id dan version data yang diubah.")]})
    record_id = one.get("id") or uuid7()
    values = _read(view.serializer_class(context={"request": request}), kind, one["values"])
    return Wish(model, values, record_id=record_id, row_version=one.get("version"), operation=operation)


def _read(serializer: Any, kind: Kind, values: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    errors: dict[str, Any] = {}
    for name, value in values.items():
        field = serializer.fields.get(name)
        if name not in kind.field_names or field is None or field.read_only:
            errors[name] = [_("Isian ini tidak dapat diubah di sini.")]
            continue
        try:
            found[name] = _key(kind, name, value) if kind.field(name).is_relation else field.run_validation(value)
        except ValidationError as refusal:
            errors[name] = refusal.detail
    if errors:
        raise ValidationError({"values": errors})
    return found


def _key(kind: Kind, name: str, value: Any) -> Any:
    """A key, whether or not it is there yet; the deed asks whether it is within reach."""
    if value is None:
        return None
    try:
        return str(kind.field(name).target_field.to_python(str(value)))
    except InvalidValue:
        raise ValidationError([_("Isi dengan kunci sebuah data.")]) from None
