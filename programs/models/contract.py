"""Who carries the work out, for how much and until when."""

from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from batik_registry.fields import Rupiah
from batik_registry.guards import broken
from batik_registry.measures import Measure
from batik_registry.models import RegionalQuerySet, RegionalRecord
from batik_registry.triggers import Trigger
from batik_registry.validators import validate_percent
from programs.choices import ContractMethod
from programs.lifecycle import Deed
from programs.models.activity import Activity
from programs.models.guards import CONTRACT_GUARDS
from programs.models.of_allocation import OfAllocation


class Contract(OfAllocation):
    """A contract, or work that the dinas manages itself. Value and end are today's: each addendum moves them on.

    Empty means unknown. The value as first signed stays in `initial_value_idr`.
    """

    activity = models.ForeignKey(
        Activity,
        verbose_name=_("rincian kegiatan"),
        on_delete=models.PROTECT,  # what is under contract stays in the plan
        null=True,
        blank=True,
        related_name="contract_set",
    )
    package_name = models.CharField(
        _("nama paket"), max_length=250, error_messages={"required": _("Isi nama paket pekerjaan")}
    )
    number = models.CharField(_("nomor kontrak"), max_length=100, blank=True)
    method = models.CharField(_("cara pengadaan"), max_length=19, choices=ContractMethod.choices, blank=True)
    rup_id = models.CharField(_("ID RUP"), max_length=40, blank=True)
    spse_id = models.CharField(_("ID SPSE"), max_length=40, blank=True)
    vendor = models.CharField(_("penyedia"), max_length=200, blank=True)
    signed_on = models.DateField(_("ditandatangani pada"), null=True, blank=True)
    starts_on = models.DateField(_("mulai"), null=True, blank=True)
    ends_on = models.DateField(_("berakhir"), null=True, blank=True)
    initial_value_idr = Rupiah(_("nilai kontrak semula (rupiah)"), null=True, blank=True, editable=False)
    value_idr = Rupiah(_("nilai kontrak (rupiah)"), null=True, blank=True)
    retention_pct = Measure(_("retensi (%)"), max_digits=5, null=True, blank=True, validators=[validate_percent])
    terminated_on = models.DateField(
        _("diputus pada"),
        null=True,
        blank=True,
        help_text=_("Catat juga adendum dengan nilai yang sudah dibayar, agar sisa RK dapat dikontrakkan lagi"),
    )
    labour_forecast = models.PositiveIntegerField(_("perkiraan tenaga kerja"), null=True, blank=True)

    guards = CONTRACT_GUARDS
    fields_of_triggers = [*OfAllocation.fields_of_triggers, "initial_value_idr"]

    class Meta(OfAllocation.Meta):
        verbose_name = _("kontrak")
        verbose_name_plural = _("kontrak")
        ordering = ["allocation", "signed_on", "id"]
        constraints = [
            *RegionalRecord.Meta.constraints,
            models.UniqueConstraint(
                fields=["allocation", "number"],
                condition=~Q(number=""),
                name="programs_contract_number",
                violation_error_message=_("Nomor kontrak ini sudah tercatat pada alokasi tersebut"),
                violation_error_code="number",
            ),
            models.CheckConstraint(
                name="programs_contract_dates",
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                violation_error_message=_("Tanggal berakhir tidak boleh sebelum tanggal mulai"),
                violation_error_code="ends_on",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.package_name} {self.number}".strip()

    def clean(self) -> None:
        super().clean()
        if self.allocation_id and self.signed_on:
            self._check_year(self.signed_on.year)
        if self.activity_id and self.allocation_id and self.activity.allocation_id != self.allocation_id:
            raise ValidationError({"activity": _("Rincian kegiatan ini milik alokasi lain")})

    def _check_year(self, year: int) -> None:
        """The fiscal year; after a contract was ended or the work carried over, the year after it too."""
        first = self.allocation.fiscal_year
        again = self.allocation.step_set.filter(deed__in=[Deed.TERMINATE, Deed.CARRY_OVER])
        if year != first and not (year == first + 1 and again.exists()):
            told = _("Kontrak ditandatangani dalam tahun anggaran alokasi, yaitu %d") % first
            raise ValidationError({"signed_on": told})

    @classmethod
    def database_triggers(cls) -> list[Trigger]:
        return [*super().database_triggers(), cls._initial_value()]

    @classmethod
    def _initial_value(cls) -> Trigger:
        """As long as there is no addendum, today's value is the first one too."""
        return Trigger(
            table=cls._meta.db_table,
            name="record_14_initial_value",
            when="BEFORE INSERT OR UPDATE",
            body="""
                IF NOT EXISTS (SELECT FROM programs_contractaddendum WHERE contract_id = NEW.id) THEN
                    NEW.initial_value_idr := NEW.value_idr;
                END IF;
                RETURN NEW;
            """,
        )


class AddendumQuerySet(RegionalQuerySet):
    def visible_to(self, user: Any) -> Self:
        """Whoever sees the contract sees its addenda."""
        return self.filter(contract__in=Contract.objects.visible_to(user).order_by().values("pk"))


class ContractAddendum(RegionalRecord):
    """A change to a contract: what it is worth and when it ends from then on."""

    contract = models.ForeignKey(
        Contract,
        verbose_name=_("kontrak"),
        on_delete=models.PROTECT,  # a contract that was changed stays
        related_name="addenda",
        error_messages={"required": _("Pilih kontrak")},
    )
    number = models.CharField(_("nomor adendum"), max_length=100, error_messages={"required": _("Isi nomor adendum")})
    signed_on = models.DateField(_("ditandatangani pada"))
    value_idr = Rupiah(_("nilai kontrak sesudahnya (rupiah)"), null=True, blank=True, help_text=_("Kosong bila tetap"))
    ends_on = models.DateField(_("berakhir sesudahnya"), null=True, blank=True, help_text=_("Kosong bila tetap"))
    reason = models.CharField(_("alasan"), max_length=300, error_messages={"required": _("Isi alasan adendum")})

    objects = AddendumQuerySet.as_manager()

    region_source = "contract"
    centre_path = "contract__allocation__centre_links__centre"

    class Meta(RegionalRecord.Meta):
        verbose_name = _("adendum")
        verbose_name_plural = _("adendum")
        ordering = ["contract", "signed_on", "id"]
        constraints = [
            *RegionalRecord.Meta.constraints,
            models.UniqueConstraint(
                fields=["contract", "number"],
                name="programs_addendum_number",
                violation_error_message=_("Nomor adendum ini sudah tercatat pada kontrak tersebut"),
                violation_error_code="number",
            ),
            models.CheckConstraint(
                name="programs_addendum_changes_something",
                condition=Q(value_idr__isnull=False) | Q(ends_on__isnull=False),
                violation_error_message=_("Isi nilai atau tanggal berakhir yang berubah karena adendum ini"),
                violation_error_code="value_idr",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contract} – {self.number}"

    def clean(self) -> None:
        super().clean()
        if self.contract_id and self.signed_on and self.contract.signed_on and self.signed_on < self.contract.signed_on:
            raise ValidationError({"signed_on": _("Adendum tidak boleh mendahului kontraknya")})
        if self.contract_id:
            self._check_contract()

    def _check_contract(self) -> None:
        """The contract as it will be must still fit the plan."""
        after = Contract.objects.get(pk=self.contract_id)
        after.value_idr = self.value_idr if self.value_idr is not None else after.value_idr
        for _guard, sentence in broken(after, Contract.guards):
            raise ValidationError({"value_idr": sentence})
        if self.ends_on and after.starts_on and self.ends_on < after.starts_on:
            raise ValidationError({"ends_on": _("Tanggal berakhir tidak boleh sebelum tanggal mulai")})

    @classmethod
    def database_triggers(cls) -> list[Trigger]:
        return [*super().database_triggers(), cls._moves_contract()]

    @classmethod
    def _moves_contract(cls) -> Trigger:
        """The contract says what its latest addendum says; what an addendum leaves open stays as it was before."""
        latest = """(SELECT a.{0} FROM programs_contractaddendum a WHERE a.contract_id = c.id AND a.{0} IS NOT NULL
            ORDER BY a.signed_on DESC, a.id DESC LIMIT 1)"""
        return Trigger(
            table=cls._meta.db_table,
            name="record_35_contract",
            when="AFTER INSERT OR UPDATE OF value_idr, ends_on, signed_on",
            body=f"""
                UPDATE programs_contract c SET
                    value_idr = coalesce({latest.format("value_idr")}, c.initial_value_idr, c.value_idr),
                    ends_on = coalesce({latest.format("ends_on")}, c.ends_on)
                WHERE c.id = NEW.contract_id;
                RETURN NULL;
            """,
        )
