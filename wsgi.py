"""The application: `flask serve` and the other commands find it here, and any WSGI server that is given `wsgi:app`."""

import os
import sys

from app import create_app
from app.accounts.providers import ProvidersError
from app.content.kinds import load_all
from app.content.problems import ContentError
from app.tenancy import UnsafeRole, refuse_to_start
from config import Settings, SettingsError

try:
    app = create_app(Settings.from_environ(os.environ))
except (SettingsError, ProvidersError) as error:
    sys.exit(f"Fingerpost cannot start. {error}")

if "FLASK_RUN_FROM_CLI" not in os.environ:  # A command reads what it needs; `flask serve` reads all of it once for its workers.
    try:
        refuse_to_start(app.extensions["database"])
        load_all(app)
    except UnsafeRole as error:
        sys.exit(f"Fingerpost cannot start. {error}")
    except ContentError as error:
        sys.exit(f"Fingerpost cannot start: content has to be mended first.\n{error}")
