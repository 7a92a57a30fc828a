"""The papers that were given out."""

from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from documents import kinds
from documents.codes import grouped


class Document(models.Model):
    """A paper as it was given out: the file, what stands on it, and the code by which anybody can check it.

    Rows are only ever added; a trigger refuses anything else. The file holds nothing personal.
    """

    code = models.CharField(_("kode"), max_length=16, unique=True, db_collation="C")
    kind = models.CharField(_("jenis dokumen"), max_length=40)
    record_id = models.UUIDField(_("ID data"), db_index=True)
    region_code = models.CharField(_("kode wilayah"), max_length=13, db_collation="C", blank=True)
    content = models.JSONField(_("isi"))
    pdf = models.BinaryField(_("berkas"))
    sha256 = models.CharField(_("sidik berkas (SHA-256)"), max_length=64)
    as_of = models.DateTimeField(_("keadaan data pada"))
    made_at = models.DateTimeField(_("diterbitkan pada"), default=timezone.now)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("diterbitkan oleh"),
        on_delete=models.PROTECT,  # who gave a paper out stays answerable for it
        related_name="+",
    )

    class Meta:
        verbose_name = _("dokumen terbit")
        verbose_name_plural = _("dokumen terbit")
        default_permissions = ("view",)
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return f"{self.content['title']}: {self.content['subject']}"

    def get_absolute_url(self) -> str:
        return reverse("documents:check", args=[self.shown_code])

    @property
    def shown_code(self) -> str:
        return grouped(self.code)

    @property
    def file_name(self) -> str:
        return f"{self.kind}-{self.shown_code}.pdf"

    def record(self) -> Any:
        """The record that it is about; None where that is gone."""
        kind = kinds.at(self.kind)
        return kind.model.objects.filter(pk=self.record_id).first() if kind else None
