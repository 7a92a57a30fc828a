"""A paper that was given out stays as it is."""

from collections.abc import Iterator

from batik_registry.triggers import Trigger
from documents.models import Document


def document_triggers() -> Iterator[Trigger]:
    yield Trigger(
        table=Document._meta.db_table,
        name="document_stays",
        when="BEFORE UPDATE OR DELETE",
        body="RAISE EXCEPTION 'Dokumen yang sudah terbit tidak dapat diubah' USING ERRCODE = 'insufficient_privilege';",
    )
