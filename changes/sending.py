"""One request to somebody else's server: to a public address alone, signed, never led elsewhere."""

import base64
import hashlib
import hmac
import http.client
import ipaddress
import socket
import ssl
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

#: Seconds that the other side has for each step, and what is read of its answer in bytes.
TIMEOUT = 10
MOST_READ = 4096


class Unreachable(Exception):  # noqa: N818 - it reads as it is meant
    """The address cannot be asked; `str()` says why."""


@dataclass(frozen=True)
class Answer:
    status: int

    @property
    def is_yes(self) -> bool:
        return 200 <= self.status < 300

    @property
    def is_gone(self) -> bool:
        return self.status == http.HTTPStatus.GONE


class _Pinned(http.client.HTTPSConnection):
    """Connects to the one address that was looked at, under the host's own name."""

    def __init__(self, host: str, port: int, address: str, context: ssl.SSLContext) -> None:
        super().__init__(host, port, timeout=TIMEOUT, context=context)
        self.address, self.tls = address, context

    def connect(self) -> None:
        plain = socket.create_connection((self.address, self.port), TIMEOUT)
        self.sock = self.tls.wrap_socket(plain, server_hostname=self.host)


def post(url: str, headers: dict[str, str], body: bytes) -> Answer:
    """Raises `Unreachable`. A redirect is an answer like any other: nobody follows it."""
    parts = urlsplit(url)
    host, port = parts.hostname or "", parts.port or 443
    connection = _Pinned(host, port, public_address(host, port), tls_context())
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        connection.request("POST", path, body, headers | {"Content-Type": "application/cloudevents+json"})
        answer = connection.getresponse()
        answer.read(MOST_READ)
        return Answer(answer.status)
    except (OSError, http.client.HTTPException) as error:
        raise Unreachable(f"{type(error).__name__}: {error}"[:200]) from None
    finally:
        connection.close()


def tls_context() -> ssl.SSLContext:
    return ssl.create_default_context(cafile=settings.WEBHOOK_CA_FILE or None)


def public_address(host: str, port: int) -> str:
    """The address to connect to, looked up now. Refused if any that the name has leads into a closed network."""
    try:
        found: Any = {one[4][0] for one in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)}
    except (OSError, UnicodeError):
        raise Unreachable(_("Nama host tidak ditemukan.")) from None
    for one in found:
        if not is_public(one) and host not in settings.WEBHOOK_PRIVATE_HOSTS:
            raise Unreachable(_("Alamat ini berada di jaringan tertutup."))
    return str(sorted(found)[0])


def is_public(address: str) -> bool:
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address) and ip.ipv4_mapped:
        ip = ip.ipv4_mapped
    return ip.is_global and not ip.is_multicast


def signature(key: bytes, message_id: str, at: int, body: bytes) -> str:
    """As Standard Webhooks asks: over id, time and body."""
    signed = f"{message_id}.{at}.".encode() + body
    return "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
