"""How a resource of the API is read: a list by key, one row, in the shape that was asked for."""

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import nullcontext
from datetime import datetime
from functools import cache, cached_property
from typing import Any, ClassVar

import orjson
from django.core.exceptions import EmptyResultSet, PermissionDenied
from django.db import connection, transaction
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.gzip import gzip_page
from django_filters.utils import translate_validation
from rest_framework.viewsets import GenericViewSet

from batik_registry.permissions import is_personal, may_read_field
from batik_registry.rest import exports, formats, logbook, parameters, places, resources, tags, workbooks
from batik_registry.rest.documents import JSON, Row, Statement, columns_of, documents, documents_in_parts, statement_of
from batik_registry.rest.filters import ApiFilterSet
from batik_registry.rest.paging import Keyset, limit_of
from batik_registry.rest.parameters import Shape
from batik_registry.rest.problems import InvalidParameter
from batik_registry.rest.tags import Answer


def told(
    user: Any, rows: Any, columns: Mapping[str, Any], beside: list[str], shadows: Statement | None = None
) -> list[Row]:
    """The rows as documents; the first column beside them is the key. That personal fields were read is kept."""
    found = documents(rows, columns, beside, shadows)
    _keep_reading(user, rows.model, columns, found)
    return found


def told_in_parts(
    user: Any, rows: Any, columns: Mapping[str, Any], shadows: Statement | None = None, whole: str = JSON
) -> Iterator[list[Row]]:
    """The same for whole tables, a part at a time."""
    for part in documents_in_parts(rows, columns, ["pk"], shadows, whole):
        _keep_reading(user, rows.model, columns, part)
        yield part


def downloaded(
    user: Any, rows: Any, columns: Mapping[str, Any], shadows: Statement | None = None, whole: str = JSON
) -> Iterator[list[Row]]:
    """The same for somebody who may take long to fetch it. One statement, so all of it is as of one moment.

    Usually it is read within a transaction, where the first rows come at once. Personal fields are read without: there
    PostgreSQL keeps the result aside, every reading is committed before its part is told, and no transaction that has
    written stays open, behind which the change feed would wait.
    """
    with nullcontext() if _are_personal(rows.model, columns) else transaction.atomic():
        yield from told_in_parts(user, rows, columns, shadows, whole)


def _keep_reading(user: Any, model: Any, columns: Mapping[str, Any], rows: list[Row]) -> None:
    if _are_personal(model, columns):
        logbook.book().keep_reading(user, model, [str(row.beside[0]) for row in rows])


def _are_personal(model: Any, columns: Mapping[str, Any]) -> bool:
    return any(is_personal(model, column.name) for column in columns.values())


def past(
    seen: Any, rows: Any, columns: Mapping[str, Any], beside: list[str], moment: datetime | None
) -> Statement | None:
    """The tables as they were at a moment, for `told`; None for today, or where nothing can match.

    `seen` are the rows that the reader sees today: of none besides is the past told.
    """
    if moment is None:
        return None
    try:
        statement, _params = statement_of(rows, columns, beside)
    except EmptyResultSet:
        return None
    return logbook.book().past(statement, seen, moment)


class Expanded:
    """A reference told in full, as of the same moment; asked for the whole page at once."""

    def __init__(self, user: Any, shape: Shape, columns: Mapping[str, Any]) -> None:
        self.user, self.moment = user, shape.as_of
        self.columns = {name: columns[name] for name in shape.expand}

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
        seen, columns = model._default_manager.visible_to(self.user), view.columns_for(self.user)
        rows = seen.filter(pk__in=keys)
        found = told(self.user, rows, columns, ["pk"], past(seen, rows, columns, ["pk"], self.moment))
        return {str(row.beside[0]): orjson.Fragment(row.text) for row in found}


@cache
def _columns(serializer_class: Any) -> dict[str, Any]:
    """Kept, for a serializer is built anew for every request, and that takes as long as reading a page."""
    return columns_of(serializer_class())


