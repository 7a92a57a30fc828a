"""What is due next for an allocation: the papers of a stage, a contract's end, a report. Nearest first."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from centres.models.quarterly import ROMAN
from programs.choices import ReportKind, State
from programs.gates import Gate
from programs.lifecycle import AT_WORK
from programs.models import Allocation, ReportDue


@dataclass(frozen=True)
class Deadline:
    """Something that is due on a day; `who` must see to it."""

    label: str
    due_on: date
    who: str
    record: Any = None

    def days_left(self, on: date) -> int:
        """Below zero when it has passed."""
        return (self.due_on - on).days


def upcoming(allocation: Allocation, gate: Gate | None, on: date | None = None) -> list[Deadline]:
    """What is still due, nearest first; `gate` is the next one of the allocation. About six queries."""
    day = on or timezone.localdate()
    found = [*_of_gate(allocation, gate), *_of_contracts(allocation), *_of_reports(allocation)]
    return sorted((one for one in found if one.due_on >= day), key=lambda one: one.due_on)


def _of_gate(allocation: Allocation, gate: Gate | None) -> Iterator[Deadline]:
    if gate and gate.due_on and gate.missing and allocation.state != State.NOT_DISBURSED:
        who = ", ".join(dict.fromkeys(finding.who for finding in gate.missing if finding.who))
        yield Deadline(_("Syarat %s lengkap") % gate.stage.label, gate.due_on, who, gate.deadline)


def _of_contracts(allocation: Allocation) -> Iterator[Deadline]:
    for contract in allocation.contract_set.filter(ends_on__isnull=False):
        yield Deadline(_("Kontrak %s berakhir") % contract.package_name, contract.ends_on, contract.vendor, contract)


def _of_reports(allocation: Allocation) -> Iterator[Deadline]:
    """The progress reports of the fiscal year that are not there yet, while work goes on."""
    if allocation.state not in AT_WORK:
        return
    year = allocation.fiscal_year
    there = set(allocation.progressreport_set.filter(year=year).values_list("quarter", flat=True))
    office = allocation.office.short_name if allocation.office else _("dinas pelaksana")
    for quarter, due in ReportDue.objects.days_of(ReportKind.PROGRESS, year).items():
        if quarter not in there:
            yield Deadline(_("Laporan triwulan %s") % ROMAN[quarter], due, office)
