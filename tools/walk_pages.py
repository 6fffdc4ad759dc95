"""Walk every page of a running demo site as every demo account, and say what is wrong with how they look.

Each kind of page is opened at four sizes: on a small counter screen, on a large one, on a phone, and at twice the
size of everything. A page is wrong when it breaks a rule of axe, is wider than the window, or raises a script error.
With ``--errors`` forms are sent as they are, so that pages that refuse something are looked at too: the data changes.

    .venv/bin/python -m tools.walk_pages http://127.0.0.1:8000 [--roles window01,head01] [--errors] [--english]

Prints a line per fault and a summary. The exit code is 1 when there was one.
"""

import argparse
import re
import shutil
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page, Response, sync_playwright
from playwright.sync_api import Error as BrowserError

PASSWORD = "huxin-2026"  # noqa: S105  of the demo accounts, known to everybody
ROLES = (
    "window01,inspector01,head01,legal01,deputy01,bureau01,mediator01,arbitrator01,clerk01,instdir01,aid01,aiddir01,"
    "lawyer01,housing01,police01,town01,leader01,stats01,auditor01,admin01"
)
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking"]
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Width and height in the site's own pixels; the last is the first at twice the size of everything.
SIZES = ((1366, 625), (1920, 950), (390, 844), (683, 312))
COVERED = "target-size"
SETTLED_MS = 200  # after which a script has answered to a new size
MOST_ALIKE = 2  # pages of one kind for the account that sees the kind first; one for those after it
ENOUGH = 3
MOST_PAGES = 150  # for one account
# What no link leads to: pages that are empty, that refuse what stands in their address, that are not there.
FROM_NOWHERE = (
    "/cases/?tab=all&applicant=没有这个人",
    "/cases/?tab=all&registered_from=x",
    "/cases/?tab=ended",
    "/cases/?tab=overdue",
    "/messages/?read=1",
    "/help/",
    "/styleguide/",
    "/no-such-page/",
    "/cases/00000000-0000-0000-0000-000000000007/",
    "/settings/people/",
)
NOT_PAGES = re.compile(r"/(pdf|text|inline|preview|numbers)/$|/files/[0-9a-f-]{36}/$|/logout/|/last-receipt/")
VARIABLE = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|(?<=/)(\d+|D\d\d|L?D\d\d|T\d\d\w?|[A-Z]{1,3}-?\d+)(?=/)")


