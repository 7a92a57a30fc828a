"""How much of a member's work is done in which technique."""

import json
import re
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from batik_registry.templatetags.formats import grouped
from centres.choices import Technique

TOLERANCE = 1  # percent: shares that people round may miss 100 by one


class TechniqueShares(models.JSONField):
    """Techniques with their share of the work in percent: {"TULIS": 60, "CAP": 40}; empty where it is not known.

    Takes the mapping, its JSON, or what people write in a spreadsheet cell: "TULIS 60, CAP 40".
    """

    default_error_messages = {
        "form": _("Tulis teknik dan porsinya, misalnya TULIS 60; CAP 40"),
        "technique": _("Teknik %(value)s tidak dikenal; pilih TULIS, CAP, KOMBINASI, PRINTING, MALAM_DINGIN, ECOPRINT"),
        "range": _("Porsi setiap teknik lebih dari 0 sampai 100 persen"),
        "sum": _("Jumlah porsi teknik harus 100 persen; Anda mengisi %(sum)s persen"),
    }

    def to_python(self, value: Any) -> dict[str, int | float]:
        if not value:
            return {}
        if isinstance(value, str):
            value = self.read(value)
        if not isinstance(value, dict):
            raise ValidationError(self.error_messages["form"], code="form")
        return {str(name): self.share(share) for name, share in value.items() if share not in (None, "")}

    def read(self, text: str) -> Any:
        if text.lstrip().startswith("{"):
            try:
                return json.loads(text)
            except ValueError:
                raise ValidationError(self.error_messages["form"], code="form") from None
        parts = [part for part in re.split(r"[;\n]|,(?!\d)", text) if part.strip()]
        pairs = [re.fullmatch(r"\s*([A-Za-z_ ]+?)[\s:=]*(\d+(?:[.,]\d+)?)\s*%?\s*", part) for part in parts]
        if not all(pairs):
            raise ValidationError(self.error_messages["form"], code="form")
        return {pair[1].strip().upper().replace(" ", "_"): pair[2] for pair in pairs if pair}

    def share(self, value: Any) -> int | float:
        try:
            number = Decimal(str(value).strip().rstrip("%").replace(",", "."))
        except InvalidOperation:
            number = Decimal("NaN")
        if isinstance(value, bool) or not number.is_finite() or number.adjusted() > 3:  # far beyond any share
            raise ValidationError(self.error_messages["form"], code="form")
        return int(number) if number == number.to_integral_value() else float(round(number, 2))

    def validate(self, value: Any, model_instance: Any) -> None:
        super().validate(value, model_instance)
        for name in value or ():
            if name not in Technique.values:
                raise ValidationError(self.error_messages["technique"], code="technique", params={"value": name})
        if not all(0 < share <= 100 for share in value.values()):
            raise ValidationError(self.error_messages["range"], code="range")
        total = round(sum(value.values()), 2)
        if value and abs(total - 100) > TOLERANCE:
            told = grouped(total)
            raise ValidationError(self.error_messages["sum"], code="sum", params={"sum": told})

    def written(self, value: Any) -> str:
        """Batik tulis 60%, Batik cap 40%."""
        names = dict(Technique.choices)
        return ", ".join(f"{names.get(code, code)} {grouped(share)}%" for code, share in value.items())

    def formfield(self, **kwargs: Any) -> forms.Field | None:
        return models.Field.formfield(self, **{"form_class": SharesFormField} | kwargs)


class SharesWidget(forms.MultiWidget):
    """One small number input for each technique."""

    template_name = "components/technique_shares.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        inputs: dict[str, forms.Widget | type[forms.Widget]] = {
            code: forms.TextInput(attrs={"inputmode": "decimal", "title": label}) for code, label in Technique.choices
        }
        super().__init__(inputs, attrs)

    def decompress(self, value: Any) -> list[Any]:
        known = value if isinstance(value, dict) else {}
        return [known.get(code) for code in Technique.values]

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """The whole text under the field's own name (a spreadsheet cell), else the inputs of the page."""
        if data.get(name):
            return data[name]
        shares = zip(Technique.values, super().value_from_datadict(data, files, name), strict=True)
        return {code: share for code, share in shares if share not in (None, "")}

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return name not in data and bool(super().value_omitted_from_data(data, files, name))


class SharesFormField(forms.Field):
    widget = SharesWidget

    def to_python(self, value: Any) -> dict[str, int | float]:
        return TechniqueShares().to_python(value)

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return (initial or {}) != self.to_python(data)
        except ValidationError:
            return True
