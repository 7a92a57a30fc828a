"""The member: a small or medium business (IKM) that makes batik."""

from calendar import monthrange
from datetime import date
from typing import Any, Self

from django.contrib.postgres.indexes import GinIndex
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.db.models.functions import Greatest, TruncDate
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from batik_registry.encryption import keyed_hash
from batik_registry.fields import DigitString, EncryptedDigits, Phone, Rupiah
from batik_registry.lists import ListField
from batik_registry.measures import Measure
from batik_registry.models import Sensitivity
from batik_registry.validators import (
    validate_https_or_http,
    validate_kbli,
    validate_nib,
    validate_nik,
    validate_npwp,
    validate_percent,
)
from centres import choices
from centres.choices import CertificateStatus, CertificateType, MemberStatus, RuleCode, Technique
from centres.fields import TechniqueShares
from centres.models.member_rules import MEMBER_CONSTRAINTS
from centres.models.place import PlacedRecord
from centres.models.rule import IndustryCode, Rule
from centres.models.searchable import Searchable, SearchQuerySet

PUBLISHED = Q(public_profile=True, consent_at__isnull=False, consent_withdrawn_at__isnull=True)


class MemberQuerySet(SearchQuerySet):
    def visible_to(self, user: Any) -> Self:
        """Members at home in the user's region, and those who belong to a centre there. Two index scans, united."""
        prefix = user.region_prefix
        if prefix is None:
            return self.none()
        if user.assigned_ids is not None:
            memberships = self._memberships().filter(centre__in=user.assigned_ids)
            return self.filter(pk__in=memberships.filter(region_code__startswith=prefix).values("member"))
        rows = self.published() if sees_published_only(user) else self
        if not prefix:
            return rows
        home = self.model.objects.filter(region_code__startswith=prefix).order_by().values("pk")
        guests = self._memberships().filter(region_code__startswith=prefix).order_by().values("member")
        return rows.filter(pk__in=home.union(guests))

    def published(self) -> Self:
        """Members who agreed that the public may see their profile, and did not take it back."""
        return self.filter(PUBLISHED)

    def editable_by(self, user: Any) -> Self:
        """Only the home region keeps a member's record; a centre's manager proposes for the centre's own members."""
        prefix = user.region_prefix
        seen = self.visible_to(user)
        return seen.filter(region_code__startswith=prefix) if prefix else seen

    def _memberships(self) -> Any:
        return self.model.memberships.rel.related_model.objects.all()

    def active(self) -> Self:
        return self.filter(status=MemberStatus.ACTIVE)

    def with_nib(self) -> Self:
        return self.exclude(nib="")

    def stale(self, on: date | None = None) -> Self:
        """Active members whom nobody has confirmed for longer than the rule allows. One query for the rule."""
        months = Rule.objects.number(RuleCode.STALE_MONTHS, on)
        if months is None:
            return self.none()
        limit = months_before(on or timezone.localdate(), int(months))
        confirmed = Greatest(TruncDate("verified_at"), "as_of")
        return self.active().annotate(confirmed_on=confirmed).filter(Q(confirmed_on=None) | Q(confirmed_on__lt=limit))

    def in_centre(self, centre: Any, on: date | None = None) -> Self:
        """Members of a centre on a day, today unless told."""
        return self.filter(pk__in=self._memberships().open(on).filter(centre=centre).values("member"))

    def haj_uniform_eligible(self, on: date | None = None) -> Self:
        """Members who may make the haj uniform.

        NIB, batik KBLI, cap, a workshop, Batikmark and halal held or applied for. The batik codes are the rows of
        `IndustryCode` marked so.
        """
        codes = IndustryCode.objects.filter(is_batik=True).values("code")
        held = [self._holders(kind, on) for kind in (CertificateType.BATIKMARK, CertificateType.HALAL)]
        found = self.active().with_nib().filter(techniques__has_key=Technique.CAP, has_workshop=True)
        found = found.filter(pk__in=held[0]).filter(pk__in=held[1])
        return found.filter(kbli_codes__overlap=[row["code"] for row in codes] or ["-"])

    def _holders(self, kind: str, on: date | None) -> Any:
        certificates = self.model.certification_set.rel.related_model.objects.filter(kind=kind)
        applied = certificates.filter(status=CertificateStatus.APPLIED).order_by().values("member")
        return applied.union(certificates.valid(on).order_by().values("member"))


def sees_published_only(user: Any) -> bool:
    """Whether the user is outside the government and without an agreement: then only whoever agreed is seen."""
    return not (user.may.reads_restricted or user.may.read_personal(Member))


