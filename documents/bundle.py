"""What a document may load while it is rendered."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

SCHEME = "asset:"


class ForbiddenAddress(FatalURLFetchingError):
    """The text asked for something outside itself. Stops the rendering; says nothing about the address."""


class BundledOnly(URLFetcher):
    """Hands out the files it was given under ``asset:`` and what stands in a ``data:`` address; nothing else."""

    def __init__(self, files: Mapping[str, Path]) -> None:
        super().__init__(allowed_protocols=["data"], allow_redirects=False, fail_on_errors=True)
        self._files = dict(files)

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        if url.startswith(SCHEME):
            return self._bundled(url)
        if not url.startswith("data:"):
            raise ForbiddenAddress
        return super().fetch(url, headers)

    def _bundled(self, url: str) -> URLFetcherResponse:
        path = self._files.get(url.removeprefix(SCHEME))
        if path is None:
            raise ForbiddenAddress
        return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": "application/octet-stream"})
