"""Browser tests: a real Chromium on the pages of a running site.

``page`` is a fresh visitor, ``page_of(user)`` a signed-in one, ``check_accessible(page)`` holds a page to the
rules of axe. After each test no page may have raised a script error, broken the content policy or asked
another host for anything.
"""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect, sync_playwright

from agencies.models import User

SCREENSHOTS = Path(__file__).resolve().parents[2] / "test-results"
CHROMIUM_FLAGS = [
    "--no-sandbox",  # the tests may run as root, on pages of our own
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
]
PATIENCE = 60_000  # milliseconds until what has to appear counts as missing; machines are busy
NO_FAULTS = (
    "Failed to load resource",  # an answer such as 422 or 409: what it says is for the test to check
    "htmx:afterRequest",  # a page that is left cuts off what it was asking; errors of the server say responseError
    "htmx:sendAbort",
    "htmx:sendError",
)
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    executable = shutil.which("chromium") or "/usr/bin/chromium"
    with pytest.MonkeyPatch.context() as patch:
        # Playwright's event loop runs in this thread; Django would take every query for one inside it.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        expect.set_options(timeout=PATIENCE)
        with sync_playwright() as playwright:
            chromium = playwright.chromium.launch(executable_path=executable, args=CHROMIUM_FLAGS)
            yield chromium
            chromium.close()


class Visitors:
    """Browser windows of one test, each a visitor of its own, and what went wrong in them."""

    def __init__(self, browser: Browser, address: str) -> None:
        self.browser = browser
        self.address = address
        self.contexts: list[BrowserContext] = []
        self.faults: list[str] = []

    def arrive(self, cookies: list[dict] | None = None, *, scripts: bool = True) -> Page:
        context = self.browser.new_context(
            base_url=self.address,
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            viewport={"width": 1366, "height": 768},
            java_script_enabled=scripts,
        )
        context.set_default_timeout(PATIENCE)
        # Without a screen there is no print dialog: printing a PDF that is then left takes the page with it.
        context.add_init_script("window.print = () => undefined;")
        context.add_cookies(cookies or [])
        page = context.new_page()
        page.on("pageerror", lambda error: self.faults.append(f"script error: {error}"))
        page.on("console", self.note_console)
        page.on("request", lambda request: self.note_address(request.url))
        self.contexts.append(context)
        return page

    def note_console(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith(NO_FAULTS):
            self.faults.append(f"console: {message.text}")

    def note_address(self, url: str) -> None:
        # A receipt that prints by itself opens the browser's own viewer, which asks the browser itself.
        if not url.startswith((self.address, "data:", "blob:", "about:", "chrome:", "chrome-extension:")):
            self.faults.append(f"request to another host: {url}")


@pytest.fixture
def visitors(browser: Browser, live_server, request: pytest.FixtureRequest) -> Iterator[Visitors]:
    visitors = Visitors(browser, live_server.url)
    yield visitors
    if request.node.stash.get(FAILED, False):
        keep_screenshots(visitors, request.node.name)
    for context in visitors.contexts:
        context.close()
    assert visitors.faults == []


@pytest.fixture
def page(visitors: Visitors) -> Page:
    """A window of somebody who is not signed in."""
    return visitors.arrive()


@pytest.fixture
def page_of(visitors: Visitors) -> Callable[..., Page]:
    """``page_of(user)`` is a window of that user, signed in; ``scripts=False`` switches scripts off."""

    def open_page(user: User, *, scripts: bool = True) -> Page:
        client = Client()
        client.force_login(user)
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session, "url": visitors.address}
        return visitors.arrive([cookie], scripts=scripts)

    return open_page


@pytest.fixture
def check_accessible() -> Callable[[Page], None]:
    """``check_accessible(page)`` fails with every axe rule the page breaks."""

    def check(page: Page) -> None:
        rules = {"type": "tag", "values": AXE_TAGS}
        results = Axe().run(page, options={"runOnly": rules, "resultTypes": ["violations"]})
        found = [
            f"{fault['id']}: {node['html'][:160]}"
            for fault in results.response["violations"]
            for node in fault["nodes"]
        ]
        assert found == []

    return check


FAILED = pytest.StashKey[bool]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo):
    report = yield
    if report.when == "call" and report.failed:
        item.stash[FAILED] = True
    return report


def keep_screenshots(visitors: Visitors, name: str) -> None:
    """One picture of every open window below ``test-results``, named after the test."""
    SCREENSHOTS.mkdir(exist_ok=True)
    for number, context in enumerate(visitors.contexts):
        for page in context.pages:
            page.screenshot(path=SCREENSHOTS / f"{name}-{number}.png", full_page=True)
