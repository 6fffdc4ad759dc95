"""Pages of clues: a list by what is due, one page to type it in, steps with their effect, nothing for others."""

import re
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from agencies.models import Town
from inspection.clues import Clue, ClueEvent
from inspection.clues.services import propose_step
from inspection.states import State
from tests.inspection.clue_desk import (
    ID_NUMBER,
    PHONE,
    SENT,
    VERDICT,
    facts,
    fresh,
    new_clue,
    rung,
    step,
)
from tests.inspection.situations import TODAY, complaint, moment, new_key, staff, strangers

pytestmark = pytest.mark.django_db
LIST = reverse("inspection:clues")
NEW = reverse("inspection:clue_new")
TYPED = {
    "channel": "phone",
    "received_at": "今天 9:10",
    "content": "来电反映欠薪",
    "reporter_phone": "138 1234 5678",
    "amount": "1.25万",
    "from_month": "2603",
    "to_month": "2605",
}


@pytest.fixture
def people(time_machine):
    time_machine.move_to(moment(TODAY), tick=False)
    return staff("WZXJ")


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def step_url(clue: Clue, name: str) -> str:
    return reverse("inspection:clue_step", args=[clue.public_id, name])


def take(client: Client, clue: Clue, name: str, do: str = "take", **fields):
    sent = {"do": do, "version": fresh(clue).version, "key": new_key(), **fields}
    return client.post(step_url(clue, name), sent)


def text_of(response) -> str:
    return response.content.decode()


# The list


def test_list_counts_each_view_and_starts_with_what_is_due_first(people):
    later, sooner = new_clue(people["W"]), new_clue(people["W"], dispatched_at=SENT - timedelta(days=4))
    due_today = new_clue(people["W"], dispatched_at=moment(date(2026, 5, 26)))
    overdue = new_clue(people["W"], dispatched_at=moment(date(2026, 5, 20)))
    closed = new_clue(people["W"])
    step(
        "join_clue",
        closed,
        people["W"],
        number=complaint(people).receipt_no,
        verdict="in_hand",
        result="并入",
    )
    propose_step(
        clue=rung(sooner, people["W"]), step="close_clue", by=people["W"], version=2, key=new_key(), **VERDICT
    )

    page = signed_in(people["J"]).get(LIST)

    counts = {tab["code"]: tab["n"] for tab in page.context["tabs"]}
    assert counts == {"open": 4, "today": 1, "overdue": 1, "waiting": 1, "closed": 1}
    assert page.context["rows"] == [overdue, due_today, sooner, later]
    assert [row.lamp.colour for row in page.context["rows"][:2]] == ["red", "today"]


@pytest.mark.parametrize("tab", ["open", "closed"])
def test_list_asks_the_same_number_of_questions_for_one_row_and_for_five(
    people, tab, django_assert_max_num_queries
):
    client = signed_in(people["W"])
    client.get(LIST)  # the first request of a session also writes the session
    counts = []
    for _round in (1, 5):
        while Clue.objects.count() < _round * 2:
            new_clue(people["W"], town=Town.objects.first(), handler=people["Z"])
            closed = new_clue(people["W"], handler=people["X"])
            number = complaint(people).receipt_no
            step("join_clue", closed, people["W"], number=number, verdict="repeated", result="重复")
        with django_assert_max_num_queries(11) as queries:
            client.get(LIST, {"tab": tab})
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_page_asks_the_same_number_of_questions_for_a_long_record(people, django_assert_max_num_queries):
    client, clue = signed_in(people["W"]), rung(new_clue(people["W"]), people["W"])
    client.get(LIST)  # the first request of a session also writes the session
    counts = []
    for _round in range(2):
        with django_assert_max_num_queries(12) as queries:
            client.get(clue.get_absolute_url())
        counts.append(len(queries))
        for _again in range(4):
            rung(clue, people["W"])

    assert counts[0] == counts[1]


def test_list_is_narrowed_by_channel_town_and_urgency(people):
    towns = list(Town.objects.all()[:2])
    wanted = new_clue(people["W"], channel="12345", town=towns[0], threatens_harm=True)
    new_clue(people["W"], channel="12345", town=towns[1], threatens_harm=True)
    new_clue(people["W"], town=towns[0], threatens_harm=True)
    new_clue(people["W"], channel="12345", town=towns[0])

    page = signed_in(people["W"]).get(LIST, {"channel": "12345", "town": towns[0].pk, "hot": "on"})

    assert page.context["rows"] == [wanted]


