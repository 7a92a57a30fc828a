"""Events and what belongs to them: small makers with plausible values; each test names what matters to it."""

from datetime import date
from itertools import count
from typing import Any

from centres.choices import BuyerSegment, FundingSource
from programs import models
from programs.choices import EventKind, EventStatus, OrderChannel, OrganisationKind, ParticipationStatus
from tests.factories.centres import KOTA_MOJOKERTO, SRAGEN, make_member

MONDAY, FRIDAY = date(2023, 12, 11), date(2023, 12, 15)

_number = count(1)


def make_organisation(**values: Any) -> models.Organisation:
    """The local government of Kabupaten Sragen, or one like it."""
    named = {"name": f"Pemerintah contoh {next(_number)}", "kind": OrganisationKind.GOVERNMENT, "region_id": SRAGEN}
    return models.Organisation.objects.create(**named | values)


def make_venue(**values: Any) -> models.Venue:
    named = {"name": f"Gedung contoh {next(_number)}", "region_id": KOTA_MOJOKERTO}
    return models.Venue.objects.create(**named | values)


def make_event(**values: Any) -> models.Event:
    """An exhibition initiated by Sragen, over since December 2023, with its results still to come."""
    known = {
        "name": f"Pameran contoh {next(_number)}",
        "kind": EventKind.EXHIBITION,
        "starts_on": MONDAY,
        "ends_on": FRIDAY,
        "region_id": SRAGEN,
        "initiator": values.pop("initiator", None) or make_organisation(),
        "status": EventStatus.FINISHED,
    }
    return models.Event.objects.create(**known | values)


def make_participation(**values: Any) -> models.Participation:
    """Somebody who came and has reported nothing yet."""
    made = {
        "event": values.pop("event", None) or make_event(),
        "member": values.pop("member", None) or make_member(),
        "status": ParticipationStatus.ATTENDED,
    }
    return models.Participation.objects.create(**made | values)


def make_attendance(**values: Any) -> models.Attendance:
    made = {"event": values.pop("event", None) or make_event(), "name": f"Orang contoh {next(_number)}"}
    return models.Attendance.objects.create(**made | values)


def make_curation(**values: Any) -> models.Curation:
    made = {
        "event": values.pop("event", None) or make_event(),
        "member": values.pop("member", None) or make_member(),
        "product": f"Kain contoh {next(_number)}",
    }
    return models.Curation.objects.create(**made | values)


def make_funding(**values: Any) -> models.EventFunding:
    made = {"event": values.pop("event", None) or make_event(), "source_of_funds": FundingSource.APBD}
    return models.EventFunding.objects.create(**made | values)


def make_order(**values: Any) -> models.Order:
    """Bought by the government through the e-catalogue."""
    made = {
        "member": values.pop("member", None) or make_member(),
        "buyer_segment": BuyerSegment.GOVERNMENT,
        "channel": OrderChannel.E_CATALOGUE,
        "package_id": f"EK-{next(_number)}",
        "value_idr": 15_000_000,
        "ordered_on": date(2024, 3, 1),
    }
    return models.Order.objects.create(**made | values)
