"""Who may do what: people, roles, sign-in, and which practice somebody works from."""

from flask import Flask

from app.accounts.access import refuse_cross_site, refuse_undeclared
from app.accounts.arrival import choose_by_address, place_for_templates
from app.accounts.routes import blueprint


def init_app(app: Flask) -> None:
    """Put this feature in place."""
    for guard in (refuse_cross_site, refuse_undeclared, choose_by_address):
        app.before_request(guard)
    app.context_processor(place_for_templates)
    app.register_blueprint(blueprint)
