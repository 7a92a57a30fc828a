"""The batik industry centre."""

from datetime import date
from typing import Any, Self

from django.contrib.postgres.indexes import GinIndex
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Count, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from batik_registry.fields import Phone
from batik_registry.lists import ListField
from batik_registry.models import Sensitivity
from batik_registry.validators import validate_kbli
from centres.choices import CentreKind, Commodity, KbliVersion, ManagerType, OperationalStatus, ProgrammeTag, RuleCode
from centres.models.place import PlacedRecord
from centres.models.rule import Rule
from centres.models.searchable import Searchable, SearchQuerySet


class CentreQuerySet(SearchQuerySet):
    def batik(self) -> Self:
        """Centres that count as batik; a centre of another commodity stays stored and out of batik totals."""
        return self.filter(commodity=Commodity.BATIK)

    def active(self) -> Self:
        """Centres at work, also where work has become little."""
        return self.filter(operational_status__in=[OperationalStatus.ACTIVE, OperationalStatus.LESS_ACTIVE])

    def not_closed(self) -> Self:
        return self.exclude(operational_status=OperationalStatus.CLOSED)

    def pilots(self) -> Self:
        return self.filter(is_pilot=True)

    def with_member_count(self, on: date | None = None) -> Self:
        """Adds `member_count`: who belongs to the centre on a day (today unless told) by the registry's own list."""
        memberships = self.model.membership_set.rel.related_model.objects.open(on).filter(centre=OuterRef("pk"))
        counted = memberships.order_by().values("centre").annotate(members=Count("member", distinct=True))
        return self.annotate(member_count=Coalesce(Subquery(counted.values("members")), 0))


