"""What sources say: where they disagree, every value stays, and one is preferred."""

from collections.abc import Iterator
from typing import Any, Self

from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from batik_registry.lists import ListField
from batik_registry.models import RegionalRecord
from batik_registry.triggers import Trigger
from centres.choices import FigureKind
from centres.models.about import AboutAnyQuerySet, AboutAnyRecord, content_type_is

#: Columns that say how far the record itself is to be believed; no source states them.
ABOUT_THE_RECORD = ("verification_status", "source", "source_url", "as_of")
NOT_PREFERRED = {"is_preferred": False, "preferred_at": None, "preferred_by": None}


class DatedFactQuerySet(AboutAnyQuerySet):
    def preferred(self) -> Self:
        return self.filter(is_preferred=True)

    def saying_the_same(self, fact: "DatedFact") -> Self:
        """All values for the same thing as this fact: the same field, or the same label, of the same record."""
        same = {"content_type": fact.content_type_id, "object_id": fact.object_id}
        return self.filter(**same, field=fact.field, label=fact.label)


class DatedFact(AboutAnyRecord):
    """One value for one thing about a record, with who says so and for which day.

    `field` names a field of the record and the value is then read as that field reads it; anything else goes by
    `label`. Preferring a fact (`centres.actions.prefer`) writes its value into the record's field. When the field is
    changed in any other way, a trigger takes the preference back: no fact then claims to be what the record says.
    """

    field = models.CharField(
        _("isian"), max_length=60, blank=True, help_text=_("Nama isian pada data itu, misalnya land_area_m2")
    )
    label = models.CharField(
        _("hal"), max_length=150, blank=True, help_text=_("Untuk hal yang tidak punya isian, misalnya jumlah IKM awal")
    )
    value = models.CharField(_("nilai"), max_length=500, error_messages={"required": _("Isi nilai menurut sumber")})
    unit = models.CharField(_("satuan"), max_length=30, blank=True, help_text=_("Misalnya m², rupiah, IKM"))
    figure_kind = models.CharField(_("jenis angka"), max_length=8, choices=FigureKind.choices, default=FigureKind.OTHER)
    note = models.CharField(_("catatan"), max_length=300, blank=True)
    is_preferred = models.BooleanField(_("diutamakan"), default=False, editable=False)
    preferred_at = models.DateTimeField(_("diutamakan pada"), null=True, blank=True, editable=False)
    preferred_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("diutamakan oleh"),
        on_delete=models.PROTECT,  # who chose a figure stays answerable for it
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )

    objects = DatedFactQuerySet.as_manager()

    class Meta(AboutAnyRecord.Meta):
        verbose_name = _("angka bersumber")
        verbose_name_plural = _("angka bersumber")
        ordering = ["field", "label", "-is_preferred", "-as_of", "id"]
        indexes = [models.Index(fields=["object_id", "field"], name="centres_datedfact_about")]
        constraints = [
            *RegionalRecord.Meta.constraints,
            models.UniqueConstraint(
                fields=["content_type", "object_id", "field", "label"],
                condition=Q(is_preferred=True),
                name="centres_datedfact_one_preferred",
                violation_error_message=_("Sudah ada nilai lain yang diutamakan untuk hal ini"),
                violation_error_code="is_preferred",
            ),
            models.UniqueConstraint(
                fields=["content_type", "object_id", "field", "label", "value", "source", "as_of"],
                name="centres_datedfact_once",
                nulls_distinct=False,
                violation_error_message=_("Nilai ini sudah tercatat dari sumber dan tanggal yang sama"),
                violation_error_code="value",
            ),
            models.CheckConstraint(
                name="centres_datedfact_names_its_thing",
                condition=(~Q(field="") & Q(label="")) | (Q(field="") & ~Q(label="")),
                violation_error_message=_("Pilih isian yang dimaksud, atau tulis halnya; salah satu saja"),
                violation_error_code="label",
            ),
            models.CheckConstraint(
                name="centres_datedfact_source",
                condition=~Q(source=""),
                violation_error_message=_("Tulis sumber yang menyatakan nilai ini"),
                violation_error_code="source",
            ),
            models.CheckConstraint(
                name="centres_datedfact_as_of",
                condition=Q(as_of__isnull=False) | ~Q(note=""),
                violation_error_message=_(
                    "Isi tanggal sumber menyatakan nilai ini; bila sumber tidak bertanggal, tulis itu pada catatan"
                ),
                violation_error_code="as_of",
            ),
            models.CheckConstraint(
                name="centres_datedfact_preferred_pair",
                condition=Q(is_preferred=False, preferred_at=None, preferred_by=None)
                | Q(is_preferred=True, preferred_at=None, preferred_by=None)  # as first loaded: nobody has chosen yet
                | Q(is_preferred=True, preferred_at__isnull=False, preferred_by__isnull=False),
                violation_error_message=_("Waktu mengutamakan dan nama yang memilih harus diisi bersama"),
                violation_error_code="preferred_at",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject}: {self.value} ({self.source})"

    @property
    def subject(self) -> str:
        """What the value is about, as people call it."""
        if not self.field:
            return self.label
        model: Any = ContentType.objects.get_for_id(self.content_type_id).model_class()
        try:
            return str(model._meta.get_field(self.field).verbose_name)
        except FieldDoesNotExist:
            return self.field

    def clean(self) -> None:
        super().clean()
        if not self.field or not self.content_type_id or not self.value:
            return
        value = self.parsed_value()
        if self.is_preferred and self.record is not None and getattr(self.record, self.field) != value:
            raise ValidationError(
                {"value": _("Nilai yang diutamakan harus sama dengan isi data; utamakan kembali setelah mengubahnya")}
            )

    def target_field(self) -> models.Field:
        """The record's field that this fact is about; `ValidationError` where it cannot have facts."""
        model: Any = self.content_type.model_class()
        try:
            field = model._meta.get_field(self.field)
        except FieldDoesNotExist:
            raise ValidationError({"field": _("Data ini tidak punya isian dengan nama tersebut")}) from None
        unfit = field.is_relation or not field.concrete or not field.editable
        unfit = unfit or self.field in ABOUT_THE_RECORD
        if unfit or isinstance(field, ListField | models.JSONField | models.FileField):
            raise ValidationError({"field": _("Isian ini tidak dapat diberi angka bersumber")})
        if self.field in model.sensitivity:
            raise ValidationError({"field": _("Isian yang tidak terbuka tidak dicatat sebagai angka bersumber")})
        return field

    def parsed_value(self) -> Any:
        """The value as the record's field reads it; `ValidationError` in the words of that field."""
        field = self.target_field()
        try:
            return field.clean(self.value, None)
        except ValidationError as refusal:
            raise ValidationError({"value": refusal.messages}) from None


def preference_triggers() -> Iterator[Trigger]:
    """A change of a record's field by any door takes the preference from the facts about that field."""
    for model in apps.get_models():
        if not issubclass(model, RegionalRecord) or issubclass(model, AboutAnyRecord):
            continue
        yield Trigger(
            table=model._meta.db_table,
            name="record_40_facts",
            when="AFTER UPDATE",
            condition="OLD.* IS DISTINCT FROM NEW.*",
            declare="was jsonb; now_is jsonb;",
            body=f"""
                IF NOT EXISTS (SELECT FROM centres_datedfact WHERE object_id = NEW.id AND is_preferred) THEN
                    RETURN NULL;
                END IF;
                was := to_jsonb(OLD); now_is := to_jsonb(NEW);
                UPDATE centres_datedfact SET is_preferred = false, preferred_at = NULL, preferred_by_id = NULL
                WHERE object_id = NEW.id AND is_preferred AND field <> '' AND {content_type_is(model)}
                AND was -> field IS DISTINCT FROM now_is -> field;
                RETURN NULL;
            """,
        )
