"""What every record of the registry shares: identity, version, one set of rules at every door, region, provenance."""

from collections.abc import Collection, Iterator
from typing import Any, ClassVar, Self

from django.apps import apps
from django.conf import settings
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models.functions import Left
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7

from batik_registry.guards import Guard, broken
from batik_registry.triggers import Trigger
from batik_registry.validators import validate_plain_text


class Sensitivity(models.TextChoices):
    """Who may read a field. What is not marked is public. Letters as in the data-protection register."""

    RESTRICTED = "R", _("terbatas: petugas pemerintah dalam wilayahnya")
    PERSONAL = "D", _("data pribadi")
    SPECIFIC = "X", _("data pribadi yang diperlakukan sebagai data spesifik")


#: The marks of what belongs to a person.
PERSONAL = (Sensitivity.PERSONAL, Sensitivity.SPECIFIC)


class VerificationStatus(models.TextChoices):
    DRAFT = "DRAFT", _("Konsep")
    SUBMITTED = "SUBMITTED", _("Terkirim")
    RETURNED = "RETURNED", _("Pengembalian data")
    VERIFIED = "VERIFIED", _("Terverifikasi")
    VALIDATED = "VALIDATED", _("Tervalidasi")
    ARCHIVED = "ARCHIVED", _("Diarsipkan")


class Versioned(models.Model):
    """A row that knows how often it was changed, and whose rules hold at every door.

    `full_clean` judges the whole row, also when a form shows only a part of it; `save` always passes it. Errors of
    constraints land on the field that the constraint's `violation_error_code` names.
    """

    row_version = models.BigIntegerField(_("versi baris"), default=1, editable=False)
    created_at = models.DateTimeField(_("dibuat pada"), default=timezone.now, editable=False)
    updated_at = models.DateTimeField(_("diubah pada"), default=timezone.now, editable=False)

    #: Fields that triggers fill, read back after each save.
    fields_of_triggers: ClassVar[list[str]] = ["row_version", "updated_at"]
    #: Fields that are not public, each with its class; every door asks this mark.
    sensitivity: ClassVar[dict[str, Sensitivity]] = {}
    #: Of the personal fields those by which one reaches a person; a role may know these alone.
    contact_fields: ClassVar[frozenset[str]] = frozenset()
    #: Rules that look at other rows, kept by triggers too.
    guards: ClassVar[list[Guard]] = []
    #: Rows that everybody who reads this kind of record sees, wherever they are.
    is_open_to_all: ClassVar[bool] = False
    #: Columns that say something about the row without changing what it says: they count, but move no `updated_at`.
    stamps: ClassVar[tuple[str, ...]] = ()
    #: Columns that never enter the change log and do not count as a change (secrets, clocks, what is computed).
    unlogged_columns: ClassVar[tuple[str, ...]] = ()

    class Meta:
        abstract = True

    def clean_fields(self, exclude: Collection[str] | None = None) -> None:
        errors = {}
        try:
            super().clean_fields(exclude=exclude)
        except ValidationError as error:
            errors = self._with_our_words(error.update_error_dict({}))
        for field in self._typed_texts():
            if field.name not in errors and field.name not in (exclude or ()):
                try:
                    validate_plain_text(getattr(self, field.attname) or "")
                except ValidationError as error:
                    errors[field.name] = [error]
        if errors:
            raise ValidationError(errors)

    def _with_our_words(self, errors: dict[str, list[ValidationError]]) -> dict[str, list[ValidationError]]:
        """An empty field is told what to fill in, in the words that forms use too."""
        return {
            name: [
                ValidationError(self.missing(name), code="required") if one.code in ("null", "blank") else one
                for one in found
            ]
            for name, found in errors.items()
        }

    @classmethod
    def missing(cls, name: str) -> str:
        """What to say when this field is empty: its own "required" sentence, or "Isi" and its name."""
        field: Any = cls._meta.get_field(name)
        return str(field.error_messages.get("required") or _("Isi %(field)s") % {"field": field.verbose_name})

    def _typed_texts(self) -> "Iterator[models.Field[Any, Any]]":
        for field in self._meta.concrete_fields:
            if isinstance(field, models.CharField | models.TextField) and field.editable and not field.choices:
                yield field

    def validate_constraints(self, exclude: Collection[str] | None = None) -> None:
        found: dict[str, list[ValidationError]] = {}
        try:
            super().validate_constraints(exclude=set(exclude or ()))
        except ValidationError as error:
            found = self._placed(error)
        for guard, sentence in broken(self, self.guards, set(exclude or ()) | set(found)):
            found.setdefault(guard.field, []).append(ValidationError(sentence, code=guard.name))
        if found:
            raise ValidationError(found) from None

    def _placed(self, error: ValidationError) -> dict[str, list[ValidationError]]:
        """The errors of the constraints, each under the field that its code names."""
        placed: dict[str, list[ValidationError]] = {}
        names = {field.name for field in self._meta.fields}
        for key, found in error.update_error_dict({}).items():
            for one in found:
                code = getattr(one, "code", None)
                placed.setdefault(code if key == NON_FIELD_ERRORS and code in names else key, []).append(one)
        return placed

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Judge the whole row, write it, and learn the version that the database gave it.

        Raises `ValidationError` too where only the database could see the fault (a race for something unique).
        """
        self.full_clean()
        adding = self._state.adding
        try:
            with transaction.atomic(using=kwargs.get("using")):
                super().save(*args, **kwargs)
        except IntegrityError as error:
            raise self._explained(error) from error
        if not adding:
            self.refresh_from_db(using=kwargs.get("using"), fields=self.fields_of_triggers)

    def _explained(self, error: IntegrityError) -> Exception:
        """The refusal that the broken constraint stands for, or the error itself where it is not one of ours."""
        name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None) or ""
        for constraint in self._meta.constraints:
            if constraint.name == name:
                message = constraint.get_violation_error_message()
                return ValidationError(self._placed(ValidationError(message, code=constraint.violation_error_code)))
        for field in self._meta.concrete_fields:
            if field.unique and name.startswith(f"{self._meta.db_table}_{field.column}_"):
                return ValidationError({field.name: self.unique_error_message(type(self), (field.name,))})
        return self._refused_by_guard(name) or error

    def _refused_by_guard(self, name: str) -> ValidationError | None:
        """What a guard says; it may be another table's, where a trigger of this one writes there."""
        for model in record_models():
            for guard in model.guards:
                if guard.name == name:
                    known = any(field.name == guard.field for field in self._meta.fields)
                    told = [sentence for _guard, sentence in broken(self, [guard])] if model is type(self) else []
                    return ValidationError({guard.field if known else NON_FIELD_ERRORS: told or [str(guard.message)]})
        return None

    @classmethod
    def told_to(cls, user: Any) -> models.Q:
        """Which rows of the kind the change feed tells this user, by what the row itself says.

        Lists may show more, such as members at home elsewhere who belong to a centre here.
        """
        if user.region_prefix is None or user.assigned_ids is not None:
            return models.Q(pk__in=[])
        is_regional = any(field.name == "region_code" for field in cls._meta.fields)
        if cls.is_open_to_all or not user.region_prefix or not is_regional:
            return models.Q()
        return models.Q(region_code__startswith=user.region_prefix)

    @classmethod
    def logged_columns(cls) -> list[str]:
        """The columns that make up the record, in the order of its fields."""
        return [
            field.column
            for field in cls._meta.concrete_fields
            if not field.generated and field.column not in cls.unlogged_columns
        ]

    @classmethod
    def database_triggers(cls) -> list[Trigger]:
        """The triggers of this table: the version counts every write that changes something, through any door."""
        counted = [column for column in cls.logged_columns() if column not in ("row_version", "updated_at")]
        said = [column for column in counted if column not in cls.stamps]
        return [
            Trigger(
                table=cls._meta.db_table,
                name="record_20_version",
                when="BEFORE UPDATE",
                condition=_differs(counted),
                body=f"""
                    NEW.row_version := OLD.row_version + 1;
                    IF {_differs(said)} THEN NEW.updated_at := clock_timestamp(); END IF;
                    RETURN NEW;
                """,
            ),
            *(guard.trigger(cls._meta.db_table) for guard in cls.guards),
        ]


