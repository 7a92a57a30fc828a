"""Certificates and rights that members hold, and geographical indications that a community holds."""

from datetime import date
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from batik_registry.measures import Measure
from batik_registry.models import RegionalRecord, Sensitivity
from batik_registry.triggers import Trigger
from batik_registry.validators import validate_percent
from centres.choices import CertificateStatus, CertificateType, FundingSource, RuleCode, Technique
from centres.models.member import Member
from centres.models.rule import Rule
from centres.models.snapshot import OfMember, OfMemberQuerySet

GEOGRAPHICAL = Q(kind=CertificateType.GEOGRAPHICAL)


class CertificationQuerySet(OfMemberQuerySet):
    def visible_to(self, user: Any) -> Self:
        """A member's certificates go with the member; a community's are public."""
        seen = super().visible_to(user).values("pk").order_by()
        return self.filter(Q(pk__in=seen) | GEOGRAPHICAL)

    def editable_by(self, user: Any) -> Self:
        if user.region_prefix is None:
            return self.none()
        return self.visible_to(user).filter(region_code__startswith=user.region_prefix)

    def valid(self, on: date | None = None) -> Self:
        """Certificates in force on a day; one past its last day is expired whatever its status says."""
        day = on or timezone.localdate()
        return self.filter(Q(expires_on=None) | Q(expires_on__gte=day), status=CertificateStatus.VALID)

    def batikmark(self) -> Self:
        return self.filter(kind=CertificateType.BATIKMARK)


