"""Deeds that touch more than one row."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from batik_registry.models import RegionalRecord, VerificationStatus
from centres.models import DatedFact
from centres.models.fact import NOT_PREFERRED


@transaction.atomic
def prefer(*, fact: DatedFact, by: Any) -> DatedFact:
    """Make this the value that the registry goes by: the record's field takes it, other values stay beside it.

    Raises `ValidationError` where the record refuses the value, in the words of its own rules; then nothing changes.
    """
    fact = DatedFact.objects.select_for_update(of=("self",)).get(pk=fact.pk)
    if fact.field:
        model: Any = fact.content_type.model_class()
        record = model._default_manager.select_for_update(of=("self",)).get(pk=fact.object_id)
        setattr(record, fact.field, fact.parsed_value())
        record.save()
    DatedFact.objects.saying_the_same(fact).exclude(pk=fact.pk).preferred().update(**NOT_PREFERRED)
    fact.is_preferred, fact.preferred_at, fact.preferred_by = True, timezone.now(), by
    fact.save()
    return fact


@transaction.atomic
def confirm(*, rows: QuerySet[Any], by: Any) -> int:
    """Note that `by` found these records still true today. All of them, or none where one breaks a rule."""
    if not by.may.update(rows.model):
        raise PermissionDenied
    return _set(rows, by, verified_at=timezone.now(), verified_by=by)


@transaction.atomic
def validate(*, rows: QuerySet[Any], by: Any) -> int:
    """Give these records the ministry's last word. All of them, or none where one is archived or breaks a rule."""
    if not by.may.approve(rows.model):
        raise PermissionDenied
    if rows.filter(verification_status=VerificationStatus.ARCHIVED).exists():
        raise ValidationError(_("Data yang sudah diarsipkan tidak dapat ditandai tervalidasi."))
    return _set(rows, by, verification_status=VerificationStatus.VALIDATED)


def _set(rows: QuerySet[Any], by: Any, **values: Any) -> int:
    """Write the values on each row that `by` may change, under the rules of the whole row."""
    wanted = rows.order_by().values("pk")
    locked = list(rows.model.objects.editable_by(by).filter(pk__in=wanted).select_for_update(of=("self",)))
    for record in locked:
        _save(record, values)
    return len(locked)


def _save(record: RegionalRecord, values: dict[str, Any]) -> None:
    for name, value in values.items():
        setattr(record, name, value)
    try:
        record.save()
    except ValidationError as refusal:
        raise ValidationError([f"{record}: {message}" for message in refusal.messages]) from refusal
