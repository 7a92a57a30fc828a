"""Photos and documents of any record."""

import secrets
from typing import Any, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from batik_registry.models import RegionalRecord, Sensitivity
from centres import attachments
from centres.choices import AttachmentKind
from centres.models.about import AboutAnyQuerySet, AboutAnyRecord
from centres.models.place import Point


def stored_name(instance: "Attachment", filename: str) -> str:
    """A name that tells nothing and cannot be guessed; the ending comes from the content, never from the sender."""
    return f"attachments/{secrets.token_hex(16)}{attachments.ending_of(filename)}"


class AttachmentQuerySet(AboutAnyQuerySet):
    def published(self) -> Self:
        return self.filter(is_published=True)

    def photos(self) -> Self:
        return self.filter(kind=AttachmentKind.PHOTO)


class Attachment(AboutAnyRecord, Point):
    """A photo or a PDF document of a record, private until somebody publishes it.

    What is kept of a photo is drawn anew without its metadata; where and when it was taken stand in restricted columns.
    """

    file = models.FileField(
        _("berkas"),
        upload_to=stored_name,
        max_length=200,
        help_text=_("Foto JPEG, PNG, atau WebP sampai 10 MB, atau dokumen PDF sampai 20 MB"),
        error_messages={"required": _("Pilih berkas yang akan diunggah")},
    )
    caption = models.CharField(_("keterangan"), max_length=200, blank=True)
    is_published = models.BooleanField(_("boleh tampil untuk umum"), default=False)

    kind = models.CharField(_("jenis"), max_length=7, choices=AttachmentKind.choices, editable=False)
    thumbnail = models.FileField(_("gambar kecil"), upload_to=stored_name, max_length=200, blank=True, editable=False)
    mime_type = models.CharField(_("tipe berkas"), max_length=40, editable=False)
    size_bytes = models.PositiveIntegerField(_("ukuran (bita)"), default=0, editable=False)
    width = models.PositiveIntegerField(_("lebar (piksel)"), null=True, editable=False)
    height = models.PositiveIntegerField(_("tinggi (piksel)"), null=True, editable=False)
    pages = models.PositiveIntegerField(_("jumlah halaman"), null=True, editable=False)
    sha256 = models.CharField(
        _("sidik berkas (SHA-256)"), max_length=64, editable=False, help_text=_("Dari berkas seperti diunggah")
    )
    original_name = models.CharField(_("nama berkas asal"), max_length=150, blank=True, editable=False)
    taken_at = models.DateTimeField(_("diambil pada"), null=True, blank=True, editable=False)

    objects = AttachmentQuerySet.as_manager()

    sensitivity = dict.fromkeys(
        ["latitude", "longitude", "taken_at", "original_name", "sha256"], Sensitivity.RESTRICTED
    )

    class Meta(AboutAnyRecord.Meta):
        verbose_name = _("lampiran")
        verbose_name_plural = _("lampiran")
        ordering = ["-created_at", "id"]
        indexes = [models.Index(fields=["object_id"], name="centres_attachment_about")]
        constraints = [
            *RegionalRecord.Meta.constraints,
            *Point.Meta.constraints,
            models.UniqueConstraint(
                fields=["content_type", "object_id", "sha256"],
                name="centres_attachment_once",
                violation_error_message=_("Berkas ini sudah dilampirkan pada data yang sama"),
                violation_error_code="file",
            ),
        ]

    def __str__(self) -> str:
        return self.caption or str(self.get_kind_display())

    def clean_fields(self, exclude: Any = None) -> None:
        """A file that arrives is examined before anything else; what is refused is never written to disk."""
        if self.file and not getattr(self.file, "_committed", True) and "file" not in (exclude or ()):
            self._take_in(attachments.examine(self.file.file))
        super().clean_fields(exclude=exclude)

    def _take_in(self, found: attachments.Examined) -> None:
        self.file, self.thumbnail = found, found.thumbnail
        for column, value in found.columns.items():
            setattr(self, column, value)
