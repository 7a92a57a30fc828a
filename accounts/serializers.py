"""Serializers of offices. Accounts are no resource: who works where is the office's own matter."""

from accounts.models import Office
from batik_registry.serializers import RecordSerializer


class OfficeSerializer(RecordSerializer):
    class Meta:
        model = Office
        fields = [
            *("id", "row_version", "region_code", "name", "abbreviation", "level", "region", "parent", "affairs"),
            *("address", "phone", "email", "is_active", "source", "source_url", "as_of"),
        ]
