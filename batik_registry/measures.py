"""Model fields for what is measured: numbers written the Indonesian way, with decimal comma and thousand dots."""

import re
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from batik_registry.templatetags.formats import grouped, typed


class TypedNumberField(forms.CharField):
    """Hands the typed text to the model field's own parser, and shows a stored number as people type it."""

    def __init__(self, *, model_field: "Measure", **kwargs: Any) -> None:
        self.model_field = model_field
        super().__init__(**{"widget": forms.TextInput(attrs={"inputmode": "decimal"})} | kwargs | {"empty_value": None})

    def prepare_value(self, value: Any) -> Any:
        return self.model_field.typed(value) if isinstance(value, Decimal | int | float) else value

    def to_python(self, value: Any) -> Decimal | None:
        return self.model_field.to_python(value)

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return initial != self.to_python(data)
        except ValidationError:
            return True


class Measure(models.DecimalField):
    """A measured amount, never negative, two decimals. "5.300" is five thousand three hundred, "5.363,25" has decimals.

    A dot before exactly three digits is a thousand dot; two decimals make that reading safe.
    """

    default_error_messages = {
        "invalid": _("Isi dengan angka, misalnya 5.300 atau 5.363,25"),
        "negative": _("Angka ini tidak boleh kurang dari nol"),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"max_digits": 14} | kwargs | {"decimal_places": 2})

    def to_python(self, value: Any) -> Decimal | None:
        if value is None or value == "":
            return None
        number = self.number(self.plain(value) if isinstance(value, str) else str(value))
        if number < 0:
            raise ValidationError(self.error_messages["negative"], code="negative")
        return number

    def plain(self, text: str) -> str:
        """The text with a decimal point and no thousand marks."""
        text = re.sub(r"[\s\u00a0]", "", text)
        if re.fullmatch(r"-?\d{1,3}(\.\d{3})+(,\d+)?", text):
            text = text.replace(".", "")
        elif re.fullmatch(r"-?\d{1,3}(,\d{3})+\.\d+", text):
            text = text.replace(",", "")
        return text.replace(",", ".")

    def number(self, text: str) -> Decimal:
        try:
            number = Decimal(text)
        except InvalidOperation:
            number = Decimal("NaN")
        if not number.is_finite():
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return number

    def typed(self, value: Any) -> str:
        """As it stands in a form, whose parser is the same in each language."""
        return typed(Decimal(str(value)))

    def written(self, value: Any) -> str:
        return grouped(Decimal(str(value)))

    def db_check(self, connection: Any) -> str | None:
        return f'"{self.column}" >= 0'

    def formfield(self, **kwargs: Any) -> forms.Field | None:
        # The text goes to the model untouched, so that the one parser above judges it.
        shape: dict[str, Any] = {"form_class": TypedNumberField, "model_field": self}
        return models.Field.formfield(self, **shape | kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        del kwargs["decimal_places"]
        return name, path, args, kwargs


class Coordinate(Measure):
    """Degrees of latitude or longitude (WGS84), six decimals: "-7,4712" and "-7.4712" are the same place."""

    default_error_messages = {"invalid": _("Isi derajat desimal, misalnya -7,471234")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.max_digits, self.decimal_places = 9, 6

    def to_python(self, value: Any) -> Decimal | None:
        if value is None or value == "":
            return None
        number = self.number(self.plain(value) if isinstance(value, str) else str(value))
        if number.adjusted() > 3:  # far beyond any degree, and too long to round
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return number.quantize(Decimal("0.000001"))

    def plain(self, text: str) -> str:
        return re.sub(r"[\s\u00a0]", "", text).replace(",", ".")

    def db_check(self, connection: Any) -> None:
        return None

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("max_digits", None)
        return name, path, args, kwargs
