"""What the public sees: the rows, and the fields by which each kind of record is told. Nothing else leaves this app."""

from typing import Any

from django.db.models import Count

from accounts.visitor import VISITOR
from centres.models import Centre, CentreFacility, Member
from programs.models import Event

#: The public fields of each kind, in the order of the files. A test compares them with the marks on the models.
FIELDS: dict[type[Any], tuple[str, ...]] = {
    Centre: (
        *("id", "code", "name", "aliases", "kinds", "commodity", "kbli_code", "kbli_version"),
        *("region_code", "province_code", "regency_code", "address", "latitude", "longitude"),
        *("established_year", "inaugurated_on", "operational_on", "operational_status", "member_count_declared"),
        *("is_pilot", "programme_tags", "profile", "source", "source_url", "as_of", "is_sample", "updated_at"),
    ),
    CentreFacility: (
        *("id", "centre", "name", "facility_type", "region_code", "address", "latitude", "longitude"),
        *("land_area_m2", "building_area_m2", "floors", "condition", "ipal_status", "funding_source", "funding_year"),
        *("source", "source_url", "as_of", "is_sample", "updated_at"),
    ),
    Event: (
        *("id", "code", "name", "kind", "mode", "starts_on", "ends_on", "region_code", "centre", "status", "goals"),
        *("programme_tags", "description", "topic", "declared_participants", "visitors"),
        *("source", "source_url", "as_of", "is_sample", "updated_at"),
    ),
    Member: ("business_name", "brand_name", "techniques", "product_groups"),
}


def shown(model: Any) -> Any:
    """The rows of this kind that anybody sees: validated, and within what a visitor may read."""
    if not VISITOR.may.read(model):
        return model.objects.none()
    return model.objects.visible_to(VISITOR).validated()


def centres() -> Any:
    """The batik centres of the directory."""
    return shown(Centre).batik().select_related("regency", "region")


def facilities() -> Any:
    """Facilities of the centres of the directory."""
    return shown(CentreFacility).filter(centre__in=centres().order_by().values("pk"))


def facilities_of(centre: Centre) -> Any:
    return shown(CentreFacility).filter(centre=centre).only(*FIELDS[CentreFacility])


def members_of(centre: Centre) -> Any:
    """Members of the centre who agreed to be shown, with nothing but their public fields."""
    return shown(Member).active().in_centre(centre).only(*FIELDS[Member])


def events() -> Any:
    """The calendar; also what was called off, so that whoever subscribed learns of it."""
    return shown(Event).select_related("venue__region", "initiator", "region")


def by_province() -> dict[str, int]:
    """How many centres of the directory each province has, by its code."""
    counted = centres().order_by().values("province_code").annotate(count=Count("pk"))
    return {row["province_code"]: row["count"] for row in counted}
