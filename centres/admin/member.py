from typing import Any

from django.contrib import admin
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from batik_registry.admin import RecordTabularInline, date_column, words_column
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
from centres.choices import Technique
from centres.forms import CertificationForm, MemberForm, MemberMotifForm, MembershipForm, MemberSnapshotForm
from centres.models import Certification, Member, MemberMotif, Membership, MemberSnapshot


class NibFilter(admin.SimpleListFilter):
    title = _("NIB")
    parameter_name = "nib"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("ada", _("sudah ada")), ("belum", _("belum ada"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        match self.value():
            case "ada":
                return queryset.with_nib()
            case "belum":
                return queryset.filter(nib="")
        return queryset


class TechniqueFilter(admin.SimpleListFilter):
    title = _("teknik")
    parameter_name = "teknik"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return Technique.choices

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.filter(techniques__has_key=self.value()) if self.value() in Technique.values else queryset


class ConfirmationFilter(admin.SimpleListFilter):
    title = _("konfirmasi")
    parameter_name = "konfirmasi"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("perlu", _("aktif, perlu dikonfirmasi lagi"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.stale() if self.value() == "perlu" else queryset


class MembershipInline(RecordTabularInline):
    model = Membership
    form = MembershipForm
    fields = ["centre", "role", "starts_on", "ends_on", "is_primary"]
    autocomplete_fields = ["centre"]
    can_delete = False


class MotifInline(RecordTabularInline):
    model = MemberMotif
    form = MemberMotifForm
    fields = ["motif"]
    autocomplete_fields = ["motif"]


class CertificationInline(RecordTabularInline):
    model = Certification
    form = CertificationForm
    fields = ["kind", "technique", "number", "issuer", "issued_on", "expires_on", "status"]
    can_delete = False


class SnapshotInline(RecordTabularInline):
    """The years in brief; a new year, with its money, is written on a page of its own."""

    model = MemberSnapshot
    form = MemberSnapshotForm
    fields: Any = [
        *("year", "semester", "workers_male", "workers_female", "production_quantity", "capacity_unit"),
        *("revenue_idr", "export_idr", "method"),
    ]
    readonly_fields = fields
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Member)
class MemberAdmin(DeskAdmin):
    form = MemberForm
    list_display = ["business_name", "place", "centre", "technique", "nib", "status", "verification_status"]
    list_filter = [ProvinceFilter, "status", TechniqueFilter, NibFilter, ConfirmationFilter, "verification_status"]
    list_select_related = ["regency"]
    search_fields = ["business_name"]  # opens the search box; Member.objects.search does the searching
    search_help_text = _("Cari dengan nama usaha, merek, wilayah, atau NIB lengkap")
    autocomplete_fields = ["regency", "region"]
    fieldsets = [
        (None, {"fields": [("business_name", "brand_name"), "legal_form", ("nib", "no_nib_reason", "siinas_account")]}),
        (_("Lokasi"), {"fields": ["regency", "region", "address", ("latitude", "longitude")]}),
        (
            _("Pemilik"),
            {
                "fields": [
                    "owner_name",
                    ("owner_sex", "owner_birth_year", "owner_disability"),
                    ("owner_nik", "npwp"),
                ]
            },
        ),
        (_("Kontak"), {"fields": [("phone", "email"), "socials", "marketplace_urls"]}),
        (
            _("Produksi"),
            {
                "fields": [
                    ("kbli_codes", "kbli_version"),
                    "techniques",
                    ("dye_type", "natural_dye_pct"),
                    ("has_workshop", "waste_handling"),
                    "product_groups",
                    "buyer_segments",
                ]
            },
        ),
        (
            _("Usaha"),
            {
                "fields": [
                    ("status", "status_on"),
                    "status_reason",
                    "started_year",
                    ("is_new_entrepreneur", "wub_programme"),
                    ("capital_idr", "investment_idr"),
                ]
            },
        ),
        (
            _("Persetujuan pemilik"),
            {"fields": ["consent_version", "consent_at", "consent_withdrawn_at", "public_profile"]},
        ),
        SOURCE,
        VERIFICATION,
    ]
    parts = [MembershipInline, MotifInline, CertificationInline, SnapshotInline, FactInline, AttachmentInline]

    place = staticmethod(place_column())
    technique = staticmethod(words_column("techniques", _("teknik")))

    def get_queryset(self, request: HttpRequest) -> QuerySet[Member]:
        primary = Membership.objects.open().primary().select_related("centre")
        return super().get_queryset(request).prefetch_related(Prefetch("memberships", primary, to_attr="counted_in"))

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        digits = search_term.replace(" ", "")
        if digits.isdigit() and len(digits) == 13:
            return queryset.filter(nib=digits), False
        return super().get_search_results(request, queryset, search_term)

    @admin.display(description=_("sentra"))
    def centre(self, member: Any) -> str:
        return ", ".join(str(membership.centre) for membership in member.counted_in) or _now("tanpa sentra")


@admin.register(Membership)
class MembershipAdmin(DeskAdmin):
    form = MembershipForm
    list_display = ["member", "centre", "role", "since", "until", "primary"]
    list_filter = [ProvinceFilter, "role", "is_primary"]
    list_select_related = ["member", "centre"]
    search_fields = ["member__business_name", "centre__name"]
    search_help_text = _("Cari dengan nama usaha atau nama sentra")
    autocomplete_fields = ["member", "centre"]
    fieldsets = [
        (None, {"fields": ["member", "centre", "role", ("starts_on", "ends_on"), "is_primary"]}),
        SOURCE,
        VERIFICATION,
    ]

    since = staticmethod(date_column("starts_on", _("sejak")))

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Reached from the centre and from the member."""
        return False

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        return lookup == "centre__id__exact" or super().lookup_allowed(lookup, value, request)

    @admin.display(description=_("sampai"), ordering="ends_on")
    def until(self, membership: Membership) -> str:
        return date_column("ends_on", "")(membership) if membership.ends_on else _now("sekarang")

    @admin.display(description=_("keanggotaan utama"), ordering="is_primary")
    def primary(self, membership: Membership) -> str:
        return _now("ya") if membership.is_primary else _now("tidak")


@admin.register(MemberSnapshot)
class SnapshotAdmin(DeskAdmin):
    form = MemberSnapshotForm
    list_display = ["member", "year", "semester", "place", "workers", "production", "method", "verification_status"]
    list_filter = [ProvinceFilter, "year", "semester", "method", "verification_status"]
    list_select_related = ["member__regency"]
    search_fields = ["member__business_name", "member__search_text"]
    search_help_text = _("Cari dengan nama usaha")
    autocomplete_fields = ["member"]
    fieldsets = [
        (None, {"fields": ["member", ("year", "semester"), "method"]}),
        (
            _("Tenaga kerja"),
            {"fields": [("workers_male", "workers_female"), ("piecework_male", "piecework_female")]},
        ),
        (
            _("Produksi"),
            {
                "fields": [
                    ("capacity_installed", "production_quantity", "capacity_unit"),
                    ("production_value_idr", "raw_material_idr", "imported_material_pct"),
                    ("electricity_kwh", "fuel", "water_m3"),
                ]
            },
        ),
        (
            _("Penjualan"),
            {
                "fields": [
                    ("revenue_idr", "domestic_idr", "export_idr"),
                    ("export_destinations", "export_mode"),
                    "online_sales_pct",
                ]
            },
        ),
        (_("Pembiayaan"), {"fields": [("credit_idr", "credit_source"), "investment_new_idr"]}),
        (_("Penjelasan"), {"fields": ["remarks"]}),
        SOURCE,
        VERIFICATION,
    ]

    place = staticmethod(place_column("member__regency"))
    production = staticmethod(words_column("production_quantity", _("jumlah produksi")))

    @admin.display(description=_("tenaga kerja"))
    def workers(self, snapshot: MemberSnapshot) -> str:
        known = [count for count in (snapshot.workers_male, snapshot.workers_female) if count is not None]
        return angka(sum(known)) if known else _now("belum ada")
