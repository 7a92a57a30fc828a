"""What the contract says about every resource alike: shapes, pages, filters, refusals."""

import copy
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse
from rest_framework import serializers

from batik_registry.rest import formats, resources
from batik_registry.rest.paging import DEFAULT_LIMIT, MAX_LIMIT
from batik_registry.rest.parameters import COUNTS
from batik_registry.rest.problems import MEDIA_TYPE, ProblemSerializer
from batik_registry.serializers import ModelValueField

TEXT = OpenApiTypes.STR
FORMAT = gettext_noop(
    "Bentuk jawaban; mengalahkan Accept. csv, ndjson, dan xlsx memuat semua baris sekaligus, tanpa limit, cursor, "
    "count, dan expand. Baris terakhir csv (`#count=… sha256=…`) dan ndjson memuat banyaknya baris dan SHA-256 semua "
    "byte sebelumnya; tanpa baris itu berkas terpotong. Dalam csv, teks yang mirip rumus diawali tanda petik tunggal"
)


class Schema(AutoSchema):
    """Reads parameters and shapes off the resource itself, so that the contract cannot say something else."""

    @property
    def resource(self) -> Any:
        """The view where it is a resource, else None."""
        return self.view if hasattr(self.view, "all_orderings") else None

    @property
    def is_page(self) -> bool:
        return self.resource is not None and self.resource.action == "list"

    def get_operation_id(self) -> str:
        found = str(super().get_operation_id())
        return found.removesuffix("_retrieve") + "_list" if self.is_page else found

    def get_tags(self) -> list[str]:
        return [self.path.removeprefix("/api/v1/").partition("/")[0]]

    def get_override_parameters(self) -> list[Any]:
        found = list(super().get_override_parameters())
        if self.resource is None or self.method != "GET":
            return found
        columns = self.resource.all_columns()
        relations = [name for name, one in columns.items() if one.is_relation and resources.view_of(one.related_model)]
        shape = [
            OpenApiParameter("fields", TEXT, description="Hanya isian ini, dipisah koma"),
            OpenApiParameter("omit", TEXT, description="Tanpa isian ini, dipisah koma"),
            OpenApiParameter("as_of", TEXT, description="Seperti tercatat pada waktu ini: 2026-03-31, atau dengan jam"),
        ]
        if relations:
            told = _("Ceritakan rujukan ini selengkapnya: %s") % ", ".join(relations)
            shape.append(OpenApiParameter("expand", TEXT, description=told))
        return [*found, *shape, *(self._list_parameters() if self.is_page else ())]

    def _list_parameters(self) -> list[Any]:
        orders = [f"{sign}{name}" for name in self.resource.all_orderings() for sign in ("", "-")]
        offered = formats.of_a_list(self.resource.all_columns())
        limit = {"type": "integer", "minimum": 1, "maximum": MAX_LIMIT, "default": DEFAULT_LIMIT}
        return [
            OpenApiParameter("format", TEXT, enum=offered, description=FORMAT),
            OpenApiParameter("limit", limit, description="Baris per halaman"),
            OpenApiParameter("cursor", TEXT, description="Penanda dari `next`; jangan dirangkai sendiri"),
            OpenApiParameter("ordering", TEXT, enum=orders, description="Urutan; - untuk menurun"),
            OpenApiParameter("count", TEXT, enum=COUNTS, description="Hitung pula banyaknya baris"),
            *self._filters(),
        ]

    def _filters(self) -> list[Any]:
        model = self.resource.serializer_class.Meta.model
        return [
            OpenApiParameter(name, TEXT, enum=_choices(one), description=str(one.label or _said(model, one)))
            for name, one in self.resource.filterset_class.base_filters.items()
        ]

    def get_filter_backends(self) -> list[Any]:
        return []

    def _is_list_view(self, serializer: Any = None) -> bool:
        return False if self.resource is not None else super()._is_list_view(serializer)

    def get_response_serializers(self) -> Any:
        found = super().get_response_serializers()
        if not self.is_page:
            return found
        told = dict.fromkeys(formats.of_a_list(self.resource.all_columns()), TEXT)
        told |= {"json": page_of(self.resource), "xlsx": OpenApiTypes.BINARY}
        if "geojson" in told:
            told["geojson"] = features_of(self.resource)
        return {(200, formats.MEDIA_TYPES[name]): one for name, one in told.items()}

    def _map_serializer_field(self, field: Any, direction: str, bypass_extensions: bool = False) -> Any:
        found = super()._map_serializer_field(field, direction, bypass_extensions)
        if direction == "response" and isinstance(field, ModelValueField) and field.is_whole_number:
            return found | {"type": ["integer", "null"]}
        if direction == "response" and isinstance(field, serializers.PrimaryKeyRelatedField):
            return _reference(found)
        return found

    def _map_serializer(self, serializer: Any, direction: str, bypass_extensions: bool = False) -> Any:
        """Any field may be left out by `fields`, `omit` or a right that the reader lacks."""
        # One that stands in a decorator would keep the labels of the language that asked first; a copy makes its own.
        found = super()._map_serializer(copy.deepcopy(serializer), direction, bypass_extensions)
        if direction == "response" and isinstance(serializer, serializers.ModelSerializer):
            found.pop("required", None)
        return found

    def _get_response_bodies(self, *args: Any, **kwargs: Any) -> Any:
        found = super()._get_response_bodies(*args, **kwargs)
        problem = OpenApiResponse(ProblemSerializer, description="Penolakan, dengan kode dan kalimatnya (RFC 9457)")
        found["default"] = self._get_response_for_code(problem, "default", media_types=[MEDIA_TYPE])
        if self.resource is not None and self.method == "GET":
            found["304"] = {"description": "Tidak berubah sejak ETag yang Anda kirim"}
        return found


