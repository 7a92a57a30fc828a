"""The shape of one value: each rule about how a single value must look is written here, once.

Messages say in Indonesian what to do. Numbers of the domain (NIB, NIK, ...) are texts of digits and keep leading zeros.
"""

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.deconstruct import deconstructible
from django.utils.translation import gettext_lazy as _

from batik_registry.templatetags.formats import grouped

REGION_CODE = re.compile(r"^\d{2}(\.\d{2}(\.\d{2}(\.\d{4})?)?)?$")
MARKUP = re.compile(r"<\s*[a-zA-Z!/?]|&#?\w+;")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]")

validate_region_code = RegexValidator(
    REGION_CODE, _("Kode wilayah ditulis seperti 35, 35.76, 35.76.02 atau 35.76.02.1001"), code="region_code"
)
validate_kbli = RegexValidator(r"^\d{5}$", _("Kode KBLI terdiri atas 5 angka, misalnya 13134"), code="kbli")


@deconstructible
class Digits:
    """A text of exactly so many digits (one or more allowed lengths); `name` opens the sentence of refusal."""

    def __init__(self, name: str, *lengths: int) -> None:
        self.name, self.lengths = name, lengths

    def __call__(self, value: str) -> None:
        expected = " atau ".join(map(str, self.lengths))
        if not value.isascii() or not value.isdigit():
            raise ValidationError(
                _("%(name)s hanya boleh berisi angka, sebanyak %(expected)s angka"),
                code="digits",
                params={"name": self.name, "expected": expected},
            )
        if len(value) not in self.lengths:
            raise ValidationError(
                _("%(name)s harus %(expected)s angka; Anda mengisi %(count)s angka"),
                code="digits",
                params={"name": self.name, "expected": expected, "count": len(value)},
            )

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Digits) and (self.name, self.lengths) == (other.name, other.lengths)

    def __hash__(self) -> int:
        return hash((self.name, self.lengths))


validate_nib = Digits("NIB", 13)
validate_nik = Digits("NIK", 16)
validate_npwp = Digits("NPWP", 15, 16)
validate_nip = Digits("NIP", 18)


def validate_phone(value: str) -> None:
    """E.164 with the country code of Indonesia."""
    if not re.fullmatch(r"\+62\d{7,13}", value):
        raise ValidationError(_("Isi nomor telepon Indonesia, misalnya 0812 3456 7890"), code="phone")


def validate_plain_text(value: str) -> None:
    """No markup and no invisible control characters: texts are shown in pages, workbooks and PDFs."""
    if MARKUP.search(value):
        raise ValidationError(
            _("Tulis teks biasa tanpa tanda HTML seperti <b>; hapus tanda < dan > itu"), code="markup"
        )
    if CONTROL.search(value):
        raise ValidationError(_("Teks memuat huruf kendali yang tidak terlihat; ketik ulang teksnya"), code="control")


def validate_latitude(value: float) -> None:
    if -11.5 <= value <= 6.5:
        return
    if 94.5 <= value <= 141.5:
        raise _swapped(_("Lintang dan bujur tampaknya tertukar: %(value)s adalah bujur"), value)
    raise ValidationError(_("Lintang Indonesia antara -11,5 dan 6,5"), code="latitude")


def validate_longitude(value: float) -> None:
    if 94.5 <= value <= 141.5:
        return
    if -11.5 <= value <= 6.5:
        raise _swapped(_("Lintang dan bujur tampaknya tertukar: %(value)s adalah lintang"), value)
    raise ValidationError(_("Bujur Indonesia antara 94,5 dan 141,5"), code="longitude")


def _swapped(message: Any, value: float) -> ValidationError:
    return ValidationError(message, code="swapped", params={"value": grouped(value)})


def validate_percent(value: float) -> None:
    if not 0 <= value <= 100:
        raise ValidationError(_("Persentase antara 0 dan 100"), code="percent")


def validate_https_or_http(value: str) -> None:
    if not re.match(r"https?://", value, re.IGNORECASE):
        raise ValidationError(_("Alamat situs harus diawali https:// atau http://"), code="url")
