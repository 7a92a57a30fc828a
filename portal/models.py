"""What is on its way to the registry and belongs to no record yet."""

from datetime import timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from centres.models import Attachment
from submissions.models import Submission

#: So long an upload that nobody goes on with is kept. The browser keeps the file itself until it is attached.
KEPT = timedelta(days=7)


class UploadQuerySet(models.QuerySet["Upload"]):
    def waiting(self) -> Self:
        """On their way, or arrived and not yet attached."""
        return self.filter(attachment=None)

    def arrived_for(self, submission: Submission) -> Self:
        """Whole files of the page that this submission came from, not yet attached."""
        keys = [key for key in (submission.client_key, str(submission.pk)) if key]
        return self.waiting().filter(key__in=keys, received_bytes=F("size_bytes"))

    def abandoned(self) -> Self:
        return self.filter(updated_at__lt=timezone.now() - KEPT)


class Upload(models.Model):
    """A file on its way from an officer's browser, in pieces: a cut connection goes on where it stopped.

    The browser chooses the id. `key` says for which submission it is: the key of the page (`Submission.client_key`),
    or the id of a submission that is there already. Whichever comes last, file or submission, attaches.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("pengunggah"),
        on_delete=models.CASCADE,  # nobody else goes on with it
        related_name="+",
    )
    key = models.CharField(_("kunci pengiriman"), max_length=64)
    name = models.CharField(_("nama berkas"), max_length=150, blank=True)
    size_bytes = models.PositiveIntegerField(_("ukuran (bita)"))
    received_bytes = models.PositiveIntegerField(_("sudah diterima (bita)"), default=0)
    attachment = models.ForeignKey(
        Attachment,
        verbose_name=_("lampiran"),
        on_delete=models.CASCADE,  # a trace of how it came, no more
        null=True,
        related_name="+",
    )
    updated_at = models.DateTimeField(_("diubah pada"), default=timezone.now)

    objects = UploadQuerySet.as_manager()

    class Meta:
        verbose_name = _("unggahan")
        verbose_name_plural = _("unggahan")
        indexes = [models.Index(fields=["key"], name="portal_upload_key")]

    def __str__(self) -> str:
        return self.name or str(self.pk)

    @property
    def is_whole(self) -> bool:
        return self.received_bytes == self.size_bytes

    def content(self) -> bytes:
        return b"".join(bytes(one) for one in self.pieces.order_by("offset").values_list("content", flat=True))


class Piece(models.Model):
    """Some bytes of an upload, as they came. Rows rather than a growing file: any web server may take the next one."""

    upload = models.ForeignKey(
        Upload,
        verbose_name=_("unggahan"),
        on_delete=models.CASCADE,  # a part of it
        related_name="pieces",
    )
    offset = models.PositiveIntegerField(_("letak (bita)"))
    content = models.BinaryField(_("isi"))

    class Meta:
        verbose_name = _("potongan unggahan")
        verbose_name_plural = _("potongan unggahan")
        constraints = [models.UniqueConstraint(fields=["upload", "offset"], name="portal_piece_once")]

    def __str__(self) -> str:
        return f"{self.upload_id} {self.offset}"
