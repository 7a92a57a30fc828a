"""The office's submissions: the list, the thread, what can be done, and how few taps mending takes."""

import pytest
import time_machine
from django.urls import reverse

from accounts.choices import RoleCode
from centres.models import Member
from submissions import actions
from submissions.choices import State
from submissions.models import Submission
from tests.centres.test_admin_lists import english_in
from tests.factories import centres as make
from tests.factories.accounts import make_user
from tests.factories.submissions import decisions_of, draft_of, fields_of, sent
from tests.pages import text_of
from tests.portal.forms import filled

pytestmark = pytest.mark.django_db

LIST = reverse("portal:submissions")


def page_url(submission, name="portal:submission"):
    return reverse(name, args=[submission.pk])


def test_the_list_is_grouped_by_what_became_of_it(officer, reviewer, portal, member):
    draft = draft_of(officer, member, brand_name="Konsep")
    waiting, done = sent(officer, make.make_member(), brand_name="A"), sent(officer, make.make_member(), brand_name="B")
    actions.approve(submission=done, by=reviewer)

    def listed(group):
        return list(portal.get(LIST, {"kelompok": group}).context["listing"].page)

    assert (listed("konsep"), listed("menunggu"), listed("diputuskan")) == ([draft], [waiting], [done])
    assert len(listed("")) == 3
    assert portal.get(LIST, {"kelompok": "lain"}).status_code == 404


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"q": "sekar arum"}, ["Batik Sekar Arum"]),
        ({"q": "U-"}, ["Batik Jati", "Batik Sekar Arum"]),
        ({"status": "DRAFT"}, ["Batik Jati"]),
        ({"jenis": "REPORT"}, []),
        ({"sejak": "2026-11-25", "sampai": "2026-11-25"}, ["Batik Sekar Arum"]),
        ({"sejak": "2026-11-26"}, []),
        ({"sampai": "2026-11-24"}, []),
        ({"urut": "nomor"}, ["Batik Sekar Arum", "Batik Jati"]),
        ({"kelompok": "menunggu", "q": "jati"}, []),
    ],
)
@time_machine.travel("2026-11-25 03:00 +0700")
def test_submissions_are_narrowed_by_the_address(officer, portal, member, query, found):
    sent(officer, member, brand_name="Sekar")
    draft_of(officer, make.make_member(business_name="Batik Jati"), brand_name="Jati")

    assert [one.title for one in portal.get(LIST, query).context["listing"].page] == found


def test_filters_keep_the_group_and_are_chips_that_come_off(officer, portal, member):
    sent(officer, member, brand_name="Sekar")

    page = portal.get(LIST, {"kelompok": "menunggu", "sejak": "2026-01-02"})

    (chip,) = page.context["listing"].chips
    assert (chip.label, chip.words, chip.url) == ("Dikirim sejak", "2 Januari 2026", "?kelompok=menunggu")
    assert '<input type="hidden" name="kelompok" value="menunggu"' in page.content.decode()


def test_a_page_of_submissions_holds_25(officer, portal, member):
    for number in range(26):
        draft_of(officer, member, started_year=1980 + number)

    assert len(portal.get(LIST).context["listing"].page.object_list) == 25
    assert len(portal.get(LIST, {"hal": "2"}).context["listing"].page.object_list) == 1


def test_only_whoever_checks_is_offered_what_waits_for_a_check(client_of, centre_manager):
    portal = client_of(centre_manager)

    assert "Perlu Anda periksa" not in text_of(portal.get(LIST))
    assert portal.get(LIST, {"kelompok": "periksa"}).status_code == 404


def test_the_page_tells_the_whole_thread(officer, reviewer, portal, member):
    first = sent(officer, member, brand_name="Sekar", started_year=1990)
    comments = {fields_of(first)["brand_name"].pk: "Belum terdaftar di merek"}
    actions.decide(submission=first, by=reviewer, decisions=decisions_of(first, brand_name="RETURN"), comments=comments)
    second = first.followed_by.get()

    words = text_of(portal.get(page_url(second)))

    for told in (first.number, second.number, "Belum terdaftar di merek", "Disetujui sebagian"):
        assert told in words


def test_the_reviewers_words_stand_above_the_form_and_lead_to_their_fields(officer, reviewer, portal, member):
    submission = sent(officer, member, brand_name="Sekar", started_year=1990, email="a@contoh.invalid")
    fields = fields_of(submission)
    comments = {fields["brand_name"].pk: "Belum terdaftar", fields["started_year"].pk: "Sebutkan buktinya"}
    decisions = decisions_of(submission, brand_name="RETURN", started_year="RETURN")
    actions.decide(submission=submission, by=reviewer, decisions=decisions, comments=comments)
    [task, *_rest] = portal.get(reverse("portal:home")).context["tasks"]

    notice, _form = portal.get(task.url).content.decode().split('id="usulan_form"')

    assert '<a href="#id_brand_name">Merek dagang</a>: Belum terdaftar' in notice
    assert '<a href="#id_started_year">Tahun mulai usaha</a>: Sebutkan buktinya' in notice
    assert "id_email" not in notice
    assert task.detail == "Dikembalikan dengan 2 catatan: merek dagang, tahun mulai usaha."


def test_one_word_about_the_whole_is_one_note(officer, reviewer, portal, member):
    submission = sent(officer, member, brand_name="Sekar", started_year=1990)
    actions.return_(submission=submission, by=reviewer, reason="Lampirkan foto")
    [task, *_rest] = portal.get(reverse("portal:home")).context["tasks"]

    notice, _form = portal.get(task.url).content.decode().split('id="usulan_form"')

    assert task.detail == "Dikembalikan dengan 1 catatan: merek dagang, tahun mulai usaha."
    assert notice.count("Lampirkan foto") == 1
    assert '<a href="#id_brand_name">' in notice


