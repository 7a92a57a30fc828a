"""Rows for the tests of indicators: small ones made by hand, and a whole random registry."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import count, cycle
from random import Random
from typing import Any
from unittest import mock

from batik_registry.models import VerificationStatus, Versioned
from centres import choices
from centres.models import CentreProcedure, CentreService, Rule
from programs import models
from programs.choices import AllocationKind, EventStatus, Purpose, ReportKind, Stage
from programs.models import Event
from tests.factories import centres as make
from tests.factories.events import make_event, make_funding, make_order, make_organisation, make_participation

BILLION = 10**9
VALIDATED = {"verification_status": VerificationStatus.VALIDATED}
KINDS = [kind for kind in choices.CertificateType.values if kind != "INDIKASI_GEOGRAFIS"]
MEMBER_REGIONS = ["33.14", "35.16", "35.71", "35.76"]

_number = count(1)


def make_registered(**values: Any) -> Any:
    return make.make_centre(**VALIDATED | values)


def make_active(day: date, **values: Any) -> Any:
    """A member whose activity was confirmed on the day."""
    return make.make_member(**{"as_of": day} | values)


def make_allocation(centre: Any = None, year: int = 2023, **values: Any) -> models.Allocation:
    """DAK fisik for a centre, by default a new one in Kota Mojokerto."""
    centre = centre or make.make_centre()
    share = values.pop("share_pct", None)
    known = {"title": f"Alokasi contoh {next(_number)}", "fiscal_year": year, "region_id": centre.regency_id}
    if values.get("kind", AllocationKind.PHYSICAL) == AllocationKind.PHYSICAL:
        known["purpose"] = Purpose.BUILDING
    allocation = models.Allocation.objects.create(**known | values)
    serve(allocation, centre, share)
    return allocation


def serve(allocation: Any, centre: Any, share_pct: Any = None) -> None:
    models.AllocationCentre.objects.create(allocation=allocation, centre=centre, share_pct=share_pct)


def make_contract(allocation: Any, value: Any, **values: Any) -> models.Contract:
    return models.Contract.objects.create(allocation=allocation, package_name="Paket", value_idr=value, **values)


def disburse(allocation: Any, amount: Any, day: date, stage: str = Stage.I) -> models.Disbursement:
    return models.Disbursement.objects.create(allocation=allocation, stage=stage, amount_idr=amount, received_on=day)


def make_progress(allocation: Any, quarter: int = 4, **values: Any) -> models.ProgressReport:
    known = {"year": allocation.fiscal_year, "quarter": quarter}
    return models.ProgressReport.objects.create(allocation=allocation, **known | values)


def hand_over(allocation: Any, day: date, **values: Any) -> models.Handover:
    return models.Handover.objects.create(allocation=allocation, bast_number="BAST", bast_on=day, **values)


def fill_calendar() -> None:
    """Progress and operation reports: ten and fifteen days after each quarter."""
    for kind, day in ((ReportKind.PROGRESS, 10), (ReportKind.OPERATION, 15)):
        for quarter, month, later in ((1, 4, 0), (2, 7, 0), (3, 10, 0), (4, 1, 1)):
            models.ReportDue.objects.get_or_create(
                kind=kind, period=quarter, fiscal_year=None, defaults={"month": month, "day": day, "years_later": later}
            )


def set_stage_one_deadline(day: date, **values: Any) -> None:
    """The last day, at 17.00 in Jakarta, for the papers of stage I of that year's DAK fisik."""
    rules, _made = models.RuleSet.objects.get_or_create(
        fiscal_year=day.year, kind=AllocationKind.PHYSICAL, defaults={"legal_basis": "PMK contoh"}
    )
    models.StageDeadline.objects.create(
        ruleset=rules, stage=Stage.I, due_at=datetime(day.year, day.month, day.day, 10, tzinfo=UTC), **values
    )


def set_rule(code: str, value: Any) -> None:
    Rule.objects.filter(code=code).update(value=str(value))


def at(day: date) -> datetime:
    """Noon in Jakarta."""
    return datetime(day.year, day.month, day.day, 5, tzinfo=UTC)


@contextmanager
def database_judges_alone() -> Iterator[None]:
    """Many rows at once: their constraints hold in the database, so asking for each of them before costs only time."""
    with mock.patch.multiple(Versioned, validate_constraints=mock.DEFAULT, validate_unique=mock.DEFAULT):
        yield


# --- a whole registry by chance ---------------------------------------------------------------------------------


