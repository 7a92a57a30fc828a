"""The review desk as a reviewer's browser meets it."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from centres.models import Attachment, Centre, Member
from submissions import actions
from submissions.choices import State
from submissions.exceptions import NotYourDeed
from submissions.models import Submission
from tests.centres.test_admin_lists import english_in
from tests.centres.test_attachments import pdf, photo_from_mojokerto
from tests.factories import centres as make
from tests.factories.submissions import draft_of, fields_of, sent, wish_for_new
from tests.pages import form_of, text_of

pytestmark = pytest.mark.django_db

QUEUE = reverse("submissions:queue")
QUERIES_OF_THE_QUEUE = 16


def page_url(submission):
    return reverse("submissions:review", args=[submission.pk])


def answers(page, submission, **named):
    """What the page would send as it stands, with the named fields decided otherwise."""
    sent = dict(re.findall(r'name="(versi-\d+)" value="(\d+)"', page.content.decode()))
    ticked = re.findall(r'name="(putusan-\d+)" value="(\w+)" checked', page.content.decode())
    for name, decision in named.items():
        sent[f"putusan-{fields_of(submission)[name].pk}"] = decision
    return dict(ticked) | sent | {"sudah": "ya"}


def test_the_menu_leads_to_the_queue(reviewer, client_of):
    page = client_of(reviewer).get(reverse("admin:index"))

    assert f'href="{QUEUE}"' in page.content.decode()
    assert "Telaah" in text_of(page)


def test_the_queue_tells_age_office_size_and_verdict(officer, reviewer, client_of, member):
    submission = sent(officer, member, brand_name="Sekar", started_year=1990)

    words = text_of(client_of(reviewer).get(QUEUE))

    for told in (submission.number, member.business_name, officer.office.name, "hari ini", "Bersih", " 2 "):
        assert told in words


def test_the_queue_says_so_when_the_record_moved_since_the_last_look(officer, reviewer, client_of, member):
    submission = sent(officer, member, brand_name="Sekar")
    browser = client_of(reviewer)
    assert "Data berubah" not in text_of(browser.get(QUEUE))

    Member.objects.filter(pk=member.pk).update(brand_name="Arum")
    assert "Data berubah" in text_of(browser.get(QUEUE))
    browser.get(page_url(submission))

    words = text_of(browser.get(QUEUE))
    assert "Bentrok" in words
    assert "Data berubah" not in words


def test_the_queue_holds_what_waits_and_shows_the_rest_on_request(officer, reviewer, client_of, member):
    waiting, done = sent(officer, member, brand_name="Sekar"), sent(officer, make.make_member(), brand_name="Arum")
    draft = draft_of(officer, member, brand_name="Konsep")
    actions.approve(submission=done, by=reviewer)
    browser = client_of(reviewer)

    assert list(browser.get(QUEUE).context["cl"].result_list) == [waiting]
    assert list(browser.get(QUEUE, {"posisi": "diputuskan"}).context["cl"].result_list) == [done]
    assert draft not in browser.get(QUEUE, {"posisi": "semua"}).context["cl"].result_list


def test_the_queue_asks_no_more_of_the_database_when_it_is_longer(
    officer, reviewer, client_of, django_assert_max_num_queries, member
):
    browser = client_of(reviewer)
    sent(officer, member, brand_name="Sekar")
    browser.get(QUEUE)
    with django_assert_max_num_queries(QUERIES_OF_THE_QUEUE) as few:
        browser.get(QUEUE)
    for _number in range(20):
        sent(officer, make.make_member(), brand_name="Arum")

    with django_assert_max_num_queries(len(few)):
        page = browser.get(QUEUE)

    assert len(page.context["cl"].result_list) == 21


def test_the_page_shows_what_stands_and_what_is_wanted(officer, reviewer, client_of, places):
    member = make.make_member(brand_name="Sekar Arum")
    submission = sent(officer, member, brand_name="Sekar Jagad")

    page = client_of(reviewer).get(page_url(submission)).content.decode()

    assert "<del>Arum</del>" in page
    assert "<ins>Jagad</ins>" in page
    assert "Usulan ini bersih" in page


def test_conflicts_stand_first_with_nothing_ticked(officer, reviewer, client_of, member):
    submission = sent(officer, member, started_year=1990, brand_name="Sekar")
    Member.objects.filter(pk=member.pk).update(started_year=1985)

    page = client_of(reviewer).get(page_url(submission))

    [sheet] = page.context["sheets"]
    assert [line.field.name for line in sheet.lines] == ["started_year", "brand_name"]
    assert [line.chosen for line in sheet.lines] == ["", "ACCEPT"]
    for told in ("Bentrok", "Kini 1985", "Saat usulan dibuat: kosong", "Selesaikan 1 bentrok", "Naik 5"):
        assert told in text_of(page)


def test_deciding_leads_to_the_next_one(officer, reviewer, client_of, member):
    first, second = sent(officer, member, brand_name="Sekar"), sent(officer, make.make_member(), brand_name="Arum")
    browser = client_of(reviewer)
    page = browser.get(page_url(first))

    answer = browser.post(page_url(first), answers(page, first) | {"perbuatan": "putuskan"})

    assert answer.url == page_url(second)
    member.refresh_from_db()
    assert member.brand_name == "Sekar"


@pytest.fixture
def narrowed(officer, sragen_officer, member):
    """The queue, and it narrowed to Jawa Timur; two submissions of it with one of Sragen between them."""
    of_sragen = make.make_member(regency_id="33.14")
    waiting = [sent(officer, member, brand_name="Sekar"), sent(sragen_officer, of_sragen, brand_name="Jati")]
    return "?provinsi=35", [*waiting, sent(officer, make.make_member(), brand_name="Arum")]


def test_deciding_leads_to_the_next_one_of_the_queue_as_it_was_narrowed(narrowed, reviewer, client_of):
    query, (first, other, last) = narrowed
    browser = client_of(reviewer)
    queue = browser.get(QUEUE + query)
    assert list(queue.context["cl"].result_list) == [first, last]
    assert queue.content.decode().count(page_url(first) + query) == 2  # in its row, and where one begins

    page = browser.get(page_url(first) + query)
    shown = page.content.decode()
    assert page_url(last) + query in shown
    assert page_url(other) not in shown
    assert QUEUE + query in shown
    answer = browser.post(page_url(first) + query, answers(page, first) | {"perbuatan": "putuskan"})

    assert answer.url == page_url(last) + query
    answer = browser.post(page_url(last) + query, {"perbuatan": "tolak", "catatan": "Bukan batik"})
    assert answer.url == QUEUE + query


def test_a_query_that_says_nothing_leaves_the_queue_whole(narrowed, reviewer, client_of):
    _query, (first, other, _last) = narrowed

    page = client_of(reviewer).get(page_url(first) + "?salah__ketik=1")

    assert page.context["following"] == other


def test_what_is_covered_is_uncovered_from_the_page_and_back(officer, reviewer, client_of, member):
    submission = sent(officer, member, phone="+6281277700777")
    browser = client_of(reviewer)
    page = browser.get(page_url(submission) + "?posisi=semua")
    [uncover] = re.findall(r'href="([^"]+buka-data-pribadi[^"]+)"', page.content.decode())
    assert "+6281277700777" not in page.content.decode()

    answer = browser.post(uncover, {"reason": "Memeriksa usulan"})

    assert answer.url == page_url(submission) + "?posisi=semua"
    page = browser.get(answer.url).content.decode()
    assert "+6281277700777" in page
    assert "buka-data-pribadi" not in page


@pytest.mark.parametrize("elsewhere", ["https://contoh.invalid/", "//contoh.invalid/", "javascript:alert(1)"])
def test_uncovering_leads_to_no_other_site(reviewer, client_of, member, elsewhere):
    uncover = reverse("changes:uncover", args=["centres.member", member.pk])

    answer = client_of(reviewer).post(f"{uncover}?next={elsewhere}", {"reason": "Memeriksa usulan"})

    assert answer.url == reverse("admin:centres_member_change", args=[member.pk])


def test_the_record_and_the_log_name_the_submission_that_a_change_came_by(officer, reviewer, client_of, member):
    submission = sent(officer, member, brand_name="Sekar")
    actions.approve(submission=submission, by=reviewer)
    browser = client_of(reviewer)

    history = browser.get(reverse("changes:history", args=["centres.member", member.pk]))
    log = browser.get(reverse("admin:changes_change_changelist"), {"model": "centres.member"})

    assert f"Usulan {submission.number} dari {officer}, {officer.office}" in text_of(history)
    for page in (history, log):
        assert f'href="{page_url(submission)}"' in page.content.decode()
    assert f"IKM {member.pk}" in text_of(log)


def test_what_was_decided_stays_beside_what_was_seen_then(officer, reviewer, client_of, member):
    submission = sent(officer, member, started_year=1990)
    actions.approve(submission=submission, by=reviewer)
    Member.objects.filter(pk=member.pk).update(started_year=1985)

    page = client_of(reviewer).get(page_url(submission))

    [line] = page.context["sheets"][0].lines
    assert (line.now, line.wanted, line.is_conflict, line.is_same) == ("", "1990", False, False)
    assert "Bentrok" not in text_of(page)


def test_nothing_is_decided_before_it_was_said_to_be_checked(officer, reviewer, client_of, member):
    submission = sent(officer, member, brand_name="Sekar")
    browser = client_of(reviewer)
    page = browser.get(page_url(submission))

    said = answers(page, submission) | {"perbuatan": "putuskan"}
    del said["sudah"]
    answer = browser.post(page_url(submission), said)

    submission.refresh_from_db()
    assert submission.state == State.SUBMITTED
    assert "Centang dahulu" in text_of(answer)


def test_the_keyboard_begins_where_an_answer_is_needed(officer, reviewer, client_of, member):
    clean, conflict = sent(officer, make.make_member(), brand_name="Satu"), sent(officer, member, started_year=1990)
    Member.objects.filter(pk=member.pk).update(started_year=1985)
    browser = client_of(reviewer)
    key = fields_of(conflict)["started_year"].pk

    for url, first in (
        (page_url(clean), 'name="sudah"'),
        (page_url(conflict), f'name="putusan-{key}" value="ACCEPT"'),
        (QUEUE, f'href="{page_url(clean)}"'),
    ):
        [focused] = re.findall(r"<[^>]*autofocus[^>]*>", browser.get(url).content.decode())
        assert first in focused


def test_the_queue_offers_all_clean_ones_of_the_page_at_once(officer, reviewer, leader, client_of, member):
    clean = [sent(officer, make.make_member(), brand_name="Satu"), sent(officer, make.make_member(), brand_name="Dua")]
    conflict = sent(officer, member, brand_name="Sekar")
    Member.objects.filter(pk=member.pk).update(brand_name="Arum")
    actions.examine(submission=conflict)
    browser = client_of(reviewer)

    page = browser.get(QUEUE)
    assert page.context["clean_here"] == [one.pk for one in clean]
    assert "Setujui 2 yang bersih" in text_of(page)
    chosen = {"action": "approve_clean", "index": "0", "_selected_action": page.context["clean_here"]}
    browser.post(QUEUE, form_of(browser.post(QUEUE, chosen)))

    assert not Submission.objects.filter(pk__in=[one.pk for one in clean], state=State.SUBMITTED).exists()
    assert client_of(leader).get(QUEUE).context["clean_here"] == []


def test_an_empty_queue_says_so(reviewer, client_of):
    browser = client_of(reviewer)

    assert "Tidak ada usulan yang menunggu" in text_of(browser.get(QUEUE))
    assert "Hapus semua saringan" in text_of(browser.get(QUEUE, {"q": "entah"}))


def test_what_stays_of_the_record_is_folded_beside_the_proposal(officer, reviewer, client_of, places):
    member = make.make_member(brand_name="Sekar", started_year=1985, owner_name="KENANGA", owner_nik="3576021504700007")
    browser = client_of(reviewer)

    page = browser.get(page_url(sent(officer, member, brand_name="Arum")))

    [sheet] = page.context["sheets"]
    filled = dict(sheet.unchanged.filled)
    assert filled["tahun mulai usaha"] == "1985"
    assert "merek dagang" not in filled
    assert "NPWP" in sheet.unchanged.empty
    assert "Isian yang tidak berubah" in text_of(page)
    for secret in ("KENANGA", "3576021504700007"):
        assert secret not in page.content.decode()
    browser.post(reverse("changes:uncover", args=["centres.member", member.pk]), {"reason": "Memeriksa usulan"})
    assert "KENANGA" in browser.get(page.request["PATH_INFO"]).content.decode()


def test_part_is_accepted_and_part_returned(officer, reviewer, client_of, member):
    submission = sent(officer, member, brand_name="Sekar", started_year=1990)
    browser = client_of(reviewer)
    page = browser.get(page_url(submission))
    key = fields_of(submission)["started_year"].pk

    said = answers(page, submission, started_year="RETURN") | {f"catatan-{key}": "Mohon bukti", "perbuatan": "putuskan"}
    browser.post(page_url(submission), said)

    submission.refresh_from_db()
    assert submission.state == State.PARTLY_APPROVED
    assert fields_of(Submission.objects.get(parent=submission))["started_year"].comment == "Mohon bukti"


def test_a_refusal_keeps_what_was_ticked(officer, reviewer, client_of, member):
    submission = sent(officer, member, brand_name="Sekar", started_year=1990)
    browser = client_of(reviewer)
    page = browser.get(page_url(submission))

    said = answers(page, submission, started_year="RETURN") | {"perbuatan": "putuskan", "catatan": "Hampir"}
    answer = browser.post(page_url(submission), said)

    assert "Tulis alasannya" in text_of(answer)
    assert "Hampir" in answer.content.decode()
    assert {line.field.name: line.chosen for line in answer.context["sheets"][0].lines} == {
        "brand_name": "ACCEPT",
        "started_year": "RETURN",
    }


@pytest.mark.parametrize(("deed", "state"), [("kembalikan", State.RETURNED), ("tolak", State.REJECTED)])
def test_giving_back_and_refusing_ask_for_a_reason(deed, state, officer, reviewer, client_of, member):
    submission = sent(officer, member, brand_name="Sekar")
    browser = client_of(reviewer)

    refused = browser.post(page_url(submission), {"perbuatan": deed})
    assert "Tulis alasannya" in text_of(refused)
    browser.post(page_url(submission), {"perbuatan": deed, "catatan": "Belum lengkap"})

    submission.refresh_from_db()
    assert submission.state == state


def test_a_change_after_the_page_was_opened_is_not_overwritten(officer, reviewer, client_of, member):
    submission = sent(officer, member, brand_name="Sekar")
    browser = client_of(reviewer)
    page = browser.get(page_url(submission))
    Member.objects.filter(pk=member.pk).update(brand_name="Arum")

    answer = browser.post(page_url(submission), answers(page, submission) | {"perbuatan": "putuskan"})

    member.refresh_from_db()
    assert member.brand_name == "Arum"
    assert "Putuskan dahulu" in text_of(answer)
    assert "Kini Arum" in text_of(answer)


def test_whoever_comes_second_is_told_who_decided(officer, reviewer, second_reviewer, client_of, member):
    submission = sent(officer, member, brand_name="Sekar")
    browser = client_of(second_reviewer)
    page = browser.get(page_url(submission))
    actions.approve(submission=submission, by=reviewer)

    answer = browser.post(page_url(submission), answers(page, submission) | {"perbuatan": "putuskan"})

    assert answer.status_code == 409
    assert reviewer.name in text_of(answer)
    assert "Putusan Anda tidak disimpan" in text_of(answer)


def test_ones_own_proposal_has_no_buttons(officer, reviewer, client_of, member):
    first = sent(officer, member, brand_name="Sekar")
    actions.approve(submission=first, by=reviewer)
    browser = client_of(reviewer)

    browser.post(reverse("submissions:reverse", args=[first.pk]), {"catatan": "Keliru"})
    own = Submission.objects.get(parent=first)
    page = browser.get(page_url(own))

    assert 'name="perbuatan"' not in page.content.decode()
    assert "Usulan sendiri" in text_of(page)
    assert browser.post(page_url(own), {"perbuatan": "putuskan", "sudah": "ya"}).status_code == 403


def test_other_open_submissions_are_named_on_both_pages(officer, colleague, reviewer, client_of, member):
    first, second = sent(officer, member, brand_name="Sekar"), sent(colleague, member, brand_name="Arum")
    browser = client_of(reviewer)

    for one, other in ((first, second), (second, first)):
        assert other.number in text_of(browser.get(page_url(one)))


def test_the_clean_ones_of_many_are_approved_after_asking(officer, reviewer, client_of, member):
    clean, conflict = sent(officer, make.make_member(), brand_name="Satu"), sent(officer, member, brand_name="Sekar")
    Member.objects.filter(pk=member.pk).update(brand_name="Arum")
    browser = client_of(reviewer)
    chosen = {"action": "approve_clean", "_selected_action": [clean.pk, conflict.pk], "index": "0"}

    asked = browser.post(QUEUE, chosen)
    clean.refresh_from_db()
    assert clean.state == State.SUBMITTED
    assert f"{conflict.number} tidak ikut: bentrok." in text_of(asked)
    done = browser.post(QUEUE, form_of(asked), follow=True)

    clean.refresh_from_db()
    conflict.refresh_from_db()
    assert (clean.state, conflict.state) == (State.APPROVED, State.SUBMITTED)
    assert "1 usulan disetujui." in text_of(done)


def test_leaders_read_and_decide_nothing(officer, leader, client_of, member):
    submission = sent(officer, member, brand_name="Sekar")
    browser = client_of(leader)

    page = browser.get(page_url(submission))

    assert page.status_code == 200
    assert 'name="perbuatan"' not in page.content.decode()
    assert browser.post(page_url(submission), {"perbuatan": "putuskan", "sudah": "ya"}).status_code == 403
    assert "approve_clean" not in browser.get(QUEUE).content.decode()


@pytest.mark.parametrize("who", ["officer", "sragen_officer", "east_java_officer", "centre_manager", "api_client"])
def test_the_desk_is_not_there_for_anybody_else(who, officer, client_of, member, request):
    submission = sent(officer, member, brand_name="Sekar")
    browser = client_of(request.getfixturevalue(who))

    for url in (QUEUE, page_url(submission)):
        assert browser.get(url).status_code == 404
    assert browser.post(page_url(submission), {"perbuatan": "putuskan", "sudah": "ya"}).status_code == 404
    assert browser.post(reverse("submissions:reverse", args=[submission.pk])).status_code == 404


def test_a_draft_is_not_there_even_for_the_ministry(officer, reviewer, client_of, member):
    draft = draft_of(officer, member, brand_name="Sekar")

    assert client_of(reviewer).get(page_url(draft)).status_code == 404


# --- personal data ---

SECRETS = {
    "owner_nik": "3576021504700008",
    "phone": "+6281277700777",
    "owner_name": "KENARIBARU",
    "capital_idr": 777123457,
}


def test_personal_values_are_masked_until_the_record_is_uncovered(officer, reviewer, client_of, member):
    submission = sent(officer, member, **SECRETS, brand_name="Sekar")
    browser = client_of(reviewer)

    covered = browser.get(page_url(submission)).content.decode()
    reason = {"reason": "Memeriksa usulan dinas"}
    browser.post(reverse("changes:uncover", args=["centres.member", member.pk]), reason)
    uncovered = browser.get(page_url(submission)).content.decode()

    for secret in ("3576021504700008", "81277700777", "KENARIBARU", "777.123.457"):
        assert secret not in covered
        assert secret in uncovered


def test_a_personal_number_never_rests_in_clear(officer, member, reviewer):
    submission = sent(officer, member, owner_nik="3576021504700008")
    field = fields_of(submission)["owner_nik"]

    assert "3576021504700008" not in str(field.proposed)
    assert "3576021504700007" not in str(field.base)
    assert field.wanted == "3576021504700008"
    actions.approve(submission=submission, by=reviewer)
    member.refresh_from_db()
    assert member.owner_nik == "3576021504700008"


# --- the language ---


def test_no_english_word_stands_on_any_page(officer, colleague, reviewer, second_reviewer, client_of, member):
    centre = make.make_centre()
    conflict = sent(officer, member, brand_name="Sekar", **SECRETS)
    new = actions.draft(by=officer, wishes=[wish_for_new(type(centre), name="Sentra baru", regency="35.76")])
    actions.submit(submission=new, by=officer)
    sent(colleague, member, brand_name="Jagad")
    Member.objects.filter(pk=member.pk).update(brand_name="Arum")
    browser = client_of(reviewer)
    pages = [browser.get(QUEUE), browser.get(QUEUE, {"q": "tidak ada yang begini"})]
    pages += [browser.get(page_url(conflict)), browser.get(page_url(new))]
    pages.append(browser.post(page_url(conflict), {"perbuatan": "tolak"}))
    chosen = {"action": "approve_clean", "_selected_action": [new.pk], "index": "0"}
    pages.append(browser.post(QUEUE, chosen))
    actions.reject(submission=conflict, by=second_reviewer, reason="Ganda")
    pages += [
        browser.get(page_url(conflict)),
        browser.post(page_url(conflict), {"perbuatan": "putuskan", "sudah": "ya"}),
    ]

    for page in pages:
        assert not english_in(page), page.request["PATH_INFO"]


def test_evidence_is_listed_beside_the_proposal(officer, reviewer, client_of, member):
    submission = sent(officer, member, brand_name="Sekar")
    file = SimpleUploadedFile("bukti.pdf", pdf())
    Attachment.objects.create(record=submission, file=file, caption="Berita acara")

    assert "Berita acara" in text_of(client_of(reviewer).get(page_url(submission)))


def test_a_photo_shows_small_with_its_day_and_its_distance(officer, reviewer, client_of, places):
    centre = make.make_centre(latitude="-7.460000", longitude="112.440000")
    submission = sent(officer, centre, profile="Sentra lama")
    photo = SimpleUploadedFile("papan.jpg", photo_from_mojokerto())
    made = Attachment.objects.create(record=submission, file=photo, caption="Papan nama")

    page = client_of(reviewer).get(page_url(submission))

    thumbnail = reverse("centres:attachment_thumbnail", args=[made.pk])
    assert f'src="{thumbnail}" alt="Papan nama"' in page.content.decode()
    assert "7 Februari 2024 pukul 10.30 WIB" in text_of(page)
    assert "1,1 km dari lokasi data" in text_of(page)


def test_a_new_record_lies_where_the_proposal_says(officer, reviewer, client_of, places):
    where = {"latitude": "-7.470000", "longitude": "112.440000"}
    wish = wish_for_new(Centre, name="Sentra baru", regency="35.76", **where)
    submission = actions.submit(submission=actions.draft(by=officer, wishes=[wish]), by=officer)
    photo = SimpleUploadedFile("papan.jpg", photo_from_mojokerto())
    Attachment.objects.create(record=submission, file=photo, caption="Papan nama")

    assert "0 m dari lokasi data" in text_of(client_of(reviewer).get(page_url(submission)))


def test_the_page_says_for_whom_it_waits_and_reminds_them(
    officer, east_java_officer, reviewer, client_of, member, monkeypatch
):
    officer.office.verified_by_province = True
    officer.office.save()
    submission = sent(officer, member, brand_name="Sekar")
    browser = client_of(reviewer)

    early = text_of(browser.get(page_url(submission)))
    assert east_java_officer.name in early
    assert "Dapat diingatkan sesudah" in early
    monkeypatch.setattr("submissions.waiting.PATIENCE", timedelta(0))
    assert "Ingatkan lewat surel" in text_of(browser.get(page_url(submission)))
    answer = browser.post(page_url(submission), {"perbuatan": "ingatkan"}, follow=True)

    assert "mengingatkan" in text_of(answer)
    assert f"Kepada {east_java_officer}" in text_of(answer)
    assert "Ingatkan lewat surel" not in text_of(answer)
    again = browser.post(page_url(submission), {"perbuatan": "ingatkan"})
    assert "Belum waktunya mengingatkan" in text_of(again)


def test_an_administrator_decides_about_centres_and_not_about_members(administrator, officer, client_of, member):
    about_member, about_centre = (
        sent(officer, member, brand_name="Sekar"),
        sent(officer, make.make_centre(), profile="Tua"),
    )

    with pytest.raises(NotYourDeed):
        actions.approve(submission=about_member, by=administrator)
    actions.approve(submission=about_centre, by=administrator)

    assert "Setujui pilihan" not in text_of(client_of(administrator).get(page_url(about_member)))