def test_list_holds_whatever_stands_in_the_address(people):
    new_clue(people["W"])

    page = signed_in(people["W"]).get(
        LIST, {"tab": "x", "channel": "nobody", "town": "999999", "q": "no", "page": "7", "hot": "?"}
    )

    assert page.status_code == 200


@pytest.mark.parametrize(
    "typed", ["王小明", "5678", PHONE, ID_NUMBER, "建筑劳务", "安置房", "GZ-A1", "三个月工资", "2026-1"]
)
def test_word_finds_the_clue_and_stands_in_no_address(people, typed):
    wanted = new_clue(people["W"], external_no="GZ-A1")
    other = {"reporter_name": "李四", "reporter_phone": "", "reporter_id_number": "", "employer_name": "别家"}
    new_clue(people["W"], site="别处", content="别的事", external_no="GZ-B2", **other)

    page = signed_in(people["W"]).post(
        reverse("inspection:clue_search"), {"word": typed, "tab": "open"}, follow=True
    )

    assert page.context["rows"] == [wanted]
    assert typed not in page.redirect_chain[0][0]


def test_search_of_somebody_else_narrows_nothing(people):
    new_clue(people["W"])
    mine = signed_in(people["W"]).post(reverse("inspection:clue_search"), {"word": "没有"})

    page = signed_in(people["Z"]).get(mine["Location"])

    assert (page.context["query"], len(page.context["rows"])) == (None, 1)


# Registration


def test_clue_is_registered_as_it_was_typed(people):
    response = signed_in(people["W"]).post(NEW, TYPED | {"key": new_key()})

    clue = Clue.objects.get()
    assert response["Location"] == clue.get_absolute_url()
    assert (clue.received_at, clue.reporter_phone) == (moment(TODAY, 9, 10), PHONE)
    assert (clue.amount_fen, clue.from_month, clue.to_month) == (1_250_000, "2026-03", "2026-05")


def test_double_click_makes_one_clue(people):
    client, key = signed_in(people["W"]), new_key()

    answers = [client.post(NEW, TYPED | {"key": key}) for _click in range(2)]

    assert {answer["Location"] for answer in answers} == {Clue.objects.get().get_absolute_url()}


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("channel", "", "还没选来源"),
        ("channel", "12345", "这个来源的线索要填外部编号"),
        ("received_at", "明天", "收到时间不能晚于现在"),
        ("received_at", "今天 25:00", "时间看不懂，可写9:30"),
        ("received_at", "20200101", "收到时间离今天太远"),
        ("received_at", "前些天", "日期看不懂"),
        ("dispatched_at", "今天 9:30", "派发时间晚于收到时间"),
        ("reporter_phone", "1381234567", "手机号应为11位数字，现在是10位"),
        ("reporter_id_number", "500151199001010012", "证件号码最后一位对不上"),
        ("amount", "很多", "金额看不懂"),
        ("worker_count", "几个", "涉及人数要写数字"),
        ("worker_count", "0", "涉及人数至少是1"),
        ("to_month", "2601", "截止月早于起始月"),
        ("to_month", "2609", "截止月不能晚于本月"),
        ("content", "", "还没填反映内容"),
    ],
)
def test_wrong_value_is_said_at_its_field_and_everything_typed_stays(people, field, typed, said):
    response = signed_in(people["W"]).post(NEW, {**TYPED, field: typed, "key": new_key()})

    page = text_of(response)
    assert response.status_code == 422
    assert said in page
    assert "来电反映欠薪" in page or field == "content"
    assert 'value="1.25万"' in page or field == "amount"
    assert Clue.objects.count() == 0


def test_item_that_came_in_before_is_shown(people):
    known = new_clue(people["W"], external_no="GZ-7")
    sent = TYPED | {"channel": "national", "external_no": "GZ-7", "key": new_key()}

    response = signed_in(people["Z"]).post(NEW, sent)

    assert response.status_code == 422
    assert f"已经登记过（{known.number}）" in text_of(response)
    assert known.get_absolute_url() in text_of(response)


def test_columns_that_the_page_does_not_ask_for_are_not_taken(people):
    harm = {
        "state": "CLUE_CLOSED",
        "verdict": "paid",
        "agency": "1",
        "extension_days": "9",
        "due_on": "2030-01-01",
    }

    signed_in(people["W"]).post(NEW, TYPED | harm | {"key": new_key()})

    clue = Clue.objects.get()
    assert (clue.state, clue.verdict, clue.extension_days) == ("CLUE_NEW", "", 0)
    assert (clue.agency, clue.due_on) == (people["W"].agency, date(2026, 7, 8))


# One clue


