"""Ordering a file, asking how far it is, and fetching it: whoever ordered it, with the rights that it was made with."""

from typing import Any

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import mixins, serializers, status
from rest_framework.decorators import action
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from batik_registry.rest import formats, orders, tags
from batik_registry.rest.idempotency import HEADER, once
from batik_registry.rest.models import Export, ExportState
from batik_registry.rest.problems import Conflict
from batik_registry.tasks import make_export

KEY = OpenApiParameter(HEADER, str, OpenApiParameter.HEADER, description="Kunci kiriman ini: diulang, tidak berganda")
MOST = 100
#: States in which there was a file.
ENDED = (ExportState.READY, ExportState.EXPIRED)


class NewExportSerializer(serializers.Serializer):
    """An order."""

    resource = serializers.CharField(max_length=60, help_text="Jenis data, seperti namanya di alamat: members")
    format = serializers.ChoiceField(formats.WHOLE, help_text="Bentuk berkas")
    filters = serializers.DictField(
        child=serializers.CharField(max_length=500),
        required=False,
        help_text="Parameter daftar itu: saringan, ordering, fields, omit, as_of",
    )


class ExportSerializer(serializers.ModelSerializer):
    """An order and what became of it."""

    download = serializers.SerializerMethodField(help_text="Alamat berkas; null sebelum siap dan sesudah kedaluwarsa")

    class Meta:
        model = Export
        fields = ["id", "resource", "format", "filters", "state", "rows", "size_bytes", "sha256", "error"]
        fields += ["ordered_at", "ended_at", "expires_at", "download"]
        read_only_fields = fields
        extra_kwargs = {name: {"help_text": Export._meta.get_field(name).verbose_name} for name in fields[:-1]}

    def get_download(self, export: Export) -> str | None:
        if not export.is_ready:
            return None
        return str(self.context["request"].build_absolute_uri(reverse("api:exports-download", args=[export.pk])))


class ExportViewSet(mixins.RetrieveModelMixin, GenericViewSet):
    """Berkas besar yang dipesan: dibuat di belakang layar, lalu diunduh pemesannya selama sehari."""

    serializer_class = ExportSerializer
    queryset = Export.objects.all()
    lookup_value_converter = "uuid"

    def get_queryset(self) -> Any:
        if getattr(self, "swagger_fake_view", False):
            return Export.objects.none()
        return Export.objects.ordered_by(self.request.user).order_by("-ordered_at")

    @extend_schema(responses=ExportSerializer(many=True))
    def list(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        """Pesanan token ini, yang terbaru lebih dahulu, sebanyak-banyaknya 100."""
        return Response(self.get_serializer(self.get_queryset()[:MOST], many=True).data)

    @extend_schema(request=NewExportSerializer, responses={202: ExportSerializer}, parameters=[KEY])
    def create(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        """Pesan berkas; tanyakan keadaannya di alamat `Location`. Yang ditolak unduhan langsung ditolak juga."""
        return once(request, lambda: self.finalize_response(request, self._ordered()).render())

    def _ordered(self) -> Response:
        asked = NewExportSerializer(data=self.request.data)
        asked.is_valid(raise_exception=True)
        told = asked.validated_data
        address = self.request.build_absolute_uri(f"/api/v1/{told['resource']}/")
        export = orders.order(
            resource=told["resource"],
            told_as=told["format"],
            filters=told.get("filters", {}),
            address=address,
            by=self.request.user,
        )
        make_export.defer(export=str(export.pk))
        where = self.request.build_absolute_uri(reverse("api:exports-detail", args=[export.pk]))
        return Response(self.get_serializer(export).data, status=status.HTTP_202_ACCEPTED, headers={"Location": where})

    @extend_schema(
        responses={(200, formats.MEDIA_TYPES[name]): OpenApiTypes.BINARY for name in formats.WHOLE},
        operation_id="exports_download",
    )
    @action(detail=True)
    def download(self, request: Any, *args: Any, **kwargs: Any) -> FileResponse:
        """Berkasnya, byte demi byte seperti `sha256` pesanan. Hak yang berubah sejak dibuat menutupnya."""
        export = self.get_object()
        if not export.is_ready:
            told = (
                _("Berkas ini sudah kedaluwarsa; pesan lagi.") if export.state in ENDED else _("Berkas ini belum siap.")
            )
            raise Conflict(told)
        if export.reader != tags.mixed(tags.reader_of(request.user)):
            raise Conflict(_("Hak Anda berubah sejak berkas ini dibuat; pesan lagi."))
        try:
            file = default_storage.open(export.path)
        except FileNotFoundError:
            raise Http404 from None
        kind, name = formats.MEDIA_TYPES[export.format], f"{export.resource}-{export.ended_at:%Y-%m-%d}.{export.format}"
        answer = FileResponse(file, as_attachment=True, filename=name, content_type=kind)
        answer["Cache-Control"] = "private, no-store"
        return answer
