"""A POST that is sent again does nothing again: the same `Idempotency-Key` gets the same answer.

The deed and the memory of its answer are one transaction: a process that is killed leaves neither, and the key is free.
A second request with the key waits for the first, until the database's lock time-out.
"""

import hashlib
import re
from collections.abc import Callable
from typing import Any

from django.db import OperationalError, connection, transaction
from django.http import HttpResponse
from django.utils.translation import gettext as _
from rest_framework import status

from batik_registry.rest.models import Answered
from batik_registry.rest.problems import InvalidHeader, Refusal

HEADER = "Idempotency-Key"
SHAPE = re.compile(r"[\x21-\x7e]{1,255}")
#: How long a second request waits for the first, in seconds; the database counts.
PATIENCE = 5
KEPT_HEADERS = ("Content-Type", "ETag", "Location")


class InFlight(Refusal):
    """The first request with this key is still at work."""

    def __init__(self) -> None:
        super().__init__("conflict", _("Permintaan dengan kunci ini masih dikerjakan."), status.HTTP_409_CONFLICT)
        self.wait = PATIENCE


def once(request: Any, deed: Callable[[], HttpResponse]) -> HttpResponse:
    """The answer of the deed, or the one that was given before to the same key. Refusals are not remembered."""
    key = request.headers.get(HEADER, "")
    if not key:
        return deed()
    if not SHAPE.fullmatch(key):
        raise InvalidHeader(HEADER, _("Isi 1 sampai 255 huruf ASCII tanpa spasi, misalnya sebuah UUID."))
    asked = hashlib.sha256("\n".join([request.method, request.path]).encode() + request.body).digest()
    with transaction.atomic():
        _wait_for_turn(request.user.pk, key)
        before = Answered.objects.filter(user_id=request.user.pk, key=key).first()
        if before:
            return _again(before, asked)
        response = deed()
        Answered.objects.create(
            user_id=request.user.pk,
            key=key,
            asked=asked,
            status=response.status_code,
            headers={name: response[name] for name in KEPT_HEADERS if name in response},
            body=response.content,
        )
    return response


def _wait_for_turn(user: Any, key: str) -> None:
    """One request of a key at a time; the lock goes with the transaction, also with a killed one."""
    turn = int.from_bytes(hashlib.sha256(f"{user}\n{key}".encode()).digest()[:8], "big", signed=True)
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('lock_timeout', %s, true)", [f"{PATIENCE}s"])
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [turn])
            cursor.execute("SELECT set_config('lock_timeout', '0', true)")
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", "") == "55P03":  # lock_not_available
            raise InFlight from None
        raise


def _again(before: Answered, asked: bytes) -> HttpResponse:
    if bytes(before.asked) != asked:
        told = _("Kunci ini sudah dipakai untuk permintaan dengan isi lain. Pakai kunci baru.")
        raise Refusal("idempotency_key_reused", told, status.HTTP_422_UNPROCESSABLE_ENTITY)
    response = HttpResponse(bytes(before.body), status=before.status, headers=before.headers)
    response["Idempotency-Replayed"] = "true"
    return response
