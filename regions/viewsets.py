"""Regions as a resource of the API."""

from batik_registry.rest.filters import ONE_OF, SINCE, ApiFilterSet, RegionPrefixFilter
from batik_registry.rest.viewsets import ReadViewSet
from regions.models import Region
from regions.serializers import RegionSerializer


class RegionApiFilter(ApiFilterSet):
    within = RegionPrefixFilter("code", label="Kode wilayah; menemukan wilayah itu dan semua di bawahnya")

    class Meta:
        model = Region
        fields = SINCE | {"code": ONE_OF, "level": ONE_OF, "bps_code": ["exact"]}


class RegionViewSet(ReadViewSet):
    """Provinsi, kabupaten/kota, kecamatan, dan desa/kelurahan menurut kode Kemendagri."""

    serializer_class = RegionSerializer
    filterset_class = RegionApiFilter
    orderings = {"name": "name"}
    lookup_value_converter = "str"
