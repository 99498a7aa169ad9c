"""A page that reports a broken database is shown to somebody who has chosen a practice as well."""

from pathlib import Path

from app import create_app
from config import Settings


def test_the_error_page_is_whole(tmp_path: Path) -> None:
    broken = create_app(Settings.from_environ({"DATA_DIR": str(tmp_path), "PUBLIC_URL": "http://localhost"}))
    client = broken.test_client()
    client.set_cookie("fp_practice", "Z99001")
    response = client.get("/practice")
    assert response.status_code == 500
    assert "</html>" in response.get_data(as_text=True)
    assert "Choose your practice" in response.get_data(as_text=True)
    broken.extensions["database"].dispose()