@dataclass
class Walk:
    """What was seen so far and what was wrong with it, each fault once with the first page that had it."""

    base: str
    errors: bool
    english: bool
    seen: Counter[str] = field(default_factory=Counter)
    faults: dict[str, str] = field(default_factory=dict)
    opened: int = 0

    def fault(self, what: str, where: str) -> None:
        if what not in self.faults:
            self.faults[what] = where
            print(f"{where}\n    {what}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("base", help="the address of the running site")
    parser.add_argument("--roles", default=ROLES, help="user names, with commas")
    parser.add_argument("--errors", action="store_true", help="send forms as they are; changes data")
    parser.add_argument("--english", action="store_true", help="read the site in English")
    given = parser.parse_args()
    walk = Walk(given.base.rstrip("/"), given.errors, given.english)
    with sync_playwright() as playwright:
        executable = shutil.which("chromium") or "/usr/bin/chromium"
        browser = playwright.chromium.launch(executable_path=executable, args=FLAGS)
        for role in given.roles.split(","):
            walk_as(walk, browser, role)
        browser.close()
    print(f"{walk.opened} pages, {len(walk.seen)} kinds, {len(walk.faults)} faults")
    sys.exit(bool(walk.faults))


def walk_as(walk: Walk, browser: Browser, role: str) -> None:
    """Every kind of page that links lead this account to was looked at."""
    page = sign_in(walk, browser, role)
    waiting = ["/", *FROM_NOWHERE]
    alike: Counter[str] = Counter()
    before = frozenset(walk.seen)
    known = set(waiting)
    while waiting and alike.total() < MOST_PAGES:
        path = waiting.pop(0)
        kind = kind_of(path)
        if alike[kind] >= (1 if kind in before else MOST_ALIKE):
            continue
        alike[kind] += 1
        answer = open_page(walk, page, path, role)
        if answer is None:
            continue
        links = [link for link in links_of(page, walk.base) if link not in known]
        known.update(links)
        waiting += links
        look(walk, page, f"{role} {path} ({answer.status})", kind)
        if walk.errors and alike[kind] == 1:
            refuse(walk, page, role, path, kind)
    page.context.close()
    print(f"{role}: {alike.total()} pages", flush=True)


def sign_in(walk: Walk, browser: Browser, role: str) -> Page:
    width, height = SIZES[0]
    context = browser.new_context(
        base_url=walk.base, locale="zh-CN", viewport={"width": width, "height": height}
    )
    context.set_default_timeout(20_000)
    context.add_init_script("window.print = () => undefined;")
    page = context.new_page()
    page.on("pageerror", lambda error: walk.fault(f"script error: {error}", f"{role} {page.url}"))
    page.on("console", lambda said: note(walk, said, f"{role} {page.url}"))
    page.goto("/login/")
    page.fill("#id_username", role)
    page.fill("#id_password", PASSWORD)
    page.click("button[type=submit].btn-primary")
    page.wait_for_load_state()
    other = page.locator("button[name=language][value=en]")
    if walk.english and other.count():  # else the person reads English already
        with page.expect_navigation():
            other.evaluate("button => button.form.requestSubmit(button)")
    return page


def note(walk: Walk, said: ConsoleMessage, where: str) -> None:
    """Something the browser said; an answer such as 404 is what some pages are about."""
    if said.type == "error" and "Failed to load resource" not in said.text:
        walk.fault(f"console: {said.text[:300]}", where)


def kind_of(path: str) -> str:
    """The address without what differs from case to case; of its query only the names."""
    parts = urlsplit(path)
    names = sorted({pair.split("=")[0] for pair in parts.query.split("&") if pair} - {"n", "page", "new"})
    return VARIABLE.sub("*", parts.path) + ("?" + "&".join(names) if names else "")


def links_of(page: Page, base: str) -> Iterator[str]:
    hrefs = page.eval_on_selector_all("a[href]", "links => links.map(link => link.getAttribute('href'))")
    for href in hrefs:
        url = urljoin(page.url, href)
        path = url.removeprefix(base).split("#")[0]
        if url.startswith(base) and path and not NOT_PAGES.search(urlsplit(path).path):
            yield path


def open_page(walk: Walk, page: Page, path: str, role: str) -> Response | None:
    """The answer; None for what is not a page."""
    try:
        answer = page.goto(path, wait_until="load")
    except BrowserError as error:
        if "Download is starting" not in str(error) and "ERR_ABORTED" not in str(error):
            walk.fault(f"not opened: {str(error)[:200]}", f"{role} {path}")
        return None
    if answer is None or "text/html" not in answer.headers.get("content-type", ""):
        return None
    walk.opened += 1
    if answer.status >= 500:
        walk.fault(f"answered {answer.status}", f"{role} {path}")
    return answer


def look(walk: Walk, page: Page, where: str, kind: str) -> None:
    """The page fits its window and keeps the rules: a kind that is new at every size, others at the usual one.

    What several pages of a kind have kept, the next will: of those only the width is looked at.
    """
    is_new, is_known = kind not in walk.seen, walk.seen[kind] >= ENOUGH
    walk.seen[kind] += 1
    for width, height in SIZES if is_new else SIZES[:1]:
        page.set_viewport_size({"width": width, "height": height})
        page.wait_for_timeout(SETTLED_MS if is_new else 0)
        wide = page.evaluate("document.documentElement.scrollWidth")
        if wide > width:
            walk.fault(f"{wide - width}px wider than {width} {kind}", where)
        for fault in () if is_known else broken_rules(page):
            walk.fault(f"{fault} at {width}", where)
    width, height = SIZES[0]
    page.set_viewport_size({"width": width, "height": height})


def broken_rules(page: Page) -> list[str]:
    """Each rule that is broken, with the elements. What a bar at the edge covers counts only if it stays covered."""
    nodes = faults_by_rule(page)
    if COVERED in nodes:
        page.evaluate("window.scrollTo(0, document.documentElement.scrollHeight)")
        still = faults_by_rule(page).get(COVERED, [])
        nodes[COVERED] = [each for each in nodes[COVERED] if each in still]
    return [f"{rule}: {' | '.join(shown[:2])}" for rule, shown in nodes.items() if shown]


def faults_by_rule(page: Page) -> dict[str, list[str]]:
    options = {"runOnly": {"type": "tag", "values": AXE_TAGS}, "resultTypes": ["violations"]}
    found: dict[str, list[str]] = {}
    for fault in Axe().run(page, options=options).response["violations"]:
        found[fault["id"]] = [re.sub(r"\s+", " ", node["html"])[:140] for node in fault["nodes"]]
    return found


def refuse(walk: Walk, page: Page, role: str, path: str, kind: str) -> None:
    """The main form of the page was sent as it stands; where it was refused, that page was looked at."""
    button = page.locator("form[method=post][data-primary] .btn-primary").first
    if button.count() == 0 or not button.is_visible():
        return
    try:
        with page.expect_navigation(timeout=15_000) as gone:
            button.click()
    except BrowserError:
        return
    answer = gone.value
    if answer is not None and answer.status in (409, 422):
        walk.opened += 1
        look(walk, page, f"{role} {path} sent empty ({answer.status})", f"{kind} refused")


if __name__ == "__main__":
    main()
