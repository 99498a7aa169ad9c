"""Feeds over TLS: a certificate has to be good for the host's name, though the connection is held to one address."""

import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from app.directory import fetching
from app.directory.fetching import Fetcher
from app.directory.refusal import Unfetched, WhyNot


class Answering(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(self.headers["Host"].encode())

    def log_message(self, *_words: object) -> None:
        pass


def certificate(folder: Path, name: str) -> Path:
    """A certificate for this name that it vouches for itself, with its key in the same file."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    made = (
        x509.CertificateBuilder(subject, subject, key.public_key(), 1, now - timedelta(days=1), now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = folder / "certificate.pem"
    private = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path.write_bytes(made.public_bytes(serialization.Encoding.PEM) + private)
    return path


@pytest.fixture(params=["localhost", "feed.example.org"])
def secured(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[str, Path, str]]:
    """The address of a server, its certificate, and the name that this is for."""
    path = certificate(tmp_path, request.param)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    server = HTTPServer(("127.0.0.1", 0), Answering)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"https://localhost:{server.server_port}", path, request.param
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_certificate_that_nobody_vouches_for_is_refused(secured: tuple[str, Path, str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "TRIES", 1)
    with pytest.raises(Unfetched) as refused:
        Fetcher(secured[0], agent="test", hosts=(), development=True).get("/", {})
    assert refused.value.why is WhyNot.NO_ANSWER and refused.value.facts["cause"] == "SSLError"


def test_a_certificate_has_to_be_for_the_name(secured: tuple[str, Path, str], monkeypatch: pytest.MonkeyPatch) -> None:
    address, path, name = secured
    monkeypatch.setattr(fetching, "TRIES", 1)
    monkeypatch.setenv("SSL_CERT_FILE", str(path))
    fetcher = Fetcher(address, agent="test", hosts=(), development=True)
    if name == "localhost":
        assert fetcher.get("/", {}).body.decode() == address.removeprefix("https://")
        return
    with pytest.raises(Unfetched) as refused:
        fetcher.get("/", {})
    assert refused.value.facts["cause"] == "SSLError"
