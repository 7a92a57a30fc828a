"""The log as people read it: who changed what, from what to what, when, through which door, and why."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from batik_registry.models import RegionalRecord, Sensitivity
from batik_registry.words import written
from changes.choices import Operation
from changes.models import Change

MASK = "••••••"
UNTOLD = {"id", "row_version", "created_at", "updated_at", "region_code", "is_sample"}


@dataclass(frozen=True)
class FieldChange:
    label: str
    old: str
    new: str


@dataclass(frozen=True)
class Entry:
    """One change, in words. `submission` is the one that it came by, where the reader may see it."""

    change: Change
    kind: str
    subject: str
    fields: list[FieldChange]
    submission: Any = None

    @property
    def verb(self) -> str:
        return str(Operation(self.change.operation).label)


def of_record(model: type[models.Model], record_id: str, user: Any, limit: int = 200) -> list[Entry]:
    """The newest changes of a record and of what hangs on it, as `user` may read them."""
    ids = [record_id, *_children(model, record_id)]
    rows = list(Change.objects.filter(record_id__in=ids).order_by("-seq").with_values()[:limit])
    return _Reader(user).entries(rows)


def _children(model: type[models.Model], record_id: str) -> Iterable[str]:
    """The ids of rows that hang on the record, those that were deleted included."""
    for child in apps.get_models():
        if issubclass(child, RegionalRecord) and (column := child.hanging_column(model)):
            yield from map(str, child._base_manager.filter(**{column: record_id}).values_list("pk", flat=True))
            gone = Change.objects.filter(model=child._meta.label_lower, operation=Operation.DELETE).with_values()
            yield from (row.record_id for row in gone if row.after.get(column) == record_id)


class _Reader:
    """Turns logged columns into words; looks up each related table once."""

    def __init__(self, user: Any) -> None:
        self.user = user
        self.names: dict[type[models.Model], dict[str, str]] = {}
        self.submissions: dict[str, Any] = {}

    def entries(self, rows: list[Change]) -> list[Entry]:
        self._look_up(rows)
        return [self._entry(row) for row in rows]

    def _entry(self, row: Change) -> Entry:
        model: Any = apps.get_model(row.model)
        now, before = row.new or {}, row.old or {}
        told = [
            FieldChange(str(field.verbose_name), self._text(field, before), self._text(field, now))
            for field in model._meta.concrete_fields
            if field.name not in UNTOLD and now.get(field.column) != before.get(field.column)
        ]
        submission = self.submissions.get(row.submission_id)
        return Entry(row, str(model._meta.verbose_name), self._subject(model, row), told, submission)

    def _subject(self, model: Any, row: Change) -> str:
        values = row.after
        name = next(
            (values[column] for column in ("name", "business_name", "title", "label") if values.get(column)), ""
        )
        return str(name)

    def _text(self, field: Any, values: dict[str, Any]) -> str:
        value = values.get(field.column)
        if value in (None, "", [], {}):
            return str(_("kosong"))
        mark = field.model.sensitivity.get(field.name)
        if mark in (Sensitivity.PERSONAL, Sensitivity.SPECIFIC) and not self.user.may.read_personal(field.model):
            return MASK
        if field.is_relation:
            return self.names.get(field.related_model, {}).get(str(value), str(value))
        return logged_text(field, value)

    def _look_up(self, rows: list[Change]) -> None:
        wanted: dict[Any, set[str]] = defaultdict(set)
        for row in rows:
            for field in apps.get_model(row.model)._meta.concrete_fields:
                if field.is_relation:
                    for values in (row.new or {}, row.old or {}):
                        if values.get(field.column) is not None:
                            wanted[field.related_model].add(str(values[field.column]))
        for model, ids in wanted.items():
            self.names[model] = {str(found.pk): str(found) for found in model._base_manager.filter(pk__in=ids)}
        if came_by := {row.submission_id for row in rows if row.submission_id}:
            seen = apps.get_model("submissions.submission")._default_manager.visible_to(self.user)
            found = seen.filter(pk__in=came_by).select_related("submitted_by", "office")
            self.submissions = {str(one.pk): one for one in found}


def logged_text(field: Any, value: Any) -> str:
    """A logged value of `field` as a person writes it."""
    try:
        return written(field, field.to_python(value))
    except ValidationError:
        return str(value)
