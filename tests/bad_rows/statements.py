"""What is said about other records: sourced values, files, published figures, rules."""

import io
from collections.abc import Callable
from datetime import date
from typing import Any
from zlib import crc32

from django.contrib.contenttypes.models import ContentType
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from centres.models import Attachment, DatedFact, IndustryCode, ReferenceStatistic, Rule
from tests.bad_rows.case import cases
from tests.bad_rows.centres import END_BEFORE_START, MARKUP, PAST
from tests.factories.centres import make_centre, make_facility, make_fact

MEGABYTE = 1024 * 1024
TOO_MANY_PIXELS = "Foto paling besar 40 megapiksel; perkecil dahulu ukurannya"
BROKEN = "Foto ini rusak atau tidak lengkap; unggah ulang foto aslinya"
UNDATED = "Isi tanggal sumber menyatakan nilai ini; bila sumber tidak bertanggal, tulis itu pada catatan"
NO_PHOTO = "Berkas harus foto JPEG, PNG, atau WebP, atau dokumen PDF"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def upload(content: bytes, name: str = "foto.jpg") -> Callable[[], SimpleUploadedFile]:
    return lambda: SimpleUploadedFile(name, content)


def photo(width: int = 60, height: int = 40, kind: str = "JPEG", **options: Any) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), "saddlebrown").save(out, kind, **options)
    return out.getvalue()


def pixel_bomb() -> bytes:
    """A small PNG whose header announces 20,000 × 20,000 pixels."""
    header = photo(kind="PNG")
    told = b"IHDR" + (20_000).to_bytes(4, "big") * 2 + header[24:29]
    return header[:12] + told + crc32(told).to_bytes(4, "big") + header[33:]


def about(record: Any) -> dict[str, Any]:
    return {"content_type": ContentType.objects.get_for_model(record).pk, "object_id": record.pk}


def _attached() -> dict[str, Any]:
    centre = make_centre()
    Attachment.objects.create(record=centre, file=upload(photo())())
    return about(centre)


def _same_fact() -> dict[str, Any]:
    known = make_fact(make_facility(), field="land_area_m2", value="5.300", source="Sumber contoh", as_of=PAST)
    return about(known.record) | {"value": known.value}


GOOD = {
    DatedFact: lambda: (
        about(make_facility()) | {"field": "land_area_m2", "value": "5.363", "source": "Sumber contoh", "as_of": PAST}
    ),
    Attachment: lambda: about(make_centre()) | {"file": upload(photo())},
    ReferenceStatistic: lambda: {
        "indicator": "sentra-batik",
        "title": "Sentra batik",
        "region": "35",
        "value": "62",
        "unit": "sentra",
        "year": 2020,
        "publisher": "Penerbit contoh",
    },
    Rule: lambda: {"code": "KLASTER_IKM_MINIMUM", "value": "7", "valid_from": date(1990, 1, 1), "valid_to": PAST},
    IndustryCode: lambda: {"version": "2020", "code": "13911", "title": "Kode contoh"},
}


def _end_rules() -> dict[str, Any]:
    """Room for a second rule of the same kind: the one that the registry begins with ends first."""
    Rule.objects.filter(code="KLASTER_IKM_MINIMUM").update(valid_from=date(2024, 2, 8))
    return {}


CASES = [
    *cases(
        DatedFact,
        ({"field": "luas"}, "field", "Data ini tidak punya isian dengan nama tersebut", True),
        ({"field": "centre"}, "field", "Isian ini tidak dapat diberi angka bersumber", True),
        ({"field": "kib_number"}, "field", "Isian yang tidak terbuka tidak dicatat sebagai angka bersumber", True),
        ({"field": ""}, "label", "Pilih isian yang dimaksud, atau tulis halnya; salah satu saja"),
        ({"label": "Luas"}, "label", "Pilih isian yang dimaksud, atau tulis halnya; salah satu saja"),
        ({"value": ""}, "value", "Isi nilai menurut sumber"),
        ({"value": "luas sekali"}, "value", "Isi dengan angka, misalnya 5.300 atau 5.363,25"),
        ({"note": "<b>"}, "note", MARKUP),
        ({"source": ""}, "source", "Tulis sumber yang menyatakan nilai ini"),
        ({"as_of": None}, "as_of", UNDATED),
        (_same_fact, "value", "Nilai ini sudah tercatat dari sumber dan tanggal yang sama"),
    ),
    *cases(
        Attachment,
        ({"file": upload(b"\xff" * 40 * MEGABYTE)}, "file", "Foto paling besar 10 MB; berkas Anda 40 MB"),
        ({"file": upload(b"%PDF-1.7" + b" " * 21 * MEGABYTE)}, "file", "Dokumen paling besar 20 MB; berkas Anda 21 MB"),
        ({"file": upload(SVG)}, "file", "Berkas SVG tidak diterima; unggah foto JPEG, PNG, atau WebP"),
        ({"file": upload(b"<html><script>alert(1)</script></html>")}, "file", NO_PHOTO),
        ({"file": upload(pixel_bomb(), "foto.png")}, "file", TOO_MANY_PIXELS),
        ({"file": upload(photo(800, 600)[:-1000])}, "file", BROKEN),
        ({"file": upload(b"%PDF-1.7 bukan dokumen")}, "file",
         "Dokumen PDF ini rusak atau memuat berkas lain; simpan ulang sebagai PDF"),
        ({"caption": "<b>foto</b>"}, "caption", MARKUP),
        (_attached, "file", "Berkas ini sudah dilampirkan pada data yang sama"),
    ),
    *cases(
        ReferenceStatistic,
        ({"indicator": "Sentra Batik"}, "indicator", "Kode indikator: huruf kecil, angka, dan tanda hubung"),
        ({"year": 20}, "year", "Tahun ditulis empat angka, misalnya 2020"),
        (lambda: {"title": ReferenceStatistic.objects.create(
            indicator="sentra-batik", title="Sentra batik", region_id="35", value=62, unit="sentra", year=2020,
            publisher="Penerbit contoh").title}, "indicator", "Angka acuan ini sudah tercatat dari penerbit yang sama"),
    ),
    *cases(
        Rule,
        ({"value": "lima"}, "value", "Aturan ini memerlukan angka, misalnya 5"),
        ({"code": "BATIKMARK_TEKNIK", "value": "TENUN"}, "value", "Kode teknik tidak dikenal: TENUN"),
        ({"valid_to": date(1989, 1, 1)}, "valid_to", END_BEFORE_START),
        ({}, "valid_from", "Aturan ini sudah berlaku pada masa itu; akhiri dulu yang lama"),
    ),
    *cases(
        IndustryCode,
        ({"code": "1391"}, "code", "Kode KBLI terdiri atas 5 angka, misalnya 13134"),
        ({"code": "13134"}, "code", "Kode KBLI ini sudah ada pada versi itu"),
    ),
]  # fmt: skip

#: What a good row needs to stand beside the rows that the registry begins with.
PREPARE = {Rule: _end_rules}
