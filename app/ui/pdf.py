"""Pages as tagged PDF (PDF/UA-1), drawn by WeasyPrint, which needs Debian's libpango."""

from pathlib import Path

STYLES = Path(__file__).resolve().parent / "static"


class PdfUnavailable(Exception):
    """The libraries that draw PDF are not installed on this machine; the README names them."""


def as_pdf(html: str, style: str = "print", *, forms: bool = False) -> bytes:
    """The page as PDF in one of our styles, with fields to be filled in where `forms`. Nothing is fetched: it may refer to no file and
    no address. Raises PdfUnavailable."""
    try:
        from weasyprint import CSS, HTML
        from weasyprint.urls import URLFetcher
    except OSError as error:
        raise PdfUnavailable from error
    page = HTML(string=html, url_fetcher=URLFetcher(allowed_protocols=("data",)))
    styles = [CSS(string=(STYLES / f"{style}.css").read_text(encoding="utf-8"))]
    made: bytes = page.write_pdf(stylesheets=styles, pdf_variant="pdf/ua-1", pdf_forms=forms)
    return made
