"""What a careless and a hostile officer send: each gets a sentence or a refusal, and nothing is written."""

from uuid import uuid4

import pytest
from django.urls import reverse

from accounts.choices import RoleCode
from centres.models import Attachment
from submissions import actions
from submissions.choices import State
from submissions.models import Submission
from tests.bad_rows.statements import photo, upload
from tests.factories import centres as make
from tests.factories import programs as money
from tests.factories.accounts import make_user
from tests.factories.submissions import draft_of, sent
from tests.pages import text_of
from tests.portal.forms import filled

pytestmark = pytest.mark.django_db

TAG = "Lihat <b>ini</b>"
HUGE = ["9" * 5000, "1e999999"]


def url_of(name, member):
    return reverse(f"portal:{name}", args=["ikm", member.pk])


def form(portal, member, **typed):
    return filled(portal.get(url_of("edit", member)), **typed)


@pytest.mark.parametrize("note", [TAG, "a\0b"])
def test_a_note_that_no_text_holds_is_refused_with_a_sentence_at_every_door(portal, member, note):
    data = form(portal, member, brand_name="Sekar", catatan=note)

    page = portal.post(url_of("edit", member), data | {"perbuatan": "ajukan"})
    draft, send = (portal.post(url_of(name, member), data) for name in ("draft", "send"))

    assert any(said in text_of(page) for said in ("tanpa tanda HTML", "huruf kendali"))
    assert page.context["form"]["brand_name"].value() == "Sekar"
    assert (draft.status_code, send.status_code) == (409, 422)
    assert draft.json()["pesan"] == send.json()["galat"][0]
    assert not Submission.objects.exists()


@pytest.mark.parametrize("reason", [TAG, "a\0b"])
def test_a_reason_that_no_text_holds_comes_back_as_a_sentence(officer, reviewer, portal, client_of, member, reason):
    submission = sent(officer, member, brand_name="Sekar")

    portal.post(reverse("portal:do", args=[submission.pk]), {"perbuatan": "tarik", "alasan": reason})
    client_of(reviewer).post(
        reverse("submissions:review", args=[submission.pk]), {"perbuatan": "kembalikan", "catatan": reason}
    )

    submission.refresh_from_db()
    assert submission.state == State.SUBMITTED


@pytest.mark.parametrize("name", ["business_name", "nib", "owner_name", "legal_form", "kbli_codes", "product_groups"])
def test_an_invisible_character_is_kept_by_no_draft(portal, member, name):
    data = form(portal, member, brand_name="Sekar") | {name: "a\0b"}

    assert portal.post(url_of("draft", member), data).status_code == 200
    assert not Submission.objects.get().changes.get().fields.filter(name=name).exists()
    assert portal.post(url_of("send", member), data).status_code == 422


@pytest.mark.parametrize("number", HUGE)
@pytest.mark.parametrize("name", ["techniques_TULIS", "latitude", "longitude", "capital_idr", "started_year"])
def test_a_number_without_end_is_refused_at_once(portal, member, name, number):
    data = form(portal, member, brand_name="Sekar") | {name: number}

    assert portal.post(url_of("draft", member), data).status_code == 200
    assert portal.post(url_of("send", member), data).status_code == 422


@pytest.mark.parametrize("version", ["9" * 5000, "99999", "-1", "satu"])
def test_a_version_that_never_was_counts_as_todays(portal, member, version):
    data = form(portal, member, brand_name="Sekar", versi=version)

    assert portal.post(url_of("draft", member), data).status_code == 200
    assert Submission.objects.get().changes.get().row_version == member.row_version


@pytest.mark.parametrize("key", ["a\0b", "x" * 65, "a b"])
def test_a_key_that_no_page_gave_is_no_key(portal, member, key):
    data = form(portal, member, brand_name="Sekar", kunci=key)

    assert portal.post(url_of("draft", member), data).status_code == 200
    assert Submission.objects.get().client_key != key


@pytest.mark.parametrize("year", [0, 1, 1800, 2015, 2099, 99999, 10**30])
def test_a_report_of_a_year_that_is_none_is_not_there(portal, member, year):
    allocation, centre = money.make_allocation(), make.make_centre()
    for room, record in (("dak", allocation), ("sentra", centre)):
        for name in ("report", "report_draft"):
            url = reverse(f"portal:{name}", args=[room, record.pk, year, 1])
            assert portal.post(url, {"kunci": str(uuid4())}).status_code == 404
    assert not Submission.objects.exists()


def test_a_report_takes_no_id_of_a_report_that_is_there(portal, member):
    report = money.make_progress(absorbed_idr=1)
    url = reverse("portal:report_draft", args=["dak", report.allocation_id, 2019, 2])

    portal.post(url, {"kunci": str(report.pk), "absorbed_idr": "5"})

    assert Submission.objects.get().changes.get().record_id != report.pk


@pytest.mark.parametrize("query", [{"status": "TUTUP_X"}, {"wilayah": "99"}])
def test_a_filter_that_is_not_understood_shows_and_gives_nothing(portal, member, query):
    members = reverse("portal:list", args=["ikm"])

    page = text_of(portal.get(members, query))
    file = b"".join(portal.get(members, query | {"unduh": "csv"}).streaming_content).decode()

    assert "Saringan ini tidak dikenal" in page
    assert "Belum ada IKM di wilayah Anda" not in page
    assert "Batik Sekar Arum" not in page + file


def opened(browser, url):
    answer = browser.get(url)
    if answer.streaming:
        b"".join(answer.streaming_content)
    return answer.status_code


def test_evidence_is_for_whoever_sees_the_submission(officer, portal, client_of, east_java_officer, leader, member):
    draft = draft_of(officer, member, brand_name="Sekar")
    evidence = Attachment(record=draft, file=upload(photo(60, 40))())
    evidence.save()
    url = reverse("centres:attachment", args=[evidence.pk])
    others = [client_of(user) for user in (east_java_officer, leader)]
    assert opened(portal, url) == 200
    assert [opened(browser, url) for browser in others] == [404, 404]

    actions.submit(submission=draft, by=officer)

    assert opened(others[0], url) == 200


def test_a_manager_opens_the_own_evidence(client_of, member):
    centre = make.make_membership(member=member).centre
    manager = make_user(RoleCode.CENTRE_MANAGER, region="35.76", assigned_centres=[centre.pk])
    evidence = Attachment(record=draft_of(manager, member, brand_name="Sekar"), file=upload(photo(60, 40))())
    evidence.save()

    assert opened(client_of(manager), reverse("centres:attachment", args=[evidence.pk])) == 200


@pytest.mark.parametrize("name", ["draft", "send"])
def test_a_page_of_somebody_else_writes_nothing_in_my_name(portal, officer, colleague, member, name):
    data = form(portal, member, brand_name="Sekar")

    theirs, mine = (
        portal.post(url_of(name, member), data, headers={"X-Owner": str(user.pk)}).status_code
        for user in (colleague, officer)
    )

    assert (theirs, mine) == (401, 200)


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_a_page_answers_to_no_other_method(portal, member, method):
    pages = [reverse("portal:home"), reverse("portal:events"), reverse("portal:hand_over"), url_of("edit", member)]

    assert {getattr(portal, method)(page).status_code for page in pages} == {405}
