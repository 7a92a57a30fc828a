"""Events, and what their participants sold: entered row by row, sent as one submission."""

import pytest
from django.urls import reverse

from programs.models import Participation
from submissions import actions
from submissions.choices import State
from submissions.models import Submission
from tests.centres.test_admin_lists import english_in
from tests.factories import centres as make
from tests.factories import events as held
from tests.factories.submissions import fields_of, sent
from tests.pages import form_of, text_of

pytestmark = pytest.mark.django_db

LIST = reverse("portal:events")


@pytest.fixture
def sale(places):
    """The Great Sale of Sragen with two participants of Sragen and a guest of Kota Mojokerto."""
    event = held.make_event(name="Sragen Great Sale 2023")
    for name in ("Batik Ayu", "Batik Jati"):
        held.make_participation(event=event, member=make.make_member(business_name=name, regency_id="33.14"))
    held.make_participation(event=event, member=make.make_member(business_name="Batik Tamu"))
    return event


@pytest.fixture
def portal(sragen_officer, client_of):
    return client_of(sragen_officer)


def page_url(event):
    return reverse("portal:event", args=[event.pk])


def of(name):
    return Participation.objects.get(member__business_name=name)


def sold(page, name, **typed):
    return form_of(page) | {f"{of(name).pk}-{field}": value for field, value in typed.items()}


def test_missing_sales_are_a_task_until_they_are_there(portal, sale):
    task = portal.get(reverse("portal:home")).context["tasks"][0]

    assert (task.title, task.url) == ("Lengkapi penjualan Sragen Great Sale 2023", page_url(sale))
    Participation.objects.update(no_transaction=True)
    assert "Lengkapi penjualan" not in text_of(portal.get(reverse("portal:home")))


def test_sales_that_wait_or_were_returned_are_not_asked_for_again(portal, sale, sragen_officer, programme_staff):
    sent(sragen_officer, of("Batik Ayu"), cash_sales_idr=5_000_000, transactions=3)

    told = text_of(portal.get(reverse("portal:home")))
    assert "0 dari 3 IKM peserta sudah melapor; 2 belum. 1 dalam usulan." in told

    for name in ("Batik Jati", "Batik Tamu"):
        last = sent(sragen_officer, of(name), no_transaction=True)
    actions.return_(submission=last, by=programme_staff, reason="Salah ketik")
    assert "Lengkapi penjualan" not in text_of(portal.get(reverse("portal:home")))


def test_those_who_have_not_reported_stand_first(portal, sale):
    Participation.objects.filter(member__business_name="Batik Ayu").update(no_transaction=True)

    rows = portal.get(page_url(sale)).context["sales"].rows

    assert [str(row.participation.member) for row in rows] == ["Batik Jati", "Batik Tamu", "Batik Ayu"]


def test_the_reviewers_words_stand_beside_the_returned_figures(portal, sale, sragen_officer, programme_staff):
    submission = sent(sragen_officer, of("Batik Ayu"), cash_sales_idr=5_000_000, transactions=3)
    actions.return_(submission=submission, by=programme_staff, reason="Hitung lagi transaksinya")

    words = text_of(portal.get(page_url(sale)))

    assert words.count("Catatan penelaah: Hitung lagi transaksinya") == 2


def test_sales_of_several_are_sent_as_one_and_stand_after_approval(portal, sale, programme_staff):
    page = portal.get(page_url(sale))
    typed = sold(page, "Batik Ayu", cash_sales_idr="Rp12.500.000", transactions="31")
    typed |= {f"{of('Batik Jati').pk}-no_transaction": "on", "perbuatan": "ajukan"}

    for _time in range(2):  # a double tap
        portal.post(page_url(sale), typed)

    submission = Submission.objects.get()
    assert (submission.state, submission.changes.count()) == (State.SUBMITTED, 2)
    actions.approve(submission=submission, by=programme_staff)
    assert (of("Batik Ayu").cash_sales_idr, of("Batik Jati").no_transaction) == (12_500_000, True)


def test_a_refused_row_says_why_and_the_others_are_kept(portal, sale):
    page = portal.get(page_url(sale))
    typed = sold(page, "Batik Ayu", cash_sales_idr="12,5 juta") | {f"{of('Batik Jati').pk}-transactions": "3"}

    answer = portal.post(page_url(sale), typed | {"perbuatan": "ajukan"})

    assert "Isi jumlah rupiah dengan angka" in text_of(answer)
    assert "12,5 juta" in answer.content.decode()
    assert Submission.objects.get().state == State.DRAFT


def test_a_draft_stands_in_the_rows(portal, sale):
    portal.post(page_url(sale), sold(portal.get(page_url(sale)), "Batik Ayu", cash_sales_idr="5.000.000"))

    page = portal.get(page_url(sale))

    assert 'value="5.000.000"' in page.content.decode()
    assert "lima juta rupiah" in text_of(page)
    assert Submission.objects.get().number in text_of(page)


def test_nothing_is_begun_while_nothing_was_entered(portal, sale):
    answer = portal.post(page_url(sale), form_of(portal.get(page_url(sale))), follow=True)

    assert "Belum ada yang berubah" in text_of(answer)
    assert not Submission.objects.exists()


