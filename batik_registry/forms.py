"""Forms list fields; the rules stay on the model. A narrow form is judged like the whole row it changes."""

from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.translation import gettext_lazy as _


class DateInput(forms.DateInput):
    """The browser's own date picker; it speaks ISO dates."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class RecordForm(forms.ModelForm):
    """A ModelForm that judges the whole row, and refuses to overwrite what somebody else saved meanwhile."""

    row_version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    #: Why the database refused the same page a moment ago, where no form could foresee it.
    refusal: Any = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance._state.adding:
            del self.fields["row_version"]
        else:
            self.fields["row_version"].initial = self.instance.row_version
        for name, field in self.fields.items():
            unnamed = field.error_messages.get("required") == forms.Field.default_error_messages["required"]
            if unnamed and name in self._meta.model._meta._forward_fields_map:
                field.error_messages["required"] = self._meta.model.missing(name)

    def clean(self) -> dict[str, Any] | None:
        if self.refusal:
            raise ValidationError(self.refusal)
        seen = self.cleaned_data.pop("row_version", None)
        if seen is not None and seen != self.instance.row_version:
            raise ValidationError(
                _(
                    "Data ini diubah orang lain sejak Anda membukanya. Isian Anda masih ada di bawah; "
                    "muat ulang halaman di tab lain, bandingkan, lalu simpan kembali"
                ),
                code="stale",
            )
        for name, value in self.cleaned_data.items():
            if isinstance(value, str):  # browsers send CR LF, and a page saved as it was must not count as a change
                self.cleaned_data[name] = value.replace("\r\n", "\n")
        return super().clean()

    def _get_validation_exclusions(self) -> set[str]:
        """Only fields that already failed: Django would also leave out every field that the form does not show."""
        return {name for name in self.errors if name in self.fields and name != NON_FIELD_ERRORS}

    def _update_errors(self, errors: ValidationError) -> None:
        """Errors of fields that the form does not show are told above the form, with the field's name."""
        found = errors.update_error_dict({})
        for name in set(found) - set(self.fields) - {NON_FIELD_ERRORS}:
            label = self.instance._meta.get_field(name).verbose_name
            told = [
                ValidationError(f"{str(label).capitalize()}: {message}")
                for error in found.pop(name)
                for message in ValidationError(error).messages
            ]
            found.setdefault(NON_FIELD_ERRORS, []).extend(told)
        super()._update_errors(ValidationError(found))
