"""Pages as tagged PDF (PDF/UA-1), drawn by WeasyPrint, which needs Debian's libpango."""

from pathlib import Path

STYLES = Path(__file__).resolve().parent / "static"


class PdfUnavailable(Exception):
    """The libraries that draw PDF are not installed on this machine; the README names them."""


def as_pdf(html: str, style: str = "print") -> bytes:
    """The page as PDF in one of our styles. Nothing is fetched: it may refer to no file and no address. Raises PdfUnavailable."""
    try:
        from weasyprint import CSS, HTML
        from weasyprint.urls import URLFetcher
    except OSError as error:
        raise PdfUnavailable from error
    page = HTML(string=html, url_fetcher=URLFetcher(allowed_protocols=("data",)))
    made: bytes = page.write_pdf(stylesheets=[CSS(string=(STYLES / f"{style}.css").read_text(encoding="utf-8"))], pdf_variant="pdf/ua-1")
    return made
