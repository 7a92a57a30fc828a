"""Secrets of development and demo, generated once and kept where git does not look."""

import base64
import os
from contextlib import suppress
from pathlib import Path


def local_secret(path: Path) -> str:
    """Read the secret kept at `path`, making it first (32 random bytes, url-safe base64: a valid Fernet key)."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_suffix(f".{os.getpid()}")
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(base64.urlsafe_b64encode(os.urandom(32)))
        with suppress(FileExistsError):  # whoever is first wins; everybody reads the same secret
            os.link(draft, path)
        draft.unlink()
    return path.read_text()
