"""The cast: whom the tests speak of, and the places where they work."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client

from accounts.choices import RoleCode
from accounts.models import User
from changes.models import Change, Epoch, PersonalRead, Seal
from regions.models import Region
from tests.factories.accounts import make_user
from tests.factories.regions import make_places


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """Between tests that commit, Django empties every table; only there may the append-only log be truncated."""
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        for model in (Change, Seal, Epoch, PersonalRead):
            cursor.execute(f"ALTER TABLE {model._meta.db_table} DISABLE TRIGGER append_only_truncate")


@pytest.fixture(autouse=True)
def forgotten_rates() -> None:
    """Tests sign in more often than a person does in a minute."""
    cache.clear()


@pytest.fixture
def places(db: None) -> dict[str, Region]:
    """The regions of the cast by code: Sragen in 33, both Mojokerto and Kediri in 35, Magersari's villages."""
    return make_places()


@pytest.fixture
def administrator(places: dict[str, Region]) -> User:
    return make_user(RoleCode.ADMINISTRATOR, name="Administrator uji")


@pytest.fixture
def programme_staff(places: dict[str, Region]) -> User:
    return make_user(RoleCode.PROGRAMME_STAFF, name="Staf program uji")


@pytest.fixture
def leader(places: dict[str, Region]) -> User:
    return make_user(RoleCode.LEADER, name="Pimpinan uji")


@pytest.fixture
def east_java_officer(places: dict[str, Region]) -> User:
    return make_user(RoleCode.PROVINCE_OFFICER, region="35", name="Petugas Jawa Timur uji")


@pytest.fixture
def mojokerto_officer(places: dict[str, Region]) -> User:
    return make_user(RoleCode.REGENCY_OFFICER, region="35.76", name="Petugas Kota Mojokerto uji")


@pytest.fixture
def sragen_officer(places: dict[str, Region]) -> User:
    return make_user(RoleCode.REGENCY_OFFICER, region="33.14", name="Petugas Sragen uji")


@pytest.fixture
def centre_manager(places: dict[str, Region]) -> User:
    """Manages a centre in Kota Mojokerto; a test that needs the centre sets `assigned_centres`."""
    return make_user(RoleCode.CENTRE_MANAGER, region="35.76", name="Pengelola sentra uji")


@pytest.fixture
def api_client(places: dict[str, Region]) -> User:
    """A system for which the ministry answers, so its reach is the whole country."""
    return make_user(RoleCode.API_CLIENT, name="Sistem uji")


@pytest.fixture
def client_of() -> Callable[[User], Client]:
    """A browser in which this user is signed in: `client_of(leader).get(...)`."""

    def signed_in(user: User) -> Client:
        client = Client()
        client.force_login(user, backend="accounts.backends.AppointmentBackend")
        return client

    return signed_in
