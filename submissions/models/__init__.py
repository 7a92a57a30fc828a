"""What officers propose, and what became of it."""

from submissions.models.change import ProposedChange, ProposedField
from submissions.models.step import Step
from submissions.models.submission import Submission, SubmissionQuerySet

__all__ = ["ProposedChange", "ProposedField", "Step", "Submission", "SubmissionQuerySet"]
