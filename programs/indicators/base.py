"""What an indicator is: a declaration, and the figure that it makes of rows.

Every figure is made of rows in the same way. Each row carries two columns, `numerator` and `denominator`; the figure's
are their plain sums, so a CSV of the rows always adds up to it. Where either is not known both are empty: such a row
is no zero, it only shows in the coverage ("12 dari 15 alokasi").
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any, ClassVar

from django.db.models import (
    Aggregate,
    Case,
    Count,
    DecimalField,
    F,
    FloatField,
    IntegerField,
    QuerySet,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Cast
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from batik_registry.templatetags.formats import angka
from programs.indicators.scope import Scope

Text = str | Promise
NUMBER = DecimalField(max_digits=40, decimal_places=6)
UNKNOWN = Cast(Value(None), IntegerField())
ZERO, ONE, HUNDREDTH = (Value(Decimal(number), output_field=NUMBER) for number in ("0", "1", "0.01"))

KNOWN_ONLY = _("Baris yang belum diketahui tidak ikut dihitung; tanpa baris yang diketahui tidak ada nilai, bukan nol")

# --- the two columns --------------------------------------------------------------------------------------------


def counted(rows: Any, numerator: Any, denominator: Any = 1) -> Any:
    """The rows with the columns `numerator` and `denominator`, both or neither."""
    rows = rows.annotate(counted_over=_number(numerator), counted_under=_number(denominator))
    return rows.annotate(
        numerator=Case(When(counted_under__isnull=False, then=F("counted_over"))),
        denominator=Case(When(counted_over__isnull=False, then=F("counted_under"))),
    )


def _number(value: Any) -> Any:
    return Cast(Value(value) if isinstance(value, int) else value, NUMBER)


def one_if(condition: Any, known: Any = None) -> Case:
    """1 where the condition holds, else 0; empty where `known` does not hold."""
    unknown = [] if known is None else [When(~known, then=UNKNOWN)]
    return Case(*unknown, When(condition, then=Value(1)), default=Value(0), output_field=IntegerField())


# --- the declarations -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Beside:
    """A figure of somebody else, or a date, to be shown next to ours and never mixed with it."""

    name: Text
    value: Decimal
    unit: Text
    period: str
    source: str
    url: str = ""
    note: str = ""


def nothing(scope: Scope) -> tuple[Beside, ...]:
    return ()


@dataclass(frozen=True, kw_only=True)
class Part(ABC):
    """One number of an indicator. Its kind (`Percent`, `Total`, ...) says how the two sums become the value."""

    key: str
    name: Text
    formula: Text
    numerator: Text
    denominator: Text
    rows: Callable[[Scope], Any]
    unit: Text = "%"
    null_rule: Text = KNOWN_ONLY
    #: Its rows are public money and public buildings: it is told whole, however few they are.
    is_open: bool = False
    beside: Callable[[Scope], tuple[Beside, ...]] = nothing

    #: How rows weigh, for whoever compares the figure with a published one.
    mean: ClassVar[Text] = _("Tertimbang: jumlah dibagi jumlah")

    def figure(self, scope: Scope, **beside: Any) -> "Figure":
        """One query for the sums; the limits that the rows are held against may take a few more.

        What is counted beside the sums stands in the figure's `sizes`.
        """
        rows = self.rows(scope)
        sums = rows.aggregate(**self._sums(), **beside)
        return self._figure(scope, rows, sums, beside)

    def by_province(self, scope: Scope) -> dict[str, "Figure"]:
        """The figure of each province that has rows, by its code ("" for what belongs to none); one query for all."""
        return self.by_region(scope, "province_code")

    def by_region(self, scope: Scope, column: str, **beside: Any) -> dict[str, "Figure"]:
        """The same by `province_code` or `regency_code`."""
        rows, found = self.rows(scope), {}
        for group in rows.order_by(column).values(column).annotate(**self._sums(), **beside):
            code = group[column]
            within = replace(scope, prefix=max(scope.prefix, code, key=len))
            found[code] = self._figure(within, rows.filter(**{column: code}), group, beside)
        return found

    @abstractmethod
    def value(self, numerator: Decimal, denominator: Decimal, sums: dict[str, Any]) -> Decimal:
        """The figure of both sums; the denominator is never zero. `sums` holds them with "known" and "total"."""

    def _sums(self) -> dict[str, Any]:
        sums = {"over": Sum("numerator"), "under": Sum("denominator")}
        return sums | {"known": Count("denominator"), "total": Count("pk")}

    def told(self, rows: Any, number: int) -> Any:
        """The sums of the rows as one row of plain values, for a query that asks for many figures at once."""
        middle = {} if "middle" in self._sums() else {"middle": Cast(Value(None), FloatField())}
        asked = rows.order_by().annotate(asked=Value(number)).values("asked").annotate(**self._sums(), **middle)
        return asked.values_list("asked", "over", "under", "known", "total", "middle")

    def _figure(self, scope: Scope, rows: Any, sums: dict[str, Any], beside: Iterable[str] = ()) -> "Figure":
        over, under = sums["over"], sums["under"]
        value = self.value(over, under, sums) if under else None
        sizes = tuple(sums[name] for name in beside)
        return Figure(self, scope, over, under, value, sums["known"], sums["total"], rows, sizes)


def figures_of(parts: Sequence[Part], scope: Scope) -> "list[Figure]":
    """The figures of all parts, in their order; one query for the sums, besides those for the limits."""
    each = [part.rows(scope) for part in parts]
    first, *rest = [part.told(rows, number) for number, (part, rows) in enumerate(zip(parts, each, strict=True))]
    names = ("over", "under", "known", "total", "middle")
    found = {number: dict(zip(names, sums, strict=True)) for number, *sums in first.union(*rest, all=True)}
    nothing = dict.fromkeys(names) | {"known": 0, "total": 0}
    return [
        part._figure(scope, rows, found.get(number, nothing))
        for number, (part, rows) in enumerate(zip(parts, each, strict=True))
    ]


@dataclass(frozen=True)
class Figure:
    """What an indicator says of a scope. `value` is None where nothing is known: that is no zero."""

    part: Part
    scope: Scope
    numerator: Decimal | None
    denominator: Decimal | None
    value: Decimal | None
    known: int
    total: int
    rows: QuerySet = field(repr=False)
    #: How many stand behind its numbers, where that was asked.
    sizes: tuple[int, ...] = ()

    @property
    def coverage(self) -> str:
        """How many rows are known: "12 dari 15 alokasi"."""
        things = self.rows.model._meta.verbose_name_plural
        told = {"known": angka(self.known), "total": angka(self.total), "things": things}
        return gettext("%(known)s dari %(total)s %(things)s") % told

    @property
    def source(self) -> str:
        """Who says so, and of when."""
        return f"{gettext('Registri Sentra Batik')}, {self.scope.period}"

    @property
    def beside(self) -> tuple[Beside, ...]:
        """One query where there is anything to show."""
        return self.part.beside(self.scope)


class Percent(Part):
    def value(self, numerator: Decimal, denominator: Decimal, sums: dict[str, Any]) -> Decimal:
        return 100 * numerator / denominator


class Ratio(Part):
    def value(self, numerator: Decimal, denominator: Decimal, sums: dict[str, Any]) -> Decimal:
        return numerator / denominator


class Mean(Ratio):
    """A ratio whose denominator is 1 in every row."""

    mean = _("Sederhana: setiap baris sama beratnya")


class Total(Part):
    """The sum itself; the denominator says over how many rows, or of how many, it was taken."""

    mean = _("Jumlah")

    def value(self, numerator: Decimal, denominator: Decimal, sums: dict[str, Any]) -> Decimal:
        return numerator


class Growth(Part):
    """From the denominator (before) to the numerator (now), over rows that know both."""

    def value(self, numerator: Decimal, denominator: Decimal, sums: dict[str, Any]) -> Decimal:
        return 100 * (numerator - denominator) / denominator


class _Middle(Aggregate):
    function = "percentile_cont"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = NUMBER


class Median(Part):
    """The middle of the rows' numerators; the sums remain what the rows add up to."""

    mean = _("Nilai tengah")

    def value(self, numerator: Decimal, denominator: Decimal, sums: dict[str, Any]) -> Decimal:
        return Decimal(str(sums["middle"]))

    def _sums(self) -> dict[str, Any]:
        return super()._sums() | {"middle": _Middle("numerator")}


@dataclass(frozen=True)
class Indicator:
    """One of the 29; the first part is the one that a tile shows."""

    code: str
    name: Text
    parts: tuple[Part, ...]
    #: Each part is what the others leave of their common denominator.
    is_split: bool = False

    def figure(self, scope: Scope, key: str = "") -> Figure:
        return self.part(key).figure(scope)

    def figures(self, scope: Scope) -> tuple[Figure, ...]:
        return tuple(part.figure(scope) for part in self.parts)

    def part(self, key: str = "") -> Part:
        return next(part for part in self.parts if key in ("", part.key))
