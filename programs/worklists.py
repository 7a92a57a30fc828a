"""The lists that the ministry asks for, each with one definition: who is on it, and what is told of them.

A list is a queryset of what the user may see; the page, its count and the download are made of the same rows. Columns
name no personal field: `tests/programs/test_worklists.py` asks.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, Count, F, IntegerField, OuterRef, QuerySet, Subquery, Sum, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from batik_registry.columns import Column
from batik_registry.tables import Table
from batik_registry.words import written
from centres.choices import CertificateStatus, CertificateType, RuleCode
from centres.models import Certification, Member, Rule
from programs.models import Event, Order, Participation

EXPIRING_DAYS = 90  # how far the list of expiring certificates looks ahead unless a day is given


@dataclass(frozen=True)
class Worklist:
    """A named list. `asks` says what its definition depends on: "year", "day", or nothing."""

    name: str
    title: Any
    definition: Any
    model: Any
    rows: Callable[..., QuerySet[Any]]
    columns: tuple[Column, ...]
    asks: str = ""
    related: tuple[str, ...] = ()
    #: A sentence that today's rules add to the definition.
    remark: Callable[[], str] = str

    def of(self, user: Any, *, year: int, day: date, region: str = "") -> QuerySet[Any]:
        """The rows that `user` may see, of one region where one is given."""
        given = {name: value for name, value in (("year", year), ("day", day)) if name == self.asks}
        rows = self.rows(self.model.objects.visible_to(user), **given).select_related(*self.related)
        return rows.filter(region_code__startswith=region) if region else rows

    def as_table(self, rows: QuerySet[Any], filters: Sequence[tuple[Any, Any]]) -> Table:
        """The list as a file tells it."""
        definition = " ".join(filter(None, (str(self.definition), self.remark())))
        return Table(self.name, self.title, rows, self.columns, definition, filters)

    def headings(self) -> list[str]:
        return [str(column.title(self.model)) for column in self.columns]

    def cells(self, row: Any) -> list[str]:
        return [column.text(row) for column in self.columns]

    def table(self, rows: Iterable[Any]) -> list[tuple[Any, list[str]]]:
        """Each row with its cells."""
        return [(row, self.cells(row)) for row in rows]


# --- who is on each list -------------------------------------------------------------------------------------------


def in_procurement(members: Any, year: int) -> Any:
    """Members from whom the government, or anybody through a channel of procurement, bought in a year."""
    orders = Order.objects.procurement().in_year(year).order_by()
    own = orders.filter(member=OuterRef("pk")).values("member")
    return members.filter(pk__in=orders.values("member")).annotate(
        orders=Subquery(own.annotate(count=Count("pk")).values("count")),
        bought_idr=Subquery(own.annotate(value=Sum("value_idr")).values("value")),
    )


def new_entrepreneurs(members: Any, year: int) -> Any:
    """Members who began as new entrepreneurs in a year."""
    return members.filter(is_new_entrepreneur=True, started_year=year)


def expiring(certificates: Any, day: date) -> Any:
    """Certificates in force today that run out before a day: halal first, then by their last day."""
    halal_first = Case(When(kind=CertificateType.HALAL, then=Value(0)), default=Value(1), output_field=IntegerField())
    return certificates.valid().filter(expires_on__lt=day).order_by(halal_first, F("expires_on"), "pk")


def without_halal(members: Any) -> Any:
    """Active members who neither hold a halal certificate in force nor have applied for one."""
    halal = Certification.objects.filter(kind=CertificateType.HALAL, member__isnull=False)
    held = halal.valid().order_by().values("member")
    applied = halal.filter(status=CertificateStatus.APPLIED).order_by().values("member")
    return members.active().exclude(pk__in=held).exclude(pk__in=applied)


def halal_countdown(today: date | None = None) -> str:
    """How long it is to the day from which a halal certificate is a duty. One query; "" where no rule says."""
    duty = Rule.objects.filter(code=RuleCode.HALAL_DUTY, valid_from__isnull=False).order_by("valid_from").first()
    if duty is None or duty.valid_from is None:
        return ""
    days = (duty.valid_from - (today or timezone.localdate())).days
    told = {"day": written(Rule._meta.get_field("valid_from"), duty.valid_from), "days": abs(days)}
    if days > 0:
        return str(_("Wajib mulai %(day)s, %(days)d hari lagi.") % told)
    return str(_("Wajib sejak %(day)s, sudah %(days)d hari.") % told)


def follow_ups(participations: Any) -> Any:
    return participations.follow_up_due().order_by("event__ends_on", "member__business_name", "pk")


def unreported(events: Any) -> Any:
    """Events that are over and not closed, the oldest first."""
    return events.unsettled().filter(ends_on__lt=timezone.localdate()).with_results().order_by("ends_on", "pk")


MEMBER = (Column("business_name"), Column("regency"), Column("nib"), Column("status"))
OF_MEMBER = (Column("member"), Column("member__regency"))

WORKLISTS = (
    Worklist(
        "pengadaan-pemerintah",
        _("IKM dalam pengadaan pemerintah (P3DN)"),
        _("IKM yang pada tahun itu menerima pesanan pemerintah, atau pesanan lewat e-Katalog atau SPSE."),
        Member,
        in_procurement,
        (*MEMBER, Column("orders", _("jumlah pesanan")), Column("bought_idr", _("nilai pesanan (rupiah)"))),
        asks="year",
        related=("regency",),
    ),
    Worklist(
        "wirausaha-baru",
        _("Wirausaha baru"),
        _("IKM yang ditandai wirausaha baru dan mulai berusaha pada tahun itu."),
        Member,
        new_entrepreneurs,
        (*MEMBER, Column("started_year"), Column("wub_programme")),
        asks="year",
        related=("regency",),
    ),
    Worklist(
        "sertifikat-berakhir",
        _("Sertifikat yang segera berakhir"),
        _("Sertifikat yang masih berlaku hari ini dan berakhir sebelum tanggal itu; sertifikat halal didahulukan."),
        Certification,
        expiring,
        (Column("kind"), *OF_MEMBER, Column("number"), Column("issuer"), Column("expires_on")),
        asks="day",
        related=("member__regency",),
    ),
    Worklist(
        "belum-halal",
        _("IKM tanpa sertifikat halal"),
        _("IKM aktif yang tidak memegang sertifikat halal yang berlaku dan belum mengajukannya."),
        Member,
        without_halal,
        (*MEMBER, Column("product_groups")),
        related=("regency",),
        remark=halal_countdown,
    ),
    Worklist(
        "seragam-haji",
        _("IKM yang memenuhi syarat seragam batik haji"),
        _(
            "IKM aktif dengan NIB, KBLI industri batik, teknik cap, tempat produksi, serta Batikmark dan sertifikat "
            "halal yang berlaku atau sedang diajukan."
        ),
        Member,
        lambda members: members.haj_uniform_eligible(),
        (*MEMBER, Column("techniques")),
        related=("regency",),
    ),
    Worklist(
        "tindak-lanjut-pesanan",
        _("Pesanan kegiatan yang perlu ditanyakan lagi"),
        _("Peserta yang menerima pesanan pada kegiatan yang sudah lama selesai dan belum ditanya apakah terwujud."),
        Participation,
        follow_ups,
        (*OF_MEMBER, Column("event"), Column("event__ends_on"), Column("orders_count"), Column("preorder_idr")),
        related=("member__regency", "event"),
    ),
    Worklist(
        "kegiatan-belum-dilaporkan",
        _("Kegiatan yang hasilnya belum lengkap"),
        _("Kegiatan yang hari terakhirnya sudah lewat dan belum ditutup."),
        Event,
        unreported,
        (
            *(Column("name"), Column("kind"), Column("initiator"), Column("ends_on"), Column("status")),
            *(Column("participants", _("peserta tercatat")), Column("reported", _("sudah melapor"))),
        ),
        related=("initiator",),
    ),
)


def readable_by(user: Any) -> list[Worklist]:
    return [worklist for worklist in WORKLISTS if user.may.read(worklist.model)]


def find(name: str, user: Any) -> Worklist | None:
    return next((worklist for worklist in readable_by(user) if worklist.name == name), None)
