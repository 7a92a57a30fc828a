"""Files that come in pieces: taken in, made whole, attached as soon as their submission is there, else cleared away."""

from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.db.models import Q, Sum
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from centres import attachments
from portal.evidence import may_attach, put
from portal.models import Upload
from submissions.choices import State
from submissions.exceptions import Refused
from submissions.models import Submission

#: The most that one request brings, and the most that one officer has on the way, in bytes.
PIECE_MOST = 1024 * 1024
WAITING_MOST = 300 * 1024 * 1024


@dataclass(frozen=True)
class Told:
    """What the browser says of a file when it brings a piece: its size in bytes, its name, and its submission's key."""

    size: int
    name: str = ""
    key: str = ""


class Misplaced(Exception):  # noqa: N818 - it reads as it is meant
    """The piece does not begin where the upload has stopped, which is at `offset`."""

    def __init__(self, offset: int) -> None:
        super().__init__(offset)
        self.offset = offset


class FileRefused(Refused):
    """The file can become no attachment; the sentence says what to do instead."""

    def sentence(self) -> str:
        return str(self.args[0])


@transaction.atomic
def receive(*, pk: UUID, offset: int, content: bytes, told: Told, by: Any) -> Upload:
    """Keep one piece; the first one begins the upload, an empty one asks again what became of a whole file.

    Raises `Misplaced`, `FileRefused`, and `Upload.DoesNotExist` for an upload of somebody else.
    """
    upload = _locked(pk, by) or _begun(pk, content, told, by)
    if offset != upload.received_bytes:
        raise Misplaced(upload.received_bytes)
    if offset + len(content) > upload.size_bytes:
        raise FileRefused(_("Isi berkas tidak cocok dengan ukurannya; pilih berkasnya lagi."))
    if content:
        upload.pieces.create(offset=offset, content=content)
        upload.received_bytes += len(content)
    upload.key = told.key or upload.key
    upload.updated_at = timezone.now()
    upload.save()
    return upload


def _locked(pk: UUID, by: Any) -> Upload | None:
    upload = Upload.objects.select_for_update().filter(pk=pk).first()
    if upload and upload.user_id != by.pk:
        raise Upload.DoesNotExist
    return upload


def _begun(pk: UUID, content: bytes, told: Told, by: Any) -> Upload:
    try:
        attachments.check_size(content, told.size)
    except ValidationError as refusal:
        raise FileRefused(" ".join(refusal.messages)) from None
    on_the_way = Upload.objects.waiting().filter(user=by).aggregate(all=Sum("size_bytes"))["all"] or 0
    if on_the_way + told.size > WAITING_MOST:
        raise FileRefused(_("Terlalu banyak berkas yang belum terlampir; simpan atau kirim dahulu usulannya."))
    try:
        with transaction.atomic():
            return Upload.objects.create(pk=pk, user=by, key=told.key, name=told.name, size_bytes=told.size)
    except IntegrityError:  # begun twice at the same moment
        return _locked(pk, by) or _begun(pk, content, told, by)


def conclude(*, upload: Upload, by: Any) -> Upload:
    """What became of a whole file: attached where its submission is there, else kept until it is.

    A file that is refused, with `FileRefused`, is not kept.
    """
    with transaction.atomic():
        upload = Upload.objects.select_for_update().get(pk=upload.pk)
        why = "" if upload.attachment_id else _settled_or_examined(upload, by)
        if why:
            upload.delete()
    if why:
        raise FileRefused(why)
    return upload


def _settled_or_examined(upload: Upload, by: Any) -> str:
    submission = _submission_of(upload, by)
    return _settle(upload, submission, by) if submission else _fault_of(upload)


def _submission_of(upload: Upload, by: Any) -> Submission | None:
    named = Q(client_key=upload.key) if upload.key else Q(pk=None)
    with suppress(ValueError):
        named |= Q(pk=UUID(upload.key))
    return Submission.objects.visible_to(by).filter(named, office=by.office_id).exclude(state=State.WITHDRAWN).first()


def _settle(upload: Upload, submission: Submission, by: Any) -> str:
    """Make the upload an attachment; why not, or ""."""
    if not may_attach(by, submission):
        return _("Usulan ini sudah diputuskan; berkas tidak dapat ditambah lagi.")
    upload.attachment, why = put(_file_of(upload), submission)
    if upload.attachment:
        upload.pieces.all().delete()
        upload.save()
    return why


def _fault_of(upload: Upload) -> str:
    try:
        attachments.examine(_file_of(upload))
    except ValidationError as refusal:
        return " ".join(refusal.messages)
    return ""


def _file_of(upload: Upload) -> ContentFile:
    return ContentFile(upload.content(), name=upload.name)


@transaction.atomic
def claim(*, submission: Submission, by: Any) -> list[tuple[str, str]]:
    """Attach the whole files that came before their submission: the name of each, and why it was refused or ""."""
    told = []
    for upload in Upload.objects.arrived_for(submission).filter(user=by).select_for_update():
        why = _settle(upload, submission, by)
        told.append((upload.name, why))
        if why:
            upload.delete()
    return told


@transaction.atomic
def remove(*, pk: UUID, by: Any) -> None:
    """Take the file back: from the way, or from the draft that it was attached to. What was sent stays."""
    upload = _locked(pk, by)
    if upload is None:
        raise Upload.DoesNotExist
    others = Upload.objects.filter(attachment=upload.attachment).exclude(pk=pk)
    if upload.attachment is None or others.exists():  # the same file chosen twice is one attachment
        upload.delete()
    else:
        detach(attachment=upload.attachment, by=by)


def detach(*, attachment: Any, by: Any) -> None:
    """Take a file out of a draft of the office. Raises `FileRefused` once the submission is on its way."""
    drafts = Submission.objects.editable_by(by)
    if not isinstance(attachment.record, Submission) or not drafts.filter(pk=attachment.record.pk).exists():
        raise FileRefused(_("Berkas ini sudah ikut terkirim dan tidak dapat dihapus lagi."))
    kept = [file for file in (attachment.file, attachment.thumbnail) if file]
    attachment.delete()
    for file in kept:
        transaction.on_commit(lambda file=file: file.storage.delete(file.name))


def attach(request: HttpRequest, submission: Submission) -> list[str]:
    """Keep the files that came with the page or before it; a sentence for each that was refused."""
    if not may_attach(request.user, submission):
        return []
    came = [(file.name, put(file, submission)[1]) for file in request.FILES.getlist("berkas")]
    came += claim(submission=submission, by=request.user)
    return [_("Berkas %(name)s tidak tersimpan: %(why)s") % {"name": name, "why": why} for name, why in came if why]


def clear_abandoned() -> int:
    """How many uploads nobody went on with, and traces of attached ones, were cleared away."""
    found = Upload.objects.abandoned()
    count = found.count()
    found.delete()
    return count


@app.periodic(cron="30 17 * * *")  # 00.30 WIB
@app.task(queueing_lock="portal_uploads", pass_context=False)
def clear_abandoned_uploads(timestamp: int) -> None:
    clear_abandoned()
