"""Serializers of centres and members: which fields; `id` names the row, `row_version` its state."""

from batik_registry.serializers import RecordSerializer
from centres import models
from centres.models.place import PLACE_FIELDS

IDENTITY = ["id", "row_version"]
STATEMENT = ["verification_status", "verified_at", "source", "source_url", "as_of"]
#: Set by the flow of verification, never typed in.
DECIDED = ["verification_status", "verified_at"]


class CentreSerializer(RecordSerializer):
    class Meta:
        model = models.Centre
        fields = [
            *(*IDENTITY, "code", "region_code"),
            *("name", "aliases", "kinds", "commodity", *PLACE_FIELDS, "kbli_code", "kbli_version"),
            *("decree_number", "decree_on", "established_year", "inaugurated_on", "inauguration_is_planned"),
            *("operational_on", "operational_status", "closed_on", "member_count_declared"),
            *("manager_type", "manager_name", "manager_phone", "manager_agrees", "board"),
            *("is_pilot", "is_independent", "independent_evidence", "is_accountable", "accountable_evidence"),
            *("is_professional", "professional_evidence", "programme_tags", "profile", *STATEMENT),
        ]
        read_only_fields = DECIDED


class CentreFacilitySerializer(RecordSerializer):
    class Meta:
        model = models.CentreFacility
        fields = [
            *(*IDENTITY, "region_code"),
            *("centre", "name", "facility_type", "region", "address", "latitude", "longitude"),
            *("land_area_m2", "building_area_m2", "floors", "land_status", "land_certificate", "condition"),
            *("ipal_status", "ipal_capacity_m3_day", "ipal_tested_on"),
            *("asset_owner", "kib_number", "funding_source", "funding_year", *STATEMENT),
        ]
        read_only_fields = DECIDED


class EquipmentSerializer(RecordSerializer):
    class Meta:
        model = models.Equipment
        fields = [
            *IDENTITY,
            *("centre", "facility", "name", "quantity", "unit", "year", "value_idr", "condition"),
            *("in_use", "unused_reason", *STATEMENT),
        ]
        read_only_fields = DECIDED


class CentreServiceSerializer(RecordSerializer):
    class Meta:
        model = models.CentreService
        fields = [
            *IDENTITY,
            *("centre", "name", "tariff_idr", "tariff_unit", "legal_basis", "starts_on", "ends_on"),
            *("uses_last_year", *STATEMENT),
        ]
        read_only_fields = DECIDED


class CentreProcedureSerializer(RecordSerializer):
    class Meta:
        model = models.CentreProcedure
        fields = [*IDENTITY, "centre", "kind", "title", "number", "decided_on", *STATEMENT]
        read_only_fields = DECIDED


class OperationReportSerializer(RecordSerializer):
    class Meta:
        model = models.OperationReport
        fields = [*IDENTITY, "submitted_at", "centre", "year", "quarter", *models.OperationReport.FIGURES, *STATEMENT]
        read_only_fields = DECIDED


class MemberSerializer(RecordSerializer):
    class Meta:
        model = models.Member
        fields = [
            *(*IDENTITY, "region_code"),
            *("business_name", "brand_name", "legal_form", "nib", "no_nib_reason", "siinas_account"),
            *("kbli_codes", "kbli_version", *PLACE_FIELDS),
            *("owner_name", "owner_sex", "owner_birth_year", "owner_disability", "owner_nik", "npwp"),
            *("phone", "email", "socials", "marketplace_urls"),
            *("started_year", "is_new_entrepreneur", "wub_programme", "capital_idr", "investment_idr", "has_workshop"),
            *("techniques", "dye_type", "natural_dye_pct", "waste_handling", "product_groups"),
            *("buyer_segments", "status", "status_on", "status_reason"),
            *("consent_version", "consent_at", "consent_withdrawn_at", "public_profile", *STATEMENT),
        ]
        read_only_fields = DECIDED
        extra_kwargs = {name: {"write_only": True} for name in ("owner_nik", "npwp")}


class MembershipSerializer(RecordSerializer):
    class Meta:
        model = models.Membership
        fields = [*IDENTITY, "member", "centre", "role", "starts_on", "ends_on", "is_primary", *STATEMENT]
        read_only_fields = DECIDED


class MemberSnapshotSerializer(RecordSerializer):
    class Meta:
        model = models.MemberSnapshot
        fields = [
            *IDENTITY,
            *("member", "year", "semester", "workers_male", "workers_female", "piecework_male", "piecework_female"),
            *("capacity_installed", "capacity_unit", "production_quantity", "production_value_idr"),
            *("revenue_idr", "domestic_idr", "export_idr", "export_destinations", "export_mode"),
            *("raw_material_idr", "imported_material_pct", "online_sales_pct", "credit_idr", "credit_source"),
            *("investment_new_idr", "electricity_kwh", "fuel", "water_m3", "method", "remarks", *STATEMENT),
        ]
        read_only_fields = DECIDED


class CertificationSerializer(RecordSerializer):
    class Meta:
        model = models.Certification
        fields = [
            *IDENTITY,
            *("kind", "member", "region", "community", "technique", "product", "number", "issuer"),
            *("issued_on", "expires_on", "status", "tkdn_pct", "facilitated_by", "funding_source", *STATEMENT),
        ]
        read_only_fields = DECIDED


class MotifSerializer(RecordSerializer):
    class Meta:
        model = models.Motif
        fields = [*IDENTITY, "region_code", "name", "aliases", "region", "philosophy", "maker", *STATEMENT]
        read_only_fields = DECIDED


class MemberMotifSerializer(RecordSerializer):
    class Meta:
        model = models.MemberMotif
        fields = [*IDENTITY, "member", "motif", *STATEMENT]
        read_only_fields = DECIDED


class PartnershipSerializer(RecordSerializer):
    class Meta:
        model = models.Partnership
        fields = [
            *IDENTITY,
            *("centre", "partner", "kind", "agreement_number", "starts_on", "ends_on", "value_idr"),
            *("description", *STATEMENT),
        ]
        read_only_fields = DECIDED


class PartnershipMemberSerializer(RecordSerializer):
    class Meta:
        model = models.PartnershipMember
        fields = [*IDENTITY, "partnership", "member", *STATEMENT]
        read_only_fields = DECIDED


class DatedFactSerializer(RecordSerializer):
    class Meta:
        model = models.DatedFact
        fields = [
            *IDENTITY,
            "content_type",
            "object_id",
            "is_preferred",
            "field",
            "label",
            "value",
            "unit",
            "figure_kind",
            "note",
            *STATEMENT,
        ]
        read_only_fields = DECIDED


class AttachmentSerializer(RecordSerializer):
    class Meta:
        model = models.Attachment
        fields = [
            *IDENTITY,
            "content_type",
            "object_id",
            "kind",
            "mime_type",
            "size_bytes",
            "file",
            "caption",
            "is_published",
            *STATEMENT,
        ]
        read_only_fields = DECIDED


class ReferenceStatisticSerializer(RecordSerializer):
    class Meta:
        model = models.ReferenceStatistic
        fields = [
            *IDENTITY,
            "indicator",
            "title",
            "region",
            "value",
            "unit",
            "year",
            "period",
            "publisher",
            "url",
            "note",
        ]


class RuleSerializer(RecordSerializer):
    class Meta:
        model = models.Rule
        fields = [*IDENTITY, "code", "value", "valid_from", "valid_to", "legal_basis", "status"]


class IndustryCodeSerializer(RecordSerializer):
    class Meta:
        model = models.IndustryCode
        fields = [*IDENTITY, "version", "code", "title", "is_batik", "status", "source"]
