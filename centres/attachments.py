"""Uploaded files: what they are by their content, how large they may be, and what of them is kept.

A photo is decoded and drawn anew, so that nothing but its picture survives: no metadata, no script behind the image.
Documents are PDF only, whole files without active content. Everything else is refused.
"""

import hashlib
import io
import re
import warnings
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import PurePath
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from PIL import ExifTags, Image, ImageOps
from pypdf import PdfReader

from batik_registry.templatetags.formats import grouped
from centres.choices import AttachmentKind

MEGABYTE = 1024 * 1024
PHOTO_FORMATS = ("JPEG", "PNG", "WEBP")
#: How large a file of each kind may be, in bytes, with the setting that changes it.
LARGEST = {
    AttachmentKind.PHOTO: ("PHOTO_MAX_BYTES", 10 * MEGABYTE),
    AttachmentKind.DOCUMENT: ("DOCUMENT_MAX_BYTES", 20 * MEGABYTE),
}
MOST_PIXELS = ("PHOTO_MAX_PIXELS", 40_000_000)
LARGE_SIDE, SMALL_SIDE = 1600, 480
DOCUMENT_HEAD = b"%PDF-"
ENDINGS = {".jpg", ".pdf"}
ACTIVE_KEYS = {"/JavaScript", "/EmbeddedFiles", "/AA"}
ACTIVE_DEEDS = {"/JavaScript", "/Launch", "/SubmitForm", "/ImportData"}


def limit(name: str, default: int) -> int:
    """A limit that the settings may change."""
    return int(getattr(settings, name, default))


def largest(kind: AttachmentKind) -> int:
    """How large a file of this kind may be, in bytes."""
    return limit(*LARGEST[kind])


def ending_of(filename: str) -> str:
    ending = PurePath(filename).suffix
    return ending if ending in ENDINGS else ""


class Examined(ContentFile):
    """A file that passed, as it will be stored, with what was learned about it. Examining it again changes nothing."""

    def __init__(self, content: bytes, *, name: str, columns: dict[str, Any], thumbnail: bytes | None = None) -> None:
        super().__init__(content, name=name)
        self.columns = {"size_bytes": len(content), **columns}
        self.thumbnail = ContentFile(thumbnail, name=name) if thumbnail else None


def examine(file: File) -> Examined:
    """The file as it may be kept, or `ValidationError` on `file` with what to do instead."""
    if isinstance(file, Examined):
        return file
    try:
        return _examine(file)
    except ValidationError as refusal:
        raise ValidationError({"file": refusal}) from None


def _examine(file: File) -> Examined:
    file.seek(0)
    head = file.read(1024)
    check_size(head, file.size)
    is_document = head.startswith(DOCUMENT_HEAD)
    file.seek(0)
    content = file.read()
    known = {"sha256": hashlib.sha256(content).hexdigest(), "original_name": _plain_name(file.name or "")}
    return _document(content, known) if is_document else _photo(content, known)


def check_size(head: bytes, size: int) -> None:
    """Refuse what is too large for what its first bytes say it is, in bytes; the rest need not be there yet."""
    kind = AttachmentKind.DOCUMENT if head.startswith(DOCUMENT_HEAD) else AttachmentKind.PHOTO
    if size > largest(kind):
        told = {
            "what": kind.label,
            "largest": largest(kind) // MEGABYTE,
            "size": grouped(round(size / MEGABYTE, 1)),
        }
        raise ValidationError(_("%(what)s paling besar %(largest)s MB; berkas Anda %(size)s MB") % told, code="size")


def _plain_name(name: str) -> str:
    """The sender's name for the file, kept as a text only."""
    return re.sub(r"[^\w .()-]", "", PurePath(name.replace("\\", "/")).name)[:150]


# --- photos ---------------------------------------------------------------------------------------------------


def _photo(content: bytes, known: dict[str, Any]) -> Examined:
    image = _opened(content)
    columns = known | {"kind": AttachmentKind.PHOTO, "mime_type": "image/jpeg", "pages": None} | _place_and_time(image)
    drawn = _drawn(image)
    large, small = _fitted(drawn, LARGE_SIDE), _fitted(drawn, SMALL_SIDE)
    columns |= {"width": large.width, "height": large.height}
    return Examined(_jpeg(large), name="foto.jpg", columns=columns, thumbnail=_jpeg(small))


