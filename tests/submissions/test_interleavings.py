"""Whatever the order of drafts, direct edits and decisions: a field holds what was last decided or edited about it.

`LONG_RUNS=2000 uv run pytest -n 0 tests/submissions/test_interleavings.py` looks at more of them.
"""

import os

from django.core import mail
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from accounts.choices import RoleCode
from centres.models import Member
from changes.models import Change
from submissions import actions
from submissions.applying import simulate
from submissions.choices import Decision, Desk, Outcome, State
from submissions.exceptions import NothingToWrite, RulesBroken, Undecided
from submissions.models import ProposedField, Step, Submission
from tests.factories import centres as make
from tests.factories.accounts import make_user
from tests.factories.regions import make_places
from tests.factories.submissions import draft_of

RUNS = int(os.environ.get("LONG_RUNS", "0"))
EVERYTHING = list(HealthCheck)

# --- random interleavings ---

FIELDS = ("brand_name", "siinas_account")
VALUES = st.sampled_from(["", "Satu", "Dua", "Tiga"])
WISHES = st.dictionaries(st.sampled_from(FIELDS), VALUES, min_size=1)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("draft"), WISHES, st.booleans()),
        st.tuples(st.just("send"), st.integers(0, 9)),
        st.tuples(st.just("edit"), st.sampled_from(FIELDS), VALUES),
        st.tuples(st.just("decide"), st.integers(0, 9), st.lists(st.sampled_from(["ACCEPT", "KEEP", "RETURN"]))),
        st.tuples(st.just("approve"), st.integers(0, 9)),
        st.tuples(st.just("reject"), st.integers(0, 9)),
    ),
    min_size=4,
    max_size=14,
)


class Registry:
    """The registry as it is, beside a plain record of what was decided about each field."""

    def __init__(self):
        self.officer = make_user(RoleCode.REGENCY_OFFICER, region="35.76")
        self.reviewer = make_user(RoleCode.PROGRAMME_STAFF)
        self.member = make.make_member()
        self.versions = [self.member.row_version]
        self.decided = {name: getattr(self.member, name) for name in FIELDS}
        self.history = {self.member.row_version: dict(self.decided)}

    def draft(self, wishes, is_stale):
        """Fresh, or from the version that a phone without a connection still shows."""
        version = self.versions[0] if is_stale else self.versions[-1]
        wish = actions.Wish(Member, wishes, self.member.pk, version)
        draft = actions.draft(by=self.officer, wishes=[wish])
        seen = self.history[version]
        expected = {name: seen[name] for name, value in wishes.items() if value != seen[name]}
        assert {one.name: one.base for one in self.fields(draft)} == expected

    def send(self, number):
        for draft in self.pick(number, State.DRAFT):
            if draft.changes.exists():
                actions.submit(submission=draft, by=self.officer)

    def edit(self, name, value):
        member = Member.objects.get(pk=self.member.pk)
        setattr(member, name, value)
        member.save()
        self.decided[name] = value

    def decide(self, number, words):
        for submission in self.pick(number, State.SUBMITTED):
            fields = self.fields(submission)
            said = {one: (words * len(fields) + ["ACCEPT"] * len(fields))[n] for n, one in enumerate(fields)}
            try:
                actions.decide(
                    submission=submission,
                    by=self.reviewer,
                    decisions={one.pk: word for one, word in said.items()},
                    comments={one.pk: "Mohon buktinya" for one in fields},
                )
            except NothingToWrite:
                continue
            self.decided |= {one.name: one.proposed for one, word in said.items() if word == Decision.ACCEPT}

    def approve(self, number):
        for submission in self.pick(number, State.SUBMITTED):
            fields = self.fields(submission)
            in_conflict = any(self.decided[one.name] not in (one.base, one.proposed) for one in fields)
            try:
                actions.approve(submission=submission, by=self.reviewer)
            except Undecided:
                assert in_conflict
            except NothingToWrite:
                assert all(self.decided[one.name] == one.proposed for one in fields)
            else:
                assert not in_conflict
                self.decided |= {one.name: one.proposed for one in fields}

    def reject(self, number):
        for submission in self.pick(number, State.SUBMITTED):
            actions.reject(submission=submission, by=self.reviewer, reason="Tidak benar")

    def fields(self, submission):
        return list(ProposedField.objects.filter(change__submission=submission))

    def pick(self, number, state):
        found = list(Submission.objects.filter(state=state).order_by("pk"))
        return [found[number % len(found)]] if found else []

    def check(self):
        member = Member.objects.get(pk=self.member.pk)
        self.versions.append(member.row_version)
        self.history[member.row_version] = {name: getattr(member, name) for name in FIELDS}
        assert {name: getattr(member, name) for name in FIELDS} == self.decided
        told = Change.objects.of(member).exclude(submission_id="").count()
        written = ProposedField.objects.filter(is_written=True).values("change__submission").distinct().count()
        assert told == written


