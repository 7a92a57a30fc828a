from datetime import date
from typing import Any

from centres.models import (
    Centre,
    CentreFacility,
    CentreProcedure,
    CentreService,
    Equipment,
    OperationReport,
    Partnership,
    PartnershipMember,
)
from tests.bad_rows.case import cases
from tests.factories.centres import (
    GUNUNGGEDANGAN,
    KOTA_MOJOKERTO,
    make_centre,
    make_facility,
    make_member,
    make_membership,
    make_partnership,
    make_partnership_member,
    make_report,
)

MARKUP = "Tulis teks biasa tanpa tanda HTML seperti <b>; hapus tanda < dan > itu"
CONTROL = "Teks memuat huruf kendali yang tidak terlihat; ketik ulang teksnya"
FRACTION = (
    "Tulis jumlah rupiah penuh tanpa pecahan, misalnya 15.500.000.000. Bila maksud Anda 15,5 miliar, tulis semua nolnya"
)
END_BEFORE_START = "Tanggal akhir tidak boleh sebelum tanggal mulai"
NOT_IN_MOJOKERTO = "Desa/kelurahan ini tidak berada di Kota Mojokerto; pilih desa lain atau ubah kabupatennya"
POINT_PAIR = "Lintang dan bujur harus diisi bersama"
FUTURE, PAST = date(2999, 1, 1), date(2024, 2, 7)


def of_centre(**values: Any) -> Any:
    return lambda: {"centre": make_centre().pk, **values}


GOOD = {
    Centre: lambda: {
        "name": "Sentra contoh",
        "aliases": ["Sentra tjontoh"],
        "kinds": ["KLASTER_PP29", "GEDUNG_DAK"],
        "regency": KOTA_MOJOKERTO,
        "region": GUNUNGGEDANGAN,
        "latitude": "-7.471",
        "longitude": "112.449",
        "inaugurated_on": PAST,
        "member_count_declared": 5,
    },
    CentreFacility: of_centre(name="Gedung contoh", facility_type="RUMAH_PRODUKSI", land_area_m2="5.363"),
    Equipment: of_centre(name="Kompor contoh", quantity=2, in_use=2, value_idr="15.500.000"),
    CentreService: of_centre(name="Layanan contoh", tariff_idr="Rp10.000"),
    CentreProcedure: of_centre(title="SOP contoh"),
    OperationReport: of_centre(year=2026, quarter=1, open_days=60, visitors=10, ipal_is_working=True),
    Partnership: of_centre(partner="Mitra contoh", kind="PEMASARAN"),
    PartnershipMember: lambda: {"partnership": make_partnership().pk, "member": make_member().pk},
}

