"""What must be true before a deed on an allocation, and what is missing, in sentences that say what to do."""

from collections.abc import Callable

from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from batik_registry.templatetags.formats import rupiah, tanggal
from centres.choices import ProcedureKind, RuleCode
from centres.models import Centre, CentreProcedure, Rule
from programs.choices import DocumentKind
from programs.gates import Look
from programs.lifecycle import Condition, Move
from programs.models import Event

READINESS = (DocumentKind.TOR, DocumentKind.RAB, DocumentKind.DED, DocumentKind.LAND)


def missing_for(move: Move, look: Look) -> list[str]:
    """What still stands in the way of this deed; empty where nothing does."""
    return [sentence for condition in move.conditions for sentence in ANSWERS[condition](look)]


def _cluster(look: Look) -> list[str]:
    """Money is asked for a centre with enough members, declared or counted."""
    centres = Centre.objects.filter(pk__in=look.allocation.centre_links.values("centre")).with_member_count()
    if not centres:
        return [_("Pilih sentra yang akan dilayani")]
    minimum = Rule.objects.number(RuleCode.CLUSTER_MINIMUM)
    told = _("%(centre)s beranggota %(count)d IKM; usulan memerlukan sedikitnya %(minimum)d")
    return [
        told % {"centre": centre, "count": most, "minimum": minimum}
        for centre in centres
        if minimum is not None and (most := max(centre.member_count, centre.member_count_declared or 0)) < minimum
    ]


def _ready(look: Look) -> list[str]:
    received = set(look.allocation.allocationdocument_set.filter(stage="").values_list("document", flat=True))
    return [_("Berkas usulan belum ada: %s") % one.label for one in READINESS if one not in received]


def _ceiling(look: Look) -> list[str]:
    found = [] if look.allocation.ceiling_idr else [_("Isi pagu alokasi")]
    return found if look.allocation.legal_basis else [*found, _("Isi dasar hukum alokasi")]


def _planned(look: Look) -> list[str]:
    """The plan is whole when its lines add up to it; that it fits the ceiling is a rule of the record itself."""
    if look.allocation.plan_idr is None:
        return [_("Isi nilai RK")]
    total = look.allocation.activity_set.aggregate(total=Sum("amount_idr"))["total"] or 0
    told = {"total": rupiah(total), "plan": rupiah(look.allocation.plan_idr)}
    return (
        []
        if total == look.allocation.plan_idr
        else [_("Jumlah rincian %(total)s belum sama dengan RK %(plan)s") % told]
    )


def _signed(look: Look) -> list[str]:
    running = look.allocation.contract_set.filter(terminated_on=None)
    signed = running.filter(signed_on__isnull=False, value_idr__isnull=False).exclude(number="")
    return [] if signed.exists() else [_("Catat sedikitnya satu kontrak dengan nomor, tanggal, dan nilainya")]


def _gate(look: Look) -> list[str]:
    gate = look.gate
    if gate is None:
        return [_("Semua tahap sudah disalurkan")]
    return [f"{finding.label}: {finding.detail}" for finding in gate.missing]


def _deadline_passed(look: Look) -> list[str]:
    gate = look.gate
    if gate is None or gate.due_on is None:
        return [_("Batas waktu tahap berikutnya belum tercatat dalam aturan tahun itu")]
    has_passed = gate.deadline.has_passed(look.now) if gate.deadline else timezone.localdate(look.now) > gate.due_on
    return [] if has_passed else [_("Batas waktu penyaluran baru lewat setelah %s") % tanggal(gate.due_on)]


def _built(look: Look) -> list[str]:
    """That 100 % needs the handover record is kept by the report itself."""
    built = look.allocation.progressreport_set.filter(physical_pct__gte=100).exists()
    handed_over = look.allocation.handover_set.filter(bast_on__isnull=False).exists()
    found = [] if handed_over else [_("Catat berita acara serah terima (BAST I)")]
    return found if built else [*found, _("Catat laporan kemajuan dengan fisik 100%")]


def _asset(look: Look) -> list[str]:
    recorded = look.allocation.handover_set.filter(asset_recorded_on__isnull=False).exists()
    return [] if recorded else [_("Catat kode barang milik daerah dan tanggal pencatatannya pada serah terima")]


def _in_use(look: Look) -> list[str]:
    """The first report is the first after the handover: a centre that was rebuilt has older ones."""
    centres = list(look.allocation.centre_links.values_list("centre", flat=True))
    if not centres:
        return [_("Pilih sentra yang dilayani")]
    handover = look.allocation.handover_set.with_use().first()
    is_used = bool(handover and handover.bast_on and handover.used_until and handover.used_until >= handover.bast_on)
    shown = {
        _("Isi SK pengelola pada serah terima"): look.allocation.handover_set.exclude(manager_decree="").exists(),
        _("Catat prosedur (SOP) sentra"): CentreProcedure.objects.filter(
            centre__in=centres, kind=ProcedureKind.SOP
        ).exists(),
        _("Catat laporan operasional pertama sentra setelah serah terima"): is_used,
    }
    return [sentence for sentence, is_there in shown.items() if not is_there]


def _events(look: Look) -> list[str]:
    """What the money was spent on has results: each event that it paid for is closed or was cancelled."""
    waiting = Event.objects.funded_by(look.allocation).unsettled()
    return [_("Kegiatan belum ditutup: %s") % event for event in waiting]


ANSWERS: dict[Condition, Callable[[Look], list[str]]] = {
    Condition.CLUSTER: _cluster,
    Condition.READY: _ready,
    Condition.CEILING: _ceiling,
    Condition.PLANNED: _planned,
    Condition.SIGNED: _signed,
    Condition.GATE: _gate,
    Condition.DEADLINE_PASSED: _deadline_passed,
    Condition.BUILT: _built,
    Condition.ASSET: _asset,
    Condition.IN_USE: _in_use,
    Condition.EVENTS: _events,
}
