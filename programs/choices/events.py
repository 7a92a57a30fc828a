"""The fixed lists of events, each code with the Indonesian word that people read."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OrganisationKind(models.TextChoices):
    MINISTRY = "KEMENTERIAN", _("Kementerian atau unitnya")
    GOVERNMENT = "PEMDA", _("Pemerintah daerah")
    OFFICE = "DINAS", _("Dinas")
    CRAFT_COUNCIL = "DEKRANASDA", _("Dekranas atau Dekranasda")
    ASSOCIATION = "ASOSIASI", _("Asosiasi atau paguyuban")
    COOPERATIVE = "KOPERASI", _("Koperasi")
    COMPANY = "PERUSAHAAN", _("Perusahaan")
    SCHOOL = "PENDIDIKAN", _("Lembaga pendidikan")
    OTHER = "LAINNYA", _("Lainnya")


class EventKind(models.TextChoices):
    EXHIBITION = "PAMERAN", _("Pameran")
    TRAINING = "PELATIHAN", _("Pelatihan")
    MENTORING = "PENDAMPINGAN", _("Pendampingan")
    CURATION = "KURASI", _("Kurasi")
    MATCHING = "TEMU_BISNIS", _("Temu bisnis")
    BRIEFING = "SOSIALISASI", _("Sosialisasi")
    WORKSHOP = "LOKAKARYA", _("Lokakarya")
    COMPETITION = "LOMBA", _("Lomba")
    VISIT = "KUNJUNGAN", _("Kunjungan")
    CERTIFICATION = "FASILITASI_SERTIFIKASI", _("Fasilitasi sertifikasi")
    INAUGURATION = "PERESMIAN", _("Peresmian")


#: Events that members attend in order to sell: without a single participant there is nothing to report.
SELLING = (EventKind.EXHIBITION, EventKind.MATCHING)


class EventMode(models.TextChoices):
    OFFLINE = "LURING", _("Luring")
    ONLINE = "DARING", _("Daring")
    MIXED = "CAMPURAN", _("Campuran")


class EventStatus(models.TextChoices):
    """Where an event stands. Which deed leads from which status to which: programs/event_life.py."""

    PLANNED = "RENCANA", _("Rencana")
    OPEN = "DIBUKA", _("Pendaftaran dibuka")
    RUNNING = "BERJALAN", _("Berjalan")
    FINISHED = "SELESAI_BELUM_LAPOR", _("Selesai, belum dilaporkan")
    CLOSED = "DITUTUP", _("Ditutup")
    CANCELLED = "BATAL", _("Batal")


class EventGoal(models.TextChoices):
    """What an event is held for."""

    MARKET = "AKSES_PASAR", _("Membuka akses pasar")
    PROMOTION = "PROMOSI", _("Memperkenalkan produk")
    EXPERIENCE = "PENGALAMAN", _("Pengalaman memasarkan lewat pameran")
    NEW_BUSINESS = "IKM_BARU", _("Menumbuhkan IKM baru")
    INVESTMENT = "INVESTASI", _("Menumbuhkan investasi")
    DOMESTIC = "PASAR_DOMESTIK", _("Memperluas pasar dalam negeri")
    EXPORT = "EKSPOR", _("Membuka ekspor")
    PARTNERSHIP = "KEMITRAAN", _("Menjalin kemitraan")
    BRANDING = "BRANDING", _("Membangun merek")
    SKILL = "KETERAMPILAN", _("Meningkatkan keterampilan")
    LEGALITY = "LEGALITAS", _("Melengkapi izin dan sertifikat")
    SUSTAINABILITY = "KEBERLANJUTAN", _("Menjaga keberlanjutan sentra")


class ParticipationStatus(models.TextChoices):
    REGISTERED = "DAFTAR", _("Terdaftar")
    SELECTED = "LOLOS_KURASI", _("Lolos kurasi")
    ATTENDED = "HADIR", _("Hadir")
    ABSENT = "TIDAK_HADIR", _("Tidak hadir")


class CurationResult(models.TextChoices):
    PASSED = "LOLOS", _("Lolos")
    FAILED = "TIDAK_LOLOS", _("Tidak lolos")
    DEFERRED = "DITUNDA", _("Ditunda")


class OrderChannel(models.TextChoices):
    E_CATALOGUE = "E_KATALOG", _("e-Katalog")
    ONLINE_SHOP = "TOKO_DARING", _("Toko daring")
    SPSE = "SPSE", _("SPSE")
    DIRECT = "LANGSUNG", _("Langsung")
    EXPORT = "EKSPOR", _("Ekspor")


#: Channels of government procurement, in which every purchase has a package number.
PROCUREMENT = (OrderChannel.E_CATALOGUE, OrderChannel.SPSE)
