"""The product's own settings, with nothing written into the checkout."""

import atexit
import shutil
import tempfile
from pathlib import Path

from plimsoll.config.settings import *  # noqa: F403
from plimsoll.config.settings import DATABASES, STORAGES

VAR = Path(tempfile.mkdtemp(prefix="plimsoll-tests-"))
atexit.register(shutil.rmtree, VAR, ignore_errors=True)

# A file, not memory: as in service, each thread has a connection of its own, with WAL.
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"NAME": VAR / "test.sqlite3"}

STATIC_ROOT = VAR / "static"
STATIC_ROOT.mkdir()
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
MEDIA_ROOT = VAR / "media"
EMAIL_FILE_PATH = VAR / "mail"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# Tests sign people in at a stroke; those of the second factor turn it on.
SECOND_FACTOR = False

# The demonstration authority, which works by the framework that Plimsoll is built from.
AUTHORITY = "harbourside"
