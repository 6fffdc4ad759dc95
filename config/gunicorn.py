"""How the web server runs: ``gunicorn --config python:config.gunicorn config.wsgi``; the command line wins."""

import sys

import gunicorn.http.wsgi
from django.conf import settings

from config.log import logging_config

bind = "127.0.0.1:8000"
workers = 2
worker_class = "gthread"
threads = 4
timeout = 60
graceful_timeout = 30
keepalive = 5

# Threads of a process take turns this often, instead of every 5 ms: a request that holds a counter waits for its turn
# after every answer of the database, and everybody else waits for it.
sys.setswitchinterval(0.001)

# Only proxies of ours may say that the browser spoke TLS.
forwarded_allow_ips = ",".join(settings.TRUSTED_PROXIES) or "127.0.0.1"

# Requests are logged by `config.middleware.RequestMiddleware`; here only what concerns the server itself.
accesslog = None
logconfig_dict = logging_config(level=settings.LOG_LEVEL)
logconfig_dict["loggers"]["gunicorn.error"] = {
    "handlers": ["stderr"],
    "propagate": False,
    "level": settings.LOG_LEVEL,
}

# Nobody need know which server answers.
gunicorn.http.wsgi.SERVER = "web"
