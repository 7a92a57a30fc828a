"""Photos and documents at the ministry's desk."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from centres import models
from tests.centres.desk import change_url
from tests.pages import form_of, text_of


def photo():
    content = io.BytesIO()
    Image.new("RGB", (640, 480), "navy").save(content, "JPEG")
    return SimpleUploadedFile("C:\\foto\\depan.jpg", content.getvalue(), "image/jpeg")


@pytest.fixture
def attached(programme_staff, client_of, maja_barama):
    """A photo that staff attached on the page of the centre."""
    browser = client_of(programme_staff)
    sent = form_of(browser.get(change_url(maja_barama)))
    prefix = "centres-attachment-content_type-object_id"
    sent |= {f"{prefix}-TOTAL_FORMS": "1", f"{prefix}-0-caption": "Tampak depan", f"{prefix}-0-file": photo()}
    answer = browser.post(change_url(maja_barama), sent)
    assert answer.status_code == 302, text_of(answer)
    return models.Attachment.objects.about(maja_barama).get()


def test_a_photo_attached_on_the_page_is_shown_there_and_served_closed(
    attached, programme_staff, client_of, maja_barama
):
    browser = client_of(programme_staff)
    small = reverse("centres:attachment_thumbnail", args=[attached.pk])

    page = browser.get(change_url(maja_barama))
    file = browser.get(small)

    assert small in page.content.decode()
    assert "/attachments/" not in page.content.decode()
    assert file["Content-Type"] == "image/jpeg"
    assert file["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in file["Content-Security-Policy"]
    assert b"".join(file.streaming_content).startswith(b"\xff\xd8")
    file.close()


def test_saving_a_page_with_a_photo_on_it_keeps_the_photo(attached, programme_staff, client_of, maja_barama):
    browser = client_of(programme_staff)

    answer = browser.post(change_url(maja_barama), form_of(browser.get(change_url(maja_barama))))

    assert answer.status_code == 302, text_of(answer)
    assert models.Attachment.objects.get().row_version == attached.row_version


@pytest.mark.parametrize(("who", "status"), [("mojokerto_officer", 200), ("sragen_officer", 404), ("api_client", 403)])
def test_a_private_attachment_of_another_region_is_missing(who, status, attached, client_of, request):
    url = reverse("centres:attachment", args=[attached.pk])

    answer = client_of(request.getfixturevalue(who)).get(url)

    answer.close()
    assert answer.status_code == status


def test_nobody_reads_an_attachment_without_signing_in(attached, client):
    assert client.get(reverse("centres:attachment", args=[attached.pk])).status_code == 302


def test_what_is_no_photo_and_no_document_is_refused_with_a_reason(programme_staff, client_of, maja_barama):
    browser = client_of(programme_staff)
    sent = form_of(browser.get(change_url(maja_barama)))
    prefix = "centres-attachment-content_type-object_id"
    script = SimpleUploadedFile("foto.jpg", b"<svg onload=alert(1)>", "image/jpeg")

    answer = browser.post(change_url(maja_barama), sent | {f"{prefix}-TOTAL_FORMS": "1", f"{prefix}-0-file": script})

    assert "Berkas SVG tidak diterima" in text_of(answer)
    assert not models.Attachment.objects.exists()


def test_staff_take_a_photo_off_the_page(attached, programme_staff, client_of, maja_barama):
    browser = client_of(programme_staff)
    sent = form_of(browser.get(change_url(maja_barama)))

    browser.post(change_url(maja_barama), sent | {"centres-attachment-content_type-object_id-0-DELETE": "on"})

    assert not models.Attachment.objects.exists()
