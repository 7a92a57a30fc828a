"""What a draft keeps: the values seen and wanted, each exactly; sent once, whatever the network does."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from centres.models import Centre, CentreFacility, Member
from submissions import actions, kinds, values
from submissions.choices import Operation
from submissions.exceptions import NotYourDeed, OutOfReach, RulesBroken
from submissions.models import ProposedField, Submission
from submissions.seen import as_seen
from tests.factories import centres as make
from tests.factories.submissions import draft_of, fields_of, sent, wish_about, wish_for_new

pytestmark = pytest.mark.django_db

KEPT = [
    (Member, "capital_idr", Decimal("999999999999999999")),
    (Member, "natural_dye_pct", Decimal("5.30")),
    (Member, "latitude", Decimal("-7.471234")),
    (Member, "techniques", {"TULIS": 60, "CAP": 39.5}),
    (Member, "kbli_codes", ["13134", "13911"]),
    (Member, "started_year", 1990),
    (Member, "has_workshop", False),
    (Member, "owner_nik", "3576021504700007"),
    (Member, "brand_name", 'Sekar "Arum" ś'),
    (Centre, "closed_on", date(2024, 2, 29)),
    (CentreFacility, "land_area_m2", Decimal("5300")),
]


@pytest.mark.parametrize(("model", "name", "value"), KEPT)
def test_a_value_comes_back_as_it_was(model, name, value):
    field = model._meta.get_field(name)

    assert values.read(field, values.kept(field, value)) == value


@pytest.mark.parametrize("kind", kinds.registered(), ids=lambda kind: kind.label)
def test_every_field_of_every_kind_can_be_kept(kind):
    blank = kind.blank(None)

    for name in kind.field_names:
        field = kind.field(name)
        assert values.is_same(field, values.held(blank, field), values.held(blank, field))


def test_an_encrypted_number_is_the_same_in_any_encryption():
    field = Member._meta.get_field("owner_nik")
    one, other = values.kept(field, "3576021504700007"), values.kept(field, "3576021504700007")

    assert one != other
    assert values.is_same(field, one, other)


def test_the_log_rebuilds_what_was_seen(places):
    known = {"latitude": "-7.471234", "longitude": "112.449876", "capital_idr": 15_500_000_000}
    member = make.make_member(owner_nik="3576021504700007", **known)
    kind, version = kinds.kind_of(member), member.row_version
    before = {name: getattr(member, kind.field(name).attname) for name in kind.field_names}
    member.owner_nik, member.capital_idr, member.latitude, member.longitude = "", None, None, None
    member.save()

    seen = as_seen(kind, member.pk, version)

    assert {name: getattr(seen, kind.field(name).attname) for name in kind.field_names} == before


def test_a_version_that_never_was_is_refused(officer, member):
    with pytest.raises(OutOfReach):
        actions.draft(by=officer, wishes=[actions.Wish(Member, {"brand_name": "Sekar"}, member.pk, 99)])


def test_what_a_rule_sets_along_is_proposed_too(officer, member):
    draft = draft_of(officer, member, nib="1234567890123")

    assert {name: one.wanted for name, one in fields_of(draft).items()} == {"nib": "1234567890123", "no_nib_reason": ""}


def test_setting_a_field_back_takes_it_out_of_the_draft(officer, member):
    draft = draft_of(officer, member, brand_name="Sekar", started_year=1990)

    actions.edit(submission=draft, by=officer, wishes=[wish_about(member, brand_name="", started_year=1990)])

    assert set(fields_of(draft)) == {"started_year"}


def test_a_record_is_taken_out_of_the_draft(officer, member):
    draft = draft_of(officer, member, brand_name="Sekar")

    actions.edit(submission=draft, by=officer, without=[member.pk])

    assert not ProposedField.objects.filter(change__submission=draft).exists()


def test_a_draft_sent_twice_is_one_draft(officer, member):
    wish = wish_about(member, brand_name="Sekar")

    first = actions.draft(by=officer, wishes=[wish], client_key="kunci")
    second = actions.draft(by=officer, wishes=[wish], client_key="kunci")

    assert first == second
    assert Submission.objects.count() == 1


def test_two_offices_may_use_the_same_key(officer, sragen_officer):
    one, other = (actions.draft(by=who, client_key="kunci") for who in (officer, sragen_officer))

    assert one != other


def test_an_unfinished_draft_is_kept_and_refused_on_sending(officer, places):
    draft = actions.draft(by=officer, wishes=[wish_for_new(Member, business_name="Batik Baru", regency="35.76")])

    with pytest.raises(RulesBroken) as refusal:
        actions.submit(submission=draft, by=officer)

    assert ("Batik Baru", "nama pemilik") in {(fault.subject, fault.label) for fault in refusal.value.verdict.faults}


def test_a_value_that_cannot_be_read_is_told_at_once(officer, member):
    with pytest.raises(ValidationError, match="angka"):
        draft_of(officer, member, capital_idr="lima belas koma lima")


def test_numbers_are_readable_and_their_own(officer, member):
    one, other = draft_of(officer, member, brand_name="Satu"), draft_of(officer, member, brand_name="Dua")

    assert one.number.startswith("U-20")
    assert len(one.number) == 13
    assert one.number != other.number


def test_the_title_names_the_records(officer, member):
    other = make.make_member(business_name="Batik Lain")

    draft = actions.draft(by=officer, wishes=[wish_about(one, brand_name="Sekar") for one in (member, other)])

    assert draft.title == "Batik Sekar Arum dan 1 data lain"


@pytest.mark.parametrize("who", ["reviewer", "leader", "api_client"])
def test_only_officers_draft(who, member, request):
    with pytest.raises(NotYourDeed):
        draft_of(request.getfixturevalue(who), member, brand_name="Sekar")


def test_a_province_proposes_new_centres_and_does_not_touch_members(east_java_officer, member):
    actions.draft(by=east_java_officer, wishes=[wish_for_new(Centre, name="Sentra provinsi", regency="35.76")])

    with pytest.raises(NotYourDeed):
        draft_of(east_java_officer, member, brand_name="Sekar")


def test_what_nobody_registered_cannot_be_proposed(officer):
    with pytest.raises(NotYourDeed):
        draft_of(officer, officer.office, name="Lain")


def test_a_report_has_its_deadline(officer, places):
    centre = make.make_centre()
    wish = actions.Wish(
        "centres.operationreport",
        {"centre": centre, "year": 2026, "quarter": 1, "open_days": 60},
        operation=Operation.CREATE,
    )

    with pytest.raises(ValidationError, match="tenggat"):
        actions.draft(by=officer, wishes=[wish], purpose="REPORT")
    report = actions.draft(by=officer, wishes=[wish], purpose="REPORT", due_on=date(2020, 1, 10))

    assert report.is_late


def test_a_record_in_two_submissions_is_seen_by_neither_until_decided(officer, member):
    sent(officer, member, brand_name="Sekar")

    member.refresh_from_db()
    assert (member.brand_name, member.row_version) == ("", 1)
