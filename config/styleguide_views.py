"""The page of all components in all their states, made with the templates that the real pages include.

The values are samples; nobody and nothing on it exists, and its buttons lead nowhere.
"""

import uuid
from dataclasses import dataclass
from datetime import date, datetime, time
from types import SimpleNamespace
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from agencies.access import rule
from calendars.lamps import Colour
from cases import preferences
from config.help import pages
from inspection.hints import Panel
from inspection.path_advice import Advice
from inspection.registration_forms import WorkerFormSet
from inspection.resemblance import Twin
from inspection.states import Path, State
from reports.charts import Cell, Chart, Column, Row

HERE = "#"  # where sample links lead
TODAY = date(2026, 11, 23)
NUMBER = "铜人社监案〔2026〕1203号"
EMPLOYER = "重庆示例建筑劳务有限公司"
ICONS = ("search", "success", "info", "warning", "error", "print", "document", "person", "close")


@rule("signed_in")
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Every component with sample values, for whoever builds or checks a page."""
    context = {
        "icons": ICONS,
        "lamps": LAMPS,
        "blank": SampleForm(prefix="blank"),
        "filled": SampleForm(
            {
                "filled-name": "王某某",
                "filled-amount": "3.65万",
                "filled-month": "2507",
                "filled-town": "dongcheng",
                "filled-migrant": "yes",
                "filled-paid": "on",
                "filled-facts": "八月的工资还没有发。",
            },
            prefix="filled",
        ),
        "wrong": SampleForm({"wrong-amount": "很多"}, prefix="wrong"),
        "locked": LockedForm(prefix="locked"),
        "rows": [sample_case(lamp) for lamp in LAMPS],
        "columns": preferences.columns_named(preferences.USUAL),
        "page_obj": Paginator(range(1, 136), 10).get_page(5),
        "only_page": Paginator(range(1, 8), 10).get_page(1),
        "case": sample_case(LAMPS[1]),
        "cards": CARDS,
        "chart": CHART,
        "conflict_rows": CONFLICT,
        "panel": hints(),
        "panel_at_first": Panel([], [], [], None, 0, 0, [], None, "", None, []),
        "workers": roster(),
        "lines": record(),
        "clocks": clocks(),
        "others": [
            SimpleNamespace(user="李示例", is_acting=True),
            SimpleNamespace(user="张示例", is_acting=False),
        ],
        "sheet": pages.SHEETS["cases:home"],
    }
    return render(request, "styleguide/index.html", context)


def a_lamp(colour: Colour, text: str) -> SimpleNamespace:
    return SimpleNamespace(colour=colour.value, text=text, note="")


LAMPS = [
    a_lamp(Colour.GREEN, "还剩26个工作日"),
    a_lamp(Colour.AMBER, "还剩3个工作日（11月26日到期）"),
    a_lamp(Colour.TODAY, "今天到期"),
    a_lamp(Colour.RED, "已超期2个工作日"),
    a_lamp(Colour.GREY, "已中止，暂停计时（11月20日起）"),
    a_lamp(Colour.NONE, "已办结，用时18个工作日"),
]


def at(hour: int, minute: int) -> datetime:
    """That time of the sample day in Beijing."""
    return timezone.make_aware(datetime.combine(TODAY, time(hour, minute)))


# Fields


class SampleForm(forms.Form):
    """One field of each kind."""

    use_required_attribute = False

    name = forms.CharField(label="姓名", error_messages={"required": "还没填姓名"})
    amount = forms.CharField(
        label="欠薪金额", help_text="可写36500或3.65万", widget=forms.TextInput(attrs={"data-echo": "money"})
    )
    month = forms.CharField(
        label="起始月",
        widget=forms.TextInput(attrs={"data-echo": "month"}),
        error_messages={"required": "还没填起始月"},
    )
    town = forms.ChoiceField(
        label="用工镇街",
        choices=[("", "选一个"), ("dongcheng", "东城街道"), ("nancheng", "南城街道")],
        error_messages={"required": "还没选用工镇街"},
    )
    migrant = forms.ChoiceField(
        label="是否农民工",
        choices=[("yes", "是"), ("no", "否")],
        widget=forms.RadioSelect,
        error_messages={"required": "还没选是否农民工"},
    )
    paid = forms.BooleanField(label="已经付清", required=False)
    facts = forms.CharField(label="情况说明", required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def clean_amount(self) -> str:
        amount: str = self.cleaned_data["amount"]
        if not any(letter.isdigit() for letter in amount):
            raise forms.ValidationError("金额看不懂，可写36500或3.65万")
        return amount


class LockedForm(forms.Form):
    """What cannot be typed here says why."""

    due_on = forms.CharField(
        label="办结期限",
        initial="2027-02-24",
        required=False,
        help_text="由立案日和工作日历算出，不能手填",
        widget=forms.TextInput(attrs={"readonly": True}),
    )


# Cases


def sample_case(lamp: SimpleNamespace) -> SimpleNamespace:
    """A case that stands in lists and in the identity bar."""
    return SimpleNamespace(
        public_id=uuid.uuid4(),
        version=1,
        number=NUMBER,
        title=f"王某某（等12人）诉{EMPLOYER}",
        url=HERE,
        place=SimpleNamespace(list_url=HERE, n=4, total=48, previous_url=HERE, next_url=HERE),
        lamp=lamp,
        applicant_name="王某某",
        worker_count=12,
        respondent_name=EMPLOYER,
        claimed_fen=43_800_000,
        state_label="调查取证",
        is_shared=lamp.colour == Colour.GREY,
        is_priority=lamp.colour in (Colour.RED, Colour.AMBER),
        is_group=lamp.colour == Colour.AMBER,
        is_major=lamp.colour == Colour.AMBER,
        is_suspended=lamp.colour == Colour.AMBER,
        is_coordinating=lamp.colour == Colour.AMBER,
        handler="李示例",
        registered_at=at(9, 30),
    )


@dataclass(frozen=True)
class Paper:
    """A document in the record."""

    title: str
    get_absolute_url: str = HERE

    def __str__(self) -> str:
        return self.title


def an_event(**columns: Any) -> SimpleNamespace:
    """An entry of a record, as far as the template reads it."""
    return SimpleNamespace(**{"note": "", "facts": {}, **columns})


def record() -> list[SimpleNamespace]:
    """A step just taken, a correction and a remark."""
    step = an_event(
        seq=9, kind="step", label="立案", at=at(10, 32), by_name="赵示例", note="指派李示例、张示例"
    )
    edit = an_event(seq=8, kind="edit", label="修改案件信息", at=at(10, 5), by_name="周示例")
    note = an_event(seq=7, kind="note", label="备注", at=at(9, 41), by_name="周示例", note="单位说月底付。")
    change = SimpleNamespace(label="用工镇街", before="东城街道", after="南城街道")
    return [
        SimpleNamespace(event=step, changes=[], documents=[Paper("立案审批表")]),
        SimpleNamespace(event=edit, changes=[change], documents=[]),
        SimpleNamespace(event=note, changes=[], documents=[]),
    ]


def clocks() -> list[SimpleNamespace]:
    """A clock that runs and one that was extended and paused."""
    running = SimpleNamespace(
        rule=SimpleNamespace(label="调查"),
        lamp=LAMPS[0],
        due=None,
        clock=SimpleNamespace(
            party="",
            started_on=date(2026, 11, 2),
            rule_text="60个工作日",
            is_running=True,
            due_on=date(2027, 2, 1),
            is_provisional=True,
        ),
    )
    paused = SimpleNamespace(
        rule=SimpleNamespace(label="履行行政处理决定"),
        lamp=LAMPS[4],
        due=None,
        clock=SimpleNamespace(
            party=EMPLOYER,
            started_on=date(2026, 11, 9),
            rule_text="15天（自然日）",
            is_running=True,
            due_on=date(2026, 12, 4),
            is_provisional=False,
        ),
    )
    pause = SimpleNamespace(from_on=date(2026, 11, 20), to_on=None, reason="当事人申请")
    return [
        SimpleNamespace(line=running, used="15个工作日", pauses=[], extensions=[]),
        SimpleNamespace(
            line=paused, used="10天（自然日）", pauses=[pause], extensions=[SimpleNamespace(amount=10)]
        ),
    ]


# Registration


def hints() -> Panel:
    """The hint panel with everything it can say."""
    alike = sample_twin("王某某8月12日已投诉过这家单位（调查取证）", State.REGISTERED)
    return Panel(
        strong=[alike],
        weak=[sample_twin("王某某2024年投诉过这家单位，月份不重叠（结案）", State.CLOSED)],
        elsewhere=[sample_twin("同一请求已在仲裁审理，先核对一下", State.CLOSED)],
        nearby=sample_twin("这家单位30天内已有9人投诉，建议并入群体案件", State.INVESTIGATING),
        open_cases=3,
        open_persons=9,
        warnings=["欠薪截止已超过两年，核对一下是否一直在追讨"],
        advice=Advice(Path.INSPECTION, "单位和欠薪事实清楚，在两年以内"),
        path="",
        joined=None,
        apart=[],
    )


def sample_twin(sentence: str, state: State) -> Twin:
    case: Any = SimpleNamespace(
        public_id=uuid.uuid4(),
        number=NUMBER,
        state=state,
        is_open=state != State.CLOSED,
        get_absolute_url=HERE,
    )
    return Twin(case, sentence)


def roster() -> Any:
    """Two rows of a roster, the second with what is wrong in it."""
    rows = (
        ("王某某", "110101199003077715", "13800005678", "2506", "2508", "14,600"),
        ("李某某", "5.00E+17", "1390000", "2508", "2506", "很多"),
    )
    names = ("name", "id_number", "phone", "from_month", "to_month", "owed")
    fields = {
        f"w-{n}-{name}": value for n, row in enumerate(rows) for name, value in zip(names, row, strict=True)
    }
    fields |= {f"w-{n}-is_migrant": "yes" for n in range(len(rows))}
    formset = WorkerFormSet({**fields, "w-TOTAL_FORMS": "2", "w-INITIAL_FORMS": "0"}, prefix="w")
    formset.is_valid()
    return formset


# Numbers


def a_card(label: str, state: str, value: str, **more: str) -> SimpleNamespace:
    return SimpleNamespace(label=label, state=state, value=value, **more)


CARDS = [
    a_card(
        "欠薪投诉立案办结率",
        "below",
        "95.10%",
        fraction="办结1,173/应办1,233",
        target="低于目标98%",
        gap="再办结36件可达标",
        url=HERE,
        value_url=HERE,
        definition="期初未结＋本期立案",
    ),
    a_card(
        "当期立案办结率", "near", "97.57%", fraction="办结1,203/立案1,233", target="低于目标98%", url=HERE
    ),
    a_card("按期办结率", "met", "100.00%", fraction="按期办结402/到期402", target="达到目标98%", url=HERE),
    a_card("追回工资", "", "2,316.80", unit="万元", fraction="1,874人"),
]
CHART = Chart(
    id="sample",
    title="东城街道在办最多",
    unit="件",
    said="东城街道在办12件，南城街道5件。",
    head="镇街",
    columns=(Column("在办"), Column("超期")),
    rows=(
        Row("东城街道", (Cell("12", HERE), Cell("1", HERE))),
        Row("南城街道", (Cell("5", HERE), Cell("0"))),
    ),
    note="没有镇街的不在图里。",
)
CONFLICT = [
    SimpleNamespace(
        label="用工镇街",
        name="town",
        yours="东城街道",
        yours_value="1",
        saved="南城街道",
        saved_value="2",
    ),
    SimpleNamespace(label="状态", name="", yours="投诉登记", saved="调查取证"),
]
