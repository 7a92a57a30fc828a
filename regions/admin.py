"""The ministry's desk for regions: found quickly, read mostly. Codes and names come from decrees (`load_regions`)."""

from typing import Any

from django.contrib import admin
from django.core.paginator import Paginator
from django.db import connection
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from batik_registry.admin import RecordAdmin, RecordTabularInline
from regions.models import Region, RegionAlias, RegionEdition


class ProvinceFilter(admin.SimpleListFilter):
    """Only provinces in which there is something."""

    title = _("provinsi")
    parameter_name = "provinsi"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        seen = model_admin.model.objects.visible_to(request.user).order_by().values("province_code")
        return list(Region.objects.filter(code__in=seen).order_by("code").values_list("code", "name"))

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.filter(province_code=self.value()) if self.value() else queryset


class EstimatingPaginator(Paginator):
    """Pages through all regions without counting them: the server's statistics know their number well enough."""

    object_list: QuerySet[Any]

    @cached_property
    def count(self) -> int:
        if self.object_list.query.where:
            return self.object_list.count()
        return estimated_count() or self.object_list.count()


def estimated_count() -> int:
    """The number of regions at the last `ANALYZE`, with which `load_regions` ends; 0 when there was none."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples::bigint FROM pg_class WHERE oid = %s::regclass", [Region._meta.db_table])
        return max(cursor.fetchone()[0], 0)


class RegionAliasInline(RecordTabularInline):
    model = RegionAlias
    fields = ["name", "source"]
    show_change_link = False


@admin.register(Region)
class RegionAdmin(RecordAdmin):
    list_display = ["code", "title", "path", "is_current"]
    list_filter = ["level", "kind"]
    search_fields = ["code"]  # opens the search box and autocomplete; get_search_results does the searching
    search_help_text = _("Kode atau nama, misalnya 35.76, Mojokerto, kec. Masaran, atau Masaran Sragen")
    paginator = EstimatingPaginator
    inlines = [RegionAliasInline]
    fieldsets = [
        (None, {"fields": ["code", "name", "path", "level", "kind"]}),
        (_("Masa berlaku"), {"fields": ["decree", "valid_from", "valid_to", "successor_codes"]}),
        (_("Titik dan padanan"), {"fields": ["latitude", "longitude", "point_source", "bps_code"]}),
    ]
    readonly_fields = ["code", "name", "path", "level", "kind", "decree"]

    @admin.display(description=_("nama"), ordering="name")
    def title(self, region: Region) -> str:
        return region.title

    @admin.display(description=_("masih berlaku"))
    def is_current(self, region: Region) -> str:
        return str(_("ya") if region.is_current else _("tidak"))

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        """Pickers offer only codes that are valid, of the level that their field is named for; lists find all."""
        if request.resolver_match and request.resolver_match.url_name == "autocomplete":
            queryset = queryset.current()
            if request.GET.get("field_name") == "regency":
                queryset = queryset.regencies()
        return super().get_search_results(request, queryset, search_term)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(RegionEdition)
class RegionEditionAdmin(RecordAdmin):
    list_display = ["decree", "decree_date", "package", "created_at", "added", "changed", "vanished"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
