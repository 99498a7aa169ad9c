"""Static files: prepared, compressed by the server's own middleware, and calling nobody."""

import re

from flask.testing import FlaskClient

from app.ui.vendor import TARGET, prepare_css


def test_no_stylesheet_or_script_of_ours_calls_another_host() -> None:
    for path in (*TARGET.rglob("*.css"), *TARGET.parent.glob("*.css"), *TARGET.parent.glob("*.js")):
        assert not re.search(r"url\((?!images/|data:)|@import|https?://(?!www\.w3\.org)", path.read_text()), path.name


def test_fonts_and_maps_are_taken_out_and_icons_stay() -> None:
    css = "@font-face{src:url(https://fonts.example.org/a.woff)}a{background:url(/assets/images/x.svg)}/*# sourceMappingURL=a.map */"
    assert prepare_css(css) == "a{background:url(images/x.svg)}"


def test_every_icon_that_the_stylesheet_names_is_there() -> None:
    css = (TARGET / "nhsuk.css").read_text()
    names = set(re.findall(r"url\(images/([^)]+)\)", css))
    assert names and all((TARGET / "images" / name).exists() for name in names)


def test_pages_ask_for_files_by_their_fingerprint_and_get_them(client: FlaskClient) -> None:
    html = client.get("/").text
    addresses = re.findall(r'(?:href|src)="(/static/[^"]+)"', html)
    assert len(addresses) >= 5
    for address in addresses:
        assert "?v=" in address
        with client.get(address) as response:
            assert response.status_code == 200


def test_the_old_folder_is_not_served(client: FlaskClient) -> None:
    for path in ("/static/../__init__.py", "/static/%2e%2e/__init__.py", "/static/vendor/"):
        assert client.get(path).status_code == 404
