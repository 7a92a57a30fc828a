"""The feed, the snapshot and the digests as addresses of the API."""

import hashlib
from collections.abc import Iterator
from typing import Any

import orjson
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.gzip import gzip_page
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.views import APIView

from accounts.models import User
from batik_registry.rest import formats, parameters, resources
from batik_registry.rest.paging import limit_of
from batik_registry.rest.problems import InvalidParameter
from batik_registry.rest.viewsets import downloaded
from changes import digests, feed
from changes.models import Change

TYPES = OpenApiParameter("types", str, description="Jenis data dipisah koma; kosong berarti semua yang boleh dibaca")


KINDS = ["created", "updated", "deleted", "entered", "left"]


def types_of(request: HttpRequest) -> list[str]:
    """The resources that were asked for; without the parameter all that the reader may read."""
    return types_of_user(request.user, request.GET.get("types", ""))


def types_of_user(user: Any, asked: str) -> list[str]:
    if not user.may.read(Change) or user.region_prefix is None or user.assigned_ids is not None:
        raise PermissionDenied(_("Umpan perubahan hanya bagi token yang jangkauannya sebuah wilayah."))
    readable = [
        name for name, view in resources.registered().items() if user.may.read(view.serializer_class.Meta.model)
    ]
    wanted = [name.strip() for name in asked.split(",") if name.strip()]
    for name in wanted:
        if name not in readable:
            told = {"name": name, "known": ", ".join(readable)}
            raise InvalidParameter("types", _("%(name)s tidak ada di sini. Yang ada: %(known)s.") % told)
    return wanted or readable


class ChangeSerializer(serializers.Serializer):
    """One change, as far as it concerns the reader."""

    cursor = serializers.CharField(help_text="Penanda perubahan ini; kirim sebagai `after` untuk yang sesudahnya")
    type = serializers.CharField(help_text="Jenis data, sama dengan namanya di alamat")
    kind = serializers.ChoiceField(
        KINDS,
        help_text="entered dan left: data masuk ke, atau keluar dari, jangkauan token",
    )
    id = serializers.CharField(help_text="Kunci data")
    recorded_at = serializers.DateTimeField(help_text="Kapan dicatat, UTC")
    actor = serializers.CharField(allow_blank=True, help_text="Siapa yang mengubah; kosong bila bukan untuk token ini")
    door = serializers.CharField(help_text="Pintu: admin, portal, api, sql, …")
    reason = serializers.CharField(allow_blank=True, help_text="Alasan yang dicatat")
    submission = serializers.CharField(allow_blank=True, help_text="ID usulan yang disetujui, bila ada")
    data = serializers.JSONField(  # type: ignore[assignment]
        allow_null=True, help_text="Data sesudah perubahan; null setelah deleted dan left"
    )


class FeedSerializer(serializers.Serializer):
    results = ChangeSerializer(many=True, help_text="Perubahan dalam urutan tetap; boleh kosong walau `more` benar")
    cursor = serializers.CharField(allow_blank=True, help_text="Simpan, lalu kirim sebagai `after`")
    more = serializers.BooleanField(help_text="Masih ada; minta lagi sekarang")
    feed_lag_seconds = serializers.FloatField(help_text="Sudah berapa lama perubahan tertua tertahan sebuah transaksi")


@method_decorator(gzip_page, name="dispatch")
class FeedView(APIView):
    """Perubahan yang tidak pernah terlewat dan tidak pernah berulang."""

    @extend_schema(
        operation_id="changes_list",
        parameters=[
            OpenApiParameter("after", str, description="Penanda terakhir yang sudah diolah; kosong dari awal"),
            OpenApiParameter("limit", int, description="Sebanyak-banyaknya sekian perubahan, 1 sampai 1000"),
            TYPES,
        ],
        responses=FeedSerializer,
    )
    def get(self, request: HttpRequest) -> HttpResponse:
        parameters.check(request.GET, ["after", "types", "limit"])
        names, limit = types_of(request), limit_of(request.GET.get("limit", ""))
        lag = feed.lag_seconds()
        events, cursor, more = feed.read(request.user, names, request.GET.get("after", ""), limit)
        names_actors = request.user.may.read(User)
        body = {
            "results": [_event(one, names_actor=names_actors) for one in events],
            "cursor": cursor,
            "more": more,
            "feed_lag_seconds": lag,
        }
        return HttpResponse(orjson.dumps(body), content_type="application/json", headers={"Cache-Control": "no-store"})


def _event(event: feed.Told, *, names_actor: bool) -> dict[str, Any]:
    change = event.change
    return {
        "cursor": str(change.seq),
        "type": event.resource,
        "kind": event.kind,
        "id": change.record_id,
        "recorded_at": change.recorded_at,
        "actor": change.actor_name if names_actor else "",
        "door": change.door,
        "reason": change.reason if names_actor else "",
        "submission": change.submission_id,
        "data": orjson.Fragment(event.document) if event.document is not None else None,
    }


