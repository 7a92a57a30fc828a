"""Offices as a resource of the API."""

from accounts.models import Office
from accounts.serializers import OfficeSerializer
from batik_registry.rest.filters import ONE_OF, filters_of
from batik_registry.rest.viewsets import ReadViewSet


class OfficeViewSet(ReadViewSet):
    """Kementerian dan dinas yang mengurus sentra."""

    serializer_class = OfficeSerializer
    filterset_class = filters_of(Office, {"level": ONE_OF, "is_active": ["exact"]})
    orderings = {"name": "name"}
