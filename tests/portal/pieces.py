"""A file in pieces, as static/js/files.js brings it."""

from base64 import b64encode
from io import BytesIO
from uuid import UUID, uuid4

from django.urls import reverse

PIECE = 20_000


def url_of(pk):
    return reverse("portal:upload", args=[pk])


def patch(client, pk, offset, content, *, size, key="", name="nib.jpg", **headers):
    told = f"filename {b64encode(name.encode()).decode()},kunci {b64encode(key.encode()).decode()}"
    sent = {"Upload-Offset": str(offset), "Upload-Length": str(size), "Upload-Metadata": told} | headers
    return client.generic("PATCH", url_of(pk), content, content_type="application/offset+octet-stream", headers=sent)


def torn(client, pk, offset, content, *, size, key=""):
    """Half of the piece arrives, then the connection is gone."""
    told = f"kunci {b64encode(key.encode()).decode()}"
    headers = {"Upload-Offset": str(offset), "Upload-Length": str(size), "Upload-Metadata": told}
    half = {"wsgi.input": BytesIO(content[: len(content) // 2]), "CONTENT_LENGTH": str(len(content))}
    kind = "application/offset+octet-stream"
    return client.generic("PATCH", url_of(pk), content, content_type=kind, headers=headers, **half)


def bring(client, content, *, key, pk: UUID | None = None, name="nib.jpg"):
    """The whole file; the last answer."""
    pk, answer = pk or uuid4(), None
    for offset in range(0, max(len(content), 1), PIECE):
        answer = patch(client, pk, offset, content[offset : offset + PIECE], size=len(content), key=key, name=name)
    return answer
