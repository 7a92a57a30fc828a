"""I16, I17 and I24 by hand."""

from datetime import date
from decimal import Decimal

import pytest

from centres.choices import CertificateStatus, RuleCode
from centres.models import Rule
from programs.indicators import Scope, get
from tests.factories.centres import make_certificate, make_member
from tests.programs.indicator_data import make_active

pytestmark = pytest.mark.usefixtures("places")
DAY = date(2025, 12, 31)
NOW = Scope.of(day=DAY)


def hold(member, kind, number, **values):
    technique = "CAP" if kind == "BATIKMARK" else ""
    known = {"status": CertificateStatus.VALID, "technique": technique}
    return make_certificate(member=member, kind=kind, number=number, **known | values)


def values(code, scope=NOW):
    return {figure.part.key: figure.value for figure in get(code).figures(scope)}


def test_tkdn_counts_members_once_and_products_each():
    """Two products of one member, one expired of another, one member without: members 1/3, products 2 of 3."""
    two, expired, _none = make_active(DAY), make_active(DAY), make_active(DAY)
    hold(two, "TKDN", "T-1"), hold(two, "TKDN", "T-2", expires_on=DAY)
    hold(expired, "TKDN", "T-3", expires_on=date(2025, 12, 30))

    found = values("I16")

    assert (round(found["tkdn"], 2), found["produk"]) == (Decimal("33.33"), 2)
    assert get("I16").figure(NOW, "produk").denominator == 3


def test_coverage_of_each_certificate_on_a_day():
    """Of 4 confirmed members 1 holds halal, 2 Batikmark; applied for is not held, unconfirmed is not counted."""
    members = [make_active(DAY) for _ in range(4)]
    hold(members[0], "HALAL", "H-1")
    hold(members[0], "BATIKMARK", "B-1"), hold(members[1], "BATIKMARK", "B-2")
    hold(members[2], "BATIKMARK", "B-3", status=CertificateStatus.APPLIED)
    hold(make_member(), "BATIKMARK", "B-4")

    found = values("I17")

    assert (found["halal"], found["batikmark"], found["sni"]) == (25, 50, 0)
    assert get("I17").figure(NOW, "halal").coverage == "4 dari 5 IKM"
    assert "indikasi_geografis" not in found  # a community's, not a member's


@pytest.mark.parametrize(("day", "left"), [(date(2026, 10, 7), 10), (date(2026, 10, 17), 0), (date(2026, 11, 24), -38)])
def test_the_countdown_to_halal_is_a_dated_rule(day, left):
    Rule.objects.filter(code=RuleCode.HALAL_DUTY).delete()
    assert get("I17").figure(Scope.of(day=day), "halal").beside == ()
    Rule.objects.create(code=RuleCode.HALAL_DUTY, value="1", valid_from=date(2026, 10, 17), legal_basis="PP 42/2024")

    countdown = get("I17").figure(Scope.of(day=day), "halal").beside[0]

    assert (countdown.value, countdown.period) == (left, "17 Oktober 2026")


def test_haj_uniform_is_the_list_of_the_model():
    """One meets all six conditions, the other has no workshop: 1 of 2."""
    for number, workshop in enumerate((True, False)):
        nib = f"022010823000{number}"
        member = make_active(DAY, nib=nib, techniques={"CAP": 100}, has_workshop=workshop)
        hold(member, "BATIKMARK", f"B-{number}")
        hold(member, "HALAL", f"H-{number}", status=CertificateStatus.APPLIED)

    figure = get("I24").figure(NOW)

    assert (figure.value, figure.denominator) == (1, 2)
