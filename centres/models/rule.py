"""Limits and codes that change with law and practice: dated rows that staff keep, never code."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Func, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from batik_registry.models import Record
from batik_registry.validators import validate_kbli
from centres.choices import KbliVersion, RuleCode, RuleStatus, Technique


def period(start: str = "valid_from", end: str = "valid_to") -> Func:
    """The days from `start` to `end`, both counted; an empty side is unlimited."""
    return Func(F(start), F(end), function="registry_days", output_field=DateRangeField())


_remembered: ContextVar[dict[Any, Any] | None] = ContextVar("remembered rules", default=None)


@contextmanager
def remembered_rules() -> Iterator[None]:
    """Within this block each rule is asked of the database once, however many rows are judged by it."""
    token = _remembered.set({})
    try:
        yield
    finally:
        _remembered.reset(token)


def _once(key: Any, ask: Callable[[], Any]) -> Any:
    held = _remembered.get()
    if held is None:
        return ask()
    if key not in held:
        held[key] = ask()
    return held[key]


class RuleQuerySet(models.QuerySet["Rule"]):
    def in_force(self, code: str, on: date | None = None) -> Self:
        """The row of this rule that holds on a day, today unless told."""
        day = on or timezone.localdate()
        dated = Q(valid_from__isnull=True) | Q(valid_from__lte=day), Q(valid_to__isnull=True) | Q(valid_to__gte=day)
        return self.filter(*dated, code=code)

    def number(self, code: str, on: date | None = None) -> Decimal | None:
        """The limit as a number; None where no row holds, and then nobody is held to it. One query."""
        rule = _once((code, on), lambda: self.in_force(code, on).first())
        return rule.as_number() if rule else None

    def words(self, code: str, on: date | None = None) -> list[str]:
        """The list that the rule holds, such as technique codes; empty where no row holds. One query."""
        rule = self.in_force(code, on).first()
        return rule.as_words() if rule else []


class Rule(Record):
    """One limit of law or practice for a time: how many IKM make a cluster, when a confirmation grows stale."""

    code = models.CharField(_("aturan"), max_length=30, choices=RuleCode.choices)
    value = models.CharField(
        _("nilai"), max_length=200, help_text=_("Angka seperti 5, atau daftar kode dipisah koma untuk aturan teknik")
    )
    valid_from = models.DateField(_("berlaku sejak"), null=True, blank=True, help_text=_("Kosong bila sejak semula"))
    valid_to = models.DateField(_("berlaku sampai"), null=True, blank=True, help_text=_("Kosong bila masih berlaku"))
    legal_basis = models.CharField(_("dasar hukum"), max_length=300, blank=True)
    status = models.CharField(
        _("status dasar hukum"), max_length=16, choices=RuleStatus.choices, default=RuleStatus.UNVERIFIED
    )

    objects = RuleQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("aturan")
        verbose_name_plural = _("aturan")
        ordering = ["code", "valid_from"]
        constraints = [
            models.CheckConstraint(
                name="centres_rule_dates",
                condition=Q(valid_from__isnull=True) | Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                violation_error_message=_("Tanggal akhir tidak boleh sebelum tanggal mulai"),
                violation_error_code="valid_to",
            ),
            ExclusionConstraint(
                name="centres_rule_one_at_a_time",
                expressions=[("code", RangeOperators.EQUAL), (period(), RangeOperators.OVERLAPS)],
                violation_error_message=_("Aturan ini sudah berlaku pada masa itu; akhiri dulu yang lama"),
                violation_error_code="valid_from",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_code_display()}: {self.value}"

    def clean(self) -> None:
        super().clean()
        if self.code == RuleCode.BATIKMARK_TECHNIQUES:
            if unknown := set(self.as_words()) - set(Technique.values):
                raise ValidationError({"value": _("Kode teknik tidak dikenal: %s") % ", ".join(sorted(unknown))})
        elif self.code and self.value and self.as_number() is None:
            raise ValidationError({"value": _("Aturan ini memerlukan angka, misalnya 5")})

    def as_number(self) -> Decimal | None:
        try:
            number = Decimal(self.value.strip())
        except InvalidOperation:
            return None
        return number if number.is_finite() and number >= 0 else None

    def as_words(self) -> list[str]:
        return [word.strip() for word in self.value.split(",") if word.strip()]


class IndustryCodeQuerySet(models.QuerySet["IndustryCode"]):
    def batik(self, version: str) -> Self:
        """Codes for making batik in a version of the classification; none is known where none was verified."""
        return self.filter(version=version, is_batik=True)

    def batik_codes(self, version: str) -> set[str]:
        """The codes themselves. One query."""
        found: set[str] = _once(("batik", version), lambda: set(self.batik(version).values_list("code", flat=True)))
        return found


class IndustryCode(Record):
    """A class of the Indonesian classification of business fields (KBLI) that matters for batik makers.

    The table is no list of all codes: a member may state any five digits. It says what a code means and whether it
    stands for making batik.
    """

    version = models.CharField(_("versi KBLI"), max_length=4, choices=KbliVersion.choices, default=KbliVersion.V2020)
    code = models.CharField(_("kode KBLI"), max_length=5, validators=[validate_kbli])
    title = models.CharField(_("judul"), max_length=200)
    is_batik = models.BooleanField(_("industri batik"), default=False)
    status = models.CharField(
        _("status dasar hukum"), max_length=16, choices=RuleStatus.choices, default=RuleStatus.UNVERIFIED
    )
    source = models.CharField(_("sumber"), max_length=300, blank=True)

    objects = IndustryCodeQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("kode KBLI")
        verbose_name_plural = _("kode KBLI")
        ordering = ["version", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "code"],
                name="centres_industrycode_unique",
                violation_error_message=_("Kode KBLI ini sudah ada pada versi itu"),
                violation_error_code="code",
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title} ({self.get_version_display()})"
