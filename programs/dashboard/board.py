"""What the page shows: tiles in sections, provinces beside the baseline, money, reports, red list, offices."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from batik_registry.templatetags.formats import angka, persen, rupiah, rupiah_ringkas
from centres.models import Centre
from centres.models.quarterly import ROMAN
from programs.checks import Remark
from programs.choices import ReportKind, Stage
from programs.dashboard import dak, reports
from programs.dashboard.named import BY_NAME, name_of
from programs.indicators import Figure, Part, Scope, figures_of
from programs.indicators.base import Growth, Percent, Total
from programs.indicators.money import FISIK
from programs.models import Allocation, RuleSet, StageDeadline
from regions.models import Region

#: The address of a figure's rows; the second argument is a region narrower than the page's, or "".
Address = Callable[[str, str], str]


@dataclass(frozen=True)
class Tile:
    """One figure as it stands on the page, with the address of its rows."""

    figure: Figure
    url: str
    share: int = 0  # of the widest beside it, in thousandths

    @property
    def name(self) -> Any:
        return self.figure.part.name

    @property
    def words(self) -> str:
        """The value; "" where nothing is known."""
        value, part = self.figure.value, self.figure.part
        if value is None:
            return ""
        if isinstance(part, Percent | Growth) and str(part.unit) == "%":
            return persen(_rounded(value))
        if str(part.unit) == str(_("rupiah")):
            return rupiah_ringkas(value)
        return f"{angka(_rounded(value))} {part.unit}"

    @property
    def exact(self) -> str:
        """The amount to the last rupiah, where the value is one."""
        is_money = str(self.figure.part.unit) == str(_("rupiah")) and isinstance(self.figure.part, Total)
        return rupiah(self.figure.value) if is_money and self.figure.value is not None else ""

    @property
    def of(self) -> str:
        """Of what: the denominator in numbers and words, or the coverage of a sum."""
        figure, part = self.figure, self.figure.part
        if figure.value is None:
            return figure.coverage
        if isinstance(part, Percent | Growth):
            over, under = (_amount(figure.numerator, part.numerator), _amount(figure.denominator, part.denominator))
            return _now("%(over)s dari %(under)s %(what)s") % {"over": over, "under": under, "what": part.denominator}
        told = {"known": angka(figure.known), "total": angka(figure.total), "what": part.denominator}
        if isinstance(part, Total):
            under = angka(_rounded(figure.denominator or Decimal(0)))
            return _now("dari %(under)s %(what)s") % {"under": under, "what": part.denominator}
        return _now("%(known)s dari %(total)s: %(what)s") % told


@dataclass(frozen=True)
class Section:
    key: str
    title: Any
    names: tuple[str, ...]
    #: Tells of the day itself, so of a day gone by only what was known then.
    is_of_the_day: bool = False

    @property
    def parts(self) -> list[Part]:
        return [BY_NAME[name][1] for name in self.names]


SECTIONS = (
    Section(
        "utama",
        _("Sekilas"),
        ("i01-terdaftar", "acuan-sentra", "i03-daerah", "i05-fisik", "i23-aktif", "usulan-menunggu"),
    ),
    Section(
        "dak", _("Kemajuan DAK"), ("i04-rk_pagu", "i04-kontrak_rk", "i06-fisik", "i07-selisih", "i09-tenggat_tahap_i")
    ),
    Section("laporan", _("Laporan"), ("i08-kemajuan", "i08-operasional")),
    Section(
        "kesehatan",
        _("Kesehatan sentra"),
        (
            *("i10-beroperasi", "i10-kurang", "i10-belum_diketahui", "i11-pengguna", "i11-jam"),
            *("i02-klaster", "i20-skor", "i28-sentra", "i21-penjualan"),
        ),
    ),
    Section(
        "sertifikat",
        _("P3DN dan sertifikat"),
        (
            *("i15-nilai", "i15-porsi", "i16-tkdn", "i16-produk", "i16-e_katalog"),
            *("i17-batikmark", "i17-sni", "i17-halal", "i17-merek", "i24-layak"),
        ),
    ),
    Section(
        "kegiatan",
        _("Kegiatan"),
        ("kegiatan-diadakan", "kegiatan-hadir", "kegiatan-penjualan", "i22-hasil", "i22-kepesertaan"),
    ),
    Section(
        "ikm",
        _("IKM"),
        (
            *("i23-tidak_aktif", "i23-belum_dikonfirmasi", "i13-tenaga_kerja", "i13-pemilik", "i26-nib"),
            *("i12-selain_kain", "i14-ikm", "i18-omzet", "i25-nilai", "i27-baru", "i28-ikm"),
        ),
    ),
    Section("mutu", _("Mutu data"), ("i29-hari", "i29-lama"), is_of_the_day=True),
    Section("telaah", _("Telaah usulan"), ("usulan-umur", "usulan-lama"), is_of_the_day=True),
)
#: What stands for each office in the table of data quality.
OF_OFFICES = ("i29-lama", "i26-nib", "i08-operasional", "usulan-menunggu")


class Board:
    """Reckoned when asked; the page asks for each part once."""

    def __init__(self, scope: Scope, address: Address, *, tells_the_day: bool = True) -> None:
        self.scope, self.address, self.tells_the_day = replace(scope, known={}), address, tells_the_day

    def tile(self, figure: Figure, region: str = "", share: int = 0) -> Tile:
        return Tile(figure, self.address(name_of(figure.part), region), share)

    def may_read(self, model: Any) -> bool:
        return self.scope.user is None or bool(self.scope.user.may.read(model))

    @cached_property
    def sections(self) -> dict[str, tuple[Section, list[Tile]]]:
        """The tiles of all sections, by the section's key; few queries for each section."""
        shown = [section for section in SECTIONS if self.tells_the_day or not section.is_of_the_day]
        each = [(section, [self.tile(one) for one in self.figures(section.parts)]) for section in shown]
        return {section.key: (section, tiles) for section, tiles in each if tiles}

    def figures(self, parts: Sequence[Part]) -> list[Figure]:
        """A role without the entity has no figure of it either."""
        return [one for one in figures_of(parts, self.scope) if self.may_read(one.rows.model)]

    # --- provinces ---

    @cached_property
    def provinces(self) -> "list[Province]":
        """Every province with a registered or a published centre, the greatest first. Three queries."""
        ours, theirs = (BY_NAME[name][1].by_province(self.scope) for name in ("i01-terdaftar", "acuan-sentra"))
        names = dict(Region.objects.filter(code__in=[*ours, *theirs]).values_list("code", "name"))
        found = [self._province(code, names.get(code, ""), ours.get(code), theirs.get(code)) for code in names]
        return sorted(found, key=lambda one: (-(one.published or 0), -(one.registered or 0), one.code))

    def _province(self, code: str, name: str, ours: Figure | None, theirs: Figure | None) -> "Province":
        first, second = (self.tile(one, code) if one else None for one in (ours, theirs))
        return Province(code, name, first, second, self)

    @cached_property
    def published(self) -> Decimal:
        """All that the source names, within the scope."""
        return sum((one.published or Decimal(0) for one in self.provinces), Decimal(0))

    @cached_property
    def baseline(self) -> Any:
        """What the published figures say of themselves; None where there are none. One query."""
        rows = BY_NAME["acuan-sentra"][1].rows(self.scope)
        return rows.first()

    # --- money ---

    @cached_property
    def money(self) -> "list[tuple[Any, list[Tile]]]":
        """From the ceiling to what was absorbed, of each kind of DAK."""
        if not self.may_read(Allocation):
            return []
        return [(one.name, self._amounts(one.parts)) for one in (dak.PHYSICAL_MONEY, dak.OTHER_MONEY)]

    def _amounts(self, parts: tuple[Part, ...]) -> list[Tile]:
        figures = figures_of(parts, self.scope)
        widest = max((figure.value for figure in figures if figure.value), default=None)
        return [self.tile(one, "", _share(one.value, widest)) for one in figures]

    @cached_property
    def last_year(self) -> int | None:
        """The last year before with DAK, to be offered where this one has none. One query."""
        rows = self.scope.rows(Allocation).dak().filter(fiscal_year__lt=self.scope.year)
        year: int | None = rows.order_by("-fiscal_year").values_list("fiscal_year", flat=True).first()
        return year

    # --- reports and days ---

    @cached_property
    def report_tables(self) -> "list[tuple[Any, list[Quarter]]]":
        """The four quarters of either kind of report, with their squares."""
        kinds = (
            (reports.PROGRESS, ReportKind.PROGRESS, Allocation),
            (reports.OPERATION, ReportKind.OPERATION, Centre),
        )
        return [(one.name, self._quarters(one.parts, kind)) for one, kind, model in kinds if self.may_read(model)]

    def _quarters(self, parts: tuple[Part, ...], kind: ReportKind) -> "list[Quarter]":
        tiles = [self.tile(one) for one in figures_of(parts, self.scope)]
        days, each = reports.due_days(self.scope, kind), len(reports.STATES)
        shades = [shade for _key, _label, shade in reports.STATES]
        return [
            Quarter(
                f"{ROMAN[quarter]} {self.scope.year}",
                days.get(quarter),
                self.scope.day,
                list(zip(tiles[each * (quarter - 1) : each * quarter], shades, strict=True)),
            )
            for quarter in ROMAN
        ]

    @cached_property
    def stages(self) -> "list[Quarter]":
        """The last days for the stages of DAK fisik, and who has not received them. Three queries."""
        rules = RuleSet.objects.in_force(self.scope.year, FISIK)
        if rules is None or not self.may_read(Allocation):
            return []
        in_force = StageDeadline.objects.filter(ruleset=rules, due_at__isnull=False).order_by("is_extension", "due_at")
        days = {one.stage: timezone.localdate(one.due_at) for one in in_force}
        tiles = {one.part.key: self.tile(one) for one in figures_of(dak.WAITING_FOR_STAGE.parts, self.scope)}
        return [
            Quarter(str(stage.label), days[stage], self.scope.day, [(tiles[stage.value.lower()], "f2")])
            for stage in (Stage.I, Stage.II, Stage.III)
            if stage in days
        ]

    @cached_property
    def red_list(self) -> "tuple[Tile, list[tuple[Any, list[Remark]]]] | None":
        """The allocations with what the checks call urgent, the heaviest first."""
        if not self.may_read(Allocation):
            return None
        found = dak.remarks_in(self.scope)
        rows = self.scope.allocations().filter(pk__in=list(found)).select_related("region")
        return self.tile(dak.RED_LIST.figure(self.scope)), sorted(
            ((row, found[row.pk]) for row in rows), key=lambda pair: (pair[1][0].severity, -len(pair[1]), pair[0].code)
        )

    # --- offices ---

    @cached_property
    def offices(self) -> "list[tuple[str, list[Tile | None]]]":
        """Data quality by office: provinces for the country, else regencies. One query for each column."""
        if not self.tells_the_day:
            return []
        column = "province_code" if not self.scope.reach else "regency_code"
        each = [part.by_region(self.scope, column) for part in self.of_offices]
        codes = sorted({code for one in each for code in one})
        names = dict(Region.objects.filter(code__in=codes).values_list("code", "name"))
        return [
            (names[code], [self.tile(one[code], code) if code in one else None for one in each])
            for code in codes
            if code in names
        ]

    @cached_property
    def of_offices(self) -> list[Part]:
        parts = (BY_NAME[name][1] for name in OF_OFFICES)
        return [part for part in parts if self.may_read(part.rows(self.scope).model)]

    @property
    def source(self) -> str:
        return f"{_now('Registri Sentra Batik')}, {self.scope.period}"


