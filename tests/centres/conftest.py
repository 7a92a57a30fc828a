"""The centre of the acceptance story, and a member whose personal data sing when they leak."""

import pytest

from tests.factories import centres as make

CANARIES = {
    "owner_name": "KENARIPEMILIK",
    "phone": "081277700777",
    "email": "kenari@rahasia.invalid",
    "owner_nik": "3576021504700007",
    "npwp": "999888777666555",
    "address": "Jalan Kenari Rahasia 7",
    "socials": ["@kenarirahasia"],
    "latitude": "-7.123457",
    "longitude": "112.765431",
    "capital_idr": 777_123_457,
}


@pytest.fixture
def maja_barama(places):
    """The centre of the acceptance story; both land areas are told by press sources."""
    centre = make.make_maja_barama(address="Jalan Kedungsari", is_pilot=True)
    facility = make.make_facility(centre=centre, name="Gedung sentra", land_area_m2=5300)
    make.make_fact(
        facility, field="land_area_m2", value="5300", unit="m²", source="Portal Indonesia", is_preferred=True
    )
    make.make_fact(facility, field="land_area_m2", value="5363", unit="m²", source="Kabar Terdepan")
    return centre


@pytest.fixture
def canary(places):
    member = make.make_member(business_name="Batik Semut Uji", **CANARIES)
    make.make_snapshot(member=member, revenue_idr=654_321_987)
    make.make_membership(member=member, centre=make.make_centre(name="Sentra semut uji"))
    return member
