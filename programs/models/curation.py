"""The selection of products before an exhibition."""

from decimal import Decimal
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from batik_registry.measures import Measure
from batik_registry.models import RegionalRecord, Sensitivity
from batik_registry.validators import validate_percent
from centres.choices import Technique
from programs.choices import CurationResult
from programs.models.participation import OfEventAndMember, OfEventAndMemberQuerySet


def score(name: Any) -> Measure:
    """One criterion, 0 to 100."""
    return Measure(name, max_digits=5, null=True, blank=True, validators=[validate_percent])


class CurationQuerySet(OfEventAndMemberQuerySet):
    def passed(self) -> Self:
        return self.filter(result=CurationResult.PASSED)


class Curation(OfEventAndMember):
    """How one product of a member was judged. Printed textile does not pass as batik unless somebody says why."""

    product = models.CharField(_("produk"), max_length=200, error_messages={"required": _("Isi produk yang dinilai")})
    technique = models.CharField(_("teknik produk"), max_length=12, choices=Technique.choices, blank=True)
    legality_score = score(_("nilai legalitas"))
    quality_score = score(_("nilai mutu"))
    packaging_score = score(_("nilai kemasan"))
    technique_score = score(_("nilai teknik"))
    motif_score = score(_("nilai motif"))
    result = models.CharField(
        _("hasil"), max_length=11, choices=CurationResult.choices, default=CurationResult.DEFERRED
    )
    curator = models.CharField(_("kurator"), max_length=150, blank=True, help_text=_("Orang atau lembaga yang menilai"))
    curated_on = models.DateField(_("dinilai pada"), null=True, blank=True)
    reason = models.CharField(_("alasan"), max_length=300, blank=True, help_text=_("Wajib bila tidak lolos"))
    override_reason = models.CharField(
        _("alasan pengecualian"), max_length=300, blank=True, help_text=_("Mengapa kain printing tetap diloloskan")
    )

    objects = CurationQuerySet.as_manager()

    CRITERIA = ("legality_score", "quality_score", "packaging_score", "technique_score", "motif_score")
    sensitivity = dict.fromkeys(
        ["product", "technique", *CRITERIA, "result", "curator", "curated_on", "reason", "override_reason"],
        Sensitivity.RESTRICTED,
    )

    class Meta(OfEventAndMember.Meta):
        verbose_name = _("kurasi")
        verbose_name_plural = _("kurasi")
        ordering = ["event", "member", "product"]
        constraints = [
            *RegionalRecord.Meta.constraints,
            models.UniqueConstraint(
                fields=["event", "member", "product"],
                name="programs_curation_once",
                violation_error_message=_("Produk ini sudah dinilai dalam kegiatan tersebut"),
                violation_error_code="product",
            ),
            models.CheckConstraint(
                name="programs_curation_reason",
                condition=~Q(result=CurationResult.FAILED) | ~Q(reason=""),
                violation_error_message=_("Tulis alasan produk tidak lolos"),
                violation_error_code="reason",
            ),
            models.CheckConstraint(
                name="programs_curation_printing",
                condition=~Q(result=CurationResult.PASSED, technique=Technique.PRINTING) | ~Q(override_reason=""),
                violation_error_message=_(
                    "Kain printing tidak lolos kurasi batik. Bila tetap diloloskan, tulis alasan pengecualiannya"
                ),
                violation_error_code="override_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.product} – {self.member}"

    @property
    def score(self) -> Decimal | None:
        """The mean of the criteria that were judged."""
        known = [value for name in self.CRITERIA if (value := getattr(self, name)) is not None]
        return round(sum(known, Decimal()) / len(known), 2) if known else None

    def clean(self) -> None:
        super().clean()
        passes = self.result == CurationResult.PASSED and not self.override_reason
        if passes and self.member_id and self.member.prints_only:
            raise ValidationError(
                {
                    "override_reason": _(
                        "IKM ini hanya membuat kain printing. Bila tetap diloloskan, tulis alasan pengecualiannya"
                    )
                }
            )