@dataclass(frozen=True)
class Province:
    """A province with the registered centres and the published ones."""

    code: str
    name: str
    ours: Tile | None
    theirs: Tile | None
    board: Board

    @property
    def registered(self) -> Decimal | None:
        return self.ours.figure.value if self.ours else None

    @property
    def published(self) -> Decimal | None:
        return self.theirs.figure.value if self.theirs else None

    @property
    def share(self) -> int:
        """The published figure, in thousandths of the greatest."""
        return _share(self.published, max(one.published or 0 for one in self.board.provinces))

    @property
    def percent(self) -> Decimal | None:
        return _rounded(100 * self.published / self.board.published) if self.published else None


@dataclass(frozen=True)
class Quarter:
    """Something with a last day, and how many stand where."""

    label: str
    due_on: date | None
    on: date
    tiles: list[tuple[Tile, str]]

    @property
    def days_left(self) -> int | None:
        return (self.due_on - self.on).days if self.due_on else None

    @property
    def days_late(self) -> int:
        return -(self.days_left or 0)

    @property
    def squares(self) -> list[tuple[int, str]]:
        """One for each report, as (place, shade), up to a hundred; more would be no squares."""
        shades = [shade for tile, shade in self.tiles for _one in range(int(tile.figure.value or 0))]
        return [(14 * place, shade) for place, shade in enumerate(shades)] if len(shades) <= MOST_SQUARES else []

    @property
    def width(self) -> int:
        return 14 * len(self.squares)


MOST_SQUARES = 40


def _rounded(value: Decimal) -> Decimal:
    return Decimal(value).quantize(Decimal("0.1"))


def _amount(value: Decimal | None, what: Any) -> str:
    """A number of the kind that its description speaks of."""
    if value is None:
        return ""
    return rupiah_ringkas(value) if str(_("rupiah")) in str(what) else angka(_rounded(value))


def _share(value: Decimal | None, widest: Any) -> int:
    return int(1000 * value / widest) if value and widest else 0
