"""DAK and other funds, and events, as resources of the API."""

from batik_registry.rest.filters import ONE_OF, SINCE, SPAN, ApiFilterSet, RegionalApiFilter, filters_of
from batik_registry.rest.viewsets import ReadViewSet
from programs import models, serializers
from programs.filters import AllocationFilter, EventFilter
from submissions.viewsets import RecordViewSet


class AllocationApiFilter(RegionalApiFilter, AllocationFilter):
    names = {"tahun": None, "jenis": "kind", "sumber": "source_of_funds", "tahap": "state"}

    class Meta:
        model = models.Allocation
        fields = SINCE | {"code": ONE_OF, "krisna_id": ["exact"], "fiscal_year": SPAN, "is_sample": ["exact"]}


class AllocationViewSet(RecordViewSet):
    """Alokasi DAK dan dana lain, dengan pagu dan tahapnya."""

    serializer_class = serializers.AllocationSerializer
    filterset_class = AllocationApiFilter
    orderings = {"fiscal_year": "fiscal_year", "title": "title"}


class AllocationCentreViewSet(RecordViewSet):
    """Sentra mana yang dilayani sebuah alokasi, dan bagiannya."""

    serializer_class = serializers.AllocationCentreSerializer
    filterset_class = filters_of(models.AllocationCentre, {"allocation": ["exact"], "centre": ["exact"]})


class ActivityViewSet(RecordViewSet):
    """Rincian kegiatan (RK) sebuah alokasi."""

    serializer_class = serializers.ActivitySerializer
    filterset_class = filters_of(models.Activity, {"allocation": ["exact"], "menu": ONE_OF})


class ContractViewSet(RecordViewSet):
    """Kontrak pengadaan sebuah alokasi."""

    serializer_class = serializers.ContractSerializer
    filterset_class = filters_of(models.Contract, {"allocation": ["exact"], "number": ["exact"], "signed_on": SPAN})


class DisbursementViewSet(ReadViewSet):
    """Penyaluran dana per tahap."""

    serializer_class = serializers.DisbursementSerializer
    filterset_class = filters_of(models.Disbursement, {"allocation": ["exact"], "stage": ONE_OF})


class ProgressReportViewSet(RecordViewSet):
    """Laporan triwulan sebuah alokasi: realisasi uang dan fisik."""

    serializer_class = serializers.ProgressReportSerializer
    filterset_class = filters_of(
        models.ProgressReport, {"allocation": ["exact"], "year": SPAN, "quarter": ["exact"], "submitted_at": ["gte"]}
    )
    orderings = {"year": "year"}


class ReportedProblemViewSet(RecordViewSet):
    """Masalah yang dilaporkan, dengan tindak lanjutnya."""

    serializer_class = serializers.ReportedProblemSerializer
    filterset_class = filters_of(models.ReportedProblem, {"report": ["exact"], "code": ONE_OF})


class HandoverViewSet(RecordViewSet):
    """Serah terima hasil sebuah alokasi (BAST)."""

    serializer_class = serializers.HandoverSerializer
    filterset_class = filters_of(models.Handover, {"allocation": ["exact"]})


class RuleSetViewSet(ReadViewSet):
    """Aturan penyaluran per tahun anggaran."""

    serializer_class = serializers.RuleSetSerializer
    filterset_class = filters_of(models.RuleSet, {"fiscal_year": SPAN, "kind": ONE_OF}, ApiFilterSet)
    orderings = {"fiscal_year": "fiscal_year"}


class RuleStageViewSet(ReadViewSet):
    """Tahap penyaluran dalam aturan sebuah tahun, dan cara menghitung uangnya."""

    serializer_class = serializers.RuleStageSerializer
    filterset_class = filters_of(models.RuleStage, {"ruleset": ["exact"], "stage": ONE_OF}, ApiFilterSet)


class StageConditionViewSet(ReadViewSet):
    """Syarat sebelum sebuah tahap dibayar."""

    serializer_class = serializers.StageConditionSerializer
    filterset_class = filters_of(models.StageCondition, {"ruleset": ["exact"], "stage": ONE_OF}, ApiFilterSet)


class StageDeadlineViewSet(ReadViewSet):
    """Batas waktu dokumen setiap tahap; perpanjangan adalah baris tersendiri."""

    serializer_class = serializers.StageDeadlineSerializer
    filterset_class = filters_of(models.StageDeadline, {"ruleset": ["exact"], "stage": ONE_OF}, ApiFilterSet)


class ReportDueViewSet(ReadViewSet):
    """Kalender pelaporan: laporan apa jatuh tempo kapan."""

    serializer_class = serializers.ReportDueSerializer
    filterset_class = filters_of(models.ReportDue, {"kind": ONE_OF, "fiscal_year": SPAN}, ApiFilterSet)


class EventApiFilter(RegionalApiFilter, EventFilter):
    names = {"tahun": None, "jenis": "kind", "status": "status"}

    class Meta:
        model = models.Event
        fields = SINCE | {"code": ONE_OF, "starts_on": SPAN, "centre": ["exact"], "is_sample": ["exact"]}


class EventViewSet(RecordViewSet):
    """Kegiatan: pameran, pelatihan, bazar."""

    serializer_class = serializers.EventSerializer
    filterset_class = EventApiFilter
    orderings = {"starts_on": "starts_on", "name": "name"}


class ParticipationViewSet(RecordViewSet):
    """Kepesertaan IKM dalam kegiatan, dan hasil penjualannya."""

    serializer_class = serializers.ParticipationSerializer
    filterset_class = filters_of(models.Participation, {"event": ["exact"], "member": ["exact"], "status": ONE_OF})


class VenueViewSet(RecordViewSet):
    """Tempat kegiatan."""

    serializer_class = serializers.VenueSerializer
    filterset_class = filters_of(models.Venue, {"name": ["exact"]})


class OrganisationViewSet(RecordViewSet):
    """Lembaga yang memprakarsai atau menyelenggarakan kegiatan."""

    serializer_class = serializers.OrganisationSerializer
    filterset_class = filters_of(models.Organisation, {"kind": ONE_OF})
