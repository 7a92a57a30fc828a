"""Who holds events, and where they are held."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Office
from batik_registry.models import RegionalRecord
from centres.models.searchable import Searchable, SearchQuerySet
from programs.choices import OrganisationKind


class PublicQuerySet(SearchQuerySet):
    """Names and addresses that everybody may know; each region keeps its own."""

    def visible_to(self, user: Any) -> Self:
        return self

    def editable_by(self, user: Any) -> Self:
        if user.region_prefix is None or user.assigned_ids is not None:
            return self.none()
        return self.filter(region_code__startswith=user.region_prefix)


class Organisation(Searchable, RegionalRecord):
    """A body that initiates, organises or facilitates events: a ministry, a local government, a council, a company."""

    name = models.CharField(_("nama"), max_length=200, error_messages={"required": _("Isi nama organisasi")})
    abbreviation = models.CharField(_("singkatan"), max_length=60, blank=True)
    kind = models.CharField(_("jenis"), max_length=11, choices=OrganisationKind.choices)
    region = models.ForeignKey(
        "regions.Region",
        verbose_name=_("wilayah"),
        on_delete=models.PROTECT,  # regions are never dropped
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Kosong untuk organisasi tingkat nasional"),
    )
    office = models.ForeignKey(
        Office,
        verbose_name=_("kantor dalam registri"),
        on_delete=models.PROTECT,  # the organisation would silently lose its contact
        null=True,
        blank=True,
        related_name="organisations",
        help_text=_("Bila organisasi ini adalah kantor atau dinas yang memakai registri"),
    )

    objects = PublicQuerySet.as_manager()

    is_open_to_all = True

    search_parts = ("name", "abbreviation")

    class Meta(RegionalRecord.Meta):
        verbose_name = _("organisasi")
        verbose_name_plural = _("organisasi")
        ordering = ["name", "id"]
        indexes = Searchable.Meta.indexes
        constraints = [
            *RegionalRecord.Meta.constraints,
            models.UniqueConstraint(
                fields=["name", "region"],
                name="programs_organisation_name_in_region",
                nulls_distinct=False,
                violation_error_message=_("Organisasi dengan nama dan wilayah ini sudah terdaftar"),
                violation_error_code="name",
            ),
            models.UniqueConstraint(
                fields=["office"],
                condition=Q(office__isnull=False),
                name="programs_organisation_one_per_office",
                violation_error_message=_("Kantor ini sudah terdaftar sebagai organisasi lain"),
                violation_error_code="office",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Venue(Searchable, RegionalRecord):
    """A place where events are held, such as Plaza Industri in Jakarta; often far from whoever initiates them."""

    name = models.CharField(_("nama tempat"), max_length=200, error_messages={"required": _("Isi nama tempat")})
    address = models.CharField(_("alamat"), max_length=300, blank=True)
    region = models.ForeignKey(
        "regions.Region",
        verbose_name=_("wilayah"),
        on_delete=models.PROTECT,  # regions are never dropped
        related_name="+",
        error_messages={"required": _("Pilih wilayah tempat ini")},
        help_text=_("Kabupaten/kota, atau lebih teliti bila diketahui"),
    )

    objects = PublicQuerySet.as_manager()

    is_open_to_all = True

    search_parts = ("name", "address")

    class Meta(RegionalRecord.Meta):
        verbose_name = _("tempat kegiatan")
        verbose_name_plural = _("tempat kegiatan")
        ordering = ["name", "id"]
        indexes = Searchable.Meta.indexes
        constraints = [
            *RegionalRecord.Meta.constraints,
            models.UniqueConstraint(
                fields=["name", "region"],
                name="programs_venue_name_in_region",
                violation_error_message=_("Tempat dengan nama ini sudah terdaftar di wilayah tersebut"),
                violation_error_code="name",
            ),
        ]

    def __str__(self) -> str:
        return self.name
