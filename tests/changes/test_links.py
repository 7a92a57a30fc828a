"""What belongs together is a record too: joining and parting leave rows."""

import pytest

from changes.models import Change
from tests.factories.centres import make_member, make_motif

pytestmark = pytest.mark.django_db


def test_giving_a_member_a_motif_and_taking_it_away_leaves_rows(places):
    member, motif = make_member(), make_motif()

    member.motifs.add(motif)
    member.motifs.clear()

    logged = Change.objects.filter(model="centres.membermotif").with_values().order_by("seq")
    assert [change.operation for change in logged] == ["I", "D"]
    assert {change.after["member_id"] for change in logged} == {str(member.pk)}
    assert {change.region_code for change in logged} == {member.region_code}
