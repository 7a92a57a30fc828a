"""Centres, members and what hangs on them, as resources of the API."""

from batik_registry.rest.filters import ONE_OF, SINCE, SPAN, ApiFilterSet, RegionalApiFilter, filters_of
from centres import models, serializers
from centres.filters import CentreFilter, MemberFilter
from submissions.viewsets import RecordViewSet


class CentreApiFilter(RegionalApiFilter, CentreFilter):
    names = {"wilayah": None, "komoditas": "commodity", "status": "operational_status"}

    class Meta:
        model = models.Centre
        fields = SINCE | {"code": ONE_OF, "is_pilot": ["exact"], "is_sample": ["exact"]}


class CentreViewSet(RecordViewSet):
    """Sentra industri batik."""

    serializer_class = serializers.CentreSerializer
    filterset_class = CentreApiFilter
    orderings = {"name": "name"}


class CentreFacilityViewSet(RecordViewSet):
    """Bangunan dan fasilitas sentra."""

    serializer_class = serializers.CentreFacilitySerializer
    filterset_class = filters_of(
        models.CentreFacility, {"centre": ["exact"], "facility_type": ONE_OF, "funding_year": SPAN}
    )


class OperationReportViewSet(RecordViewSet):
    """Laporan triwulan pemakaian sentra."""

    serializer_class = serializers.OperationReportSerializer
    filterset_class = filters_of(models.OperationReport, {"centre": ["exact"], "year": SPAN, "quarter": ["exact"]})
    orderings = {"year": "year"}


class MemberApiFilter(RegionalApiFilter, MemberFilter):
    names = {
        "wilayah": None,
        "teknik": "technique",
        "pewarna": "dye_type",
        "status": "status",
        "basi": None,
        "sentra": None,
    }

    class Meta:
        model = models.Member
        fields = SINCE | {"nib": ["exact"], "legal_form": ONE_OF, "is_sample": ["exact"]}


class MemberViewSet(RecordViewSet):
    """IKM batik. Data pribadi hanya bagi yang berhak, dan setiap pembacaannya dicatat."""

    serializer_class = serializers.MemberSerializer
    filterset_class = MemberApiFilter
    orderings = {"business_name": "business_name"}


class MembershipViewSet(RecordViewSet):
    """Keanggotaan IKM dalam sentra."""

    serializer_class = serializers.MembershipSerializer
    filterset_class = filters_of(models.Membership, {"centre": ["exact"], "member": ["exact"], "role": ONE_OF})


class MemberSnapshotViewSet(RecordViewSet):
    """Tenaga kerja, produksi, dan omzet IKM per tahun atau semester."""

    serializer_class = serializers.MemberSnapshotSerializer
    filterset_class = filters_of(models.MemberSnapshot, {"member": ["exact"], "year": SPAN})
    orderings = {"year": "year"}


class CertificationViewSet(RecordViewSet):
    """Sertifikat IKM, dan indikasi geografis suatu daerah."""

    serializer_class = serializers.CertificationSerializer
    filterset_class = filters_of(
        models.Certification,
        {"member": ["exact"], "kind": ONE_OF, "number": ["exact"], "status": ONE_OF, "expires_on": SPAN},
    )


class MotifViewSet(RecordViewSet):
    """Motif batik dengan asalnya."""

    serializer_class = serializers.MotifSerializer
    filterset_class = filters_of(models.Motif, {"name": ["exact", "icontains"]})
    orderings = {"name": "name"}


class MemberMotifViewSet(RecordViewSet):
    """Motif yang dibuat sebuah IKM."""

    serializer_class = serializers.MemberMotifSerializer
    filterset_class = filters_of(models.MemberMotif, {"member": ["exact"], "motif": ["exact"]})


class PartnershipViewSet(RecordViewSet):
    """Kemitraan sentra dengan pihak lain."""

    serializer_class = serializers.PartnershipSerializer
    filterset_class = filters_of(models.Partnership, {"centre": ["exact"], "kind": ONE_OF, "ends_on": SPAN})


class ReferenceStatisticViewSet(RecordViewSet):
    """Angka acuan yang diterbitkan, masing-masing dengan penerbit dan tahunnya."""

    serializer_class = serializers.ReferenceStatisticSerializer
    filterset_class = filters_of(
        models.ReferenceStatistic, {"indicator": ONE_OF, "region": ["exact"], "year": SPAN}, ApiFilterSet
    )
    orderings = {"indicator": "indicator"}
