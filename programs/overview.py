"""An allocation at a glance: where it stands, its money, what the checks say, what is due, what can be done next."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from centres.models import Attachment
from programs.actions.allocations import open_moves
from programs.checks import Remark, remarks
from programs.conditions import missing_for
from programs.deadlines import Deadline, upcoming
from programs.gates import Gate, Look
from programs.lifecycle import Move
from programs.models import Allocation, Step
from programs.models.handover import UseStatus


@dataclass(frozen=True)
class Amount:
    """One sum of money in the bar; `width` is its share of the widest, in thousandths."""

    label: str
    amount: Decimal | None
    shade: str
    width: int
    percent: Decimal | None


@dataclass(frozen=True)
class Choice:
    """A deed that is open to the user, and what still stands in its way."""

    move: Move
    missing: list[str]


class Overview:
    """Reckoned when asked; the page asks for each part once."""

    def __init__(self, allocation: Allocation, user: Any, now: datetime | None = None) -> None:
        self.user, self.now = user, now or timezone.now()
        self.today: date = timezone.localtime(self.now).date()
        self.allocation: Any = Allocation.objects.with_money().with_progress().get(pk=allocation.pk)
        self.look = Look(self.allocation, self.now)

    @property
    def gate(self) -> Gate | None:
        return self.look.gate

    @cached_property
    def amounts(self) -> list[Amount]:
        """From the ceiling to what was absorbed: every kind of its own, never added up."""
        one = self.allocation
        known = [
            (_("Pagu"), one.ceiling_idr, "f0"),
            (_("Rencana kegiatan (RK)"), one.plan_idr, "f3"),
            (_("Kontrak"), one.contracted, "f2"),
            (_("Disalurkan"), one.disbursed, "f4"),
            (_("Diserap"), one.absorbed, "f1"),
        ]
        widest = max((amount for _label, amount, _shade in known if amount), default=None)
        return [Amount(label, amount, shade, *_share(amount, widest)) for label, amount, shade in known]

    @cached_property
    def is_known(self) -> bool:
        return any(amount.amount for amount in self.amounts)

    @cached_property
    def remarks(self) -> list[tuple[Remark, str]]:
        """What the checks say, each with the address of the row that it is about."""
        return [(remark, _page_of(remark.record)) for remark in remarks(self.allocation, self.today)]

    @cached_property
    def deadlines(self) -> list[tuple[Deadline, int]]:
        """What is due, with the days that are left."""
        return [(one, one.days_left(self.today)) for one in upcoming(self.allocation, self.gate, self.today)]

    @cached_property
    def overdue(self) -> int | None:
        """Days since the last day of the next stage, where its papers are late; None where they are not."""
        late = self.gate and self.gate.due_on and self.gate.missing and self.gate.due_on < self.today
        return (self.today - self.gate.due_on).days if self.gate and self.gate.due_on and late else None

    @cached_property
    def choices(self) -> list[Choice]:
        moves = open_moves(look=self.look, by=self.user)
        by_deed = {move.deed: move for move in reversed(moves)}  # one button for each deed
        return [Choice(move, missing_for(move, self.look)) for move in reversed(by_deed.values())]

    @cached_property
    def steps(self) -> list[Step]:
        return list(self.allocation.step_set.select_related("decided_by").order_by("decided_at", "id"))

    @cached_property
    def activities(self) -> list[Any]:
        """The lines of the plan, each with its contracts. Two queries."""
        return list(self.allocation.activity_set.prefetch_related("contract_set"))

    @cached_property
    def unplanned(self) -> list[Any]:
        """Contracts that name no line of the plan."""
        return list(self.allocation.contract_set.filter(activity=None))

    @cached_property
    def payments(self) -> list[Any]:
        return list(self.allocation.disbursement_set.order_by("received_on", "id"))

    @cached_property
    def reports(self) -> list[tuple[Any, list[Any]]]:
        """The reports in order, each with its photos."""
        found = list(self.allocation.progressreport_set.in_order().prefetch_related("problems"))
        return [(report, list(Attachment.objects.about(report).photos())) for report in found]

    @cached_property
    def use(self) -> str:
        """What the dates say of the building, in words; "" while nothing was handed over."""
        handover = self.allocation.handover_set.with_use().first()
        status = handover.use_status(self.today) if handover else ""
        return str(UseStatus(status).label) if status else ""


def _page_of(record: Any) -> str:
    """The record's page at the desk; a photo is opened itself."""
    if isinstance(record, Attachment):
        return reverse("centres:attachment", args=[record.pk])
    return reverse(f"admin:{record._meta.app_label}_{record._meta.model_name}_change", args=[record.pk])


def _share(amount: Decimal | None, widest: Decimal | None) -> tuple[int, Decimal | None]:
    if not amount or not widest:
        return 0, None
    return int(1000 * amount / widest), (100 * amount / widest).quantize(Decimal("0.1"))
