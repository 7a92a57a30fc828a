from batik_registry.serializers import RecordSerializer
from centres.serializers import DECIDED, IDENTITY, STATEMENT
from programs import models
from programs.forms.events import PARTICIPATION_FIELDS


class OrganisationSerializer(RecordSerializer):
    class Meta:
        model = models.Organisation
        fields = [*IDENTITY, "region_code", "name", "abbreviation", "kind", "region", "office", *STATEMENT]
        read_only_fields = DECIDED


class VenueSerializer(RecordSerializer):
    class Meta:
        model = models.Venue
        fields = [*IDENTITY, "region_code", "name", "address", "region", *STATEMENT]
        read_only_fields = DECIDED


class EventSerializer(RecordSerializer):
    class Meta:
        model = models.Event
        fields = [
            *(*IDENTITY, "code", "region_code", "status", "status_at"),
            *("name", "kind", "mode", "starts_on", "ends_on", "long_reason", "venue", "region", "centre"),
            *("initiator", "organiser", "facilitator", "opened_by", "opened_on"),
            *("goals", "programme_tags", "description", "topic", "hours", "sessions"),
            *("target_participants", "declared_participants", "target_visitors", "visitors", *STATEMENT),
        ]
        read_only_fields = [*DECIDED, "status", "status_at"]


class EventFundingSerializer(RecordSerializer):
    class Meta:
        model = models.EventFunding
        fields = [
            *IDENTITY,
            *("event", "source_of_funds", "allocation", "activity", "amount_idr", "note", *STATEMENT),
        ]
        read_only_fields = DECIDED


class ParticipationSerializer(RecordSerializer):
    class Meta:
        model = models.Participation
        fields = [*IDENTITY, "centre", "first_time", *PARTICIPATION_FIELDS, *STATEMENT]
        read_only_fields = [*DECIDED, "centre", "first_time"]


class AttendanceSerializer(RecordSerializer):
    class Meta:
        model = models.Attendance
        fields = [
            *IDENTITY,
            *("event", "name", "sex", "member", "hours", "pre_score", "post_score", "certificate_number"),
            *STATEMENT,
        ]
        read_only_fields = DECIDED


class CurationSerializer(RecordSerializer):
    class Meta:
        model = models.Curation
        fields = [
            *IDENTITY,
            *("event", "member", "product", "technique", *models.Curation.CRITERIA),
            *("result", "reason", "override_reason", "curator", "curated_on", *STATEMENT),
        ]
        read_only_fields = DECIDED


class OrderSerializer(RecordSerializer):
    class Meta:
        model = models.Order
        fields = [
            *IDENTITY,
            *("member", "buyer_segment", "buyer", "channel", "package_id", "value_idr", "ordered_on", "event"),
            *STATEMENT,
        ]
        read_only_fields = DECIDED
