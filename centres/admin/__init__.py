"""The ministry's desk for centres and their members."""

from centres.admin import centre, certification, facility, fact, member, motif, partnership, reference, report

__all__ = ["centre", "certification", "facility", "fact", "member", "motif", "partnership", "reference", "report"]
