"""Figures published by others, to compare the registry with."""

from typing import Any, Self

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from batik_registry.models import Record
from batik_registry.validators import validate_https_or_http


class ReferenceStatisticQuerySet(models.QuerySet["ReferenceStatistic"]):
    def visible_to(self, user: Any) -> Self:
        """Published figures are open to everybody."""
        return self

    def editable_by(self, user: Any) -> Self:
        """Only whoever works for the whole country keeps them."""
        return self if user.region_prefix == "" else self.none()

    def of(self, indicator: str, year: int | None = None) -> Self:
        found = self.filter(indicator=indicator)
        return found if year is None else found.filter(year=year)

    def by_province(self) -> Self:
        return self.filter(region__isnull=False, region__code__regex=r"^\d{2}$")


class ReferenceStatistic(Record):
    """One published figure, such as 62 centres in Jawa Timur; shown beside the registry's own, never over it."""

    indicator = models.CharField(
        _("indikator"),
        max_length=60,
        validators=[RegexValidator(r"^[a-z0-9-]+$", _("Kode indikator: huruf kecil, angka, dan tanda hubung"))],
        help_text=_("Kode tetap, misalnya sentra-batik"),
    )
    title = models.CharField(_("nama indikator"), max_length=200)
    region = models.ForeignKey(
        "regions.Region",
        verbose_name=_("wilayah"),
        on_delete=models.PROTECT,  # regions are never dropped
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Kosong untuk seluruh Indonesia"),
    )
    value = models.DecimalField(_("nilai"), max_digits=24, decimal_places=4)
    unit = models.CharField(_("satuan"), max_length=60, help_text=_("Misalnya sentra, IKM, USD"))
    year = models.PositiveSmallIntegerField(_("tahun"))
    period = models.CharField(
        _("masa"), max_length=60, blank=True, help_text=_("Bila bukan setahun penuh, misalnya semester I")
    )
    publisher = models.CharField(_("penerbit"), max_length=200)
    url = models.URLField(_("alamat"), max_length=500, blank=True, validators=[validate_https_or_http])
    note = models.TextField(_("catatan"), blank=True)

    objects = ReferenceStatisticQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("angka acuan")
        verbose_name_plural = _("angka acuan")
        ordering = ["indicator", "year", "region"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "region", "year", "period", "publisher"],
                name="centres_statistic_unique",
                nulls_distinct=False,
                violation_error_message=_("Angka acuan ini sudah tercatat dari penerbit yang sama"),
                violation_error_code="indicator",
            ),
            models.CheckConstraint(
                name="centres_statistic_year",
                condition=Q(year__range=(1900, 2100)),
                violation_error_message=_("Tahun ditulis empat angka, misalnya 2020"),
                violation_error_code="year",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.year}"