class Interleavings(TestCase):
    def setUp(self):
        make_places()

    @settings(max_examples=RUNS or 25, deadline=None, suppress_health_check=EVERYTHING, derandomize=not RUNS)
    @given(steps=STEPS)
    def test_no_field_changes_that_nobody_decided(self, steps):
        registry = Registry()
        for name, *arguments in steps:
            getattr(registry, name)(*arguments)
            registry.check()


# --- the simulation and the deed ---

TAKEN, FREE = "1234567890123", "9876543210123"
GENERATED = {
    "brand_name": st.sampled_from(["Sekar", "Arum"]),
    "nib": st.sampled_from(["", TAKEN, FREE, "123"]),
    "started_year": st.sampled_from([None, 1990, 1500, 2999]),
    "status": st.sampled_from(["AKTIF", "TUTUP"]),
    "status_reason": st.sampled_from(["", "Pindah usaha"]),
    "techniques": st.sampled_from([{"TULIS": 100}, {"TULIS": 40}, {"PRINTING": 100}]),
    "regency": st.sampled_from(["35.76", "35.16"]),
}
PROPOSALS = st.fixed_dictionaries({}, optional=GENERATED).filter(bool)
EDITS = st.fixed_dictionaries({}, optional={name: GENERATED[name] for name in ("brand_name", "started_year")})


class Simulation(TestCase):
    """What the simulation says is what the deed says; and it leaves nothing behind."""

    def setUp(self):
        make_places()

    @settings(max_examples=RUNS or 30, deadline=None, suppress_health_check=EVERYTHING, derandomize=not RUNS)
    @given(proposal=PROPOSALS, edits=EDITS)
    def test_its_verdict_is_the_real_one(self, proposal, edits):
        make.make_member(nib=TAKEN)
        member = make.make_member()
        officer, reviewer = make_user(RoleCode.REGENCY_OFFICER, region="35.76"), make_user(RoleCode.PROGRAMME_STAFF)
        submission = draft_of(officer, member, **proposal)
        # Straight to the reviewer: sending would refuse what is broken already.
        sent = {"state": State.SUBMITTED, "desk": Desk.MINISTRY, "submitted_by": officer}
        Submission.objects.filter(pk=submission.pk).update(submitted_at=submission.created_at, **sent)
        Member.objects.filter(pk=member.pk).update(**{n: v for n, v in edits.items() if v != 1500 and v != 2999})

        before = traces(member)
        simulated = simulate(submission)
        assert traces(member) == before
        real = really(submission, reviewer)

        assert real == (simulated.outcome, sorted(map(str, simulated.faults)))


def really(submission, reviewer):
    """The outcome of accepting every field, conflicts included, and the sentences of its refusal."""
    conflicts = simulate(submission).conflicts
    decisions = {one.pk: Decision.ACCEPT for one in ProposedField.objects.filter(change__submission=submission)}
    try:
        actions.decide(submission=submission, by=reviewer, decisions=decisions)
    except RulesBroken as refusal:
        return Outcome.BROKEN, sorted(map(str, refusal.verdict.faults))
    except NothingToWrite:
        return Outcome.EMPTY, []
    return (Outcome.CONFLICT if conflicts else Outcome.CLEAN), []


def traces(member):
    return (
        Change.objects.count(),
        Step.objects.count(),
        Member.objects.filter(pk=member.pk).values().get(),
        Submission.objects.count(),
        len(mail.outbox),
    )
