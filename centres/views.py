"""Files of the records: handed out only to whoever may see the record."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpRequest
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from centres.choices import AttachmentKind
from centres.models import Attachment


@require_safe
def attachment(request: HttpRequest, pk: UUID, small: bool = False) -> FileResponse:
    """The file, or its small picture. An attachment outside the user's scope answers like a missing one."""
    if not request.user.may.read(Attachment):
        raise PermissionDenied
    found = get_object_or_404(Attachment.objects.visible_to(request.user), pk=pk)
    file = found.thumbnail if small and found.thumbnail else found.file
    is_document = found.kind == AttachmentKind.DOCUMENT
    name = f"{found.kind.lower()}-{found.pk}.{'pdf' if is_document else 'jpg'}"
    response = FileResponse(file.open("rb"), as_attachment=is_document, filename=name, content_type=found.mime_type)
    # Whatever the file holds, the browser neither guesses its type nor runs anything in it.
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, max-age=3600"
    return response