def months_before(day: date, months: int) -> date:
    """The same day so many months earlier, or that month's last day."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def batik_code() -> list[str]:
    return ["13134"]


class Member(Searchable, PlacedRecord):
    """A small or medium business that makes batik or things of batik; it may belong to several centres, or to none."""

    business_name = models.CharField(
        _("nama usaha"), max_length=200, error_messages={"required": _("Isi nama usaha, misalnya Batik Sekar Arum")}
    )
    brand_name = models.CharField(_("merek dagang"), max_length=150, blank=True)
    legal_form = models.CharField(
        _("bentuk usaha"), max_length=13, choices=choices.LegalForm.choices, default=choices.LegalForm.SOLE
    )
    nib = DigitString(_("NIB"), blank=True, validators=[validate_nib], help_text=_("13 angka; kosong bila belum ada"))
    no_nib_reason = models.CharField(
        _("alasan NIB kosong"),
        max_length=17,
        choices=choices.NoNibReason.choices,
        default=choices.NoNibReason.NOT_ASKED,
        blank=True,
    )
    siinas_account = models.CharField(_("akun SIINas"), max_length=60, blank=True)
    kbli_codes = ListField(
        models.CharField(max_length=5, validators=[validate_kbli]),
        verbose_name=_("kode KBLI"),
        default=batik_code,
        error_messages={"required": _("Isi sedikitnya satu kode KBLI, misalnya 13134")},
        help_text=_("Satu kode per baris; 13134 untuk industri batik menurut KBLI 2020"),
    )
    kbli_version = models.CharField(
        _("versi KBLI"), max_length=4, choices=choices.KbliVersion.choices, default=choices.KbliVersion.V2020
    )

    owner_name = models.CharField(
        _("nama pemilik"), max_length=150, error_messages={"required": _("Isi nama pemilik usaha")}
    )
    owner_nik = EncryptedDigits(_("NIK pemilik"), blank=True, validators=[validate_nik], help_text=_("16 angka"))
    owner_nik_hash = models.CharField(_("sidik NIK"), max_length=64, blank=True, editable=False, db_index=True)
    npwp = EncryptedDigits(_("NPWP"), blank=True, validators=[validate_npwp], help_text=_("15 atau 16 angka"))
    owner_sex = models.CharField(_("jenis kelamin pemilik"), max_length=1, choices=choices.Sex.choices, blank=True)
    owner_birth_year = models.PositiveSmallIntegerField(_("tahun lahir pemilik"), null=True, blank=True)
    owner_disability = models.BooleanField(_("pemilik penyandang disabilitas"), null=True, blank=True)
    phone = Phone(_("telepon"), blank=True)
    email = models.EmailField(_("surel"), blank=True)
    socials = ListField(models.CharField(max_length=200), verbose_name=_("akun media sosial"), default=list, blank=True)
    marketplace_urls = ListField(
        models.URLField(max_length=300, validators=[validate_https_or_http]),
        verbose_name=_("alamat toko daring"),
        default=list,
        blank=True,
    )

    started_year = models.PositiveSmallIntegerField(_("tahun mulai usaha"), null=True, blank=True)
    is_new_entrepreneur = models.BooleanField(_("wirausaha baru"), default=False)
    wub_programme = models.CharField(_("program wirausaha baru"), max_length=150, blank=True)
    capital_idr = Rupiah(_("modal usaha tanpa tanah dan bangunan (rupiah)"), null=True, blank=True)
    investment_idr = Rupiah(_("nilai investasi (rupiah)"), null=True, blank=True)
    has_workshop = models.BooleanField(_("punya tempat produksi"), null=True, blank=True)

    techniques = TechniqueShares(
        _("teknik dan porsinya"), default=dict, blank=True, help_text=_("Persen setiap teknik; jumlahnya 100")
    )
    dye_type = models.CharField(_("jenis pewarna"), max_length=8, choices=choices.DyeType.choices, blank=True)
    natural_dye_pct = Measure(
        _("porsi pewarna alam (%)"), max_digits=5, null=True, blank=True, validators=[validate_percent]
    )
    waste_handling = models.CharField(
        _("pengolahan limbah"), max_length=12, choices=choices.WasteHandling.choices, blank=True
    )
    product_groups = ListField(
        models.CharField(max_length=10, choices=choices.ProductGroup.choices),
        verbose_name=_("kelompok produk"),
        default=list,
        blank=True,
    )
    motifs = models.ManyToManyField(
        "centres.Motif",
        verbose_name=_("motif"),
        through="centres.MemberMotif",
        blank=True,
        related_name="members",
    )
    buyer_segments = ListField(
        models.CharField(max_length=10, choices=choices.BuyerSegment.choices),
        verbose_name=_("segmen pembeli"),
        default=list,
        blank=True,
    )

    status = models.CharField(
        _("status usaha"), max_length=21, choices=MemberStatus.choices, default=MemberStatus.ACTIVE
    )
    status_on = models.DateField(_("status sejak"), null=True, blank=True)
    status_reason = models.CharField(_("alasan status"), max_length=300, blank=True)

    consent_version = models.CharField(_("versi persetujuan"), max_length=20, blank=True)
    consent_at = models.DateTimeField(_("menyetujui pada"), null=True, blank=True)
    consent_withdrawn_at = models.DateTimeField(_("mencabut persetujuan pada"), null=True, blank=True)
    public_profile = models.BooleanField(_("profil boleh tampil untuk umum"), default=False)

    objects = MemberQuerySet.as_manager()

    centre_path = "memberships__centre"
    search_parts = ("business_name", "brand_name")
    sensitivity = {
        **dict.fromkeys(["owner_name", "owner_sex", "owner_birth_year", "phone", "email"], Sensitivity.PERSONAL),
        **dict.fromkeys(["socials", "marketplace_urls", "address"], Sensitivity.PERSONAL),
        **dict.fromkeys(["latitude", "longitude"], Sensitivity.PERSONAL),
        **dict.fromkeys(["owner_nik", "owner_nik_hash", "npwp", "owner_disability"], Sensitivity.SPECIFIC),
        **dict.fromkeys(["capital_idr", "investment_idr"], Sensitivity.SPECIFIC),
        **dict.fromkeys(["nib", "no_nib_reason", "siinas_account", "waste_handling"], Sensitivity.RESTRICTED),
        **dict.fromkeys(["consent_version", "consent_at", "consent_withdrawn_at"], Sensitivity.RESTRICTED),
        **dict.fromkeys(["public_profile", "status_reason"], Sensitivity.RESTRICTED),
    }

    contact_fields = frozenset({"owner_name", "phone"})

    class Meta(PlacedRecord.Meta):
        verbose_name = _("IKM")
        verbose_name_plural = _("IKM")
        ordering = ["business_name", "id"]
        indexes = [
            *Searchable.Meta.indexes,
            models.Index(fields=["province_code", "status"], name="centres_member_counted"),
            GinIndex(fields=["techniques"], name="centres_member_techniques"),
            GinIndex(fields=["product_groups"], name="centres_member_products"),
        ]
        constraints = [*PlacedRecord.Meta.constraints, *MEMBER_CONSTRAINTS]

    @classmethod
    def told_to(cls, user: Any) -> Q:
        return super().told_to(user) & (PUBLISHED if sees_published_only(user) else Q())

    def __str__(self) -> str:
        return self.business_name

    def clean_fields(self, exclude: Any = None) -> None:
        if self.nib:
            self.no_nib_reason = ""
        super().clean_fields(exclude=exclude)
        self.owner_nik_hash = keyed_hash(self.owner_nik) if self.owner_nik else ""

    def clean(self) -> None:
        super().clean()
        this_year = timezone.localdate().year
        if self.started_year and self.started_year > this_year:
            raise ValidationError({"started_year": _("Tahun mulai usaha belum tiba")})
        if self.owner_birth_year and self.owner_birth_year > this_year - 10:
            raise ValidationError({"owner_birth_year": _("Periksa tahun lahir pemilik")})
        self._check_batik_code()
        self._check_batikmark()

    @property
    def makes_batik(self) -> bool:
        """Whether a wax-resist technique is among the techniques."""
        return bool(set(self.techniques or ()) & set(choices.WAX_RESIST))

    @property
    def prints_only(self) -> bool:
        return set(self.techniques or ()) == {Technique.PRINTING}

    @property
    def technique_names(self) -> str:
        return ", ".join(str(Technique(code).label) for code in self.techniques if code in Technique.values)

    def business_scale(self, on: date | None = None) -> str:
        """Micro to large by the capital ceilings in force; "" while the capital or a ceiling is unknown."""
        ceilings: list[Any] = [
            Rule.objects.number(code, on)
            for code in (RuleCode.MICRO_CAPITAL, RuleCode.SMALL_CAPITAL, RuleCode.MEDIUM_CAPITAL)
        ]
        if self.capital_idr is None or None in ceilings:
            return ""
        return choices.BusinessScale.values[sum(self.capital_idr > ceiling for ceiling in ceilings)]

    def _check_batik_code(self) -> None:
        if not self.makes_batik:
            return
        known = IndustryCode.objects.batik_codes(self.kbli_version)
        if known and not known & set(self.kbli_codes or ()):
            told = " atau ".join(sorted(known))
            raise ValidationError({"kbli_codes": _("Pembuat batik mencantumkan kode KBLI %s") % told})

    def _check_batikmark(self) -> None:
        if self.prints_only and not self._state.adding and self.certification_set.valid().batikmark().exists():
            raise ValidationError(
                {"techniques": _("IKM ini memegang Batikmark yang berlaku; Batikmark tidak untuk kain printing")}
            )
