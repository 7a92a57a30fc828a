"""Forms of centres and members: which fields, in the order in which a person fills them."""

from batik_registry.forms import DateInput, RecordForm
from centres import models
from centres.models.place import PLACE_FIELDS

SOURCE_FIELDS = ["source", "source_url", "as_of"]


class CentreForm(RecordForm):
    class Meta:
        model = models.Centre
        fields = [
            *("name", "aliases", "kinds", "commodity", *PLACE_FIELDS, "kbli_code", "kbli_version"),
            *("decree_number", "decree_on", "established_year", "inaugurated_on", "inauguration_is_planned"),
            *("operational_on", "operational_status", "closed_on", "member_count_declared"),
            *("manager_type", "manager_name", "manager_phone", "manager_agrees", "board"),
            *("is_pilot", "is_independent", "independent_evidence", "is_accountable", "accountable_evidence"),
            *("is_professional", "professional_evidence", "programme_tags", "profile", *SOURCE_FIELDS),
        ]
        widgets = dict.fromkeys(["decree_on", "inaugurated_on", "operational_on", "closed_on", "as_of"], DateInput)


class CentreFacilityForm(RecordForm):
    class Meta:
        model = models.CentreFacility
        fields = [
            *("centre", "name", "facility_type", "region", "address", "latitude", "longitude"),
            *("land_area_m2", "building_area_m2", "floors", "land_status", "land_certificate", "condition"),
            *("ipal_status", "ipal_capacity_m3_day", "ipal_tested_on"),
            *("asset_owner", "kib_number", "funding_source", "funding_year", *SOURCE_FIELDS),
        ]
        widgets = dict.fromkeys(["ipal_tested_on", "as_of"], DateInput)


class EquipmentForm(RecordForm):
    class Meta:
        model = models.Equipment
        fields = [
            *("centre", "facility", "name", "quantity", "unit", "year", "value_idr", "condition"),
            *("in_use", "unused_reason", *SOURCE_FIELDS),
        ]
        widgets = {"as_of": DateInput}


class CentreServiceForm(RecordForm):
    class Meta:
        model = models.CentreService
        fields = [
            *("centre", "name", "tariff_idr", "tariff_unit", "legal_basis", "starts_on", "ends_on"),
            *("uses_last_year", *SOURCE_FIELDS),
        ]
        widgets = dict.fromkeys(["starts_on", "ends_on", "as_of"], DateInput)


class CentreProcedureForm(RecordForm):
    class Meta:
        model = models.CentreProcedure
        fields = ["centre", "kind", "title", "number", "decided_on", *SOURCE_FIELDS]
        widgets = dict.fromkeys(["decided_on", "as_of"], DateInput)


class OperationReportForm(RecordForm):
    class Meta:
        model = models.OperationReport
        fields = ["centre", "year", "quarter", *models.OperationReport.FIGURES, *SOURCE_FIELDS]
        widgets = {"as_of": DateInput}


class MemberForm(RecordForm):
    class Meta:
        model = models.Member
        fields = [
            *("business_name", "brand_name", "legal_form", "nib", "no_nib_reason", "siinas_account"),
            *("kbli_codes", "kbli_version", *PLACE_FIELDS),
            *("owner_name", "owner_sex", "owner_birth_year", "owner_disability", "owner_nik", "npwp"),
            *("phone", "email", "socials", "marketplace_urls"),
            *("started_year", "is_new_entrepreneur", "wub_programme", "capital_idr", "investment_idr", "has_workshop"),
            *("techniques", "dye_type", "natural_dye_pct", "waste_handling", "product_groups"),
            *("buyer_segments", "status", "status_on", "status_reason"),
            *("consent_version", "consent_at", "consent_withdrawn_at", "public_profile", *SOURCE_FIELDS),
        ]
        widgets = dict.fromkeys(["status_on", "as_of"], DateInput)


class MembershipForm(RecordForm):
    class Meta:
        model = models.Membership
        fields = ["member", "centre", "role", "starts_on", "ends_on", "is_primary", *SOURCE_FIELDS]
        widgets = dict.fromkeys(["starts_on", "ends_on", "as_of"], DateInput)


class MemberSnapshotForm(RecordForm):
    class Meta:
        model = models.MemberSnapshot
        fields = [
            *("member", "year", "semester", "workers_male", "workers_female", "piecework_male", "piecework_female"),
            *("capacity_installed", "capacity_unit", "production_quantity", "production_value_idr"),
            *("revenue_idr", "domestic_idr", "export_idr", "export_destinations", "export_mode"),
            *("raw_material_idr", "imported_material_pct", "online_sales_pct", "credit_idr", "credit_source"),
            *("investment_new_idr", "electricity_kwh", "fuel", "water_m3", "method", "remarks", *SOURCE_FIELDS),
        ]
        widgets = {"as_of": DateInput}


class CertificationForm(RecordForm):
    class Meta:
        model = models.Certification
        fields = [
            *("kind", "member", "region", "community", "technique", "product", "number", "issuer"),
            *("issued_on", "expires_on", "status", "tkdn_pct", "facilitated_by", "funding_source", *SOURCE_FIELDS),
        ]
        widgets = dict.fromkeys(["issued_on", "expires_on", "as_of"], DateInput)


class MotifForm(RecordForm):
    class Meta:
        model = models.Motif
        fields = ["name", "aliases", "region", "philosophy", "maker", *SOURCE_FIELDS]
        widgets = {"as_of": DateInput}


class MemberMotifForm(RecordForm):
    class Meta:
        model = models.MemberMotif
        fields = ["member", "motif", *SOURCE_FIELDS]
        widgets = {"as_of": DateInput}


class PartnershipForm(RecordForm):
    class Meta:
        model = models.Partnership
        fields = [
            *("centre", "partner", "kind", "agreement_number", "starts_on", "ends_on", "value_idr"),
            *("description", *SOURCE_FIELDS),
        ]
        widgets = dict.fromkeys(["starts_on", "ends_on", "as_of"], DateInput)


class PartnershipMemberForm(RecordForm):
    class Meta:
        model = models.PartnershipMember
        fields = ["partnership", "member", *SOURCE_FIELDS]
        widgets = {"as_of": DateInput}


class DatedFactForm(RecordForm):
    """About which record is said by the page it stands on: the view sets `instance.record`."""

    class Meta:
        model = models.DatedFact
        fields = ["field", "label", "value", "unit", "figure_kind", "note", *SOURCE_FIELDS]
        widgets = {"as_of": DateInput}


class AttachmentForm(RecordForm):
    """About which record is said by the page it stands on: the view sets `instance.record`."""

    class Meta:
        model = models.Attachment
        fields = ["file", "caption", "is_published", *SOURCE_FIELDS]
        widgets = {"as_of": DateInput}


class ReferenceStatisticForm(RecordForm):
    class Meta:
        model = models.ReferenceStatistic
        fields = ["indicator", "title", "region", "value", "unit", "year", "period", "publisher", "url", "note"]


class RuleForm(RecordForm):
    class Meta:
        model = models.Rule
        fields = ["code", "value", "valid_from", "valid_to", "legal_basis", "status"]
        widgets = dict.fromkeys(["valid_from", "valid_to"], DateInput)


class IndustryCodeForm(RecordForm):
    class Meta:
        model = models.IndustryCode
        fields = ["version", "code", "title", "is_batik", "status", "source"]