def _opened(content: bytes) -> Image.Image:
    """The image by its header alone: a picture of too many pixels is refused before any of them is unpacked."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            image = Image.open(io.BytesIO(content), formats=PHOTO_FORMATS)
    except Image.DecompressionBombError:
        raise ValidationError(_too_many_pixels(), code="pixels") from None
    except Exception:
        if re.search(rb"<\s*(svg|!doctype svg)", content[:4096], re.IGNORECASE):
            raise ValidationError(
                _("Berkas SVG tidak diterima; unggah foto JPEG, PNG, atau WebP"), code="svg"
            ) from None
        words = _("Berkas harus foto JPEG, PNG, atau WebP, atau dokumen PDF")
        raise ValidationError(words, code="type") from None
    if image.width * image.height > limit(*MOST_PIXELS):
        raise ValidationError(_too_many_pixels(), code="pixels")
    return image


def _too_many_pixels() -> str:
    most = limit(*MOST_PIXELS) // 1_000_000
    return str(_("Foto paling besar %s megapiksel; perkecil dahulu ukurannya") % most)


def _drawn(image: Image.Image) -> Image.Image:
    """The picture itself, upright, on white where it was see-through."""
    try:
        upright = ImageOps.exif_transpose(image).convert("RGBA")
    except Exception:
        raise ValidationError(
            _("Foto ini rusak atau tidak lengkap; unggah ulang foto aslinya"), code="broken"
        ) from None
    paper = Image.new("RGB", upright.size, "white")
    paper.paste(upright, mask=upright.getchannel("A"))
    return paper


def _fitted(image: Image.Image, side: int) -> Image.Image:
    copy = image.copy()
    copy.thumbnail((side, side), Image.Resampling.LANCZOS)
    return copy


def _jpeg(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=85, optimize=True)
    return out.getvalue()


def _place_and_time(image: Image.Image) -> dict[str, Any]:
    """Where and when the photo says it was taken; nothing where it does not say or says nonsense."""
    found: dict[str, Any] = {"latitude": None, "longitude": None, "taken_at": None}
    try:
        exif = image.getexif()
        place, camera = exif.get_ifd(ExifTags.IFD.GPSInfo), exif.get_ifd(ExifTags.IFD.Exif)
    except Exception:
        return found
    latitude = _degrees(place, ExifTags.GPS.GPSLatitude, ExifTags.GPS.GPSLatitudeRef, "S")
    longitude = _degrees(place, ExifTags.GPS.GPSLongitude, ExifTags.GPS.GPSLongitudeRef, "W")
    if latitude is not None and longitude is not None and -11.5 <= latitude <= 6.5 and 94.5 <= longitude <= 141.5:
        found |= {"latitude": latitude, "longitude": longitude}
    return found | {"taken_at": _moment(camera)}


def _degrees(place: Any, tag: int, reference: int, negative: str) -> Decimal | None:
    try:
        degrees, minutes, seconds = (float(part) for part in place[tag])
        value = Decimal(str(degrees + minutes / 60 + seconds / 3600)).quantize(Decimal("0.000001"))
    except (KeyError, TypeError, ValueError, ArithmeticError):
        return None
    return -value if str(place.get(reference, "")).upper().startswith(negative) else value


def _moment(camera: Any) -> datetime | None:
    """Cameras write local time; with an offset it is exact, else the registry's time zone is taken."""
    text, offset = (
        str(camera.get(tag, "")) for tag in (ExifTags.Base.DateTimeOriginal, ExifTags.Base.OffsetTimeOriginal)
    )
    try:
        if re.fullmatch(r"[+-]\d\d:\d\d", offset):
            return datetime.strptime(f"{text}{offset}", "%Y:%m:%d %H:%M:%S%z").astimezone(UTC)
        return timezone.make_aware(datetime.strptime(text, "%Y:%m:%d %H:%M:%S"))  # noqa: DTZ007
    except ValueError:
        return None


# --- documents ------------------------------------------------------------------------------------------------


def _document(content: bytes, known: dict[str, Any]) -> Examined:
    tail = content[content.rfind(b"%%EOF") + 5 :] if b"%%EOF" in content else content
    if tail.strip(b"\r\n\t \x00"):
        raise ValidationError(_("Dokumen PDF ini rusak atau memuat berkas lain; simpan ulang sebagai PDF"), code="pdf")
    try:
        reader = PdfReader(io.BytesIO(content), strict=False)
        if reader.is_encrypted:
            raise ValidationError(_("Dokumen PDF ini berkata sandi; unggah yang tanpa kata sandi"), code="pdf")
        pages = len(reader.pages)
        active = _is_active(reader)
    except ValidationError:
        raise
    except Exception:
        raise ValidationError(_("Dokumen PDF ini rusak; simpan ulang sebagai PDF"), code="pdf") from None
    if active:
        raise ValidationError(
            _("Dokumen PDF ini memuat skrip atau berkas lain; simpan ulang sebagai PDF biasa"), code="pdf"
        )
    columns = {"kind": AttachmentKind.DOCUMENT, "mime_type": "application/pdf", "pages": pages}
    nothing = dict.fromkeys(["width", "height", "latitude", "longitude", "taken_at"])
    return Examined(content, name="dokumen.pdf", columns=known | columns | nothing)


def _is_active(reader: PdfReader) -> bool:
    """Whether the document or one of its pages does something by itself, or carries other files."""
    catalogue = reader.trailer["/Root"].get_object()
    holders = [catalogue, _within(catalogue, "/Names"), *reader.pages]
    deeds = [_within(catalogue, "/OpenAction")]
    for page in reader.pages:
        deeds += [_within(note.get_object(), "/A") for note in _within(page, "/Annots") or ()]
    return any(ACTIVE_KEYS & set(holder) for holder in holders) or any(_deed(deed) in ACTIVE_DEEDS for deed in deeds)


def _within(holder: Any, key: str) -> Any:
    """What stands under the key, followed to the object itself; an empty mapping where nothing does."""
    found = holder.get(key)
    return {} if found is None else found.get_object()


def _deed(action: Any) -> str:
    return str(action.get("/S", "")) if isinstance(action, dict) else ""
