"""Prepares the front-end packages that `npm ci` fetched: `python -m app.ui.vendor`. Nothing third-party is committed.

The stylesheet as published loads fonts and icons from elsewhere; here the fonts are dropped (Arial, their official
fallback, serves) and the icons are copied beside it, so that no page calls another host.
"""

import re
import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ROOT / "node_modules"
TARGET = Path(__file__).resolve().parent / "static" / "vendor"


def prepare_css(css: str) -> str:
    """The stylesheet without fonts from another host and without a source map, with icons in its own folder."""
    css = re.sub(r"@font-face\{[^}]*\}", "", css)
    css = css.replace("url(/assets/images/", "url(images/")
    return re.sub(r"/\*# sourceMappingURL=.*?\*/", "", css)


def prepare(packages: Path, target: Path) -> None:
    """Fill `target` anew from the installed packages."""
    shutil.rmtree(target, ignore_errors=True)
    (target / "images").mkdir(parents=True)
    nhsuk = packages / "nhsuk-frontend" / "dist" / "nhsuk"
    css = prepare_css((nhsuk / "nhsuk-frontend.min.css").read_text(encoding="utf-8"))
    (target / "nhsuk.css").write_text(css, encoding="utf-8")
    for icon in sorted(set(re.findall(r"url\(images/([^)]+)\)", css))):
        shutil.copy(nhsuk / "assets" / "images" / icon, target / "images" / icon)
    script = (nhsuk / "nhsuk-frontend.min.js").read_text(encoding="utf-8")
    (target / "nhsuk.js").write_text(re.sub(r"//# sourceMappingURL=.*", "", script), encoding="utf-8")
    shutil.copy(packages / "htmx.org" / "dist" / "htmx.min.js", target / "htmx.js")


if __name__ == "__main__":
    prepare(PACKAGES, TARGET)
    print(f"Front-end packages prepared in {TARGET.relative_to(ROOT)}")
