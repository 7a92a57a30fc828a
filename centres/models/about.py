"""What can be said about any record: a sourced value, a photo, a document."""

from typing import Any, Self

from django.apps import apps
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from batik_registry.models import RegionalQuerySet, RegionalRecord
from batik_registry.triggers import Trigger
from centres.models.centre import Centre
from centres.models.facility import OfCentre
from submissions.models import Submission


class AboutAnyQuerySet(RegionalQuerySet):
    def visible_to(self, user: Any) -> Self:
        """What is about records in the user's region; for a centre's manager, about the centre and what is its own.

        Evidence is for whoever sees the submission.
        """
        prefix = user.region_prefix
        if prefix is None:
            return self.none()
        rows = self.filter(region_code__startswith=prefix) if prefix else self
        submission = ContentType.objects.get_for_model(Submission)
        evidence = Q(content_type=submission, object_id__in=Submission.objects.visible_to(user).order_by().values("pk"))
        others = ~Q(content_type=submission)
        if user.assigned_ids is not None:
            others &= Q(object_id__in=_ids_of_centres(user.assigned_ids))
        return rows.filter(evidence | others)

    def about(self, record: models.Model) -> Self:
        return self.filter(content_type=ContentType.objects.get_for_model(record), object_id=record.pk)


def _ids_of_centres(centres: list[Any]) -> Any:
    parts = [model for model in apps.get_models() if issubclass(model, OfCentre)]
    ids = Centre.objects.filter(pk__in=centres).order_by().values("pk")
    return ids.union(*[part.objects.filter(centre__in=centres).order_by().values("pk") for part in parts])


class AboutAnyRecord(RegionalRecord):
    """A row about another record of any kind; it lies in that record's region and moves along with it."""

    content_type = models.ForeignKey(
        ContentType,
        verbose_name=_("jenis data"),
        on_delete=models.PROTECT,  # a kind of record with rows about it is not dropped
        related_name="+",
    )
    object_id = models.UUIDField(_("ID data"))
    record = GenericForeignKey("content_type", "object_id")

    objects = AboutAnyQuerySet.as_manager()

    region_source = "content_type"

    class Meta(RegionalRecord.Meta):
        abstract = True

    def clean(self) -> None:
        super().clean()
        if not self.content_type_id or not self.object_id:
            return
        model = self.content_type.model_class()
        if model is None or not issubclass(model, RegionalRecord) or issubclass(model, AboutAnyRecord):
            raise ValidationError(
                {"content_type": _("Jenis data ini tidak dapat diberi lampiran atau angka bersumber")}
            )
        if not model._default_manager.filter(pk=self.object_id).exists():
            raise ValidationError({"object_id": _("Data yang dimaksud tidak ditemukan")})

    @classmethod
    def _region_copy(cls) -> Trigger:
        return Trigger(
            table=cls._meta.db_table,
            name="record_10_region",
            when="BEFORE INSERT OR UPDATE OF content_type_id, object_id, region_code",
            declare="look text; place text;",
            body="""
                SELECT format('SELECT region_code FROM %I WHERE id = $1', app_label || '_' || model) INTO look
                FROM django_content_type WHERE id = NEW.content_type_id;
                EXECUTE look INTO place USING NEW.object_id;
                NEW.region_code := coalesce(place, ''); RETURN NEW;
            """,
        )

    @classmethod
    def hanging_column(cls, parent: type[models.Model]) -> str:
        return "object_id" if issubclass(parent, RegionalRecord) and not issubclass(parent, AboutAnyRecord) else ""

    @classmethod
    def hangs_on(cls, parent: type[models.Model]) -> str:
        column = cls.hanging_column(parent)
        return f"{column} = NEW.id AND {content_type_is(parent)}" if column else ""


def content_type_is(model: type[models.Model]) -> str:
    """The SQL condition that a row is about a record of this model."""
    named = f"app_label = '{model._meta.app_label}' AND model = '{model._meta.model_name}'"
    return f"content_type_id = (SELECT id FROM django_content_type WHERE {named})"
