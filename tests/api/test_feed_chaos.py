"""Many write at once, hold their transactions and take some back; whoever follows the feed still has a true copy.

`uv run --no-sync python -m benchmarks.feed` is the long form.
"""

import os
import random
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction

from centres.models import Member, Membership
from changes import actions
from tests.api.mirror import Mirror, key_of
from tests.factories import centres as make

pytestmark = pytest.mark.django_db(transaction=True)

SECONDS = float(os.environ.get("FEED_SECONDS", "8"))
WRITERS = int(os.environ.get("FEED_WRITERS", "8"))
POLLERS = int(os.environ.get("FEED_POLLERS", "3"))
TYPES = ("members", "memberships")
REGIONS = ("35.76", "33.14", "35.71")


class TakenBackError(Exception):
    """The writer thought better of it."""


class Writer:
    """Writes a few rows in a transaction, holds it for a while, and takes one in four back."""

    def __init__(self, number, until):
        self.chance, self.until, self.committed = random.Random(number), until, 0  # noqa: S311 - the same each time
        self.centre = make.make_centre()

    def run(self):
        try:
            while time.monotonic() < self.until:
                try:
                    self.write()
                except (TakenBackError, DatabaseError, ValidationError):  # or two writers were in each other's way
                    continue
                self.committed += 1
        finally:
            connection.close()
        return self.committed

    def write(self):
        with transaction.atomic():
            for _time in range(self.chance.randint(1, 3)):
                self.chance.choice((self.add, self.join, self.rename, self.rename, self.move, self.remove))()
                time.sleep(self.chance.random() * 0.03)
            if self.chance.random() < 0.25:
                raise TakenBackError

    def some(self):
        keys = list(Member.objects.order_by("?").values_list("pk", flat=True)[:1])
        return Member.objects.filter(pk__in=keys)

    def add(self):
        make.make_member(regency_id=self.chance.choice(REGIONS), business_name=f"Batik “{self.chance.random()}”")

    def join(self):
        if member := self.some().filter(memberships=None).first():
            make.make_membership(member=member, centre=self.centre)

    def rename(self):
        self.some().update(business_name=f"Batik contoh {self.chance.random()}")

    def move(self):
        region = self.chance.choice(REGIONS)
        self.some().update(regency_id=region, region_id=region)

    def remove(self):
        self.some().filter(memberships=None).delete()


class Poller:
    """Loads a copy at some moment, follows in pages of every size, and now and then proves where it stands."""

    def __init__(self, number, api, until):
        self.chance, self.until, self.proofs = random.Random(number), until, 0  # noqa: S311 - the same each time
        self.mirror = Mirror(api, types=",".join(TYPES))

    def run(self):
        try:
            time.sleep(self.chance.random())
            self.mirror.load()
            self.began = self.mirror.cursor
            while time.monotonic() < self.until:
                self.mirror.follow(limit=self.chance.randint(1, 40))
                if self.chance.random() < 0.3:
                    assert self.is_proven()
                    self.proofs += 1
                time.sleep(self.chance.random() * 0.1)
        finally:
            connection.close()

    def is_proven(self):
        return all(self.mirror.is_proven(name) for name in TYPES)


def seal_until(until):
    try:
        while time.monotonic() < until:
            actions.seal()
            time.sleep(0.2)
    finally:
        connection.close()


def test_every_copy_is_true_after_writers_held_took_back_and_crossed_each_other(
    api, programme_staff, mojokerto_officer
):
    readers = [api(programme_staff), api(mojokerto_officer)]
    tables = [{}, {"region_code": "35.76"}]  # lists show guests of one's centres too, the feed does not
    for region in REGIONS * 3:
        make.make_member(regency_id=region)
    until = time.monotonic() + SECONDS
    writers = [Writer(number, until) for number in range(WRITERS)]
    pollers = [Poller(number, readers[number % 2], until) for number in range(POLLERS)]

    with ThreadPoolExecutor(WRITERS + POLLERS + 1) as pool:
        polling = [pool.submit(poller.run) for poller in pollers]
        writing = [pool.submit(writer.run) for writer in writers]
        pool.submit(seal_until, until).result()
        committed = sum(one.result() for one in writing)
        for one in polling:
            one.result()

    histories = [Mirror(reader, types=",".join(TYPES)) for reader in readers]
    for mirror in histories + [poller.mirror for poller in pollers]:
        mirror.follow()
    for number, poller in enumerate(pollers):
        told = [event["cursor"] for event in poller.mirror.events]
        whole = [event["cursor"] for event in histories[number % 2].events]
        assert told == whole[len(whole) - len(told) :]  # each once, in the one order
        assert poller.mirror.rows == histories[number % 2].rows == table(readers[number % 2], **tables[number % 2])
        assert poller.is_proven()
    assert committed > SECONDS * 2
    assert sum(poller.proofs for poller in pollers) > 0
    assert len(pollers[0].mirror.rows) == Member.objects.count() + Membership.objects.count()


def table(reader, **query):
    return {(name, key_of(row)): row for name in TYPES for row in reader.all(name, limit=1000, **query)}
