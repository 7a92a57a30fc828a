from batik_registry.forms import RecordForm
from centres.forms import SOURCE_FIELDS, DateInput
from programs import models

PARTICIPATION_FIELDS = [
    *("event", "member", "booth_number", "booth_size_m2", "status", *models.Participation.RESULTS),
    *models.Participation.FOLLOW_UP,
]


class OrganisationForm(RecordForm):
    class Meta:
        model = models.Organisation
        fields = ["name", "abbreviation", "kind", "region", "office", *SOURCE_FIELDS]
        widgets = {"as_of": DateInput}


class VenueForm(RecordForm):
    class Meta:
        model = models.Venue
        fields = ["name", "address", "region", *SOURCE_FIELDS]
        widgets = {"as_of": DateInput}


class EventForm(RecordForm):
    """Without the status, which deeds move."""

    class Meta:
        model = models.Event
        fields = [
            *("name", "kind", "mode", "starts_on", "ends_on", "long_reason", "venue", "region", "centre"),
            *("initiator", "organiser", "facilitator", "opened_by", "opened_on"),
            *("goals", "programme_tags", "description", "topic", "hours", "sessions"),
            *("target_participants", "declared_participants", "target_visitors", "visitors", *SOURCE_FIELDS),
        ]
        widgets = dict.fromkeys(["starts_on", "ends_on", "opened_on", "as_of"], DateInput)


class EventFundingForm(RecordForm):
    class Meta:
        model = models.EventFunding
        fields = ["event", "source_of_funds", "allocation", "activity", "amount_idr", "note", *SOURCE_FIELDS]
        widgets = {"as_of": DateInput}


class ParticipationForm(RecordForm):
    class Meta:
        model = models.Participation
        fields = [*PARTICIPATION_FIELDS, *SOURCE_FIELDS]
        widgets = dict.fromkeys(["followed_up_on", "as_of"], DateInput)


class AttendanceForm(RecordForm):
    class Meta:
        model = models.Attendance
        fields = [
            *("event", "name", "sex", "member", "hours", "pre_score", "post_score", "certificate_number"),
            *SOURCE_FIELDS,
        ]
        widgets = {"as_of": DateInput}


class CurationForm(RecordForm):
    class Meta:
        model = models.Curation
        fields = [
            *("event", "member", "product", "technique", *models.Curation.CRITERIA),
            *("result", "reason", "override_reason", "curator", "curated_on", *SOURCE_FIELDS),
        ]
        widgets = dict.fromkeys(["curated_on", "as_of"], DateInput)


class OrderForm(RecordForm):
    class Meta:
        model = models.Order
        fields = [
            *("member", "buyer_segment", "buyer", "channel", "package_id", "value_idr", "ordered_on", "event"),
            *SOURCE_FIELDS,
        ]
        widgets = dict.fromkeys(["ordered_on", "as_of"], DateInput)
