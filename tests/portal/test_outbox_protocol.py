"""Nothing lost, nothing doubled: the network is cut before the request, during it, after the commit, in the answer.

`OUTBOX_RUNS=2000` runs it longer (benchmarks/outbox.py).
"""

import os
from hashlib import sha256
from random import Random
from uuid import uuid4

import pytest
from django.db import transaction
from django.urls import reverse

from centres.models import Attachment
from portal.models import Piece
from submissions.choices import State
from submissions.models import Submission
from tests.bad_rows.statements import photo
from tests.factories.submissions import fields_of
from tests.pages import form_of
from tests.portal.outbox import Item, Outbox

pytestmark = pytest.mark.django_db

#: Two photos of a few pieces each, and what is no photo at all.
FILES = (photo(60, 40), photo(90, 50), BAD := b"MZ" + b"\0" * 700)
RUNS = int(os.environ.get("OUTBOX_RUNS", "30"))
#: How often the network may fail before it stays.
SHAKY = 4


@pytest.fixture
def forms(portal, member):
    """What the page of a member, and of a new one, would send."""
    pages = [reverse("portal:edit", args=["ikm", member.pk]), reverse("portal:edit", args=["ikm", uuid4()])]
    return [form_of(portal.get(page)) for page in pages]


def item_about(record_id, form, **typed):
    data = form | {"kunci": str(uuid4()), "usulan": "", "perbuatan": "ajukan"} | typed
    return Item(data["kunci"], reverse("portal:send", args=["ikm", record_id]), data)


def scenario(random, forms, member):
    """A change, a new member, and one that no rule allows, in any order, some of them queued twice."""
    change, new = forms
    items = [
        item_about(member.pk, change, brand_name=f"Merek {random.random()}"),
        item_about(member.pk, change, nib="123"),
        item_about(new_id := uuid4(), new, business_name=f"Batik {new_id}", owner_name="Tri", kunci=str(new_id)),
    ]
    random.shuffle(items)
    return items


def run(seed, portal, forms, member):
    random = Random(seed)  # noqa: S311 - dice, no secret
    box = Outbox(portal, random)
    for item in scenario(random, forms, member):
        box.put(item, *random.choices(FILES, k=random.randint(0, 2)))
        if random.random() < 0.5:
            box.flush(is_shaky=True)
    for _time in range(random.randint(0, SHAKY)):
        box.flush(is_shaky=True)
    for _time in range(2):  # a file that came before its item hears in the next round that it is attached
        box.flush(is_shaky=False)
    return box


def faults(box):
    """What was lost, doubled, or blocked; empty where every item became exactly what it should."""
    found = []
    for item in box.items.values():
        made = Submission.objects.filter(client_key=item.key)
        is_bad = item.data.get("nib") == "123"
        state, place = (State.DRAFT, "mend") if is_bad else (State.SUBMITTED, "received")
        if [one.state for one in made] != [state] or item.state != place:
            found.append((item.state, [one.state for one in made], item.problems))
        elif not is_bad:
            wanted = item.data.get("brand_name") or item.data["business_name"]
            held = {one.wanted for one in fields_of(made.get()).values() if isinstance(one.wanted, str)}
            found += [] if wanted in held else [("value", wanted, held)]
    return found


def faults_of_files(box):
    """Each good file attached to its own item, once however often it was chosen; each bad one refused."""
    found = [
        ("state", one.state) for one in box.files if one.state != ("refused" if one.content == BAD else "attached")
    ]
    for key in box.items:
        chosen = {sha256(one.content).hexdigest() for one in box.files if one.key == key and one.content != BAD}
        attached = Attachment.objects.about(Submission.objects.get(client_key=key)).values_list("sha256", flat=True)
        found += [] if sorted(attached) == sorted(chosen) else [("files", len(chosen), len(attached))]
    return found


@pytest.mark.parametrize("part", range(2))
def test_nothing_is_lost_and_nothing_doubled_however_the_network_fails(part, portal, forms, member):
    cuts = 0
    for seed in range(part * RUNS // 2, (part + 1) * RUNS // 2):
        with transaction.atomic():
            box = run(seed, portal, forms, member)
            assert faults(box) + faults_of_files(box) == [], seed
            assert not Piece.objects.exists()
            assert Submission.objects.count() == len(box.items)
            cuts += box.cuts
            transaction.set_rollback(True)
    assert cuts >= RUNS // 4
