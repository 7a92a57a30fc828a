"""Writing by API: the ministry writes, an office proposes; no version is lost and nothing is done twice."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from unittest.mock import patch
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.utils import timezone

from batik_registry.rest import idempotency
from batik_registry.rest.models import Answered
from batik_registry.tasks import forget_answers
from centres.models import Member, MemberMotif
from changes.choices import Door
from changes.models import Change
from submissions import actions
from submissions.choices import Purpose, State
from submissions.models import Submission
from tests.factories import centres as make
from tests.factories import events, programs
from tests.factories.submissions import fields_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def member(places):
    return make.make_member(business_name="Batik Sekar")


@pytest.fixture
def office(api, mojokerto_officer):
    return api(mojokerto_officer)


@pytest.fixture
def ministry(api, programme_staff):
    return api(programme_staff)


def path_of(member):
    return f"members/{member.pk}"


# --- the ministry ---


def test_the_ministry_writes_the_registry_itself_and_the_log_says_by_which_door(ministry, programme_staff, member):
    answer = ministry.send("patch", path_of(member), {"brand_name": "Sekar"}, if_match='"1"')

    assert (answer.status_code, answer.json()["brand_name"], answer["ETag"]) == (200, "Sekar", '"2"')
    change = Change.objects.of(member).last()
    assert (change.actor_id, change.door) == (str(programme_staff.pk), Door.API)


def test_a_new_record_has_an_address(ministry, places):
    data = {"name": "Sentra baru", "regency": "35.76", "kinds": ["KAMPUNG_BATIK"], "commodity": "BATIK"}
    answer = ministry.send("post", "centres", data)

    assert answer.status_code == 201, answer.content
    assert ministry.get(answer["Location"])["name"] == "Sentra baru"


def test_a_put_says_everything(ministry, member):
    answer = ministry.send("put", path_of(member), {"brand_name": "Sekar"}, if_match='"1"')

    told = {one["pointer"]: one["detail"] for one in answer.json()["errors"]}
    assert answer.status_code == 400
    assert "PATCH" in told["#/business_name"]
    assert "#/brand_name" not in told


def test_nobody_writes_a_record_out_of_the_own_reach(api, programme_staff, member):
    writer = api(programme_staff, region_id="35")

    answer = writer.send("patch", path_of(member), {"regency": "33.14", "region": None}, if_match='"1"')

    member.refresh_from_db()
    assert (answer.status_code, member.region_code) == (403, "35.76")


def test_records_end_and_are_not_deleted(ministry, member):
    assert ministry.send("delete", path_of(member), None, if_match='"1"').status_code == 403


def test_a_wrong_link_is_taken_away_in_the_version_that_was_seen(ministry, member):
    path = f"member-motifs/{make.make_member_motif(member=member).pk}"

    answers = [ministry.send("delete", path, None, **match) for match in ({}, {"if_match": '"9"'}, {"if_match": '"1"'})]

    assert [answer.status_code for answer in answers] == [428, 412, 204]
    assert not MemberMotif.objects.exists()


@pytest.mark.parametrize("method", ["put", "patch"])
def test_a_change_names_the_version_that_it_is_about(ministry, member, method):
    data = {"brand_name": "Sekar"}

    missing = ministry.send(method, path_of(member), data)
    stale = ministry.send(method, path_of(member), data, if_match='"7"')

    assert (missing.status_code, missing.json()["code"]) == (428, "precondition_required")
    assert (stale.status_code, stale.json()["code"], stale["ETag"]) == (412, "precondition_failed", '"1"')
    member.refresh_from_db()
    assert member.brand_name == ""


def test_a_rule_refuses_in_the_words_of_the_form_at_its_field(ministry, member):
    answer = ministry.send("patch", path_of(member), {"nib": "12"}, if_match='"1"')

    told = answer.json()
    assert (answer.status_code, told["code"]) == (400, "invalid")
    assert [one["pointer"] for one in told["errors"]] == ["#/nib"]
    assert "13" in told["errors"][0]["detail"]


@pytest.mark.parametrize("name", ["id", "row_version", "verification_status", "nama", "owner_name"])
def test_a_field_that_is_not_there_to_be_changed_is_refused_by_its_name(ministry, member, name):
    answer = ministry.send("patch", path_of(member), {name: "x"}, if_match='"1"')

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["pointer"] == f"#/{name}"


@pytest.mark.parametrize("body", ["[]", '"x"', "{", "null", "1"])
def test_a_body_that_is_no_object_is_refused(ministry, member, body):
    answer = ministry.client.patch(
        f"/api/v1/{path_of(member)}/", body, content_type="application/json", headers={"if-match": '"1"'}
    )

    assert answer.status_code == 400
    assert answer.json()["errors"]


def test_a_token_for_reading_writes_nothing(api, programme_staff, member):
    reader = api(programme_staff, "member:read")

    assert reader.send("patch", path_of(member), {"brand_name": "x"}, if_match='"1"').status_code == 403


def test_a_foreign_key_and_a_missing_one_are_refused_alike(api, sragen_officer, mojokerto_officer, member):
    foreign = make.make_centre(regency_id="33.14")
    writer = api(mojokerto_officer)
    told = []
    for centre in (foreign.pk, uuid4()):
        answer = writer.send("post", "memberships", {"member": str(member.pk), "centre": str(centre)})
        assert answer.status_code == 400
        told.append(answer.json()["errors"][0]["detail"].replace(str(centre), ""))

    assert told[0] == told[1]


@pytest.mark.django_db(transaction=True)
def test_of_a_hundred_changes_to_one_version_exactly_one_is_made(ministry, member):
    together = Barrier(20)

    def change(number):
        try:
            together.wait(30)
            return ministry.send("patch", path_of(member), {"brand_name": f"M{number}"}, if_match='"1"').status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(20) as pool:
        statuses = list(pool.map(change, range(100)))

    assert sorted(statuses) == [200] + [412] * 99
    member.refresh_from_db()
    assert member.row_version == 2


# --- an office ---


def test_an_offices_change_becomes_a_proposal(office, mojokerto_officer, member):
    answer = office.send("patch", path_of(member), {"brand_name": "Sekar"}, if_match='"1"')

    told = answer.json()
    submission = Submission.objects.get()
    assert (answer.status_code, told["number"], told["state"]) == (202, submission.number, State.SUBMITTED)
    assert fields_of(submission)["brand_name"].wanted == "Sekar"
    member.refresh_from_db()
    assert member.brand_name == ""
    shown = office.get(answer["Location"])
    assert shown["changes"][0]["fields"][0]["proposed"] == "Sekar"


def test_a_proposal_on_an_old_version_is_refused(office, member):
    Member.objects.filter(pk=member.pk).update(brand_name="Lain")

    assert office.send("patch", path_of(member), {"brand_name": "Sekar"}, if_match='"1"').status_code == 412
    assert not Submission.objects.exists()


def test_a_new_member_gets_its_final_id_with_the_receipt(office, programme_staff, places):
    data = {
        "business_name": "Batik Baru",
        "owner_name": "Pemilik contoh",
        "regency": "35.76",
        "techniques": {"TULIS": 100},
    }
    told = office.send("post", "members", data).json()

    actions.approve(submission=Submission.objects.get(), by=programme_staff)

    assert str(Member.objects.get().pk) == told["record"]


def test_a_proposal_that_changes_nothing_is_told_so(office, member):
    answer = office.send("patch", path_of(member), {"brand_name": ""}, if_match='"1"')

    assert (answer.status_code, answer.json()["code"]) == (409, "conflict")
    assert not Submission.objects.exists()


def test_another_regions_record_is_not_there(office, places):
    foreign = make.make_member(regency_id="33.14")

    assert office.send("patch", path_of(foreign), {"brand_name": "x"}, if_match='"1"').status_code == 404


def test_a_quarterly_report_is_filed_with_its_last_day(office, places):
    programs.make_rules()
    allocation = programs.make_allocation()
    answer = office.send("post", "progress-reports", {"allocation": str(allocation.pk), "year": 2019, "quarter": 2})

    assert answer.status_code == 202, answer.content
    submission = Submission.objects.get()
    assert submission.purpose == Purpose.REPORT
    assert submission.due_on is not None


def test_several_changes_are_one_matter(office, programme_staff, member):
    sale = events.make_participation(member=member, event=events.make_event(region_id="35.76"))
    centre, other = str(uuid4()), make.make_member(business_name="Batik Dua")
    changes = [
        {"type": "participations", "operation": "UPDATE", "id": str(sale.pk), "version": 1,
         "values": {"cash_sales_idr": 1_500_000, "transactions": 3}},
        {"type": "members", "operation": "UPDATE", "id": str(other.pk), "version": 1, "values": {"brand_name": "Dua"}},
        {"type": "centres", "operation": "CREATE", "id": centre,
         "values": {"name": "Sentra usulan", "regency": "35.76", "kinds": ["KAMPUNG_BATIK"]}},
        {"type": "memberships", "operation": "CREATE", "values": {"member": str(other.pk), "centre": centre,
         "starts_on": "2024-01-01"}},
    ]  # fmt: skip
    answer = office.send("post", "submissions", {"note": "Hasil pendataan contoh", "changes": changes})
    assert answer.status_code == 202, answer.content

    actions.approve(submission=Submission.objects.get(), by=programme_staff)

    sale.refresh_from_db()
    assert sale.cash_sales_idr == 1_500_000
    assert [str(one.centre_id) for one in other.memberships.all()] == [centre]


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"type": "users", "operation": "CREATE"}, "#/changes/0/type"),
        ({"type": "members", "operation": "UPDATE", "values": {"brand_name": "x"}}, "#/changes/0/version"),
        ({"type": "members", "operation": "CREATE", "values": {"legal_form": 3}}, "#/changes/0/values/legal_form"),
        ({"type": "members", "operation": "CREATE", "values": {"regency": "a\0"}}, "NUL"),
        ({"type": "disbursements", "operation": "CREATE", "values": {}}, "#/changes/0/type"),
    ],
)
def test_what_cannot_be_proposed_is_refused_at_its_place(office, change, pointer):
    answer = office.send("post", "submissions", {"changes": [change]})

    assert answer.status_code in (400, 403)
    assert pointer in str(answer.json()["errors"])
    assert not Submission.objects.exists()


def test_an_office_withdraws_its_own_submission(office, member):
    office.send("patch", path_of(member), {"brand_name": "Sekar"}, if_match='"1"')
    submission = Submission.objects.get()

    answer = office.send("post", f"submissions/{submission.pk}/withdraw", {})

    assert (answer.status_code, answer.json()["state"]) == (200, State.WITHDRAWN)
    assert office.send("post", f"submissions/{submission.pk}/withdraw", {}).status_code == 409


# --- sent again ---


def test_the_same_key_and_body_get_the_same_answer(office, places):
    data, key = {"name": "Sentra usulan", "regency": "35.76", "kinds": ["KAMPUNG_BATIK"]}, str(uuid4())
    answers = [office.send("post", "centres", data, idempotency_key=key) for _time in range(2)]

    assert [answer.status_code for answer in answers] == [202, 202], answers[0].content
    assert answers[0].content == answers[1].content
    assert answers[1]["Idempotency-Replayed"] == "true"
    assert Submission.objects.count() == 1


def test_the_same_key_with_another_body_is_refused(office, places):
    data, key = {"name": "Sentra usulan", "regency": "35.76", "kinds": ["KAMPUNG_BATIK"]}, str(uuid4())
    office.send("post", "centres", data, idempotency_key=key)

    answer = office.send("post", "centres", data | {"name": "Lain"}, idempotency_key=key)

    assert (answer.status_code, answer.json()["code"]) == (422, "idempotency_key_reused")


def test_a_refusal_leaves_the_key_free(office, places):
    key = str(uuid4())
    assert office.send("post", "centres", {"name": ""}, idempotency_key=key).status_code == 400

    data = {"name": "Sentra usulan", "regency": "35.76", "kinds": ["KAMPUNG_BATIK"]}
    assert office.send("post", "centres", data, idempotency_key=key).status_code == 202


def test_a_process_that_dies_leaves_the_key_free_and_no_row(office, places):
    data, key = {"name": "Sentra usulan", "regency": "35.76", "kinds": ["KAMPUNG_BATIK"]}, str(uuid4())
    office.client.raise_request_exception = False
    with patch.object(Answered.objects, "create", side_effect=SystemError):
        assert office.send("post", "centres", data, idempotency_key=key).status_code == 500
    assert not Submission.objects.exists()

    assert office.send("post", "centres", data, idempotency_key=key).status_code == 202
    assert Submission.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_many_sendings_with_one_key_one_is_done(office, places):
    data, key = {"name": "Sentra usulan", "regency": "35.76", "kinds": ["KAMPUNG_BATIK"]}, str(uuid4())

    def send(_number):
        try:
            return office.send("post", "centres", data, idempotency_key=key)
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(send, range(6)))

    assert {answer.status_code for answer in answers} == {202}
    assert len({answer.content for answer in answers}) == 1
    assert Submission.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_whoever_waits_too_long_for_the_first_is_told_when_to_come_again(office, places, mojokerto_officer):
    key = str(uuid4())
    with patch.object(idempotency, "PATIENCE", 1), ThreadPoolExecutor(1) as pool, transaction.atomic():
        idempotency._wait_for_turn(mojokerto_officer.pk, key)

        def send():
            try:
                return office.send("post", "centres", {}, idempotency_key=key)
            finally:
                connection.close()

        answer = pool.submit(send).result()

    assert (answer.status_code, answer.json()["code"], answer["Retry-After"]) == (409, "conflict", "1")


def test_answers_are_forgotten_after_a_week(office, places):
    data = {"name": "Sentra usulan", "regency": "35.76", "kinds": ["KAMPUNG_BATIK"]}
    office.send("post", "centres", data, idempotency_key="a")
    Answered.objects.update(at=timezone.now() - timedelta(days=8))
    office.send("post", "centres", data | {"name": "Lain"}, idempotency_key="b")

    assert forget_answers() == 1
    assert Answered.objects.get().key == "b"
