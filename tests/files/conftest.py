"""An officer of Kota Mojokerto with a member, and their portal."""

import pytest

from accounts.choices import RoleCode
from tests.factories import centres as make
from tests.factories.accounts import make_user


@pytest.fixture
def officer(mojokerto_officer):
    return mojokerto_officer


@pytest.fixture
def colleague(officer):
    return make_user(RoleCode.REGENCY_OFFICER, region="35.76", name="Rekan Kota Mojokerto uji")


@pytest.fixture
def reviewer(programme_staff):
    return programme_staff


@pytest.fixture
def member(places):
    return make.make_member(business_name="Batik Sekar Arum", owner_nik="3576021504700007")


@pytest.fixture
def portal(officer, client_of):
    """The officer's."""
    return client_of(officer)
