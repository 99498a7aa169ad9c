"""What the rules of privacy.yaml refuse and let pass."""

import logging

from flask import redirect, request, url_for

from app.assistant.reporting import read_report
from app.events.actions import record
from app.extensions import db

log = logging.getLogger(__name__)


def bad(form, council, conversation):
    # ruleid: typed-text-kept
    log.info("asked: %s", request.form["text"])
    typed = request.form.get("q", "")
    # ruleid: typed-text-kept
    log.warning(f"nothing found for {typed}")
    # ruleid: typed-text-kept
    record(form.text.data, council=council, practice=None)
    # ruleid: typed-text-kept
    db.session.add(Search(words=typed.lower()))
    # ruleid: typed-text-kept
    log.debug("turns: %s", conversation.turns)
    body = request.get_json()
    # ruleid: typed-text-kept
    print(body)
    # ruleid: whole-request-logged
    log.error("failed at %s", request.url)
    # ruleid: typed-text-in-address
    return redirect(url_for("search.results", q=form.text.data))


def good(session, council, event):
    report = read_report(request.form)
    # ok: typed-text-kept
    session.add(report)
    # ok: typed-text-kept
    log.info("asked with %d letters", len(request.form["text"]))
    # ok: typed-text-kept
    record(event, council=council, practice=None)
    # ok: whole-request-logged
    log.error("failed at %s", request.endpoint)
    # ok: typed-text-in-address
    return redirect(url_for("pages.home"))
