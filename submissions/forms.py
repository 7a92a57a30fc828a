"""What a reviewer's page sends."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from submissions.choices import Decision
from submissions.models import ProposedField, Submission

SAID = {Decision.ACCEPT, Decision.KEEP, Decision.RETURN}


@dataclass
class Answers:
    """The decisions and comments by field, the versions that the page showed by change, and the word about the whole.

    What is not one of the three answers counts as none; `decide` then says which field still waits.
    """

    decisions: dict[int, str] = field(default_factory=dict)
    comments: dict[int, str] = field(default_factory=dict)
    seen: dict[int, int] = field(default_factory=dict)
    reason: str = ""

    @classmethod
    def of(cls, submission: Submission, sent: Mapping[str, str]) -> "Answers":
        answers = cls(reason=sent.get("catatan", "").strip())
        for key in ProposedField.objects.filter(change__submission=submission).values_list("pk", flat=True):
            if (said := sent.get(f"putusan-{key}", "")) in SAID:
                answers.decisions[key] = said
            answers.comments[key] = sent.get(f"catatan-{key}", "").strip()
        for key in submission.changes.values_list("pk", flat=True):
            version = sent.get(f"versi-{key}", "")
            answers.seen[key] = int(version) if version.isdecimal() else -1
        return answers
