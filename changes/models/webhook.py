"""Addresses of other systems that are told of changes, and what became of each telling."""

import base64
import secrets
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import ApiToken, User
from batik_registry import encryption
from batik_registry.lists import ListField
from batik_registry.models import Record

MARK = "whsec_"


class WebhookQuerySet(models.QuerySet["Webhook"]):
    def visible_to(self, user: Any) -> Self:
        """Those of the tokens that the user sees; through a token only its own."""
        if user.token:
            return self.filter(token=user.token)
        return self.filter(token__in=ApiToken.objects.visible_to(user).values("pk"))

    def listening(self) -> Self:
        """Those that are told now: running, with a token that works, of somebody whose account does."""
        tokens = ApiToken.objects.usable().filter(owner__in=User.objects.current().values("pk"))
        return self.filter(stopped_at=None, token__in=tokens.values("pk"))


class Webhook(Record):
    """An address that is told of every change that its token may see, signed, and again until it says yes."""

    token = models.ForeignKey(
        ApiToken,
        verbose_name=_("token"),
        on_delete=models.PROTECT,  # what was sent stays answerable to a token
        related_name="webhooks",
        help_text=_("Yang diceritakan hanyalah yang terlihat lewat token ini"),
    )
    url = models.URLField(_("alamat"), max_length=500, help_text=_("https, dengan nama host yang dapat dicapai umum"))
    types = ListField(
        models.CharField(max_length=40),
        verbose_name=_("jenis data"),
        default=list,
        blank=True,
        help_text=_("Nama seperti di alamat API, misalnya members; kosong berarti semua yang boleh dibaca"),
    )
    secret = models.TextField(_("rahasia"), editable=False)
    cursor = models.CharField(_("penanda"), max_length=20, blank=True, editable=False)
    failures = models.PositiveIntegerField(_("gagal berturut-turut"), default=0, editable=False)
    paused_until = models.DateTimeField(_("jeda sampai"), null=True, blank=True, editable=False)
    warned_at = models.DateTimeField(_("diperingatkan pada"), null=True, blank=True, editable=False)
    stopped_at = models.DateTimeField(_("berhenti pada"), null=True, blank=True, editable=False)
    stopped_reason = models.CharField(_("alasan berhenti"), max_length=200, blank=True, editable=False)

    objects = WebhookQuerySet.as_manager()

    #: A secret, and clocks and counters of the sender: no change of what was agreed.
    unlogged_columns = ("secret", "cursor", "failures", "paused_until", "warned_at")

    class Meta(Record.Meta):
        verbose_name = _("webhook")
        verbose_name_plural = _("webhook")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.url

    def clean(self) -> None:
        super().clean()
        if self.url and not self.url.startswith("https://"):
            raise ValidationError({"url": _("Alamat harus https")}, code="url")

    def renew_secret(self) -> str:
        """A new signing secret in the form of Standard Webhooks; it is shown once and rests encrypted."""
        shown = MARK + base64.b64encode(secrets.token_bytes(32)).decode()
        self.secret = encryption.encrypt(shown)
        return shown

    @property
    def signing_key(self) -> bytes:
        return base64.b64decode(encryption.decrypt(self.secret).removeprefix(MARK))


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def waiting(self) -> Self:
        return self.filter(delivered_at=None, given_up_at=None)

    def due(self, now: Any = None) -> Self:
        """What may be sent now: its time has come, its address listens, and nothing older about its record waits."""
        now = now or timezone.now()
        older = self.model.objects.waiting().filter(
            webhook=OuterRef("webhook"), record_id=OuterRef("record_id"), pk__lt=OuterRef("pk")
        )
        open_now = Q(webhook__paused_until=None) | Q(webhook__paused_until__lte=now)
        listening = Webhook.objects.listening().values("pk")
        return self.waiting().filter(open_now, ~Exists(older), webhook__in=listening, next_at__lte=now).order_by("pk")


class Delivery(models.Model):
    """One telling of one change to one address. The body is what it was when the change was told first."""

    webhook = models.ForeignKey(
        Webhook,
        verbose_name=_("webhook"),
        on_delete=models.PROTECT,  # the delivery log outlives an address that was stopped
        related_name="deliveries",
    )
    change_seq = models.BigIntegerField(_("nomor perubahan"))
    record_id = models.CharField(_("ID data"), max_length=40, db_collation="C")
    event = models.CharField(_("kejadian"), max_length=60)
    body = models.TextField(_("isi"))
    made_at = models.DateTimeField(_("dibuat pada"), default=timezone.now)
    next_at = models.DateTimeField(_("dicoba lagi pada"), default=timezone.now)
    attempts = models.PositiveIntegerField(_("percobaan"), default=0)
    last_status = models.PositiveSmallIntegerField(_("status terakhir"), null=True, blank=True)
    last_error = models.CharField(_("galat terakhir"), max_length=200, blank=True)
    delivered_at = models.DateTimeField(_("diterima pada"), null=True, blank=True)
    given_up_at = models.DateTimeField(_("menyerah pada"), null=True, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("pengiriman webhook")
        verbose_name_plural = _("pengiriman webhook")
        default_permissions = ("view",)
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["webhook", "change_seq"], name="changes_delivery_once"),
        ]
        indexes = [
            models.Index(
                fields=["webhook", "record_id"],
                condition=Q(delivered_at=None, given_up_at=None),
                name="changes_delivery_waiting",
            ),
            models.Index(
                fields=["next_at"], condition=Q(delivered_at=None, given_up_at=None), name="changes_delivery_due"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event} {self.record_id}"
