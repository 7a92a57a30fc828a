"""What a downloaded list tells of each row: what its page shows; personal fields only where they are asked for."""

from django.utils.translation import gettext_lazy as _

from batik_registry.columns import Column
from batik_registry.templatetags.formats import persen, rupiah
from centres.models import Centre, Member
from programs.models import Allocation, Event
from submissions.columns import COLUMNS as SUBMISSION_COLUMNS
from submissions.models import Submission

COLUMNS: dict[type, tuple[Column, ...]] = {
    Centre: (
        *map(Column, ("code", "name", "region")),
        Column("member_count", _("anggota tercatat")),
        *map(Column, ("member_count_declared", "operational_status")),
    ),
    Member: (
        *map(Column, ("business_name", "brand_name", "region", "status", "verified_at")),
        *map(Column, ("nib", "techniques", "dye_type", "product_groups", "started_year")),
        Column("id", _("ID data")),
    ),
    Allocation: (
        *map(Column, ("code", "title", "source_of_funds", "kind", "fiscal_year", "ceiling_idr")),
        Column("absorbed", _("diserap (rupiah)"), rupiah),
        Column("physical", _("realisasi fisik (%)"), persen),
        Column("state"),
    ),
    Event: tuple(map(Column, ("code", "name", "kind", "starts_on", "ends_on", "venue", "status"))),
    Submission: SUBMISSION_COLUMNS,
}

#: What may come beside it, for whoever reads personal data in clear; each row read is kept. Nothing more sensitive.
PERSONAL_COLUMNS: dict[type, tuple[Column, ...]] = {
    Member: tuple(map(Column, ("owner_name", "owner_sex", "owner_birth_year", "phone", "email", "address"))),
}
