"""Personal numbers at rest: Fernet (AES-128-CBC, HMAC-SHA256) under a ring of keys, and a keyed hash to match by."""

import hashlib
import hmac
from functools import cache

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings


@cache
def _ring(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key.strip()) for key in keys])


def encrypt(text: str) -> str:
    return _ring(tuple(settings.PERSONAL_DATA_KEYS)).encrypt(text.encode()).decode()


def decrypt(token: str) -> str:
    """The text behind a token of any key of the ring; `cryptography.fernet.InvalidToken` where no key fits."""
    return _ring(tuple(settings.PERSONAL_DATA_KEYS)).decrypt(token.encode()).decode()


def rotated(token: str) -> str:
    """The same text under the newest key."""
    return _ring(tuple(settings.PERSONAL_DATA_KEYS)).rotate(token.encode()).decode()


def keyed_hash(text: str) -> str:
    """64 hexadecimal digits that are equal for equal texts and tell nothing without the key."""
    return hmac.new(settings.PERSONAL_DATA_HASH_KEY.encode(), text.encode(), hashlib.sha256).hexdigest()


def encrypt_bytes(content: bytes) -> bytes:
    return _ring(tuple(settings.PERSONAL_DATA_KEYS)).encrypt(content)


def decrypt_bytes(token: bytes) -> bytes:
    return _ring(tuple(settings.PERSONAL_DATA_KEYS)).decrypt(token)
