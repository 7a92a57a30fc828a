import pytest
from django.test import Client

from batik_registry.models import VerificationStatus


@pytest.fixture
def visitor(places):
    """A browser without an account."""
    return Client()


@pytest.fixture
def validated():
    """What a factory takes to make a row that the ministry has validated."""
    return {"verification_status": VerificationStatus.VALIDATED}