def _differs(columns: list[str]) -> str:
    """The SQL condition that an update changes one of these columns."""
    old, new = (", ".join(f'{side}."{column}"' for column in columns) for side in ("OLD", "NEW"))
    return f"({old}) IS DISTINCT FROM ({new})"


class Record(Versioned):
    """A versioned row with an identity of its own: a UUIDv7, known before the row is written."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)

    class Meta(Versioned.Meta):
        abstract = True


class RegionalQuerySet(models.QuerySet[Any]):
    """Scope is a prefix: whoever works for region 35.76 meets the rows whose code begins with 35.76."""

    def visible_to(self, user: Any) -> Self:
        """Rows that `user` may see; an unseen row is treated as a missing one."""
        prefix = user.region_prefix
        if prefix is None:
            return self.none()
        rows = self.filter(region_code__startswith=prefix) if prefix else self
        return (
            rows if user.assigned_ids is None else rows.filter(**{f"{self.model.centre_path}__in": user.assigned_ids})
        )

    def editable_by(self, user: Any) -> Self:
        """Rows that `user` may change or propose to change."""
        return self.visible_to(user)

    def validated(self) -> Self:
        """Rows to which the ministry has given its last word; the public sees no others."""
        return self.filter(verification_status=VerificationStatus.VALIDATED)

    def real(self) -> Self:
        """Without the sample rows of the demo."""
        return self.filter(is_sample=False)


class TriggerText(models.CharField):
    """A text that a trigger fills: an insert brings back what it became, so the row in memory never lies about it."""

    db_returning = True

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs


class RegionalRecord(Record):
    """A record that belongs to a place, and says who stands behind it and since when.

    `region_code` is copied by a trigger from the column or the parent that `region_source` names, so that scope and
    counts need no join.
    """

    region_code = TriggerText(
        _("kode wilayah"), max_length=13, db_collation="C", editable=False, db_index=True, blank=True, default=""
    )
    province_code = models.GeneratedField(
        verbose_name=_("kode provinsi"),
        expression=Left("region_code", 2),
        output_field=models.CharField(max_length=2, db_collation="C"),
        db_persist=True,
    )
    regency_code = models.GeneratedField(
        verbose_name=_("kode kabupaten/kota"),
        expression=Left("region_code", 5),
        output_field=models.CharField(max_length=5, db_collation="C"),
        db_persist=True,
    )
    verification_status = models.CharField(
        _("status verifikasi"),
        max_length=9,
        choices=VerificationStatus.choices,
        default=VerificationStatus.DRAFT,
    )
    verified_at = models.DateTimeField(_("terakhir dikonfirmasi pada"), null=True, blank=True, editable=False)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("dikonfirmasi oleh"),
        on_delete=models.PROTECT,  # who confirmed a record stays answerable for it
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    source = models.CharField(_("sumber"), max_length=300, blank=True, help_text=_("Siapa yang menyatakan data ini"))
    source_url = models.URLField(_("alamat sumber"), max_length=500, blank=True)
    as_of = models.DateField(_("keadaan per"), null=True, blank=True, help_text=_("Tanggal data ini benar di lapangan"))
    is_sample = models.BooleanField(_("contoh"), default=False, editable=False)

    objects = RegionalQuerySet.as_manager()

    fields_of_triggers = [*Record.fields_of_triggers, "region_code", "province_code", "regency_code"]
    stamps = ("verified_at", "verified_by_id")
    #: The column with the region ("region") or the parent that carries it ("centre", "member").
    region_source: ClassVar[str] = "region"
    #: The way from this model to the centre that a centre manager is assigned to.
    centre_path: ClassVar[str] = "centre"

    class Meta(Record.Meta):
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_verified_pair",
                condition=models.Q(verified_at__isnull=True, verified_by__isnull=True)
                | models.Q(verified_at__isnull=False, verified_by__isnull=False),
                violation_error_message=_("Waktu konfirmasi dan nama yang mengonfirmasi harus diisi bersama"),
                violation_error_code="verified_at",
            )
        ]

    @classmethod
    def database_triggers(cls) -> list[Trigger]:
        return [*super().database_triggers(), cls._region_copy(), *cls._region_cascades()]

    @classmethod
    def _region_copy(cls) -> Trigger:
        source: Any = cls._meta.get_field(cls.region_source)
        parent, column = source.related_model._meta, source.column
        value = f'NEW."{column}"'
        if any(field.name == "region_code" for field in parent.fields):
            value = f'(SELECT region_code FROM "{parent.db_table}" WHERE "{parent.pk.column}" = NEW."{column}")'
        return Trigger(
            table=cls._meta.db_table,
            name="record_10_region",
            when=f'BEFORE INSERT OR UPDATE OF "{column}", region_code',
            body=f"NEW.region_code := coalesce({value}, ''); RETURN NEW;",
        )

    @classmethod
    def _region_cascades(cls) -> Iterator[Trigger]:
        """When this row moves to another region, what hangs on it moves along."""
        for child in apps.get_models():
            if issubclass(child, RegionalRecord) and (hanging := child.hangs_on(cls)):
                yield Trigger(
                    table=cls._meta.db_table,
                    name=f"record_30_move_{child._meta.model_name}",
                    # Not "UPDATE OF region_code": the column is set by a trigger, not by the statement.
                    when="AFTER UPDATE",
                    condition="OLD.region_code IS DISTINCT FROM NEW.region_code",
                    body=f"""
                        UPDATE "{child._meta.db_table}" SET region_code = NEW.region_code
                        WHERE {hanging}; RETURN NULL;
                    """,
                )

    @classmethod
    def hanging_column(cls, parent: type[models.Model]) -> str:
        """The column in which rows of this table keep the id of the `parent` that they hang on, or ""."""
        source: Any = cls._meta.get_field(cls.region_source)
        return str(source.column) if source.related_model is parent else ""

    @classmethod
    def hangs_on(cls, parent: type[models.Model]) -> str:
        """The SQL condition under which a row of this table takes its region from the row NEW of `parent`, or ""."""
        column = cls.hanging_column(parent)
        return f'"{column}" = NEW."{parent._meta.pk.column}"' if column else ""


def record_models() -> list[type[Versioned]]:
    """Every concrete model whose rows are part of the registry, in a stable order."""
    found = [model for model in apps.get_models() if issubclass(model, Versioned)]
    return sorted(found, key=lambda model: model._meta.label_lower)


def record_triggers() -> Iterator[Trigger]:
    for model in record_models():
        yield from model.database_triggers()
