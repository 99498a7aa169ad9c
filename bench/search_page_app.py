"""The application with one more address, /rows: the result page of the same search with its rows already in memory."""

import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from flask import render_template, request  # noqa: E402

from app.accounts.access import Audience, open_to  # noqa: E402
from app.accounts.queries import current_place  # noqa: E402
from app.search.asking import asking  # noqa: E402
from app.search.presenters import SHOWN, page_of  # noqa: E402
from app.search.queries import search  # noqa: E402
from wsgi import app  # noqa: E402

kept: dict[bytes, dict[str, Any]] = {}


@app.get("/rows")
@open_to(Audience.VISITOR)
def rows() -> str:
    if request.query_string not in kept:
        asked = asking(request.args, current_place(), SHOWN)
        kept[request.query_string] = page_of(request.args, asked, search(asked.text, near=asked.near, limit=asked.limit))
    return render_template("search/results.html", **kept[request.query_string])
