from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

import batik_registry.api  # noqa: F401 - there the resources are named
from accounts.models import User
from tests.factories.tokens import make_token


class Api:
    """Another system with a token: `api.get("centres", region_code="35")` gives the answer's JSON."""

    def __init__(self, shown: str) -> None:
        self.client = Client(headers={"authorization": f"Bearer {shown}"})

    def ask(self, path: str, **query: Any) -> Any:
        headers = query.pop("headers", {})
        address = path if path.startswith("/") else f"/api/v1/{path}/"
        return self.client.get(address, query, headers=headers)

    def get(self, path: str, **query: Any) -> Any:
        answer = self.ask(path, **query)
        assert answer.status_code == 200, answer.content
        return answer.json()

    def send(self, method: str, path: str, data: Any, **headers: str) -> Any:
        """`headers` with underscores: `if_match='"1"'`."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        send = getattr(self.client, method)
        return send(f"/api/v1/{path}/", data, content_type="application/json", headers=named)

    def all(self, path: str, **query: Any) -> list[Any]:
        """Every row, page by page."""
        page = self.get(path, **query)
        rows = page["results"]
        while page["next"]:
            page = self.client.get(page["next"]).json()
            rows += page["results"]
        return rows


@pytest.fixture
def api() -> Callable[..., Api]:
    def of(user: User, *scopes: str, **fields: Any) -> Api:
        return Api(make_token(user, *scopes, **fields)[1])

    return of
