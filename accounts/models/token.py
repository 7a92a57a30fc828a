"""Tokens by which other systems and scripts use the API in somebody's name."""

import hashlib
import hmac
import ipaddress
import secrets
from datetime import date, timedelta
from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import roles
from accounts.models.user import User
from accounts.roles.role import Role
from accounts.roles.scopes import entities, narrowed
from batik_registry.lists import ListField
from batik_registry.models import Record

LONGEST = timedelta(days=366)
MARK = "rsb"


def known_scopes() -> list[str]:
    return [f"{name}:{way}" for name in entities(roles.ALL.values()) for way in ("read", "write")]


class ApiTokenQuerySet(models.QuerySet["ApiToken"]):
    def visible_to(self, user: Any) -> Self:
        """The own ones; whoever runs accounts sees all within the own region."""
        if not user.may.read(self.model):
            return self.filter(owner=user.pk)
        return self.filter(owner__in=User.objects.visible_to(user).values("pk"))

    def usable(self, on: date | None = None) -> Self:
        return self.filter(revoked_at=None, expires_on__gte=on or timezone.localdate())


class ApiToken(Record):
    """What a system shows to act in its owner's name, within less than the owner may.

    The secret is shown once and kept as a digest. A living token is never widened: make a new one.
    """

    owner = models.ForeignKey(
        User,
        verbose_name=_("pemilik"),
        on_delete=models.PROTECT,  # what was done with a token stays somebody's
        related_name="tokens",
        help_text=_("Akun yang atas namanya sistem bertindak"),
    )
    purpose = models.CharField(
        _("kegunaan"), max_length=200, help_text=_("Sistem apa, untuk apa, dan siapa yang dapat dihubungi di kantornya")
    )
    scopes = ListField(
        models.CharField(max_length=40),
        verbose_name=_("hak"),
        default=list,
        help_text=_("Misalnya centre:read, progressreport:write"),
        error_messages={"required": _("Pilih paling sedikit satu hak")},
    )
    region = models.ForeignKey(
        "regions.Region",
        verbose_name=_("wilayah"),
        on_delete=models.PROTECT,  # a region that limits a token cannot vanish and leave it unlimited
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Kosong berarti seluruh wilayah pemiliknya"),
    )
    reads_personal = models.BooleanField(
        _("membaca data pribadi"),
        default=False,
        help_text=_("Hanya dengan perjanjian tertulis; setiap pembacaan dicatat"),
    )
    agreement = models.CharField(_("nomor perjanjian"), max_length=100, blank=True)
    addresses = ListField(
        models.CharField(max_length=50),
        verbose_name=_("alamat IP"),
        default=list,
        blank=True,
        help_text=_("Satu per baris, misalnya 203.0.113.0/24; kosong berarti dari mana saja"),
    )
    expires_on = models.DateField(_("berlaku sampai"), help_text=_("Paling lama satu tahun"))
    prefix = models.CharField(_("awalan"), max_length=12, unique=True, editable=False)
    digest = models.BinaryField(_("sidik"), editable=False)
    replaces = models.ForeignKey(
        "self",
        verbose_name=_("menggantikan"),
        on_delete=models.PROTECT,  # the history of a rotated token stays readable
        null=True,
        blank=True,
        editable=False,
        related_name="replaced_by",
    )
    last_used_at = models.DateTimeField(_("terakhir dipakai pada"), null=True, blank=True, editable=False)
    revoked_at = models.DateTimeField(_("dicabut pada"), null=True, blank=True, editable=False)
    revoked_by = models.ForeignKey(
        User,
        verbose_name=_("dicabut oleh"),
        on_delete=models.PROTECT,  # who revoked it stays answerable
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )

    objects = ApiTokenQuerySet.as_manager()

    #: A secret's digest and a clock that ticks with each use: neither enters the change log.
    unlogged_columns: ClassVar[tuple[str, ...]] = ("digest", "last_used_at")

    class Meta(Record.Meta):
        verbose_name = _("token API")
        verbose_name_plural = _("token API")
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                name="accounts_apitoken_revoked_pair",
                condition=models.Q(revoked_at__isnull=True, revoked_by__isnull=True)
                | models.Q(revoked_at__isnull=False, revoked_by__isnull=False),
                violation_error_message=_("Waktu pencabutan dan nama yang mencabut harus diisi bersama"),
                violation_error_code="revoked_at",
            ),
            models.CheckConstraint(
                name="accounts_apitoken_agreement",
                condition=models.Q(reads_personal=False) | ~models.Q(agreement=""),
                violation_error_message=_("Isi nomor perjanjian yang membolehkan data pribadi dibaca"),
                violation_error_code="agreement",
            ),
        ]

    def __str__(self) -> str:
        return f"{MARK}_{self.prefix}_…"

    def clean(self) -> None:
        super().clean()
        errors: dict[str, Any] = {}
        if unknown := [one for one in self.scopes if one not in known_scopes()]:
            errors["scopes"] = _("Hak %s tidak dikenal") % ", ".join(unknown)
        if self._state.adding and self.expires_on and self.expires_on > timezone.localdate() + LONGEST:
            errors["expires_on"] = _("Token berlaku paling lama satu tahun")
        if wrong := [one for one in self.addresses if not _is_network(one)]:
            errors["addresses"] = _("%s bukan alamat IP atau rentangnya") % ", ".join(wrong)
        if self.region_id and self.owner_id and not self.region_id.startswith(self.owner.region_prefix or ""):
            errors["region"] = _("Wilayah token harus di dalam wilayah pemiliknya")
        if not self._state.adding:
            errors |= self._widened(ApiToken.objects.get(pk=self.pk))
        if errors:
            raise ValidationError(errors)

    def _widened(self, before: "ApiToken") -> dict[str, Any]:
        """What would let a token that is out there do more than when it was given."""
        told = _("Token yang sudah beredar tidak dapat diperluas; buat token baru")
        wider = {
            "owner": self.owner_id != before.owner_id,
            "scopes": not set(self.scopes) <= set(before.scopes),
            "region": not (self.region_id or "").startswith(before.region_id or ""),
            "reads_personal": self.reads_personal and not before.reads_personal,
            "addresses": not _within(self.addresses, before.addresses),
            "expires_on": bool(self.expires_on and self.expires_on > before.expires_on),
            "revoked_at": before.revoked_at is not None and self.revoked_at is None,
        }
        return {name: told for name, is_wider in wider.items() if is_wider}

    # --- the secret -------------------------------------------------------------------------------------------

    def renew_secret(self) -> str:
        """Give the token a new secret, and return what its holder has to show. It is kept nowhere."""
        self.prefix, secret = secrets.token_hex(4), secrets.token_urlsafe(32)
        self.digest = digest_of(secret)
        return f"{MARK}_{self.prefix}_{secret}"

    def fits(self, secret: str) -> bool:
        return hmac.compare_digest(bytes(self.digest), digest_of(secret))

    # --- what it lets its holder do ---------------------------------------------------------------------------

    @property
    def is_usable(self) -> bool:
        return self.revoked_at is None and self.expires_on >= timezone.localdate()

    def allows_address(self, address: str) -> bool:
        try:
            asking = ipaddress.ip_address(address)
        except ValueError:
            return not self.addresses
        return not self.addresses or any(asking in ipaddress.ip_network(one, strict=False) for one in self.addresses)

    def narrow(self, role: Role) -> Role:
        return narrowed(role, self.scopes, reads_personal=self.reads_personal)

    def bearer(self) -> User:
        """The owner, as far as this token lets somebody act as the owner."""
        user: User = User.objects.select_related("office").get(pk=self.owner_id)
        user.token = self
        return user


def digest_of(secret: str) -> bytes:
    """A plain hash will do: the secret is 256 random bits, not a word that somebody chose."""
    return hashlib.sha256(secret.encode()).digest()


def _is_network(text: str) -> bool:
    try:
        ipaddress.ip_network(text, strict=False)
    except ValueError:
        return False
    return True


def _within(inner: list[str], outer: list[str]) -> bool:
    """Whether every address of the inner networks lies in one of the outer ones; no list means everywhere."""
    if not outer:
        return True
    networks: Any = [ipaddress.ip_network(one, strict=False) for one in outer]
    wanted: Any = [ipaddress.ip_network(one, strict=False) for one in inner if _is_network(one)]
    return bool(wanted) and all(
        any(one.version == other.version and one.subnet_of(other) for other in networks) for one in wanted
    )
