"""Serializers list fields; the rules stay on the model, and so do the words."""

import copy
import re
from typing import Any

from django.core.exceptions import ValidationError as ModelRefusal
from django.db import models
from django.utils.text import capfirst
from rest_framework import serializers
from rest_framework.settings import api_settings

from batik_registry.fields import DigitString, Phone, Rupiah
from batik_registry.lists import ListField
from batik_registry.measures import Measure


class ModelValueField(serializers.CharField):
    """A value that the model field itself parses (rupiah, digits, phone); written out as text."""

    def __init__(self, *, model_field: "models.Field[Any, Any]", **kwargs: Any) -> None:
        self.model_field = model_field
        super().__init__(**kwargs | {"validators": []})

    @property
    def is_whole_number(self) -> bool:
        """Told as a number, for no part of it can be lost."""
        return isinstance(self.model_field, Rupiah)

    def to_representation(self, value: Any) -> Any:
        return int(value) if self.is_whole_number else super().to_representation(value)

    def to_internal_value(self, data: Any) -> Any:
        try:
            return self.model_field.to_python(data)
        except ModelRefusal as refusal:
            raise serializers.ValidationError(refusal.messages) from None


class ReachableKeyField(serializers.PrimaryKeyRelatedField):
    """A key of a row that whoever asks can see: a foreign key and a missing one are refused alike."""

    def get_queryset(self) -> Any:
        rows: Any = super().get_queryset()
        request = self.context.get("request")
        return rows.visible_to(request.user) if request and hasattr(rows, "visible_to") else rows


class RecordSerializer(serializers.ModelSerializer):
    """A ModelSerializer that judges the whole row as the model does, in the words of the form.

    DRF's own field validators are taken off: `full_clean` on a copy of the row is the one judge.
    """

    serializer_related_field = ReachableKeyField

    def get_unique_together_validators(self) -> list[Any]:
        return []

    def get_unique_for_date_validators(self) -> list[Any]:
        return []

    def get_uniqueness_extra_kwargs(self, field_names: Any, declared_fields: Any, extra_kwargs: Any) -> Any:
        return extra_kwargs, {}

    def build_standard_field(self, field_name: str, model_field: Any) -> Any:
        field_class, kwargs = super().build_standard_field(field_name, model_field)
        if isinstance(model_field, Rupiah | Measure | DigitString | Phone):
            return ModelValueField, self._lenient(model_field, {"model_field": model_field})
        if isinstance(model_field, ListField):
            texts = serializers.CharField(allow_blank=True)
            return serializers.ListField, self._lenient(model_field, {"child": texts})
        return field_class, self._lenient(model_field, kwargs)

    def build_relational_field(self, field_name: str, relation_info: Any) -> Any:
        field_class, kwargs = super().build_relational_field(field_name, relation_info)
        return field_class, self._lenient(relation_info.model_field, kwargs)

    def _lenient(self, model_field: Any, kwargs: dict[str, Any]) -> dict[str, Any]:
        kwargs.setdefault("help_text", capfirst(str(model_field.verbose_name)))
        if kwargs.get("read_only"):
            return kwargs
        kwargs = {key: value for key, value in kwargs.items() if key not in ("validators", "max_length", "min_length")}
        kwargs |= {"required": False, "error_messages": self._words(model_field)}
        if not isinstance(model_field, models.BooleanField | models.ManyToManyField):
            kwargs["allow_null"] = True
        if "allow_blank" in kwargs or isinstance(model_field, models.CharField | models.TextField):
            kwargs["allow_blank"] = True
        return kwargs

    @staticmethod
    def _words(model_field: Any) -> dict[str, str]:
        form_field = model_field.formfield() if model_field.editable else None
        words = getattr(form_field, "error_messages", {})
        known = {key: words[key] for key in ("invalid", "invalid_choice", "required") if key in words}
        return {key: re.sub(r"%\((value)\)s", "{input}", str(text)) for key, text in known.items()}

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        model: Any = self.Meta.model
        row = copy.copy(self.instance) if self.instance is not None else model()
        many = {field.name for field in model._meta.many_to_many}
        for name, value in attrs.items():
            if name not in many:
                setattr(row, name, value)
        try:
            row.full_clean()
        except ModelRefusal as refusal:
            raise serializers.ValidationError(self._told(refusal)) from None
        return {name: value if name in many else getattr(row, name) for name, value in attrs.items()}

    def save(self, **kwargs: Any) -> Any:
        """Where somebody else's write came between the check and ours, the refusal is told like any other."""
        try:
            return super().save(**kwargs)
        except ModelRefusal as refusal:
            raise serializers.ValidationError(self._told(refusal)) from None

    @staticmethod
    def _told(refusal: ModelRefusal) -> dict[str, list[str]]:
        general = api_settings.NON_FIELD_ERRORS_KEY
        return {general if name == "__all__" else name: words for name, words in refusal.message_dict.items()}
