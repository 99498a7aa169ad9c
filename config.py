"""Settings, read from the environment once at start. Only `wsgi.py` and `create_app` use this file."""

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

ROOT = Path(__file__).resolve().parent
MAIL_PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 465}
ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)*", re.ASCII)
MOST_PROXIES = 9
ENCRYPTED = ("verify-full", "verify-ca", "require")
"""Ways to PostgreSQL that never fall back to an open one, the safest first."""
MOST_DIGITS = 5


class SettingsError(ValueError):
    """A setting that cannot be used. Its text is one line that says what to change."""


@dataclass(frozen=True)
class Mail:
    """The server that takes e-mail. `scheme` is smtp (in the clear), smtp+tls (STARTTLS or nothing) or smtps."""

    scheme: str
    host: str
    port: int
    user: str
    password: str = field(repr=False)
    sender: str


@dataclass(frozen=True)
class Settings:
    """Everything that differs between one installation and another."""

    database_url: str
    database_owner_url: str | None
    """On PostgreSQL the role that owns the tables and changes the schema; the application's own role owns nothing."""
    data_dir: Path
    public_url: str
    secret_key: str
    """The newest key signs and locks."""
    old_secret_keys: tuple[str, ...]
    """What these signed and locked is still taken."""
    host: str
    port: int
    proxies: int
    """How many proxies of one's own stand in front. Only what they say of where a request came from is believed."""
    mail: Mail | None = None
    frame_ancestors: tuple[str, ...] = ()
    """Origins of other systems that may show the assistant in a frame."""
    security_contact: str = ""
    """Where whoever found a weakness writes: mailto:, tel: or https:. Empty: the page that says how."""
    feed_hosts: tuple[str, ...] = ()
    """Hosts that feeds of services may be fetched from. In development any host will do."""
    content_dir: Path = ROOT / "content"
    modules_dir: Path = ROOT / "training_modules"

    @property
    def https(self) -> bool:
        """True outside development: cookies are then `__Host-` and HSTS is sent."""
        return self.public_url.startswith("https://")

    @classmethod
    def from_environ(cls, environ: Mapping[str, str]) -> "Settings":
        """Read and check the environment. Raises SettingsError with one clear line."""
        data_dir = Path(environ.get("DATA_DIR") or ROOT / "var").resolve()
        try:
            data_dir.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise SettingsError(f"DATA_DIR: {data_dir} cannot be made ({error.strerror}). Name a writable folder.") from None
        host = environ.get("HOST") or "127.0.0.1"
        port = _port(environ.get("PORT") or "8000")
        public_url = _public_url(environ.get("PUBLIC_URL") or f"http://{host}:{port}")
        is_public = public_url.startswith("https://")
        owner = environ.get("DATABASE_OWNER_URL")
        return cls(
            database_url=_database_url("DATABASE_URL", environ.get("DATABASE_URL"), data_dir, is_public),
            database_owner_url=_database_url("DATABASE_OWNER_URL", owner, data_dir, is_public) if owner else None,
            data_dir=data_dir,
            public_url=public_url,
            secret_key=environ.get("SECRET_KEY") or _kept_secret(data_dir, public_url),
            old_secret_keys=tuple(environ.get("OLD_SECRET_KEYS", "").split()),
            host=host,
            port=port,
            proxies=_proxies(environ.get("PROXIES") or "0"),
            mail=_mail(environ["MAIL_URL"], public_url) if environ.get("MAIL_URL") else None,
            frame_ancestors=tuple(_origin(text) for text in environ.get("FRAME_ANCESTORS", "").split()),
            security_contact=_contact(environ.get("SECURITY_CONTACT", "").strip()),
            feed_hosts=tuple(_host(text) for text in environ.get("FEED_HOSTS", "").split()),
        )


def _public_url(text: str) -> str:
    address = text.rstrip("/")
    try:
        parts = urlsplit(address)
        whole = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        whole = False
    if not whole or address != f"{parts.scheme}://{parts.netloc}" or "@" in address or " " in address or not address.isprintable():
        raise SettingsError(
            f"PUBLIC_URL: {text!r} must start with https:// (or http:// for development), and a host and its port are all that follows."
        )
    return address