@method_decorator(gzip_page, name="dispatch")
class ReadViewSet(GenericViewSet):
    """One kind of record as a resource; a subclass names its serializer, its filters and its orders.

    `orderings` are names of the API with columns that are never empty. Rows that the user does not see are not there.
    """

    serializer_class: Any
    filterset_class: ClassVar[type[ApiFilterSet]]
    orderings: ClassVar[dict[str, str]] = {}
    lookup_value_converter = "uuid"
    content_negotiation_class = formats.Answering
    request: Any
    #: The name of the format to answer in.
    told_as: str
    rows_told = 0

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
        return dict(_columns(cls.serializer_class))

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

    @cached_property
    def asked_columns(self) -> dict[str, Any]:
        """The columns to read: those of the shape, and where the answer is a map, the place."""
        names = [*self.shape.names, *(formats.PLACE if self.told_as == "geojson" else ())]
        return {name: self.columns[name] for name in names}

    # --- the way there ---

    def initial(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        is_list = self.action == "list"
        self.told_as = formats.chosen(request, formats.of_a_list(self.columns) if is_list else ["json"])

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
        return told(self.request.user, rows, self.asked_columns, beside, self.shadows(rows, beside))

    def shadows(self, rows: Any, beside: list[str]) -> Statement | None:
        """The tables as they were at the moment that was asked about."""
        return past(self.get_queryset(), rows, self.asked_columns, beside, self.shape.as_of)

    def expanded(self, rows: list[Row]) -> list[str]:
        return Expanded(self.request.user, self.shape, self.columns).put_into(rows)

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

    def list(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.check_list()
        asked = (request.get_full_path(), self.told_as, get_language())
        tag = tags.mixed(logbook.book().state(), self.reader, *asked)
        if tags.is_known(request, tag):
            return self.answered(HttpResponse(status=304), tag)
        is_whole = self.told_as in formats.WHOLE
        return self.answered(self.whole(self.keyset) if is_whole else self.page(self.keyset), tag)

    def check_list(self) -> None:
        """Refuses what a list cannot be asked for, before anything is read."""
        self.check_parameters([*parameters.reserved(), *self.filters_for(self.request.user)])
        if self.told_as in formats.WHOLE:
            formats.check_whole(self.request.GET, self.told_as)
        self.get_queryset()

    @property
    def keyset(self) -> Keyset:
        return Keyset.named(self.request.GET.get("ordering", "id"), self.all_orderings())

    def page(self, keyset: Keyset) -> HttpResponse:
        query = self.request.GET
        limit = limit_of(query.get("limit", ""))
        rows = self.filtered()
        count = self.counted(rows, parameters.count_of(query.get("count", "")))
        rows = keyset.sorted(rows)
        if cursor := query.get("cursor"):
            rows = keyset.beyond(rows, cursor)
        found = self.told(rows[: limit + 1], ["pk", keyset.column])
        after = self.next_address(keyset, found[limit - 1]) if len(found) > limit else None
        rest = orjson.dumps({"next": after} | count)[1:].decode()
        texts = self.expanded(found[:limit])
        if self.told_as == "geojson":
            pairs = zip(texts, found, strict=False)
            texts = [places.feature(text, row.beside[0], self.shape.names) for text, row in pairs]
            return _json(f'{{"type":"FeatureCollection","features":[{",".join(texts)}],{rest}', self.told_as)
        return _json(f'{{"results":[{",".join(texts)}],{rest}')

    def whole(self, keyset: Keyset) -> HttpResponseBase:
        """All rows as a download."""
        file = self.file(keyset)
        answer = FileResponse(file) if self.told_as == "xlsx" else StreamingHttpResponse(file)
        answer["Content-Type"] = formats.MEDIA_TYPES[self.told_as] + ("; charset=utf-8" * (self.told_as == "csv"))
        name = f"{resources.name_of(self.model)}-{timezone.localdate():%Y-%m-%d}.{self.told_as}"
        answer["Content-Disposition"] = f'attachment; filename="{name}"'
        return answer

    def file(self, keyset: Keyset) -> Any:
        """All rows in bytes, to be gone through and closed; they are read on the way."""
        columns = self.columns_of_whole
        rows = keyset.sorted(self.filtered())
        line = exports.csv_line(columns) if self.told_as == "csv" else JSON
        parts = self.counting(downloaded(self.request.user, rows, columns, self.shadows(rows, ["pk"]), line))
        if self.told_as == "xlsx":
            return workbooks.workbook(columns, parts, self.about())
        return exports.csv(columns, parts) if self.told_as == "csv" else exports.ndjson(parts)

    @property
    def columns_of_whole(self) -> dict[str, Any]:
        if not self.asked_columns:
            raise InvalidParameter("omit", _("Sisakan paling sedikit satu isian."))
        return self.asked_columns

    def counting(self, parts: exports.Parts) -> exports.Parts:
        """The parts, while `rows_told` counts their rows."""
        for part in parts:
            self.rows_told += len(part)
            yield part

    def about(self) -> Iterator[tuple[str, str]]:
        """What a file says of itself: what it tells, where it is from, as of when."""
        yield _("Data"), capfirst(str(self.model._meta.verbose_name_plural))
        yield _("Sumber"), "Registri Sentra Batik"
        yield _("Alamat"), self.request.build_absolute_uri()
        yield _("Diambil"), f"{timezone.localtime():%Y-%m-%d %H:%M} WIB"
        yield _("Zona waktu"), _("Jam dalam lembar Data adalah WIB (UTC+7)")
        for name, value in self.request.GET.items():
            if name != "format":
                yield _("Parameter %s") % name, value

    def retrieve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
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
        return tags.reader_of(self.request.user)

    def answered(self, response: Answer, tag: str) -> Answer:
        return tags.answered(response, tag)


def estimated(rows: Any) -> int:
    """How many rows the database expects, without looking at them."""
    statement, params = rows.values("pk").query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (FORMAT JSON) {statement}", params)
        plan = cursor.fetchone()[0]
    found = json.loads(plan) if isinstance(plan, str) else plan
    return int(found[0]["Plan"]["Plan Rows"])


def _json(text: str, told_as: str = "json") -> HttpResponse:
    return HttpResponse(text, content_type=formats.MEDIA_TYPES[told_as])
