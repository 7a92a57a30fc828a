"""Allocations, their papers and the rules of a year: a good row of each kind, and what is refused."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

from programs.models import (
    Activity,
    Allocation,
    AllocationCentre,
    AllocationDocument,
    Contract,
    ContractAddendum,
    Disbursement,
    ExternalAmount,
    Handover,
    ProgressReport,
    ReportDue,
    ReportedProblem,
    Residual,
    RuleSet,
    RuleStage,
    StageCondition,
    StageDeadline,
)
from tests.bad_rows.case import cases
from tests.bad_rows.centres import END_BEFORE_START, FRACTION, MARKUP
from tests.factories.centres import make_centre, make_facility
from tests.factories.programs import (
    BILLION,
    make_activity,
    make_addendum,
    make_allocation,
    make_contract,
    make_disbursement,
    make_document,
    make_external,
    make_handover,
    make_link,
    make_problem,
    make_progress,
    make_residual,
    make_ruleset,
)

UNPUBLISHED = "Angka ini belum terbit atau belum terbaca; tulis itu pada catatan"
TEN, DAY = "10.000.000.000", date(2019, 6, 3)


def of_allocation(**values: Any) -> Callable[[], dict[str, Any]]:
    return lambda: {"allocation": make_allocation().pk} | values


def of_ruleset(**values: Any) -> Callable[[], dict[str, Any]]:
    return lambda: {"ruleset": make_ruleset().pk} | values


def _link() -> dict[str, Any]:
    return {"allocation": make_allocation().pk, "centre": make_centre().pk, "share_pct": "60"}


GOOD: dict[type[Any], Callable[[], dict[str, Any]]] = {
    Allocation: lambda: {
        "title": "Pembangunan contoh",
        "fiscal_year": 2019,
        "purpose": "PEMBANGUNAN",
        "region": "35.76",
        "ceiling_idr": TEN,
        "plan_idr": TEN,
    },
    AllocationCentre: _link,
    Activity: of_allocation(menu="Pembangunan", item="Gedung", volume="2", unit_cost_idr="1.000.000.000"),
    Contract: of_allocation(package_name="Gedung", number="K/1", signed_on=DAY, value_idr="9.000.000.000"),
    ContractAddendum: lambda: {
        "contract": make_contract().pk,
        "number": "A/1",
        "signed_on": DAY,
        "value_idr": "2.000.000.000",
        "reason": "Tambah pekerjaan",
    },
    Disbursement: of_allocation(stage="I", received_on=DAY, amount_idr="2.500.000.000"),
    AllocationDocument: of_allocation(document="TOR", received_on=DAY),
    ProgressReport: of_allocation(year=2019, quarter=2, absorbed_idr="1.000.000.000", physical_pct="20"),
    ReportedProblem: lambda: {"report": make_progress().pk, "code": "CUACA", "follow_up": "Menambah tenda"},
    Handover: of_allocation(bast_number="BAST/1", bast_on=DAY),
    Residual: of_allocation(reported_on=DAY, amount_idr="5.000.000"),
    ExternalAmount: of_allocation(system="OMSPAN", kind="SALUR", stated_on=DAY, amount_idr="1.000"),
    RuleSet: lambda: {"fiscal_year": 2095, "kind": "FISIK", "legal_basis": "Peraturan contoh"},
    RuleStage: of_ruleset(stage="I", amount_rule="PORSI", share_pct="25", basis="PAGU"),
    StageCondition: of_ruleset(stage="II", kind="SERAPAN", threshold_pct="75"),
    StageDeadline: of_ruleset(stage="I", due_at=datetime(2030, 7, 22, 10, tzinfo=UTC), time_is_known=True),
    ReportDue: lambda: {"kind": "KEMAJUAN", "period": 1, "fiscal_year": 2031, "month": 4, "day": 10},
}


def _facility_elsewhere() -> dict[str, Any]:
    return {"facility": make_facility(centre=make_centre(regency_id="33.14", region_id="33.14")).pk}


def _facility_of_another_centre() -> dict[str, Any]:
    return {"allocation": make_link().allocation_id, "facility": make_facility().pk}


def _again(make: Callable[..., Any], *fields: str) -> Callable[[], dict[str, Any]]:
    """What stands there already, once more."""

    def bad() -> dict[str, Any]:
        first = make()
        return {field: getattr(first, first._meta.get_field(field).attname) for field in fields}

    return bad


def _shared(percent: str) -> dict[str, Any]:
    return {"allocation": make_link(share_pct=50).allocation_id, "share_pct": percent}


def _reported(**first: Any) -> Callable[[], dict[str, Any]]:
    return lambda: {"allocation": make_progress(**first).allocation_id}


def _other_activity() -> dict[str, Any]:
    return {"activity": make_activity().pk}


def _staged() -> dict[str, Any]:
    return {"allocation": make_disbursement().allocation_id, "stage": "SEKALIGUS"}


def _spent(make: Callable[..., Any], **values: Any) -> Callable[[], dict[str, Any]]:
    """An allocation of which nine of ten billion are used already."""
    return lambda: {"allocation": make(**values).allocation_id}


CASES = [
    *cases(
        Allocation,
        ({"title": ""}, "title", "Isi nama alokasi, misalnya Pembangunan Sentra IKM Batik"),
        ({"title": "<b>DAK</b>"}, "title", MARKUP),
        ({"fiscal_year": 2015}, "fiscal_year", "Tahun anggaran sedikitnya 2016, ditulis empat angka"),
        ({"fiscal_year": 2090}, "fiscal_year", "Tahun anggaran paling jauh tahun depan"),
        ({"purpose": ""}, "purpose", "Pilih tujuan dana fisik: pembangunan atau revitalisasi"),
        ({"kind": "NONFISIK"}, "purpose", "Tujuan pembangunan atau revitalisasi hanya untuk dana fisik"),
        ({"region": "35.76.02"}, "region", "Pilih kabupaten/kota atau provinsi, bukan kecamatan atau desa"),
        ({"region": None}, "region", "Pilih daerah penerima"),
        ({"ceiling_idr": "15,5"}, "ceiling_idr", FRACTION),
        ({"plan_idr": "10.000.000.001"}, "plan_idr", "Nilai RK melebihi pagu alokasi"),
        (_facility_elsewhere, "facility", "Gedung ini berada di daerah lain"),
        (lambda: {"krisna_id": make_allocation(krisna_id="K-1").krisna_id}, "krisna_id",
         "ID KRISNA ini sudah dipakai alokasi lain"),
    ),
    *cases(
        AllocationCentre,
        ({"centre": None}, "centre", "Pilih sentra"),
        (_again(make_link, "allocation", "centre"), "centre", "Sentra ini sudah tercatat pada alokasi tersebut"),
        ({"share_pct": "0"}, "share_pct", "Porsi sentra harus lebih dari nol; kosongkan bila belum diketahui"),
        ({"share_pct": "101"}, "share_pct", "Persentase antara 0 dan 100"),
        (lambda: _shared("51"), "share_pct", "Jumlah porsi semua sentra melebihi 100 persen"),
        (lambda: {"centre": make_centre(regency_id="33.14", region_id="33.14").pk}, "centre",
         "Sentra ini berada di luar daerah penerima alokasi"),
    ),
    *cases(
        Activity,
        ({"menu": ""}, "menu", "Isi menu kegiatan"),
        ({"item": ""}, "item", "Isi rincian kegiatan"),
        ({"volume": "0"}, "volume", "Volume harus lebih dari nol"),
        ({"unit_cost_idr": "15,5"}, "unit_cost_idr", FRACTION),
        (_again(make_activity, "allocation", "menu", "item"), "item",
         "Rincian ini sudah tercatat dalam rencana kegiatan"),
        (_spent(make_activity, unit_cost_idr=9 * BILLION), "unit_cost_idr",
         "Jumlah rincian kegiatan melebihi nilai RK. Sisa RK Rp1.000.000.000"),
        (_facility_of_another_centre, "facility", "Fasilitas ini milik sentra yang tidak dilayani alokasi"),
    ),
    *cases(
        Contract,
        ({"package_name": ""}, "package_name", "Isi nama paket pekerjaan"),
        (_again(make_contract, "allocation", "number"), "number",
         "Nomor kontrak ini sudah tercatat pada alokasi tersebut"),
        ({"starts_on": DAY, "ends_on": date(2019, 6, 2)}, "ends_on",
         "Tanggal berakhir tidak boleh sebelum tanggal mulai"),
        ({"signed_on": date(2020, 1, 2)}, "signed_on",
         "Kontrak ditandatangani dalam tahun anggaran alokasi, yaitu 2019"),
        (_other_activity, "activity", "Rincian kegiatan ini milik alokasi lain"),
        ({"value_idr": "10.000.000.001"}, "value_idr",
         "Jumlah nilai kontrak melebihi nilai RK. Sisa RK Rp10.000.000.000"),
        (_spent(make_contract, value_idr=9 * BILLION), "value_idr",
         "Jumlah nilai kontrak melebihi nilai RK. Sisa RK Rp1.000.000.000"),
    ),
    *cases(
        ContractAddendum,
        ({"number": ""}, "number", "Isi nomor adendum"),
        ({"reason": ""}, "reason", "Isi alasan adendum"),
        ({"value_idr": None}, "value_idr", "Isi nilai atau tanggal berakhir yang berubah karena adendum ini"),
        (_again(make_addendum, "contract", "number"), "number",
         "Nomor adendum ini sudah tercatat pada kontrak tersebut"),
        ({"signed_on": date(2019, 5, 5)}, "signed_on", "Adendum tidak boleh mendahului kontraknya"),
        ({"value_idr": "10.000.000.001"}, "value_idr",
         "Jumlah nilai kontrak melebihi nilai RK. Sisa RK Rp10.000.000.000"),
    ),
    *cases(
        Disbursement,
        ({"amount_idr": "0"}, "amount_idr", "Jumlah penyaluran harus lebih dari nol"),
        ({"amount_idr": "10.000.000.001"}, "amount_idr",
         "Jumlah penyaluran melebihi pagu. Sisa pagu Rp10.000.000.000"),
        (_again(make_disbursement, "allocation", "stage"), "stage", "Tahap ini sudah tercatat pada alokasi tersebut"),
        ({"stage": "II"}, "stage", "Tahap sebelumnya belum disalurkan; catat tahap itu dahulu"),
        (_staged, "stage", "Penyaluran bertahap dan sekaligus tidak dicampur dalam satu alokasi"),
        (lambda: {"sp2d_number": make_disbursement(sp2d_number="S-1").sp2d_number}, "sp2d_number",
         "Nomor SP2D ini sudah tercatat"),
        ({"requested_on": date(2019, 6, 4)}, "received_on",
         "Uang tidak mungkin diterima sebelum diajukan; periksa tanggalnya"),
        ({"received_on": date(2018, 12, 31)}, "received_on", "Tanggal ini sebelum tahun anggaran alokasi"),
        ({"received_on": date(2090, 1, 1)}, "received_on",
         "Tanggal ini belum tiba; kosongkan selama uangnya belum diterima"),
    ),
    *cases(
        AllocationDocument,
        (_again(make_document, "allocation", "document"), "document",
         "Dokumen ini sudah tercatat untuk tahap tersebut"),
    ),
    *cases(
        ProgressReport,
        (_again(make_progress, "allocation", "year", "quarter"), "quarter",
         "Laporan alokasi ini untuk triwulan tersebut sudah ada"),
        ({"quarter": 5}, "quarter", "Triwulan diisi 1, 2, 3, atau 4"),
        ({"year": 2018}, "year", "Laporan kemajuan dimulai pada tahun anggaran alokasi, yaitu 2019"),
        (lambda: {"allocation": make_allocation(fiscal_year=2027).pk, "year": 2027, "quarter": 4}, "quarter",
         "Triwulan ini belum dimulai"),
        ({"is_correction": True}, "correction_reason", "Jelaskan mengapa angka sebelumnya perlu dikoreksi"),
        ({"physical_pct": "101"}, "physical_pct", "Persentase antara 0 dan 100"),
        ({"physical_pct": "100"}, "physical_pct",
         "Fisik 100% memerlukan berita acara serah terima (BAST I); catat BAST dahulu"),
        (_reported(quarter=1, absorbed_idr=BILLION + 1), "absorbed_idr",
         "Penyerapan dihitung kumulatif dan tidak boleh turun; bila membetulkan, tandai sebagai koreksi"),
        (_reported(quarter=3, absorbed_idr=BILLION - 1), "absorbed_idr",
         "Penyerapan dihitung kumulatif dan tidak boleh turun; bila membetulkan, tandai sebagai koreksi"),
    ),
    *cases(
        ReportedProblem,
        (_again(make_problem, "report", "code"), "code", "Masalah ini sudah tercatat dalam laporan"),
        ({"follow_up": ""}, "follow_up", "Isi apa yang akan dilakukan"),
        ({"code": "LAINNYA"}, "description", "Uraikan masalah yang tidak ada dalam daftar"),
    ),
    *cases(
        Handover,
        (_again(make_handover, "allocation"), "allocation",
         "Serah terima alokasi ini sudah tercatat; perbarui data itu"),
        ({"bast_number": ""}, "bast_number", "Nomor dan tanggal BAST I harus diisi bersama"),
        ({"final_bast_on": date(2019, 6, 2)}, "final_bast_on", "BAST II mengikuti BAST I; periksa tanggalnya"),
        ({"asset_recorded_on": DAY}, "asset_code", "Kode barang dan tanggal pencatatannya harus diisi bersama"),
        ({"operational_on": DAY}, "manager_decree", "Isi SK pengelola sebelum mencatat hari pertama beroperasi"),
        ({"operational_on": date(2019, 6, 2), "manager_decree": "SK/1"}, "operational_on",
         "Gedung beroperasi setelah diserahterimakan; periksa tanggalnya"),
    ),
    *cases(
        Residual,
        (_again(make_residual, "allocation", "reported_on"), "reported_on",
         "Sisa dana pada tanggal ini sudah dilaporkan"),
        ({"used_idr": "5.000.001", "used_on": DAY, "use": "Contoh"}, "used_idr",
         "Yang digunakan tidak boleh melebihi sisanya"),
        ({"used_idr": "1"}, "use", "Isi tanggal dan penggunaan sisa dana"),
    ),
    *cases(
        ExternalAmount,
        (_again(make_external, "allocation", "stated_on"), "stated_on",
         "Angka sistem ini pada tanggal itu sudah tercatat"),
    ),
    *cases(
        RuleSet,
        (lambda: {"fiscal_year": make_ruleset().fiscal_year}, "fiscal_year",
         "Aturan untuk tahun dan jenis ini sudah ada; perbarui yang itu"),
        ({"fiscal_year": 2015}, "fiscal_year", "Tahun anggaran sedikitnya 2016, ditulis empat angka"),
        ({"legal_basis": ""}, "legal_basis", "Isi dasar hukum"),
        ({"lump_sum_from": DAY, "lump_sum_until": date(2019, 6, 2)}, "lump_sum_until", END_BEFORE_START),
    ),
    *cases(
        RuleStage,
        ({"share_pct": None}, "share_pct", "Isi porsi dan dasarnya"),
        ({"amount_rule": "PORSI_ATAU_KONTRAK"}, "full_above_pct", "Isi batas kontrak untuk porsi penuh"),
        ({"amount_rule": "BELUM_DIKETAHUI"}, "note", UNPUBLISHED),
        (_again(lambda: RuleStage.objects.create(ruleset=make_ruleset(), stage="I", amount_rule="PORSI", share_pct=30,
                                                 basis="RK"), "ruleset"), "stage",
         "Tahap ini sudah ada dalam aturan tahun itu"),
    ),
    *cases(
        StageCondition,
        ({"threshold_pct": None}, "note", UNPUBLISHED),
        ({"kind": "DOKUMEN"}, "document", "Pilih dokumen untuk syarat dokumen, dan hanya untuk itu"),
        (_again(lambda: StageCondition.objects.create(ruleset=make_ruleset(), stage="II", kind="SERAPAN",
                                                      threshold_pct=50), "ruleset"), "kind",
         "Syarat ini sudah ada untuk tahap tersebut"),
    ),
    *cases(
        StageDeadline,
        ({"due_at": None}, "note", UNPUBLISHED),
        ({"is_extension": True}, "decree", "Sebutkan keputusan yang memperpanjang batas waktu"),
        (_again(lambda: StageDeadline.objects.create(ruleset=make_ruleset(), stage="I",
                                                     due_at=datetime(2030, 7, 22, 10, tzinfo=UTC)), "ruleset"),
         "due_at", "Batas waktu ini sudah ada untuk tahap tersebut"),
    ),
    *cases(
        ReportDue,
        ({"period": 5}, "period", "Masa laporan diisi 1 sampai 4"),
        ({"month": 2, "day": 30}, "day", "Tanggal ini tidak ada dalam bulan itu"),
        ({"month": 0}, "day", "Tanggal ini tidak ada dalam bulan itu"),
        (lambda: {"kind": ReportDue.objects.create(kind="KEMAJUAN", period=1, fiscal_year=2031, month=4, day=1).kind},
         "kind", "Jadwal laporan ini sudah ada"),
    ),
]  # fmt: skip
