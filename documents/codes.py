"""Codes of documents: sixteen letters and digits that no two look alike, in groups of four for people."""

import base64
import json
from typing import Any

from batik_registry.encryption import keyed_hash


def code_of(kind: str, record_id: object, content: dict[str, Any]) -> str:
    """80 bits that follow from what stands on the paper; without our key nobody can try contents out."""
    told = json.dumps([kind, str(record_id), content], sort_keys=True)
    return base64.b32encode(bytes.fromhex(keyed_hash(told))[:10]).decode()


def grouped(code: str) -> str:
    """ABCDEFGHIJKLMNOP -> ABCD-EFGH-IJKL-MNOP."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def read(typed: str) -> str:
    """The code as it is kept, however it was typed: base 32 has no 0, 1 and 8, so these were O, I and B."""
    letters = "".join(letter for letter in typed.upper() if letter.isalnum())
    return letters.translate(str.maketrans("018", "OIB"))
