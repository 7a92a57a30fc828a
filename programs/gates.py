"""Why the next payment of an allocation may come, or why not: each condition, by how much, on what evidence, by whom.

A gate is reckoned afresh from the rules of the fiscal year (programs/models/ruleset.py) and the rows of the allocation.
Nothing of it is stored. What the rules do not say yet is an open question, never a yes.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from decimal import ROUND_DOWN, Decimal
from enum import StrEnum
from functools import cached_property
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from batik_registry.templatetags.formats import angka, persen, rupiah, tanggal
from programs.choices import (
    STAGE_NUMBERS,
    AmountRule,
    ConditionKind,
    DisbursementMode,
    DocumentKind,
    ShareBasis,
    Stage,
    State,
)
from programs.lifecycle import OTHER_FUND, Deed
from programs.models import (
    Allocation,
    AllocationDocument,
    Residual,
    RuleSet,
    RuleStage,
    StageCondition,
    StageDeadline,
)

HUNDRED = Decimal(100)
AFTER_PAYMENT = (
    *(State.REJECTED, State.BUILT, State.HANDED_OVER, State.OPERATING, State.MONITORED, State.FINALLY_REPORTED),
    State.CLOSED,
)
ORDER: list[Stage] = [stage for stage in Stage if stage != Stage.LUMP_SUM]


class Outcome(StrEnum):
    MET = "met"
    UNMET = "unmet"
    UNKNOWN = "unknown"  # the rule itself is not known yet


@dataclass(frozen=True)
class Finding:
    """One condition and how it stands. `record` is the row that shows it."""

    label: str
    outcome: Outcome
    detail: str
    who: str = ""
    record: Any = None
    #: The day on which it will be met if all goes on as it did lately; None where nothing tells.
    expected_on: date | None = None
    #: The day on which it will be missed at that pace: the last day for the papers.
    missed_on: date | None = None

    @property
    def is_met(self) -> bool:
        return self.outcome == Outcome.MET


@dataclass(frozen=True)
class Gate:
    """The next stage of an allocation: its amount, its last day and its conditions."""

    stage: Stage
    amount: Decimal | None
    reckoning: str
    deadline: StageDeadline | None
    findings: list[Finding] = field(default_factory=list)
    #: The stages that come after this one.
    later: list[Stage] = field(default_factory=list)
    #: The last day of a lump sum, which has no row of its own.
    closes_on: date | None = None

    @property
    def is_open(self) -> bool:
        return all(finding.is_met for finding in self.findings)

    @property
    def missing(self) -> list[Finding]:
        return [finding for finding in self.findings if not finding.is_met]

    @property
    def due_on(self) -> date | None:
        """The last day for the papers; None where it is not known."""
        if self.closes_on:
            return self.closes_on
        return timezone.localtime(self.deadline.due_at).date() if self.deadline and self.deadline.due_at else None


class Look:
    """An allocation at one moment; whoever asks several questions about its gate has it reckoned once."""

    def __init__(self, allocation: Allocation, now: datetime | None = None) -> None:
        self.allocation, self.now = allocation, now or timezone.now()

    @cached_property
    def gate(self) -> Gate | None:
        return next_gate(self.allocation, self.now)


def next_gate(allocation: Allocation, now: datetime | None = None) -> Gate | None:
    """The gate before the next payment, or None when every stage is paid or none will come. About ten queries."""
    if allocation.state in AFTER_PAYMENT or allocation.life is OTHER_FUND:
        return None
    return _Reckoner(allocation, now or timezone.now()).gate()


class _Reckoner:
    """One allocation looked at once: its money, its papers and the rules of its year."""

    def __init__(self, allocation: Allocation, now: datetime) -> None:
        self.allocation = Allocation.objects.with_money().with_progress().get(pk=allocation.pk)
        self.today = timezone.localtime(now).date()
        self.ruleset = RuleSet.objects.in_force(allocation.fiscal_year, allocation.kind)

    # --- what is there ----------------------------------------------------------------------------------------

    @cached_property
    def received(self) -> list[Any]:
        return list(self.allocation.disbursement_set.filter(received_on__isnull=False).order_by("received_on"))

    @cached_property
    def disbursed(self) -> Decimal:
        return Decimal(self.allocation.disbursed or 0)

    @cached_property
    def contracted(self) -> Decimal:
        return Decimal(self.allocation.contracted or 0)

    @cached_property
    def reports(self) -> list[Any]:
        return list(self.allocation.progressreport_set.in_order())

    @cached_property
    def papers(self) -> dict[tuple[str, str], AllocationDocument]:
        """What was handed in, by stage and kind of paper."""
        return {(one.stage, one.document): one for one in self.allocation.allocationdocument_set.all()}

    @cached_property
    def stages(self) -> list[RuleStage]:
        return list(self.ruleset.rulestage_set.all()) if self.ruleset else []

    @property
    def is_lump_sum(self) -> bool:
        """As the allocation says; where it does not, as the ceiling makes it by the rules of the year."""
        if self.allocation.disbursement_mode:
            return bool(self.allocation.disbursement_mode != DisbursementMode.STAGED)
        limit = self.ruleset.lump_sum_ceiling_idr if self.ruleset else None
        return limit is not None and self.allocation.ceiling_idr is not None and self.allocation.ceiling_idr <= limit

    # --- the gate ---------------------------------------------------------------------------------------------

    def gate(self) -> Gate | None:
        stage = self.next_stage()
        if stage is None:
            return None
        if self.ruleset is None:
            told = _("Aturan penyaluran tahun %d belum dicatat; minta staf Kementerian mengisinya")
            unknown = Finding(_("Aturan tahun ini"), Outcome.UNKNOWN, told % self.allocation.fiscal_year)
            return Gate(stage, None, "", None, [unknown])
        rule = self.rule_of(stage)
        amount, reckoning = self.amount(rule)
        deadline = StageDeadline.objects.of(self.ruleset, stage).first()
        conditions = StageCondition.objects.filter(ruleset=self.ruleset, stage=stage)
        findings = [self._dated(self.finding(one, deadline), deadline) for one in conditions]
        questions = [*self.open_questions(rule, amount, reckoning), *self.season(stage)]
        closes_on = self.ruleset.lump_sum_until if stage == Stage.LUMP_SUM else None
        later = self.stages_after(stage)
        return Gate(stage, amount, reckoning, deadline, [*questions, *findings], later, closes_on)

    def next_stage(self) -> Stage | None:
        if self.is_lump_sum:
            whole = self.handed_over if self.by_handover else self.allocation.contracted
            return None if self.received and whole and self.disbursed >= whole else Stage.LUMP_SUM
        done = max((STAGE_NUMBERS[Stage(one.stage)] for one in self.received), default=0)
        known = self.stages_of_the_year()
        return next((stage for stage in known if STAGE_NUMBERS[stage] > done), None)

    def stages_after(self, stage: Stage) -> list[Stage]:
        known = self.stages_of_the_year()
        return known[known.index(stage) + 1 :] if stage in known else []

    def stages_of_the_year(self) -> list[Stage]:
        if self.ruleset is None:
            return ORDER
        stages = {one.stage for one in self.stages}
        return [stage for stage in ORDER if stage in stages]

    def rule_of(self, stage: Stage) -> RuleStage | None:
        of_stage = [one for one in self.stages if one.stage == stage]
        known = [one for one in of_stage if (one.amount_rule == AmountRule.HANDOVER) is self.by_handover]
        # A rule that staff have filled in goes before the note that it was not known.
        return min(known, key=lambda one: one.amount_rule == AmountRule.UNPUBLISHED, default=None)

    @property
    def by_handover(self) -> bool:
        return bool(self.allocation.disbursement_mode == DisbursementMode.LUMP_SUM_RECOMMENDED)

    @cached_property
    def handed_over(self) -> Decimal | None:
        """The value that the handover record names."""
        handover = self.allocation.handover_set.first()
        return handover.bast_value_idr if handover else None

    def open_questions(self, rule: RuleStage | None, amount: Decimal | None, reckoning: str) -> Iterator[Finding]:
        """Without an amount nothing is paid: either the rule is not known, or a figure that it rests on."""
        if rule is None or rule.amount_rule == AmountRule.UNPUBLISHED:
            told = rule.note if rule else _("Aturan tahun ini tidak memuat tahap ini")
            yield Finding(_("Besar penyaluran"), Outcome.UNKNOWN, told, who=_("staf Kementerian"))
        elif not amount:
            told = reckoning if amount is None else _("tidak ada lagi yang dibayarkan menurut kontrak")
            yield Finding(_("Besar penyaluran"), Outcome.UNMET, told, who=_("dinas pelaksana"))

    def season(self, stage: Stage) -> Iterator[Finding]:
        """A lump sum is paid only between two days of the year."""
        first = self.ruleset.lump_sum_from if self.ruleset else None
        last = self.ruleset.lump_sum_until if self.ruleset else None
        if stage != Stage.LUMP_SUM:
            return
        if first and self.today < first:
            yield Finding(_("Masa salur sekaligus"), Outcome.UNMET, _("baru dibuka %s") % tanggal(first))
        if last and self.today > last:
            told = _("sudah ditutup %s") % tanggal(last)
            yield Finding(_("Masa salur sekaligus"), Outcome.UNMET, told, missed_on=last)

    # --- the amount -------------------------------------------------------------------------------------------

    def amount(self, rule: RuleStage | None) -> tuple[Decimal | None, str]:
        """How much the stage brings, in whole rupiah, and how it is reckoned; None where a figure for it is missing."""
        if rule is None or rule.amount_rule == AmountRule.UNPUBLISHED:
            return None, ""
        if rule.amount_rule in (AmountRule.SHARE, AmountRule.SHARE_OR_CONTRACTS):
            return self._share(rule)
        if rule.amount_rule == AmountRule.HANDOVER:
            if self.handed_over is None:
                return None, _("nilai BAST belum tercatat")
            return self._left_of(self.handed_over), _("nilai BAST dikurangi yang sudah disalurkan")
        return self._of_contracts()

    def _of_contracts(self) -> tuple[Decimal | None, str]:
        if self.allocation.contracted is None:
            return None, _("nilai kontrak belum tercatat")
        return self._left_of(self.contracted), _("nilai kontrak dikurangi yang sudah disalurkan")

    def _left_of(self, whole: Decimal) -> Decimal:
        return max(whole - self.disbursed, Decimal(0))

    def _share(self, rule: RuleStage) -> tuple[Decimal | None, str]:
        basis = self.basis(rule.basis)
        if basis is None:
            return None, _("%s belum tercatat") % rule.get_basis_display()
        told = {"share": persen(rule.share_pct), "basis": rule.get_basis_display().lower()}
        if rule.full_above_pct is not None and self.allocation.contracted is None:
            return None, _("nilai kontrak belum tercatat")
        full = rule.full_above_pct is None or self.contracted > basis * rule.full_above_pct / HUNDRED
        if full:
            share = (basis * Decimal(rule.share_pct or 0) / HUNDRED).quantize(Decimal(1), ROUND_DOWN)
            return share, _("%(share)s dari %(basis)s") % told
        return self._of_contracts()

    def basis(self, name: str) -> Decimal | None:
        value = self.allocation.plan_idr if name == ShareBasis.PLAN else self.allocation.ceiling_idr
        return None if value is None else Decimal(value)

    # --- the conditions ---------------------------------------------------------------------------------------

    def finding(self, condition: StageCondition, deadline: StageDeadline | None) -> Finding:
        if condition.kind == ConditionKind.DOCUMENT:
            return self._document(condition, deadline)
        if condition.threshold_pct is None:
            return Finding(str(condition), Outcome.UNKNOWN, condition.note, who=_("staf Kementerian"))
        judge = {
            ConditionKind.ABSORPTION: self._absorption,
            ConditionKind.OUTPUT: self._output,
            ConditionKind.CONTRACTS: self._contracts,
        }
        return judge[ConditionKind(condition.kind)](condition, condition.threshold_pct)

    def _document(self, condition: StageCondition, deadline: StageDeadline | None) -> Finding:
        label = condition.get_document_display()
        record, day = self._shown_by(condition)
        if record is None:
            return Finding(label, Outcome.UNMET, _("belum diterima"), condition.responsible)
        last = timezone.localtime(deadline.due_at).date() if deadline and deadline.due_at else None
        if last and day > last:
            told = _("diterima %(day)s, terlambat %(late)d hari") % {"day": tanggal(day), "late": (day - last).days}
            return Finding(label, Outcome.UNMET, told, condition.responsible, record)
        return Finding(label, Outcome.MET, _("diterima %s") % tanggal(day), condition.responsible, record)

    def _shown_by(self, condition: StageCondition) -> tuple[Any, date]:
        """The row that shows the paper is there, and since when; what the registry itself knows needs no paper."""
        paper = self.papers.get((condition.stage, condition.document))
        if paper:
            return paper, paper.received_on
        if condition.document == DocumentKind.PLAN:
            step = self.allocation.step_set.filter(deed=Deed.APPROVE_PLAN).last()
            return step, timezone.localtime(step.decided_at).date() if step else self.today
        if condition.document == DocumentKind.RESIDUAL:
            same = {"region": self.allocation.region_id, "kind": self.allocation.kind}
            last_year = Allocation.objects.dak().in_fiscal_year(self.allocation.fiscal_year - 1).filter(**same)
            left = Residual.objects.filter(allocation__in=last_year).order_by("reported_on").first()
            return left, left.reported_on if left else self.today
        return None, self.today

    def _absorption(self, condition: StageCondition, threshold: Decimal) -> Finding:
        """Of what was received so far, how much has been paid on."""
        label = _("Penyerapan sedikitnya %s dari dana yang diterima") % persen(threshold)
        if not self.disbursed:
            return Finding(label, Outcome.UNMET, _("belum ada dana yang diterima"), condition.responsible)
        known = [report for report in self.reports if report.absorbed_idr is not None]
        if not known:
            return Finding(label, Outcome.UNMET, _("belum ada laporan penyerapan"), condition.responsible)
        percent = _percent(known[-1].absorbed_idr, self.disbursed)
        needed = self.disbursed * threshold / HUNDRED
        points = [(self.received[0].received_on, Decimal(0)), *((r.ends_on, r.absorbed_idr) for r in known)]
        if percent >= threshold:
            return Finding(label, Outcome.MET, _("kini %s") % persen(percent), condition.responsible, known[-1])
        told = {"now": persen(percent), "short": rupiah(needed - known[-1].absorbed_idr)}
        detail = _("kini %(now)s, kurang %(short)s") % told
        return Finding(label, Outcome.UNMET, detail, condition.responsible, known[-1], _reached_on(points, needed))

    def _output(self, condition: StageCondition, threshold: Decimal) -> Finding:
        label = _("Capaian keluaran sedikitnya %s") % persen(threshold)
        known = [report for report in self.reports if report.output_pct is not None]
        if not known:
            return Finding(label, Outcome.UNMET, _("belum ada laporan capaian keluaran"), condition.responsible)
        percent = known[-1].output_pct
        if percent >= threshold:
            return Finding(label, Outcome.MET, _("kini %s") % persen(percent), condition.responsible, known[-1])
        points = [(report.ends_on, report.output_pct) for report in known]
        told = {"now": persen(percent), "short": angka(threshold - percent)}
        detail = _("kini %(now)s, kurang %(short)s poin") % told
        return Finding(label, Outcome.UNMET, detail, condition.responsible, known[-1], _reached_on(points, threshold))

    def _contracts(self, condition: StageCondition, threshold: Decimal) -> Finding:
        """The contracts as a share of the ceiling."""
        label = _("Nilai kontrak lebih dari %s pagu") % persen(threshold)
        ceiling = self.basis(ShareBasis.CEILING)
        if not ceiling:
            return Finding(label, Outcome.UNMET, _("pagu belum tercatat"), condition.responsible)
        percent = _percent(self.contracted, ceiling)
        outcome = Outcome.MET if self.contracted * HUNDRED > ceiling * threshold else Outcome.UNMET
        last = self.allocation.contract_set.last()
        return Finding(label, outcome, _("kini %s") % persen(percent), condition.responsible, last)

    def _dated(self, finding: Finding, deadline: StageDeadline | None) -> Finding:
        """With the day on which it is missed: the last day of the stage, unless it will be met before."""
        if finding.outcome != Outcome.UNMET or deadline is None or deadline.due_at is None:
            return finding
        last = timezone.localtime(deadline.due_at).date()
        expected = finding.expected_on
        if expected is not None and expected < self.today:  # that day has passed, and it was not met
            expected = None
        if expected is not None and expected <= last:
            return finding
        return replace(finding, expected_on=expected, missed_on=last)


def _percent(part: Decimal, whole: Decimal) -> Decimal:
    return (Decimal(part) * HUNDRED / whole).quantize(Decimal("0.01"), ROUND_DOWN)


def _reached_on(points: list[tuple[date, Decimal]], needed: Decimal) -> date | None:
    """The day on which a line through the last two points reaches what is needed; None where it does not rise."""
    if len(points) < 2:
        return None
    (day_a, a), (day_b, b) = points[-2:]
    if day_b <= day_a or b <= a:
        return None
    days = (needed - b) * (day_b - day_a).days / (b - a)
    return day_b + timedelta(days=int(days.to_integral_value(rounding="ROUND_CEILING"))) if days < 36_500 else None
