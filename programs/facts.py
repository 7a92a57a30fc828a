"""What the checks know of an allocation on a day; what many allocations have in common is asked once for all."""

from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.db.models import Prefetch, QuerySet

from centres.models import Centre, Rule
from programs.lifecycle import Deed
from programs.models import Allocation, Handover, ProgressReport
from programs.owed import Owed, progress_owed


class Shared:
    """What the checks of many allocations ask once: the rows below them, the limits, the reports that are owed."""

    def __init__(self, allocations: QuerySet[Allocation], on: date) -> None:
        self.on, self.limits = on, dict[str, Decimal | None]()
        self.allocations: Any = allocations

    def facts(self) -> "list[Facts]":
        rows = self.allocations.with_money().with_progress().with_watch()
        below = ("activity_set", "contract_set", "disbursement_set", "step_set", "progressreport_set")
        return [
            Facts(row, self)
            for row in rows.prefetch_related(*below, Prefetch("handover_set", Handover.objects.with_use()))
        ]

    def limit(self, code: str) -> Decimal | None:
        if code not in self.limits:
            self.limits[code] = Rule.objects.number(code, self.on)
        return self.limits[code]

    @cached_property
    def owed(self) -> dict[Any, list[Owed]]:
        found: dict[Any, list[Owed]] = {}
        for one in progress_owed(self.allocations, self.on):
            found.setdefault(one.record.pk, []).append(one)
        return found


class Facts:
    """The allocation with its money, on a day."""

    def __init__(self, allocation: Any, shared: Shared) -> None:
        self.allocation, self.shared, self.on = allocation, shared, shared.on

    @property
    def unpaid_parts(self) -> list[Any]:
        """Payments that came without the deed that checks their conditions."""
        paid = {step.stage for step in self.allocation.step_set.all() if step.deed == Deed.DISBURSE}
        since = self.allocation.watched_since
        received = (one for one in self.allocation.disbursement_set.all() if one.received_on)
        return [payment for payment in received if payment.received_on >= since and payment.stage not in paid]

    @cached_property
    def reports(self) -> list[ProgressReport]:
        return sorted(self.allocation.progressreport_set.all(), key=lambda report: (report.year, report.quarter))

    @cached_property
    def handover(self) -> Handover | None:
        return next(iter(self.allocation.handover_set.all()), None)

    @cached_property
    def centres(self) -> list[Any]:
        return list(Centre.objects.filter(pk__in=self.allocation.centre_links.values("centre")).with_member_count())

    def limit(self, code: str) -> Decimal | None:
        return self.shared.limit(code)
