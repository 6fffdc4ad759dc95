"""The WSGI application the web server runs."""

import os

from django.core.wsgi import get_wsgi_application

from config.profile import settings_module
from config.startup import refuse_weak_configuration

os.environ["DJANGO_SETTINGS_MODULE"] = os.environ.get("DJANGO_SETTINGS_MODULE") or settings_module()

application = get_wsgi_application()
refuse_weak_configuration()
