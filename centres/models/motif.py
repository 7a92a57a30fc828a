"""Motifs of batik: where they come from, what they mean, and who makes them."""

from typing import Any, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from batik_registry.lists import ListField
from batik_registry.models import RegionalRecord
from centres.models.member import Member
from centres.models.searchable import Searchable, SearchQuerySet
from centres.models.snapshot import OfMember, OfMemberQuerySet


class MotifQuerySet(SearchQuerySet):
    def visible_to(self, user: Any) -> Self:
        """Motifs are a public catalogue."""
        return self

    def editable_by(self, user: Any) -> Self:
        return super().visible_to(user)


class Motif(Searchable, RegionalRecord):
    """A pattern with a name, a home and a story, such as Mrico Bolong of Mojokerto."""

    name = models.CharField(_("nama motif"), max_length=150, error_messages={"required": _("Isi nama motif")})
    aliases = ListField(
        models.CharField(max_length=150),
        verbose_name=_("nama lain"),
        default=list,
        blank=True,
        help_text=_("Satu nama per baris"),
    )
    region = models.ForeignKey(
        "regions.Region",
        verbose_name=_("daerah asal"),
        on_delete=models.PROTECT,  # regions are never dropped
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Provinsi, kabupaten/kota, kecamatan, atau desa; kosong bila asalnya tidak diketahui"),
    )
    philosophy = models.TextField(_("makna"), blank=True)
    maker = models.CharField(_("pencipta"), max_length=150, blank=True, help_text=_("Kosong untuk motif turun-temurun"))

    objects = MotifQuerySet.as_manager()

    is_open_to_all = True

    search_parts = ("name", "aliases")

    class Meta(RegionalRecord.Meta):
        verbose_name = _("motif")
        verbose_name_plural = _("motif")
        ordering = ["name", "id"]
        indexes = Searchable.Meta.indexes
        constraints = [
            *RegionalRecord.Meta.constraints,
            models.UniqueConstraint(
                fields=["name", "region"],
                name="centres_motif_unique",
                nulls_distinct=False,
                violation_error_message=_("Motif dengan nama ini sudah tercatat untuk daerah asal tersebut"),
                violation_error_code="name",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class MemberMotif(OfMember):
    """A member's making of a motif; a row of its own, so that its coming and going stands in the change log."""

    member = models.ForeignKey(
        Member,
        verbose_name=_("IKM"),
        on_delete=models.PROTECT,  # a member is closed or merged, never deleted
        related_name="motif_links",
        error_messages={"required": _("Pilih IKM")},
    )
    motif = models.ForeignKey(
        Motif,
        verbose_name=_("motif"),
        on_delete=models.PROTECT,  # a motif that somebody makes stays in the catalogue
        related_name="member_links",
        error_messages={"required": _("Pilih motif")},
    )

    objects = OfMemberQuerySet.as_manager()

    region_source = "member"
    centre_path = "member__memberships__centre"

    class Meta(RegionalRecord.Meta):
        verbose_name = _("motif buatan IKM")
        verbose_name_plural = _("motif buatan IKM")
        ordering = ["member", "motif"]
        constraints = [
            *RegionalRecord.Meta.constraints,
            models.UniqueConstraint(
                fields=["member", "motif"],
                name="centres_membermotif_once",
                violation_error_message=_("Motif ini sudah tercatat untuk IKM tersebut"),
                violation_error_code="motif",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member} – {self.motif}"
