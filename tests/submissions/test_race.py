"""Two reviewers at the same moment, on real connections: one wins, the other is told who."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from centres.models import Member
from changes.models import Change
from submissions import actions
from submissions.exceptions import AlreadyDecided
from submissions.models import Step, Submission
from tests.factories.submissions import draft_of, sent

pytestmark = pytest.mark.django_db(transaction=True)


def together(*deeds):
    """Run the deeds at the same moment, each on a connection of its own; what each of them answered or raised."""
    barrier = Barrier(len(deeds))

    def run(deed):
        try:
            barrier.wait()
            return deed()
        except Exception as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(run, deeds))


@pytest.mark.parametrize("attempt", range(3))
def test_of_two_reviewers_one_wins_and_the_other_is_told(attempt, officer, reviewer, second_reviewer, member):
    submission = sent(officer, member, brand_name="Sekar")

    answers = together(
        lambda: actions.approve(submission=submission, by=reviewer),
        lambda: actions.reject(submission=submission, by=second_reviewer, reason="Tidak benar"),
        lambda: actions.approve(submission=submission, by=second_reviewer),
    )

    [winner] = [answer for answer in answers if isinstance(answer, Submission)]
    losers = [answer for answer in answers if isinstance(answer, AlreadyDecided)]
    assert len(losers) == 2
    assert all(str(winner.decided_by) in str(loser) for loser in losers)
    assert Step.objects.filter(submission=submission, deed__in=["DECIDE", "REJECT"]).count() == 1
    assert Change.objects.of(member).exclude(submission_id="").count() <= 1


def test_two_submissions_about_one_field_do_not_overwrite_each_other_unseen(
    officer, colleague, reviewer, second_reviewer, member
):
    first, second = sent(officer, member, brand_name="Sekar"), sent(colleague, member, brand_name="Arum")

    answers = together(
        lambda: actions.approve(submission=first, by=reviewer),
        lambda: actions.approve(submission=second, by=second_reviewer),
    )

    assert sum(isinstance(answer, Submission) for answer in answers) == 1
    assert Member.objects.get(pk=member.pk).row_version == 2


def test_a_draft_sent_twice_at_once_is_one_submission(officer, member):
    deeds = [lambda: actions.draft(by=officer, client_key="kunci-contoh") for _ in range(3)]

    answers = together(*deeds)

    assert len({answer.pk for answer in answers}) == 1
    assert Submission.objects.count() == 1


def test_sending_twice_at_once_sends_once(officer, colleague, member):
    draft = draft_of(officer, member, brand_name="Sekar")

    together(
        lambda: actions.submit(submission=draft, by=officer), lambda: actions.submit(submission=draft, by=colleague)
    )

    assert Step.objects.filter(submission=draft, deed="SUBMIT").count() == 1
