"""The canary crawl: no way to read tells of another region, in any byte, to anybody."""

import io
import zipfile

import pytest
from django.urls import get_resolver
from django_filters import UUIDFilter

from accounts.choices import RoleCode
from batik_registry.rest import formats, resources
from tests.api.canaries import is_of_a_place, mark, records_of
from tests.factories.accounts import make_user

pytestmark = pytest.mark.django_db

SIGN = "Kanari3576"
#: Addresses that are no resource, each with how the crawl asks it.
OTHERS = {
    "indicators",
    "indicator",
    "programmes",
    "changes",
    "snapshot",
    "digests",
    "schema",
    "docs",
    "developer",
    "problems",
}
#: Deeds: POST alone, on what the resource finds.
DEEDS = {"submissions-withdraw"}
#: A token's own addresses and what was sent there; tests/api/test_webhooks.py asks who sees them.
OWN = {f"webhooks-{way}" for way in ("list", "detail", "deliveries", "replay", "resend")}
#: Files that the asker alone ordered; tests/api/test_exports.py asks what is in them and who gets them.
OWN |= {f"exports-{way}" for way in ("list", "detail", "download")}
WATCHERS = {
    "regency officer": {"role": RoleCode.REGENCY_OFFICER, "region": "33.14"},
    "province officer": {"role": RoleCode.PROVINCE_OFFICER, "region": "33"},
    "system of a dinas": {"role": RoleCode.API_CLIENT, "region": "33.14"},
    "manager": {"role": RoleCode.CENTRE_MANAGER, "region": "33.14"},
}


@pytest.fixture
def canaries(places):
    found = records_of("35.76")
    assert sum(mark(record, SIGN) for record in found) > 60
    return found


@pytest.fixture(params=[*WATCHERS, "ministry token for 33"])
def watcher(request, api, places):
    own = records_of("33.14")
    if request.param not in WATCHERS:
        staff = make_user(RoleCode.PROGRAMME_STAFF)
        return api(staff, region_id="33", reads_personal=True, agreement="PKS contoh")
    user = make_user(**WATCHERS[request.param])
    if user.role == RoleCode.CENTRE_MANAGER:
        user.assigned_centres = [own[1].pk]
        user.save()
    return api(user)


def test_no_resource_tells_of_another_region(canaries, watcher):
    keys = {type(record): record.pk for record in canaries}
    asked = 0
    for name, view in resources.registered().items():
        for address, typed in addresses(name, view, keys):
            answer = watcher.client.get(address)
            asked += 1
            assert answer.status_code < 500, address
            assert SIGN not in body_of(answer).replace(typed, ""), address  # a refusal repeats the address
    assert asked > 200


def addresses(name, view, keys):
    """Lists in every order, format and through every filter, references in full, the record itself, its past, a count.

    Each with what was typed into it.
    """
    root = f"/api/v1/{name}/"
    yield from ((f"{root}?ordering={order}&count=exact", "-") for order in [*view.all_orderings(), "-id"])
    for told_as in formats.of_a_list(view.all_columns()):
        yield f"{root}?format={told_as}", "-"
    yield f"{root}?format=csv&as_of=2999-01-01", "-"
    model = view.serializer_class.Meta.model
    foreign = keys.get(model)
    for parameter, one in view.filterset_class.base_filters.items():
        value = f"{SIGN}-{one.field_name or 'business_name'}"
        if isinstance(one, UUIDFilter):
            value = keys.get(model._meta.get_field(one.field_name).related_model, foreign)
        yield f"{root}?{parameter}={value}&count=exact", str(value)
    relations = [one for one, column in view.all_columns().items() if column.is_relation]
    yield from ((f"{root}?expand={one}", "-") for one in relations)
    yield from ((f"{root}{path}", "-") for path in ("?as_of=2999-01-01", f"{foreign}/", f"{foreign}/?as_of=2999-01-01"))


def body_of(answer):
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            content = b"\n".join(map(book.read, book.namelist()))
    return content.decode()


def test_a_foreign_record_and_none_have_the_same_answer(canaries, watcher):
    for record in canaries:
        name = resources.name_of(type(record))
        missing = str(record.pk)[:-4] + "ffff"
        answers = [watcher.ask(f"{name}/{key}") for key in (record.pk, missing)]
        told = [
            answer.content.decode().replace(key, "")
            for answer, key in zip(answers, (str(record.pk), missing), strict=True)
        ]
        assert told[0] == told[1], name
        assert answers[0].get("ETag") == answers[1].get("ETag")


@pytest.mark.django_db(transaction=True)
def test_no_feed_tells_of_another_region(canaries, watcher):
    for path in ("changes", "changes/snapshot", "digests?by=region", "digests?by=bucket"):
        answer = watcher.ask(path) if "?" not in path else watcher.client.get(f"/api/v1/{path.replace('?', '/?')}")
        assert answer.status_code in (200, 403)
        assert SIGN not in body_of(answer), path


def test_every_address_of_the_api_is_crawled(db):
    """A new one has to say how its scope is proven: as a resource, or among OTHERS."""
    found = {pattern.name for pattern in patterns(get_resolver("batik_registry.api").url_patterns)}

    assert (
        found
        == {f"{name}-{way}" for name in resources.registered() for way in ("list", "detail")} | OTHERS | DEEDS | OWN
    )


def patterns(found):
    for pattern in found:
        if hasattr(pattern, "url_patterns"):
            yield from patterns(pattern.url_patterns)
        else:
            yield pattern


def test_what_belongs_to_a_place_is_most_of_it(db):
    assert sum(is_of_a_place(view) for view in resources.registered().values()) >= 18
