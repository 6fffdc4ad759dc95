"""帮助: every page has its sheet, the sheets are true, 上手清单 ticks itself."""

import re
from pathlib import Path

import cn2an
import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from agencies.access import PUBLIC
from agencies.models import User
from agencies.reference import DEMO_ACCOUNTS
from agencies.rights import Role
from calendars import catalogue
from cases.models import Preference, SearchQuery
from cases.workflow.registry import workflows
from config import start_list
from config.help import pages
from config.help.sheet import Sheet
from config.route_rules import all_routes
from inspection.states import State
from tests.inspection.situations import TODAY, complaint, moment, staff
from tests.people import make_user

ROOT = Path(settings.BASE_DIR)
# The refusals of the design rules, and the words that say nothing.
UNKIND = ("非法", "无效", "操作失败", "系统异常", "必填项", "您")
ARTICLE = re.compile(r"《(?P<law>.+)》第(?P<number>[一二三四五六七八九十百]+)条")
IN_ROW = re.compile(r"第([一二三四五六七八九十百]+)条(?:至第([一二三四五六七八九十百]+)条)?")


def pages_of_the_site() -> set[str]:
    """The names of the addresses that answer to GET for people who have signed in."""
    return {
        route.name
        for route in all_routes()
        if route.rule != PUBLIC and (route.methods is None or "GET" in route.methods)
    }


def every_address() -> set[str]:
    return {route.name for route in all_routes()}


# The table


def test_every_page_has_help():
    assert pages_of_the_site() - set(pages.SHEETS) - set(pages.WITHOUT) == set()


def test_no_help_speaks_of_a_page_that_is_gone():
    named = {*pages.SHEETS, *pages.WITHOUT, *pages.SHOWN_AGAIN}

    assert named - every_address() == set()
    assert set(pages.SHOWN_AGAIN.values()) <= set(pages.SHEETS)
    assert set(pages.SHEETS).isdisjoint({*pages.WITHOUT, *pages.SHOWN_AGAIN})


def test_no_page_has_two_sheets():
    assert sum(len(sheets) for _title, sheets in pages.PARTS) == len(pages.SHEETS)


@pytest.mark.parametrize("name", pages.SHEETS)
def test_sheet_is_short_and_plain(name):
    sheet = pages.SHEETS[name]
    sentences = [*map(str, sheet.how), *(str(answer) for _question, answer in sheet.questions)]

    assert 3 <= len(sheet.how) <= 7
    assert 2 <= len(sheet.questions) <= 4
    assert [text for text in sentences if not text.endswith("。") or len(text) > 60] == []
    assert [word for word in UNKIND for text in words_of(sheet) if word in text] == []


def words_of(sheet: Sheet) -> list[str]:
    questions = [text for pair in sheet.questions for text in pair]
    law = [part for each in sheet.law for part in (each.article, each.says)]
    return [
        str(text) for text in (sheet.title, *sheet.how, *questions, *law, *(does for _k, does in sheet.keys))
    ]


def keys_that_work() -> set[str]:
    """What the table under ? lists, and what stands on the pages' own buttons."""
    texts = [path.read_text(encoding="utf-8") for path in (ROOT / "templates").rglob("*.html")]
    on_buttons = {
        key for text in texts for keys in re.findall(r'data-key="([^"]+)"', text) for key in keys.split()
    }
    table = (ROOT / "templates/components/_keys_dialog.html").read_text(encoding="utf-8")
    in_roster = (ROOT / "templates/inspection/_register_roster.html").read_text(encoding="utf-8")
    named_in_roster = set(re.findall(r"Ctrl\+[A-Z]", in_roster))
    return on_buttons | set(re.findall(r"<kbd>([^<{]+)</kbd>", table)) | named_in_roster


def test_only_keys_that_work_are_named():
    named = {key for sheet in pages.SHEETS.values() for keys, _does in sheet.keys for key in keys.split()}

    assert named - keys_that_work() == set()


def cited_articles() -> set[tuple[str, int]]:
    """Every article that a time limit, a row or a condition of the procedures rests on."""
    texts = [rule.law for rule in catalogue.all_rules()]
    for workflow in workflows():
        for step in workflow.steps:
            texts += [step.law, *(guard.law for guard in step.guards)]
    return {article for text in texts for article in articles_in(str(text))}


def articles_in(text: str) -> set[tuple[str, int]]:
    found = set()
    for law, numbers in re.findall(r"《((?:[^《》]|〈[^〉]*〉)+)》((?:[^《]*))", text):
        for first, last in IN_ROW.findall(numbers):
            start = cn2an.cn2an(first)
            found |= {(law, n) for n in range(start, cn2an.cn2an(last) + 1 if last else start + 1)}
    return found


def test_every_excerpt_is_of_an_article_the_procedure_rests_on():
    excerpts = {each.article for sheet in pages.SHEETS.values() for each in sheet.law}
    cited = cited_articles()

    assert len(excerpts) > 10
    assert [text for text in excerpts if not ARTICLE.fullmatch(text) or not articles_in(text) <= cited] == []


# The pages


@pytest.fixture
def people(db, time_machine) -> dict[str, User]:
    time_machine.move_to(moment(TODAY), tick=False)
    return staff("WZXNJLH")


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.mark.parametrize("name", pages.SHEETS)
def test_sheet_is_shown_as_a_page(db, name):
    answer = signed_in(make_user()).get(reverse("help:page", args=[name]))

    assert answer.status_code == 200
    assert str(pages.SHEETS[name].how[0]) in answer.content.decode()
    assert "<html" in answer.content.decode()