def test_typing_saves_into_one_draft_and_the_answer_names_it(portal, sale):
    page = portal.get(page_url(sale))

    answers = [
        portal.post(page_url(sale) + "draf/", sold(page, "Batik Ayu", cash_sales_idr=typed)).json()
        for typed in ("12", "12.500", "12.500.000")
    ]

    draft = Submission.objects.get()
    assert {answer["usulan"] for answer in answers} == {str(draft.pk)}
    assert "Konsep tersimpan di server" in answers[-1]["pesan"]
    assert fields_of(draft)["cash_sales_idr"].wanted == 12_500_000


def test_typing_nothing_begins_nothing(portal, sale):
    answer = portal.post(page_url(sale) + "draf/", form_of(portal.get(page_url(sale))))

    assert answer.json() == {"pesan": "Belum ada yang berubah."}
    assert not Submission.objects.exists()


def test_the_queue_sends_sales_once_however_often_it_tries(portal, sale):
    typed = sold(portal.get(page_url(sale)), "Batik Ayu", cash_sales_idr="12.500.000", transactions="31")

    answers = [portal.post(page_url(sale) + "kirim/", typed).json() for _time in range(3)]

    submission = Submission.objects.get()
    assert submission.state == State.SUBMITTED
    assert {answer["nomor"] for answer in answers} == {submission.number}
    assert portal.post(page_url(sale) + "draf/", typed).status_code == 409


def test_a_queue_that_must_be_mended_says_whose_row_and_why(portal, sale):
    typed = sold(portal.get(page_url(sale)), "Batik Ayu", cash_sales_idr="12,5 juta", transactions="3")

    answer = portal.post(page_url(sale) + "kirim/", typed)

    assert answer.status_code == 422
    assert answer.json()["galat"][0].startswith("Batik Ayu: ")
    assert Submission.objects.get().state == State.DRAFT


def test_a_draft_sent_elsewhere_is_not_begun_again_by_a_page_that_is_still_open(portal, sale, sragen_officer):
    portal.post(page_url(sale) + "draf/", sold(portal.get(page_url(sale)), "Batik Ayu", cash_sales_idr="5.000"))
    page = portal.get(page_url(sale))
    actions.submit(submission=Submission.objects.get(), by=sragen_officer)

    answer = portal.post(page_url(sale) + "draf/", sold(page, "Batik Ayu", cash_sales_idr="6.000"))

    assert answer.status_code == 409
    assert Submission.objects.count() == 1


def test_a_figure_that_changed_while_the_page_waited_is_not_proposed_back(portal, sale):
    page = portal.get(page_url(sale))
    typed = sold(page, "Batik Jati", cash_sales_idr="7.000.000")
    other = of("Batik Ayu")
    other.cash_sales_idr = 9_000_000
    other.save()

    portal.post(page_url(sale) + "kirim/", typed)

    assert [change.record_id for change in Submission.objects.get().changes.all()] == [of("Batik Jati").pk]


@pytest.mark.parametrize("door", ["draf/", "kirim/"])
def test_the_doors_for_sales_are_closed_to_others(door, sale, client_of, east_java_officer, mojokerto_officer):
    foreign, reader = client_of(mojokerto_officer), client_of(east_java_officer)

    assert foreign.post(page_url(held.make_event()) + door, {}).status_code == 404
    assert reader.post(page_url(sale) + door, {}).status_code == 403


def test_the_guests_office_enters_only_its_own(sale, mojokerto_officer, client_of):
    portal = client_of(mojokerto_officer)
    page = portal.get(page_url(sale))

    assert "Batik Tamu" in text_of(page)
    assert "Batik Ayu" not in text_of(page)
    portal.post(page_url(sale), sold(page, "Batik Ayu", cash_sales_idr="1.000") | {"perbuatan": "ajukan"})
    assert not Submission.objects.exists()


def test_an_event_far_away_is_not_there(places, client_of, mojokerto_officer):
    event = held.make_event()

    assert client_of(mojokerto_officer).get(page_url(event)).status_code == 404


def test_a_province_sees_and_enters_nothing(sale, east_java_officer, client_of):
    portal = client_of(east_java_officer)

    assert "Batik Tamu" in text_of(portal.get(page_url(sale)))
    assert portal.post(page_url(sale), {}).status_code == 403


def test_the_list_narrows_and_speaks_indonesian(portal, sale):
    for query in ({}, {"q": "great sale"}, {"tahun": "2023"}, {"jenis": "PAMERAN"}, {"q": "tidak ada"}):
        page = portal.get(LIST, query)
        assert page.status_code == 200
        assert not english_in(page)
    assert not english_in(portal.get(page_url(sale)))
    assert [event.name for event in portal.get(LIST, {"tahun": "2023"}).context["listing"].page] == [sale.name]


def test_more_rows_cost_no_more_questions(portal, sale, django_assert_max_num_queries):
    portal.get(page_url(sale))
    with django_assert_max_num_queries(30) as few:
        portal.get(page_url(sale))
    for _number in range(5):
        held.make_participation(event=sale, member=make.make_member(regency_id="33.14"))

    with django_assert_max_num_queries(len(few)):
        portal.get(page_url(sale))
