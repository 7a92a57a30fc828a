"""Indicators and programmes as tables of the API: what they are, and what they say of a region and a year."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.gzip import gzip_page
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.views import APIView

from batik_registry.rest import parameters, resources, tables
from batik_registry.rest.problems import InvalidParameter
from centres.choices import Commodity, ProgrammeTag
from programs.indicators import ALL, Beside, Figure, Indicator, Scope, get
from programs.indicators.published import COLUMNS, is_whole, told
from programs.models.allocation import FIRST_YEAR
from programs.serializers.indicators import DefinitionsSerializer, ProgrammesSerializer, ValuesSerializer
from regions.choices import Level
from regions.models import Region

#: Everybody reads what statistics anybody may: the scope of a token is the same.
ENTITY = "programs.indicator"
BELOW = {"province": Level.PROVINCE, "regency": Level.REGENCY}
EVERY_COMMODITY = "SEMUA"
LENGTHS = {Level.PROVINCE: 2, Level.REGENCY: 5}
COMMODITIES = [*Commodity.values, EVERY_COMMODITY]
LAST_YEAR = 2100
#: So many regions are told with the figures of others beside them: one query for each.
MOST_BESIDE = 50
TEXTS = ("name", "unit", "formula", "numerator", "denominator", "null_rule", "mean")
DEFINITION = ("code", "indicator", "part", *TEXTS, "is_open")
VALUES = (
    *("part", "region_code", "value", "unit", "numerator", "denominator", "known", "total", "withheld"),
    *("year", "as_of", "source", "rows", "beside"),
)


class _TableView(APIView):
    def initial(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if not request.user.may.read(ENTITY):
            raise PermissionDenied


class IndicatorsView(_TableView):
    """Apa yang dihitung setiap indikator, dari apa, dan dibagi apa."""

    @extend_schema(
        operation_id="indicators_list",
        parameters=[tables.FORMAT],
        responses=tables.responses(DefinitionsSerializer),
    )
    def get(self, request: HttpRequest) -> HttpResponse:
        parameters.check(request.GET, ["format"])
        return tables.table(request, DEFINITION, _definitions, {})


def _definitions() -> Iterator[dict[str, Any]]:
    for indicator in ALL:
        for part in indicator.parts:
            texts = {name: str(getattr(part, name)) for name in TEXTS}
            of = {"code": indicator.code, "indicator": str(indicator.name), "part": part.key}
            yield {**of, **texts, "is_open": part.is_open}


class ProgrammesView(_TableView):
    """Program yang dapat disebut sentra dan kegiatan. Aturan DAK per tahun ada di `rule-sets` dan bagian-bagiannya."""

    @extend_schema(
        operation_id="programmes_list", parameters=[tables.FORMAT], responses=tables.responses(ProgrammesSerializer)
    )
    def get(self, request: HttpRequest) -> HttpResponse:
        parameters.check(request.GET, ["format"])
        rows = [{"code": code, "name": str(label)} for code, label in ProgrammeTag.choices]
        return tables.table(request, ("code", "name"), lambda: rows, {})


@method_decorator(gzip_page, name="dispatch")
class IndicatorView(_TableView):
    """Nilai sebuah indikator. Angka tentang kurang dari tiga ditahan, kecuali bagi kantor pemilik datanya."""

    request_cost = 10

    @extend_schema(
        operation_id="indicators_retrieve",
        parameters=[
            OpenApiParameter("code", str, OpenApiParameter.PATH, enum=[one.code for one in ALL]),
            OpenApiParameter("region_code", str, description="Kode wilayah; kosong berarti Indonesia"),
            OpenApiParameter("year", int, description="Tahun; bakunya tahun ini"),
            OpenApiParameter("commodity", str, enum=COMMODITIES, description="Komoditas; bakunya batik"),
            OpenApiParameter("by", str, enum=list(BELOW), description="Rinci menurut provinsi atau kabupaten/kota"),
            OpenApiParameter("samples", str, enum=["with"], description="Sertakan baris contoh"),
            tables.FORMAT,
        ],
        responses=tables.responses(ValuesSerializer),
    )
    def get(self, request: HttpRequest, code: str) -> HttpResponse:
        parameters.check(request.GET, ["region_code", "year", "commodity", "by", "samples", "format"])
        try:
            indicator = get(code)
        except KeyError:
            raise Http404 from None
        scope, codes = _scope(request.GET), _codes(request.GET)
        _check_published(indicator, scope, codes, request.user)
        about = {"code": indicator.code, "name": str(indicator.name)}
        return tables.table(request, VALUES, lambda: _values(indicator, scope, codes, request), about)


def _scope(query: Any) -> Scope:
    commodity = _one_of(query, "commodity", COMMODITIES) or Commodity.BATIK
    with_samples = bool(_one_of(query, "samples", ["with"]))
    commodity = "" if commodity == EVERY_COMMODITY else commodity
    return Scope.of("", year=_year(query), commodity=commodity, with_samples=with_samples)


def _one_of(query: Any, name: str, known: list[str]) -> str:
    found = str(query.get(name, ""))
    if found and found not in known:
        raise InvalidParameter(name, _("Pilih salah satu: %s.") % (", ".join(known) or "–"))
    return found


def _year(query: Any) -> int:
    text = query.get("year") or str(timezone.localdate().year)
    if not (text.isascii() and text.isdigit() and len(text) == 4 and FIRST_YEAR <= int(text) <= LAST_YEAR):
        raise InvalidParameter(
            "year", _("Tulis tahun %(first)d sampai %(last)d.") % {"first": FIRST_YEAR, "last": LAST_YEAR}
        )
    return int(text)


def _codes(query: Any) -> list[str]:
    """The region that was asked for, or those below it."""
    code = query.get("region_code", "")
    if code and ("\0" in code or not Region.objects.filter(code=code).exists()):
        raise InvalidParameter("region_code", _("Kode wilayah ini tidak ada."))
    deeper = [name for name, level in BELOW.items() if LENGTHS[level] > len(code)]
    by = _one_of(query, "by", deeper)
    if not by:
        return [code]
    below = Region.objects.filter(code__startswith=code, level=BELOW[by])
    return list(below.order_by("code").values_list("code", flat=True))


def _check_published(indicator: Indicator, scope: Scope, codes: list[str], reader: Any) -> None:
    """What is published is published in one way alone: else two ways could be held against each other."""
    if is_whole(indicator.parts, codes, reader):
        return
    if scope.commodity != Commodity.BATIK:
        raise InvalidParameter("commodity", _("Indikator ini hanya diterbitkan untuk batik."))
    if max(map(len, codes), default=0) > max(COLUMNS):
        raise InvalidParameter("region_code", _("Indikator ini diterbitkan sampai kabupaten/kota."))


def _values(indicator: Indicator, scope: Scope, codes: list[str], request: Any) -> Iterator[dict[str, Any]]:
    lists = {part.key: _list_of(part.rows(scope).model, request) for part in indicator.parts}
    reach = request.user.region_prefix
    has_beside = len(codes) <= MOST_BESIDE
    for part, code, figure in told(indicator, scope, codes, reader=request.user):
        yield {
            "part": part.key,
            "region_code": code,
            "unit": str(part.unit),
            "year": scope.year,
            "as_of": scope.day,
            **_numbers(figure, is_all=is_whole([part], [code], request.user)),
            "withheld": figure is None,
            "source": f"{_('Registri Sentra Batik')}, {scope.period}",
            "rows": _narrowed(lists[part.key], code) if reach is not None and code.startswith(reach) else None,
            "beside": [_beside(one) for one in part.beside(replace(scope, prefix=code))] if has_beside else [],
        }


def _numbers(figure: Figure | None, *, is_all: bool) -> dict[str, Any]:
    """How many rows are unknown is for those alone who may read them: held against others it would tell of few."""
    if figure is None:
        return dict.fromkeys(("value", "numerator", "denominator", "known", "total"))
    amounts = {name: _text(getattr(figure, name)) for name in ("value", "numerator", "denominator")}
    return {**amounts, "known": figure.known, "total": figure.total if is_all else None}


def _text(number: Decimal | None) -> str | None:
    return None if number is None else f"{round(Decimal(number), 6).normalize():f}"


def _beside(one: Beside) -> dict[str, Any]:
    return {name: str(value) for name, value in vars(one).items()} | {"value": _text(one.value)}


def _list_of(model: Any, request: Any) -> str | None:
    """Where such records are listed, for who may read them."""
    view = resources.view_of(model)
    if view is None or not request.user.may.read(model) or "region_code" not in view.filterset_class.base_filters:
        return None
    return str(request.build_absolute_uri(reverse(f"api:{resources.name_of(model)}-list")))


def _narrowed(address: str | None, code: str) -> str | None:
    return f"{address}?region_code={code}" if address and code else address
