"""The reader of the public site, asked the same questions as a user: what may be read, and which rows are seen."""

from dataclasses import dataclass, field

from accounts.roles.role import Role
from accounts.roles.visitor import Visitor


@dataclass(frozen=True)
class Anybody:
    may: Role = field(default_factory=Visitor)
    region_prefix: str = ""
    assigned_ids: None = None
    is_authenticated: bool = False


VISITOR = Anybody()
