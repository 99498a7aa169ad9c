"""Home, pages of text, and whether everything is up."""

from datetime import date

from flask import Blueprint, abort, current_app, jsonify, render_template, request
from flask.typing import ResponseReturnValue

from app.accounts.access import Audience, open_to
from app.assistant.queries import versions
from app.content.kinds import waits
from app.directory import queries as directory
from app.events.actions import lost
from app.pages.catalogue import examples, pages
from app.pages.health import readiness
from app.vocabulary import queries as vocabulary

blueprint = Blueprint("pages", __name__)


@blueprint.route("/", methods=["GET", "POST"])
@open_to(Audience.VISITOR)
def home() -> str:
    """The box. In a frame, where no cookie is kept, a form brings the chosen practice here."""
    return render_template("pages/home.html", examples=examples(current_app.config["CONTENT_DIR"]))


@blueprint.get("/<slug>")
@open_to(Audience.VISITOR)
def page(slug: str) -> str:
    known = pages(current_app.config["CONTENT_DIR"])
    found = known.get(slug) or abort(404)
    instead = known.get(found.head.withdrawn.instead) if found.head.withdrawn else None
    return render_template("pages/page.html", page=found, instead=instead, today=date.today())


@blueprint.get("/figures")
@open_to(Audience.VISITOR)
def figures() -> str:
    return render_template("pages/figures.html", facts=vocabulary.facts(), sources=vocabulary.sources(), today=date.today())


@blueprint.get("/glossary")
@open_to(Audience.VISITOR)
def glossary() -> str:
    return render_template("pages/glossary.html", glossary=vocabulary.glossary(), today=date.today())


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
    age = directory.data_age()
    facts = {
        "directory": age.isoformat() if age else None,
        "sequence": directory.current_sequence(),
        **versions(),
        "content_waits": waits(current_app),
        "events_lost": lost(),
    }
    if request.accept_mimetypes.best_match(["text/html", "application/json"]) == "application/json":
        return jsonify(facts)
    return render_template("pages/status.html", facts=facts, parts=readiness(), age=age)
