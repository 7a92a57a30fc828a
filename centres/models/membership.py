"""Who belongs to which centre, and since when."""

from datetime import date
from typing import Any, Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from batik_registry.models import RegionalQuerySet, RegionalRecord
from centres.choices import MembershipRole
from centres.models.centre import Centre
from centres.models.member import Member, sees_published_only
from centres.models.rule import period
from centres.models.snapshot import OfMember

DAYS = period("starts_on", "ends_on")


class MembershipQuerySet(RegionalQuerySet):
    def visible_to(self, user: Any) -> Self:
        """Memberships in centres of the user's region, and those of members at home there."""
        prefix = user.region_prefix
        rows = self.filter(member__in=Member.objects.published().values("pk")) if sees_published_only(user) else self
        if not prefix or user.assigned_ids is not None:
            return super(MembershipQuerySet, rows).visible_to(user)
        of_centres = self.model.objects.filter(region_code__startswith=prefix).order_by().values("pk")
        of_members = self.model.objects.filter(member__region_code__startswith=prefix).order_by().values("pk")
        return rows.filter(pk__in=of_centres.union(of_members))

    def editable_by(self, user: Any) -> Self:
        """The centre's own region keeps its list of members."""
        return super().visible_to(user)

    def open(self, on: date | None = None) -> Self:
        """Memberships that hold on a day, today unless told."""
        day = on or timezone.localdate()
        return self.filter(Q(starts_on=None) | Q(starts_on__lte=day), Q(ends_on=None) | Q(ends_on__gte=day))

    def primary(self) -> Self:
        """The one membership by which a member is counted."""
        return self.filter(is_primary=True)


class Membership(OfMember):
    """A member's belonging to a centre for a time; of those that overlap one is primary, and there it is counted."""

    member = models.ForeignKey(
        Member,
        verbose_name=_("IKM"),
        on_delete=models.PROTECT,  # a member is closed or merged, never deleted
        related_name="memberships",
        error_messages={"required": _("Pilih IKM")},
    )
    centre = models.ForeignKey(
        Centre,
        verbose_name=_("sentra"),
        on_delete=models.PROTECT,  # a centre is archived, never deleted
        related_name="membership_set",
        error_messages={"required": _("Pilih sentra")},
    )
    role = models.CharField(_("peran"), max_length=18, choices=MembershipRole.choices, default=MembershipRole.MEMBER)
    starts_on = models.DateField(_("sejak"), null=True, blank=True, help_text=_("Kosong bila tidak diketahui"))
    ends_on = models.DateField(_("sampai"), null=True, blank=True, help_text=_("Kosong selama masih anggota"))
    is_primary = models.BooleanField(
        _("keanggotaan utama"), default=False, help_text=_("Di sentra inilah IKM dihitung; yang pertama menjadi utama")
    )

    objects = MembershipQuerySet.as_manager()

    region_source = "centre"

    class Meta(RegionalRecord.Meta):
        verbose_name = _("keanggotaan")
        verbose_name_plural = _("keanggotaan")
        ordering = ["centre", "member", "-starts_on"]
        constraints = [
            *RegionalRecord.Meta.constraints,
            models.CheckConstraint(
                name="centres_membership_dates",
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                violation_error_message=_("Tanggal akhir tidak boleh sebelum tanggal mulai"),
                violation_error_code="ends_on",
            ),
            ExclusionConstraint(
                name="centres_membership_once",
                expressions=[
                    ("member", RangeOperators.EQUAL),
                    ("centre", RangeOperators.EQUAL),
                    (DAYS, RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("IKM ini sudah menjadi anggota sentra tersebut pada masa itu"),
                violation_error_code="centre",
            ),
            ExclusionConstraint(
                name="centres_membership_one_primary",
                expressions=[("member", RangeOperators.EQUAL), (DAYS, RangeOperators.OVERLAPS)],
                condition=Q(is_primary=True),
                violation_error_message=_("IKM ini sudah memiliki keanggotaan utama di sentra lain pada masa itu"),
                violation_error_code="is_primary",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member} – {self.centre}"

    def clean_fields(self, exclude: Any = None) -> None:
        super().clean_fields(exclude=exclude)
        if self._state.adding and not self.is_primary and self.member_id:
            self.is_primary = not Membership.objects.filter(member=self.member_id).open().primary().exists()
