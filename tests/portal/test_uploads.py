"""Files in pieces: a cut connection goes on where it stopped, and what is attached passed the same examination."""

from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from centres.models import Attachment
from portal.models import Piece, Upload
from portal.uploads import clear_abandoned
from submissions import actions
from submissions.choices import State
from submissions.models import Submission
from tests.centres.test_attachments import act_on_opening, pdf, photo_from_mojokerto
from tests.factories.submissions import draft_of, sent
from tests.pages import text_of
from tests.portal.forms import filled
from tests.portal.pieces import bring, patch, torn, url_of

pytestmark = pytest.mark.django_db

CONTENT = photo_from_mojokerto()
SIZE = len(CONTENT)


@pytest.fixture
def draft(officer, member):
    return draft_of(officer, member, brand_name="Sekar")


def files_of(submission):
    return Attachment.objects.about(submission)


def test_a_file_in_pieces_becomes_an_attachment_with_its_place(portal, draft):
    answer = bring(portal, CONTENT, key=str(draft.pk))

    assert answer.json() == {"terlampir": True}
    attachment = files_of(draft).get()
    assert (attachment.latitude, attachment.longitude) == (Decimal("-7.47"), Decimal("112.44"))
    assert attachment.original_name == "nib.jpg"
    assert not Piece.objects.exists()


def test_an_upload_goes_on_where_it_stopped(portal, draft):
    pk = uuid4()
    assert portal.head(url_of(pk)).status_code == 404
    first = patch(portal, pk, 0, CONTENT[:9000], size=SIZE, key=str(draft.pk))
    stopped = portal.head(url_of(pk))

    last = patch(portal, pk, 9000, CONTENT[9000:], size=SIZE, key=str(draft.pk))

    assert (first.status_code, first["Upload-Offset"]) == (204, "9000")
    assert (stopped["Upload-Offset"], stopped["Upload-Length"]) == ("9000", str(SIZE))
    assert stopped["Cache-Control"].startswith("max-age=0")
    assert last.json() == {"terlampir": True}


@pytest.mark.parametrize("offset", [0, 4000, 9001, SIZE])
def test_a_piece_that_overlaps_or_leaves_a_gap_is_told_where_to_go_on(portal, draft, offset):
    pk = uuid4()
    patch(portal, pk, 0, CONTENT[:9000], size=SIZE)

    answer = patch(portal, pk, offset, CONTENT[offset : offset + 100], size=SIZE)

    assert (answer.status_code, answer["Upload-Offset"]) == (409, "9000")
    assert Upload.objects.get().content() == CONTENT[:9000]


def test_of_a_torn_piece_nothing_is_kept(portal, draft):
    pk = uuid4()
    patch(portal, pk, 0, CONTENT[:9000], size=SIZE)

    assert torn(portal, pk, 9000, CONTENT[9000:], size=SIZE).status_code == 400

    assert portal.head(url_of(pk))["Upload-Offset"] == "9000"


def test_the_last_answer_can_be_asked_for_again(portal, draft):
    pk = uuid4()
    bring(portal, CONTENT, key=str(draft.pk), pk=pk)

    again = patch(portal, pk, SIZE, b"", size=SIZE, key=str(draft.pk))

    assert again.json() == {"terlampir": True}
    assert files_of(draft).count() == 1


def test_a_file_that_comes_before_its_draft_waits_for_it(portal, officer, member):
    url = reverse("portal:edit", args=["ikm", member.pk])
    page = portal.get(url)
    key, pk = filled(page)["kunci"], uuid4()
    early = bring(portal, CONTENT, key=key, pk=pk)

    portal.post(f"{url}kirim/", filled(page, brand_name="Sekar"))

    assert early.json() == {"terlampir": False}
    submission = Submission.objects.get()
    assert submission.state == State.SUBMITTED
    assert files_of(submission).count() == 1
    assert patch(portal, pk, SIZE, b"", size=SIZE, key=key).json() == {"terlampir": True}


def test_a_file_that_comes_after_its_submission_finds_it(portal, officer, member):
    url = reverse("portal:edit", args=["ikm", member.pk])
    form = filled(portal.get(url), brand_name="Sekar")
    portal.post(f"{url}kirim/", form)

    assert bring(portal, CONTENT, key=form["kunci"]).json() == {"terlampir": True}
    assert files_of(Submission.objects.get()).count() == 1


def test_saving_while_typing_attaches_too(portal, member):
    url = reverse("portal:edit", args=["ikm", member.pk])
    form = filled(portal.get(url), brand_name="Sekar")
    bring(portal, CONTENT, key=form["kunci"])

    portal.post(f"{url}draf/", form)

    assert files_of(Submission.objects.get()).count() == 1


def test_the_same_file_twice_is_one_attachment_until_both_are_taken_back(portal, draft):
    first, second = uuid4(), uuid4()
    answers = [bring(portal, CONTENT, key=str(draft.pk), pk=pk).json() for pk in (first, second)]
    assert answers == [{"terlampir": True}] * 2
    assert files_of(draft).count() == 1

    counts = []
    for pk in (first, second):
        assert portal.delete(url_of(pk)).status_code == 204
        counts.append(files_of(draft).count())

    assert counts == [1, 0]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"MZ" + b"\0" * 90, "Berkas harus foto JPEG, PNG, atau WebP, atau dokumen PDF"),
        (b"<svg xmlns='x'><script>alert(1)</script></svg>", "Berkas SVG tidak diterima"),
        (pdf(act_on_opening), "Dokumen PDF ini memuat skrip"),
        (b"", "Berkas"),
    ],
    ids=["program", "svg", "script", "nothing"],
)
@pytest.mark.parametrize("is_early", [True, False])
def test_what_no_attachment_may_be_is_refused_with_its_sentence(portal, draft, content, sentence, is_early):
    answer = bring(portal, content, key="belum-ada" if is_early else str(draft.pk))

    assert answer.status_code == 422
    assert answer.json()["galat"].startswith(sentence)
    assert not Upload.objects.exists()
    assert not files_of(draft).exists()