def test_htmx_gets_the_sheet_alone(people):
    url = reverse("help:page", args=["cases:list"])

    answer = signed_in(people["W"]).get(url, headers={"HX-Request": "true"}).content.decode()

    assert "<html" not in answer
    assert str(pages.SHEETS["cases:list"].how[0]) in answer


def test_unknown_page_has_no_help(people):
    assert signed_in(people["W"]).get(reverse("help:page", args=["cases:nothing"])).status_code == 404


def test_step_says_what_it_does_and_under_which_article(people):
    url = reverse("help:page", args=["cases:take_step"])

    page = signed_in(people["W"]).get(url, {"step": "accept"}).content.decode()

    assert "这一步：受理" in page
    assert "受理当日要立案" in page
    assert "同一请求已在仲裁或诉讼中" in page
    assert "这一步" not in signed_in(people["W"]).get(url, {"step": "nothing"}).content.decode()


def test_each_page_leads_to_its_own_help(people):
    case = complaint(people, State.INVESTIGATING)
    client = signed_in(people["Z"])
    step = reverse("cases:take_step", args=[case.public_id, "investigate"])

    leads = {
        url: re.search(r'<a href="(/help/[^"]*)" data-key="F1"', client.get(url).content.decode())[1]
        for url in ("/", "/cases/", case.get_absolute_url(), step, "/help/")
    }

    assert list(leads.values()) == [
        "/help/cases:home/",
        "/help/cases:list/",
        "/help/cases:detail/",
        "/help/cases:take_step/?step=investigate",
        "/help/",
    ]


def test_list_of_help_holds_what_this_person_may_reach(people):
    clerk = signed_in(people["W"]).get(reverse("help:index")).content.decode()
    admin = make_user("admin01", agency="district", role="sysadmin")
    office = signed_in(admin).get(reverse("help:index")).content.decode()

    assert ("/help/inspection:register/" in clerk, "/help/agencies:people/" in clerk) == (True, False)
    assert ("/help/inspection:register/" in office, "/help/agencies:people/" in office) == (False, True)


# 上手清单


def ticked(user: User) -> list[str]:
    return [line.code for line in start_list.items(User.objects.get(pk=user.pk)) if line.is_done]


@pytest.mark.parametrize("row", DEMO_ACCOUNTS, ids=lambda row: row[0])
def test_every_role_has_five_things_to_do(db, row):
    user = make_user(row[0], agency=row[1], role=row[2])

    client = signed_in(user)
    page = client.get("/", follow=True).content.decode()

    assert len({item.code for item in start_list.items_for(user)}) == 5
    assert page.count('name="tick"') == 4
    places = [line.url for line in start_list.items(user) if line.url]
    assert {client.get(url, follow=True).status_code for url in places} == {200}


def test_items_tick_themselves_from_what_was_done(people):
    case = complaint(people, State.INVESTIGATING)
    inspector, client = people["Z"], signed_in(people["Z"])
    before = ticked(inspector)

    client.post(reverse("cases:search"), {"q": "1203"})
    client.post(reverse("cases:note", args=[case.public_id]), {"text": "单位说月底付", "key": "a" * 32})
    client.get(reverse("help:page", args=["cases:home"]))

    assert before == ["password"]
    assert ticked(inspector) == ["password", "search", "note", "help"]
    assert ticked(people["X"]) == ["password"]


def test_choosing_a_density_ticks_its_item(people):
    client = signed_in(people["H"])

    client.post(reverse("cases:preferences"), {"density": "compact"})

    assert ticked(people["H"]) == ["password", "choices"]


def test_what_was_noticed_stays_ticked(people):
    client = signed_in(people["W"])
    client.post(reverse("cases:search"), {"q": "1203"})
    noticed = ticked(people["W"])

    SearchQuery.objects.all().delete()

    assert ticked(people["W"]) == noticed == ["password", "search"]


def test_item_is_ticked_by_hand_and_opened_again(people):
    client, url = signed_in(people["W"]), reverse("help:mark")

    answer = client.post(url, {"tick": "register"})
    by_hand = ticked(people["W"])
    client.post(url, {"untick": "register"})

    assert answer["Location"] == "/"
    assert by_hand == ["password", "register"]
    assert ticked(people["W"]) == ["password"]


def test_tick_for_nothing_on_the_list_changes_nothing(people):
    signed_in(people["W"]).post(reverse("help:mark"), {"tick": "decide"})

    assert not Preference.objects.filter(user=people["W"]).exists()


def test_list_is_put_away_and_brought_back(people):
    client, url = signed_in(people["W"]), reverse("help:mark")
    shown = "上手清单" in client.get("/").content.decode()

    client.post(url, {"put_away": "1"})
    away = "上手清单" in client.get("/").content.decode()
    answer = client.post(url, {"put_away": "0", "back": "help"})

    assert (shown, away) == (True, False)
    assert answer["Location"] == reverse("help:index")
    assert "上手清单" in client.get("/").content.decode()


def test_first_page_asks_no_more_once_everything_is_ticked(people, django_assert_num_queries):
    user = people["W"]
    for item in start_list.items_for(user):
        start_list.note(user, item.code)
    user = User.objects.select_related("agency").get(pk=user.pk)

    with django_assert_num_queries(1):  # the person's choices
        assert all(line.is_done for line in start_list.items(user))


def test_leader_finds_the_list_below_the_figures(db):
    leader = make_user("leader01", agency="district", role=Role.LEADER)
    head = make_user("head01", role=Role.INSPECTION_HEAD)

    assert 'id="start-list"' in signed_in(leader).get(reverse("reports:dashboard")).content.decode()
    assert 'id="start-list"' not in signed_in(head).get(reverse("reports:dashboard")).content.decode()
