"""领导看板 in a real browser: seen at once, drawn from its tables, printed on one sheet, usable without scripts."""

import gzip
import io
from datetime import timedelta
from unicodedata import normalize

import pytest
from django.contrib.staticfiles import finders
from django.utils import timezone
from pypdf import PdfReader

from agencies.models import Town
from agencies.services import load_agencies
from inspection.models import Complaint
from tests.people import make_user
from tests.reports.aid import application
from tests.reports.complaints import complaint, payment, worker
from tests.reports.disputes import dispute

pytestmark = pytest.mark.django_db(transaction=True)

WEIGHT = 450_000


@pytest.fixture
def leader():
    load_agencies()
    return make_user("leader01", agency="district", role="leader")


@pytest.fixture
def district(leader):
    """A year of cases over every town and several industries, some late, some closed, some paid; disputes and aid."""
    today = timezone.localdate()
    towns = list(Town.objects.all())
    for n in range(70):
        filed_on = today - timedelta(days=5 * n)
        closed_on = filed_on + timedelta(days=30) if n % 9 and n > 7 else None
        case = complaint(
            filed_on=filed_on,
            closed_on=closed_on,
            due_on=filed_on + timedelta(days=84),
            town=towns[n % len(towns)],
            is_priority=n % 3 > 0,
            is_group=n % 20 == 0,
        )
        Complaint.objects.create(case=case, industry=("E47", "E49", "C", "H", "")[n % 5])
        if closed_on:
            payment(worker(case), 1_460_000, paid_on=closed_on)
        due_on = filed_on + timedelta(days=45)
        dispute(accepted_on=filed_on, closed_on=closed_on, due_on=due_on, is_suspended=n == 2)
        application(received_on=filed_on, granted_on=filed_on)
    return leader


def opened(page, address="/reports/"):
    page.goto(address)
    page.wait_for_load_state("networkidle")
    return page


def test_cards_and_the_first_charts_are_seen_without_scrolling(district, page_of, check_accessible):
    page = opened(page_of(district))

    bottoms = page.eval_on_selector_all(
        ".kpi-card, [data-chart=months] [data-plot], [data-chart=towns] [data-plot]",
        "all => all.map(one => one.getBoundingClientRect().bottom)",
    )

    assert len(bottoms) == 9
    assert max(bottoms) <= 768
    check_accessible(page)


def test_charts_are_drawn_say_what_they_show_and_keep_their_tables(district, page_of, check_accessible):
    page = opened(page_of(district))

    for section in page.locator("section[data-chart]").all():
        plot = section.locator("[data-plot]")
        assert plot.locator("canvas").count() == 1
        assert plot.get_attribute("aria-label") == section.get_attribute("data-said")
        assert not section.locator("table").is_visible()
        section.locator("summary").click()
        assert section.locator("table").is_visible()
    check_accessible(page)


def test_a_click_on_a_bar_opens_its_cases(district, page_of):
    page = opened(page_of(district))
    plot = page.locator("[data-chart=ages] [data-plot]")
    plot.scroll_into_view_if_needed()
    box = plot.bounding_box()

    page.mouse.click(box["x"] + box["width"] / 8, box["y"] + box["height"] - 50)
    page.wait_for_url("**/reports/age/upto15/**")

    assert page.locator("h1").inner_text().startswith("在办账龄：立案后0—15个工作日")


def test_without_scripts_everything_is_in_the_tables(district, page_of):
    page = opened(page_of(district, scripts=False))

    assert page.locator("section[data-chart] table:visible").count() == 4
    assert page.locator("canvas, [data-plot]:visible, [data-board-print]:visible").count() == 0


@pytest.mark.parametrize("scripts", [True, False])
def test_the_page_prints_on_one_sheet(district, page_of, scripts):
    page = opened(page_of(district, scripts=scripts))

    sheets = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages

    text = normalize("NFKC", sheets[0].extract_text())
    assert len(sheets) == 1
    assert [round(float(side) / 72 * 25.4) for side in sheets[0].mediabox[2:]] == [210, 297]
    assert "欠薪投诉立案办结率" in text
    assert "本年累计" in text
    assert "工作台" not in text


@pytest.mark.parametrize(("width", "height"), [(390, 844), (683, 384), (1920, 950)])
def test_other_sizes_have_no_sideways_scroll_and_break_no_rule(
    district, page_of, check_accessible, width, height
):
    page = page_of(district)
    page.set_viewport_size({"width": width, "height": height})
    opened(page)

    assert page.evaluate("document.documentElement.scrollWidth") <= width
    check_accessible(page)


@pytest.mark.parametrize(
    "address",
    [
        "/reports/",
        "/reports/?period=custom&from_on=x",
        "/reports/definition/",
        "/reports/K1/gap/?town=none",
        "/reports/definitions/",
        "/reports/check/",
    ],
)
def test_empty_and_refused_pages_break_no_rule(leader, page_of, check_accessible, address):
    check_accessible(opened(page_of(leader), address))


def test_the_definition_is_changed_by_keyboard_with_a_reason(district, page_of, check_accessible):
    page = opened(page_of(district), "/reports/definition/")
    button = page.get_by_role("button", name="更改报送口径")

    page.get_by_label("K2 当期立案办结率").check()
    button.press("Enter")
    assert page.locator("#error-summary").inner_text().endswith("还没填理由")
    check_accessible(page)
    page.get_by_label("理由").fill("市局通知")
    button.press("Enter")
    page.wait_for_url("**/reports/")

    assert "报送口径已改为K2" in page.locator("#status").inner_text()
    assert "K2，报送用" in page.locator(".kpi-card").first.inner_text()


def test_the_page_weighs_what_it_may(district, page_of):
    page = page_of(district)
    loaded = []
    page.on("response", lambda response: loaded.append(response.url))

    opened(page)

    kinds = (".js", ".css")
    files = [url.split("/static/")[1] for url in loaded if url.endswith(kinds)]
    weight = len(gzip.compress(page.content().encode()))
    for file in files:
        with open(finders.find(file), "rb") as content:
            weight += len(gzip.compress(content.read()))
    assert any("echarts" in file for file in files)
    assert weight <= WEIGHT


def test_other_pages_do_not_load_the_charts(leader, page_of):
    page = page_of(leader)
    loaded = []
    page.on("response", lambda response: loaded.append(response.url))

    opened(page, "/reports/K1/gap/")

    assert not [url for url in loaded if "echarts" in url or "board.js" in url]


def test_wall_fits_the_screen_and_is_renewed_without_moving(leader, district, page_of, check_accessible):
    page = page_of(leader)
    page.set_viewport_size({"width": 1920, "height": 1080})
    page.goto("/reports/")
    page.get_by_role("link", name="投屏").click()
    page.wait_for_function("document.querySelectorAll('canvas').length === 4")
    check_accessible(page)
    size = "[document.documentElement.scrollWidth, document.documentElement.scrollHeight]"
    height = "document.getElementById('board').getBoundingClientRect().height"
    before = page.evaluate(height)

    with page.expect_response(lambda answer: "wall=1" in answer.url) as renewed:
        page.evaluate(
            """board => htmx.ajax("GET", board.getAttribute("hx-get"), {
                target: board, select: "#board", swap: "outerHTML",
                headers: JSON.parse(board.getAttribute("hx-headers"))})""",
            page.query_selector("#board"),
        )
    page.wait_for_function("document.querySelectorAll('canvas').length === 4")

    assert renewed.value.request.headers["huxin-poll"] == "1"
    assert page.evaluate(size) == [1920, 1080]
    assert page.evaluate(height) == before
