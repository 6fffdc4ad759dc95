"""Settings, URLs, middleware and start-up checks of the whole site."""

from config.celery import app as celery_app

__all__ = ["celery_app"]
