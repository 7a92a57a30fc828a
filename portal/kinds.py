"""The kinds of records in the portal's addresses: the slug of a kind is its own Indonesian name."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import override

from submissions import kinds
from submissions.kinds import Kind
from submissions.models import ProposedChange, Submission

#: The kinds that have a list and a page of their own; the others are reached from those.
WITH_PAGES = ("sentra", "ikm")


def slug_of(kind: Kind) -> str:
    with override(settings.LANGUAGE_CODE):  # addresses stay what they are in every language
        return slugify(str(kind.model._meta.verbose_name))


def kind_at(slug: str) -> Kind:
    for kind in kinds.registered():
        if slug_of(kind) == slug:
            return kind
    raise Http404


def kind_with_pages(slug: str) -> Kind:
    if slug not in WITH_PAGES:
        raise Http404
    return kind_at(slug)


def address_of(record: Any) -> str:
    """The record's own page; "" where its kind has none."""
    slug = slug_of(kinds.kind_of(record))
    return reverse("portal:record", args=[slug, record.pk]) if slug in WITH_PAGES else ""


def form_address(kind: Kind, record_id: UUID, submission: Submission | None = None) -> str:
    """Where the officer writes about this record, in that draft if one is named."""
    query = f"?usulan={submission.pk}" if submission else ""
    return reverse("portal:edit", args=[slug_of(kind), record_id]) + query


def mending_address(submission: Submission, changes: list[ProposedChange]) -> str:
    """Where a draft is mended: straight in the form where it is about one record, else on its own page."""
    if len(changes) == 1:
        return form_address(changes[0].kind, changes[0].record_id, submission)
    return reverse("portal:submission", args=[submission.pk])