CENTRE_CASES = cases(
    Centre,
    ({"name": ""}, "name", "Isi nama sentra"),
    ({"name": "Sentra <b>contoh</b>"}, "name", MARKUP),
    ({"name": "Sentra\u202econtoh"}, "name", CONTROL),
    ({"aliases": ["<script>alert(1)</script>"]}, "aliases", MARKUP),
    ({"profile": "<img src=x onerror=alert(1)>"}, "profile", MARKUP),
    ({"kinds": ["MALL"]}, "kinds", "MALL bukan pilihan yang tersedia"),
    ({"regency": None, "region": None}, "regency", "Pilih kabupaten atau kota"),
    ({"regency": "35", "region": "35"}, "regency", "Pilih kabupaten atau kota, bukan provinsi, kecamatan, atau desa"),
    ({"region": "33.14.03"}, "region", NOT_IN_MOJOKERTO),
    ({"latitude": "112.449", "longitude": "-7.471"}, "latitude",
     "Lintang dan bujur tampaknya tertukar: 112,449 adalah bujur"),
    ({"latitude": "112.449", "longitude": "-7.471"}, "longitude",
     "Lintang dan bujur tampaknya tertukar: -7,471 adalah lintang"),
    ({"latitude": "48,8566"}, "latitude", "Lintang Indonesia antara -11,5 dan 6,5"),
    ({"longitude": "2,3522"}, "longitude", "Lintang dan bujur tampaknya tertukar: 2,3522 adalah lintang"),
    ({"longitude": "180"}, "longitude", "Bujur Indonesia antara 94,5 dan 141,5"),
    ({"latitude": "utara"}, "latitude", "Isi derajat desimal, misalnya -7,471234"),
    ({"longitude": None}, "longitude", POINT_PAIR),
    ({"latitude": "-2,5", "longitude": "118"}, "latitude",
     "Titik ini 828 km dari tengah Kota Mojokerto; periksa lintang dan bujurnya"),
    ({"kbli_code": "1313"}, "kbli_code", "Kode KBLI terdiri atas 5 angka, misalnya 13134"),
    ({"inaugurated_on": FUTURE}, "inaugurated_on",
     "Tanggal peresmian belum tiba; tandai sebagai rencana atau perbaiki tanggalnya"),
    ({"closed_on": date(2024, 2, 6), "operational_status": "TUTUP"}, "closed_on",
     "Tanggal tutup tidak boleh sebelum tanggal peresmian"),
    ({"closed_on": PAST, "operational_on": date(2024, 2, 8), "operational_status": "TUTUP"}, "closed_on",
     "Tanggal tutup tidak boleh sebelum sentra mulai beroperasi"),
    ({"closed_on": PAST, "established_year": 2025, "operational_status": "TUTUP"}, "closed_on",
     "Tahun tutup tidak boleh sebelum tahun berdiri"),
    ({"closed_on": PAST}, "operational_status", "Sentra dengan tanggal tutup harus berstatus Tutup"),
    ({"established_year": 98}, "established_year", "Tahun berdiri ditulis empat angka, misalnya 1998"),
    ({"established_year": 2099}, "established_year", "Tahun berdiri belum tiba"),
    ({"member_count_declared": 4}, "member_count_declared", "Klaster yang aktif beranggota sedikitnya 5 IKM"),
    ({"manager_phone": "12"}, "manager_phone", "Isi nomor telepon Indonesia, misalnya 0812 3456 7890"),
    ({"is_independent": True}, "independent_evidence",
     "Tulis bukti bahwa sentra mandiri, misalnya pendapatan layanan dan biaya"),
    ({"is_accountable": True}, "accountable_evidence",
     "Tulis bukti bahwa sentra akuntabel, misalnya laporan yang tepat waktu"),
    ({"is_professional": True}, "professional_evidence",
     "Tulis bukti bahwa sentra profesional, misalnya SK, SOP, dan tarif"),
    (lambda: {"name": make_centre(name="Sentra kembar").name}, "name",
     "Sentra dengan nama ini sudah ada di kabupaten/kota tersebut"),
)  # fmt: skip


def _facility_elsewhere() -> dict[str, Any]:
    return {"facility": make_facility().pk}


def _second(make: Any, field: str) -> Any:
    """The same name once more in the same centre."""

    def bad() -> dict[str, Any]:
        first = make()
        return {"centre": first.centre_id, field: getattr(first, field)}

    return bad


def _second_report() -> dict[str, Any]:
    return {"centre": make_report(year=2026, quarter=1).centre_id}


def _taking_part() -> dict[str, Any]:
    known = make_partnership_member()
    return {"partnership": known.partnership_id, "member": known.member_id}


def _one_member() -> dict[str, Any]:
    return {"centre": make_membership().centre_id, "ikm_users": 2}


