"""What can come in a workbook. The apps above name theirs when they start; this floor knows none of them.

    workbooks.kinds.register(Layout(slug="ikm", title=_("IKM"), model=Member, fields=(...), keys=(("nib",),)))

A layout says which fields of a registered kind (`submissions.kinds`) stand in which order in the template, by which
other titles people know them, and how a row finds its record. The rules stay on the model.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from batik_registry.permissions import may_read_field
from submissions.kinds import Kind, kind_of

#: The title of the column by which a row of our template finds its record.
ID = "ID"


@dataclass(frozen=True)
class Finder:
    """How a cell names another record, and how that record is written into a cell.

    `find(user, texts)` answers many at once: for each text that names exactly one record its key, else a sentence.
    `tell(user, keys)` writes them. `choices(user)` are offered in the template where there are few.
    """

    find: Callable[[Any, set[str]], dict[str, Any]]
    tell: Callable[[Any, set[Any]], dict[Any, str]]
    choices: Callable[[Any], list[str]] | None = None


@dataclass(frozen=True)
class Layout:
    """One kind of content. `slug` stands in addresses.

    `keys` are groups of fields by which a row finds its record ("nib"); `alike` are groups by which it looks like one,
    and the officer has to say. `begun` are fields that a template fills for rows that are still to be written: a row
    with nothing else is left out. `rows` gives the records of a template, `blanks` the rows to be written, both from
    what the address asks.
    """

    slug: str
    title: Any
    model: Any
    fields: tuple[str, ...]
    rows: Callable[[Any, Mapping[str, str]], Any]
    blanks: Callable[[Any, Mapping[str, str]], list[dict[str, Any]]] | None = None
    keys: tuple[tuple[str, ...], ...] = ()
    alike: tuple[tuple[str, ...], ...] = ()
    begun: tuple[str, ...] = ()
    titles: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    finders: Mapping[str, Finder] = field(default_factory=dict)
    example: Mapping[str, str] = field(default_factory=dict)
    initial: Callable[[Any], dict[str, Any]] | None = None
    #: Rules that are asked of the database while rows are judged, remembered for the time: a context manager.
    remembering: Callable[[], Any] | None = None

    @property
    def kind(self) -> Kind:
        return kind_of(self.model)

    def names_for(self, user: Any) -> list[str]:
        """The fields that this user may read and so may write."""
        return [name for name in self.fields if may_read_field(user, self.model, name)]

    def title_of(self, name: str) -> str:
        told = str(self.kind.field(name).verbose_name)
        return told[:1].upper() + told[1:]

    def known_titles(self) -> dict[str, str]:
        """Every title that is known for a field, folded."""
        found = {fold(ID): ID}
        for name in reversed(self.fields):
            for title in (*self.titles.get(name, ()), name, self.title_of(name)):
                found[fold(title)] = name
        return found

    def may_add(self, user: Any) -> bool:
        return bool(user.may.propose_new(self.model))

    def may_use(self, user: Any) -> bool:
        return self.may_add(user) or bool(user.may.propose_change(self.model))


def fold(title: str) -> str:
    """A title without case, accents, signs, and what stands in brackets."""
    plain = unicodedata.normalize("NFKD", re.sub(r"\(.*?\)|\*", "", title)).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "", plain.lower()) or re.sub(r"[^a-z0-9]+", "", title.lower())


_layouts: dict[str, Layout] = {}


def register(layout: Layout) -> None:
    _layouts[layout.slug] = layout


def layout_of(slug: str) -> Layout:
    """`LookupError` where nobody registered it."""
    return _layouts[slug]


def usable_by(user: Any) -> list[Layout]:
    return [layout for _slug, layout in sorted(_layouts.items()) if layout.may_use(user)]
