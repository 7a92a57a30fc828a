"""Which records an office may propose about: asked of querysets in place of a user, whose account may have ended."""

from dataclasses import dataclass
from typing import Any

from accounts.roles import Role


@dataclass(frozen=True)
class Reach:
    """The reach of whoever stands behind a submission; `visible_to` and `editable_by` take it like a user."""

    pk: Any
    office_id: Any
    region_prefix: str | None
    assigned_ids: list[Any] | None
    may: Role

    @classmethod
    def of(cls, submission: Any) -> "Reach":
        """The region is the office's; a centre's manager is bound to the own centres besides."""
        author = submission.created_by
        return cls(author.pk, submission.office_id, submission.office.reach, author.assigned_ids, author.may)

    def holds(self, model: Any, record_id: Any) -> bool:
        return bool(model._default_manager.editable_by(self).filter(pk=record_id).exists())
