"""Papers that can be checked: the same bytes each time, the figures on them, and a public page that confirms them."""

import hashlib
import io
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from batik_registry.models import PERSONAL
from documents import codes, kinds
from documents.comparing import MOST_BYTES
from documents.models import Document
from documents.printing import printed
from tests.factories import centres as make
from tests.factories import programs as money
from tests.factories.submissions import sent
from tests.pages import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def report(places):
    allocation = money.make_allocation(
        region_id="35.76", title="Pembangunan Sentra #Batik $x$ *y*", ceiling_idr=10_000_000_000
    )
    money.make_progress(allocation=allocation, quarter=1, absorbed_idr=1_000_000_000)
    found = money.make_progress(allocation=allocation, quarter=2, absorbed_idr=2_500_000_000, physical_pct="37.5")
    money.make_problem(report=found)
    return found


@pytest.fixture
def handover(report):
    return money.make_handover(allocation=report.allocation, bast_on=date(2019, 12, 2), bast_value_idr=9_000_000_000)


@pytest.fixture
def centre(places):
    found = make.make_centre(
        name="Sentra Maja Barama", manager_name="Nama Pengelola Rahasia", manager_phone="081234567890"
    )
    make.make_facility(centre=found)
    make.make_membership(centre=found, member=make.make_member(owner_name="Nama Pemilik Rahasia"))
    return found


@pytest.fixture
def portal(mojokerto_officer, client_of):
    return client_of(mojokerto_officer)


def issued(browser, record):
    """The answer with the file of the record's paper."""
    url = reverse("documents:issue", args=[kinds.of(record).slug, record.pk])
    return browser.post(url, follow=True)


def words_in(pdf):
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())


def checked(code, **sent_along):
    """The public page, as a stranger sees it."""
    url = reverse("documents:check", args=[code])
    return Client().post(url, sent_along) if sent_along else Client().get(url)


# --- the file ---


def test_the_report_of_a_quarter_holds_its_figures_and_those_of_the_quarter_before(portal, report):
    answer = issued(portal, report)

    assert answer["Content-Type"] == "application/pdf"
    words = words_in(answer.content)
    for told in ("Laporan triwulanan alokasi", "Triwulan II", "Rp2.500.000.000 (25% dari pagu)", "Rp1.000.000.000"):
        assert told in words
    assert "dua miliar lima ratus juta rupiah" in words
    assert "37,5" in words
    assert "#Batik $x$ *y*" in words  # data, never markup
    assert "Halaman 1 dari" in words


def test_the_handover_and_the_profile_are_papers_too_and_tell_nothing_personal(portal, handover, centre):
    told = words_in(issued(portal, handover).content)
    profile = words_in(issued(portal, centre).content)

    assert "2 Desember 2019" in told
    assert "sembilan miliar rupiah" in told
    assert "Sentra Maja Barama" in profile
    assert "Anggota aktif yang tercatat 1" in profile
    assert "Rahasia" not in profile
    assert "81234567890" not in profile


def test_the_same_content_gives_the_same_bytes_and_the_same_code(portal, report):
    first, second = issued(portal, report), issued(portal, report)

    document = Document.objects.get()
    again = printed(document.content, document.shown_code, f"http://testserver{document.get_absolute_url()}")
    assert first.content == second.content == again == bytes(document.pdf)
    assert hashlib.sha256(first.content).hexdigest() == document.sha256