def test_few_decisions_of_late_are_not_called_none(officer, reviewer, portal, member):
    done = sent(officer, make.make_member(), brand_name="Arum")
    actions.approve(submission=done, by=reviewer)

    words = text_of(portal.get(page_url(sent(officer, member, brand_name="Sekar"))))

    assert "Belum cukup putusan jenis ini untuk memperkirakan waktunya." in words
    assert "belum ada putusan" not in words


def test_the_page_tells_how_large_files_may_be_by_the_rules_that_hold(officer, portal, member, settings):
    settings.PHOTO_MAX_BYTES, settings.DOCUMENT_MAX_BYTES = 7 * 1024 * 1024, 30 * 1024 * 1024

    words = text_of(portal.get(reverse("portal:edit", args=["ikm", member.pk])))

    assert "Foto JPEG, PNG, atau WebP sampai 7 MB, atau dokumen PDF sampai 30 MB." in words


def test_mending_takes_four_taps_from_the_task(officer, reviewer, portal, member):
    submission = sent(officer, member, brand_name="Sekar")
    actions.return_(submission=submission, by=reviewer, reason="Salah ketik")

    task = portal.get(reverse("portal:home")).context["tasks"][0]
    page = portal.get(task.url)  # one: the task
    assert "Catatan penelaah: Salah ketik" in text_of(page)
    assert page.context["form"]["brand_name"].value() == "Sekar"
    # two: the field, three: the typing, four: the button
    portal.post(task.url, filled(page, brand_name="Sekar Jagad") | {"perbuatan": "ajukan"})

    actions.approve(submission=Submission.objects.get(parent=submission), by=reviewer)
    assert Member.objects.get().brand_name == "Sekar Jagad"


def test_an_officer_takes_a_submission_back(officer, portal, member):
    submission = sent(officer, member, brand_name="Sekar")

    answer = portal.post(page_url(submission, "portal:do"), {"perbuatan": "tarik"}, follow=True)

    submission.refresh_from_db()
    assert submission.state == State.WITHDRAWN
    assert "ditarik kembali" in text_of(answer)


def test_a_refused_deed_comes_back_as_a_sentence(officer, reviewer, portal, member):
    submission = sent(officer, member, brand_name="Sekar")
    actions.approve(submission=submission, by=reviewer)

    answer = portal.post(page_url(submission, "portal:do"), {"perbuatan": "tarik"}, follow=True)

    assert "Ini tidak dapat dilakukan" in text_of(answer)


def test_a_province_checks_what_its_regency_sent(officer, east_java_officer, client_of, member):
    officer.office.verified_by_province = True
    officer.office.save()
    submission = sent(officer, member, brand_name="Sekar")
    portal = client_of(east_java_officer)

    task = portal.get(reverse("portal:home")).context["tasks"][0]
    assert task.title == "Periksa 1 usulan"
    assert submission.number in text_of(portal.get(task.url))
    portal.post(page_url(submission, "portal:do"), {"perbuatan": "verifikasi"})

    submission.refresh_from_db()
    assert submission.state == State.VERIFIED


def test_an_officer_checks_what_the_centres_manager_sent(officer, portal, client_of, member):
    membership = make.make_membership(member=member)
    manager = make_user(RoleCode.CENTRE_MANAGER, region="35.76", assigned_centres=[membership.centre_id])
    submission = sent(manager, member, started_year=1990)

    without = portal.post(page_url(submission, "portal:do"), {"perbuatan": "kembalikan"}, follow=True)
    portal.post(page_url(submission, "portal:do"), {"perbuatan": "kembalikan", "alasan": "Bukan 1990"})

    assert "Tulis alasannya" in text_of(without)
    submission.refresh_from_db()
    assert submission.state == State.RETURNED


def test_personal_values_are_masked_for_a_province(officer, east_java_officer, client_of, member):
    submission = sent(officer, member, owner_nik="3576021504700008")

    words = text_of(client_of(east_java_officer).get(page_url(submission)))

    assert "3576021504700008" not in words
    assert "••••••" in words


def test_a_stranger_gets_404(officer, sragen_officer, client_of, member):
    submission = sent(officer, member, brand_name="Sekar")
    portal = client_of(sragen_officer)

    assert portal.get(page_url(submission)).status_code == 404
    assert portal.post(page_url(submission, "portal:do"), {"perbuatan": "tarik"}).status_code == 404
    assert portal.post(page_url(submission, "portal:files")).status_code == 404


def test_no_english_word_stands_on_the_pages(officer, reviewer, portal, member):
    submission = sent(officer, member, brand_name="Sekar")
    actions.return_(submission=submission, by=reviewer, reason="Salah ketik")

    for url in (LIST, page_url(submission), page_url(submission.followed_by.get())):
        assert not english_in(portal.get(url))


def test_the_list_asks_no_more_of_the_database_when_it_is_longer(officer, portal, django_assert_max_num_queries):
    sent(officer, make.make_member(), brand_name="Arum")
    portal.get(LIST)
    with django_assert_max_num_queries(14) as few:
        portal.get(LIST)
    for _number in range(8):
        sent(officer, make.make_member(), brand_name="Arum")

    with django_assert_max_num_queries(len(few)):
        portal.get(LIST)
