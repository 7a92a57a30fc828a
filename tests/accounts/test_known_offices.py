"""The offices that the registry brings along, and the sample accounts of the demo."""

import tomllib
from io import StringIO

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.test import Client

from accounts.choices import RoleCode
from accounts.demo import DEMO_ACCOUNTS, make_demo_accounts
from accounts.loaders import OFFICES, load_offices
from accounts.models import Office, User


def test_offices_of_the_articles_are_loaded_with_source_and_head(places):
    load_offices()

    sragen = Office.objects.get(abbreviation="Diskumindag")
    ministry = Office.objects.get(abbreviation="Ditjen IKMA")
    assert (sragen.region_id, sragen.head.name) == ("33.14", "Cosmas Edwi Yunanto")
    assert (ministry.region_id, ministry.head.name) == (None, "Reni Yanita")
    assert ministry.parent.name == "Kementerian Perindustrian"
    assert Office.objects.get(abbreviation="Diskopukmperindag").region_id == "35.76"


def test_every_known_office_and_head_names_its_source():
    rows = tomllib.loads(OFFICES.read_text(encoding="utf-8"))["office"]

    assert len(rows) == 5
    for row in rows:
        assert row["source"]
        assert all(head["source"] and head["as_of"] for head in row.get("head", []))


def test_loading_again_adds_nothing_and_leaves_edits_alone(places):
    load_offices()
    Office.objects.filter(abbreviation="Diskumindag").update(phone="+62271890000")

    again = load_offices()

    assert (again.offices, again.heads) == (0, 0)
    assert Office.objects.get(abbreviation="Diskumindag").phone == "+62271890000"


def test_sample_accounts_are_refused_outside_the_demo(places):
    with pytest.raises(ImproperlyConfigured):
        make_demo_accounts()
    with pytest.raises(CommandError):
        call_command("make_demo_accounts")

    assert not User.objects.exists()


def test_demo_has_one_account_per_role_and_each_signs_in(places, settings):
    settings.DEMO = True
    out = StringIO()

    call_command("make_demo_accounts", stdout=out)
    call_command("make_demo_accounts", stdout=StringIO())

    assert {account.role for account in DEMO_ACCOUNTS} == set(RoleCode)
    assert User.objects.count() == len(DEMO_ACCOUNTS)
    for account in DEMO_ACCOUNTS:
        assert account.email in out.getvalue()
        signed_in = Client().post("/masuk/", {"login": account.email, "password": account.password})
        assert signed_in.status_code == 302


def test_sample_accounts_and_invented_offices_say_that_they_are_samples(places, settings):
    settings.DEMO = True

    make_demo_accounts()

    assert all("(contoh)" in user.name for user in User.objects.all())
    assert all("(contoh)" in office.name for office in Office.objects.filter(is_sample=True))
    assert Office.objects.filter(is_sample=True).count() == 3