def test_the_file_is_tagged_in_indonesian_with_its_fonts_inside(portal, centre):
    reader = PdfReader(io.BytesIO(issued(portal, centre).content))

    catalogue = reader.trailer["/Root"]
    assert catalogue["/MarkInfo"]["/Marked"]
    assert str(catalogue["/Lang"]).startswith("id")
    fonts = [font.get_object() for page in reader.pages for font in page["/Resources"]["/Font"].values()]
    below = [font["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object() for font in fonts]
    assert below
    assert all({"/FontFile2", "/FontFile3"} & set(one) for one in below)


def test_a_paper_of_sample_data_says_so(portal, places):
    centre = make.make_centre(is_sample=True)

    assert "CONTOH" in words_in(issued(portal, centre).content)
    assert "contoh" in text_of(checked(Document.objects.get().shown_code))


def test_no_kind_of_paper_names_a_personal_field(report, handover, centre):
    """Whoever adds one meets this at `facts_of`."""
    from documents.papers import facts_of

    personal = next(name for name, mark in centre.sensitivity.items() if mark in PERSONAL)
    with pytest.raises(ValueError, match=personal):
        facts_of(centre, [personal])
    assert {kind.slug for kind in kinds.registered()} == {"profil-sentra", "laporan-triwulan", "serah-terima"}


# --- who may have it ---


def test_only_whoever_sees_the_record_has_its_paper(portal, sragen_officer, client_of, report):
    issued(portal, report)
    code = Document.objects.get().shown_code
    stranger = client_of(sragen_officer)

    assert issued(stranger, report).status_code == 404
    assert stranger.get(reverse("documents:file", args=[code])).status_code == 404
    assert portal.get(reverse("documents:file", args=[code])).status_code == 200
    assert Client().get(reverse("documents:file", args=[code])).status_code == 302
    assert portal.post(reverse("documents:issue", args=["tidak-ada", report.pk])).status_code == 404


def test_pages_of_portal_and_desk_offer_the_papers(portal, programme_staff, client_of, report, handover, centre):
    allocation = portal.get(reverse("portal:allocation", args=[report.allocation.pk])).content.decode()
    profile = portal.get(reverse("portal:record", args=["sentra", centre.pk])).content.decode()

    for record, page in ((report, allocation), (handover, allocation), (centre, profile)):
        address = reverse("documents:issue", args=[kinds.of(record).slug, record.pk])
        assert f'action="{address}"' in page
        desk = reverse(f"admin:{record._meta.app_label}_{record._meta.model_name}_change", args=[record.pk])
        assert f'action="{address}"' in client_of(programme_staff).get(desk).content.decode()


# --- the public page ---


def test_anybody_reads_what_a_document_is_and_who_decided_without_a_name(
    portal, programme_staff, client_of, mojokerto_officer, centre
):
    from submissions import actions

    submission = sent(mojokerto_officer, centre, profile="Profil yang baru")
    actions.approve_clean(rows=type(submission).objects.filter(pk=submission.pk), by=programme_staff)
    issued(portal, centre)
    document = Document.objects.get()

    page = checked(document.shown_code.lower())

    told = text_of(page)
    assert page.status_code == 200
    for words in ("Sentra Maja Barama", document.sha256, "belum berubah", submission.number, "disetujui"):
        assert words in told
    assert "Staf program Kementerian" in told
    assert mojokerto_officer.name not in told
    assert programme_staff.name not in told
    assert not page.cookies


def test_the_page_says_which_part_of_the_data_has_changed_since(portal, report):
    issued(portal, report)
    code = Document.objects.get().shown_code
    report.absorbed_idr = 3_000_000_000
    report.save()

    told = text_of(checked(code))

    assert "Data sudah berubah sejak dokumen ini terbit" in told
    assert "Uang sampai akhir triwulan, Capaian" in told
    assert "3.000.000.000" not in told
    issued(portal, report)
    assert Document.objects.count() == 2


def test_an_unknown_code_is_told_and_a_code_is_read_as_people_type_it(portal, centre):
    issued(portal, centre)
    code = Document.objects.get().code

    assert checked("AAAA-AAAA-AAAA-AAAA").status_code == 404
    assert "Tidak ada dokumen dengan kode" in text_of(checked("AAAA-AAAA-AAAA-AAAA"))
    find = reverse("documents:find")
    assert Client().get(find).status_code == 200
    found = Client().get(find, {"kode": f" {codes.grouped(code).lower()} "})
    assert found["Location"] == reverse("documents:check", args=[codes.grouped(code)])
    assert Client().get(find, {"kode": "SALAH"}).status_code == 404


def test_a_file_is_compared_and_not_kept(portal, centre, settings, tmp_path):
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path / "none")  # whoever writes there fails
    pdf = issued(portal, centre).content
    code = Document.objects.get().shown_code

    same = checked(code, berkas=SimpleUploadedFile("a.pdf", pdf))
    other = checked(code, berkas=SimpleUploadedFile("a.pdf", pdf + b" " * 3_000_000))
    none = checked(code, lain="x")

    assert "Berkas ini sama dengan yang diterbitkan" in text_of(same)
    assert "Berkas ini bukan berkas yang diterbitkan" in text_of(other)
    assert hashlib.sha256(pdf + b" " * 3_000_000).hexdigest() in text_of(other)
    assert "Pilih berkas PDF" in text_of(none)


def test_a_file_that_is_too_large_is_refused(portal, centre):
    issued(portal, centre)

    page = checked(Document.objects.get().shown_code, berkas=SimpleUploadedFile("a.pdf", bytes(MOST_BYTES + 1)))

    assert page.status_code == 200
    assert "lebih besar dari 20 MB" in text_of(page)


# --- what stays ---


def test_a_document_that_was_given_out_cannot_be_changed_or_taken_back(portal, centre):
    issued(portal, centre)

    for deed in (lambda rows: rows.update(sha256="0" * 64), lambda rows: rows.delete()):
        with pytest.raises(DatabaseError, match="terbit"), transaction.atomic():
            deed(Document.objects.all())


def test_the_ministry_looks_up_what_was_given_out(portal, programme_staff, client_of, centre):
    issued(portal, centre)
    document = Document.objects.get()

    page = client_of(programme_staff).get(reverse("admin:documents_document_changelist"), {"q": "Maja"})

    assert document.shown_code in text_of(page)
    assert client_of(programme_staff).get(reverse("admin:documents_document_add")).status_code == 403
