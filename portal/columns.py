"""What a downloaded list tells of each row: what its page shows, and never a personal field."""

from django.utils.translation import gettext_lazy as _

from batik_registry.templatetags.formats import persen, rupiah
from centres.models import Centre, Member
from programs.models import Allocation, Event
from programs.worklists import Column
from submissions.models import Submission

COLUMNS: dict[type, tuple[Column, ...]] = {
    Centre: (
        *map(Column, ("code", "name", "region")),
        Column("member_count", _("anggota tercatat")),
        *map(Column, ("member_count_declared", "operational_status")),
    ),
    Member: tuple(map(Column, ("business_name", "brand_name", "region", "status", "verified_at"))),
    Allocation: (
        *map(Column, ("code", "title", "source_of_funds", "kind", "fiscal_year", "ceiling_idr")),
        Column("absorbed", _("diserap (rupiah)"), rupiah),
        Column("physical", _("realisasi fisik (%)"), persen),
        Column("state"),
    ),
    Event: tuple(map(Column, ("code", "name", "kind", "starts_on", "ends_on", "venue", "status"))),
    Submission: tuple(map(Column, ("number", "title", "purpose", "office", "submitted_at", "state"))),
}
