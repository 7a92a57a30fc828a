"""What is signed about an allocation: the report of a quarter, and the handover of what was built."""

from typing import Any

from django.db.models import Sum
from django.utils.text import capfirst
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from batik_registry.templatetags.formats import dengan_kata, persen, rupiah, tanggal
from batik_registry.words import written
from documents import kinds
from documents.decisions import Decision, capacity_of
from documents.papers import Facts, Paper, Section, facts_of, latest
from programs.models import Allocation, Handover, ProgressReport

ALLOCATION = ("code", "title", "source_of_funds", "kind", "fiscal_year", "purpose", "region", "office", "legal_basis")
FIGURES = (
    *("absorbed_idr", "planned_pct", "physical_pct", "output_pct", "output_quantity"),
    *("workers_male", "workers_female", "is_reviewed"),
)
BAST = ("bast_number", "bast_on", "bast_value_idr", "final_bast_number", "final_bast_on")
AFTER = ("asset_code", "asset_recorded_on", "manager_decree", "manager_decree_on", "operational_on")


def progress_report(report: ProgressReport) -> Paper:
    allocation, problems = report.allocation, list(report.problems.order_by("code", "pk"))
    earlier = allocation.progressreport_set.up_to(report.year, report.quarter).exclude(pk=report.pk)
    before = earlier.order_by("-year", "-quarter").first()
    known = [one for one in (before,) if one]
    return Paper(
        title=_now("Laporan triwulanan alokasi"),
        subject=_now("%(period)s – %(title)s") % {"period": report.period, "title": allocation.title},
        number=allocation.code,
        place=allocation.region.full_name,
        as_of=latest(report, allocation, *problems, *known, *_payments(report)),
        is_sample=report.is_sample or allocation.is_sample,
        sections=[
            Section(_now("Alokasi"), [*facts_of(allocation, ALLOCATION), _centres(allocation)]),
            Section(_now("Uang sampai akhir triwulan"), _money(report)),
            _figures(report, before),
            _problems(problems),
            Section(_now("Tindak lanjut"), text=report.follow_up or _now("Tidak ada yang dilaporkan.")),
        ],
        signers=[
            (_now("Kepala dinas pelaksana"), str(allocation.office or allocation.region.full_name)),
            (_now("Yang menyusun laporan"), str(allocation.office or allocation.region.full_name)),
        ],
    )


def handover(record: Handover) -> Paper:
    allocation = record.allocation
    contracts = list(allocation.contract_set.order_by("signed_on", "pk"))
    return Paper(
        title=_now("Catatan serah terima hasil pekerjaan"),
        subject=allocation.title,
        number=allocation.code,
        place=allocation.region.full_name,
        as_of=latest(record, allocation, *contracts),
        is_sample=record.is_sample or allocation.is_sample,
        sections=[
            Section(_now("Alokasi"), [*facts_of(allocation, ALLOCATION), _centres(allocation)]),
            _contracts(contracts),
            Section(_now("Berita acara serah terima"), [*facts_of(record, BAST), _in_words(record.bast_value_idr)]),
            Section(_now("Pencatatan aset dan pengelolaan"), facts_of(record, AFTER)),
        ],
        signers=[
            (_now("Yang menyerahkan"), str(allocation.office or allocation.region.full_name)),
            (_now("Yang menerima"), _now("Pengelola sentra")),
        ],
    )


def _centres(allocation: Allocation) -> tuple[str, str]:
    links = allocation.centre_links.select_related("centre").order_by("centre__name")
    return _now("Sentra yang dilayani"), ", ".join(str(link.centre) for link in links)


def _payments(report: ProgressReport) -> list[Any]:
    return list(report.allocation.disbursement_set.filter(received_on__lte=report.ends_on))


def _money(report: ProgressReport) -> Facts:
    """Sums of different kinds stand apart; a share of the ceiling is told where both are known."""
    ceiling = report.allocation.ceiling_idr
    contracts = report.allocation.contract_set.filter(signed_on__lte=report.ends_on)
    received = sum(payment.amount_idr for payment in _payments(report)) or None
    found = [
        (_now("Pagu alokasi"), ceiling),
        (_now("Nilai RK"), report.allocation.plan_idr),
        (_now("Kontrak yang ditandatangani"), contracts.aggregate(total=Sum("value_idr"))["total"]),
        (_now("Disalurkan ke RKUD"), received),
        (_now("Diserap menurut laporan ini"), report.absorbed_idr),
    ]
    told = [(label, _of_ceiling(amount, ceiling)) for label, amount in found]
    return [*told, _in_words(report.absorbed_idr)]


def _of_ceiling(amount: Any, ceiling: Any) -> str:
    if amount is None or not ceiling or amount == ceiling:
        return rupiah(amount)
    return _now("%(amount)s (%(share)s dari pagu)") % {
        "amount": rupiah(amount),
        "share": persen(round(100 * amount / ceiling, 2)),
    }


def _in_words(amount: Any) -> tuple[str, str]:
    return _now("Terbilang"), dengan_kata(amount)


def _figures(report: ProgressReport, before: ProgressReport | None) -> Section:
    """The figures of the quarter, beside those of the last report before it."""
    shown = [one for one in (before, report) if one]
    columns = [report._meta.get_field(name) for name in FIGURES]
    rows = [
        [capfirst(str(column.verbose_name)), *(written(column, getattr(one, column.name)) for one in shown)]
        for column in columns
    ]
    return Section(
        _now("Capaian"), headings=[_now("Uraian"), *(one.period for one in shown)], rows=rows, figures=[1, 2]
    )


def _problems(problems: list[Any]) -> Section:
    rows = [
        [problem.get_code_display(), problem.description, problem.follow_up, tanggal(problem.due_on)]
        for problem in problems
    ]
    headings = [_now("Masalah"), _now("Uraian"), _now("Tindak lanjut"), _now("Paling lambat")]
    return Section(_now("Masalah"), headings=headings, rows=rows)


def _contracts(contracts: list[Any]) -> Section:
    names = ("package_name", "number", "signed_on", "value_idr")
    rows = [[words for _label, words in facts_of(contract, names)] for contract in contracts]
    headings = [_now("Paket"), _now("Nomor kontrak"), _now("Ditandatangani"), _now("Nilai (rupiah)")]
    return Section(_now("Kontrak"), headings=headings, rows=rows, figures=[3])


def _steps(record: Any) -> list[Decision]:
    """The steps that the allocation has taken."""
    steps = record.allocation.step_set.select_related("decided_by__office").order_by("decided_at", "pk")
    return [Decision(step.decided_at, str(step.get_deed_display()), capacity_of(step.decided_by)) for step in steps]


def register() -> None:
    kinds.register(
        kinds.Kind("laporan-triwulan", _("Laporan triwulanan alokasi"), ProgressReport, progress_report, _steps)
    )
    kinds.register(kinds.Kind("serah-terima", _("Catatan serah terima"), Handover, handover, _steps))
