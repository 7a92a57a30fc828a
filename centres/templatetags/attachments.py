"""What pages say about files, read from the rules that files meet."""

from django import template

from centres import attachments
from centres.choices import AttachmentKind

register = template.Library()


@register.simple_tag
def largest_megabytes(kind: str) -> int:
    """How large a file of this kind ("PHOTO" or "DOCUMENT") may be."""
    return attachments.largest(AttachmentKind[kind]) // attachments.MEGABYTE