def _port(text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > MOST_DIGITS or not 0 < int(text) < 65536:
        raise SettingsError(f"PORT: {text!r} is not a port number. Use a number from 1 to 65535.")
    return int(text)


def _proxies(text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > MOST_DIGITS or int(text) > MOST_PROXIES:
        raise SettingsError(f"PROXIES: {text!r} is not a number of proxies. Use 0 where none stands in front, at most {MOST_PROXIES}.")
    return int(text)


_ORIGIN = re.compile(r"https://(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?::[0-9]{1,5})?")


def _origin(text: str) -> str:
    if not _ORIGIN.fullmatch(text):
        raise SettingsError(
            f"FRAME_ANCESTORS: {text!r} is not an https origin. Write origins like https://gp.example.org with spaces between them."
        )
    return text


_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]")


def _host(text: str) -> str:
    if not _HOST.fullmatch(text):
        raise SettingsError(f"FEED_HOSTS: {text!r} is not the name of a host. Use names like feed.example.org with spaces between them.")
    return text


def _contact(text: str) -> str:
    if text and (not text.startswith(("mailto:", "tel:", "https://")) or not text.isprintable() or " " in text):
        raise SettingsError(f"SECURITY_CONTACT: {text!r} must be one address that starts with mailto:, tel: or https:// .")
    return text


def _database_url(name: str, url: str | None, data_dir: Path, is_public: bool) -> str:
    if not url:
        return f"sqlite:///{data_dir / 'fingerpost.sqlite3'}"
    if url.startswith("sqlite:///"):
        return url
    scheme, _, rest = url.partition("://")
    if scheme not in ("postgres", "postgresql", "postgresql+psycopg"):
        raise SettingsError(f"{name}: must start with sqlite:/// or postgresql:// .")
    try:
        parts = urlsplit(f"postgresql://{rest}")
        make_url(f"postgresql+psycopg://{rest}")
    except (ArgumentError, ValueError):  # What is said never repeats the address: it may hold a password.
        raise SettingsError(f"{name}: cannot be read. Use postgresql://user:password@host:5432/database, percent-encoded.") from None
    asked = dict(parse_qsl(parts.query))
    if is_public and not _is_here(asked.get("host", parts.hostname or "")) and asked.get("sslmode") not in ENCRYPTED:
        raise SettingsError(
            f"{name}: the way to another machine must be encrypted: add ?sslmode=verify-full (or {', '.join(ENCRYPTED[1:])})."
        )
    return f"postgresql+psycopg://{rest}"


def _is_here(host: str) -> bool:
    """This machine, by name, by address or by the folder of a socket."""
    return host in ("", "localhost", "127.0.0.1", "::1") or host.startswith("/")


def _mail(url: str, public_url: str) -> Mail:
    """What is said of a wrong one never repeats it: it may hold a password."""
    try:
        parts = urlsplit(url)
        port, asked = parts.port, dict(parse_qsl(parts.query, keep_blank_values=True, strict_parsing=bool(parts.query)))
    except ValueError:
        raise SettingsError("MAIL_URL: cannot be read. Use smtp+tls://user:password@host:587?from=address .") from None
    if parts.scheme not in MAIL_PORTS or not parts.hostname or parts.path not in ("", "/") or asked.keys() - {"from"}:
        raise SettingsError("MAIL_URL: must be smtp://, smtp+tls:// or smtps:// , a host, a port, and nothing after it but ?from=address .")
    if parts.scheme == "smtp" and public_url.startswith("https://") and not _is_here(parts.hostname):
        raise SettingsError(
            "MAIL_URL: smtp:// would send links that sign in to another machine in the clear. Use smtp+tls:// or smtps:// ."
        )
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    if bool(user) != bool(password):
        raise SettingsError("MAIL_URL: needs a user and a password, both percent-encoded, or neither.")
    if user and parts.scheme == "smtp":
        raise SettingsError("MAIL_URL: smtp:// would send the password in the clear. Use smtp+tls:// or smtps:// .")
    sender = asked.get("from", f"fingerpost@{urlsplit(public_url).hostname}")
    if not ADDRESS.fullmatch(sender):
        raise SettingsError("MAIL_URL: ?from= must be one e-mail address, with + written as %2B .")
    return Mail(parts.scheme, parts.hostname, port or MAIL_PORTS[parts.scheme], user, password, sender)


def _kept_secret(data_dir: Path, public_url: str) -> str:
    """In development a key made once and kept in DATA_DIR; a public installation has to bring its own."""
    if public_url.startswith("https://"):
        raise SettingsError("SECRET_KEY: set it to a long random string (PUBLIC_URL is https, so this is not development).")
    path = data_dir / "secret_key"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48))
    return path.read_text().strip()
