"""What a workbook may say about allocations, centres in operation, and participants of events."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from centres.models import Centre, Member, OperationReport
from programs.models import Allocation, Event, Participation, ProgressReport
from programs.owed import Owed, operation_owed, progress_owed
from workbooks import kinds
from workbooks.finding import named_by
from workbooks.kinds import Layout

PERIOD = ("year", "quarter")
SOURCE = ("source", "as_of")
QUARTER_TITLES = {"quarter": ("kuartal", "TW", "periode"), "year": ("tahun anggaran", "TA")}


def register_layouts() -> None:
    for layout in (SALES, PROGRESS, OPERATION):
        kinds.register(layout)


def _participations(user: Any, asked: Mapping[str, str]) -> Any:
    rows = Participation.objects.editable_by(user).select_related("event", "member")
    rows = rows.order_by("event__starts_on", "member__business_name", "pk")
    return rows.filter(event__code=asked["kegiatan"]) if asked.get("kegiatan") else rows.none()


def _none(model: Any) -> Callable[..., Any]:
    return lambda user, asked: model.objects.none()


def _blanks(parent: str, owed: Callable[[Any], list[Owed]]) -> Callable[..., list[dict[str, Any]]]:
    """A row for each report that is owed: about what and which quarter, the figures still to be written."""

    def blanks(user: Any, asked: Mapping[str, str]) -> list[dict[str, Any]]:
        return [{parent: one.record.pk, "year": one.year, "quarter": one.quarter} for one in owed(user)]

    return blanks


def _progress_of(user: Any) -> list[Owed]:
    return progress_owed(Allocation.objects.visible_to(user), timezone.localdate())


def _operation_of(user: Any) -> list[Owed]:
    return operation_owed(Centre.objects.editable_by(user), timezone.localdate())


SALES = Layout(
    slug="penjualan",
    title=_("Peserta dan penjualan kegiatan"),
    model=Participation,
    fields=(
        *("event", "member", "booth_number", "booth_size_m2", "status", *Participation.RESULTS),
        *(*Participation.FOLLOW_UP, *SOURCE),
    ),
    rows=_participations,
    keys=(("event", "member"),),
    begun=("event",),
    titles={
        "event": ("kode kegiatan", "pameran", "acara"),
        "member": ("nama IKM", "nama usaha", "peserta", "NIB", "IKM peserta"),
        "booth_number": ("stan", "booth", "no stan"),
        "status": ("kehadiran", "status peserta"),
        "cash_sales_idr": ("omzet", "penjualan", "penjualan langsung", "nilai penjualan"),
        "transactions": ("transaksi", "jumlah transaksi"),
        "preorder_idr": ("pesanan", "nilai pesanan"),
        "orders_count": ("jumlah pesanan",),
        "contacts": ("kontak", "buyer"),
    },
    finders={
        "event": named_by(lambda user: Event.objects.visible_to(user), "code", "name"),
        "member": named_by(lambda user: Member.objects.visible_to(user), "business_name", "nib"),
    },
    example={"cash_sales_idr": "2.500.000", "transactions": "14"},
)

PROGRESS = Layout(
    slug="laporan-dak",
    title=_("Laporan triwulan DAK"),
    model=ProgressReport,
    fields=("allocation", *PERIOD, *ProgressReport.FIGURES, *SOURCE),
    rows=_none(ProgressReport),
    blanks=_blanks("allocation", _progress_of),
    keys=(("allocation", *PERIOD),),
    begun=("allocation", *PERIOD),
    titles={
        **QUARTER_TITLES,
        "allocation": ("kode alokasi", "alokasi", "kode", "ID KRISNA"),
        "absorbed_idr": ("penyerapan", "realisasi keuangan", "serapan", "penyerapan kumulatif", "realisasi anggaran"),
        "physical_pct": ("realisasi fisik", "fisik", "progres fisik"),
        "planned_pct": ("rencana fisik", "target fisik"),
        "output_pct": ("capaian keluaran", "capaian output", "output"),
    },
    finders={
        "allocation": named_by(lambda user: Allocation.objects.visible_to(user), "code", "krisna_id", "title"),
    },
    example={"absorbed_idr": "1.250.000.000", "physical_pct": "42,5"},
)

OPERATION = Layout(
    slug="laporan-sentra",
    title=_("Laporan operasional sentra"),
    model=OperationReport,
    fields=("centre", *PERIOD, *OperationReport.FIGURES, *SOURCE),
    rows=_none(OperationReport),
    blanks=_blanks("centre", _operation_of),
    keys=(("centre", *PERIOD),),
    begun=("centre", *PERIOD),
    titles={
        **QUARTER_TITLES,
        "centre": ("kode sentra", "nama sentra"),
        "open_days": ("hari buka", "jumlah hari buka"),
        "visitors": ("jumlah pengunjung",),
        "sales_turnover_idr": ("omzet", "omset", "omzet penjualan"),
    },
    finders={"centre": named_by(lambda user: Centre.objects.editable_by(user), "code", "name")},
    example={"open_days": "62", "visitors": "340"},
)
