"""The door for a WSGI server: `gunicorn plimsoll.config.wsgi`."""

import os

from django.core.management.base import BaseCommand
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "plimsoll.config.settings")
application = get_wsgi_application()
# Serves nothing while a setting or a policy file is wrong, and says which.
BaseCommand().check()
