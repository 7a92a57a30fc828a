"""Members at events: who came, what they sold, what was ordered; and who sat in a training."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Count, Q, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from batik_registry.fields import Rupiah
from batik_registry.measures import Measure
from batik_registry.models import RegionalQuerySet, RegionalRecord, Sensitivity
from batik_registry.triggers import Trigger
from centres.choices import RuleCode
from centres.models import Centre, Member, Membership, Rule
from programs.choices import ParticipationStatus
from programs.models.event import Event
from programs.models.event_queryset import SETTLED
from programs.models.participation_rules import HAS_RESULT, PARTICIPATION_CONSTRAINTS, RESULT_FIGURES


class OfEventAndMemberQuerySet(RegionalQuerySet):
    def visible_to(self, user: Any) -> Self:
        """Seen with the member, and by the region that initiated the event."""
        if user.region_prefix == "" and user.assigned_ids is None:
            return self
        members = Member.objects.visible_to(user).order_by().values("pk")
        return self.filter(Q(member__in=members) | self._of_own_events(user))

    def editable_by(self, user: Any) -> Self:
        """Kept by the member's home region and by the region that initiated the event."""
        seen, prefix = self.visible_to(user), user.region_prefix
        if not prefix or user.assigned_ids is not None:
            return seen
        return seen.filter(Q(region_code__startswith=prefix) | self._of_own_events(user))

    def _of_own_events(self, user: Any) -> Q:
        return Q(event__in=Event.objects.editable_by(user).order_by().values("pk"))


class OfEventAndMember(RegionalRecord):
    """What an event says about one member; it lies in the member's region."""

    event = models.ForeignKey(
        Event,
        verbose_name=_("kegiatan"),
        on_delete=models.PROTECT,  # an event is cancelled, never deleted from under its results
        related_name="%(class)s_set",
        error_messages={"required": _("Pilih kegiatan")},
    )
    member = models.ForeignKey(
        Member,
        verbose_name=_("IKM"),
        on_delete=models.PROTECT,  # a member is closed or merged, never deleted
        related_name="%(class)s_set",
        error_messages={"required": _("Pilih IKM")},
    )

    objects = OfEventAndMemberQuerySet.as_manager()

    region_source = "member"
    centre_path = "member__memberships__centre"

    class Meta(RegionalRecord.Meta):
        abstract = True


@dataclass(frozen=True)
class Results:
    """What the participants of an event have reported.

    Money taken on the spot and money promised in pre-orders are different things and stand side by side: there is no
    figure here, and nowhere in the registry, that has both in it.
    """

    participants: int
    attended: int
    reported: int
    first_timers: int
    follow_ups_due: int
    cash_sales_idr: Decimal | None
    transactions: int | None
    preorder_idr: Decimal | None
    orders_count: int | None
    realised_orders_idr: Decimal | None
    contacts: int | None
    samples: int

    @property
    def missing(self) -> int:
        return self.participants - self.reported


class ParticipationQuerySet(OfEventAndMemberQuerySet):
    def attended(self) -> Self:
        return self.filter(status=ParticipationStatus.ATTENDED)

    def participating(self) -> Self:
        """Everybody of whom a result is expected: not those who stayed away."""
        return self.exclude(status=ParticipationStatus.ABSENT)

    def with_result(self) -> Self:
        """Whose result is known, also where it is that nothing was sold."""
        return self.filter(HAS_RESULT)

    def without_result(self) -> Self:
        return self.participating().exclude(HAS_RESULT)

    def first_timers(self) -> Self:
        return self.attended().filter(first_time=True)

    def follow_up_due(self, on: date | None = None) -> Self:
        """Who took orders at an event that is over for so long that somebody should ask what became of them."""
        due = follow_up_is_due(on)
        return self.none() if due is None else self.filter(due)

    def results(self, on: date | None = None) -> Results:
        """The figures of these participations, as known on a day. Two queries, one of them for the rule."""
        taking_part = ~Q(status=ParticipationStatus.ABSENT)
        attended = Q(status=ParticipationStatus.ATTENDED)
        due = follow_up_is_due(on)
        figures = self.aggregate(
            participants=Count("pk", filter=taking_part),
            attended=Count("pk", filter=attended),
            reported=Count("pk", filter=taking_part & HAS_RESULT),
            first_timers=Count("pk", filter=attended & Q(first_time=True)),
            follow_ups_due=Count("pk", filter=Q(pk=None) if due is None else due),
            samples=Count("pk", filter=Q(is_sample=True)),
            **{name: Sum(name) for name in ("cash_sales_idr", "transactions", "preorder_idr", "orders_count")},
            **{name: Sum(name) for name in ("realised_orders_idr", "contacts")},
        )
        return Results(**figures)


def follow_up_is_due(on: date | None = None) -> Q | None:
    """The condition of `follow_up_due`; None where no rule says after how many days. One query."""
    day = on or timezone.localdate()
    days = Rule.objects.number(RuleCode.FOLLOW_UP_DAYS, day)
    if days is None:
        return None
    ordered = Q(preorder_idr__gt=0) | Q(orders_count__gt=0)
    over = Q(event__ends_on__lte=day - timedelta(days=int(days)))
    return ordered & over & Q(status=ParticipationStatus.ATTENDED, followed_up_on=None)


