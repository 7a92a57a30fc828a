"""How a resource of the API is read: a list by key, one row, in the shape that was asked for."""

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any, ClassVar

import orjson
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from django.utils.decorators import method_decorator
from django.views.decorators.gzip import gzip_page
from django_filters.utils import translate_validation
from rest_framework.viewsets import GenericViewSet

from batik_registry.permissions import is_personal, may_read_field
from batik_registry.rest import logbook, parameters, resources, tags
from batik_registry.rest.documents import Row, Statement, columns_of, documents, documents_in_parts, statement_of
from batik_registry.rest.filters import ApiFilterSet
from batik_registry.rest.paging import Keyset, limit_of
from batik_registry.rest.parameters import Shape


def told(
    user: Any, rows: Any, columns: Mapping[str, Any], beside: list[str], shadows: Statement | None = None
) -> list[Row]:
    """The rows as documents; the first column beside them is the key. That personal fields were read is kept."""
    found = documents(rows, columns, beside, shadows)
    _keep_reading(user, rows.model, columns, found)
    return found


def told_in_parts(
    user: Any, rows: Any, columns: Mapping[str, Any], shadows: Statement | None = None
) -> Iterator[list[Row]]:
    """The same for whole tables, a part at a time."""
    for part in documents_in_parts(rows, columns, ["pk"], shadows):
        _keep_reading(user, rows.model, columns, part)
        yield part


def _keep_reading(user: Any, model: Any, columns: Mapping[str, Any], rows: list[Row]) -> None:
    if any(is_personal(model, column.name) for column in columns.values()):
        logbook.book().keep_reading(user, model, [str(row.beside[0]) for row in rows])


class Expanded:
    """A reference told in full; asked for the whole page at once."""

    def __init__(self, user: Any, names: Iterable[str], columns: Mapping[str, Any]) -> None:
        self.user, self.columns = user, {name: columns[name] for name in names}

    def put_into(self, rows: list[Row]) -> list[str]:
        """The documents with the references in full. One query for each of them, whatever the page's size."""
        if not self.columns:
            return [row.text for row in rows]
        found = [orjson.loads(row.text) for row in rows]
        for name, column in self.columns.items():
            keys = {one[name] for one in found if one[name] is not None}
            told = self._told(column.related_model, keys)
            for one in found:
                # What lies outside the reader's scope stays the key that the row says anyway.
                one[name] = told.get(one[name], one[name])
        return [orjson.dumps(one).decode() for one in found]

    def _told(self, model: Any, keys: set[str]) -> dict[str, Any]:
        view: Any = resources.view_of(model)
        rows = model._default_manager.visible_to(self.user).filter(pk__in=keys)
        found = told(self.user, rows, view.columns_for(self.user), ["pk"])
        return {str(row.beside[0]): orjson.Fragment(row.text) for row in found}


