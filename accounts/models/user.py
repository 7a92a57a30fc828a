"""The people, and the other systems, that sign in."""

from typing import Any, ClassVar, Self
from uuid import UUID

from allauth.account.models import EmailAddress
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts import roles
from accounts.choices import MailMode, OfficeLevel, RoleCode
from accounts.models.office import Office
from batik_registry.fields import DigitString, Phone
from batik_registry.models import Record, Sensitivity
from batik_registry.validators import validate_nip


class UserQuerySet(models.QuerySet["User"]):
    def current(self) -> Self:
        """Accounts that can sign in today."""
        today = timezone.localdate()
        return self.filter(Q(active_until__isnull=True) | Q(active_until__gte=today), is_active=True)

    def visible_to(self, user: "User") -> Self:
        """The colleagues in the user's region; whoever may not read accounts sees only the own one."""
        if not user.may.read("accounts.user") or user.region_prefix is None:
            return self.filter(pk=user.pk)
        prefix = user.region_prefix
        return self.filter(Q(office__region_code__startswith=prefix) | Q(pk=user.pk)) if prefix else self

    def editable_by(self, user: "User") -> Self:
        """The accounts that the user may open or change: those of the roles that the own role appoints."""
        return self.visible_to(user).filter(role__in=user.may.appoints)

    def appointing(self, user: "User") -> Self:
        """Those who may open or end this user's account today, seen from the other side than `editable_by`."""
        appointers = [role for role in roles.ALL.values() if role.appoint(user.role)]
        region = user.office.region_id if user.office else None
        around = [region[:length] for length in (2, 5, 8, 13) if len(region) >= length] if region else []
        everywhere = Q(role__in=[role.code for role in appointers if role.reaches_everywhere])
        near = Q(role__in=[role.code for role in appointers], office__region_code__in=around)
        return self.current().filter(everywhere | near)


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save()
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, **{"role": RoleCode.ADMINISTRATOR} | fields)


class User(AbstractBaseUser, Record):
    """Somebody, or some system, that signs in: an office and a role say what may be seen and done."""

    email = models.EmailField(
        _("surel"), unique=True, error_messages={"unique": _("Surel ini sudah dipakai akun lain")}
    )
    name = models.CharField(_("nama"), max_length=150)
    nip = DigitString(_("NIP"), blank=True, validators=[validate_nip])
    phone = Phone(_("telepon"), blank=True)
    role = models.CharField(_("peran"), max_length=20, choices=RoleCode.choices)
    office = models.ForeignKey(
        Office,
        verbose_name=_("kantor/dinas"),
        on_delete=models.PROTECT,  # accounts end, they do not vanish with an office
        null=True,
        blank=True,
        related_name="users",
    )
    assigned_centres = ArrayField(
        models.UUIDField(),
        verbose_name=_("sentra yang dikelola"),
        default=list,
        blank=True,
        help_text=_("Hanya untuk pengelola sentra: ID sentra yang menjadi tanggung jawabnya"),
    )
    appointment_letter = models.CharField(_("nomor surat tugas"), max_length=100, blank=True)
    mail_mode = models.CharField(
        _("surel pemberitahuan"),
        max_length=6,
        choices=MailMode.choices,
        default=MailMode.DIGEST,
        help_text=_(
            "Ringkasan harian dikirim setiap pagi bila ada yang dekat tenggat, dikembalikan, atau diputuskan. "
            "Segera: begitu usulan dikembalikan atau diputuskan; tenggat tetap setiap pagi"
        ),
    )
    active_until = models.DateField(_("aktif sampai"), null=True, blank=True, help_text=_("Lazimnya dua belas bulan"))
    is_active = models.BooleanField(_("aktif"), default=True)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]
    sensitivity: ClassVar[dict[str, Sensitivity]] = {
        "email": Sensitivity.PERSONAL,
        "nip": Sensitivity.PERSONAL,
        "phone": Sensitivity.PERSONAL,
        "appointment_letter": Sensitivity.PERSONAL,
    }
    #: Columns that never enter the change log: a secret, and a clock that ticks at each sign-in.
    unlogged_columns = ("password", "last_login")

    class Meta(Record.Meta):
        verbose_name = _("pengguna")
        verbose_name_plural = _("pengguna")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        self.email = (self.email or "").lower()
        if self.role:
            self._check_office()
            if self.assigned_centres and not self.may.is_bound_to_centres:
                raise ValidationError(
                    {"assigned_centres": _("Hanya pengelola sentra yang memakai daftar sentra")},
                    code="assigned_centres",
                )

    def _check_office(self) -> None:
        """The office's region is the reach, so the role has to fit the office's level."""
        if self.office_id is None:
            if self.may.needs_office:
                raise ValidationError(
                    {"office": _("Pilih kantor atau dinas tempat petugas ini bekerja")}, code="office"
                )
        elif OfficeLevel(self.office.level) not in self.may.office_levels:
            raise ValidationError(
                {
                    "office": _("Peran %(role)s tidak sesuai dengan kantor tingkat %(level)s")
                    % {"role": self.get_role_display(), "level": self.office.get_level_display()}
                },
                code="office",
            )

    def save(self, *args: Any, **kwargs: Any) -> None:
        """A sign-in or a new password says nothing about the appointment, so it is not judged anew."""
        fields = set(kwargs.get("update_fields") or ())
        if fields and fields <= set(self.unlogged_columns):
            models.Model.save(self, *args, **kwargs)
            return
        super().save(*args, **kwargs)
        # allauth keeps copies of addresses and would let an old one sign in.
        EmailAddress.objects.filter(user=self).exclude(email=self.email).delete()

    # --- what the role says ---------------------------------------------------------------------------------

    #: The token through which the user acts; it lets do less than the role. None in person.
    token: Any = None

    @cached_property
    def _narrowed(self) -> roles.Role:
        role: roles.Role = self.token.narrow(roles.of(self.role))
        return role

    @property
    def may(self) -> roles.Role:
        """The role as rules: `user.may.read("centres.member")`."""
        return self._narrowed if self.token else roles.of(self.role)

    @property
    def is_current(self) -> bool:
        """Active, and its appointment has not run out."""
        return self.is_active and (self.active_until is None or self.active_until >= timezone.localdate())

    @property
    def is_staff(self) -> bool:
        """Whether the ministry's desk (the admin) opens for this user."""
        return self.is_current and self.may.enters_admin

    @property
    def enters_portal(self) -> bool:
        """Whether the officers' portal opens for this user."""
        return self.is_current and self.may.enters_portal and self.office_id is not None

    @property
    def is_superuser(self) -> bool:
        """Nobody passes unasked: also an administrator may only what the role lists."""
        return False

    @property
    def region_prefix(self) -> str | None:
        """The region code that this user's rows begin with; "" is the whole country, None is nowhere."""
        if not self.is_current:
            return None
        reach = "" if self.may.reaches_everywhere else self.office.reach if self.office_id else None
        if self.token and self.token.region_id and reach is not None:
            return self.token.region_id if self.token.region_id.startswith(reach) else None
        return reach

    @property
    def assigned_ids(self) -> list[UUID] | None:
        """The centres of a centre manager; None for whoever is not bound to single centres."""
        return self.assigned_centres if self.may.is_bound_to_centres else None

    def has_perm(self, permission: str, record: models.Model | None = None) -> bool:
        return self.is_current and self.may.allows_django(permission)

    def has_perms(self, permissions: list[str], record: models.Model | None = None) -> bool:
        return all(self.has_perm(permission, record) for permission in permissions)

    def has_module_perms(self, app_label: str) -> bool:
        return self.is_current and self.may.enters_app(app_label)
