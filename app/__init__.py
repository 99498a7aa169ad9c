"""Fingerpost: what else there is before a care home, for GPs and the councils beside them."""

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from app import (
    accounts,
    assistant,
    cli,
    content,
    directory,
    events,
    insights,
    jobs,
    pages,
    places,
    relationships,
    search,
    signposts,
    tenancy,
    training,
    ui,
    vocabulary,
)
from app.extensions import db
from config import Settings

FEATURES = (
    ui,
    content,
    events,
    jobs,
    places,
    accounts,
    vocabulary,
    directory,
    search,
    relationships,
    assistant,
    training,
    signposts,
    insights,
    pages,
    cli,
)


def create_app(settings: Settings) -> Flask:
    """The application with every feature in place. Content is read when it is first needed, or by `content.kinds.load_all`."""
    app = Flask(__name__, static_folder=None)
    app.url_map.merge_slashes = False  # It would redirect to an address made of the Host that was asked for.
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SECRET_KEY_FALLBACKS=list(settings.old_secret_keys),
        DATA_DIR=settings.data_dir,
        CONTENT_DIR=settings.content_dir,
        MODULES_DIR=settings.modules_dir,
        DATABASE_OWNER_URL=settings.database_owner_url,
        PUBLIC_URL=settings.public_url,
        HTTPS=settings.https,
        FRAME_ANCESTORS=settings.frame_ancestors,
        SECURITY_CONTACT=settings.security_contact,
        FEED_HOSTS=settings.feed_hosts,
        HOST=settings.host,
        PORT=settings.port,
        MAIL=settings.mail,
        MAX_CONTENT_LENGTH=1_000_000,
    )
    if settings.proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=settings.proxies, x_proto=settings.proxies)  # type: ignore[method-assign]
    db.init_app(app, settings.database_url)
    tenancy.tell_the_database(app.extensions["database"])
    for feature in FEATURES:
        feature.init_app(app)
    return app
