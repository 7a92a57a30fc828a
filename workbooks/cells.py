"""From a cell to the value of a field, by the field's own parser; and why it may be that a cell says what it says."""

import re
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from batik_registry.fields import DigitString, EncryptedDigits, Phone, Rupiah
from batik_registry.lists import ListField
from batik_registry.measures import Measure
from workbooks.kinds import fold
from workbooks.reading import Cell

#: A spreadsheet keeps no more digits of a number than these.
DIGITS = 15
YES = {"ya", "y", "yes", "true", "benar", "1", "v", "x", "✓", "ada", "sudah"}
NO = {"tidak", "t", "no", "n", "false", "salah", "0", "-", "tidak ada", "belum"}


@dataclass(frozen=True)
class Cause:
    """Why a cell may be wrong, what to do, and what was perhaps meant; each may be empty."""

    cause: str = ""
    remedy: str = ""
    suggestion: str = ""


def value_of(field: Any, cell: Cell) -> Any:
    """What the field makes of the cell. Raises `ValidationError`. Relations are found elsewhere, many at once."""
    how, text = cell
    if how == "e":
        raise ValidationError(_("Rumus di sel ini menghasilkan galat"), code="failed")
    if text == "":
        return empty_value(field)
    if how == "n" and isinstance(field, DigitString | Phone) and _is_cut(text):
        raise ValidationError(_("Angka di sel ini sudah dibulatkan Excel"), code="rounded")
    if isinstance(field, models.BooleanField):
        return _yes_or_no(text)
    if isinstance(field, ListField) and field.base_field.choices:
        return [_chosen(field.base_field, one.strip()) for one in re.split(r"[;\n,]", text) if one.strip()]
    if isinstance(field, ListField):
        return field.to_python(re.sub(r",\s+|(?<=\d),(?=\d)", ";", text))
    if field.choices:
        return _chosen(field, text)
    if isinstance(field, models.DateTimeField):
        return forms.DateTimeField().to_python(text)
    if isinstance(field, models.DateField):
        return _day(how, text)
    if how == "n" and isinstance(field, Measure):
        text = text.replace(".", ",")  # the number that the cell holds, as people write it
    return field.to_python(text)


def empty_value(field: Any) -> Any:
    if isinstance(field, ListField):
        return []
    if isinstance(field, models.JSONField):
        return field.get_default()
    if field.null or not isinstance(field, models.CharField | models.TextField):
        return None if field.null else field.get_default()
    return ""


def _is_cut(text: str) -> bool:
    return "e" in text.lower() or len(re.sub(r"\D", "", text)) > DIGITS


def _yes_or_no(text: str) -> bool:
    said = text.strip().lower()
    if said in YES:
        return True
    if said in NO:
        return False
    raise ValidationError(_("Isi ya atau tidak"), code="boolean")


def _chosen(field: Any, text: str) -> Any:
    labels = {str(label): code for code, label in field.flatchoices}
    by_fold = {fold(key): code for key, code in [*((code, code) for code in labels.values()), *labels.items()]}
    found = by_fold.get(fold(text)) if fold(text) else None
    if found is None:
        raise ValidationError(_("%(value)s bukan pilihan yang tersedia"), code="choice", params={"value": text[:60]})
    return found


def _day(how: str, text: str) -> Any:
    if how == "n":
        raise ValidationError(_("Ini angka, bukan tanggal"), code="number_for_day")
    return forms.DateField().to_python(text.split(" ")[0] if how == "d" else text)


def cause_of(field: Any, cell: Cell, *, code: str = "") -> Cause:
    """The likeliest story behind a refused cell."""
    how, text = cell
    if how == "e":
        return Cause(
            _("Rumusnya merujuk sel yang salah."), _("Ganti rumus dengan nilainya: salin, tempel sebagai nilai.")
        )
    if isinstance(field, DigitString | Phone):
        return _of_digits(field, how, text)
    if isinstance(field, Rupiah):
        return _of_money(text)
    if isinstance(field, models.DateField):
        return _of_day(how)
    if field.choices or (isinstance(field, ListField) and field.base_field.choices):
        return _of_choice(field, text)
    if isinstance(field, models.IntegerField) and re.search(r"[.,]", text):
        told = _("Angka ini memakai titik, koma, atau pecahan.")
        return Cause(told, _("Tulis bilangan bulat tanpa tanda pemisah."), _whole(text))
    if isinstance(field, models.IntegerField) and re.search(r"\D", text):
        return Cause(_("Sel memuat huruf atau satuan."), _("Tulis angkanya saja."), re.sub(r"\D", "", text))
    return Cause()


def _whole(text: str) -> str:
    return re.sub(r"[.,]", "", text) if re.fullmatch(r"\d{1,3}([.,]\d{3})+", text) else ""


def _of_digits(field: Any, how: str, text: str) -> Cause:
    if how == "n" and _is_cut(text):
        cause = _("Excel hanya menyimpan 15 angka; angka sesudahnya diganti nol.")
        return Cause(cause, _("Ubah format sel menjadi Teks, lalu ketik ulang nomornya dari dokumen asli."))
    if how == "n" or re.fullmatch(r"\d+", text):
        cause = _("Excel membuang angka nol di depan karena sel berformat angka.")
        guess = _with_zero(field, text)
        if how == "n" or guess:
            return Cause(cause, _("Ubah format sel menjadi Teks, lalu ketik lengkap dengan nolnya."), guess)
    return Cause(_("Ada huruf, angka yang kurang, atau angka yang lebih."), _("Ketik ulang dari dokumen aslinya."))


def _with_zero(field: Any, text: str) -> str:
    """The text with a leading zero, where the field then takes it."""
    try:
        field.run_validators(field.to_python(f"0{text}"))
    except ValidationError:
        return ""
    return "" if isinstance(field, EncryptedDigits) else f"0{text}"


def _of_money(text: str) -> Cause:
    remedy = _("Tulis jumlah rupiah penuh dengan semua nolnya, misalnya 15.500.000.")
    if re.fullmatch(r"\d{1,3}[.,]\d{1,2}", text):
        return Cause(_("Angka ini tampaknya dalam juta atau miliar."), remedy)
    if "." in text and "," in text:
        return Cause(_("Titik dan koma dipakai bersama; tidak jelas mana pemisah ribuan."), remedy)
    if re.search(r"[A-Za-z]", text):
        return Cause(_("Sel memuat kata seperti juta atau ribu."), remedy)
    return Cause("", remedy)


def _of_day(how: str) -> Cause:
    if how == "t":
        remedy = _("Ketik sebagai tanggal, misalnya 17/05/2020, dan pakai format sel Tanggal.")
        return Cause(_("Tanggal tersimpan sebagai teks."), remedy)
    return Cause(_("Sel berformat angka."), _("Ubah format sel menjadi Tanggal, lalu ketik misalnya 17/05/2020."))


def _of_choice(field: Any, text: str) -> Cause:
    source = field.base_field if isinstance(field, ListField) else field
    labels = [str(label) for _code, label in source.flatchoices]
    told = ", ".join(labels[:12]) + (", …" if len(labels) > 12 else "")
    spoken = {word: label for label in reversed(labels) for word in [label.lower(), *label.lower().split()]}
    near = get_close_matches(text.lower(), list(spoken), n=1, cutoff=0.7)
    suggestion = spoken[near[0]] if near else ""
    return Cause("", _("Pilih salah satu: %s.") % told, "" if isinstance(field, ListField) else suggestion)