class DigestSerializer(serializers.Serializer):
    type = serializers.CharField(help_text="Jenis data")
    part = serializers.CharField(allow_blank=True, help_text="Provinsi, ember (dua angka akhir kunci), atau kunci data")
    count = serializers.IntegerField(help_text="Banyaknya data")
    checksum = serializers.CharField(help_text="Jumlah sidik, 16 angka heksadesimal")


class DigestsSerializer(serializers.Serializer):
    cursor = serializers.CharField(allow_blank=True, help_text="Digest ini berlaku tepat pada penanda ini")
    results = DigestSerializer(many=True, help_text="Digest per bagian")


class DigestView(APIView):
    """Jumlah dan sidik data pada sebuah penanda, untuk membuktikan salinan."""

    request_cost = 10

    @extend_schema(
        operation_id="digests_list",
        parameters=[
            TYPES,
            OpenApiParameter("cursor", str, description="Penanda salinan Anda; kosong berarti yang terbaru"),
            OpenApiParameter("by", str, enum=["region", "bucket", "record"], description="Bagian yang dihitung"),
            OpenApiParameter("region", str, description="Hanya provinsi ini"),
            OpenApiParameter("bucket", str, description="Hanya ember ini: dua angka akhir kunci"),
        ],
        responses=DigestsSerializer,
    )
    def get(self, request: HttpRequest) -> HttpResponse:
        parameters.check(request.GET, ["types", "cursor", "by", "region", "bucket"])
        names, by = types_of(request), request.GET.get("by", "region")
        if by not in ("region", "bucket", "record"):
            raise InvalidParameter("by", _("Pilih region, bucket, atau record."))
        if by == "record" and (len(names) > 1 or not request.GET.get("bucket")):
            raise InvalidParameter("by", _("Untuk record, sebutkan satu jenis di types dan satu bucket."))
        seq, xid, cursor = place_of(request.GET.get("cursor", ""))
        narrowed = {name: request.GET.get(name, "") for name in ("region", "bucket")}
        results = [
            {"type": one.resource, "part": one.part, "count": one.count, "checksum": one.checksum}
            for name in names
            for one in digests.digests(request.user, name, seq, xid, by=by, **narrowed)
        ]
        body = {"cursor": cursor, "results": results}
        return HttpResponse(orjson.dumps(body), content_type="application/json", headers={"Cache-Control": "no-store"})


def place_of(cursor: str) -> tuple[int, int, str]:
    """The number and the transaction of a cursor, by default of the newest safe one."""
    cursor = cursor or feed.newest_cursor(feed.safe_before())
    seq = feed.cursor_place(cursor)
    if not seq:
        return 0, 0, ""
    with connection.cursor() as database:
        return seq, feed.transaction_of(database, seq), cursor


class SnapshotView(APIView):
    """Semua data sekaligus, baris demi baris, dengan penanda tempat umpan dilanjutkan."""

    request_cost = 60
    content_negotiation_class = formats.Answering

    @extend_schema(operation_id="changes_snapshot", parameters=[TYPES], responses={(200, "application/x-ndjson"): str})
    def get(self, request: HttpRequest) -> StreamingHttpResponse:
        parameters.check(request.GET, ["types"])
        lines = snapshot(request.user, types_of(request))
        return StreamingHttpResponse(lines, content_type="application/x-ndjson", headers={"Cache-Control": "no-store"})


def snapshot(user: Any, names: list[str]) -> Iterator[bytes]:
    """A head with the cursor, a line for each row, and a foot that says how many there were and their SHA-256.

    Whoever reads no foot has read a cut file. All of it is as of the cursor: what is written while one reads is put
    back as it was from the log, so no transaction stays open for a slow reader.
    """
    checksum, count = hashlib.sha256(), 0
    seq, xid, cursor = place_of("")
    yield orjson.dumps({"cursor": cursor, "types": names}) + b"\n"
    for name in names:
        for line in _lines(user, name, seq, xid):
            checksum.update(line)
            count += 1
            yield line
    yield orjson.dumps({"count": count, "sha256": checksum.hexdigest()}) + b"\n"


def _lines(user: Any, name: str, seq: int, xid: int) -> Iterator[bytes]:
    view = resources.registered()[name]
    model: Any = view.serializer_class.Meta.model
    rows = model._default_manager.filter(model.told_to(user)).order_by()
    head = f'{{"type":"{name}","data":'
    for part in downloaded(user, rows, view.columns_for(user), digests.tables_at(model, seq, xid)):
        for row in part:
            yield f"{head}{row.text}}}\n".encode()
