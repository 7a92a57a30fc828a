"""Model fields of the domain: what people paste is brought into one form here, the same at every door."""

import re
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from batik_registry import encryption
from batik_registry.validators import validate_phone


class Rupiah(models.DecimalField):
    """Whole rupiah below 10^18. Takes "Rp15.500.000.000" and "15,500,000,000"; refuses "15,5" instead of guessing."""

    default_error_messages = {
        "fraction": _(
            "Tulis jumlah rupiah penuh tanpa pecahan, misalnya 15.500.000.000. "
            "Bila maksud Anda 15,5 miliar, tulis semua nolnya"
        ),
        "invalid": _("Isi jumlah rupiah dengan angka, misalnya 15.500.000.000"),
        "negative": _("Jumlah rupiah tidak boleh kurang dari nol"),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"max_digits": 18, "decimal_places": 0})

    def to_python(self, value: Any) -> Decimal | None:
        if value is None or value == "":
            return None
        amount = self.parse(value) if isinstance(value, str) else self.number(value)
        if amount < 0:
            raise ValidationError(self.error_messages["negative"], code="negative")
        return amount

    def parse(self, text: str) -> Decimal:
        text = re.sub(r"^\s*rp\.?|[\s\u00a0]|,-+$", "", text.strip(), flags=re.IGNORECASE)
        if re.fullmatch(r"-?\d{1,3}([.,]\d{3})(\1|[.,]\d{3})*", text) and not ("." in text and "," in text):
            text = re.sub(r"[.,]", "", text)
        elif re.fullmatch(r"-?\d+[.,]\d+|-?\d{1,3}(\.\d{3})+,\d+|-?\d{1,3}(,\d{3})+\.\d+", text):
            raise ValidationError(self.error_messages["fraction"], code="fraction")
        return self.number(text)

    def number(self, value: Any) -> Decimal:
        try:
            amount = Decimal(str(value))
        except InvalidOperation:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from None
        if not amount.is_finite():
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        if amount != amount.to_integral_value():
            raise ValidationError(self.error_messages["fraction"], code="fraction")
        return amount.quantize(Decimal(1)) if abs(amount) < 10**18 else amount

    def formfield(self, **kwargs: Any) -> forms.Field | None:
        # The text goes to the model untouched, so that the one parser above judges it.
        return models.Field.formfield(self, **{"form_class": RupiahFormField} | kwargs)

    def db_check(self, connection: Any) -> str:
        return f'"{self.column}" >= 0'

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        del kwargs["max_digits"], kwargs["decimal_places"]
        return name, path, args, kwargs


class RupiahFormField(forms.CharField):
    """Shows 15500000000 as 15.500.000.000 and hands the typed text on to the model field's parser."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "data-money": "", "class": "input money-input"})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs | {"empty_value": None})

    def prepare_value(self, value: Any) -> Any:
        return f"{value:,}".replace(",", ".") if isinstance(value, int | Decimal) else value

    def to_python(self, value: Any) -> Decimal | None:
        return Rupiah().to_python(value)

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return initial != self.to_python(data)
        except ValidationError:
            return True


class DigitString(models.CharField):
    """A number that is a name (NIB, NIK, NPWP): digits as text. Pasted spaces, dots and dashes are dropped."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 32)  # generous: the validator's sentence shall judge, not the column's width
        super().__init__(*args, **kwargs)

    def to_python(self, value: Any) -> str | None:
        text = super().to_python(value)
        return re.sub(r"[\s.\-\u00a0]", "", text) if text else text

    def formfield(self, **kwargs: Any) -> forms.Field | None:
        return super().formfield(**{"widget": forms.TextInput(attrs={"inputmode": "numeric"})} | kwargs)


class Phone(models.CharField):
    """A phone number of Indonesia, kept as E.164 (+62...). Takes 0812 3456 7890, 62812..., +62 812-..."""

    default_validators = [validate_phone]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 32)
        super().__init__(*args, **kwargs)

    def to_python(self, value: Any) -> str | None:
        text = super().to_python(value)
        if not text:
            return text
        digits = re.sub(r"[\s().\-\u00a0]", "", text)
        return re.sub(r"^(\+62|62|0)0?", "+62", digits)

    def formfield(self, **kwargs: Any) -> forms.Field | None:
        widget = forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"})
        return super().formfield(**{"widget": widget} | kwargs)


class Decrypted(str):
    """A decrypted text that remembers its token, so that saving it unchanged leaves the row unchanged."""

    token: str

    @classmethod
    def of(cls, token: str) -> "Decrypted":
        text = cls(encryption.decrypt(token))
        text.token = token
        return text


class EncryptedDigits(DigitString):
    """Digits that rest encrypted in the database. Equal values differ on disk: match through a keyed hash beside it."""

    def get_internal_type(self) -> str:
        return "TextField"

    def to_python(self, value: Any) -> str | None:
        return value if isinstance(value, Decrypted) else super().to_python(value)

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> str | None:
        return Decrypted.of(value) if value else value

    def get_prep_value(self, value: Any) -> Any:
        value = super().get_prep_value(value)
        if isinstance(value, Decrypted):
            return value.token
        return encryption.encrypt(value) if value else value

    def get_lookup(self, lookup_name: str) -> Any:
        # Every encryption of a value differs, so a comparison could only ever lie.
        return super().get_lookup(lookup_name) if lookup_name == "isnull" else None
