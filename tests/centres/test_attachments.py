import io
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from centres.choices import AttachmentKind
from centres.forms import AttachmentForm
from centres.models import Attachment
from centres.serializers import AttachmentSerializer
from tests.bad_rows.statements import about, photo, pixel_bomb, upload
from tests.factories.centres import make_centre, make_facility

pytestmark = pytest.mark.usefixtures("places")


def photo_from_mojokerto() -> bytes:
    """Taken at 7°28'12" S, 112°26'24" E on 7 February 2024, 10.30 in the local time zone."""
    exif = Image.Exif()
    exif[0x8825] = {1: "S", 2: (7.0, 28.0, 12.0), 3: "E", 4: (112.0, 26.0, 24.0)}
    exif[0x8769] = {36867: "2024:02:07 10:30:00"}
    exif[0x010E] = "rahasia penjahit"
    return photo(2400, 1200, exif=exif)


def pdf(change=None) -> bytes:
    writer, out = PdfWriter(), io.BytesIO()
    writer.add_blank_page(200, 200)
    if change:
        change(writer)
    writer.write(out)
    return out.getvalue()


def attach(content: bytes, name: str = "foto.jpg", **values) -> Attachment:
    return Attachment.objects.create(
        record=values.pop("record", None) or make_centre(), file=upload(content, name)(), **values
    )


def stored(field) -> bytes:
    with field.open("rb") as file:
        return file.read()


def picture(field) -> Image.Image:
    return Image.open(io.BytesIO(stored(field)))


def act_on_opening(writer: PdfWriter) -> None:
    script = {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("app.alert(1)")}
    writer.root_object[NameObject("/OpenAction")] = DictionaryObject(script)


def refusal_of(content: bytes, name: str = "foto.jpg") -> str:
    with pytest.raises(ValidationError) as refusal:
        attach(content, name)
    return refusal.value.message_dict["file"][0]


@pytest.fixture(params=["model", "form", "serializer"])
def attach_through(request):
    def model(centre, content):
        return attach(content, record=centre)

    def form(centre, content):
        bound = AttachmentForm({}, {"file": upload(content)()}, instance=Attachment(record=centre))
        return bound.save()

    def serializer(centre, content):
        bound = AttachmentSerializer(data={**about(centre), "file": upload(content)()})
        bound.is_valid(raise_exception=True)
        return bound.save()

    return {"model": model, "form": form, "serializer": serializer}[request.param]


def test_place_and_time_are_kept_apart_from_the_picture_at_every_door(attach_through):
    saved = attach_through(make_centre(), photo_from_mojokerto())

    attachment = Attachment.objects.get(pk=saved.pk)
    kept = stored(attachment.file), stored(attachment.thumbnail)
    assert (attachment.latitude, attachment.longitude) == (Decimal("-7.47"), Decimal("112.44"))
    assert timezone.localtime(attachment.taken_at).replace(tzinfo=None) == datetime(2024, 2, 7, 10, 30)  # noqa: DTZ001 (EXIF has no zone)
    assert not picture(attachment.file).getexif()
    assert not any(trace in content for content in kept for trace in (b"rahasia", b"Exif", b"GPS"))


def test_a_photo_is_drawn_anew_in_two_sizes():
    attachment = attach(photo_from_mojokerto())

    assert (attachment.width, attachment.height) == (1600, 800)
    assert picture(attachment.thumbnail).size == (480, 240)
    assert (attachment.kind, attachment.mime_type) == (AttachmentKind.PHOTO, "image/jpeg")


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_other_photo_formats_become_jpeg(kind):
    attachment = attach(photo(kind=kind), f"foto.{kind.lower()}")

    assert picture(attachment.file).format == "JPEG"


def test_nothing_hides_behind_the_picture():
    attachment = attach(photo() + b"<script>alert(1)</script>PK\x03\x04")

    assert b"script" not in stored(attachment.file)


def test_the_name_of_the_sender_decides_nothing():
    attachment = attach(photo(), "../../etc/foto<b>.php")

    assert attachment.file.name.startswith("attachments/")
    assert attachment.file.name.endswith(".jpg")
    assert attachment.original_name == "fotob.php"
    assert Path(attachment.file.path).is_file()


def test_an_attachment_is_private_until_somebody_publishes_it():
    attachment = attach(photo())

    assert not attachment.is_published
    assert not Attachment.objects.published().exists()


def test_a_document_is_kept_as_it_is():
    content = pdf()
    attachment = attach(content, "sk.pdf")

    assert stored(attachment.file) == content
    assert (attachment.kind, attachment.pages, attachment.mime_type) == (AttachmentKind.DOCUMENT, 1, "application/pdf")


@pytest.mark.parametrize(
    "change",
    [
        act_on_opening,
        lambda writer: writer.add_attachment("lain.exe", b"MZ"),
    ],
)
def test_documents_with_scripts_or_files_inside_are_refused(change):
    assert refusal_of(pdf(change), "sk.pdf").startswith("Dokumen PDF ini memuat skrip atau berkas lain")


def test_documents_with_passwords_are_refused():
    locked = pdf(lambda writer: writer.encrypt("rahasia", algorithm="RC4-128"))

    assert refusal_of(locked, "sk.pdf").startswith("Dokumen PDF ini berkata sandi")


def test_a_document_with_another_file_behind_it_is_refused():
    assert "memuat berkas lain" in refusal_of(pdf() + b"PK\x03\x04 arsip", "sk.pdf")


def test_a_picture_of_too_many_pixels_is_refused_by_its_header():
    assert refusal_of(pixel_bomb(), "foto.png").startswith("Foto paling besar 40 megapiksel")


def test_limits_come_from_the_settings(settings):
    settings.PHOTO_MAX_PIXELS = 1_000_000
    assert refusal_of(photo(1200, 900)).startswith("Foto paling besar 1 megapiksel")


@pytest.mark.parametrize(
    "content",
    [b"GIF89a" + b"\0" * 64, b"MZ" + b"\0" * 64, b"", b"<?xml version='1.0'?><svg/>"],
    ids=["gif", "program", "nothing", "svg"],
)
def test_everything_else_is_refused(content):
    assert refusal_of(content)


def test_the_same_photo_may_stand_at_two_records():
    attach(photo(), record=make_centre())
    attach(photo(), record=make_facility())

    assert Attachment.objects.count() == 2
