"""Still the same: the one deed of officers that goes straight into the registry, for it changes no data."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone

from changes.context import changing
from submissions import kinds
from submissions.exceptions import NotYourDeed, OutOfReach


@transaction.atomic
def confirm_unchanged(*, record: Any, by: Any) -> Any:
    """Stamp that `by` found this record still true today. Nothing else of it is touched or judged."""
    try:
        kind = kinds.kind_of(record)
    except LookupError:
        raise NotYourDeed from None
    if not (by.may.propose_change(kind.model) or by.may.update(kind.model)):
        raise NotYourDeed
    rows: Any = kind.model._default_manager
    with changing(by=by):
        stamped = rows.editable_by(by).filter(pk=record.pk).update(verified_at=timezone.now(), verified_by=by)
    if not stamped:
        raise OutOfReach
    record.refresh_from_db()
    return record


@transaction.atomic
def confirm_all_unchanged(*, records: Iterable[Any], by: Any) -> int:
    """The same for many records; how many. Where one of them is refused, none is stamped."""
    return len([confirm_unchanged(record=record, by=by) for record in records])
