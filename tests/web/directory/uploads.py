"""Files that a form sends."""

import io

from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, encode_multipart

from tests.web.accounts.browser import Browser


def sent_with(browser: Browser, path: str, content: bytes, name: str, **fields: str) -> TestResponse:
    """Post a form with a sheet and these fields."""
    boundary, body = encode_multipart({"sheet": FileStorage(io.BytesIO(content), filename=name), **fields})
    return browser.open(path, method="POST", data=body, content_type=f"multipart/form-data; boundary={boundary}")
