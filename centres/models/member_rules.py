"""What always holds between the columns of a member."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from centres.choices import DyeType, MemberStatus

UNKNOWN_DYE = Q(natural_dye_pct=None) | Q(dye_type="")

MEMBER_CONSTRAINTS = [
    models.UniqueConstraint(
        fields=["nib"],
        condition=~Q(nib=""),
        name="centres_member_nib",
        # Says nothing about whose record it is: it may lie in another region.
        violation_error_message=_("NIB ini sudah terdaftar pada IKM lain. Cari IKM itu, atau minta penggabungan data"),
        violation_error_code="nib",
    ),
    models.CheckConstraint(
        name="centres_member_nib_or_reason",
        condition=~Q(nib="") | ~Q(no_nib_reason=""),
        violation_error_message=_("Pilih alasan mengapa NIB kosong"),
        violation_error_code="no_nib_reason",
    ),
    models.CheckConstraint(
        name="centres_member_started_year",
        condition=Q(started_year=None) | Q(started_year__range=(1800, 2100)),
        violation_error_message=_("Tahun mulai usaha ditulis empat angka, misalnya 1998"),
        violation_error_code="started_year",
    ),
    models.CheckConstraint(
        name="centres_member_birth_year",
        condition=Q(owner_birth_year=None) | Q(owner_birth_year__range=(1900, 2100)),
        violation_error_message=_("Tahun lahir ditulis empat angka, misalnya 1975"),
        violation_error_code="owner_birth_year",
    ),
    models.CheckConstraint(
        name="centres_member_natural_dye",
        condition=UNKNOWN_DYE
        | Q(dye_type=DyeType.NATURAL, natural_dye_pct=100)
        | Q(dye_type=DyeType.SYNTHETIC, natural_dye_pct=0)
        | Q(dye_type=DyeType.MIXED, natural_dye_pct__gt=0, natural_dye_pct__lt=100),
        violation_error_message=_(
            "Porsi pewarna alam 100 untuk pewarna alam, 0 untuk pewarna sintetis, di antaranya untuk campuran"
        ),
        violation_error_code="natural_dye_pct",
    ),
    models.CheckConstraint(
        name="centres_member_status_reason",
        condition=Q(status=MemberStatus.ACTIVE) | ~Q(status_reason=""),
        violation_error_message=_("Jelaskan mengapa usaha ini tidak aktif"),
        violation_error_code="status_reason",
    ),
    models.CheckConstraint(
        name="centres_member_new_entrepreneur",
        condition=Q(wub_programme="") | Q(is_new_entrepreneur=True),
        violation_error_message=_("Tandai sebagai wirausaha baru, atau kosongkan programnya"),
        violation_error_code="is_new_entrepreneur",
    ),
    models.CheckConstraint(
        name="centres_member_consent_pair",
        condition=Q(consent_at=None, consent_version="") | (Q(consent_at__isnull=False) & ~Q(consent_version="")),
        violation_error_message=_("Waktu persetujuan dan versi naskahnya harus diisi bersama"),
        violation_error_code="consent_version",
    ),
    models.CheckConstraint(
        name="centres_member_consent_order",
        condition=Q(consent_withdrawn_at=None) | Q(consent_withdrawn_at__gte=models.F("consent_at")),
        violation_error_message=_("Persetujuan hanya dapat dicabut setelah diberikan"),
        violation_error_code="consent_withdrawn_at",
    ),
    models.CheckConstraint(
        name="centres_member_profile_by_consent",
        condition=Q(public_profile=False) | Q(consent_at__isnull=False, consent_withdrawn_at=None),
        violation_error_message=_("Profil hanya boleh tampil untuk umum setelah pemiliknya menyetujui"),
        violation_error_code="public_profile",
    ),
]
