"""The doors for web servers: `front` for the house's own (`granian --interface rsgi`), `application` for any (WSGI)."""

import gc
import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from qilian.web.front import Front

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qilian.web.settings")

gc.disable()  # what is imported stays: to look it through again and again is a tenth of the start
application = get_wsgi_application()
gc.freeze()
gc.enable()

front = Front(application, most=4 * settings.FILE_BYTES_MAX, beats=settings.VAR / "run" / "web")
"""Four times the largest file: in JSON a file takes a third more, and a form may have several."""
