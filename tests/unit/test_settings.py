"""Settings from the environment: defaults that work, and one clear line for what is wrong."""

from pathlib import Path

import pytest

from config import Mail, Settings, SettingsError

PUBLIC = {"PUBLIC_URL": "https://fingerpost.example.org", "SECRET_KEY": "for tests only"}


def test_nothing_set_is_development_on_this_machine(tmp_path: Path) -> None:
    settings = Settings.from_environ({"DATA_DIR": str(tmp_path)})
    assert settings.public_url == "http://127.0.0.1:8000" and not settings.https
    assert settings.database_url == f"sqlite:///{tmp_path / 'fingerpost.sqlite3'}"


def test_the_secret_is_made_once_and_kept_for_its_owner_only(tmp_path: Path) -> None:
    first = Settings.from_environ({"DATA_DIR": str(tmp_path)}).secret_key
    assert len(first) >= 48 and Settings.from_environ({"DATA_DIR": str(tmp_path)}).secret_key == first
    assert (tmp_path / "secret_key").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("url", ["postgres://h/d", "postgresql://h/d", "postgresql+psycopg://h/d"])
def test_postgresql_is_taken_however_it_is_written(url: str, tmp_path: Path) -> None:
    assert Settings.from_environ({"DATA_DIR": str(tmp_path), "DATABASE_URL": url}).database_url == "postgresql+psycopg://h/d"


@pytest.mark.parametrize(
    ("environ", "name"),
    [
        ({"PORT": "eighty"}, "PORT"),
        ({"PORT": "0"}, "PORT"),
        ({"PORT": "65536"}, "PORT"),
        ({"PORT": "٨٠٠٠"}, "PORT"),
        ({"PORT": "1" * 5000}, "PORT"),
        ({"PUBLIC_URL": "fingerpost.example.org"}, "PUBLIC_URL"),
        ({"PUBLIC_URL": "http://["}, "PUBLIC_URL"),
        ({"PUBLIC_URL": "https://", "SECRET_KEY": "s"}, "PUBLIC_URL"),
        ({"PUBLIC_URL": "http://fp.example.org:99999"}, "PUBLIC_URL"),
        ({"PUBLIC_URL": "http://fp.example.org/folder"}, "PUBLIC_URL"),
        ({"PUBLIC_URL": "http://fp.example.org?x"}, "PUBLIC_URL"),
        ({"PUBLIC_URL": "http://ann@fp.example.org"}, "PUBLIC_URL"),
        ({"PUBLIC_URL": "http://fp.example.org bcc"}, "PUBLIC_URL"),
        ({"PUBLIC_URL": "https://fingerpost.example.org"}, "SECRET_KEY"),
        ({"DATABASE_URL": "mysql://h/d"}, "DATABASE_URL"),
        (PUBLIC | {"DATABASE_URL": "postgresql://u:secret@db.example.org/d"}, "DATABASE_URL"),
        (PUBLIC | {"DATABASE_URL": "postgres://u:secret@10.0.0.5/d?sslmode=prefer"}, "DATABASE_URL"),
        (PUBLIC | {"DATABASE_URL": "postgresql://u:secret@/d?host=db.example.org"}, "DATABASE_URL"),
        (PUBLIC | {"DATABASE_OWNER_URL": "postgresql://u:secret@db.example.org/d?sslmode=disable"}, "DATABASE_OWNER_URL"),
        (PUBLIC | {"MAIL_URL": "smtp://mail.example.org"}, "MAIL_URL"),
        ({"DATABASE_URL": "postgresql://ann:secret@h:port/d"}, "DATABASE_URL"),
        ({"MAIL_URL": "mail.example.org"}, "MAIL_URL"),
        ({"MAIL_URL": "https://mail.example.org"}, "MAIL_URL"),
        ({"MAIL_URL": "smtp://"}, "MAIL_URL"),
        ({"MAIL_URL": "smtp://h:port"}, "MAIL_URL"),
        ({"MAIL_URL": "smtp://h/folder"}, "MAIL_URL"),
        ({"MAIL_URL": "smtp://h?form=a@example.org"}, "MAIL_URL"),
        ({"MAIL_URL": "smtp://h?from=a@example.org%0ABcc:b@example.org"}, "MAIL_URL"),
        ({"MAIL_URL": "smtp://h?from=Ann"}, "MAIL_URL"),
        ({"MAIL_URL": "smtp+tls://ann@h"}, "MAIL_URL"),
        ({"MAIL_URL": "smtp://ann:secret@h"}, "MAIL_URL"),
        ({"FRAME_ANCESTORS": "http://gp.example.org"}, "FRAME_ANCESTORS"),
        ({"FRAME_ANCESTORS": "https://gp.example.org/record"}, "FRAME_ANCESTORS"),
        ({"FRAME_ANCESTORS": "https://gp.example.org; script-src *"}, "FRAME_ANCESTORS"),
        ({"FRAME_ANCESTORS": "*"}, "FRAME_ANCESTORS"),
        ({"FRAME_ANCESTORS": "'self'"}, "FRAME_ANCESTORS"),
        ({"SECURITY_CONTACT": "security@example.org"}, "SECURITY_CONTACT"),
        ({"SECURITY_CONTACT": "mailto:a@example.org\nContact: x"}, "SECURITY_CONTACT"),
        ({"FEED_HOSTS": "https://feed.example.org"}, "FEED_HOSTS"),
        ({"FEED_HOSTS": "127.0.0.1"}, "FEED_HOSTS"),
        ({"FEED_HOSTS": "*"}, "FEED_HOSTS"),
        ({"PROXIES": "yes"}, "PROXIES"),
        ({"PROXIES": "-1"}, "PROXIES"),
        ({"PROXIES": "10"}, "PROXIES"),
        ({"PROXIES": "1" * 5000}, "PROXIES"),
    ],
)
def test_what_is_wrong_is_said_in_one_line_by_name(environ: dict[str, str], name: str, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=f"^{name}: ") as caught:
        Settings.from_environ({"DATA_DIR": str(tmp_path), **environ})
    assert "\n" not in str(caught.value) and "secret" not in str(caught.value)


