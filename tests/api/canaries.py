"""One record of every resource in one region, with a text in every field that stands nowhere else."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from django.db import DatabaseError, models, transaction

from accounts.choices import RoleCode
from batik_registry.fields import EncryptedDigits
from batik_registry.lists import ListField
from batik_registry.models import TriggerText
from batik_registry.rest import resources
from centres.models import ReferenceStatistic
from programs.models import ReportDue, StageCondition, StageDeadline
from tests.factories import centres as make
from tests.factories import events, programs
from tests.factories.accounts import make_office, make_user
from tests.factories.submissions import sent

# What the database itself computes, and what refers to something by its code.
COMPUTED = {"region_code", "search_text", "search_joined", "path", "code", "number"}


def records_of(region: str) -> list[Any]:
    """Of each resource whose rows belong to a place."""
    member = make.make_member(regency_id=region)
    centre = make.make_centre(regency_id=region)
    allocation = programs.make_allocation(region_id=region)
    event = events.make_event(region_id=region, initiator=events.make_organisation(region_id=region), centre=centre)
    report = programs.make_progress(allocation=allocation)
    found = [
        *(member, centre, allocation, event, report),
        make.make_facility(centre=centre),
        make.make_membership(member=member, centre=centre),
        make.make_certificate(member=member),
        make.make_partnership(centre=centre),
        make.make_report(centre=centre),
        make.make_snapshot(member=member),
        make.make_member_motif(member=member),
        programs.make_link(allocation=allocation, centre=centre),
        programs.make_activity(allocation=allocation),
        programs.make_contract(allocation=allocation),
        programs.make_disbursement(allocation=allocation),
        programs.make_problem(report=report),
        programs.make_handover(allocation=allocation, bast_on=date(2019, 12, 2)),
        events.make_participation(event=event, member=member),
    ]
    officer = make_user(RoleCode.REGENCY_OFFICER, region=region)
    found.append(sent(officer, member, brand_name="Merek usulan"))
    covered = {type(one) for one in found}
    assert [
        name for name, view in resources.registered().items() if is_of_a_place(view) and model_of(view) not in covered
    ] == []
    return found


def of_everything(region: str) -> dict[str, list[Any]]:
    """Rows of every resource by its name, the newest of each with something in almost every field."""
    records_of(region)
    make_office(region)
    events.make_venue()
    make.make_motif(region_id=region)
    ruleset = programs.make_ruleset(fiscal_year=2031)
    programs.make_stage(ruleset=ruleset)
    StageCondition.objects.create(ruleset=ruleset, stage="I", kind="SERAPAN", threshold_pct=75)
    StageDeadline.objects.create(ruleset=ruleset, stage="I", note="Belum terbit")
    ReportDue.objects.create(kind="KEMAJUAN", fiscal_year=2031, month=4, day=10)
    ReferenceStatistic.objects.create(
        indicator="contoh", title="Contoh", value=Decimal("12.50"), unit="unit", year=2024, publisher="Contoh"
    )
    found = {}
    for name, view in resources.registered().items():
        rows = model_of(view)._default_manager.order_by("pk")
        assert rows, name
        fill(rows.last())
        found[name] = list(rows.all())
    return found


#: What is put into an empty field of each kind, as far as the table takes it.
SAMPLES: list[tuple[Any, Any]] = [
    (models.DateTimeField, datetime(2024, 3, 1, 20, 30, 15, 250000, UTC)),
    (models.DateField, date(2024, 3, 2)),
    (models.DecimalField, Decimal("7")),
    (models.IntegerField, 3),
    (models.BooleanField, True),
    (ListField, ["satu", 'dua "dan" tiga']),
    (models.TextField, 'Baris satu,\nbaris "dua"; ٣'),
    (models.CharField, "contoh"),
]


def fill(record: Any) -> None:
    if hasattr(record, "latitude"):
        place = {"latitude": Decimal("-7.471234"), "longitude": Decimal("112.4343")}
        type(record)._base_manager.filter(pk=record.pk).update(**place)
        record.refresh_from_db()
    for field in record._meta.concrete_fields:
        is_free = not (field.is_relation or field.generated or field.name in COMPUTED)
        if is_free and getattr(record, field.attname) in (None, "", []) and not isinstance(field, EncryptedDigits):
            samples = [value for kind, value in SAMPLES if isinstance(field, kind)]
            for value in [field.choices[0][0]] if field.choices else samples[:1]:
                _put(record, field, value)


def model_of(view: Any) -> Any:
    return view.serializer_class.Meta.model


def is_of_a_place(view: Any) -> bool:
    """Whether what one sees of this resource depends on where one works."""
    model = model_of(view)
    return not model.is_open_to_all and any(field.name == "region_code" for field in model._meta.fields)


def mark(record: Any, sign: str) -> int:
    """Put the sign into every text of the record that takes it; how many did."""
    marked = 0
    for field in record._meta.concrete_fields:
        is_text = isinstance(field, models.CharField | models.TextField) and not field.choices
        if is_text and field.name not in COMPUTED and not isinstance(field, TriggerText | EncryptedDigits):
            text = f"{sign}-{field.name}"[: field.max_length or 200]
            marked += sign in text and _put(record, field, text)
    return marked


def _put(record: Any, field: Any, value: Any) -> bool:
    try:
        with transaction.atomic():
            type(record)._base_manager.filter(pk=record.pk).update(**{field.attname: value})
    except DatabaseError:
        return False
    return True
