"""Webhooks as a resource: a token's own addresses, what was sent to them, and sending it again."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.exceptions import ValidationError as Invalid
from django.http import Http404
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import mixins, serializers, status
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from accounts.models import ApiToken
from batik_registry.language import for_others
from batik_registry.rest.idempotency import HEADER, once
from changes import feed, webhooks
from changes.context import changing
from changes.models import Change, Delivery, Webhook
from changes.viewsets import types_of_user

KEY = OpenApiParameter(HEADER, str, OpenApiParameter.HEADER, description="Kunci kiriman ini: diulang, tidak berganda")
MOST = 200


class WebhookSerializer(serializers.ModelSerializer):
    """An address that is told of changes."""

    class Meta:
        model = Webhook
        fields = ["id", "url", "types", "cursor", "failures", "paused_until", "stopped_at", "stopped_reason"]
        read_only_fields = ["cursor", "failures", "paused_until", "stopped_at", "stopped_reason"]
        extra_kwargs = {
            "id": {"help_text": "ID webhook"},
            "cursor": {"help_text": "Perubahan terakhir yang sudah dicatat untuk dikirim"},
            "failures": {"help_text": "Gagal berturut-turut"},
            "paused_until": {"help_text": "Tidak dicoba sebelum waktu ini"},
            "stopped_at": {"help_text": "Sejak kapan tidak diberi tahu lagi"},
            "stopped_reason": {"help_text": "Mengapa berhenti"},
        }


class NewWebhookSerializer(WebhookSerializer):
    """The only answer that carries the secret."""

    secret = serializers.CharField(read_only=True, help_text="Rahasia tanda tangan (whsec_…); hanya ditampilkan sekali")

    class Meta(WebhookSerializer.Meta):
        fields = [*WebhookSerializer.Meta.fields, "secret"]


class DeliverySerializer(serializers.ModelSerializer):
    """One telling, and how far it has come."""

    class Meta:
        model = Delivery
        fields = [
            *("id", "event", "record_id", "body", "made_at", "next_at", "attempts", "last_status", "last_error"),
            *("delivered_at", "given_up_at"),
        ]
        read_only_fields = fields
        extra_kwargs = {name: {"help_text": Delivery._meta.get_field(name).verbose_name} for name in fields}


class ReplaySerializer(serializers.Serializer):
    after = serializers.CharField(allow_blank=True, help_text="Penanda umpan; kosong berarti semuanya")


class WebhookViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, GenericViewSet):
    """Alamat yang diberi tahu setiap perubahan yang terlihat lewat token ini."""

    serializer_class = WebhookSerializer
    queryset = Webhook.objects.all()
    lookup_value_converter = "uuid"

    def get_queryset(self) -> Any:
        if getattr(self, "swagger_fake_view", False):
            return Webhook.objects.none()
        if not self.request.user.may.read(Change):
            raise PermissionDenied
        return Webhook.objects.visible_to(self.request.user)

    @extend_schema(request=WebhookSerializer, responses={201: NewWebhookSerializer}, parameters=[KEY])
    def create(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """Daftarkan sebuah alamat https. Kiriman dimulai dari perubahan sesudah ini."""
        return once(request, lambda: self._rendered(self._create()))

    def _create(self) -> Response:
        user = self.request.user
        if not isinstance(user.token, ApiToken):
            raise PermissionDenied(_("Webhook didaftarkan dengan token, agar jelas apa yang boleh diceritakan."))
        types_of_user(user, "")
        asked = WebhookSerializer(data=self.request.data)
        asked.is_valid(raise_exception=True)
        types_of_user(user, ",".join(asked.validated_data.get("types", [])))
        webhook = Webhook(token=user.token, cursor=feed.newest_cursor(feed.safe_before()), **asked.validated_data)
        shown = webhook.renew_secret()
        with changing(by=user):
            try:
                webhook.save()
            except Invalid as refusal:
                raise ValidationError(refusal.message_dict) from None
        return Response(WebhookSerializer(webhook).data | {"secret": shown}, status=status.HTTP_201_CREATED)

    def _rendered(self, response: Response) -> Response:
        """Rendered now, so that it can be remembered."""
        return self.finalize_response(self.request, response).render()

    @extend_schema(responses={204: None})
    def destroy(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        """Hentikan webhook; catatan kirimannya tetap ada."""
        with for_others(), changing(by=request.user):
            webhooks.stop(webhook=self.get_object(), reason=_("Dihentikan pemegang token."))
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(responses=DeliverySerializer(many=True))
    @action(detail=True)
    def deliveries(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        """Kiriman terbaru lebih dahulu, sebanyak-banyaknya 200."""
        return Response(DeliverySerializer(self.get_object().deliveries.all()[:MOST], many=True).data)

    @extend_schema(request=ReplaySerializer, responses={204: None})
    @action(detail=True, methods=["post"])
    def replay(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        """Ceritakan lagi semua perubahan sesudah sebuah penanda."""
        asked = ReplaySerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        webhooks.replay(webhook=self.get_object(), after=asked.validated_data["after"])
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(
        request=None,
        responses={204: None},
        parameters=[OpenApiParameter("delivery", int, OpenApiParameter.PATH, description="ID kiriman")],
    )
    @action(detail=True, methods=["post"], url_path="deliveries/<int:delivery>/resend")
    def resend(self, request: Any, delivery: int, *args: Any, **kwargs: Any) -> Response:
        """Kirim lagi satu kiriman, dengan isi yang sama."""
        found = self.get_object().deliveries.filter(pk=delivery).first()
        if found is None:
            raise Http404
        webhooks.resend(delivery=found)
        return Response(status=status.HTTP_204_NO_CONTENT)