def test_numbers_are_masked_until_somebody_asks_and_the_reading_is_recorded(people):
    client, clue = signed_in(people["Z"]), new_clue(people["W"])

    before = text_of(client.get(clue.get_absolute_url()))
    response = client.post(reverse("inspection:clue_reveal", args=[clue.public_id]), {"purpose": "contact"})

    assert "138****5678" in before
    assert PHONE not in before
    assert PHONE in text_of(response)
    assert ID_NUMBER in text_of(response)
    assert response["Refresh"] == f"30; url={clue.get_absolute_url()}"
    event = clue.events.first()
    assert (event.kind, event.by, event.facts) == (
        ClueEvent.Kind.READ,
        people["Z"],
        {"purpose": "contact"},
    )


def test_numbers_are_not_shown_without_a_purpose(people):
    client, clue = signed_in(people["Z"]), new_clue(people["W"])

    response = client.post(reverse("inspection:clue_reveal", args=[clue.public_id]))

    assert response.status_code == 422
    assert "还没选查看号码的用途" in text_of(response)
    assert PHONE not in text_of(response)
    assert not clue.events.filter(kind=ClueEvent.Kind.READ).exists()


def test_who_only_watches_may_not_read_the_numbers(people):
    watcher, clue = staff("L")["L"], new_clue(people["W"])

    response = signed_in(watcher).post(reverse("inspection:clue_reveal", args=[clue.public_id]))

    assert response.status_code == 403
    assert PHONE not in text_of(response)


def test_page_offers_each_person_what_they_may_do(people):
    clue = rung(new_clue(people["W"]), people["W"])

    window = signed_in(people["W"]).get(clue.get_absolute_url())
    inspector = signed_in(people["Z"]).get(clue.get_absolute_url())
    head = signed_in(people["J"]).get(clue.get_absolute_url())

    def offered(page) -> list[tuple[str, str]]:
        found = [page.context["first"], *page.context["others"]]
        return sorted((offer.step.name, offer.mode) for offer in found if offer)

    assert offered(window) == [
        ("close_clue", "propose"),
        ("contact_clue", "take"),
        ("extend_clue", "propose"),
        ("join_clue", "take"),
        ("report_clue", "take"),
        ("transfer_clue", "propose"),
    ]
    assert window.context["first"].step.name == "close_clue"
    assert offered(inspector) == [("contact_clue", "take"), ("report_clue", "take")]
    assert offered(head) == []
    register = f"{reverse('inspection:register')}?clue={clue.public_id}"
    assert [register in text_of(page) for page in (window, inspector, head)] == [True, True, False]


def test_case_page_names_the_clue_it_came_from(people):
    clue, case = new_clue(people["W"]), complaint(people, State.INVESTIGATING)
    step("join_clue", clue, people["W"], number=case.case_no, verdict="in_hand", result="并入")

    page = text_of(signed_in(people["Z"]).get(case.get_absolute_url()))

    assert "来自线索" in page
    assert fresh(clue).number in page


# Correcting


def test_numbers_left_empty_stay_as_they_are(people):
    client, clue = signed_in(people["W"]), new_clue(people["W"])
    url = reverse("inspection:clue_edit", args=[clue.public_id])
    form = client.get(url).context["form"]
    typed = {name: form[name].value() or "" for name in form.fields}
    received = form.fields["received_at"].prepare_value(clue.received_at)
    sent = typed | {"received_at": received, "dispatched_at": received, "content": "改过", "version": 1}

    assert PHONE not in text_of(client.get(url))
    assert client.post(url, sent | {"key": new_key()}).status_code == 302

    assert (fresh(clue).content, fresh(clue).reporter_phone) == ("改过", PHONE)
    assert set(clue.events.first().after) == {"content"}


def test_stale_correction_shows_both_texts(people):
    client, clue = signed_in(people["W"]), new_clue(people["W"])
    url = reverse("inspection:clue_edit", args=[clue.public_id])
    typed = {**TYPED, "channel": "national", "external_no": clue.external_no}
    client.post(url, typed | {"content": "甲写的", "version": 1, "key": new_key()})

    response = client.post(url, typed | {"content": "乙写的", "version": 1, "key": new_key()})

    assert response.status_code == 409
    rows = {row["name"]: (row["yours"], row["saved"]) for row in response.context["rows"]}
    assert rows["content"] == ("乙写的", "甲写的")
    assert fresh(clue).content == "甲写的"


# Steps