class Centre(Searchable, PlacedRecord):
    """A group of small industries in one place that make the same thing; the buildings it uses are its facilities."""

    code = models.CharField(
        _("kode sentra"), max_length=20, editable=False, help_text=_("Seperti SB-3576-001; diberi sekali, tetap")
    )
    name = models.CharField(_("nama sentra"), max_length=200, error_messages={"required": _("Isi nama sentra")})
    aliases = ListField(
        models.CharField(max_length=200),
        verbose_name=_("nama lain"),
        default=list,
        blank=True,
        help_text=_("Satu nama atau ejaan per baris; pencarian menemukan semuanya"),
    )
    kinds = ListField(
        models.CharField(max_length=14, choices=CentreKind.choices), verbose_name=_("jenis"), default=list, blank=True
    )
    commodity = models.CharField(_("komoditas"), max_length=10, choices=Commodity.choices, default=Commodity.BATIK)
    kbli_code = models.CharField(_("kode KBLI"), max_length=5, blank=True, validators=[validate_kbli])
    kbli_version = models.CharField(
        _("versi KBLI"), max_length=4, choices=KbliVersion.choices, default=KbliVersion.V2020
    )

    decree_number = models.CharField(_("nomor SK penetapan"), max_length=100, blank=True)
    decree_on = models.DateField(_("tanggal SK penetapan"), null=True, blank=True)
    established_year = models.PositiveSmallIntegerField(_("tahun berdiri"), null=True, blank=True)
    inaugurated_on = models.DateField(_("diresmikan pada"), null=True, blank=True)
    inauguration_is_planned = models.BooleanField(_("peresmian baru direncanakan"), default=False)
    operational_on = models.DateField(_("beroperasi sejak"), null=True, blank=True)
    closed_on = models.DateField(_("tutup pada"), null=True, blank=True)
    operational_status = models.CharField(
        _("status operasi"), max_length=12, choices=OperationalStatus.choices, default=OperationalStatus.ACTIVE
    )
    member_count_declared = models.PositiveIntegerField(
        _("jumlah IKM menurut pernyataan"), null=True, blank=True, help_text=_("Dibandingkan dengan anggota tercatat")
    )

    manager_type = models.CharField(_("bentuk pengelola"), max_length=10, choices=ManagerType.choices, blank=True)
    manager_name = models.CharField(_("nama pengelola"), max_length=150, blank=True)
    manager_phone = Phone(_("telepon pengelola"), blank=True)
    manager_agrees = models.BooleanField(_("pengelola setuju kontaknya ditampilkan"), default=False)
    board = models.TextField(_("pengurus"), blank=True, help_text=_("Satu orang per baris: jabatan dan nama"))

    is_pilot = models.BooleanField(_("sentra percontohan"), default=False, help_text=_("Ditetapkan Kementerian"))
    is_independent = models.BooleanField(_("mandiri"), default=False)
    independent_evidence = models.TextField(_("bukti mandiri"), blank=True)
    is_accountable = models.BooleanField(_("akuntabel"), default=False)
    accountable_evidence = models.TextField(_("bukti akuntabel"), blank=True)
    is_professional = models.BooleanField(_("profesional"), default=False)
    professional_evidence = models.TextField(_("bukti profesional"), blank=True)

    programme_tags = ListField(
        models.CharField(max_length=8, choices=ProgrammeTag.choices),
        verbose_name=_("program"),
        default=list,
        blank=True,
    )
    profile = models.TextField(_("profil"), blank=True)

    objects = CentreQuerySet.as_manager()

    centre_path = "pk"
    search_parts = ("name", "aliases", "code", "commodity")
    search_also = "sentra ikm"
    sensitivity = dict.fromkeys(["manager_name", "manager_phone", "board"], Sensitivity.PERSONAL)

    class Meta(PlacedRecord.Meta):
        verbose_name = _("sentra")
        verbose_name_plural = _("sentra")
        ordering = ["name", "id"]
        indexes = [
            *Searchable.Meta.indexes,
            models.Index(fields=["province_code", "commodity", "operational_status"], name="centres_centre_counted"),
            GinIndex(fields=["kinds"], name="centres_centre_kinds"),
        ]
        constraints = [
            *PlacedRecord.Meta.constraints,
            models.UniqueConstraint(
                fields=["code"],
                name="centres_centre_code",
                violation_error_message=_("Kode sentra ini baru saja terpakai; simpan sekali lagi"),
                violation_error_code="code",
            ),
            models.UniqueConstraint(
                fields=["regency", "name"],
                name="centres_centre_name_in_regency",
                violation_error_message=_("Sentra dengan nama ini sudah ada di kabupaten/kota tersebut"),
                violation_error_code="name",
            ),
            models.CheckConstraint(
                name="centres_centre_closed_after_inaugurated",
                condition=Q(closed_on=None) | Q(inaugurated_on=None) | Q(closed_on__gte=F("inaugurated_on")),
                violation_error_message=_("Tanggal tutup tidak boleh sebelum tanggal peresmian"),
                violation_error_code="closed_on",
            ),
            models.CheckConstraint(
                name="centres_centre_closed_after_opened",
                condition=Q(closed_on=None) | Q(operational_on=None) | Q(closed_on__gte=F("operational_on")),
                violation_error_message=_("Tanggal tutup tidak boleh sebelum sentra mulai beroperasi"),
                violation_error_code="closed_on",
            ),
            models.CheckConstraint(
                name="centres_centre_closed_after_founded",
                condition=Q(closed_on=None) | Q(established_year=None) | Q(closed_on__year__gte=F("established_year")),
                violation_error_message=_("Tahun tutup tidak boleh sebelum tahun berdiri"),
                violation_error_code="closed_on",
            ),
            models.CheckConstraint(
                name="centres_centre_closed_status",
                condition=Q(closed_on=None) | Q(operational_status=OperationalStatus.CLOSED),
                violation_error_message=_("Sentra dengan tanggal tutup harus berstatus Tutup"),
                violation_error_code="operational_status",
            ),
            models.CheckConstraint(
                name="centres_centre_established_year",
                condition=Q(established_year=None) | Q(established_year__range=(1800, 2100)),
                violation_error_message=_("Tahun berdiri ditulis empat angka, misalnya 1998"),
                violation_error_code="established_year",
            ),
            models.CheckConstraint(
                name="centres_centre_independent_evidence",
                condition=Q(is_independent=False) | ~Q(independent_evidence=""),
                violation_error_message=_("Tulis bukti bahwa sentra mandiri, misalnya pendapatan layanan dan biaya"),
                violation_error_code="independent_evidence",
            ),
            models.CheckConstraint(
                name="centres_centre_accountable_evidence",
                condition=Q(is_accountable=False) | ~Q(accountable_evidence=""),
                violation_error_message=_("Tulis bukti bahwa sentra akuntabel, misalnya laporan yang tepat waktu"),
                violation_error_code="accountable_evidence",
            ),
            models.CheckConstraint(
                name="centres_centre_professional_evidence",
                condition=Q(is_professional=False) | ~Q(professional_evidence=""),
                violation_error_message=_("Tulis bukti bahwa sentra profesional, misalnya SK, SOP, dan tarif"),
                violation_error_code="professional_evidence",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def kind_names(self) -> list[str]:
        return [str(CentreKind(code).label) for code in self.kinds if code in CentreKind.values]

    def clean_fields(self, exclude: Any = None) -> None:
        if self._state.adding and not self.code and self.regency_id and len(self.regency_id) == 5:
            self.code = self._next_code()
        super().clean_fields(exclude=exclude)

    def clean(self) -> None:
        super().clean()
        today = timezone.localdate()
        if self.inaugurated_on and self.inaugurated_on > today and not self.inauguration_is_planned:
            raise ValidationError(
                {"inaugurated_on": _("Tanggal peresmian belum tiba; tandai sebagai rencana atau perbaiki tanggalnya")}
            )
        if self.established_year and self.established_year > today.year:
            raise ValidationError({"established_year": _("Tahun berdiri belum tiba")})
        self._check_cluster_size()

    def _check_cluster_size(self) -> None:
        is_cluster = CentreKind.CLUSTER in (self.kinds or ()) and self.operational_status == OperationalStatus.ACTIVE
        if not is_cluster or self.member_count_declared is None:
            return
        minimum = Rule.objects.number(RuleCode.CLUSTER_MINIMUM)
        if minimum is not None and self.member_count_declared < minimum:
            raise ValidationError(
                {"member_count_declared": _("Klaster yang aktif beranggota sedikitnya %d IKM") % minimum}
            )

    def _next_code(self) -> str:
        """The next number in the regency. Two at once meet the unique constraint, and one is asked to save again."""
        prefix = f"SB-{self.regency_id.replace('.', '')}-"
        codes = Centre.objects.filter(code__startswith=prefix).values_list("code", flat=True)
        return f"{prefix}{max((int(code[len(prefix) :]) for code in codes), default=0) + 1:03d}"
