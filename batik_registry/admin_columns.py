"""What a list at the ministry's desk shows, as columns of a file and filters in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.admin import SimpleListFilter
from django.core.exceptions import FieldDoesNotExist
from django.utils.encoding import force_str
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from batik_registry.columns import Column
from batik_registry.tables import TableColumn


@dataclass(frozen=True)
class ShownColumn:
    """A column that the page writes itself: its words, without their markup."""

    show: Any
    heading: Any

    def title(self, model: Any) -> Any:
        return self.heading

    def definition(self, model: Any) -> str:
        return ""

    def is_personal(self, model: Any) -> bool:
        return False

    def text(self, row: Any) -> str:
        shown = self.show(row)
        if isinstance(shown, bool):
            return _("ya") if shown else _("tidak")
        spaced = force_str("" if shown is None else shown).replace("<", " <")
        return " ".join(strip_tags(spaced).split()) if hasattr(shown, "__html__") else spaced.replace(" <", "<")

    def value(self, row: Any) -> Any:
        shown = self.show(row)
        return shown if isinstance(shown, int) and not isinstance(shown, bool) else self.text(row) or None


def desk_columns(page: Any, names: Iterable[Any]) -> list[TableColumn]:
    """The columns of a list by their names in `list_display`; a function that tells a field gives its value."""
    return [_column(page, name) for name in names]


def _column(page: Any, name: Any) -> TableColumn:
    try:
        page.model._meta.get_field(name)
        return Column(name)
    except (FieldDoesNotExist, TypeError):
        show = name if callable(name) else getattr(page, name, None) or (lambda row: str(getattr(row, name)()))
    heading = getattr(show, "short_description", page.model._meta.verbose_name)
    return Column(show.tells, heading) if hasattr(show, "tells") else ShownColumn(show, heading)


def filters_in_words(changelist: Any) -> list[tuple[Any, Any]]:
    """The search and each filter that was chosen, as they read on the page."""
    told = [(_("Cari"), changelist.query)] if changelist.query else []
    for spec in changelist.filter_specs:
        chosen = [choice["display"] for choice in spec.choices(changelist) if choice["selected"]]
        if _is_on(spec, changelist) and chosen:
            told.append((spec.title, chosen[0]))
    return told


def _is_on(spec: Any, changelist: Any) -> bool:
    """Also one that narrows without being asked."""
    if isinstance(spec, SimpleListFilter):
        return spec.value() is not None
    return bool(set(spec.expected_parameters()) & set(changelist.filter_params))
