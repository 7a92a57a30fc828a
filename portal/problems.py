"""What stood in the way of the work: rows of a progress report, sent in the same submission."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.http import QueryDict

from portal.forms import shaped, typed_values
from programs.forms import ReportedProblemForm
from programs.models import ReportedProblem
from submissions import kinds
from submissions.actions import Wish
from submissions.choices import Operation
from submissions.models import Submission

NAMES = ("code", "description", "follow_up", "due_on")
PREFIX = "masalah"


@dataclass
class Row:
    """One problem: its id, its form, and whether the draft holds it already."""

    key: UUID
    form: Any
    is_kept: bool

    @property
    def is_filled(self) -> bool:
        return any(self.form.data.get(self.form.add_prefix(name)) for name in NAMES)


def rows_of(draft: Submission | None, user: Any, data: QueryDict | None = None) -> list[Row]:
    """The problems of the draft, or those that were sent, and an empty row below them."""
    kept = _kept(draft)
    keys = list(kept)
    if data is not None:
        keys += [key for key in map(_key, data.getlist(PREFIX)) if key and key not in kept]
    else:
        keys.append(uuid4())
    return [_row(key, kept.get(key), user, data) for key in keys]


def wishes_of(rows: list[Row], report_id: UUID) -> tuple[Wish, ...]:
    return tuple(
        Wish(
            ReportedProblem,
            {"report": report_id} | typed_values(row.form),
            record_id=row.key,
            operation=Operation.CREATE,
        )
        for row in rows
        if row.is_filled
    )


def emptied(rows: list[Row]) -> list[UUID]:
    """The problems that the draft holds and whose row was cleared."""
    return [row.key for row in rows if row.is_kept and not row.is_filled]


def _kept(draft: Submission | None) -> dict[UUID, Any]:
    if draft is None:
        return {}
    changes = draft.changes.filter(model=kinds.kind_of(ReportedProblem).label, operation=Operation.CREATE)
    return {change.record_id: change for change in changes.prefetch_related("fields__change")}


def _row(key: UUID, change: Any, user: Any, data: QueryDict | None) -> Row:
    problem = ReportedProblem(pk=key)
    for one in change.fields.all() if change else ():
        setattr(problem, one.column.attname, one.wanted)
    is_blank = data is not None and not any(data.get(f"{PREFIX}-{key}-{name}") for name in NAMES)
    if change is None and is_blank:
        data = None  # an empty row says nothing, so nothing of it is wrong
    form = shaped(
        ReportedProblemForm(data, instance=problem, prefix=f"{PREFIX}-{key}"),
        kinds.kind_of(ReportedProblem),
        user,
        dict.fromkeys(set(ReportedProblemForm.base_fields) - set(NAMES)),
    )
    for field in form.fields.values():
        field.required = False
    return Row(key, form, change is not None)


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
