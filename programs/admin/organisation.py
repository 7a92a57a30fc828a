from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from centres.admin.base import SOURCE, VERIFICATION, DeskAdmin, ProvinceFilter, place_column
from programs.forms import OrganisationForm, VenueForm
from programs.models import Organisation, Venue


@admin.register(Organisation)
class OrganisationAdmin(DeskAdmin):
    form = OrganisationForm
    list_display = ["name", "abbreviation", "kind", "place", "verification_status"]
    list_filter = [ProvinceFilter, "kind", "verification_status"]
    list_select_related = ["region"]
    search_fields = ["name"]  # opens the search box; Organisation.objects.search does the searching
    search_help_text = _("Cari dengan nama, singkatan, atau wilayah")
    autocomplete_fields = ["region", "office"]
    fieldsets = [
        (None, {"fields": [("name", "abbreviation"), "kind", "region", "office"]}),
        SOURCE,
        VERIFICATION,
    ]

    place = staticmethod(place_column("region", _("wilayah")))


@admin.register(Venue)
class VenueAdmin(DeskAdmin):
    form = VenueForm
    list_display = ["name", "address", "place", "verification_status"]
    list_filter = [ProvinceFilter, "verification_status"]
    list_select_related = ["region"]
    search_fields = ["name"]  # opens the search box; Venue.objects.search does the searching
    search_help_text = _("Cari dengan nama, alamat, atau wilayah")
    autocomplete_fields = ["region"]
    fieldsets = [
        (None, {"fields": ["name", "address", "region"]}),
        SOURCE,
        VERIFICATION,
    ]

    place = staticmethod(place_column("region", _("wilayah")))