def test_what_is_too_large_is_refused_with_its_first_piece(portal, settings):
    settings.PHOTO_MAX_BYTES = 1024 * 1024

    answer = patch(portal, uuid4(), 0, CONTENT[:100], size=2 * 1024 * 1024)

    assert answer.status_code == 422
    assert answer.json()["galat"] == "Foto paling besar 1 MB; berkas Anda 2 MB"
    assert not Upload.objects.exists()


def test_more_than_was_announced_is_refused(portal):
    assert patch(portal, uuid4(), 0, CONTENT[:200], size=100).status_code == 422


def test_nobody_fills_the_storage_with_files_on_their_way(portal, monkeypatch):
    monkeypatch.setattr("portal.uploads.WAITING_MOST", 250)
    answers = [patch(portal, uuid4(), 0, CONTENT[:10], size=100).status_code for _number in range(3)]

    assert answers == [204, 204, 422]


@pytest.mark.parametrize(
    "headers",
    [{"Upload-Offset": "-1"}, {"Upload-Offset": "9" * 50}, {"Upload-Length": "x"}, {"Upload-Length": ""}],
)
def test_nonsense_is_refused(portal, headers):
    assert patch(portal, uuid4(), 0, CONTENT[:10], size=100, **headers).status_code == 400


def test_a_piece_has_a_greatest_size(portal, monkeypatch):
    monkeypatch.setattr("portal.views.uploads.PIECE_MOST", 50)

    assert patch(portal, uuid4(), 0, CONTENT[:51], size=100).status_code == 413


@pytest.mark.parametrize("who", ["sragen_officer", "colleague"])
def test_an_upload_of_somebody_else_is_not_there(portal, draft, client_of, request, who):
    pk = uuid4()
    patch(portal, pk, 0, CONTENT[:100], size=SIZE, key=str(draft.pk))
    other = client_of(request.getfixturevalue(who))

    answers = [other.head(url_of(pk)), patch(other, pk, 100, b"x", size=SIZE), other.delete(url_of(pk))]

    assert [answer.status_code for answer in answers] == [404] * 3
    assert Upload.objects.get().received_bytes == 100


def test_a_file_finds_no_submission_of_another_office(draft, sragen_officer, client_of):
    answer = bring(client_of(sragen_officer), CONTENT, key=str(draft.pk))

    assert answer.json() == {"terlampir": False}
    assert not files_of(draft).exists()


def test_what_was_decided_takes_no_more_files(portal, officer, reviewer, member):
    submission = sent(officer, member, brand_name="Sekar")
    actions.approve(submission=submission, by=reviewer)

    answer = bring(portal, CONTENT, key=str(submission.pk))

    assert answer.json()["galat"] == "Usulan ini sudah diputuskan; berkas tidak dapat ditambah lagi."
    assert not files_of(submission).exists()


def test_what_was_sent_keeps_its_files(portal, draft, officer):
    pk = uuid4()
    bring(portal, CONTENT, key=str(draft.pk), pk=pk)
    actions.submit(submission=draft, by=officer)

    answer = portal.delete(url_of(pk))

    assert (answer.status_code, files_of(draft).count()) == (422, 1)


def test_a_file_is_taken_out_of_a_draft_and_what_is_typed_is_kept(portal, draft, member):
    bring(portal, CONTENT, key=str(draft.pk))
    url = reverse("portal:edit", args=["ikm", member.pk])
    page = portal.get(url)

    portal.post(url, filled(page, owner_name="Tri") | {"hapus": str(files_of(draft).get().pk)})

    assert "nib.jpg" in text_of(page)
    assert not files_of(draft).exists()
    assert draft.changes.get().fields.filter(name="owner_name").exists()


def test_a_file_that_is_taken_back_leaves_the_disk(portal, draft, django_capture_on_commit_callbacks):
    pk = uuid4()
    bring(portal, CONTENT, key=str(draft.pk), pk=pk)
    kept = [field.path for field in (files_of(draft).get().file, files_of(draft).get().thumbnail)]
    assert all(Path(path).exists() for path in kept)

    with django_capture_on_commit_callbacks(execute=True):
        portal.delete(url_of(pk))

    assert not any(Path(path).exists() for path in kept)


def test_a_page_of_another_site_brings_no_piece(officer, draft):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(officer, backend="accounts.backends.AppointmentBackend")

    assert bring(browser, CONTENT, key=str(draft.pk)).status_code == 403
    assert not Upload.objects.exists()


@pytest.mark.parametrize("role", ["leader", "programme_staff"])
def test_the_door_is_for_officers(role, request, client_of):
    client = client_of(request.getfixturevalue(role))

    assert patch(client, uuid4(), 0, b"x", size=1).status_code == 404


def test_what_nobody_goes_on_with_is_cleared_away(portal, draft):
    old, young = uuid4(), uuid4()
    for pk in (old, young):
        patch(portal, pk, 0, CONTENT[:100], size=SIZE)
    Upload.objects.filter(pk=old).update(updated_at=timezone.now() - timedelta(days=8))

    assert clear_abandoned() == 1
    assert [one.pk for one in Upload.objects.all()] == [young]
    assert Piece.objects.count() == 1
