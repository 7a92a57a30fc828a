"""What the tests of the ministry's desk share: addresses, and lists that are filled."""

from django.urls import reverse

from centres import models
from tests.factories import centres as make


def change_url(record):
    return reverse(f"admin:{record._meta.app_label}_{record._meta.model_name}_change", args=[record.pk])


def fill(model, number):
    """So many rows of the model, each with parents of its own."""
    for index in range(number):
        centre = make.make_centre()
        named = {"centre": centre}
        match model:
            case models.Centre:
                make.make_membership(centre=centre)
            case models.CentreFacility:
                make.make_facility(**named)
            case models.Equipment:
                models.Equipment.objects.create(name="Wajan contoh", **named)
            case models.CentreService:
                models.CentreService.objects.create(name="Layanan contoh", **named)
            case models.CentreProcedure:
                models.CentreProcedure.objects.create(title="SOP contoh", **named)
            case models.Partnership:
                make.make_partnership(**named)
            case models.OperationReport:
                make.make_report(**named)
            case models.Member | models.Membership:
                make.make_membership(**named)
            case models.MemberSnapshot:
                make.make_snapshot()
            case models.Certification:
                make.make_certificate()
            case models.DatedFact:
                make.make_fact(centre, field="name", value=centre.name)
            case models.Motif:
                make.make_motif()
            case models.MemberMotif:
                make.make_member_motif()
            case models.PartnershipMember:
                make.make_partnership_member()
            case models.ReferenceStatistic:
                make_statistic(index)
            case models.Rule:
                make_rule(index)
            case models.IndustryCode:
                models.IndustryCode.objects.create(code=f"9{models.IndustryCode.objects.count():04d}", title="Contoh")


def make_statistic(index):
    models.ReferenceStatistic.objects.create(
        indicator="contoh",
        title="Angka contoh",
        value=62,
        unit="sentra",
        region_id="35.76",
        year=1900 + models.ReferenceStatistic.objects.count() % 200,
        publisher="Penerbit contoh",
    )


def make_rule(index):
    models.Rule.objects.filter(code="JARAK_TITIK_KM", valid_from=None).delete()
    year = 1900 + models.Rule.objects.filter(valid_from__year__lt=2000).count()
    models.Rule.objects.create(
        code="JARAK_TITIK_KM", value="60", valid_from=f"{year}-01-01", valid_to=f"{year}-12-31", legal_basis="Contoh"
    )


#: Every kind of record that has a list of its own.
LISTED = [
    *(models.Centre, models.CentreFacility, models.Equipment, models.CentreService, models.CentreProcedure),
    *(models.Partnership, models.OperationReport, models.Member, models.Membership, models.MemberSnapshot),
    *(models.Certification, models.DatedFact, models.Motif, models.ReferenceStatistic, models.Rule),
    *(models.IndustryCode, models.MemberMotif, models.PartnershipMember),
]
