"""One account per role for whoever tries the registry. They exist only where `settings.DEMO` says so."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction

from accounts.choices import OfficeLevel, RoleCode
from accounts.loaders import load_offices
from accounts.models import Office, User

#: Printed on the start page of the demo; no other installation has these accounts.
DEMO_PASSWORD = "batik-tulis-lasem"  # noqa: S105

DIRECTORATE = "Direktorat Industri Aneka dan IKM Kimia, Sandang, dan Kerajinan"
DIRECTORATE_GENERAL = "Direktorat Jenderal Industri Kecil, Menengah dan Aneka"
MINISTRY = "Kementerian Perindustrian"
MOJOKERTO = "Dinas Koperasi UKM, Perindustrian dan Perdagangan Kota Mojokerto"
SRAGEN = "Dinas Koperasi, Usaha Kecil dan Menengah, Perindustrian dan Perdagangan Kabupaten Sragen"
EAST_JAVA = "Dinas perindustrian Provinsi Jawa Timur (contoh)"
CENTRAL_JAVA = "Dinas perindustrian Provinsi Jawa Tengah (contoh)"
KEDIRI = "Dinas perindustrian Kota Kediri (contoh)"


@dataclass(frozen=True)
class DemoAccount:
    role: RoleCode
    email: str
    name: str
    office_name: str
    password: str = DEMO_PASSWORD

    @property
    def role_label(self) -> str:
        return str(self.role.label)


DEMO_ACCOUNTS = [
    DemoAccount(RoleCode.ADMINISTRATOR, "administrator@contoh.invalid", "Administrator (contoh)", MINISTRY),
    DemoAccount(RoleCode.PROGRAMME_STAFF, "staf@contoh.invalid", "Staf program (contoh)", DIRECTORATE),
    DemoAccount(RoleCode.LEADER, "pimpinan@contoh.invalid", "Pimpinan (contoh)", DIRECTORATE_GENERAL),
    DemoAccount(RoleCode.PROVINCE_OFFICER, "jatim@contoh.invalid", "Petugas Jawa Timur (contoh)", EAST_JAVA),
    DemoAccount(RoleCode.PROVINCE_OFFICER, "jateng@contoh.invalid", "Petugas Jawa Tengah (contoh)", CENTRAL_JAVA),
    DemoAccount(RoleCode.REGENCY_OFFICER, "mojokerto@contoh.invalid", "Petugas Kota Mojokerto (contoh)", MOJOKERTO),
    DemoAccount(RoleCode.REGENCY_OFFICER, "sragen@contoh.invalid", "Petugas Sragen (contoh)", SRAGEN),
    DemoAccount(RoleCode.REGENCY_OFFICER, "kediri@contoh.invalid", "Petugas Kota Kediri (contoh)", KEDIRI),
    DemoAccount(RoleCode.CENTRE_MANAGER, "sentra@contoh.invalid", "Pengelola sentra (contoh)", MOJOKERTO),
    DemoAccount(RoleCode.API_CLIENT, "sistem@contoh.invalid", "Sistem lain (contoh)", MINISTRY),
]

#: The accounts by the first word of their address.
TEAM = {account.email.partition("@")[0]: account.email for account in DEMO_ACCOUNTS}


@transaction.atomic
def make_demo_accounts(*, managed_centres: Iterable[UUID] = ()) -> list[DemoAccount]:
    """Make or refresh the demo accounts; `managed_centres` are the centres that the sample manager runs.

    Raises `ImproperlyConfigured` outside the demo: accounts with a printed password must not exist anywhere else.
    """
    if not settings.DEMO:
        raise ImproperlyConfigured("Akun contoh hanya boleh dibuat di demo (manage.py demo).")
    load_offices()
    for name, region in ((EAST_JAVA, "35"), (CENTRAL_JAVA, "33")):
        _sample_office(name, region, OfficeLevel.PROVINCE)
    _sample_office(KEDIRI, "35.71", OfficeLevel.REGENCY, verified_by_province=True)
    for account in DEMO_ACCOUNTS:
        _make(account, list(managed_centres))
    return DEMO_ACCOUNTS


def _sample_office(name: str, region: str, level: OfficeLevel, **values: bool) -> None:
    if not Office.objects.filter(name=name, region_id=region).exists():
        Office.objects.create(name=name, region_id=region, level=level, is_sample=True, **values)


def _make(account: DemoAccount, managed_centres: list[UUID]) -> None:
    user = User.objects.filter(email=account.email).first() or User(email=account.email)
    user.name, user.role, user.is_active, user.active_until = account.name, account.role, True, None
    user.office = Office.objects.get(name=account.office_name)
    if user.may.is_bound_to_centres:
        user.assigned_centres = managed_centres or user.assigned_centres
    if not user.check_password(account.password):
        user.set_password(account.password)
    user.save()
