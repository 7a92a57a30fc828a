from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from batik_registry.admin import RecordTabularInline, money_column, words_column
from centres.admin.base import (
    SOURCE,
    VERIFICATION,
    AttachmentInline,
    DeskAdmin,
    FactInline,
    ProvinceFilter,
    place_column,
)
from centres.forms import CentreFacilityForm, CentreProcedureForm, CentreServiceForm, EquipmentForm
from centres.models import CentreFacility, CentreProcedure, CentreService, Equipment


class EquipmentInFacilityInline(RecordTabularInline):
    """Machines that stand in the facility; they are edited on their own pages or on that of the centre."""

    model = Equipment
    fk_name = "facility"
    fields: Any = ["name", "quantity", "unit", "year", "condition", "in_use"]
    readonly_fields = fields
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(CentreFacility)
class FacilityAdmin(DeskAdmin):
    form = CentreFacilityForm
    list_display = [
        "name",
        "facility_type",
        "centre",
        "place",
        "land_area",
        "building_area",
        "condition",
        "ipal_status",
    ]
    list_filter = [ProvinceFilter, "facility_type", "condition", "ipal_status", "funding_source", "is_sample"]
    list_select_related = ["centre__regency"]
    search_fields = ["name", "centre__name", "centre__search_text"]
    search_help_text = _("Cari dengan nama fasilitas atau nama sentra")
    autocomplete_fields = ["centre", "region"]
    fieldsets = [
        (None, {"fields": ["centre", "name", "facility_type"]}),
        (_("Lokasi"), {"fields": ["region", "address", ("latitude", "longitude")]}),
        (
            _("Lahan dan bangunan"),
            {
                "fields": [
                    ("land_area_m2", "building_area_m2", "floors"),
                    ("land_status", "land_certificate"),
                    "condition",
                ]
            },
        ),
        (_("Pengolahan limbah"), {"fields": [("ipal_status", "ipal_capacity_m3_day", "ipal_tested_on")]}),
        (_("Aset dan dana"), {"fields": [("asset_owner", "kib_number"), ("funding_source", "funding_year")]}),
        SOURCE,
        VERIFICATION,
    ]
    parts = [EquipmentInFacilityInline, FactInline, AttachmentInline]

    place = staticmethod(place_column("centre__regency"))
    land_area = staticmethod(words_column("land_area_m2", _("luas lahan (m²)")))
    building_area = staticmethod(words_column("building_area_m2", _("luas bangunan (m²)")))


class PartOfCentreAdmin(DeskAdmin):
    """The own page of what is usually reached from the centre; it takes no line in the menu."""

    list_select_related = ["centre"]
    autocomplete_fields = ["centre"]
    list_filter = [ProvinceFilter]

    def has_module_permission(self, request: HttpRequest) -> bool:
        return False


@admin.register(Equipment)
class EquipmentAdmin(PartOfCentreAdmin):
    form = EquipmentForm
    list_display = ["name", "centre", "quantity", "unit", "year", "value", "condition"]
    search_fields = ["name", "centre__name"]
    search_help_text = _("Cari dengan nama mesin, peralatan, atau sentra")
    autocomplete_fields = ["centre", "facility"]
    fieldsets = [
        (None, {"fields": ["centre", "facility", "name", ("quantity", "unit"), ("year", "value_idr"), "condition"]}),
        (_("Pemakaian"), {"fields": ["in_use", "unused_reason"]}),
        SOURCE,
        VERIFICATION,
    ]
    parts = [AttachmentInline]

    value = staticmethod(money_column("value_idr", _("nilai perolehan")))


@admin.register(CentreService)
class ServiceAdmin(PartOfCentreAdmin):
    form = CentreServiceForm
    list_display = ["name", "centre", "tariff", "tariff_unit", "uses_last_year"]
    search_fields = ["name", "centre__name"]
    search_help_text = _("Cari dengan nama layanan atau sentra")
    fieldsets: Any = [
        (None, {"fields": ["centre", "name"]}),
        (_("Tarif"), {"fields": [("tariff_idr", "tariff_unit"), "legal_basis"]}),
        (_("Masa dan pemakaian"), {"fields": [("starts_on", "ends_on"), "uses_last_year"]}),
        SOURCE,
        VERIFICATION,
    ]
    parts = [FactInline]

    tariff = staticmethod(money_column("tariff_idr", _("tarif")))


@admin.register(CentreProcedure)
class ProcedureAdmin(PartOfCentreAdmin):
    form = CentreProcedureForm
    list_display = ["title", "kind", "centre", "number"]
    search_fields = ["title", "centre__name"]
    search_help_text = _("Cari dengan judul prosedur atau nama sentra")
    fieldsets = [(None, {"fields": ["centre", "kind", "title", ("number", "decided_on")]}), SOURCE, VERIFICATION]
    parts = [AttachmentInline]
