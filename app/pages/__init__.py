"""Home, help, privacy, cookies, accessibility statement, health endpoints."""

from flask import Flask

from app.content.kinds import Kind, load_at_start
from app.content.kinds import register as register_kind
from app.pages import catalogue, errors, joint, setting_up, signposting
from app.pages.routes import blueprint


def init_app(app: Flask) -> None:
    """Put this feature in place."""
    app.register_blueprint(blueprint)
    app.register_blueprint(setting_up.blueprint)
    app.register_blueprint(signposting.blueprint)
    app.register_blueprint(joint.blueprint)
    errors.register(app)
    register_kind(app, Kind("pages", catalogue.checked))
    load_at_start(app, lambda app: catalogue.heads(app.config["CONTENT_DIR"]))
