"""What the contract says about every resource alike: pages, parameters, refusals."""

from typing import Any

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiResponse

from batik_registry.rest.problems import MEDIA_TYPE, ProblemSerializer


class Schema(AutoSchema):
    """Adds the one form of all refusals to each operation."""

    def _get_response_bodies(self, *args: Any, **kwargs: Any) -> Any:
        found = super()._get_response_bodies(*args, **kwargs)
        problem = OpenApiResponse(ProblemSerializer, description="Penolakan, dengan kode dan kalimatnya (RFC 9457)")
        found["default"] = self._get_response_for_code(problem, "default", media_types=[MEDIA_TYPE])
        return found
