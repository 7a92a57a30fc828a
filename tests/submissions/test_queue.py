"""What an office is told about waiting is what happened."""

from datetime import timedelta

import pytest
from django.utils import timezone

from submissions.choices import Desk, Purpose, State
from submissions.models import Submission
from submissions.queue import pace_of, place_of
from tests.factories import centres as make
from tests.factories.submissions import draft_of, sent

pytestmark = pytest.mark.django_db


def decided_after(days, officer, reviewer, *, ago=timedelta(days=1)):
    made = draft_of(officer, make.make_member(), brand_name="Sekar")
    end = timezone.now() - ago
    sent_at = {"submitted_at": end - timedelta(days=days), "submitted_by": officer}
    Submission.objects.filter(pk=made.pk).update(state=State.SUBMITTED, **sent_at)
    Submission.objects.filter(pk=made.pk).update(state=State.REJECTED, decided_at=end, decided_by=reviewer)


def test_median_and_ninetieth_percentile_of_the_last_thirty_days(officer, reviewer):
    for days in range(1, 12):
        decided_after(days, officer, reviewer)
    decided_after(90, officer, reviewer, ago=timedelta(days=40))

    pace = pace_of(Purpose.CHANGE)

    assert (pace.decided, pace.median, pace.ninetieth) == (11, timedelta(days=6), timedelta(days=10))


def test_without_decisions_no_figure_is_made_up(officer):
    assert pace_of(Purpose.REPORT) == type(pace_of(Purpose.REPORT))(0, None, None)


def test_the_place_in_the_queue_counts_those_before_at_the_same_desk(officer, member):
    first, second = sent(officer, member, brand_name="Sekar"), sent(officer, make.make_member(), brand_name="Arum")
    elsewhere = sent(officer, make.make_member(), brand_name="Jagad")
    Submission.objects.filter(pk=elsewhere.pk).update(desk=Desk.PROVINCE)
    elsewhere.refresh_from_db()

    assert [place_of(one) for one in (first, second, elsewhere)] == [1, 2, 1]


def test_a_draft_has_no_place(officer, member):
    assert place_of(draft_of(officer, member, brand_name="Sekar")) == 0


def test_those_before_and_behind_are_asked_in_one_query_each(officer, member, django_assert_num_queries):
    submission = sent(officer, member, brand_name="Sekar")

    with django_assert_num_queries(2):
        place_of(submission)
        pace_of(submission.purpose)
