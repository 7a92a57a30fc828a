"""The fixed lists of DAK and other funds, each code with the Indonesian word that people read."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class AllocationKind(models.TextChoices):
    PHYSICAL = "FISIK", _("Fisik")
    NON_PHYSICAL = "NONFISIK", _("Nonfisik")


class AllocationSource(models.TextChoices):
    """Whose money it is. DAK is shrinking, so the registry also holds what comes from elsewhere."""

    DAK = "DAK", _("DAK")
    APBD = "APBD", _("APBD")
    TP = "TP", _("Tugas Pembantuan")
    DEKON = "DEKON", _("Dekonsentrasi")
    APBN_OTHER = "APBN_LAIN", _("APBN lainnya")
    CSR = "CSR", _("CSR")
    SELF = "SWADAYA", _("Swadaya")


class Purpose(models.TextChoices):
    BUILDING = "PEMBANGUNAN", _("Pembangunan")
    REVITALISATION = "REVITALISASI", _("Revitalisasi")


class DisbursementMode(models.TextChoices):
    STAGED = "BERTAHAP", _("Bertahap")
    LUMP_SUM_CEILING = "SEKALIGUS_PAGU", _("Sekaligus karena pagu kecil")
    LUMP_SUM_RECOMMENDED = "SEKALIGUS_REKOMENDASI", _("Sekaligus atas rekomendasi Kementerian")


class State(models.TextChoices):
    """Where an allocation stands. Which deed leads from which state to which: programs/lifecycle.py."""

    DRAFT = "KONSEP_USULAN", _("Konsep usulan")
    PROPOSED = "DIUSULKAN", _("Diusulkan")
    VERIFIED = "DIVERIFIKASI", _("Diverifikasi")
    ASSESSED = "DINILAI_AWAL", _("Dinilai awal")
    HARMONISED = "SINKRON_HARMONIS", _("Sinkronisasi dan harmonisasi")
    FINALLY_ASSESSED = "DINILAI_AKHIR", _("Dinilai akhir")
    REJECTED = "DITOLAK", _("Ditolak")
    ALLOCATED = "DIALOKASIKAN", _("Dialokasikan")
    PLANNING = "RK_DISUSUN", _("Rencana kegiatan disusun")
    PLAN_APPROVED = "RK_DISETUJUI", _("Rencana kegiatan disetujui")
    PROCURING = "PENGADAAN", _("Pengadaan")
    CONTRACTED = "BERKONTRAK", _("Berkontrak")
    STAGE_1 = "SALUR_TAHAP_I", _("Tahap I disalurkan")
    STAGE_2 = "SALUR_TAHAP_II", _("Tahap II disalurkan")
    STAGE_3 = "SALUR_TAHAP_III", _("Tahap III disalurkan")
    STAGE_4 = "SALUR_TAHAP_IV", _("Tahap IV disalurkan")
    LUMP_SUM = "SALUR_SEKALIGUS", _("Disalurkan sekaligus")
    NOT_DISBURSED = "TIDAK_SALUR", _("Tidak disalurkan")
    TERMINATED = "PUTUS_KONTRAK", _("Putus kontrak")
    CARRIED_OVER = "TERLAMBAT_KE_T1", _("Terlambat, dilanjutkan tahun berikutnya")
    BUILT = "SELESAI_FISIK", _("Selesai fisik")
    HANDED_OVER = "SERAH_TERIMA", _("Serah terima")
    OPERATING = "OPERASIONAL", _("Operasional")
    MONITORED = "DIPANTAU", _("Dipantau")
    CLOSED = "DITUTUP", _("Ditutup")
    USE_APPROVED = "RENCANA_PENGGUNAAN_DISETUJUI", _("Rencana penggunaan disetujui")
    CARRIED_OUT = "PELAKSANAAN", _("Pelaksanaan")
    STAGE_REPORTED = "LAPORAN_TAHAP_I", _("Laporan tahap I diterima")
    FINALLY_REPORTED = "LAPORAN_AKHIR", _("Laporan akhir diterima")


class Stage(models.TextChoices):
    """A share of the money that comes at one time; the numbers keep the order."""

    I = "I", _("Tahap I")  # noqa: E741 - the official names of the stages
    II = "II", _("Tahap II")
    III = "III", _("Tahap III")
    IV = "IV", _("Tahap IV")
    LUMP_SUM = "SEKALIGUS", _("Sekaligus")


#: The place of a stage in the order; several payments of a lump sum all stand at its beginning.
STAGE_NUMBERS = {Stage.I: 1, Stage.II: 2, Stage.III: 3, Stage.IV: 4, Stage.LUMP_SUM: 1}


class AmountRule(models.TextChoices):
    """How the money of a stage is reckoned."""

    SHARE = "PORSI", _("Porsi tetap")
    SHARE_OR_CONTRACTS = "PORSI_ATAU_KONTRAK", _("Porsi, atau nilai kontrak bila kontraknya kecil")
    REMAINING_NEED = "SISA_KEBUTUHAN", _("Sisa kebutuhan penyelesaian")
    CONTRACTS = "NILAI_KONTRAK", _("Nilai daftar kontrak")
    HANDOVER = "NILAI_BAST", _("Nilai menurut BAST")
    UNPUBLISHED = "BELUM_DIKETAHUI", _("Belum diketahui")


class ShareBasis(models.TextChoices):
    CEILING = "PAGU", _("Pagu")
    PLAN = "RK", _("Rencana kegiatan")


class ConditionKind(models.TextChoices):
    ABSORPTION = "SERAPAN", _("Penyerapan dari dana yang diterima")
    OUTPUT = "KELUARAN", _("Capaian keluaran")
    CONTRACTS = "KONTRAK", _("Nilai kontrak dari dasar porsi")
    DOCUMENT = "DOKUMEN", _("Dokumen")


class DocumentKind(models.TextChoices):
    """Papers that a stage asks for."""

    TOR = "TOR", _("Kerangka acuan (TOR)")
    RAB = "RAB", _("Rencana anggaran biaya (RAB)")
    DED = "DED", _("Gambar rencana rinci (DED)")
    LAND = "LAHAN", _("Bukti kesiapan lahan")
    APBD = "PERDA_APBD", _("Peraturan daerah tentang APBD")
    LAST_REPORT = "LAPORAN_TA_LALU", _("Laporan penyerapan, keluaran, dan tenaga kerja tahun lalu")
    LAST_PHOTOS = "FOTO_TA_LALU", _("Foto bertitik koordinat tahun lalu")
    PLAN = "RK_DISETUJUI", _("Rencana kegiatan yang disetujui Kementerian")
    CONTRACTS = "DAFTAR_KONTRAK", _("Daftar kontrak dengan perkiraan tenaga kerja")
    FINAL_CONTRACTS = "DAFTAR_KONTRAK_FINAL", _("Daftar kontrak final")
    NEED = "KEBUTUHAN_DANA", _("Laporan kebutuhan dana penyelesaian")
    ABSORPTION = "LAPORAN_SERAPAN", _("Laporan penyerapan dana")
    USE = "LAPORAN_PENGGUNAAN", _("Laporan penggunaan dana")
    ORDERS = "REKAP_SP2D", _("Rekapitulasi SP2D")
    REVIEW = "REVIU_INSPEKTORAT", _("Hasil reviu Inspektorat")
    RESIDUAL = "SISA_DAK", _("Laporan sisa DAK")
    HANDOVER = "BAST", _("Berita acara serah terima (BAST)")
    RECOMMENDATION = "REKOMENDASI", _("Rekomendasi Kementerian")


class ContractMethod(models.TextChoices):
    TENDER = "TENDER", _("Tender")
    CATALOGUE = "E_PURCHASING", _("E-purchasing")
    SELF_MANAGED = "SWAKELOLA", _("Swakelola")
    DIRECT = "PENUNJUKAN_LANGSUNG", _("Pengadaan atau penunjukan langsung")


class ProblemCode(models.TextChoices):
    LATE_TENDER = "LELANG_TERLAMBAT", _("Lelang terlambat")
    FAILED_TENDER = "GAGAL_TENDER", _("Tender gagal")
    NO_DESIGN = "DED_BELUM_SIAP", _("DED belum siap")
    LAND = "LAHAN", _("Lahan")
    DOCUMENTS = "DOKUMEN_SYARAT", _("Dokumen syarat")
    WEATHER = "CUACA", _("Cuaca")
    SUPPLIER = "PENYEDIA", _("Penyedia")
    PLAN_CHANGE = "PERUBAHAN_RK", _("Perubahan RK")
    STAFF = "KAPASITAS_SDM", _("Kapasitas petugas")
    AUDIT = "APIP", _("Reviu APIP")
    OTHER = "LAINNYA", _("Lainnya")


class ExternalSystem(models.TextChoices):
    OMSPAN = "OMSPAN", _("OMSPAN")
    KRISNA = "KRISNA", _("KRISNA")


class AmountKind(models.TextChoices):
    """Which money an amount is. Sums of different kinds are never added up."""

    PROPOSED = "USULAN", _("Usulan")
    CEILING = "PAGU", _("Pagu")
    PLAN = "RK", _("Rencana kegiatan")
    CONTRACTED = "KONTRAK", _("Kontrak")
    DISBURSED = "SALUR", _("Penyaluran")
    ABSORBED = "SERAP", _("Penyerapan")


class ReportKind(models.TextChoices):
    """What is due in the course of a fiscal year."""

    READINESS = "KESIAPAN", _("Kesiapan (DED, lahan, rencana tender)")
    PROGRESS = "KEMAJUAN", _("Laporan kemajuan triwulan")
    IMPLEMENTATION = "PELAKSANAAN", _("Laporan pelaksanaan semester")
    OUTCOME = "HASIL", _("Hasil jangka pendek")
    OPERATION = "OPERASIONAL", _("Laporan operasional sentra")
    MEMBERS = "DATA_IKM", _("Data tahunan IKM")


class Severity(models.TextChoices):
    """How much a finding of the automatic checks weighs."""

    BLOCK = "HALANG", _("Menghalangi")
    RED = "MERAH", _("Mendesak")
    WARN = "PERIKSA", _("Perlu diperiksa")
