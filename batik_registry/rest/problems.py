"""Refusals as `application/problem+json` (RFC 9457), each with a code that never changes its meaning.

`CODES` is the published list: whatever else goes wrong carries one of them.
"""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_standardized_errors.formatter import ExceptionFormatter
from drf_standardized_errors.handler import ExceptionHandler
from drf_standardized_errors.types import ErrorResponse
from rest_framework import serializers, status
from rest_framework.exceptions import APIException, ValidationError
from rest_framework.response import Response

MEDIA_TYPE = "application/problem+json"

#: What each code means, for the list that partners read.
CODES = {
    "invalid": gettext_lazy("Satu atau beberapa isian tidak dapat diterima; lihat `errors`."),
    "parse_error": gettext_lazy("Isi permintaan bukan JSON yang benar."),
    "unknown_parameter": gettext_lazy("Alamat memuat parameter yang tidak dikenal di sini."),
    "invalid_parameter": gettext_lazy("Nilai sebuah parameter tidak dapat dibaca."),
    "authentication_failed": gettext_lazy("Token tidak dikenal, kedaluwarsa, dicabut, atau dipakai dari alamat lain."),
    "not_authenticated": gettext_lazy("Sertakan token: `Authorization: Bearer …`."),
    "permission_denied": gettext_lazy("Token atau akun ini tidak berhak melakukan ini."),
    "not_found": gettext_lazy("Data tidak ada, atau berada di luar jangkauan token."),
    "method_not_allowed": gettext_lazy("Alamat ini tidak menerima metode tersebut."),
    "not_acceptable": gettext_lazy("Bentuk jawaban yang diminta tidak tersedia di alamat ini."),
    "unsupported_media_type": gettext_lazy("Kirim isi permintaan sebagai `application/json`."),
    "precondition_required": gettext_lazy("Sertakan `If-Match` dengan ETag data yang Anda ubah."),
    "precondition_failed": gettext_lazy("Data telah berubah sejak Anda membacanya; baca lagi lalu ulangi."),
    "idempotency_key_reused": gettext_lazy("`Idempotency-Key` ini sudah dipakai untuk isi yang lain."),
    "conflict": gettext_lazy("Permintaan tidak dapat dilakukan dalam keadaan data sekarang."),
    "throttled": gettext_lazy("Terlalu banyak permintaan; tunggu selama `Retry-After` detik."),
    "error": gettext_lazy("Kesalahan di server; ulangi nanti."),
}


class Refusal(APIException):
    """A refusal with a code of the list and a sentence of its own."""

    def __init__(self, code: str, detail: str, status_code: int = status.HTTP_400_BAD_REQUEST) -> None:
        self.status_code = status_code
        super().__init__(detail, code)


class UnknownParameter(Refusal):
    def __init__(self, name: str, known: list[str]) -> None:
        told = {"name": name, "known": ", ".join(sorted(known))}
        super().__init__("unknown_parameter", _("Parameter %(name)s tidak dikenal. Yang dikenal: %(known)s.") % told)


class InvalidParameter(Refusal):
    def __init__(self, name: str, detail: str) -> None:
        super().__init__("invalid_parameter", f"{name}: {detail}")


class InvalidHeader(InvalidParameter):
    """A header that cannot be read."""


class PreconditionRequired(Refusal):
    def __init__(self) -> None:
        super().__init__("precondition_required", str(CODES["precondition_required"]), 428)


class PreconditionFailed(Refusal):
    """`tag` is the one that the row has now."""

    def __init__(self, tag: str) -> None:
        super().__init__("precondition_failed", str(CODES["precondition_failed"]), status.HTTP_412_PRECONDITION_FAILED)
        self.tag = tag


class Conflict(Refusal):
    def __init__(self, detail: str) -> None:
        super().__init__("conflict", detail, status.HTTP_409_CONFLICT)


class Formatter(ExceptionFormatter):
    """One shape for every refusal: type, title, status, detail, code, and the faults one by one."""

    def format_error_response(self, error_response: ErrorResponse) -> Any:
        faults = [
            {
                "pointer": "#/" + one.attr.replace(".", "/") if one.attr else "",
                "code": one.code,
                "detail": str(one.detail),
            }
            for one in error_response.errors
        ]
        is_invalid = isinstance(self.exc, ValidationError)
        code = "invalid" if is_invalid else known(error_response.errors[0].code, self.exc.status_code)
        detail = _("%d isian perlu diperbaiki.") % len(faults) if is_invalid else faults[0]["detail"]
        return told(self.context["request"], code, self.exc.status_code, detail, faults)


def told(request: Any, code: str, status_code: int, detail: str, faults: list[dict[str, str]]) -> dict[str, Any]:
    return {
        "type": f"/api/masalah/#{code}",
        "title": str(CODES[code]),
        "status": status_code,
        "code": code,
        "detail": detail,
        "instance": request.get_full_path(),
        "errors": faults,
    }


def not_found(request: HttpRequest) -> JsonResponse:
    """The answer at an address of the API that leads nowhere."""
    detail = _("Alamat ini tidak ada di API.")
    faults = [{"pointer": "", "code": "not_found", "detail": detail}]
    body = told(request, "not_found", status.HTTP_404_NOT_FOUND, detail, faults)
    return JsonResponse(body, status=status.HTTP_404_NOT_FOUND, content_type=MEDIA_TYPE)


def known(code: str, status_code: int) -> str:
    """The code itself where it is published, else the published one of that status."""
    fallback = {400: "invalid", 401: "not_authenticated", 403: "permission_denied", 404: "not_found", 409: "conflict"}
    return code if code in CODES else fallback.get(status_code, "error")


class Handler(ExceptionHandler):
    def convert_known_exceptions(self, exc: Exception) -> Exception:
        """A refusal of our own that says more than "403" keeps its sentence."""
        if isinstance(exc, PermissionDenied) and str(exc):
            return Refusal("permission_denied", str(exc), status.HTTP_403_FORBIDDEN)
        found: Exception = super().convert_known_exceptions(exc)
        return found

    def get_response(self, exc: APIException, data: Any) -> Response:
        response = super().get_response(exc, data)
        response.content_type = MEDIA_TYPE
        if isinstance(exc, PreconditionFailed):
            response["ETag"] = exc.tag
        return response


class FaultSerializer(serializers.Serializer):
    """One fault of a refused request."""

    pointer = serializers.CharField(
        allow_blank=True, help_text="JSON pointer (RFC 6901) ke isian yang salah; kosong bila menyangkut semuanya"
    )
    code = serializers.CharField(help_text="Kode kesalahan isian, untuk program")
    detail = serializers.CharField(help_text="Kalimat untuk manusia: apa yang salah dan apa yang harus dilakukan")


class ProblemSerializer(serializers.Serializer):
    """A refusal, in the form of RFC 9457."""

    type = serializers.CharField(help_text="Alamat penjelasan kode ini")
    title = serializers.CharField(help_text="Arti kode, selalu sama")
    status = serializers.IntegerField(help_text="Status HTTP")
    code = serializers.ChoiceField(choices=sorted(CODES), help_text="Kode yang tidak berubah artinya")
    detail = serializers.CharField(help_text="Penjelasan untuk permintaan ini")
    instance = serializers.CharField(help_text="Alamat yang diminta")
    errors = FaultSerializer(  # type: ignore[assignment]
        many=True, help_text="Kesalahan satu per satu; tidak pernah kosong"
    )
