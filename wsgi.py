"""The application as a WSGI server finds it: `granian --interface wsgi wsgi:app`."""

import gc
import os
import sys

from app import create_app
from app.content.problems import ContentError
from config import Settings, SettingsError

try:
    app = create_app(Settings.from_environ(os.environ))
except SettingsError as error:
    sys.exit(f"Fingerpost cannot start. {error}")
except ContentError as error:
    sys.exit(f"Fingerpost cannot start: content has to be mended first.\n{error}")

# The vocabulary lives as long as the process: the collector need not walk through it at every pause.
gc.collect()
gc.freeze()
