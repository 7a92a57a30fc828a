"""Model fields that hold several short values: free texts (other names) or choices (kinds), the same at every door."""

import re
from typing import Any

from django import forms
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from batik_registry.validators import validate_plain_text


class ListField(ArrayField):
    """An array whose refusals speak about the value itself, not about "item 1 of the array"."""

    default_error_messages = {
        "choice": _("%(value)s bukan pilihan yang tersedia"),
        "list": _("Isi berupa daftar nilai"),
    }

    def to_python(self, value: Any) -> Any:
        """The values without blanks and repetitions; a text is read as one value per line or semicolon."""
        if isinstance(value, str):
            value = re.split(r"[\n;]", value)
        if value is None:
            return []
        if not isinstance(value, list | tuple | set):
            raise ValidationError(self.error_messages["list"], code="list")
        values = [self.base_field.to_python(one.strip() if isinstance(one, str) else one) for one in value]
        return list(dict.fromkeys(one for one in values if one not in self.base_field.empty_values))

    def validate(self, value: Any, model_instance: Any) -> None:
        models.Field.validate(self, value, model_instance)
        known = [code for code, _label in self.base_field.flatchoices]
        for one in value if known else ():
            if one not in known:
                raise ValidationError(self.error_messages["choice"], code="choice", params={"value": one})

    def run_validators(self, value: Any) -> None:
        models.Field.run_validators(self, value)
        for one in value or ():
            self.base_field.run_validators(one)
            if not self.base_field.choices and isinstance(one, str):
                validate_plain_text(one)

    def formfield(self, **kwargs: Any) -> forms.Field | None:
        shape: dict[str, Any] = {"form_class": ListFormField}
        if self.base_field.choices:
            choices = self.base_field.choices
            shape = {
                "form_class": forms.MultipleChoiceField,
                "choices": choices,
                "widget": forms.CheckboxSelectMultiple,
            }
            shape["error_messages"] = {"invalid_choice": self.error_messages["choice"]}
        return models.Field.formfield(self, **shape | kwargs)


class ListFormField(forms.CharField):
    """One value per line."""

    widget = forms.Textarea(attrs={"rows": 3})

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(map(str, value)) if isinstance(value, list | tuple) else value

    def to_python(self, value: Any) -> list[str]:
        text = value if isinstance(value, str) else "\n".join(map(str, value or ()))
        lines = (line.strip() for line in re.split(r"[\n;]", text))
        return list(dict.fromkeys(line for line in lines if line))

    def has_changed(self, initial: Any, data: Any) -> bool:
        return list(initial or []) != self.to_python(data)
