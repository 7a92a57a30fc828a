"""The proposing form: a draft over today's record, nothing lost, nothing sent twice, refusals at their fields."""

from uuid import uuid4

import pytest
from django.urls import reverse

from centres.models import Attachment, CentreFacility, Certification, Member, Membership
from submissions import actions, kinds
from submissions.choices import Operation, State
from submissions.models import Submission
from tests.bad_rows.statements import photo
from tests.centres.test_admin_lists import english_in
from tests.factories import centres as make
from tests.factories.submissions import draft_of, fields_of, sent
from tests.pages import text_of
from tests.portal.forms import asides, draft_id, errors, filled

pytestmark = pytest.mark.django_db


def edit_url(record, slug="ikm"):
    return reverse("portal:edit", args=[slug, record.pk])


def send(portal, url, page, **typed):
    return portal.post(url, filled(page, **typed) | {"perbuatan": "ajukan"}, follow=True)


def test_what_differs_becomes_a_draft_and_the_record_stays_as_it_is(officer, portal, member):
    page = portal.get(edit_url(member))

    answer = portal.post(edit_url(member), filled(page, brand_name="Sekar", started_year="1990"), follow=True)

    draft = Submission.objects.get()
    assert (draft.state, draft.office, set(fields_of(draft))) == (
        State.DRAFT,
        officer.office,
        {"brand_name", "started_year"},
    )
    assert f"Konsep {draft.number} tersimpan" in text_of(answer)
    assert Member.objects.get().brand_name == ""


def test_a_form_sent_as_it_stands_proposes_nothing(portal, member):
    member.capital_idr, member.nib, member.no_nib_reason, member.phone = (
        15_500_000,
        "9120104512334",
        "",
        "+628123456789",
    )
    member.save()

    answer = send(portal, edit_url(member), portal.get(edit_url(member)))

    assert "Belum ada yang berubah" in text_of(answer)
    assert not Submission.objects.exists()


def test_the_draft_stands_in_the_form_with_what_was_before(portal, officer, member):
    Member.objects.update(brand_name="Lama")
    draft_of(officer, Member.objects.get(), brand_name="Sekar")

    page = portal.get(edit_url(member))

    assert page.context["form"]["brand_name"].value() == "Sekar"
    aside = asides(page)["brand_name"]
    assert (aside.is_changed, aside.was) == (True, "Lama")
    assert "Semula: Lama" in text_of(page)


def test_a_value_that_changed_meanwhile_is_shown_beside(portal, officer, member):
    draft_of(officer, member, brand_name="Sekar")
    Member.objects.update(brand_name="Arum")

    assert "Kini tercatat: Arum" in text_of(portal.get(edit_url(member)))


def test_sending_puts_it_into_the_queue(portal, officer, member):
    answer = send(portal, edit_url(member), portal.get(edit_url(member)), brand_name="Sekar", catatan="Dari NIB")

    submission = Submission.objects.get()
    assert (submission.state, submission.note) == (State.SUBMITTED, "Dari NIB")
    assert f"Usulan {submission.number} terkirim, nomor 1 dalam antrean" in text_of(answer)


def test_sending_twice_makes_one_submission(portal, member):
    page = portal.get(edit_url(member))
    for _time in range(2):
        answer = send(portal, edit_url(member), page, brand_name="Sekar")

    assert Submission.objects.count() == 1
    assert answer.redirect_chain[-1][0] == reverse("portal:submission", args=[Submission.objects.get().pk])


def test_all_refusals_stand_at_their_fields_and_the_draft_is_kept(portal, member):
    wrong = {"nib": "912010451233", "phone": "1", "started_year": "98", "business_name": "Batik Baru"}

    answer = send(portal, edit_url(member), portal.get(edit_url(member)), **wrong)

    assert set(errors(answer)) >= {"nib", "phone"}
    assert "Ada" in text_of(answer)
    assert answer.content.decode().count("<title>Galat:") == 1
    draft = Submission.objects.get()
    assert draft.state == State.DRAFT
    assert fields_of(draft)["nib"].wanted == "912010451233"


