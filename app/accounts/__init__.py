"""Who may do what: people, roles, sign-in, and which practice somebody works from."""

from flask import Flask

from app.accounts import account, joining, links, members, noting, outside, platform, routes, signing_in, trail
from app.accounts.access import refuse_cross_site, refuse_no_text, refuse_undeclared
from app.accounts.arrival import choose_by_address, place_for_templates
from app.accounts.limits import refuse_too_many
from app.accounts.retention import RULES
from app.accounts.sessions import StoredSessions
from app.accounts.standing import forget_the_person, know_the_person
from app.jobs.retention import register


def init_app(app: Flask) -> None:
    """Put this feature in place."""
    app.session_interface = StoredSessions()
    signing_in.init_app(app)
    noting.init_app(app)
    outside.init_app(app)
    for guard in (
        refuse_no_text,
        refuse_cross_site,
        signing_in.refuse_json,
        refuse_too_many,
        know_the_person,
        refuse_undeclared,
        choose_by_address,
    ):
        app.before_request(guard)
    app.before_request(account.forget_what_was_sent)
    app.before_request(signing_in.begin_one_transaction)
    app.after_request(signing_in.end_one_transaction)
    app.teardown_request(forget_the_person)
    app.context_processor(place_for_templates)
    register(app, *RULES)
    for part in (routes, account, joining, links, members, outside, platform, trail):
        app.register_blueprint(part.blueprint)