@pytest.mark.parametrize(
    ("url", "mail"),
    [
        ("smtp://h", Mail("smtp", "h", 25, "", "", "fingerpost@fp.example.org")),
        ("smtp://127.0.0.1:2525/?from=post@example.org", Mail("smtp", "127.0.0.1", 2525, "", "", "post@example.org")),
        ("smtp+tls://a%40b:p%2F%25@h?from=x%2By@example.org", Mail("smtp+tls", "h", 587, "a@b", "p/%", "x+y@example.org")),
        ("smtps://u:secret@h", Mail("smtps", "h", 465, "u", "secret", "fingerpost@fp.example.org")),
    ],
)
def test_the_mail_server_is_read_from_its_address(url: str, mail: Mail, tmp_path: Path) -> None:
    settings = Settings.from_environ({"DATA_DIR": str(tmp_path), "PUBLIC_URL": "http://fp.example.org", "MAIL_URL": url})
    assert settings.mail == mail and "secret" not in repr(settings.mail)


@pytest.mark.parametrize("sslmode", ["require", "verify-ca", "verify-full"])
def test_a_way_to_another_machine_that_is_encrypted_is_taken(sslmode: str, tmp_path: Path) -> None:
    url = f"postgresql://u:secret@db.example.org/d?sslmode={sslmode}"
    mail = {"MAIL_URL": "smtp+tls://mail.example.org"}
    assert sslmode in Settings.from_environ({"DATA_DIR": str(tmp_path), **PUBLIC, **mail, "DATABASE_URL": url}).database_url


@pytest.mark.parametrize("place", ["localhost", "127.0.0.1", "[::1]", ""])
def test_on_the_same_machine_nothing_has_to_be_encrypted(place: str, tmp_path: Path) -> None:
    environ = {"DATA_DIR": str(tmp_path), **PUBLIC, "DATABASE_URL": f"postgresql://{place}/d", "MAIL_URL": f"smtp://{place or 'localhost'}"}
    assert Settings.from_environ(environ).database_url.startswith("postgresql+psycopg://")


def test_earlier_secrets_are_taken_one_by_one(tmp_path: Path) -> None:
    environ = {"DATA_DIR": str(tmp_path), "SECRET_KEY": "new", "OLD_SECRET_KEYS": "older  oldest"}
    assert Settings.from_environ(environ).old_secret_keys == ("older", "oldest")


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(SettingsError, match="^DATA_DIR: "):
        Settings.from_environ({"DATA_DIR": str(tmp_path / "file" / "inside")})


def test_origins_that_may_frame_are_taken_one_by_one(tmp_path: Path) -> None:
    environ = {"DATA_DIR": str(tmp_path), "FRAME_ANCESTORS": " https://gp.example.org  https://other.example.org:8443 "}
    assert Settings.from_environ(environ).frame_ancestors == ("https://gp.example.org", "https://other.example.org:8443")
    assert Settings.from_environ({"DATA_DIR": str(tmp_path)}).frame_ancestors == ()


def test_feeds_are_fetched_from_the_hosts_that_are_named(tmp_path: Path) -> None:
    environ = {"DATA_DIR": str(tmp_path), "FEED_HOSTS": "feed.example.org other.example.org"}
    assert Settings.from_environ(environ).feed_hosts == ("feed.example.org", "other.example.org")
