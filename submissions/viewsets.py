"""How the API writes: the ministry into the registry itself, everybody else as a proposal."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

import orjson
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from uuid_utils.compat import uuid7

from batik_registry.permissions import may_read_field
from batik_registry.rest import resources, tags
from batik_registry.rest.filters import ONE_OF, filters_of
from batik_registry.rest.idempotency import HEADER, once
from batik_registry.rest.problems import Conflict, PreconditionFailed
from batik_registry.rest.viewsets import ReadViewSet
from changes.context import changing
from submissions import actions, kinds
from submissions.actions import Wish
from submissions.choices import Operation, Purpose
from submissions.exceptions import Refused, RulesBroken
from submissions.kinds import Kind
from submissions.models import Submission
from submissions.serializers import NewSubmissionSerializer, SubmissionSerializer
from submissions.wishes import changes_of, wishes_of

KEY = OpenApiParameter(HEADER, str, OpenApiParameter.HEADER, description="Kunci kiriman ini: diulang, tidak berganda")
MATCH = OpenApiParameter(
    "If-Match", str, OpenApiParameter.HEADER, required=True, description="ETag data yang Anda ubah"
)


class ReceiptSerializer(serializers.Serializer):
    """What an office gets for a proposal."""

    submission = serializers.CharField(help_text="Alamat usulan")
    number = serializers.CharField(help_text="Nomor usulan")
    state = serializers.CharField(help_text="Status usulan")
    record = serializers.CharField(help_text="ID data yang diusulkan; data baru memakainya setelah disetujui")


RECEIPT = OpenApiResponse(ReceiptSerializer, description="Usulan terkirim; Kementerian memutuskannya")


def refused(deed: Callable[[], HttpResponse]) -> HttpResponse:
    """The deed, its refusals in the terms of the API."""
    try:
        return deed()
    except PermissionDenied:
        raise
    except RulesBroken as refusal:
        raise ValidationError({"non_field_errors": [str(fault) for fault in refusal.verdict.faults]}) from None
    except Refused as refusal:
        raise Conflict(str(refusal)) from None


class RecordViewSet(ReadViewSet):
    """A resource that is written too. Whoever writes the registry itself gets 200 or 201, an office 202 and a receipt.

    Every write is one transaction: row locked, version checked, rules asked.
    """

    def kind(self) -> Kind:
        try:
            return kinds.kind_of(self.model)
        except LookupError:
            raise PermissionDenied from None

    def written(self, deed: Callable[[], HttpResponse]) -> HttpResponse:
        """The deed in one transaction, logged in the name of whoever asks."""
        with changing(by=self.request.user), transaction.atomic():
            return refused(deed)

    # --- new ones ---

    @extend_schema(parameters=[KEY], responses={202: RECEIPT})
    def create(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        self.check_parameters([])
        may = request.user.may
        if may.create(self.model):
            return once(request, lambda: self.written(self._create))
        if may.propose_new(self.model):
            return once(request, lambda: self.written(self._propose_new))
        raise PermissionDenied

    def _create(self) -> HttpResponse:
        record = self.valid(None, partial=True).save()
        self.stay_within_reach(record)
        response = self.fresh(record.pk, status.HTTP_201_CREATED)
        response["Location"] = self.address_of(record.pk)
        return response

    def _propose_new(self) -> HttpResponse:
        kind = self.kind()
        valid = self.valid(None, partial=True, names=kind.field_names)
        wish = Wish(self.model, valid.validated_data, record_id=uuid7(), operation=Operation.CREATE)
        return self.propose(wish, kind.purpose)

    # --- changes ---

    @extend_schema(parameters=[MATCH], responses={202: RECEIPT})
    def partial_update(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.change(partial=True)

    @extend_schema(parameters=[MATCH], responses={202: RECEIPT})
    def update(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.change(partial=False)

    @extend_schema(parameters=[MATCH])
    def destroy(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.may.delete(self.model):
            raise PermissionDenied
        return self.written(self._delete)

    def change(self, *, partial: bool) -> HttpResponse:
        self.check_parameters([])
        may = self.request.user.may
        if may.update(self.model):
            return self.written(lambda: self._change(partial=partial))
        if may.propose_change(self.model):
            return self.written(lambda: self._propose_change(partial=partial))
        raise PermissionDenied

    def _change(self, *, partial: bool) -> HttpResponse:
        record = self.locked()
        self.valid(record, partial=partial).save()
        self.stay_within_reach(record)
        return self.fresh(record.pk, status.HTTP_200_OK)

    def stay_within_reach(self, record: Any) -> None:
        """Nobody writes a record out of the own reach, or into somebody else's; what was written is taken back."""
        if not self.model._default_manager.editable_by(self.request.user).filter(pk=record.pk).exists():
            raise PermissionDenied(_("Data ini akan berada di luar jangkauan Anda."))

    def _delete(self) -> HttpResponse:
        self.locked().delete()
        return HttpResponse(status=status.HTTP_204_NO_CONTENT)

    def _propose_change(self, *, partial: bool) -> HttpResponse:
        kind, record = self.kind(), self.locked()
        valid = self.valid(record, partial=partial, names=kind.field_names)
        wish = Wish(self.model, valid.validated_data, record_id=record.pk, row_version=record.row_version)
        return self.propose(wish, Purpose.CHANGE)

    def locked(self) -> Any:
        """The record to change, locked and in the version that the client knows."""
        version = tags.expected_version(self.request)
        self.get_queryset()
        rows = self.model._default_manager.editable_by(self.request.user).filter(pk=self.key())
        key = rows.order_by().values_list("pk", flat=True).first()
        record = self.model._base_manager.select_for_update(of=("self",)).filter(pk=key).first() if key else None
        if record is None:
            raise Http404
        if record.row_version != version:
            raise PreconditionFailed(tags.row_tag(record.row_version))
        return record

    # --- what is said ---

    def valid(self, record: Any, *, partial: bool, names: Iterable[str] | None = None) -> Any:
        """The body after the record's own rules. A field that is not there, or not for this reader, is refused.

        What is not said stays as it is, or begins with its default; without `partial` everything has to be said.
        """
        body = self.request.data
        serializer = self.serializer_class(
            record, data=body, partial=record is not None, context={"request": self.request}
        )
        writable = {name for name, one in serializer.fields.items() if not one.read_only}
        known = writable & set(names) if names is not None else writable
        if record is not None:
            known = {name for name in known if may_read_field(self.request.user, self.model, name)}
        if not isinstance(body, dict):
            raise ValidationError({"non_field_errors": [_("Kirim sebuah objek JSON.")]})
        errors = {name: [_("Isian ini tidak dapat diubah di sini.")] for name in body if name not in known}
        if not partial:
            told = _("PUT mengganti seluruh data: sebutkan isian ini juga, atau pakai PATCH.")
            errors |= {name: [told] for name in sorted(known - set(body))}
        if errors:
            raise ValidationError(errors)
        serializer.is_valid(raise_exception=True)
        return serializer

    def propose(self, wish: Wish, purpose: Purpose) -> HttpResponse:
        """A submission about one record, on its way at once."""
        user = self.request.user
        due = due_on(wish) if purpose == Purpose.REPORT else None
        draft = actions.draft(by=user, wishes=[wish], purpose=purpose, due_on=due)
        submission = actions.submit(submission=draft, by=user)
        return receipt(submission, wish.record_id)

    def address_of(self, key: Any) -> str:
        return f"{reverse(f'api:{resources.name_of(self.model)}-list')}{key}/"


