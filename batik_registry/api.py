"""The roof of the API: which resource stands at which address under `/api/v1/`."""

from typing import Any

from django.urls import include, path
from drf_spectacular.views import SpectacularJSONAPIView
from rest_framework.routers import SimpleRouter

import accounts.viewsets as offices
import centres.viewsets as centres
import changes.viewsets as changes
import changes.webhook_viewsets as hooks
import programs.indicator_viewsets as indicators
import programs.viewsets as programs
import regions.viewsets as regions
import submissions.viewsets as submissions
from batik_registry.rest import order_viewsets as orders
from batik_registry.rest import pages, resources

RESOURCES: dict[str, Any] = {
    "regions": regions.RegionViewSet,
    "offices": offices.OfficeViewSet,
    "centres": centres.CentreViewSet,
    "facilities": centres.CentreFacilityViewSet,
    "operation-reports": centres.OperationReportViewSet,
    "members": centres.MemberViewSet,
    "memberships": centres.MembershipViewSet,
    "member-snapshots": centres.MemberSnapshotViewSet,
    "certifications": centres.CertificationViewSet,
    "motifs": centres.MotifViewSet,
    "member-motifs": centres.MemberMotifViewSet,
    "partnerships": centres.PartnershipViewSet,
    "reference-statistics": centres.ReferenceStatisticViewSet,
    "allocations": programs.AllocationViewSet,
    "allocation-centres": programs.AllocationCentreViewSet,
    "activities": programs.ActivityViewSet,
    "contracts": programs.ContractViewSet,
    "disbursements": programs.DisbursementViewSet,
    "progress-reports": programs.ProgressReportViewSet,
    "reported-problems": programs.ReportedProblemViewSet,
    "handovers": programs.HandoverViewSet,
    "rule-sets": programs.RuleSetViewSet,
    "rule-stages": programs.RuleStageViewSet,
    "stage-conditions": programs.StageConditionViewSet,
    "stage-deadlines": programs.StageDeadlineViewSet,
    "report-calendar": programs.ReportDueViewSet,
    "events": programs.EventViewSet,
    "participations": programs.ParticipationViewSet,
    "venues": programs.VenueViewSet,
    "organisations": programs.OrganisationViewSet,
    "submissions": submissions.SubmissionViewSet,
}

router = SimpleRouter(use_regex_path=False)
for name, view in RESOURCES.items():
    resources.register(name, view)
    router.register(name, view, basename=name)
router.register("exports", orders.ExportViewSet, basename="exports")
router.register("webhooks", hooks.WebhookViewSet, basename="webhooks")

app_name = "api"
urlpatterns = [
    path("", pages.developer, name="developer"),
    path("docs/", pages.docs, name="docs"),
    path("masalah/", pages.problems, name="problems"),
    path("v1/", include(router.urls)),
    path("v1/changes/", changes.FeedView.as_view(), name="changes"),
    path("v1/changes/snapshot/", changes.SnapshotView.as_view(), name="snapshot"),
    path("v1/indicators/", indicators.IndicatorsView.as_view(), name="indicators"),
    path("v1/indicators/<str:code>/", indicators.IndicatorView.as_view(), name="indicator"),
    path("v1/programmes/", indicators.ProgrammesView.as_view(), name="programmes"),
    path("v1/digests/", changes.DigestView.as_view(), name="digests"),
    path("schema/", SpectacularJSONAPIView.as_view(), name="schema"),
]
