"""Serializers of regions."""

from batik_registry.serializers import RecordSerializer
from regions.models import Region


class RegionSerializer(RecordSerializer):
    class Meta:
        model = Region
        fields = [
            *("code", "row_version", "level", "kind", "name", "path", "bps_code", "decree", "valid_from", "valid_to"),
            *("successor_codes", "latitude", "longitude", "point_source"),
        ]
        read_only_fields = ["level", "kind"]
