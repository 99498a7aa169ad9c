"""Fingerpost served over HTTP beside real OpenID providers in processes of their own, and a browser that signs in with them."""

import html
import re
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import pytest
import requests
import yaml
from flask import Flask
from joserfc.jwk import RSAKey
from sqlalchemy import select, text
from werkzeug.serving import make_server

from app import create_app
from app.accounts import actions
from app.accounts.models import EmailedLink, Person
from app.accounts.roles import Role
from app.extensions import Base, db
from app.schema import upgrade
from config import Settings
from tests.append_only import opened

T = TypeVar("T", bound=Base)
COUNCIL, PRACTICE = "E99000001", "Z99001"
KEY = RSAKey.generate_key(2048)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answers(address: str) -> None:
    until = time.monotonic() + 20
    while time.monotonic() < until:
        try:
            requests.get(address, timeout=2)
            return
        except requests.ConnectionError:
            time.sleep(0.05)
    raise TimeoutError(address)


def service(name: str, base: str, **more: Any) -> dict[str, Any]:
    known = {
        "name": name, "label": f"Sign in with {name}", "metadata": f"{base}/.well-known/openid-configuration", "issuer": base,
        "client_id": name, "scopes": ["openid", "profile", "email"],
    }  # fmt: skip
    return known | ({} if "private_key_file" in more else {"client_secret": "for tests only"}) | more


@dataclass(frozen=True)
class Site:
    """Our own address, our application, and the address of the provider that misbehaves on request."""

    url: str
    app: Flask
    provider: str

    def order(self, name: str, **orders: Any) -> None:
        requests.put(f"{self.provider}/{name}/orders", json=orders, timeout=5)

    def post(self) -> str:
        """The e-mail sent last."""
        with self.app.app_context():
            return str(db.session.execute(text("SELECT body FROM letter ORDER BY made_at DESC LIMIT 1")).scalar_one())


@pytest.fixture(scope="module")
def mock_provider() -> Iterator[str]:
    """oidc-provider-mock: somebody else's provider, with a page to sign in on."""
    port = free_port()
    command = [sys.executable, "-m", "oidc_provider_mock", "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        answers(f"http://127.0.0.1:{port}/")
        yield f"http://127.0.0.1:{port}"
        process.kill()


@pytest.fixture(scope="module")
def own_provider() -> Iterator[str]:
    command = [sys.executable, str(Path(__file__).with_name("provider.py"))]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        yield f"http://127.0.0.1:{process.stdout.readline().strip()}"
        process.kill()


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory, mock_provider: str, own_provider: str) -> Iterator[Site]:
    folder, port = tmp_path_factory.mktemp("outside"), free_port()
    (folder / "card.pem").write_bytes(KEY.as_pem(private=True))
    services = [
        service("office", f"{own_provider}/office", council=COUNCIL, email_domains=["example.org"], second_factor={"amr": ["mfa"]}),
        service("card", f"{own_provider}/card", organisations={"claim": "nhsid_nrbac_roles", "code": "org_code"}, newcomers="join",
                second_factor={"acr": ["AAL3_ANY"]}, private_key_file="card.pem"),
        service("desk", f"{own_provider}/desk", council=COUNCIL, email_domains=["example.org"], newcomers="join"),
        service("mock", mock_provider, email_domains=["example.org"]),
        service("gone", f"http://127.0.0.1:{free_port()}/gone"),
    ]  # fmt: skip
    (folder / "sign-in.yaml").write_text(yaml.safe_dump({"providers": services}))
    url = f"http://127.0.0.1:{port}"
    app = create_app(Settings.from_environ({"DATA_DIR": str(folder), "SECRET_KEY": "for tests only", "PUBLIC_URL": url}))
    upgrade(app.extensions["database"])
    server = make_server("127.0.0.1", port, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield Site(url, app, own_provider)
    server.shutdown()
    thread.join()
    server.server_close()
    app.extensions["database"].dispose()


@pytest.fixture
def app(served: Site) -> Iterator[Flask]:
    with served.app.app_context():
        yield served.app
    with served.app.extensions["database"].begin() as connection, opened(connection):
        for table in reversed(Base.metadata.sorted_tables):
            connection.execute(table.delete())


@pytest.fixture
def site(served: Site, app: Flask) -> Site:
    served.order(
        "office", claims={"email": "ada@example.org", "email_verified": True, "name": "Ada Invented", "auth_time": int(time.time())}
    )
    served.order("card", assertion_key=KEY.as_pem(private=False).decode(), userinfo={"nhsid_nrbac_roles": [{"org_code": PRACTICE}]})
    return served


class Browser:
    """A browser as far as these pages need one: cookies, redirects, forms, and saying where a form was sent from."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.http = requests.Session()

    def get(self, path: str, **more: Any) -> requests.Response:
        return self.http.get(path if path.startswith("http") else self.site.url + path, timeout=15, **more)

    def send(self, path: str, **fields: str) -> requests.Response:
        headers = {"Sec-Fetch-Site": "same-origin"}
        return self.http.post(path if path.startswith("http") else self.site.url + path, data=fields, headers=headers, timeout=15)

    def way_back(self, name: str) -> str:
        """Begin a sign-in, and stop just before the browser returns to us: the address that it would open."""
        begun = self.get(f"/sign-in/with/{name}", allow_redirects=False)
        return self.get(begun.headers["Location"], allow_redirects=False).headers["Location"]

    def is_signed_in(self) -> bool:
        return self.get("/account", allow_redirects=False).status_code == 200

    def follow_post(self) -> requests.Response:
        """Open the link in the e-mail sent last."""
        return self.get(re.findall(r"http://\S+", self.site.post())[0])

    def sign_in_by_link(self, email: str, next_page: str = "/account") -> requests.Response:
        self.send("/sign-in/link", email=email, next=next_page)
        return self.send(self.follow_post().url)


@pytest.fixture
def ada(site: Site) -> Iterator[Browser]:
    made = Browser(site)
    yield made
    made.http.close()


@pytest.fixture
def beth(site: Site) -> Iterator[Browser]:
    made = Browser(site)
    yield made
    made.http.close()


def person(email: str = "ada@example.org", role: Role = Role.LEARNER) -> Person:
    """Somebody with an account, made as an accepted invitation makes them."""
    practice = PRACTICE if role in (Role.LEARNER, Role.PRACTICE_LEAD) else None
    return actions.accept(
        link=EmailedLink(email=email, role=role, council_code=COUNCIL, practice_code=practice), person=None, name="Ada Invented"
    )


def rows(table: type[T]) -> list[T]:
    """What stands in the database now, not when this test last looked."""
    db.session.rollback()
    return list(db.session.scalars(select(table)))


def words(response: requests.Response) -> str:
    return html.unescape(response.text)