def due_on(wish: Wish) -> date | None:
    """The last day of the report that is wished; None for what is no report."""
    return wish.kind.due_on(wish.values) if wish.kind.due_on else None


def receipt(submission: Submission, record: Any) -> HttpResponse:
    address = reverse("api:submissions-detail", args=[submission.pk])
    body = {
        "submission": address,
        "number": submission.number,
        "state": submission.state,
        "record": str(record),
    }
    response = HttpResponse(orjson.dumps(body), status=status.HTTP_202_ACCEPTED, content_type="application/json")
    response["Location"] = address
    return response


# --- several changes as one matter ---


@extend_schema(tags=["submissions"])
class SubmissionViewSet(ReadViewSet):
    """Usulan kantor: apa yang diusulkan, sampai di mana, dan apa putusannya."""

    serializer_class = SubmissionSerializer
    filterset_class = filters_of(Submission, {"state": ONE_OF, "purpose": ONE_OF, "number": ["exact"]})

    @extend_schema(request=NewSubmissionSerializer, parameters=[KEY], responses={202: RECEIPT})
    def create(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        """Usulkan beberapa perubahan sekaligus; semuanya dikirim sebagai satu usulan."""
        self.check_parameters([])
        return once(request, self._create)

    def _create(self) -> HttpResponse:
        asked = NewSubmissionSerializer(data=self.request.data)
        asked.is_valid(raise_exception=True)
        wishes = wishes_of(asked.validated_data["changes"], self.request)
        user = self.request.user
        with changing(by=user), transaction.atomic():
            return refused(lambda: self._sent(user, wishes, asked.validated_data["note"]))

    @staticmethod
    def _sent(user: Any, wishes: list[Wish], note: str) -> HttpResponse:
        purpose = next((one.kind.purpose for one in wishes if one.operation == Operation.CREATE), Purpose.CHANGE)
        due = next((day for one in wishes if (day := due_on(one))), None) if purpose == Purpose.REPORT else None
        draft = actions.draft(by=user, wishes=wishes, purpose=purpose, due_on=due)
        draft = actions.edit(submission=draft, by=user, note=note)
        return receipt(actions.submit(submission=draft, by=user), wishes[0].record_id)

    def retrieve(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        """Dengan perubahannya satu per satu di `changes`."""
        response: Any = super().retrieve(request, *args, **kwargs)
        if response.status_code != status.HTTP_200_OK:
            return response
        submission = self.get_queryset().get(pk=self.key())
        body = orjson.loads(response.content) | {"changes": changes_of(submission, request.user)}
        response.content = orjson.dumps(body)
        return response

    @extend_schema(request=None, parameters=[KEY], responses=SubmissionSerializer)
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        """Tarik kembali usulan yang belum diputuskan."""
        return once(request, self._withdraw)

    def _withdraw(self) -> HttpResponse:
        submission = self.get_queryset().filter(pk=self.key()).first()
        if submission is None:
            raise Http404
        with changing(by=self.request.user), transaction.atomic():
            return refused(lambda: self._withdrawn(submission))

    def _withdrawn(self, submission: Submission) -> HttpResponse:
        actions.withdraw(submission=submission, by=self.request.user)
        return self.fresh(submission.pk, status.HTTP_200_OK)
