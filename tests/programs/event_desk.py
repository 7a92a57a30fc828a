"""What the tests of the desk of events share: lists that are filled."""

from programs import models
from tests.factories import events as make
from tests.factories.centres import make_member


def fill(model, number):
    """So many rows of the model, each with parents of its own."""
    makers = {
        models.Organisation: make.make_organisation,
        models.Venue: make.make_venue,
        models.Event: lambda: make.make_event(venue=make.make_venue(), organiser=make.make_organisation()),
        models.EventFunding: make.make_funding,
        models.Participation: lambda: make.make_participation(cash_sales_idr=1_000_000, transactions=2),
        models.Attendance: lambda: make.make_attendance(member=make_member()),
        models.Curation: lambda: make.make_curation(legality_score=80),
        models.Order: make.make_order,
    }
    for _ in range(number):
        makers[model]()


#: Every kind of record of events that has a list of its own.
LISTED = [
    *(models.Organisation, models.Venue, models.Event, models.EventFunding, models.Participation),
    *(models.Attendance, models.Curation, models.Order),
]
