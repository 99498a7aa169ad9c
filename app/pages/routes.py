"""Home, pages of text, and whether everything is up."""

from dataclasses import asdict
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from flask import Blueprint, Response, abort, current_app, jsonify, render_template, request
from flask.typing import ResponseReturnValue

from app.accounts.access import Audience, open_to
from app.assistant.queries import versions
from app.content.kinds import waits
from app.directory import queries as directory
from app.events.actions import lost
from app.jobs.queries import outbox
from app.pages.api import description
from app.pages.catalogue import cookies, examples, known_issues, pages
from app.pages.health import readiness
from app.vocabulary import queries as vocabulary

blueprint = Blueprint("pages", __name__)
SECURITY_TXT_HOLDS = timedelta(days=364)  # RFC 9116 wants less than a year.


@blueprint.route("/", methods=["GET", "POST"])
@open_to(Audience.VISITOR)
def home() -> str:
    """The box. In a frame, where no cookie is kept, a form brings the chosen practice here."""
    return render_template("pages/home.html", examples=examples(current_app.config["CONTENT_DIR"]))


@blueprint.get("/<slug>")
@open_to(Audience.VISITOR)
def page(slug: str) -> str:
    return _text(slug, "pages/page.html")


@blueprint.get("/cookies")
@open_to(Audience.VISITOR)
def cookie_list() -> str:
    return _text("cookies", "pages/cookies.html", cookies=cookies(current_app.config["CONTENT_DIR"]), https=current_app.config["HTTPS"])


@blueprint.get("/accessibility")
@open_to(Audience.VISITOR)
def accessibility() -> str:
    return _text("accessibility", "pages/accessibility.html", known=known_issues(current_app.config["CONTENT_DIR"]))


def _text(slug: str, template: str, **more: Any) -> str:
    known = pages(current_app.config["CONTENT_DIR"])
    found = known.get(slug) or abort(404)
    instead = known.get(found.head.withdrawn.instead) if found.head.withdrawn else None
    return render_template(template, page=found, instead=instead, today=date.today(), **more)


@blueprint.get("/.well-known/security.txt")
@open_to(Audience.VISITOR)
def security_txt() -> Response:
    """Where to report a weakness (RFC 9116). It runs out a year after the page of it was last reviewed."""
    page = pages(current_app.config["CONTENT_DIR"])["security"]
    expires = datetime.combine(page.head.reviewed + SECURITY_TXT_HOLDS, time(), UTC)
    text = render_template("pages/security.txt", expires=expires.isoformat(), site=current_app.config["PUBLIC_URL"])
    return Response(text, mimetype="text/plain")


@blueprint.get("/figures")
@open_to(Audience.VISITOR)
def figures() -> str:
    return render_template("pages/figures.html", facts=vocabulary.facts(), sources=vocabulary.sources(), today=date.today())


@blueprint.get("/glossary")
@open_to(Audience.VISITOR)
def glossary() -> str:
    return render_template("pages/glossary.html", glossary=vocabulary.glossary(), today=date.today())


@blueprint.get("/api")
@open_to(Audience.VISITOR)
def api() -> str:
    return render_template("pages/api.html", api=description(current_app.config["CONTENT_DIR"]))


@blueprint.get("/api/openapi.json")
@open_to(Audience.VISITOR)
def openapi() -> Response:
    return jsonify(description(current_app.config["CONTENT_DIR"]))


@blueprint.get("/healthz")
@open_to(Audience.VISITOR)
def healthz() -> ResponseReturnValue:
    return jsonify({"status": "ok"})


@blueprint.get("/readyz")
@open_to(Audience.VISITOR)
def readyz() -> ResponseReturnValue:
    parts = readiness()
    return jsonify(parts), 200 if set(parts.values()) == {"ok"} else 503


@blueprint.get("/status")
@open_to(Audience.VISITOR)
def status() -> ResponseReturnValue:
    age, letters = directory.data_age(), outbox()
    facts = {
        "directory": age.isoformat() if age else None,
        "sequence": directory.current_sequence(),
        **versions(),
        "content_waits": waits(current_app),
        "events_lost": lost(),
        "letters": asdict(letters),
    }
    if request.accept_mimetypes.best_match(["text/html", "application/json"]) == "application/json":
        return jsonify(facts)
    return render_template("pages/status.html", facts=facts, parts=readiness(), age=age)