PART_CASES = [
    *cases(
        CentreFacility,
        ({"centre": None}, "centre", "Pilih sentra"),
        ({"name": ""}, "name", "Isi nama fasilitas"),
        ({"region": "33.14.03"}, "region", "Desa/kelurahan ini tidak berada di kabupaten/kota sentra"),
        ({"land_area_m2": "0"}, "land_area_m2", "Luas lahan harus lebih dari nol; kosongkan bila belum diketahui"),
        ({"land_area_m2": "-1"}, "land_area_m2", "Angka ini tidak boleh kurang dari nol"),
        ({"land_area_m2": "luas"}, "land_area_m2", "Isi dengan angka, misalnya 5.300 atau 5.363,25"),
        ({"floors": 0}, "floors", "Jumlah lantai sedikitnya 1"),
        ({"building_area_m2": "10.727", "floors": 2}, "building_area_m2",
         "Luas bangunan melebihi luas lahan dikali jumlah lantai"),
        ({"funding_year": 23}, "funding_year", "Tahun anggaran ditulis empat angka, misalnya 2023"),
        ({"latitude": "-7,4"}, "longitude", POINT_PAIR),
        (_second(make_facility, "name"), "name", "Fasilitas dengan nama ini sudah tercatat pada sentra tersebut"),
    ),
    *cases(
        Equipment,
        ({"value_idr": "15,5"}, "value_idr", FRACTION),
        ({"value_idr": "lima juta"}, "value_idr", "Isi jumlah rupiah dengan angka, misalnya 15.500.000.000"),
        ({"value_idr": "-1"}, "value_idr", "Jumlah rupiah tidak boleh kurang dari nol"),
        ({"quantity": 0, "in_use": None}, "quantity", "Jumlah sedikitnya 1"),
        ({"in_use": 3}, "in_use", "Jumlah yang dipakai tidak boleh melebihi jumlah yang ada"),
        ({"in_use": 1}, "unused_reason", "Jelaskan mengapa sebagian peralatan tidak dipakai"),
        (_facility_elsewhere, "facility", "Fasilitas ini milik sentra lain"),
    ),
    *cases(
        CentreService,
        ({"tariff_idr": "15,5"}, "tariff_idr", FRACTION),
        ({"starts_on": PAST, "ends_on": date(2024, 2, 6)}, "ends_on", END_BEFORE_START),
        (_second(lambda: CentreService.objects.create(centre=make_centre(), name="Layanan kembar"), "name"), "name",
         "Layanan ini sudah tercatat pada sentra tersebut"),
    ),
    *cases(
        CentreProcedure,
        (_second(lambda: CentreProcedure.objects.create(centre=make_centre(), title="SOP kembar"), "title"), "title",
         "Prosedur dengan judul ini sudah tercatat pada sentra tersebut"),
    ),
    *cases(
        OperationReport,
        (_second_report, "quarter", "Laporan sentra ini untuk triwulan tersebut sudah ada"),
        ({"quarter": 5}, "quarter", "Triwulan diisi 1, 2, 3, atau 4"),
        ({"year": 26}, "year", "Tahun ditulis empat angka, misalnya 2026"),
        ({"year": 2099}, "quarter", "Triwulan ini belum dimulai"),
        ({"open_days": 93}, "open_days", "Hari buka dalam satu triwulan antara 0 dan 92"),
        ({"open_days": 0}, "closed_reason", "Jelaskan mengapa sentra tidak buka sama sekali pada triwulan ini"),
        ({"ikm_consigning": 2, "ikm_users": 1}, "ikm_consigning", "IKM titip jual melebihi IKM pengguna fasilitas"),
        ({"foreign_visitors": 11}, "foreign_visitors", "Wisatawan asing melebihi jumlah pengunjung"),
        ({"hours_used": "2", "hours_available": "1,5"}, "hours_used", "Jam pakai melebihi jam tersedia"),
        ({"operating_cost_idr": 1, "operating_cost_apbd_idr": 2}, "operating_cost_apbd_idr",
         "Biaya dari APBD melebihi seluruh biaya"),
        ({"sales_turnover_idr": 1, "pieces_sold": 0}, "pieces_sold",
         "Omzet dan potong terjual harus sama-sama nol atau sama-sama lebih dari nol"),
        ({"ipal_is_working": False}, "ipal_reason", "Jelaskan mengapa IPAL tidak berfungsi"),
        (_one_member, "ikm_users", "IKM pengguna melebihi jumlah anggota sentra, yaitu 1"),
    ),
    *cases(
        Partnership,
        ({"partner": ""}, "partner", "Isi nama mitra"),
        ({"starts_on": PAST, "ends_on": date(2024, 2, 6)}, "ends_on",
         "Tanggal selesai tidak boleh sebelum tanggal mulai"),
        ({"value_idr": "15,5"}, "value_idr", FRACTION),
    ),
    *cases(
        PartnershipMember,
        ({"member": None}, "member", "Pilih IKM"),
        (_taking_part, "member", "IKM ini sudah tercatat dalam kemitraan tersebut"),
    ),
]  # fmt: skip

CASES = [*CENTRE_CASES, *PART_CASES]
