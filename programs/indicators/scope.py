"""Which rows an indicator looks at: a region, a year or a day, a commodity, and who asks."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Self

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from batik_registry.templatetags.formats import tanggal
from centres.choices import Commodity, MemberStatus
from centres.models import Centre, Member, Membership, Rule
from centres.models.quarterly import quarter_ends_on
from programs.checks import BEFORE_MONEY
from programs.choices import AllocationKind, State
from programs.models import Allocation, AllocationCentre


@dataclass(frozen=True)
class Scope:
    """Make one with `Scope.of`. Rows are those of today's registry; `day` is what dates and limits are held against."""

    prefix: str
    year: int
    day: date
    commodity: str = Commodity.BATIK  # "" for every commodity
    user: Any = None  # None: the whole registry, for figures that are open to everybody
    with_samples: bool = False
    #: Where one page asks for many figures: what it asked the database once, such as limits; None keeps nothing.
    known: dict[Any, Any] | None = field(default=None, compare=False, repr=False)

    @classmethod
    def of(cls, prefix: str = "", *, year: int | None = None, day: date | None = None, **more: Any) -> Self:
        """A year without a day stands for its last day, or for today while it lasts; a day stands for its year."""
        today = timezone.localdate()
        if day is None:
            day = today if year in (None, today.year) else date(year, 12, 31)
        return cls(prefix, day.year if year is None else year, day, **more)

    # --- rows ---------------------------------------------------------------------------------------------------

    def rows(self, model: Any) -> Any:
        """Rows of the region that the user may see.

        A guest is counted at home: a member from elsewhere who belongs to a centre of the region is visible to its
        office, but counted there the regions would not add up to the country.
        """
        found = model.objects.all() if self.user is None else model.objects.visible_to(self.user)
        for prefix in filter(None, (self.prefix, self.own_prefix)):
            found = found.filter(region_code__startswith=prefix)
        return self.real(found)

    @property
    def own_prefix(self) -> str:
        return (self.user.region_prefix or "") if self.user is not None else ""

    @property
    def reach(self) -> str:
        """The code of the region that the figures stand for: the one asked for, or the user's own within it."""
        return self.own_prefix if self.own_prefix.startswith(self.prefix) else self.prefix

    def real(self, rows: Any) -> Any:
        """For what hangs on a row, too: a sample report may stand under a real centre."""
        return rows.all() if self.with_samples else rows.filter(is_sample=False)

    def centres(self) -> Any:
        """Centres of the commodity that are not closed."""
        return self.centres_ever().not_closed()

    def centres_ever(self) -> Any:
        """Closed ones too: what was built with public money stays built."""
        found = self.rows(Centre)
        return found.filter(commodity=self.commodity) if self.commodity else found

    def members(self) -> Any:
        """Members of the commodity, without double entries. Who belongs to no centre at all counts as a batik maker."""
        found = self.rows(Member).exclude(status=MemberStatus.DUPLICATE)
        if not self.commodity:
            return found
        belongs = Membership.objects.open(self.day).filter(member=OuterRef("pk"))
        ours: Any = Q(Exists(belongs.filter(centre__commodity=self.commodity)))
        return found.filter(ours | ~Exists(belongs) if self.commodity == Commodity.BATIK else ours)

    def allocations(self, *kinds: str) -> Any:
        """DAK of the fiscal year that serves a centre of the commodity; a proposal without ceiling is not money yet."""
        found = self.rows(Allocation).dak().filter(fiscal_year=self.year, kind__in=kinds or AllocationKind.values)
        found = found.exclude(ceiling_idr=None, state__in=BEFORE_MONEY).exclude(state=State.REJECTED)
        if not self.commodity:
            return found
        served = AllocationCentre.objects.filter(allocation=OuterRef("pk"), centre__commodity=self.commodity)
        return found.filter(Exists(served))

    # --- time ---------------------------------------------------------------------------------------------------

    def limit(self, code: str) -> Decimal | None:
        """A limit that staff keep, as it was on the day. One query, once for a page."""
        limit: Decimal | None = self.once((code, self.day), lambda: Rule.objects.number(code, self.day))
        return limit

    def once(self, key: Any, ask: Callable[[], Any]) -> Any:
        """The answer to what many figures of a page ask; it must depend on nothing but the key."""
        if self.known is None:
            return ask()
        if key not in self.known:
            self.known[key] = ask()
        return self.known[key]

    @property
    def ended_quarters(self) -> list[tuple[int, int]]:
        """The last four quarters that ended by the day, the latest first."""
        year = self.day.year
        quarters = [(y, q) for y in (year, year - 1) for q in (4, 3, 2, 1)]
        return [(y, q) for y, q in quarters if quarter_ends_on(y, q) <= self.day][:4]

    @property
    def period(self) -> str:
        told = {"year": self.year, "day": tanggal(self.day)}
        return _("tahun %(year)s, keadaan per %(day)s") % told


def pks(rows: Any) -> Any:
    """The rows as the right side of `__in`."""
    return rows.order_by().values("pk")


def in_quarters(rows: QuerySet, quarters: list[tuple[int, int]]) -> Any:
    """Rows of these quarters."""
    chosen = Q(pk__in=[])
    for year, quarter in quarters:
        chosen |= Q(year=year, quarter=quarter)
    return rows.filter(chosen)
