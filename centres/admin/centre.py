from typing import Any

from django.contrib import admin
from django.db.models import F, QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from batik_registry.admin import RecordStackedInline, RecordTabularInline
from batik_registry.templatetags.formats import angka
from centres.admin.base import (
    SOURCE,
    VERIFICATION,
    AttachmentInline,
    DeskAdmin,
    FactInline,
    ProvinceFilter,
    place_column,
)
from centres.forms import (
    CentreFacilityForm,
    CentreForm,
    CentreProcedureForm,
    CentreServiceForm,
    EquipmentForm,
    PartnershipForm,
)
from centres.models import (
    Centre,
    CentreFacility,
    CentreProcedure,
    CentreService,
    Equipment,
    Membership,
    Partnership,
)

MEMBERS_SHOWN = 10


class FacilityInline(RecordStackedInline):
    model = CentreFacility
    form = CentreFacilityForm
    fields = [
        ("name", "facility_type", "condition"),
        ("land_area_m2", "building_area_m2", "floors"),
        ("ipal_status", "funding_source", "funding_year"),
    ]
    ordering = [F("land_area_m2").desc(nulls_last=True), "name"]  # the building itself before its rooms
    can_delete = False


class EquipmentInline(RecordTabularInline):
    model = Equipment
    form = EquipmentForm
    fields = ["name", "quantity", "unit", "year", "condition", "in_use", "unused_reason"]
    can_delete = False


class ServiceInline(RecordTabularInline):
    model = CentreService
    form = CentreServiceForm
    fields = ["name", "tariff_idr", "tariff_unit", "uses_last_year"]
    can_delete = False


class ProcedureInline(RecordTabularInline):
    model = CentreProcedure
    form = CentreProcedureForm
    fields = ["kind", "title", "number", "decided_on"]
    can_delete = False


class PartnershipInline(RecordTabularInline):
    model = Partnership
    form = PartnershipForm
    fields = ["partner", "kind", "starts_on", "ends_on", "value_idr"]
    can_delete = False


@admin.register(Centre)
class CentreAdmin(DeskAdmin):
    form = CentreForm
    list_display = [
        *("name", "place", "commodity", "operational_status", "pilot"),
        *("declared", "counted", "verification_status"),
    ]
    list_filter = [ProvinceFilter, "operational_status", "is_pilot", "commodity", "verification_status", "is_sample"]
    list_select_related = ["regency"]
    search_fields = ["name"]  # opens the search box; Centre.objects.search does the searching
    autocomplete_fields = ["regency", "region"]
    readonly_fields = ["code", "members"]
    fieldsets = [
        (None, {"fields": ["name", "code", "aliases", "kinds", "commodity", ("kbli_code", "kbli_version")]}),
        (_("Lokasi"), {"fields": ["regency", "region", "address", ("latitude", "longitude")]}),
        (
            _("Penetapan dan operasi"),
            {
                "fields": [
                    "operational_status",
                    ("established_year", "operational_on", "closed_on"),
                    ("inaugurated_on", "inauguration_is_planned"),
                    ("decree_number", "decree_on"),
                ]
            },
        ),
        (_("Anggota"), {"fields": ["member_count_declared", "members"]}),
        (
            _("Sentra percontohan"),
            {
                "fields": [
                    "is_pilot",
                    ("is_independent", "independent_evidence"),
                    ("is_accountable", "accountable_evidence"),
                    ("is_professional", "professional_evidence"),
                ]
            },
        ),
        (
            _("Pengelola"),
            {"fields": ["manager_type", ("manager_name", "manager_phone"), "manager_agrees", "board"]},
        ),
        (_("Program dan profil"), {"fields": ["programme_tags", "profile"]}),
        SOURCE,
        VERIFICATION,
    ]
    parts = [
        *(FacilityInline, EquipmentInline, ServiceInline, ProcedureInline, PartnershipInline),
        *(FactInline, AttachmentInline),
    ]

    place = staticmethod(place_column())

    def get_queryset(self, request: HttpRequest) -> QuerySet[Centre]:
        rows: Any = super().get_queryset(request)
        return rows.with_member_count()

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """A new centre has no code and no members yet."""
        fieldsets = super().get_fieldsets(request, obj)
        if obj is not None:
            return fieldsets
        later = {"code", "members"}
        return [
            (title, options | {"fields": [name for name in options["fields"] if name not in later]})
            for title, options in fieldsets
        ]

    @admin.display(description=_("percontohan"), ordering="is_pilot")
    def pilot(self, centre: Centre) -> str:
        return _now("ya") if centre.is_pilot else _now("tidak")

    @admin.display(description=_("IKM dinyatakan"), ordering="member_count_declared")
    def declared(self, centre: Centre) -> str:
        return angka(centre.member_count_declared) or _now("belum ada")

    @admin.display(description=_("IKM tercatat"), ordering="member_count")
    def counted(self, centre: Any) -> str:
        return angka(centre.member_count)

    @admin.display(description=_("anggota tercatat"))
    def members(self, centre: Any) -> str:
        """The first members and the way to all of them: a centre may have hundreds."""
        memberships = Membership.objects.open().filter(centre=centre).select_related("member")
        context = {
            "centre": centre,
            "count": centre.member_count,
            "memberships": memberships.order_by("member__business_name")[:MEMBERS_SHOWN],
        }
        return render_to_string("admin/centres/centre/members.html", context)
