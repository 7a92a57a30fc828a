"""Offices and users for tests: `make_user(RoleCode.REGENCY_OFFICER, region="33.14")`."""

from itertools import count
from typing import Any

from accounts.choices import OfficeLevel, RoleCode
from accounts.models import Office, User
from regions.models import Region

PASSWORD = "sogan-wedelan-2026"
_numbers = count(1)


def make_office(region: str = "", **fields: Any) -> Office:
    """The office of a region: the ministry without one, else a dinas of the region's level."""
    level = {0: OfficeLevel.MINISTRY, 2: OfficeLevel.PROVINCE}.get(len(region), OfficeLevel.REGENCY)
    name = fields.pop("name", f"Kantor uji {region or 'pusat'}")
    found = Office.objects.filter(name=name, region_id=region or None).first()
    return found or Office.objects.create(name=name, region_id=region or None, level=level, **fields)


def make_user(role: RoleCode | str, *, region: str = "", **fields: Any) -> User:
    """A user with the password `PASSWORD`, in the office of `region`."""
    number = next(_numbers)
    if region:
        Region.objects.get(code=region)  # a plain error here beats a foreign key's
    fields.setdefault("office", make_office(region))
    fields.setdefault("email", f"uji{number}@contoh.invalid")
    fields.setdefault("name", f"Pengguna uji {number}")
    return User.objects.create_user(password=fields.pop("password", PASSWORD), role=role, **fields)