class Participation(OfEventAndMember):
    """A member's part in an event: its booth, whether it came, and what it sold. Empty means unknown, never zero."""

    centre = models.ForeignKey(
        Centre,
        verbose_name=_("sentra waktu itu"),
        on_delete=models.PROTECT,  # a centre is archived, never deleted
        null=True,
        blank=True,
        editable=False,
        related_name="participation_set",
        help_text=_("Keanggotaan utama pada hari pertama kegiatan; tetap walaupun IKM kemudian pindah"),
    )
    booth_number = models.CharField(_("nomor stan"), max_length=20, blank=True)
    booth_size_m2 = Measure(_("luas stan (m²)"), null=True, blank=True)
    status = models.CharField(
        _("status"),
        max_length=12,
        choices=ParticipationStatus.choices,
        default=ParticipationStatus.REGISTERED,
    )

    cash_sales_idr = Rupiah(
        _("penjualan langsung (rupiah)"),
        null=True,
        blank=True,
        help_text=_("Yang dibayar di tempat; pesanan tidak termasuk"),
    )
    transactions = models.PositiveIntegerField(_("jumlah transaksi"), null=True, blank=True)
    preorder_idr = Rupiah(
        _("pesanan (rupiah)"),
        null=True,
        blank=True,
        help_text=_("Yang baru dipesan; tidak dijumlahkan dengan penjualan"),
    )
    orders_count = models.PositiveIntegerField(_("jumlah pesanan"), null=True, blank=True)
    contacts = models.PositiveIntegerField(_("kontak pembeli"), null=True, blank=True)
    buyers_matched = models.PositiveIntegerField(_("pembeli dalam temu bisnis"), null=True, blank=True)
    products_shown = models.PositiveIntegerField(_("produk dipamerkan"), null=True, blank=True)
    outcome = models.CharField(
        _("hasil lain"), max_length=300, blank=True, help_text=_("Misalnya desain baru, izin yang selesai diurus")
    )
    no_transaction = models.BooleanField(_("tidak ada transaksi"), default=False)
    first_time = models.BooleanField(
        _("pertama kali ikut"), default=False, editable=False, help_text=_("Belum pernah hadir di kegiatan sebelumnya")
    )

    realised_orders_idr = Rupiah(
        _("pesanan yang terwujud (rupiah)"), null=True, blank=True, help_text=_("Ditanyakan lagi setelah 90 hari")
    )
    followed_up_on = models.DateField(_("ditanyakan pada"), null=True, blank=True)

    objects = ParticipationQuerySet.as_manager()

    RESULTS = (*RESULT_FIGURES, "products_shown", "outcome", "no_transaction")
    FOLLOW_UP = ("realised_orders_idr", "followed_up_on")
    sensitivity = dict.fromkeys(
        ["centre", "booth_number", "booth_size_m2", "status", "first_time", *RESULTS, *FOLLOW_UP],
        Sensitivity.RESTRICTED,
    )

    class Meta(OfEventAndMember.Meta):
        verbose_name = _("kepesertaan")
        verbose_name_plural = _("kepesertaan")
        ordering = ["event", "member"]
        constraints = [*RegionalRecord.Meta.constraints, *PARTICIPATION_CONSTRAINTS]

    def __str__(self) -> str:
        return f"{self.member} – {self.event}"

    def clean_fields(self, exclude: Any = None) -> None:
        if self._state.adding and self.event_id and self.member_id:
            self._remember_the_time()
        super().clean_fields(exclude=exclude)

    def _remember_the_time(self) -> None:
        """What was true when the event began: the member's centre, and whether it had ever come before."""
        day = self.event.starts_on
        primary = Membership.objects.primary().open(day).filter(member=self.member_id)
        self.centre_id = primary.values_list("centre", flat=True).first()
        earlier = Participation.objects.attended().filter(member=self.member_id, event__starts_on__lt=day)
        self.first_time = not earlier.exclude(event=self.event_id).exists()

    def clean(self) -> None:
        super().clean()
        if not self.event_id:
            return
        if self._state.adding and self.event.is_settled:
            raise ValidationError({"event": _("Kegiatan ini sudah ditutup atau batal; peserta tidak dapat ditambah")})
        today = timezone.localdate()
        if self.status == ParticipationStatus.ATTENDED and self.event.starts_on > today:
            raise ValidationError({"status": _("Kegiatan ini belum mulai, jadi belum ada yang hadir")})
        if self.followed_up_on and not self.event.ends_on <= self.followed_up_on <= today:
            raise ValidationError(
                {"followed_up_on": _("Pesanan ditanyakan setelah kegiatan selesai, paling lambat hari ini")}
            )

    @property
    def has_result(self) -> bool:
        known = any(getattr(self, name) is not None for name in RESULT_FIGURES)
        return known or self.no_transaction or bool(self.outcome)

    @classmethod
    def database_triggers(cls) -> list[Trigger]:
        return [*super().database_triggers(), cls._only_in_open_events()]

    @classmethod
    def _only_in_open_events(cls) -> Trigger:
        """Takes a turn at the event, so that nobody is added while it is being closed."""
        settled = ", ".join(f"'{status}'" for status in SETTLED)
        return Trigger(
            table=cls._meta.db_table,
            name="record_14_open",
            when="BEFORE INSERT",
            body=f"""
                PERFORM FROM programs_event WHERE id = NEW.event_id FOR NO KEY UPDATE;
                IF EXISTS (SELECT FROM programs_event WHERE id = NEW.event_id AND status IN ({settled})) THEN
                    RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'programs_participation_open',
                        MESSAGE = 'Peserta tidak dapat ditambah pada kegiatan yang sudah ditutup atau batal';
                END IF;
                RETURN NEW;
            """,
        )
