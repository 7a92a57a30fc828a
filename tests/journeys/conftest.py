"""A real browser: the Chromium of the machine, none is downloaded."""

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings as django_settings
from playwright.sync_api import Browser, Page

from accounts.models import User

# Playwright's synchronous interface runs an event loop in the test's thread, where Django would refuse the database.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine")
    return {"executable_path": CHROMIUM, "args": ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]}


@pytest.fixture
def page_of(
    browser: Browser, live_server: Any, client_of: Callable[[User], Any], settings: Any
) -> Iterator[Callable[..., Page]]:
    """A browser page in which this user is signed in: `page_of(leader, theme="dark", width=390, scripts=False)`."""
    settings.REQUIRE_STAFF_MFA = False
    contexts = []

    def opened(
        user: User, *, theme: str = "light", width: int = 1280, scripts: bool = True, worker: bool = False
    ) -> Page:
        context = browser.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": 900},
            color_scheme=theme,
            java_script_enabled=scripts,
            reduced_motion="reduce",  # colours are measured when they have arrived
            locale="id-ID",
            timezone_id="Asia/Jakarta",
            service_workers="allow" if worker else "block",  # it would answer before a test can cut the network
        )
        contexts.append(context)
        session = client_of(user).cookies[django_settings.SESSION_COOKIE_NAME].value
        context.add_cookies([{"name": django_settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
        return context.new_page()

    yield opened
    for context in contexts:
        context.close()