NEXT_PAGE = {
    "next": serializers.URLField(allow_null=True, help_text="Alamat halaman berikutnya; null di halaman akhir"),
    "count": serializers.IntegerField(required=False, help_text="Hanya bila diminta dengan `count`"),
    "count_is_estimate": serializers.BooleanField(required=False, help_text="Benar bila `count` taksiran"),
}


def page_of(view: Any) -> Any:
    """The serializer of a page of the resource."""
    rows = view.serializer_class(many=True, help_text="Baris-baris halaman ini")
    return _shape(view, "Page", gettext_noop("Sehalaman data."), {"results": rows} | NEXT_PAGE)


def features_of(view: Any) -> Any:
    """The serializer of the same page as GeoJSON."""
    feature = _shape(
        view,
        "Feature",
        gettext_noop("Satu baris dengan letaknya."),
        {
            "type": serializers.CharField(help_text="Selalu Feature"),
            "id": serializers.CharField(help_text="Kunci data"),
            "geometry": PointSerializer(allow_null=True, help_text="Letak; null bila tidak diketahui"),
            "properties": view.serializer_class(help_text="Isian baris"),
        },
    )
    head = {
        "type": serializers.CharField(help_text="Selalu FeatureCollection"),
        "features": feature(many=True, help_text="Baris-baris halaman ini"),
    }
    return _shape(view, "FeatureCollection", gettext_noop("Sehalaman data untuk peta (RFC 7946)."), head | NEXT_PAGE)


class PointSerializer(serializers.Serializer):
    """A place in WGS84."""

    type = serializers.CharField(help_text="Selalu Point")
    coordinates = serializers.ListField(
        child=serializers.FloatField(), min_length=2, max_length=2, help_text="Bujur, lalu lintang, dalam derajat"
    )


def _shape(view: Any, kind: str, said: str, fields: dict[str, Any]) -> Any:
    name = f"{view.serializer_class.__name__.removesuffix('Serializer')}{kind}Serializer"
    return type(name, (serializers.Serializer,), {"__doc__": said} | fields)


def _choices(one: Any) -> list[str] | None:
    choices = one.extra.get("choices") or ()
    return [str(value) for value, _label in getattr(choices, "choices", choices)] or None


def _said(model: Any, one: Any) -> str:
    """What a filter asks, from the name of its field and its lookup."""
    words = {
        "gte": _("paling sedikit/sejak"),
        "lte": _("paling banyak/sampai"),
        "lt": _("sebelum"),
        "in": _("salah satu, dipisah koma"),
    }
    field = model._meta.get_field(one.field_name.split("__")[0])
    lookup = words.get(one.lookup_expr, "")
    return f"{capfirst(str(field.verbose_name))}{f' ({lookup})' if lookup else ''}"


def _reference(found: Any) -> Any:
    """A key, or with `expand` the whole record."""
    about = {name: found[name] for name in ("description", "title", "readOnly") if name in found}
    key = {"type": found["type"] if isinstance(found.get("type"), str) else "string"}
    if "format" in found:
        key["format"] = found["format"]
    return about | {"oneOf": [key, {"type": "object"}, {"type": "null"}]}
