"""Letters go over a line that is as safe as MAIL_URL asks, or not at all."""

import smtplib
import ssl
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from flask import Flask

from app.jobs.actions import send
from app.jobs.outbox import post
from app.jobs.queries import outbox
from tests.web.jobs.conftest import MailAt
from tests.web.jobs.sink import PASSWORD, USER, Sink


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for localhost and its key, in one file."""
    path = tmp_path_factory.mktemp("certificate") / "server.pem"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"]
    names = ["-addext", "subjectAltName=DNS:localhost", "-keyout", str(path), "-out", str(path) + ".crt"]
    subprocess.run([*command, *names], check=True, capture_output=True)
    path.write_text(path.read_text() + Path(f"{path}.crt").read_text())
    return path


@pytest.fixture
def server_side(certificate: Path) -> ssl.SSLContext:
    made = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    made.load_cert_chain(certificate)
    return made


@pytest.fixture
def trusted(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the machine trusted whoever made the certificate."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))


@pytest.fixture
def waiting(app: Flask) -> Iterator[None]:
    send(to="ann@example.org", subject="Hello", body="Hello")
    yield


LOGIN = f"{USER}:{quote(PASSWORD, safe='')}"


def test_starttls_with_a_password(app: Flask, mail_at: MailAt, server_side: ssl.SSLContext, trusted: None, waiting: None) -> None:
    with Sink(starttls=server_side, login=True) as sink:
        mail_at(f"smtp+tls://{LOGIN}@localhost:{sink.port}")
        post()
    assert len(sink.ids) == 1 and sink.letters[0]["From"] == "fingerpost@localhost"


def test_tls_from_the_start(app: Flask, mail_at: MailAt, server_side: ssl.SSLContext, trusted: None, waiting: None) -> None:
    with Sink(tls=server_side) as sink:
        mail_at(f"smtps://localhost:{sink.port}")
        post()
    assert len(sink.ids) == 1


@pytest.mark.parametrize("scheme", ["smtp+tls", "smtps"])
@pytest.mark.parametrize("host", ["localhost", "127.0.0.1"])
def test_a_server_that_cannot_show_who_it_is_gets_no_letter(
    app: Flask, mail_at: MailAt, server_side: ssl.SSLContext, certificate: Path, monkeypatch: pytest.MonkeyPatch, waiting: None,
    scheme: str, host: str,
) -> None:  # fmt: skip
    """By nobody's certificate that is trusted, or by one for another name."""
    if host == "127.0.0.1":
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with Sink(starttls=server_side if scheme == "smtp+tls" else None, tls=server_side if scheme == "smtps" else None) as sink:
        mail_at(f"{scheme}://{host}:{sink.port}")
        with pytest.raises(ssl.SSLCertVerificationError):
            post()
    assert sink.ids == [] and outbox().waiting == 1


def test_without_starttls_no_letter_goes_in_the_clear(app: Flask, mail_at: MailAt, trusted: None, waiting: None) -> None:
    with Sink() as sink:
        mail_at(f"smtp+tls://localhost:{sink.port}")
        with pytest.raises(smtplib.SMTPNotSupportedError):
            post()
    assert sink.ids == [] and outbox().waiting == 1


def test_a_wrong_password_costs_no_letter(app: Flask, mail_at: MailAt, server_side: ssl.SSLContext, trusted: None, waiting: None) -> None:
    """It is lasting to the server, but not the letter's fault."""
    with Sink(starttls=server_side, login=True) as sink:
        mail_at(f"smtp+tls://{USER}:wrong@localhost:{sink.port}")
        with pytest.raises(smtplib.SMTPAuthenticationError):
            post()
    assert sink.ids == [] and outbox().waiting == 1
