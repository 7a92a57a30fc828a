"""Filters of the API: those of the pages under English names, and closed lists of lookups by field."""

from typing import Any, ClassVar

import django_filters as filters
from django.db import models


class RegionPrefixFilter(filters.CharFilter):
    """Rows of a region and everything below it: "35" finds those of 35.76.02 too."""

    def filter(self, rows: Any, value: str) -> Any:
        if not value:
            return rows
        own, below = {self.field_name: value}, {f"{self.field_name}__startswith": f"{value}."}
        return rows.filter(models.Q(**own) | models.Q(**below))


class ApiFilterSet(filters.FilterSet):
    """Never asks whether a key exists: a foreign one and a missing one both find nothing.

    `names` maps the parameters that an inherited FilterSet of a page knows to those of the API; None leaves one out.
    """

    names: ClassVar[dict[str, str | None]] = {}

    @classmethod
    def get_filters(cls) -> Any:
        named = {cls.names.get(name, name): one for name, one in super().get_filters().items()}
        return {name: one for name, one in named.items() if name and not isinstance(one, filters.OrderingFilter)}

    @classmethod
    def filter_for_lookup(cls, field: Any, lookup_type: str) -> Any:
        if isinstance(field, models.ForeignKey):
            is_text = isinstance(field.target_field, models.CharField)
            return (filters.CharFilter if is_text else filters.UUIDFilter), {}
        if isinstance(field, models.GeneratedField):
            field = field.output_field
        return super().filter_for_lookup(field, lookup_type)

    @classmethod
    def fields_behind(cls) -> dict[str, str]:
        """The field that each parameter asks about; whoever may not read that field has no such parameter."""
        return {name: (one.field_name or "").split("__")[0] for name, one in cls.get_filters().items()}


SINCE = {"updated_at": ["gte", "lt"]}
#: Lookups of days, years and amounts.
SPAN = ["exact", "gte", "lte"]
#: Lookups of codes and choices: one, or several with commas.
ONE_OF = ["exact", "in"]


class RegionalApiFilter(ApiFilterSet):
    """For records that belong to a place."""

    region_code = RegionPrefixFilter("region_code", label="Kode wilayah; menemukan juga semua wilayah di bawahnya")


def filters_of(model: Any, lookups: dict[str, list[str]], base: type[ApiFilterSet] = RegionalApiFilter) -> Any:
    """The FilterSet of a model by a closed list of lookups, and by when the rows were changed.

    A parameter is named like its field, with the lookup behind it where it is not equality: `starts_on__gte`.
    """
    known = {"model": model, "fields": SINCE | lookups}
    return type(f"{model.__name__}ApiFilter", (base,), {"Meta": type("Meta", (), known)})