def test_a_rule_that_only_the_simulation_sees_stands_at_its_field(portal, officer, member):
    make.make_member(regency_id="33.14", nib="9120104512334", no_nib_reason="")

    answer = send(portal, edit_url(member), portal.get(edit_url(member)), nib="9120104512334")

    assert "NIB ini sudah terdaftar" in errors(answer)["nib"][0]


def test_what_cannot_be_read_at_all_comes_back_as_typed(portal, member):
    answer = send(portal, edit_url(member), portal.get(edit_url(member)), capital_idr="15,5 miliar", brand_name="S")

    assert "capital_idr" in errors(answer)
    assert answer.context["form"]["capital_idr"].value() == "15,5 miliar"
    assert set(fields_of(Submission.objects.get())) == {"brand_name"}


def test_an_amount_stands_in_words_beside_its_field(portal, member):
    member.capital_idr = 15_500_000_000
    member.save()

    assert "lima belas miliar lima ratus juta rupiah" in text_of(portal.get(edit_url(member)))


# --- saved as one types ---


def test_typing_saves_and_the_answer_names_the_draft(portal, member):
    page = portal.get(edit_url(member))

    answer = portal.post(edit_url(member) + "draf/", filled(page, brand_name="Sek"))

    draft = Submission.objects.get()
    assert answer.json()["usulan"] == str(draft.pk)
    assert "Konsep tersimpan di server" in answer.json()["pesan"]


def test_typing_on_goes_into_the_same_draft_though_the_page_does_not_know_it(portal, member):
    page = portal.get(edit_url(member))
    for typed in ("Sek", "Sekar", "Sekar Jagad"):
        portal.post(edit_url(member) + "draf/", filled(page, brand_name=typed))

    assert fields_of(Submission.objects.get())["brand_name"].wanted == "Sekar Jagad"


def test_nothing_is_begun_while_nothing_differs(portal, member):
    answer = portal.post(edit_url(member) + "draf/", filled(portal.get(edit_url(member))))

    assert answer.json() == {"pesan": "Belum ada yang berubah."}
    assert not Submission.objects.exists()


def test_what_was_sent_is_not_written_over_by_a_late_save(portal, member):
    page = portal.get(edit_url(member))
    send(portal, edit_url(member), page, brand_name="Sekar")

    answer = portal.post(edit_url(member) + "draf/", filled(page, brand_name="Terlambat"))

    assert answer.status_code == 409
    assert fields_of(Submission.objects.get())["brand_name"].wanted == "Sekar"


def test_a_colleague_goes_on_with_the_draft_of_the_office(portal, officer, colleague, client_of, member):
    draft = draft_of(colleague, member, brand_name="Sekar")

    page = portal.get(edit_url(member))

    assert draft_id(page) == str(draft.pk)


def test_an_ended_session_leads_back_to_the_form(client, member):
    answer = client.post(edit_url(member), {"brand_name": "Sekar"})

    assert answer.status_code == 302
    assert answer.url.endswith(f"?next={edit_url(member)}")


def test_the_form_shows_only_places_of_the_own_region(portal, member):
    page = portal.get(edit_url(member))

    assert set(page.context["form"].fields["regency"].queryset.values_list("pk", flat=True)) >= {"35.76"}
    assert not page.context["form"].fields["regency"].queryset.filter(pk__startswith="33").exists()


def test_others_on_the_same_field_are_named_before_sending(portal, officer, member):
    other = sent(officer, member, brand_name="Arum")
    draft_of(officer, member, brand_name="Sekar")

    words = text_of(portal.get(edit_url(member)))

    assert "Usulan lain menyentuh isian yang sama" in words
    assert other.number in words


# --- new records ---