class Certification(OfMember):
    """A certificate or a right: Batikmark, SNI, TKDN, halal, trademark and others, applied for or held."""

    kind = models.CharField(_("jenis sertifikat"), max_length=18, choices=CertificateType.choices)
    member = models.ForeignKey(
        Member,
        verbose_name=_("IKM"),
        on_delete=models.PROTECT,  # a member is closed or merged, never deleted
        null=True,
        blank=True,
        related_name="certification_set",
        help_text=_("Kosong hanya untuk indikasi geografis"),
    )
    region = models.ForeignKey(
        "regions.Region",
        verbose_name=_("wilayah indikasi geografis"),
        on_delete=models.PROTECT,  # regions are never dropped
        null=True,
        blank=True,
        related_name="+",
    )
    community = models.CharField(_("masyarakat pemegang"), max_length=200, blank=True)
    technique = models.CharField(
        _("teknik"), max_length=12, choices=Technique.choices, blank=True, help_text=_("Wajib untuk Batikmark")
    )
    product = models.CharField(_("produk"), max_length=200, blank=True)
    number = models.CharField(_("nomor"), max_length=100, blank=True)
    issuer = models.CharField(_("penerbit"), max_length=200, blank=True)
    issued_on = models.DateField(_("terbit pada"), null=True, blank=True)
    expires_on = models.DateField(_("berlaku sampai"), null=True, blank=True)
    status = models.CharField(
        _("status"), max_length=11, choices=CertificateStatus.choices, default=CertificateStatus.APPLIED
    )
    tkdn_pct = Measure(_("nilai TKDN (%)"), max_digits=5, null=True, blank=True, validators=[validate_percent])
    facilitated_by = models.CharField(_("difasilitasi oleh"), max_length=200, blank=True)
    funding_source = models.CharField(_("sumber dana"), max_length=12, choices=FundingSource.choices, blank=True)

    objects = CertificationQuerySet.as_manager()

    region_source = "member"
    centre_path = "member__memberships__centre"
    sensitivity = dict.fromkeys(["facilitated_by", "funding_source"], Sensitivity.RESTRICTED)
    MARK_COLOURS = {Technique.TULIS: _("emas"), Technique.CAP: _("putih"), Technique.KOMBINASI: _("perak")}

    class Meta(RegionalRecord.Meta):
        verbose_name = _("sertifikat")
        verbose_name_plural = _("sertifikat")
        ordering = ["kind", "number", "id"]
        indexes = [models.Index(fields=["kind", "status"], name="centres_certificate_kind")]
        constraints = [
            *RegionalRecord.Meta.constraints,
            models.UniqueConstraint(
                fields=["kind", "number"],
                condition=~Q(number=""),
                name="centres_certification_number",
                violation_error_message=_("Nomor sertifikat ini sudah tercatat untuk jenis yang sama"),
                violation_error_code="number",
            ),
            models.CheckConstraint(
                name="centres_certification_dates",
                condition=Q(issued_on=None) | Q(expires_on=None) | Q(expires_on__gt=F("issued_on")),
                violation_error_message=_("Akhir masa berlaku harus sesudah tanggal terbit"),
                violation_error_code="expires_on",
            ),
            models.CheckConstraint(
                name="centres_certification_holder",
                condition=GEOGRAPHICAL | Q(member__isnull=False),
                violation_error_message=_("Pilih IKM pemegang sertifikat"),
                violation_error_code="member",
            ),
            models.CheckConstraint(
                name="centres_certification_no_member",
                condition=~GEOGRAPHICAL | Q(member=None),
                violation_error_message=_("Indikasi geografis milik masyarakat, bukan satu IKM; kosongkan isian IKM"),
                violation_error_code="member",
            ),
            models.CheckConstraint(
                name="centres_certification_community",
                condition=~GEOGRAPHICAL | ~Q(community=""),
                violation_error_message=_("Isi masyarakat pemegang indikasi geografis"),
                violation_error_code="community",
            ),
            models.CheckConstraint(
                name="centres_certification_region",
                condition=~GEOGRAPHICAL | Q(region__isnull=False),
                violation_error_message=_("Pilih wilayah indikasi geografis"),
                violation_error_code="region",
            ),
            models.CheckConstraint(
                name="centres_certification_mark_technique",
                condition=~Q(kind=CertificateType.BATIKMARK) | ~Q(technique=""),
                violation_error_message=_("Pilih teknik batik yang memperoleh Batikmark"),
                violation_error_code="technique",
            ),
            models.CheckConstraint(
                name="centres_certification_mark_not_printing",
                condition=~Q(kind=CertificateType.BATIKMARK) | ~Q(technique=Technique.PRINTING),
                violation_error_message=_("Batikmark tidak diberikan untuk kain printing"),
                violation_error_code="technique",
            ),
            models.CheckConstraint(
                name="centres_certification_valid_number",
                condition=~Q(status=CertificateStatus.VALID) | ~Q(number=""),
                violation_error_message=_("Isi nomor sertifikat yang berlaku"),
                violation_error_code="number",
            ),
            models.CheckConstraint(
                name="centres_certification_tkdn",
                condition=Q(tkdn_pct=None) | Q(kind=CertificateType.TKDN),
                violation_error_message=_("Nilai TKDN hanya untuk sertifikat TKDN"),
                violation_error_code="tkdn_pct",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}".strip()

    @classmethod
    def _region_copy(cls) -> Trigger:
        """The region of the member, or that of a geographical indication."""
        return Trigger(
            table=cls._meta.db_table,
            name="record_10_region",
            when="BEFORE INSERT OR UPDATE OF member_id, region_id, region_code",
            body="""
                NEW.region_code := coalesce(
                    (SELECT region_code FROM centres_member WHERE id = NEW.member_id), NEW.region_id, ''
                ); RETURN NEW;
            """,
        )

    @property
    def mark_colour(self) -> str:
        """Gold, white or silver of a Batikmark label; "" for other certificates."""
        is_mark = self.kind == CertificateType.BATIKMARK
        return str(self.MARK_COLOURS.get(self.technique, "")) if is_mark else ""  # type: ignore[call-overload]

    def clean(self) -> None:
        super().clean()
        if self.kind != CertificateType.BATIKMARK or self.technique in ("", Technique.PRINTING):
            return
        allowed = Rule.objects.words(RuleCode.BATIKMARK_TECHNIQUES, self.issued_on)
        if allowed and self.technique not in allowed:
            told = ", ".join(str(Technique(code).label) for code in allowed)
            raise ValidationError({"technique": _("Batikmark hanya untuk: %s") % told})
        if self.member_id and self.member.prints_only:
            raise ValidationError({"member": _("IKM ini hanya membuat kain printing; Batikmark tidak untuk printing")})
