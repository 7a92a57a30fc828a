"""Whether a file is the one that was given out. Of the file nothing is kept, not even for a moment on a disk."""

import hashlib
from typing import Any

from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest
from django.utils.translation import gettext as _

MOST_BYTES = 20 * 1024 * 1024


class Fingerprint(FileUploadHandler):
    """Takes the SHA-256 of what comes, and lets it go."""

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self.digest, self.size = hashlib.sha256(), 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.size += len(raw_data)
        if self.size > MOST_BYTES:
            raise StopUpload(connection_reset=True)
        self.digest.update(raw_data)

    def file_complete(self, file_size: int) -> Any:
        return None


def sha256_of_upload(request: HttpRequest) -> tuple[str, str]:
    """The SHA-256 of the file sent, and "": or "" and why there is none. Asked before anything reads the form."""
    taken = Fingerprint(request)
    request.upload_handlers = [taken]
    is_sent = int(request.headers.get("Content-Length") or 0) <= MOST_BYTES and not request.FILES  # which reads it here
    if not is_sent or taken.size > MOST_BYTES:
        return "", _("Berkas ini lebih besar dari 20 MB; dokumen registri jauh lebih kecil.")
    return (taken.digest.hexdigest(), "") if taken.size else ("", _("Pilih berkas PDF yang akan dibandingkan."))
