"""A real SMTP server in a thread of its own, that keeps what it took and answers as it is told."""

import asyncio
import socket
import ssl
from collections.abc import Callable
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from types import TracebackType
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

TAKEN = "250 OK"
USER, PASSWORD = "post", "a pass/word: 100%"


class Sink(Controller):
    """`letters` are those that were taken. `answer` is given the recipient and gives the answer to a letter. It takes
    `thinking` seconds to take one, and `keeping_still` more to say so."""

    def __init__(self, *, starttls: ssl.SSLContext | None = None, tls: ssl.SSLContext | None = None, login: bool = False) -> None:
        self.letters: list[EmailMessage] = []
        self.answer: Callable[[str], str] = lambda _recipient: TAKEN
        self.thinking = 0.0
        self.keeping_still = 0.0
        self.connections = 0
        self.options = {"tls_context": starttls, "require_starttls": starttls is not None}
        if login:
            self.options |= {"auth_required": True, "authenticator": _knows, "auth_require_tls": True}
        super().__init__(self, hostname="127.0.0.1", port=free_port(), ssl_context=tls)

    def factory(self) -> SMTP:
        return _Counted(self, self.options)

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:
        await asyncio.sleep(self.thinking)
        answer = self.answer(envelope.rcpt_tos[0])
        if answer == TAKEN:
            assert isinstance(envelope.content, bytes)
            self.letters.append(message_from_bytes(envelope.content, policy=default))  # type: ignore[arg-type]
        await asyncio.sleep(self.keeping_still)
        return answer

    @property
    def ids(self) -> list[str]:
        """The Message-ID of each letter that was taken, in order."""
        return [letter["Message-ID"] for letter in self.letters]

    def __enter__(self) -> "Sink":
        self.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.stop()


class _Counted(SMTP):
    def __init__(self, sink: Sink, options: dict[str, Any]) -> None:
        super().__init__(sink, **options)
        self.sink = sink

    def connection_made(self, transport: Any) -> None:
        self.sink.connections += 1
        super().connection_made(transport)

    def connection_lost(self, error: Exception | None) -> None:
        super().connection_lost(error)
        self.sink.connections -= 1


def _knows(_server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, login: Any) -> AuthResult:
    return AuthResult(success=login == LoginPassword(USER.encode(), PASSWORD.encode()), handled=False)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