def test_a_new_member_asks_for_few_things_and_begins_in_the_own_region(portal, places):
    page = portal.get(reverse("portal:add", args=["ikm"]), follow=True)

    form = page.context["form"]
    assert sum(field.required for field in form.fields.values()) <= 15
    assert form["regency"].value() == "35.76"


def test_a_new_member_is_proposed_once_however_often_it_is_sent(portal, reviewer, places):
    page = portal.get(reverse("portal:add", args=["ikm"]), follow=True)
    url = page.request["PATH_INFO"]
    for _time in range(2):
        send(portal, url, page, business_name="Batik Jati", owner_name="Tri")

    submission = Submission.objects.get()
    assert submission.state == State.SUBMITTED
    actions.approve(submission=submission, by=reviewer)
    assert str(Member.objects.get().pk) in url


def test_the_title_of_the_page_names_what_is_missing(portal, places):
    page = portal.get(reverse("portal:add", args=["ikm"]), follow=True)

    answer = send(portal, page.request["PATH_INFO"], page, business_name="Batik Jati", owner_name="")

    assert errors(answer)["owner_name"] == ["Isi nama pemilik usaha"]


@pytest.mark.parametrize(
    ("slug", "model", "typed"),
    [
        ("keanggotaan", Membership, {"role": "ANGGOTA"}),
        ("sertifikat", Certification, {"kind": "BATIKMARK", "technique": "TULIS", "number": "BM/9"}),
        ("fasilitas-sentra", CentreFacility, {"name": "Gedung", "facility_type": "RUMAH_PRODUKSI"}),
    ],
)
def test_what_hangs_on_a_record_is_proposed_from_its_page(slug, model, typed, portal, reviewer, member):
    centre = make.make_centre()
    query = {"member": str(member.pk), "centre": str(centre.pk)}

    page = portal.get(reverse("portal:add", args=[slug]), query, follow=True)
    if "centre" in page.context["form"].fields:
        typed = typed | {"centre": str(centre.pk)}
    send(portal, page.request["PATH_INFO"], page, **typed)

    actions.approve(submission=Submission.objects.get(), by=reviewer)
    assert model.objects.count() == 1


@pytest.mark.parametrize("kind", kinds.registered(), ids=lambda kind: kind.label)
def test_every_kind_that_an_office_may_propose_has_a_form_in_indonesian(kind, portal, officer):
    from portal.kinds import slug_of

    page = portal.get(reverse("portal:edit", args=[slug_of(kind), uuid4()]))

    assert page.status_code == (200 if officer.may.propose_new(kind.model) else 403)
    if page.status_code == 200:
        assert not english_in(page)


# --- evidence ---


def test_files_go_with_the_draft_and_a_bad_one_holds_up_nothing(portal, member):
    from django.core.files.uploadedfile import SimpleUploadedFile

    page = portal.get(edit_url(member))
    good = SimpleUploadedFile("nib.jpg", photo(), content_type="image/jpeg")
    bad = SimpleUploadedFile("virus.exe", b"MZ", content_type="image/jpeg")

    answer = portal.post(edit_url(member), filled(page, brand_name="Sekar") | {"berkas": [good, bad]}, follow=True)

    assert "virus.exe tidak tersimpan" in text_of(answer)
    assert Attachment.objects.about(Submission.objects.get()).count() == 1


def test_nothing_of_another_region_is_begun(sragen_officer, client_of, member):
    portal = client_of(sragen_officer)

    for url in (edit_url(member), edit_url(member) + "draf/"):
        assert portal.post(url, {"brand_name": "x", "kunci": "a"}).status_code == 404
    assert not Submission.objects.exists()


def test_a_foreign_draft_is_not_written_to(sragen_officer, officer, client_of, member):
    draft = draft_of(officer, member, brand_name="Sekar")
    own = make.make_member(regency_id="33.14")

    answer = client_of(sragen_officer).post(edit_url(own), {"usulan": str(draft.pk), "brand_name": "x"})

    assert answer.status_code == 404
    assert draft.changes.get().operation == Operation.UPDATE
