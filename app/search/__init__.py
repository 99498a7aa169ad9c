"""Words and a place in; ranked services with reasons out."""

from flask import Flask

from app.content.kinds import Kind, load_at_start, register
from app.search import catalogue, concepts
from app.search.routes import blueprint
from app.search.sync import Keeper
from app.search.understanding import passages_known, words_known


def init_app(app: Flask) -> None:
    """Put this feature in place."""
    register(app, Kind("search words", catalogue.heads))
    register(app, Kind("concepts", concepts.heads))
    load_at_start(app, words_known)
    load_at_start(app, passages_known)
    app.extensions["search_index"] = Keeper(app)
    app.register_blueprint(blueprint)
