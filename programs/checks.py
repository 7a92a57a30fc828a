"""The automatic checks of an allocation: what the ministry would ask about, each with its weight and its row.

They read, they change nothing, and they stay silent where a figure is not known. Limits are rows of `centres.Rule`.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from batik_registry.templatetags.formats import angka, persen, rupiah, tanggal
from centres.choices import Commodity, FacilityType, IpalStatus, RuleCode
from centres.models import Attachment, CentreFacility, OperationReport
from centres.models.place import kilometres
from centres.models.quarterly import ROMAN, quarter_ends_on, quarter_starts_on
from programs.choices import AllocationKind, AllocationSource, AmountKind, Severity, State
from programs.facts import Facts, Shared
from programs.models import Allocation, ExternalAmount
from programs.models.handover import UseStatus

HUNDRED = Decimal(100)
BEFORE_MONEY = (State.DRAFT, State.PROPOSED, State.VERIFIED, State.ASSESSED, State.HARMONISED, State.FINALLY_ASSESSED)
WITHOUT_CONTRACT = (State.ALLOCATED, State.PLANNING, State.PLAN_APPROVED, State.PROCURING)
#: The weights that call for somebody at once.
CALLING = (Severity.BLOCK, Severity.RED)


@dataclass(frozen=True)
class Remark:
    """One finding. `record` is the row that it is about."""

    code: str
    severity: Severity
    sentence: str
    record: Any


Check = Callable[[Facts], Iterator[Remark]]


def remarks(allocation: Allocation, on: date | None = None) -> list[Remark]:
    """Everything that the checks have to say today, the heaviest first. About thirty small queries."""
    day = on or timezone.localdate()
    shared = Shared(Allocation.objects.filter(pk=allocation.pk), day)
    return _found(CHECKS, shared.facts()[0])


def urgent(allocations: QuerySet[Allocation], on: date) -> dict[Any, list[Remark]]:
    """What calls for somebody at once (red, or blocking), by the key of the allocation; nothing for the others.

    About fifteen queries, and two more for each building that was handed over. What is wrong with single photos stays
    with the page of the allocation.
    """
    found = {facts.allocation.pk: _found(URGENT, facts) for facts in Shared(allocations, on).facts()}
    return {key: told for key, each in found.items() if (told := [one for one in each if one.severity in CALLING])}


def _found(checks: tuple[Check, ...], facts: Facts) -> list[Remark]:
    weights = list(Severity)
    return sorted((remark for check in checks for remark in check(facts)), key=lambda one: weights.index(one.severity))


def plan_adds_up(facts: Facts) -> Iterator[Remark]:
    allocation = facts.allocation
    amounts = [one.amount_idr for one in allocation.activity_set.all() if one.amount_idr is not None]
    total = sum(amounts)
    if not amounts or allocation.plan_idr is None or total == allocation.plan_idr:
        return
    told = {"total": rupiah(total), "plan": rupiah(allocation.plan_idr)}
    yield Remark(
        "RK", Severity.BLOCK, _("Jumlah rincian kegiatan %(total)s tidak sama dengan RK %(plan)s") % told, allocation
    )


def ceiling_is_plausible(facts: Facts) -> Iterator[Remark]:
    ceiling, least, most = (
        facts.allocation.ceiling_idr,
        facts.limit(RuleCode.CEILING_MINIMUM),
        facts.limit(RuleCode.CEILING_MAXIMUM),
    )
    if ceiling is None or least is None or most is None or least <= ceiling <= most:
        return
    yield Remark(
        "PAGU",
        Severity.WARN,
        _("Pagu %s di luar kisaran yang wajar; periksa jumlah nolnya") % rupiah(ceiling),
        facts.allocation,
    )


def contracts_fall_short(facts: Facts) -> Iterator[Remark]:
    allocation = facts.allocation
    if allocation.contracted is None or allocation.plan_idr is None or allocation.contracted >= allocation.plan_idr:
        return
    gap = rupiah(allocation.plan_idr - allocation.contracted)
    yield Remark("KONTRAK_RK", Severity.WARN, _("RK yang belum dikontrakkan: %s") % gap, allocation)


def money_lags_behind_work(facts: Facts) -> Iterator[Remark]:
    """Physical progress and absorption, as shares of the contracts, more than so many points apart."""
    allocation, limit = facts.allocation, facts.limit(RuleCode.GAP_POINTS)
    if limit is None or allocation.physical is None or allocation.absorbed is None or not allocation.contracted:
        return
    spent = (allocation.absorbed * HUNDRED / allocation.contracted).quantize(Decimal("0.01"))
    gap = allocation.physical - spent
    if abs(gap) <= limit:
        return
    told = {"gap": angka(abs(gap)), "physical": persen(allocation.physical), "spent": persen(spent)}
    sentence = _("Fisik %(physical)s dan penyerapan %(spent)s dari kontrak berselisih %(gap)s poin")
    yield Remark("FISIK_UANG", Severity.RED, sentence % told, facts.reports[-1])


def absorbed_more_than_received(facts: Facts) -> Iterator[Remark]:
    allocation = facts.allocation
    is_known = allocation.absorbed is not None and allocation.disbursed is not None
    if (
        not is_known
        or allocation.source_of_funds != AllocationSource.DAK
        or allocation.absorbed <= allocation.disbursed
    ):
        return
    told = {"absorbed": rupiah(allocation.absorbed), "disbursed": rupiah(allocation.disbursed)}
    sentence = _("Penyerapan %(absorbed)s melebihi dana yang diterima %(disbursed)s; apakah ditalangi APBD?")
    yield Remark("TALANGAN", Severity.WARN, sentence % told, facts.reports[-1])


def paid_without_a_deed(facts: Facts) -> Iterator[Remark]:
    if facts.allocation.source_of_funds != AllocationSource.DAK:
        return
    for payment in facts.unpaid_parts:
        sentence = _("%s tercatat diterima tanpa langkah “Catat penyaluran”; syaratnya belum diperiksa")
        yield Remark("TANPA_LANGKAH", Severity.RED, sentence % payment.get_stage_display(), payment)


def contract_is_late(facts: Facts) -> Iterator[Remark]:
    allocation, month = facts.allocation, facts.limit(RuleCode.CONTRACT_BY_MONTH)
    physical = allocation.kind == AllocationKind.PHYSICAL and allocation.state in WITHOUT_CONTRACT
    if not physical or month is None or not 1 <= month <= 12:
        return
    due = date(allocation.fiscal_year, int(month), 1)
    if not allocation.watched_since <= due <= facts.on:
        return
    if not any(contract.signed_on for contract in allocation.contract_set.all()):
        sentence = _("Belum ada kontrak, padahal seharusnya ada sebelum %s") % tanggal(due)
        yield Remark("TANPA_KONTRAK", Severity.RED, sentence, allocation)


def report_is_late(facts: Facts) -> Iterator[Remark]:
    for one in facts.shared.owed.get(facts.allocation.pk, ()):
        if one.due_on < facts.on:
            told = {"quarter": ROMAN[one.quarter], "due": tanggal(one.due_on), "days": (facts.on - one.due_on).days}
            sentence = _("Laporan triwulan %(quarter)s belum ada; tenggatnya %(due)s, terlambat %(days)d hari")
            yield Remark("LAPORAN_TERLAMBAT", Severity.RED, sentence % told, facts.allocation)


def nothing_moves(facts: Facts) -> Iterator[Remark]:
    """Neither money nor work moved in the last two quarters, and it is not finished."""
    if len(facts.reports) < 3:
        return
    a, b, c = facts.reports[-3:]
    same = (a.absorbed_idr, a.physical_pct) == (b.absorbed_idr, b.physical_pct) == (c.absorbed_idr, c.physical_pct)
    if same and c.absorbed_idr is not None and c.physical_pct is not None and c.physical_pct < HUNDRED:
        sentence = _("Penyerapan dan fisik tidak berubah selama dua triwulan terakhir")
        yield Remark("TIDAK_BERGERAK", Severity.RED, sentence, c)


def photos_are_of_the_place_and_time(facts: Facts) -> Iterator[Remark]:
    limit = facts.limit(RuleCode.PHOTO_METRES)
    place = _place_of(facts)
    for report in facts.reports:
        starts, ends = quarter_starts_on(report.year, report.quarter), quarter_ends_on(report.year, report.quarter)
        for photo in Attachment.objects.about(report).photos():
            yield from _photo_reused(photo)
            if photo.taken_at and not starts <= timezone.localtime(photo.taken_at).date() <= ends:
                told = {"day": tanggal(photo.taken_at), "period": report.period}
                sentence = _("Foto diambil pada %(day)s, di luar %(period)s")
                yield Remark("FOTO_MASA", Severity.WARN, sentence % told, photo)
            if place and limit is not None and photo.latitude is not None:
                metres = round(1000 * kilometres(place, (photo.latitude, photo.longitude)))
                if metres > limit:
                    sentence = _("Foto diambil %s meter dari bangunan") % angka(metres)
                    yield Remark("FOTO_TEMPAT", Severity.WARN, sentence, photo)


def _photo_reused(photo: Attachment) -> Iterator[Remark]:
    if Attachment.objects.filter(sha256=photo.sha256).exclude(object_id=photo.object_id).exists():
        yield Remark("FOTO_GANDA", Severity.BLOCK, _("Foto yang sama dipakai pada data lain"), photo)


def _place_of(facts: Facts) -> tuple[Any, Any] | None:
    """Where the building stands, as far as somebody said."""
    known = [facts.allocation.facility, *facts.centres]
    return next(((one.latitude, one.longitude) for one in known if one and one.latitude is not None), None)


def waste_water_is_treated(facts: Facts) -> Iterator[Remark]:
    """The ministry looks for waste and clean water works that fit what is made there."""
    if facts.allocation.kind != AllocationKind.PHYSICAL or facts.allocation.state in BEFORE_MONEY:
        return
    for centre in (one for one in facts.centres if one.commodity == Commodity.BATIK):
        works = CentreFacility.objects.filter(centre=centre)
        if not (
            works.filter(facility_type=FacilityType.IPAL).exists()
            or works.filter(ipal_status=IpalStatus.WORKING).exists()
        ):
            sentence = _("%s belum mencatat IPAL; cocokkan mesin dan IPAL dengan alur prosesnya") % centre
            yield Remark("IPAL", Severity.WARN, sentence, centre)


def building_stands_idle(facts: Facts) -> Iterator[Remark]:
    handover = facts.handover
    status = handover.use_status(facts.on) if handover else ""
    if handover is None or status in ("", UseStatus.IN_USE, UseStatus.NEW):
        return
    told = {"days": angka(handover.idle_days(facts.on)), "status": str(UseStatus(status).label).lower()}
    sentence = _("Gedung %(status)s: sudah %(days)s hari tanpa laporan operasional")
    severity = Severity.RED if status == UseStatus.UNUSED else Severity.BLOCK
    yield Remark(status, severity, sentence % told, handover)


def few_members_use_it(facts: Facts) -> Iterator[Remark]:
    limit = facts.limit(RuleCode.USERS_PCT)
    for centre in facts.centres if limit is not None and facts.handover else ():
        members = max(centre.member_count, centre.member_count_declared or 0)
        last = list(OperationReport.objects.filter(centre=centre, ikm_users__isnull=False)[:2])
        if members and len(last) == 2 and all(one.ikm_users * HUNDRED < members * (limit or 0) for one in last):
            told = {"users": angka(last[0].ikm_users), "members": angka(members), "centre": centre}
            sentence = _(
                "%(centre)s: hanya %(users)s dari %(members)s IKM memakai fasilitas, dua triwulan berturut-turut"
            )
            yield Remark("KURANG_AKTIF", Severity.WARN, sentence % told, last[0])


def other_systems_agree(facts: Facts) -> Iterator[Remark]:
    limit = facts.limit(RuleCode.EXTERNAL_PCT)
    if limit is None:
        return
    allocation = facts.allocation
    ours = {
        AmountKind.CEILING: allocation.ceiling_idr,
        AmountKind.PLAN: allocation.plan_idr,
        AmountKind.CONTRACTED: allocation.contracted,
        AmountKind.DISBURSED: allocation.disbursed,
        AmountKind.ABSORBED: allocation.absorbed,
    }
    latest = ExternalAmount.objects.filter(allocation=allocation).order_by("system", "kind", "-stated_on")
    for theirs in latest.distinct("system", "kind"):
        our = ours.get(AmountKind(theirs.kind))
        if our is not None and abs(our - theirs.amount_idr) * HUNDRED > limit * max(our, theirs.amount_idr):
            told = {"kind": theirs.get_kind_display(), "ours": rupiah(our), "theirs": rupiah(theirs.amount_idr)}
            told["system"] = theirs.get_system_display()
            sentence = _("%(kind)s di registri %(ours)s, di %(system)s %(theirs)s")
            yield Remark("SISTEM_LAIN", Severity.WARN, sentence % told, theirs)


CHECKS: tuple[Check, ...] = (
    plan_adds_up,
    ceiling_is_plausible,
    contracts_fall_short,
    money_lags_behind_work,
    absorbed_more_than_received,
    paid_without_a_deed,
    contract_is_late,
    report_is_late,
    nothing_moves,
    photos_are_of_the_place_and_time,
    waste_water_is_treated,
    building_stands_idle,
    few_members_use_it,
    other_systems_agree,
)
URGENT = (
    plan_adds_up,
    money_lags_behind_work,
    paid_without_a_deed,
    contract_is_late,
    report_is_late,
    nothing_moves,
    building_stands_idle,
)
