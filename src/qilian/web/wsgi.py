"""The door for the web server: `granian --interface wsgi qilian.web.wsgi:application`."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qilian.web.settings")

gc.disable()  # what is imported stays: to look it through again and again is a tenth of the start
application = get_wsgi_application()
gc.freeze()
gc.enable()
