"""The fixed lists of the domain, each code with the Indonesian word that people read."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CentreKind(models.TextChoices):
    """What makes a centre a centre; the three meanings of "sentra" overlap, so one may have several kinds."""

    CLUSTER = "KLASTER_PP29", _("Klaster menurut PP 29/2018")
    DIRECTORY = "DIREKTORI_BPS", _("Tercatat dalam direktori BPS")
    DAK_BUILDING = "GEDUNG_DAK", _("Gedung yang dibangun dengan DAK")
    ESTATE = "LIK_PIK", _("Lingkungan atau perkampungan industri kecil")
    VILLAGE = "KAMPUNG_BATIK", _("Kampung batik")


class Commodity(models.TextChoices):
    BATIK = "BATIK", _("Batik")
    WEAVING = "TENUN", _("Tenun")
    CRAFT = "KERAJINAN", _("Kerajinan")
    FASHION = "FESYEN", _("Fesyen")
    OTHER = "LAINNYA", _("Komoditas lain")


class KbliVersion(models.TextChoices):
    V2020 = "2020", _("KBLI 2020")
    V2025 = "2025", _("KBLI 2025")


class ManagerType(models.TextChoices):
    UPTD = "UPTD", _("UPTD")
    BLUD = "BLUD", _("BLUD")
    COOPERATIVE = "KOPERASI", _("Koperasi")
    ASSOCIATION = "PAGUYUBAN", _("Paguyuban")
    BUMD = "BUMD", _("BUMD")
    OFFICE = "DINAS", _("Dinas")
    PRIVATE = "SWASTA", _("Swasta")


class OperationalStatus(models.TextChoices):
    PLANNED = "PERENCANAAN", _("Perencanaan")
    BUILDING = "PEMBANGUNAN", _("Pembangunan")
    ACTIVE = "AKTIF", _("Aktif")
    LESS_ACTIVE = "KURANG_AKTIF", _("Kurang aktif")
    INACTIVE = "TIDAK_AKTIF", _("Tidak aktif")
    ABANDONED = "MANGKRAK", _("Mangkrak")
    CLOSED = "TUTUP", _("Tutup")


class ProgrammeTag(models.TextChoices):
    P3DN = "P3DN", _("Peningkatan Penggunaan Produk Dalam Negeri")
    BBI = "BBI", _("Bangga Buatan Indonesia")
    BBWI = "BBWI", _("Bangga Berwisata di Indonesia")
    WUB = "WUB", _("Wirausaha baru")


class FacilityType(models.TextChoices):
    PRODUCTION = "RUMAH_PRODUKSI", _("Rumah produksi")
    UPT = "UPT", _("Unit pelayanan teknis")
    PACKAGING = "RUMAH_KEMASAN", _("Rumah kemasan")
    IPAL = "IPAL", _("Instalasi pengolahan air limbah")
    IPAB = "IPAB", _("Instalasi pengolahan air bersih")
    GALLERY = "GALERI", _("Galeri")
    TRAINING = "RUANG_PELATIHAN", _("Ruang pelatihan")
    DESIGN = "RUANG_DESAIN", _("Ruang desain")
    STORE = "GUDANG", _("Gudang")
    CANTEEN = "KANTIN", _("Kantin")
    EDUCATION = "WISATA_EDUKASI", _("Wisata edukasi")


class LandStatus(models.TextChoices):
    GOVERNMENT = "MILIK_PEMDA", _("Milik pemerintah daerah")
    BORROWED = "PINJAM_PAKAI", _("Pinjam pakai")
    RENTED = "SEWA", _("Sewa")
    VILLAGE = "TANAH_DESA", _("Tanah desa")
    PRIVATE = "MILIK_PRIBADI", _("Milik pribadi atau kelompok")
    UNKNOWN = "BELUM_DIKETAHUI", _("Belum diketahui")


class Condition(models.TextChoices):
    GOOD = "BAIK", _("Baik")
    LIGHT = "RUSAK_RINGAN", _("Rusak ringan")
    HEAVY = "RUSAK_BERAT", _("Rusak berat")


class IpalStatus(models.TextChoices):
    WORKING = "BERFUNGSI", _("Berfungsi")
    BROKEN = "TIDAK", _("Tidak berfungsi")
    NONE = "BELUM", _("Belum ada")


class FundingSource(models.TextChoices):
    DAK_FISIK = "DAK_FISIK", _("DAK Fisik")
    DAK_NONFISIK = "DAK_NONFISIK", _("DAK Nonfisik")
    APBD = "APBD", _("APBD")
    TP = "TP", _("Tugas Pembantuan")
    DEKON = "DEKON", _("Dekonsentrasi")
    APBN_OTHER = "APBN_LAIN", _("APBN lainnya")
    CSR = "CSR", _("CSR")
    SELF = "SWADAYA", _("Swadaya")


class ProcedureKind(models.TextChoices):
    PROCESS = "PROSES_BISNIS", _("Proses bisnis")
    SOP = "SOP", _("Prosedur operasional standar (SOP)")


class LegalForm(models.TextChoices):
    SOLE = "PERORANGAN", _("Perorangan")
    CV = "CV", _("CV")
    PT = "PT", _("PT")
    PT_SOLE = "PT_PERORANGAN", _("PT perorangan")
    COOPERATIVE = "KOPERASI", _("Koperasi")
    GROUP = "KUB", _("Kelompok usaha bersama")
    OTHER = "LAINNYA", _("Bentuk lain")


class NoNibReason(models.TextChoices):
    NOT_ASKED = "BELUM_DITANYA", _("Belum ditanyakan")
    NOT_YET = "BELUM_PUNYA", _("Belum punya")
    IN_PROCESS = "SEDANG_DIURUS", _("Sedang diurus")
    NOT_WANTED = "TIDAK_BERSEDIA", _("Belum bersedia mengurus")
    NOT_SHOWN = "TIDAK_DITUNJUKKAN", _("Punya, tetapi nomornya belum ditunjukkan")


class Sex(models.TextChoices):
    MALE = "L", _("Laki-laki")
    FEMALE = "P", _("Perempuan")


class Technique(models.TextChoices):
    TULIS = "TULIS", _("Batik tulis")
    CAP = "CAP", _("Batik cap")
    KOMBINASI = "KOMBINASI", _("Batik kombinasi tulis dan cap")
    PRINTING = "PRINTING", _("Tekstil bermotif batik (printing)")
    COLD_WAX = "MALAM_DINGIN", _("Malam dingin")
    ECOPRINT = "ECOPRINT", _("Ecoprint")


#: The techniques that the national standards for batik name (SNI 8302, 8303, 8304): wax-resist by hand.
WAX_RESIST = (Technique.TULIS, Technique.CAP, Technique.KOMBINASI)


class DyeType(models.TextChoices):
    NATURAL = "ALAM", _("Pewarna alam")
    SYNTHETIC = "SINTETIS", _("Pewarna sintetis")
    MIXED = "CAMPURAN", _("Campuran")


class WasteHandling(models.TextChoices):
    OWN = "IPAL_SENDIRI", _("IPAL sendiri")
    CENTRE = "IPAL_SENTRA", _("IPAL sentra")
    NONE = "TIDAK_ADA", _("Tidak ada pengolahan")


class ProductGroup(models.TextChoices):
    FABRIC = "FABRIC", _("Kain")
    FASHION = "FASHION", _("Busana")
    ACCESSORY = "ACCESSORY", _("Aksesori")
    BAG = "BAG", _("Tas")
    FOOTWEAR = "FOOTWEAR", _("Sepatu dan alas kaki")
    HOME_DECOR = "HOME_DECOR", _("Dekorasi rumah")


class BuyerSegment(models.TextChoices):
    LOCAL = "LOKAL", _("Lokal")
    PROVINCE = "PROVINSI", _("Provinsi")
    NATIONAL = "NASIONAL", _("Nasional")
    EXPORT = "EKSPOR", _("Ekspor")
    GOVERNMENT = "PEMERINTAH", _("Pemerintah")
    PRIVATE = "SWASTA", _("Swasta")
    TOURISM = "PARIWISATA", _("Pariwisata")
    ONLINE = "DARING", _("Daring")


class MemberStatus(models.TextChoices):
    ACTIVE = "AKTIF", _("Aktif")
    PAUSED = "TIDAK_AKTIF_SEMENTARA", _("Tidak aktif sementara")
    CLOSED = "TUTUP", _("Tutup")
    MOVED = "PINDAH", _("Pindah")
    DUPLICATE = "GANDA", _("Data ganda")


class MembershipRole(models.TextChoices):
    MEMBER = "ANGGOTA", _("Anggota")
    BOARD = "PENGURUS", _("Pengurus")
    USER = "PENGGUNA_FASILITAS", _("Pengguna fasilitas")


class Semester(models.IntegerChoices):
    WHOLE_YEAR = 0, _("Setahun penuh")
    FIRST = 1, _("Semester I")
    SECOND = 2, _("Semester II")


class CapacityUnit(models.TextChoices):
    PIECE = "POTONG", _("potong per tahun")
    SHEET = "LEMBAR", _("lembar per tahun")
    METRE = "METER", _("meter per tahun")


class ExportMode(models.TextChoices):
    DIRECT = "LANGSUNG", _("Langsung")
    INDIRECT = "TIDAK_LANGSUNG", _("Melalui pihak lain")


class CollectionMethod(models.TextChoices):
    INTERVIEW = "WAWANCARA", _("Wawancara")
    SELF = "MANDIRI", _("Diisi sendiri")
    IMPORT = "IMPOR", _("Impor dari sistem lain")
    ESTIMATE = "ESTIMASI", _("Perkiraan petugas")


class CertificateType(models.TextChoices):
    BATIKMARK = "BATIKMARK", _("Batikmark")
    SNI = "SNI", _("SNI")
    TKDN = "TKDN", _("TKDN")
    HALAL = "HALAL", _("Halal")
    TRADEMARK = "MEREK", _("Merek")
    COPYRIGHT = "HAK_CIPTA", _("Hak cipta")
    DESIGN = "DESAIN_INDUSTRI", _("Desain industri")
    GEOGRAPHICAL = "INDIKASI_GEOGRAFIS", _("Indikasi geografis")
    GREEN = "SIH", _("Standar Industri Hijau")
    SKILL = "SKKNI_BATIK", _("SKKNI batik")


class CertificateStatus(models.TextChoices):
    APPLIED = "DIAJUKAN", _("Diajukan")
    VALID = "BERLAKU", _("Berlaku")
    EXPIRED = "KEDALUWARSA", _("Kedaluwarsa")
    WITHDRAWN = "DICABUT", _("Dicabut")


class PartnershipType(models.TextChoices):
    MARKETING = "PEMASARAN", _("Pemasaran")
    MATERIAL = "BAHAN_BAKU", _("Bahan baku")
    DESIGN = "DESAIN", _("Desain")
    FINANCE = "PEMBIAYAAN", _("Pembiayaan")
    CSR = "CSR", _("CSR")
    ACADEMIC = "AKADEMIK", _("Akademik")
    OFF_TAKER = "OFF_TAKER", _("Pembeli tetap")


class FigureKind(models.TextChoices):
    """Which figure a source means: sums of money differ because sources speak of different stages of the budget."""

    CEILING = "PAGU", _("Pagu")
    PLAN = "RK", _("Rencana kegiatan")
    CONTRACT = "KONTRAK", _("Kontrak")
    DISBURSED = "SALUR", _("Penyaluran")
    ABSORBED = "SERAP", _("Penyerapan")
    COUNT = "JUMLAH", _("Jumlah")
    AREA = "LUAS", _("Luas")
    NAME = "NAMA", _("Nama atau ejaan")
    DATE = "TANGGAL", _("Tanggal")
    OTHER = "LAINNYA", _("Lainnya")


class AttachmentKind(models.TextChoices):
    PHOTO = "FOTO", _("Foto")
    DOCUMENT = "DOKUMEN", _("Dokumen")


class RuleCode(models.TextChoices):
    """Limits that staff may change, each with its legal basis and its dates."""

    CLUSTER_MINIMUM = "KLASTER_IKM_MINIMUM", _("Jumlah IKM minimum sebuah klaster aktif")
    STALE_MONTHS = "KONFIRMASI_BULAN", _("Bulan sampai status aktif perlu dikonfirmasi lagi")
    CENTROID_KM = "JARAK_TITIK_KM", _("Jarak terjauh titik dari tengah kabupaten/kota (km)")
    BATIKMARK_TECHNIQUES = "BATIKMARK_TEKNIK", _("Teknik yang dapat memperoleh Batikmark")
    MICRO_CAPITAL = "MODAL_MIKRO", _("Batas atas modal usaha mikro (rupiah)")
    SMALL_CAPITAL = "MODAL_KECIL", _("Batas atas modal usaha kecil (rupiah)")
    MEDIUM_CAPITAL = "MODAL_MENENGAH", _("Batas atas modal usaha menengah (rupiah)")
    UNUSED_DAYS = "BELUM_DIMANFAATKAN", _("Hari tanpa laporan sampai gedung disebut belum dimanfaatkan")
    ABANDONED_DAYS = "MANGKRAK", _("Hari tanpa laporan sampai gedung disebut mangkrak")
    GAP_POINTS = "SELISIH_FISIK_UANG", _("Selisih terbesar kemajuan fisik dan penyerapan (poin persen)")
    PHOTO_METRES = "JARAK_FOTO_M", _("Jarak terjauh foto dari fasilitas (meter)")
    USERS_PCT = "PENGGUNA_MINIMUM", _("Porsi terkecil IKM yang memakai fasilitas (%)")
    EXTERNAL_PCT = "SELISIH_OMSPAN", _("Selisih terbesar dengan angka sistem lain (%)")
    CONTRACT_BY_MONTH = "KONTRAK_BULAN", _("Bulan yang pada tanggal 1-nya kontrak sudah harus ada")
    CEILING_MINIMUM = "PAGU_WAJAR_MIN", _("Pagu terkecil yang wajar (rupiah)")
    CEILING_MAXIMUM = "PAGU_WAJAR_MAKS", _("Pagu terbesar yang wajar (rupiah)")
    RESULTS_PCT = "HASIL_KEGIATAN", _("Porsi peserta yang hasilnya tercatat sebelum kegiatan ditutup (%)")
    FOLLOW_UP_DAYS = "TINDAK_LANJUT_HARI", _("Hari sampai pesanan sebuah kegiatan ditanyakan lagi")
    OPEN_DAYS = "HARI_BUKA_MINIMUM", _("Hari buka terkecil dalam satu triwulan untuk disebut beroperasi")
    HALAL_DUTY = "WAJIB_HALAL", _("Wajib sertifikat halal untuk barang gunaan, termasuk tekstil (1 = wajib)")


class RuleStatus(models.TextChoices):
    VERIFIED = "TERVERIFIKASI", _("Terverifikasi terhadap dasar hukum")
    UNVERIFIED = "PERLU_VERIFIKASI", _("Perlu diverifikasi")


class BusinessScale(models.TextChoices):
    MICRO = "MIKRO", _("Mikro")
    SMALL = "KECIL", _("Kecil")
    MEDIUM = "MENENGAH", _("Menengah")
    LARGE = "BESAR", _("Besar")
