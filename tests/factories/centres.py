"""Centres and members of the tests: small makers with plausible values; each test names what matters to it.

Region codes are those of the cast (tests/factories/regions.py). Names are samples.
"""

from itertools import count
from typing import Any

from centres import models
from centres.choices import CertificateType, FacilityType, PartnershipType, Technique

KOTA_MOJOKERTO, GUNUNGGEDANGAN = "35.76", "35.76.02.1001"
SRAGEN = "33.14"

_number = count(1)


def make_centre(**values: Any) -> models.Centre:
    """A batik centre in Kota Mojokerto."""
    named = {"name": f"Sentra contoh {next(_number)}", "regency_id": KOTA_MOJOKERTO}
    return models.Centre.objects.create(**named | values)


def make_maja_barama(**values: Any) -> models.Centre:
    """The centre of the acceptance story, with the spellings that the papers use."""
    known = {
        "name": "Sentra IKM Batik Maja Barama Wastra",
        "aliases": ["Maja Bharama Wastra", "Maja Brama Wastra"],
        "region_id": GUNUNGGEDANGAN,
    }
    return make_centre(**known | values)


def make_facility(**values: Any) -> models.CentreFacility:
    values.setdefault("centre", None)
    values["centre"] = values["centre"] or make_centre()
    named = {"name": f"Gedung contoh {next(_number)}", "facility_type": FacilityType.PRODUCTION}
    return models.CentreFacility.objects.create(**named | values)


def make_member(**values: Any) -> models.Member:
    """An active business in Kota Mojokerto without NIB, all of whose work is batik tulis."""
    known = {
        "business_name": f"Batik contoh {next(_number)}",
        "owner_name": "Pemilik contoh",
        "regency_id": KOTA_MOJOKERTO,
        "techniques": {Technique.TULIS: 100},
    }
    return models.Member.objects.create(**known | values)


def make_printing_member(**values: Any) -> models.Member:
    return make_member(**{"techniques": {Technique.PRINTING: 100}} | values)


def make_membership(**values: Any) -> models.Membership:
    made = {
        "member": values.pop("member", None) or make_member(),
        "centre": values.pop("centre", None) or make_centre(),
    }
    return models.Membership.objects.create(**made | values)


def make_motif(**values: Any) -> models.Motif:
    named = {"name": f"Motif contoh {next(_number)}", "region_id": KOTA_MOJOKERTO}
    return models.Motif.objects.create(**named | values)


def make_member_motif(**values: Any) -> models.MemberMotif:
    made = {
        "member": values.pop("member", None) or make_member(),
        "motif": values.pop("motif", None) or make_motif(),
    }
    return models.MemberMotif.objects.create(**made | values)


def make_certificate(**values: Any) -> models.Certification:
    """A Batikmark for batik tulis, applied for."""
    known = {"kind": CertificateType.BATIKMARK, "technique": Technique.TULIS}
    return models.Certification.objects.create(
        **{"member": values.pop("member", None) or make_member()} | known | values
    )


def make_partnership(**values: Any) -> models.Partnership:
    known = {"partner": "Mitra contoh", "kind": PartnershipType.MARKETING}
    return models.Partnership.objects.create(**{"centre": values.pop("centre", None) or make_centre()} | known | values)


def make_partnership_member(**values: Any) -> models.PartnershipMember:
    made = {
        "partnership": values.pop("partnership", None) or make_partnership(),
        "member": values.pop("member", None) or make_member(),
    }
    return models.PartnershipMember.objects.create(**made | values)


def make_report(**values: Any) -> models.OperationReport:
    """A quarter with sixty open days."""
    known = {"year": 2026, "quarter": 1, "open_days": 60}
    return models.OperationReport.objects.create(
        **{"centre": values.pop("centre", None) or make_centre()} | known | values
    )


def make_snapshot(**values: Any) -> models.MemberSnapshot:
    known = {"year": 2025}
    return models.MemberSnapshot.objects.create(
        **{"member": values.pop("member", None) or make_member()} | known | values
    )


def make_fact(record: Any, **values: Any) -> models.DatedFact:
    """A value for a record's field or label, from a sample source."""
    known = {"source": "Sumber contoh", "as_of": "2024-02-07"}
    return models.DatedFact.objects.create(record=record, **known | values)