@method_decorator(gzip_page, name="dispatch")
class ReadViewSet(GenericViewSet):
    """One kind of record as a resource; a subclass names its serializer, its filters and its orders.

    `orderings` are names of the API with columns that are never empty. Rows that the user does not see are not there.
    """

    serializer_class: Any
    filterset_class: ClassVar[type[ApiFilterSet]]
    orderings: ClassVar[dict[str, str]] = {}
    lookup_value_converter = "uuid"
    request: Any

    # --- what there is, and for whom ---

    @property
    def model(self) -> Any:
        return self.serializer_class.Meta.model

    def get_queryset(self) -> Any:
        """The rows that the user sees. A role or a token without this entity is refused, not answered with nothing."""
        if getattr(self, "swagger_fake_view", False):
            return self.model._default_manager.none()
        if not self.request.user.may.read(self.model):
            raise PermissionDenied
        return self.model._default_manager.visible_to(self.request.user)

    @classmethod
    def all_columns(cls) -> dict[str, Any]:
        return columns_of(cls.serializer_class())

    @classmethod
    def columns_for(cls, user: Any) -> dict[str, Any]:
        """The columns that the user may read, by their names in the API."""
        model = cls.serializer_class.Meta.model
        return {name: one for name, one in cls.all_columns().items() if may_read_field(user, model, one.name)}

    @classmethod
    def all_orderings(cls) -> dict[str, str]:
        return {"id": "pk", "updated_at": "updated_at", **cls.orderings}

    @cached_property
    def columns(self) -> dict[str, Any]:
        return self.columns_for(self.request.user)

    @cached_property
    def expandable(self) -> list[str]:
        """References whose target is a resource that the user may read."""
        may = self.request.user.may
        return [
            name
            for name, one in self.columns.items()
            if one.is_relation and resources.view_of(one.related_model) and may.read(one.related_model)
        ]

    @cached_property
    def shape(self) -> Shape:
        return Shape.of(self.request.GET, self.columns, self.expandable)

    # --- the way there ---

    def key(self) -> Any:
        return self.kwargs[self.lookup_url_kwarg or self.lookup_field]

    def check_parameters(self, known: Iterable[str]) -> None:
        parameters.check(self.request.GET, known)

    def filters_for(self, user: Any) -> list[str]:
        """The filters that ask about nothing that the user may not read."""
        behind = self.filterset_class.fields_behind()
        return [name for name, field in behind.items() if may_read_field(user, self.model, field)]

    def filtered(self) -> Any:
        asked = self.filterset_class(self.request.GET, queryset=self.get_queryset(), request=self.request)
        if not asked.is_valid():
            raise translate_validation(asked.errors)
        return asked.qs.order_by()

    def told(self, rows: Any, beside: list[str]) -> list[Row]:
        """The rows as documents, today or as of the moment that was asked about."""
        columns = {name: self.columns[name] for name in self.shape.names}
        shadows = None
        if self.shape.as_of:
            statement, _params = statement_of(rows, columns, beside)
            shadows = logbook.book().past(statement, self.get_queryset(), self.shape.as_of)
        return told(self.request.user, rows, columns, beside, shadows)

    def expanded(self, rows: list[Row]) -> list[str]:
        return Expanded(self.request.user, self.shape.expand, self.columns).put_into(rows)

    def next_address(self, keyset: Keyset, last: Row) -> str:
        key, value = last.beside
        query = self.request.GET.copy()
        query["cursor"] = keyset.cursor(value, key)
        return str(self.request.build_absolute_uri(f"{self.request.path}?{query.urlencode()}"))

    def counted(self, rows: Any, how: str) -> dict[str, Any]:
        """How many rows there are, if that was asked: counting a large table takes its time."""
        if how == "exact":
            return {"count": rows.count()}
        return {"count": estimated(rows), "count_is_estimate": True} if how else {}

    # --- answers ---

    def list(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.check_parameters([*parameters.reserved(), *self.filters_for(request.user)])
        self.get_queryset()
        tag = tags.mixed(logbook.book().state(), self.reader, request.get_full_path())
        if tags.is_known(request, tag):
            return self.answered(HttpResponse(status=304), tag)
        keyset = Keyset.named(request.GET.get("ordering", "id"), self.all_orderings())
        limit = limit_of(request.GET.get("limit", ""))
        rows = self.filtered()
        count = self.counted(rows, parameters.count_of(request.GET.get("count", "")))
        rows = keyset.sorted(rows)
        if cursor := request.GET.get("cursor"):
            rows = keyset.beyond(rows, cursor)
        found = self.told(rows[: limit + 1], ["pk", keyset.column])
        after = self.next_address(keyset, found[limit - 1]) if len(found) > limit else None
        texts = self.expanded(found[:limit])
        rest = orjson.dumps({"next": after} | count)[1:].decode()
        return self.answered(_json(f'{{"results":[{",".join(texts)}],{rest}'), tag)

    def retrieve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.check_parameters(parameters.SHAPE)
        rows = self.get_queryset().filter(pk=self.key())
        version = rows.values_list("row_version", flat=True).first()
        if self.shape.as_of is None:
            if version is None:
                raise Http404
            tag = self.detail_tag(version)
            if tags.is_known(request, tag):
                return self.answered(HttpResponse(status=304), tag)
        found = self.told(rows, ["pk", "row_version"])
        if not found:
            raise Http404
        return self.answered(_json(self.expanded(found)[0]), self.detail_tag(found[0].beside[1]))

    def fresh(self, key: Any, status_code: int) -> HttpResponse:
        """The row as it is now, in the form of all reading."""
        rows = self.model._default_manager.filter(pk=key)
        found = self.told(rows, ["pk", "row_version"])[0]
        response = HttpResponse(found.text, status=status_code, content_type="application/json")
        return self.answered(response, tags.row_tag(str(found.beside[1])))

    def detail_tag(self, version: Any) -> str:
        """The row's version; with references in full, or as of a day, whatever that depends on besides."""
        if self.shape.expand or self.shape.as_of:
            return tags.row_tag(version, tags.mixed(logbook.book().state(), self.reader).strip('"'))
        return tags.row_tag(version)

    @property
    def reader(self) -> tuple[Any, ...]:
        """What an answer depends on besides the data: who asks, with which token, and the day."""
        user = self.request.user
        token = getattr(user, "token", None)
        return (user.pk, user.row_version, token and (token.pk, token.row_version), user.region_prefix)

    def answered(self, response: HttpResponse, tag: str) -> HttpResponse:
        response["ETag"] = tag
        response["Cache-Control"] = "private, no-cache"
        patch_vary_headers(response, ["Authorization", "Cookie", "Accept", "Accept-Language"])
        return response


def estimated(rows: Any) -> int:
    """How many rows the database expects, without looking at them."""
    statement, params = rows.values("pk").query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (FORMAT JSON) {statement}", params)
        plan = cursor.fetchone()[0]
    found = json.loads(plan) if isinstance(plan, str) else plan
    return int(found[0]["Plan"]["Plan Rows"])


def _json(text: str) -> HttpResponse:
    return HttpResponse(text, content_type="application/json")
