"""The registry's settings for tests: development mode, quick hashing, no files left behind."""

import os
import tempfile
from pathlib import Path

os.environ["DEBUG"] = "1"
os.environ.pop("DEMO", None)

from batik_registry.settings import *  # noqa: F403
from batik_registry.settings import DATABASES, STORAGES

DEBUG = False
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
MEDIA_ROOT = Path(tempfile.mkdtemp(prefix="registri-media-"))
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
DATABASES["default"]["TEST"] = {"NAME": "test_registri" + os.environ.get("TEST_DATABASE_SUFFIX", "")}
API_TOKEN_RATE = API_SESSION_RATE = API_STRANGER_RATE = 1_000_000  # a crawl asks more in a minute than a partner may
