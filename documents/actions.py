"""Giving a paper out."""

import hashlib
from collections.abc import Callable
from typing import Any

from batik_registry.language import for_others
from documents.codes import code_of, grouped
from documents.kinds import Kind
from documents.models import Document
from documents.printing import printed


def issue(*, kind: Kind, record: Any, address_of: Callable[[str], str], by: Any) -> Document:
    """The paper about the record as it is now; while nothing changes, the same document with the same code.

    `address_of` gives the whole address of the page on which a code is checked.
    """
    paper, content = kind.written(record)
    code = code_of(kind.slug, record.pk, content)
    if found := Document.objects.filter(code=code).first():
        return found
    with for_others():
        file = printed(content, grouped(code), address_of(grouped(code)))
    document, _is_new = Document.objects.get_or_create(
        code=code,
        defaults={
            "kind": kind.slug,
            "record_id": record.pk,
            "region_code": record.region_code or "",
            "content": content,
            "pdf": file,
            "sha256": hashlib.sha256(file).hexdigest(),
            "as_of": paper.as_of,
            "made_by": by,
        },
    )
    return document
