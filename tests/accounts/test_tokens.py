"""Tokens: shown once, less than their owner, never widened, ended at once."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from accounts import actions
from accounts.choices import RoleCode
from accounts.models import ApiToken
from batik_registry.rest import resources
from changes.models import Change
from tests.factories import centres as make
from tests.factories.accounts import make_user
from tests.factories.tokens import make_token
from tests.pages import text_of

pytestmark = pytest.mark.django_db


def ask(client, shown, path="centres", **extra):
    return client.get(f"/api/v1/{path}/", headers={"authorization": f"Bearer {shown}"}, **extra)


def test_nothing_in_the_database_lets_somebody_in(administrator):
    _token, shown = make_token(administrator)
    secret = shown.rpartition("_")[2]

    assert secret not in str(list(ApiToken.objects.values())) + str(list(Change.objects.values()))


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"revoked": True}, "dicabut"),
        ({"expires_on": timezone.localdate() - timedelta(days=1)}, "habis"),
        ({"addresses": ["203.0.113.0/24"]}, "alamat IP"),
        ({"owner_ends": True}, "tidak aktif"),
    ],
)
def test_a_token_that_does_not_fit_is_refused_with_its_reason(client, administrator, leader, given, told):
    fields = {name: value for name, value in given.items() if name in ("expires_on", "addresses")}
    token, shown = make_token(leader, **fields)
    if given.get("revoked"):
        actions.revoke_token(token=token, by=administrator)
    if given.get("owner_ends"):
        leader.is_active = False
        leader.save()

    answer = ask(client, shown)

    assert answer.status_code == 401
    assert told in answer.json()["detail"]


@pytest.mark.parametrize("change", [lambda shown: shown[:-1] + "~", lambda shown: "rsb_" + shown, lambda shown: "a\0b"])
def test_a_token_that_nobody_gave_is_unknown(client, leader, change):
    _token, shown = make_token(leader)

    answer = ask(client, change(shown))

    assert (answer.status_code, answer.json()["detail"]) == (401, "Token tidak dikenal.")


def test_a_token_may_what_its_scopes_say_and_no_more(client, leader):
    _token, shown = make_token(leader, "centre:read")

    assert ask(client, shown).status_code == 200
    assert ask(client, shown, "facilities").status_code == 403


def test_a_token_stays_within_its_region(client, programme_staff):
    own, other = make.make_centre(), make.make_centre(regency_id="33.14")
    _token, shown = make_token(programme_staff, region_id="33")

    assert [row["id"] for row in ask(client, shown).json()["results"]] == [str(other.pk)]
    assert ask(client, shown, f"centres/{own.pk}").status_code == 404


def test_a_region_outside_the_owners_is_refused(sragen_officer):
    with pytest.raises(ValidationError, match="di dalam wilayah"):
        make_token(sragen_officer, region_id="35.76")


WIDER = {
    "scopes": ["centre:read", "member:read"],
    "region_id": None,
    "expires_on": timezone.localdate() + timedelta(days=60),
    "addresses": ["203.0.0.0/16"],
    "reads_personal": True,
}


@pytest.mark.parametrize("name", WIDER)
def test_a_token_that_is_out_there_is_never_widened(programme_staff, name):
    token, _shown = make_token(
        programme_staff, "centre:read", region_id="33", addresses=["203.0.113.0/24"], agreement="PKS contoh"
    )

    setattr(token, name, WIDER[name])

    with pytest.raises(ValidationError, match="tidak dapat diperluas"):
        token.save()


def test_a_token_may_be_narrowed(programme_staff):
    token, _shown = make_token(programme_staff, "centre:read", "member:read")

    token.scopes, token.region_id, token.addresses = ["centre:read"], "35", ["203.0.113.7"]
    token.save()

    assert ApiToken.objects.get(pk=token.pk).scopes == ["centre:read"]


def test_a_rotated_token_works_beside_the_new_one_for_a_week(client, administrator, leader):
    token, shown = make_token(leader)

    new, fresh = actions.rotate_token(token=token, by=administrator)

    token.refresh_from_db()
    assert [ask(client, one).status_code for one in (shown, fresh)] == [200, 200]
    assert token.expires_on == timezone.localdate() + actions.OVERLAP
    assert (new.replaces, new.scopes) == (token, token.scopes)


@pytest.mark.parametrize("role", [RoleCode.PROGRAMME_STAFF, RoleCode.LEADER])
def test_only_who_runs_accounts_gives_tokens(places, role):
    owner = make_user(role)
    token = ApiToken(owner=owner, purpose="x", scopes=["centre:read"], expires_on=timezone.localdate())

    with pytest.raises(PermissionDenied):
        actions.issue_token(token=token, by=owner)


def test_the_desk_shows_a_token_once(client_of, administrator, leader, client):
    desk = client_of(administrator)
    data = {
        "owner": leader.pk,
        "purpose": "Dasbor contoh",
        "scopes": ["centre:read"],
        "expires_on": (timezone.localdate() + timedelta(days=30)).isoformat(),
    }

    page = desk.post(reverse("admin:accounts_apitoken_add"), data)
    shown = page.context["shown"]

    assert "no-store" in page["Cache-Control"]
    assert ask(client, shown).status_code == 200
    token = ApiToken.objects.get()
    change = desk.get(reverse("admin:accounts_apitoken_change", args=[token.pk]))
    assert shown not in change.content.decode()
    assert "centres 0" in text_of(change)


def test_the_desk_revokes_and_rotates(client_of, administrator, leader, client):
    _token, shown = make_token(leader)
    desk, token = client_of(administrator), ApiToken.objects.get()

    fresh = desk.post(reverse("admin:accounts_apitoken_rotate", args=[token.pk])).context["shown"]
    desk.post(reverse("admin:accounts_apitoken_revoke", args=[token.pk]))

    assert [ask(client, one).status_code for one in (shown, fresh)] == [401, 200]


def test_the_preview_counts_what_the_token_is_told(client, mojokerto_officer):
    make.make_centre()
    make.make_centre(regency_id="33.14")
    token, shown = make_token(mojokerto_officer, "centre:read")

    found = resources.counts_for(token.bearer())

    assert found == {"centres": 1, "partnerships": 0}
    assert {name: len(ask(client, shown, name).json()["results"]) for name in found} == found