def test_clue_is_closed_from_contact_to_approval(people):
    window, head, clue = signed_in(people["W"]), signed_in(people["J"]), new_clue(people["W"])

    take(window, clue, "contact_clue", at="今天", method="phone", reached="yes", result="工资已发")
    take(window, clue, "close_clue", "propose", **VERDICT)
    shown = text_of(head.get(step_url(clue, "close_clue")))
    response = take(head, clue, "close_clue", note="同意")

    assert "不属实" in shown
    assert response.status_code == 302
    assert (fresh(clue).verdict, fresh(clue).closed_by) == ("untrue", people["J"])


def test_head_sends_a_proposal_back_from_its_page(people):
    head, clue = signed_in(people["J"]), rung(new_clue(people["W"]), people["W"])
    take(signed_in(people["W"]), clue, "close_clue", "propose", **VERDICT)

    silent = take(head, clue, "close_clue", "return")
    said = take(head, clue, "close_clue", "return", note="没有凭证")

    assert (silent.status_code, said.status_code) == (422, 302)
    assert "写明退回的理由" in text_of(silent)
    assert fresh(clue).pending_step == ""


def test_refused_step_says_why_keeps_what_was_typed_and_stands_in_the_record(people):
    clue = new_clue(people["W"])

    response = take(signed_in(people["W"]), clue, "close_clue", "propose", **VERDICT)

    assert response.status_code == 422
    assert "还没联系上反映人" in text_of(response)
    assert "工资已按月发放" in text_of(response)
    assert clue.events.first().kind == ClueEvent.Kind.REFUSED


def test_contact_in_the_future_or_before_the_clue_is_refused(people):
    client, clue = signed_in(people["W"]), new_clue(people["W"])

    for at, said in (("明天", "联系时间不能晚于现在"), ("-3", "联系时间早于线索派发的日子")):
        response = take(client, clue, "contact_clue", at=at, method="phone", reached="no", result="无人接")
        assert response.status_code == 422
        assert said in text_of(response)

    assert clue.contacts.count() == 0


def test_stale_step_is_told_what_happened_since(people):
    clue = new_clue(people["W"])
    rung(clue, people["Z"])

    response = signed_in(people["W"]).post(
        step_url(clue, "contact_clue"),
        {
            "version": 1,
            "key": new_key(),
            "at": "今天",
            "method": "phone",
            "reached": "no",
            "result": "无人接",
        },
    )

    assert response.status_code == 409
    assert "你打开之后，这条线索有人改过" in text_of(response)
    assert "无人接" in text_of(response)


def test_extension_page_says_the_new_day(people):
    clue = new_clue(people["W"])
    given = {"days": "5", "reason": "等结算", "approval": ""}
    take(signed_in(people["W"]), clue, "extend_clue", "propose", **given)

    page = text_of(signed_in(people["J"]).get(step_url(clue, "extend_clue")))

    assert "现在的办结期限是2026年7月8日。 同意后是2026年7月15日。" in re.sub(r"\s+", " ", page)


@pytest.mark.parametrize("name", ["contact_clue", "close_clue", "extend_clue"])
def test_person_without_the_right_is_refused_and_the_attempt_recorded(people, name):
    watcher, clue = staff("L")["L"], new_clue(people["W"])

    response = take(signed_in(watcher), clue, name)

    assert response.status_code == 403
    assert clue.events.first().by == watcher


def test_unknown_step_does_not_exist(people):
    clue = new_clue(people["W"])

    for name in ("convert_clue", "nothing"):
        assert signed_in(people["W"]).get(step_url(clue, name)).status_code == 404


@pytest.mark.parametrize("who", ["window of the institute", "aid director", "auditor", "liaison of a town"])
def test_clue_of_another_agency_is_not_found(people, who):
    (stranger,) = strangers(who).values()
    client, clue = signed_in(stranger), new_clue(people["W"])
    routes = [(name, [clue.public_id]) for name in ("clue", "clue_edit", "clue_reveal")]
    routes.append(("clue_step", [clue.public_id, "close_clue"]))

    answers = {
        (name, verb): getattr(client, verb)(reverse(f"inspection:{name}", args=args)).status_code
        for name, args in routes
        for verb in ("get", "post")
    }

    assert set(answers.values()) <= {404, 405}
    assert facts()["reporter_name"] not in text_of(client.get(LIST))


def test_entry_of_the_top_bar_is_for_the_office(people):
    shown = {letter: LIST in text_of(signed_in(by).get("/")) for letter, by in people.items()}
    stranger = signed_in(strangers("mediator")["mediator"])

    assert shown == dict.fromkeys("WZXJ", True)
    assert LIST not in text_of(stranger.get("/"))
