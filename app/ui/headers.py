"""Security headers on every response: pages, files, downloads, redirects and errors."""

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from werkzeug.datastructures import Headers

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

FRAMED = frozenset({"/", "/ask", "/practice"})
"""What an organisation's own system may show in a frame: the box, the answer, and the choice of a practice."""

_POLICY = (
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "object-src 'none'",
)
# `require-trusted-types-for 'script'` is left out: htmx puts what it fetched into the page as text, which it would stop.

_PERMISSIONS = ", ".join(
    [
        "publickey-credentials-get=(self)",
        "publickey-credentials-create=(self)",
        "clipboard-write=(self)",
        *(
            f"{feature}=()"
            for feature in (
                "accelerometer", "autoplay", "browsing-topics", "camera", "clipboard-read", "display-capture",
                "encrypted-media", "fullscreen", "gamepad", "geolocation", "gyroscope", "hid", "identity-credentials-get",
                "idle-detection", "local-fonts", "magnetometer", "microphone", "midi", "payment", "picture-in-picture",
                "screen-wake-lock", "serial", "storage-access", "sync-xhr", "usb", "window-management",
                "xr-spatial-tracking",
            )
        ),
    ]
)  # fmt: skip
"""Of what a browser offers a page: passkeys and copying for ourselves, and nothing else."""

TWO_YEARS = 2 * 365 * 24 * 3600


class SecurityHeaders:
    """WSGI middleware around everything, so that no answer of the application goes out without them.

    `frame_ancestors` are the origins that may frame the pages in `FRAMED`; `https` is false in development only.
    """

    def __init__(self, application: "WSGIApplication", *, https: bool, frame_ancestors: Sequence[str]) -> None:
        self._application = application
        self._https = https
        self._frame_ancestors = frame_ancestors

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")

        def start(status: str, headers: list[tuple[str, str]], *rest: object) -> Callable[[bytes], object]:
            every = Headers(headers)
            self._add(every, path)
            return start_response(status, every.to_wsgi_list(), *rest)  # type: ignore[arg-type]

        return self._application(environ, start)

    def _add(self, headers: Headers, path: str) -> None:
        may_frame = self._frame_ancestors if path in FRAMED else ()
        headers["Content-Security-Policy"] = "; ".join((*_POLICY, " ".join(("frame-ancestors", *(may_frame or ("'none'",))))))
        if not may_frame:  # It knows no list of origins, so that it would forbid what the policy allows.
            headers["X-Frame-Options"] = "DENY"
        if self._https:
            headers["Strict-Transport-Security"] = f"max-age={TWO_YEARS}; includeSubDomains"
        headers["X-Content-Type-Options"] = "nosniff"
        headers["Referrer-Policy"] = "same-origin"
        headers["Permissions-Policy"] = _PERMISSIONS
        headers["Cross-Origin-Opener-Policy"] = "same-origin"
        headers["Cross-Origin-Resource-Policy"] = "cross-origin" if path.startswith("/api/") else "same-origin"
        headers.setdefault("Cache-Control", "no-store")
