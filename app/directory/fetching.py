"""One answer at a time from somebody else's web service, where nothing it says can lead anywhere else or go on for ever."""

import ipaddress
import socket
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import cast
from urllib.parse import SplitResult, urlsplit

import urllib3
from urllib3.exceptions import HTTPError

from app.directory.refusal import Unfetched, WhyNot

LARGEST_ANSWER = 50 * 1024 * 1024
"""Bytes of one answer."""
LONGEST_ANSWER = 120.0
"""Seconds until one answer is complete."""
PAUSE = 0.1
"""Seconds between two requests: a council's server has other things to do."""
TRIES = 4
LONGEST_WAIT = 300.0
"""Seconds that a server may ask us to wait before the next try."""
_CONNECTING = urllib3.Timeout(connect=10, read=30)
_CHUNK = 64 * 1024
_AGAIN = {429, 500, 502, 503, 504}


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back. `etag` and `modified` are what to ask with the next time; an empty text where it gave none."""

    status: int
    body: bytes
    etag: str
    modified: str


class Fetcher:
    """Asks one feed. Outside development only by https, on an allowed host, and never at an address inside a network.

    The address is looked up once and held to, so that it cannot become another one between the check and the request.
    """

    def __init__(
        self, address: str, *, agent: str, hosts: tuple[str, ...], development: bool, pause: Callable[[float], None] = time.sleep
    ) -> None:
        parts = allowed(address, hosts=hosts, development=development)
        self._path = parts.path.rstrip("/")
        self._host = parts.netloc
        self._agent = agent
        self._pause = pause
        self._pool = _pool(parts.scheme, str(parts.hostname), parts.port, development=development)

    def get(self, path: str, known: Mapping[str, str]) -> Answer:
        """GET a path below the feed's address; `known` are headers that say what we have. Tried again where that may help.

        Raises Unfetched.
        """
        for turn in range(1, TRIES + 1):
            self._pause(PAUSE)
            try:
                answer, wait = self._once(self._path + path, known)
            except (HTTPError, OSError) as error:
                answer, wait, cause = None, None, type(error).__name__
            if answer and answer.status not in _AGAIN:
                return answer
            if turn < TRIES:
                self._pause(min(2.0**turn if wait is None else wait, LONGEST_WAIT))
        raise Unfetched(WhyNot.NO_ANSWER, path=path, cause=f"HTTP {answer.status}" if answer else cause, tries=TRIES)

    def _once(self, path: str, known: Mapping[str, str]) -> tuple[Answer, float | None]:
        headers = {"Host": self._host, "User-Agent": self._agent, "Accept": "application/json", "Accept-Encoding": "identity", **known}
        until = time.monotonic() + LONGEST_ANSWER
        response = self._pool.urlopen("GET", path or "/", headers=headers, redirect=False, retries=False, preload_content=False)
        try:
            if 300 <= response.status < 400 and response.status != 304:
                raise Unfetched(WhyNot.REDIRECTED, path=path)
            body = bytearray()
            for chunk in response.stream(_CHUNK, decode_content=False):
                body += chunk
                if len(body) > LARGEST_ANSWER or time.monotonic() > until:
                    raise Unfetched(WhyNot.TOO_MUCH, path=path, megabytes=LARGEST_ANSWER // 1024**2, seconds=round(LONGEST_ANSWER))
        finally:
            response.close()
        told = response.headers
        answer = Answer(response.status, bytes(body), told.get("ETag", ""), told.get("Last-Modified", ""))
        return answer, _seconds(told.get("Retry-After", ""))


def allowed(address: str, *, hosts: tuple[str, ...], development: bool) -> SplitResult:
    """The parts of the address of a feed that may be asked. Raises Unfetched. Nothing is looked up."""
    try:
        parts, port = urlsplit(address), urlsplit(address).port
    except ValueError:
        raise Unfetched(WhyNot.NOT_AN_ADDRESS, address=address) from None
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username or parts.query or parts.fragment:
        raise Unfetched(WhyNot.NOT_AN_ADDRESS, address=address)
    if not development and (parts.scheme != "https" or port not in (None, 443)):
        raise Unfetched(WhyNot.NOT_HTTPS, address=address)
    if not development and parts.hostname not in hosts:
        raise Unfetched(WhyNot.HOST_NOT_ALLOWED, host=parts.hostname)
    return parts


def _pool(scheme: str, host: str, port: int | None, *, development: bool) -> urllib3.HTTPConnectionPool:
    """Connections to the address that the host has now."""
    try:
        found = socket.getaddrinfo(host, port or scheme, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise Unfetched(WhyNot.UNKNOWN_HOST, host=host) from None
    addresses = [cast(str, entry[4][0]) for entry in found]
    if not development and not all(is_public(address) for address in addresses):
        raise Unfetched(WhyNot.PRIVATE_ADDRESS, host=host)
    if scheme == "https":
        return urllib3.HTTPSConnectionPool(addresses[0], port or 443, timeout=_CONNECTING, server_hostname=host, assert_hostname=host)
    return urllib3.HTTPConnectionPool(addresses[0], port or 80, timeout=_CONNECTING)


def is_public(address: str) -> bool:
    """True for an address that anybody on the internet can reach: not of this machine, a network inside, or a cloud's own."""
    found = ipaddress.ip_address(address.partition("%")[0])
    inner = getattr(found, "ipv4_mapped", None) or getattr(found, "sixtofour", None) or found
    return bool(inner.is_global and found.is_global and not inner.is_multicast)


def _seconds(retry_after: str) -> float | None:
    """What a server says of when to try again: seconds, or a moment."""
    if retry_after.isascii() and retry_after.isdigit():
        return float(retry_after[:9])
    try:
        return max(0.0, parsedate_to_datetime(retry_after).timestamp() - time.time())
    except (ValueError, OverflowError):
        return None