class RandomRegistry:
    """Two years of a small registry with every kind of gap: unknown values, missing reports, samples, other goods."""

    YEARS = (2024, 2025)

    def __init__(self, seed: int, user: Any) -> None:
        with database_judges_alone():
            self._make(seed, user)

    def _make(self, seed: int, user: Any) -> None:
        self.chance, self.user = Random(seed), user  # noqa: S311 - a seed makes it repeatable
        fill_calendar()
        for year in self.YEARS:
            set_stage_one_deadline(date(year, 7, 22))
        self.initiator = make_organisation()
        self.centres = [self._centre() for _ in range(9)]
        self.members = [self._member() for _ in range(30)]
        for member, unit in zip(self.members, cycle(choices.CapacityUnit.values), strict=False):
            self._life_of_member(member, unit)
        for centre in self.centres:
            self._life_of(centre)
        for _ in range(9):
            self._allocation()
        for year in self.YEARS * 3:
            self._event(year)

    def maybe(self, value: Any, share: float = 0.75) -> Any:
        return value if self.chance.random() < share else None

    def day(self, year: int) -> date:
        return date(year, 1, 1) + timedelta(self.chance.randrange(365))

    def money(self, most: int = 10) -> int:
        return self.chance.randrange(most * BILLION)

    def _centre(self) -> Any:
        return make.make_centre(
            regency_id=self.chance.choice(MEMBER_REGIONS),
            commodity=self.chance.choice(["BATIK", "BATIK", "BATIK", "TENUN"]),
            verification_status=self.chance.choice(["DRAFT", "VALIDATED", "VALIDATED"]),
            is_pilot=self.chance.random() < 0.6,
            decree_number=self.maybe("SK") or "",
            operational_on=self.maybe(self.day(2023)),
            is_sample=self.chance.random() < 0.15,
        )

    def _member(self) -> Any:
        chance = self.chance
        status = chance.choice(["AKTIF", "AKTIF", "AKTIF", "AKTIF", "TUTUP", "GANDA"])
        dye = chance.choice([("ALAM", 100), ("SINTETIS", 0), ("CAMPURAN", Decimal("33.33")), ("", None)])
        return make.make_member(
            regency_id=chance.choice(MEMBER_REGIONS),
            status=status,
            status_reason="" if status == "AKTIF" else "Contoh",
            as_of=self.maybe(self.day(chance.choice([2024, 2025, 2025])), 0.9),
            owner_sex=chance.choice(["L", "P", ""]),
            nib=f"{next(_number):013d}" if chance.random() < 0.5 else "",
            no_nib_reason=chance.choice(["BELUM_DITANYA", "BELUM_PUNYA"]),
            has_workshop=self.maybe(True),
            techniques={"CAP": 100},
            dye_type=dye[0],
            natural_dye_pct=dye[1],
            waste_handling=chance.choice(["IPAL_SENDIRI", "IPAL_SENTRA", "TIDAK_ADA", ""]),
            product_groups=chance.sample(choices.ProductGroup.values, chance.randrange(4)),
            started_year=self.maybe(chance.choice([2022, 2023, 2024, 2025])),
            is_new_entrepreneur=chance.random() < 0.5,
            is_sample=chance.random() < 0.15,
        )

    def _life_of(self, centre: Any) -> None:
        chance = self.chance
        if chance.random() < 0.8:
            make.make_facility(
                centre=centre,
                funding_source=chance.choice(["DAK_FISIK", "DAK_FISIK", "APBD", ""]),
                funding_year=self.maybe(chance.choice([2022, 2024, 2025])),
                ipal_status=chance.choice(["BERFUNGSI", "TIDAK", "BELUM", ""]),
            )
        if chance.random() < 0.6:
            CentreProcedure.objects.create(centre=centre, kind="SOP", title="SOP layanan")
            CentreService.objects.create(centre=centre, name="Layanan", tariff_idr=self.maybe(10_000))
        self.often = chance.random() < 0.7  # four quarters in a row are needed for a year
        for year in self.YEARS:
            for quarter in (1, 2, 3, 4):
                if self.often or chance.random() < 0.5:
                    self._operation(centre, year, quarter)

    def _operation(self, centre: Any, year: int, quarter: int) -> None:
        chance, sent = self.chance, self.chance.random() < 0.8
        ended = models.progress.quarter_ends_on(year, quarter)
        known = 0.95
        make.make_report(
            centre=centre,
            year=year,
            quarter=quarter,
            open_days=chance.choice([10, 45, 60]),
            ikm_users=self.maybe(chance.randrange(centre.membership_set.open().count() + 1)),
            hours_available=self.maybe(Decimal("480.50")),
            hours_used=self.maybe(Decimal(chance.randrange(480))),
            sales_turnover_idr=self.maybe(self.money(1), known),
            service_income_idr=self.maybe(self.money(1), known),
            operating_cost_idr=self.maybe(self.money(1), known),
            ipal_is_working=self.maybe(True),
            submitted_at=at(ended + timedelta(chance.choice([3, 15, 40]))) if sent else None,
            submitted_by=self.user if sent else None,
            is_sample=chance.random() < 0.1,
        )

    def _life_of_member(self, member: Any, unit: str) -> None:
        chance = self.chance
        if chance.random() < 0.8:
            make.make_membership(member=member, centre=chance.choice(self.centres), starts_on=date(2023, 1, 1))
        for kind in chance.sample(KINDS, 4):
            make.make_certificate(
                member=member,
                kind=kind,
                technique="CAP" if kind == "BATIKMARK" else "",
                number=f"S-{next(_number)}",
                status=chance.choice(["BERLAKU", "BERLAKU", "DIAJUKAN"]),
                expires_on=self.maybe(self.day(2025)),
            )
        for year in self.YEARS:
            for semester in chance.choice([(0,), (0,), (0,), (1, 2), (1, 2), (1,), ()]):
                self._snapshot(member, year, semester, unit)

    def _snapshot(self, member: Any, year: int, semester: int, unit: str) -> None:
        exported = self.maybe(self.chance.choice([0, self.money(1)]))
        make.make_snapshot(
            member=member,
            year=year,
            semester=semester,
            capacity_unit=unit,
            workers_male=self.maybe(self.chance.randrange(9)),
            workers_female=self.maybe(self.chance.randrange(9)),
            production_quantity=self.maybe(Decimal(self.chance.randrange(99999)) / 100, 0.9),
            production_value_idr=self.maybe(self.money(1)),
            revenue_idr=self.maybe(self.money(1)),
            export_idr=exported,
            export_destinations=["JP"] if exported else [],
            export_mode="LANGSUNG" if exported else "",
            is_sample=self.chance.random() < 0.1,
        )

    def _allocation(self) -> None:
        chance, year = self.chance, self.chance.choice(self.YEARS)
        centre = chance.choice(self.centres)
        physical = chance.random() < 0.8
        ceiling = 10 * BILLION + self.money()
        plan = self.maybe(ceiling - chance.randrange(BILLION))
        allocation = make_allocation(
            centre,
            year,
            kind=AllocationKind.PHYSICAL if physical else AllocationKind.NON_PHYSICAL,
            ceiling_idr=ceiling,
            plan_idr=plan,
            facility=centre.centrefacility_set.first() if physical else None,
            share_pct=self.maybe(Decimal("62.50")),
            is_sample=chance.random() < 0.15,
        )
        if plan:
            for part in (3, 4):
                signed = self.maybe(self.day(year), 0.9)
                make_contract(allocation, plan // part, signed_on=signed, is_sample=chance.random() < 0.1)
            disburse(allocation, plan // 4, self.day(year))
        for quarter in (1, 2, 3, 4):
            if chance.random() < 0.7:
                sent = chance.random() < 0.7
                make_progress(
                    allocation,
                    quarter,
                    absorbed_idr=self.maybe(quarter * BILLION + chance.randrange(BILLION)),
                    physical_pct=self.maybe(Decimal(quarter * 20) + Decimal("4.37")),
                    submitted_at=at(models.progress.quarter_ends_on(year, quarter) + timedelta(5)) if sent else None,
                    submitted_by=self.user if sent else None,
                )
        if physical and chance.random() < 0.6:
            hand_over(allocation, self.day(year), manager_decree=self.maybe("SK") or "")

    def _event(self, year: int) -> None:
        chance, starts_on = self.chance, self.day(year)
        region = chance.choice(MEMBER_REGIONS)
        event = make_event(
            starts_on=starts_on,
            ends_on=starts_on + timedelta(4),
            region_id=region,
            initiator=self.initiator,
            kind=chance.choice(["PAMERAN", "PAMERAN", "PELATIHAN"]),
            topic="Contoh",
            centre=self.maybe(next((one for one in self.centres if one.regency_id == region), None), 0.3),
            is_sample=chance.random() < 0.1,
        )
        make_funding(event=event, amount_idr=self.maybe(1 + self.money(1), 0.9))
        for member in chance.sample(self.members, 6):
            self._participation(event, member)
            make_order(member=member, event=event, value_idr=1 + self.money(1), ordered_on=event.ends_on)
        if chance.random() < 0.9:
            Event.objects.filter(pk=event.pk).update(status=EventStatus.CLOSED)

    def _participation(self, event: Any, member: Any) -> None:
        chance = self.chance
        ordered = chance.random() < 0.3
        asked = ordered and chance.random() < 0.9
        make_participation(
            event=event,
            member=member,
            cash_sales_idr=self.maybe(self.money(1)),
            preorder_idr=1 + self.money(1) if ordered else None,
            realised_orders_idr=self.money(1) if asked else None,
            followed_up_on=event.ends_on + timedelta(90) if asked else None,
            is_sample=chance.random() < 0.1,
        )
