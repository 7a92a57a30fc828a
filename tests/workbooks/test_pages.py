"""Upload, check, mend, send: the pages of a workbook, with and without luck."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from portal.tasks import tasks_of
from submissions.models import Submission
from tests.factories import centres as make
from tests.pages import form_of, text_of
from tests.workbooks import files
from workbooks import actions
from workbooks.choices import Outcome, State
from workbooks.models import Workbook
from workbooks.tasks import take_up_again, work_on

pytestmark = pytest.mark.django_db

DOOR = "/portal/impor/"


@pytest.fixture
def portal(mojokerto_officer, client_of):
    return client_of(mojokerto_officer)


def brought(portal, content, name="anggota.xlsx", kind="ikm"):
    answer = portal.post(DOOR, {"jenis": kind, "berkas": SimpleUploadedFile(name, content)})
    return answer, Workbook.objects.order_by("created_at").last()


def url_of(found):
    return reverse("portal:workbook", args=[found.pk])


def broken_table():
    table = files.rows(4)
    table[2][files.NIB] = 812034511207
    return table


def test_a_bad_row_is_mended_on_the_page_and_all_is_sent(portal):
    answer, found = brought(portal, files.xlsx(broken_table()))
    page = portal.get(answer.url)
    assert "3 baris siap, 1 baris perlu diperbaiki" in text_of(page)
    assert "Terbaca 812034511207" in text_of(page)

    portal.post(answer.url, form_of(page) | {"b-4-nib": "9000000000003", "perbuatan": "periksa"})
    done = portal.post(answer.url, {"perbuatan": "ajukan", "mode": "semua"})

    sent = Submission.objects.get()
    assert done.url == reverse("portal:submission", args=[sent.pk])
    assert (sent.state, sent.changes.count()) == ("SUBMITTED", 4)
    found.refresh_from_db()
    assert found.state == State.DONE


def test_the_bad_rows_stay_as_a_task_of_the_office(portal, mojokerto_officer):
    _answer, found = brought(portal, files.xlsx(broken_table()))

    portal.post(url_of(found), {"perbuatan": "ajukan", "mode": "siap"})

    task = next(task for task in tasks_of(mojokerto_officer) if task.url == url_of(found))
    assert "1 baris perlu diperbaiki, 0 baris siap" in task.detail
    assert "Sudah diajukan" in text_of(portal.get(url_of(found)))


def test_waiting_for_all_rows_sends_nothing_while_one_is_bad(portal):
    _answer, found = brought(portal, files.xlsx(broken_table()))

    page = portal.post(url_of(found), {"perbuatan": "ajukan", "mode": "semua"}, follow=True)

    assert "Masih ada baris yang perlu diperbaiki" in text_of(page)
    assert not Submission.objects.exists()


def test_what_moved_since_the_check_is_refused_whole(portal, mojokerto_officer):
    member = make.make_member(nib="9000000000002", business_name="Batik Contoh 0002", owner_name="Lama")
    _answer, found = brought(portal, files.xlsx(files.rows(3)))
    row = found.rows.get(number=3)
    assert (row.outcome, row.diff["owner_name"]) == (Outcome.CHANGE, ["Lama", "Pemilik Contoh 2"])
    row.content = row.content | {"diff": row.diff | {"owner_name": ["Lain", "Pemilik Contoh 2"]}}
    row.save()

    page = portal.post(url_of(found), {"perbuatan": "ajukan", "mode": "siap"}, follow=True)

    assert "berubah sejak berkas ini diperiksa" in text_of(page)
    assert not Submission.objects.exists()
    assert member.business_name


def test_strange_titles_are_said_once_and_the_office_is_remembered(portal):
    titles = ["Sebutan", "Siapa", "Kolom lain"]
    table = [["Batik Contoh A", "Pemilik A", "x"], ["Batik Contoh B", "Pemilik B", "y"]]
    _answer, found = brought(portal, files.xlsx(table, titles=titles))
    assert "Judul kolom belum dikenali" in text_of(portal.get(url_of(found)))

    said = {"kolom-0": "business_name", "kolom-1": "owner_name", "kolom-2": ""}
    portal.post(reverse("portal:workbook_titles", args=[found.pk]), said)
    _answer, later = brought(portal, files.xlsx(table, titles=titles))

    found.refresh_from_db()
    assert [one.counts[Outcome.NEW] for one in (found, later)] == [2, 2]


def test_a_row_like_a_registered_member_waits_for_a_word(portal):
    member = make.make_member(business_name="batik contoh 0001")
    table = files.rows(1)
    table[0][files.NIB] = ""
    answer, found = brought(portal, files.xlsx(table))
    page = portal.get(answer.url)
    assert "IKM ini sudah terdaftar" in text_of(page)

    portal.post(answer.url, form_of(page) | {"t-2": "UPDATE", "perbuatan": "periksa"})

    row = found.rows.get()
    assert (row.outcome, row.record_id) == (Outcome.CHANGE, member.pk)


def test_another_office_does_not_see_the_file(sragen_officer, client_of, portal):
    _answer, found = brought(portal, files.xlsx(files.rows(1)))
    stranger = client_of(sragen_officer)
    names = ("workbook", "workbook_titles", "workbook_rows", "workbook_marked")

    codes = [stranger.get(reverse(f"portal:{name}", args=[found.pk])).status_code for name in names]

    assert codes == [404] * 4
    assert "anggota.xlsx" not in text_of(stranger.get(DOOR))


def test_a_large_file_is_left_to_the_worker_with_its_progress_on_the_page(portal, monkeypatch):
    monkeypatch.setattr(actions, "AT_ONCE_BYTES", 100)
    answer, found = brought(portal, files.xlsx(files.rows(3)))
    page = portal.get(answer.url)
    assert ("Sedang diperiksa" in text_of(page), page["Refresh"]) == (True, "2")

    work_on(str(found.pk))

    assert "3 baris siap" in text_of(portal.get(answer.url))


def test_a_check_that_was_cut_off_is_taken_up_again_and_finds_the_same(portal, monkeypatch):
    monkeypatch.setattr(actions, "AT_ONCE_BYTES", 100)
    monkeypatch.setattr(actions, "PART", 2)
    _answer, found = brought(portal, files.xlsx(files.rows(5)))
    kept, keep = [], actions._keep

    def dies(*given):
        if kept:
            raise SystemExit  # as a worker that is killed between two parts
        kept.append(keep(*given))

    monkeypatch.setattr(actions, "_keep", dies)
    with pytest.raises(SystemExit):
        work_on(str(found.pk))
    monkeypatch.setattr(actions, "_keep", keep)
    assert found.rows.count() == 2
    Workbook.objects.update(touched_at="2026-01-01T00:00:00Z")

    assert take_up_again() == 1
    work_on(str(found.pk))

    found.refresh_from_db()
    assert (found.state, found.counts[Outcome.NEW]) == (State.CHECKED, 5)


def test_many_rows_are_sent_by_the_worker(portal, monkeypatch):
    monkeypatch.setattr(actions, "AT_ONCE_ROWS", 1)
    answer, found = brought(portal, files.xlsx(files.rows(3)))
    portal.post(answer.url, {"perbuatan": "ajukan", "mode": "siap"})
    assert "Sedang diajukan" in text_of(portal.get(answer.url))

    work_on(str(found.pk))
    work_on(str(found.pk))

    assert Submission.objects.get().changes.count() == 3


def test_rows_that_were_sent_are_left_out_when_the_marked_file_comes_back(portal):
    table = broken_table()
    _answer, found = brought(portal, files.xlsx(table))
    portal.post(url_of(found), {"perbuatan": "ajukan", "mode": "siap"})
    table[2][files.NIB] = "9000000000003"

    _answer, again = brought(portal, files.xlsx(table))

    assert (again.counts[Outcome.LEFT], again.counts[Outcome.NEW]) == (3, 1)


def test_whoever_may_propose_nothing_of_the_kind_is_refused(east_java_officer, client_of):
    province = client_of(east_java_officer)

    assert province.get(DOOR).status_code == 403
    assert province.get(reverse("portal:workbook_template", args=["ikm"])).status_code == 403
    assert DOOR not in province.get(reverse("portal:help")).content.decode()
