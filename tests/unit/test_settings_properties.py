"""Settings of any text: read, or refused in one line that names the setting and holds no password."""

from pathlib import Path
from urllib.parse import urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from config import ADDRESS, MAIL_PORTS, Settings, SettingsError
from tests.typed import SIGNS

NAMES = ["PUBLIC_URL", "DATABASE_URL", "DATABASE_OWNER_URL", "MAIL_URL", "PORT", "PROXIES", "FRAME_ANCESTORS", "SECURITY_CONTACT", "HOST"]
STARTS = ["", "http://", "https://", "postgresql://ann:secret@", "sqlite:///", "smtp://", "smtps://ann:secret@", "smtp+tls://ann:secret@"]
WRITTEN = st.builds("{}{}".format, st.sampled_from([*STARTS, "mailto:"]), SIGNS | st.text("h.example:0/?from=@%2B[] ;", max_size=30))


@given(st.sampled_from(NAMES), WRITTEN)
@example("PUBLIC_URL", "http://[")
@example("PORT", "1" * 5000)
@example("DATABASE_URL", "postgresql://ann:secret@h:port/d")
@example("MAIL_URL", "smtps://ann:secret@h:port")
def test_a_setting_is_usable_or_refused_by_its_name(tmp_path_factory: pytest.TempPathFactory, name: str, text: str) -> None:
    folder: Path = tmp_path_factory.getbasetemp()
    try:
        settings = Settings.from_environ({"DATA_DIR": str(folder), "SECRET_KEY": "s", name: text})
    except SettingsError as error:
        said = str(error)
        assert said.startswith(("PUBLIC_URL" if name == "HOST" else name) + ": ") and "\n" not in said
        assert "MAIL" not in name and "DATABASE" not in name or "secret" not in said
        return
    public = urlsplit(settings.public_url)
    assert public.hostname and settings.public_url == f"{public.scheme}://{public.netloc}"
    assert 0 < settings.port < 65536 and 0 <= settings.proxies < 10
    assert all(part.isprintable() and ";" not in part for part in settings.frame_ancestors)
    assert settings.security_contact.isprintable()
    if settings.mail:
        assert settings.mail.scheme in MAIL_PORTS and ADDRESS.fullmatch(settings.mail.sender) and "secret" not in repr(settings.mail)
