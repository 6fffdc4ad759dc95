"""Legal-aid cases of the last months, at least one in every state, written through the services of legal aid.

They have a clock of their own, as clues have: the centre is another office than the one whose cases were told before.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from heapq import heapify, heappop, heappush
from itertools import count
from typing import Any

from agencies.models import User
from calendars.services import current_calendar
from cases import services
from cases.models import PartyRole
from documents.models import Document
from legal_aid.deadlines import SIGN_AGREEMENT
from legal_aid.models import Firm, Lawyer
from legal_aid.registry import add_lawyer, add_rate, save_firm
from legal_aid.services import Applicant, Application, Means, register_application
from legal_aid.states import Category, Channel, Matter, Stage
from notifications.selectors import inbox_of
from notifications.services import mark_read
from reports.demo.clock import Clock, turned_back
from reports.demo.fiction import UNITS, card_number, month_before, name
from reports.demo.office import last_working_day

FIRST_PERSON = 3_640_000
"""Numbers of invented people from here on belong to legal aid."""

FORUM = "重庆市铜梁区劳动人事争议仲裁院"
FIRMS: tuple[tuple[str, int, list[str]], ...] = (
    ("重庆示例龙都律师事务所", 3, ["31-5w", "31-5r", "31-7i"]),
    ("重庆示例巴岳律师事务所", 2, ["31-2", "31-7i"]),
    ("铜梁区示例东城法律服务所", 1, []),
)
RATES = (
    ("hardship", 1_200, "示例文件：经济困难标准"),
    ("arbitration", 1_500, "示例文件：办案补贴标准"),
    ("court", 2_000, "示例文件：办案补贴标准"),
    ("out_of_court", 800, "示例文件：办案补贴标准"),
    ("drafting", 300, "示例文件：办案补贴标准"),
    ("advice", 100, "示例文件：办案补贴标准"),
)

Story = Callable[["Desk"], Iterator[date]]


@dataclass(frozen=True)
class Centre:
    """Who acts for legal aid in the history."""

    reviewer: User
    director: User
    lawyer: User
    bureau: User

    @classmethod
    def on_duty(cls) -> "Centre":
        """The demo accounts of those names. User.DoesNotExist when one is missing."""

        def person(username: str) -> User:
            return User.objects.select_related("agency").get(username=username, is_demo=True)

        return cls(person("aid01"), person("aiddir01"), person("lawyer01"), person("justice01"))


@dataclass
class Desk:
    """The centre and one application in its hands."""

    number: int
    staff: Centre
    clock: Clock
    end: date
    case: Any = None
    version: int = 1
    acts: int = 0

    @property
    def today(self) -> date:
        return self.clock.today

    def back(self, days: int) -> date:
        """The working day so many working days before the last one."""
        return current_calendar().nth_working_day_before(self.end, days) if days else self.end

    def day(self, days: int = 0) -> str:
        """The day so many calendar days after today, as a form takes it."""
        return (self.today + timedelta(days=days)).isoformat()

    def arrive(self, **changes: Any) -> None:
        """The application is registered now; for wages unless told otherwise."""
        self.clock.let_pass(5)
        unit, person = UNITS[self.number % len(UNITS)], FIRST_PERSON + self.number
        months = (month_before(self.end, 6), month_before(self.end, 4))
        owed = (6_000 + 900 * self.number) * 100
        is_migrant = changes.pop("is_migrant", True)
        entry = {
            "applicants": (
                Applicant(
                    name(person),
                    id_number=card_number(person),
                    phone=f"1990000{self.number:04}",
                    address="重庆市铜梁区（示例）某村某组",
                    is_migrant=is_migrant,
                    owed=((*months, owed),) if changes.get("matter", Matter.WAGES) == Matter.WAGES else (),
                ),
            ),
            "opponent": unit.name,
            "channel": Channel.WINDOW if self.number % 2 else Channel.STATION,
            "matter": Matter.WAGES,
            "stage": Stage.ARBITRATION,
            "category": Category.MIGRANT if is_migrant else Category.OTHER,
            "forum": FORUM,
            "facts_text": "按月结算的工资没有发，多次催要没有结果，请求帮助申请仲裁。",
            "materials": "身份证复印件1份\n工资结算单复印件1份",
        }
        self.case = register_application(
            by=self.staff.reviewer, key=self._key(), entry=Application(**{**entry, **changes})
        )
        self.version = self.case.version

    def take(self, step: str, by: User, /, **facts: Any) -> None:
        event = services.advance(**self._about(by), step=step, note="", **facts)
        self._done(event, by)

    def propose(self, step: str, by: User, /, **facts: Any) -> None:
        self._done(services.propose(**self._about(by), step=step, note="手续齐全。", **facts), by)

    def approve(self, step: str, by: User) -> None:
        self._done(services.advance(**self._about(by), step=step, note="同意。"), by)

    def serve(self, kind: str) -> None:
        """The newest document of the kind reached the applicant today."""
        document = Document.objects.filter(case=self.case, kind=kind).latest("pk")
        self.take(
            "serve",
            self.staff.reviewer,
            document=document.pk,
            party=self.case.parties.get(role=PartyRole.WORKER).pk,
            method="direct",
            served_on=self.day(),
            proof="本人签收",
        )

    def _about(self, by: User) -> dict[str, Any]:
        self.clock.let_pass(7)
        return {"case": self.case, "by": by, "version": self.version, "key": self._key()}

    def _key(self) -> str:
        self.acts += 1
        return f"demo-aid-{self.number}-{self.acts}"

    def _done(self, event: Any, by: User) -> None:
        self.version = event.version
        mark_read(inbox_of(by).filter(url=self.case.get_absolute_url()))

    # Passages that several stories share

    def reviewed(self) -> None:
        self.take("start_review", self.staff.reviewer)
        self.take("record_review", self.staff.reviewer, is_entitled="yes", opinion="符合条件，建议给予援助。")

    def granted(self) -> None:
        self.reviewed()
        self.take("grant", self.staff.director, form="arbitration")

    def assigned(self) -> None:
        self.granted()
        firms = list(Firm.objects.filter(agency=self.staff.reviewer.agency).order_by("-weight", "pk"))
        self.take("assign", self.staff.director, firm=firms[0].pk)

    def named(self) -> None:
        self.assigned()
        self.take("receive_assignment", self.staff.reviewer, arrived_on=self.day(), how="当面，前台签收")
        lawyer = Lawyer.objects.get(user=self.staff.lawyer)
        self.take("name_lawyer", self.staff.reviewer, lawyer=lawyer.pk, named_on=self.day())

    def signed(self) -> None:
        """Today; holidays may have made it later than the five days."""
        facts = {"signed_on": self.day(), "special_power": "no", "scope": "劳动仲裁全程代理"}
        term = self.case.clocks.filter(rule_code=SIGN_AGREEMENT.code, met_on=None, ended_on=None)
        if term.filter(due_on__lt=self.today).exists():
            facts["delay"] = "节假日期间受援人在外地，节后到场签订。"
        self.take("sign", self.staff.lawyer, **facts)

    def begun(self) -> None:
        self.take(
            "begin",
            self.staff.lawyer,
            met_on=self.day(),
            place="律师事务所会议室",
            explained="告知权利义务、仲裁风险和不收费。",
            requests="要求支付拖欠的工资。",
        )

    def logged(self, work: str, content: str, minutes: int = 60) -> None:
        self.take(
            "log_work",
            self.staff.lawyer,
            work=work,
            done_on=self.day(),
            minutes=str(minutes),
            content=content,
        )

    def concluded(self) -> None:
        self.logged("hearing", "参加仲裁开庭。", 150)
        self.logged("report", "向受援人通报开庭和裁决情况。", 20)
        self.take(
            "conclude",
            self.staff.lawyer,
            result="won",
            basis="award",
            concluded_on=self.day(),
            obtained="12600",
            summary="仲裁裁决支持全部请求，单位已经支付。",
        )

    def filed_away(self) -> None:
        self.take("hand_in_file", self.staff.reviewer, arrived_on=self.day(), pages="46")

    def checked(self) -> None:
        self.take(
            "check_file",
            self.staff.reviewer,
            complete="yes",
            regular="yes",
            payee="重庆示例龙都律师事务所",
        )


# The situations, one for each state at least


def asked_only(desk: Desk) -> Iterator[date]:
    yield desk.back(2)
    desk.arrive(is_consultation=True, matter="", materials="", facts_text="来问工伤怎么赔。")


def advised(desk: Desk) -> Iterator[date]:
    yield desk.back(24)
    desk.arrive(is_consultation=True, matter="", materials="")
    desk.take("end_consultation", desk.staff.reviewer, reason="告知可以直接申请仲裁，不收费。")


def just_applied(desk: Desk) -> Iterator[date]:
    yield desk.back(1)
    desk.arrive()


def nearly_lapsed(desk: Desk) -> Iterator[date]:
    """Five days are left of the year in which arbitration may be asked for."""
    yield desk.back(0)
    desk.arrive(limit_on=desk.today + timedelta(days=5))


def waiting_for_papers(desk: Desk) -> Iterator[date]:
    yield desk.back(2)
    desk.arrive()
    yield desk.back(1)
    desk.take(
        "request_correction",
        desk.staff.reviewer,
        missing_items="1. 劳动合同或者工友证言\n2. 银行流水",
        due_on=desk.day(9),
    )


def never_completed(desk: Desk) -> Iterator[date]:
    yield desk.back(30)
    desk.arrive()
    desk.take("request_correction", desk.staff.reviewer, missing_items="身份证明", due_on=desk.day(6))
    yield desk.back(22)
    desk.take("lapse_correction", desk.staff.reviewer)


def withdrawn(desk: Desk) -> Iterator[date]:
    yield desk.back(18)
    desk.arrive()
    yield desk.back(16)
    desk.take("withdraw", desk.staff.reviewer, received_on=desk.day(), reason="单位已经付清工资。")


def under_review(desk: Desk) -> Iterator[date]:
    """A bare finding of a labour relation: means are checked."""
    yield desk.back(3)
    desk.arrive(
        matter=Matter.RELATION,
        means=Means(
            household=4, income_fen=420_000, income_note="打零工", has_stable_income=False, pledged=True
        ),
    )
    desk.take("start_review", desk.staff.reviewer)
    yield desk.back(2)
    desk.take("record_review", desk.staff.reviewer, is_entitled="yes", opinion="符合经济困难标准，建议给予。")


def asked_elsewhere(desk: Desk) -> Iterator[date]:
    yield desk.back(4)
    desk.arrive(is_migrant=False, matter=Matter.INSURANCE)
    desk.take("start_review", desk.staff.reviewer)
    yield desk.back(3)
    desk.take(
        "ask_other_region",
        desk.staff.reviewer,
        region="四川省某某市法律援助中心（示例）",
        questions="申请人在户籍地的家庭收入和社会救助情况。",
    )


def aided_at_once(desk: Desk) -> Iterator[date]:
    yield desk.back(1)
    desk.arrive(limit_on=desk.today + timedelta(days=6))
    desk.take(
        "aid_first",
        desk.staff.director,
        ground="limit",
        limit_on=desk.day(6),
        facts="劳动关系终止将满一年。",
        papers_owed="经济困难状况说明表",
        papers_due_on=desk.day(9),
    )


def refused(desk: Desk) -> Iterator[date]:
    yield desk.back(9)
    desk.arrive(
        is_migrant=False,
        matter=Matter.RELATION,
        means=Means(household=2, income_fen=1_800_000, income_note="个体经营", pledged=True),
    )
    desk.take("start_review", desk.staff.reviewer)
    yield desk.back(7)
    desk.take("record_review", desk.staff.reviewer, is_entitled="yes", opinion="人均收入高于标准，建议不予。")
    desk.take("refuse", desk.staff.director, ground="not_hard_up", reason="家庭人均月收入高于经济困难标准。")
    yield desk.back(6)
    desk.serve("LD07")


def objected_to(desk: Desk) -> Iterator[date]:
    yield from refused(desk)
    yield desk.back(2)
    desk.take("object", desk.staff.reviewer, arrived_on=desk.day(), reason="去年失业，收入算得不对。")


def upheld(desk: Desk) -> Iterator[date]:
    yield desk.back(40)
    desk.arrive(
        is_migrant=False,
        matter=Matter.RELATION,
        means=Means(household=1, income_fen=900_000, income_note="经营", pledged=True),
    )
    desk.take("start_review", desk.staff.reviewer)
    desk.take("record_review", desk.staff.reviewer, is_entitled="yes", opinion="收入高于标准。")
    yield desk.back(38)
    desk.take("refuse", desk.staff.director, ground="not_hard_up", reason="人均月收入高于经济困难标准。")
    desk.serve("LD07")
    yield desk.back(34)
    desk.take("object", desk.staff.reviewer, arrived_on=desk.day(), reason="不同意。")
    yield desk.back(32)
    desk.take("uphold_decision", desk.staff.bureau, reason="收入核实无误，原决定事实清楚。")


def corrected_by_bureau(desk: Desk) -> Iterator[date]:
    yield desk.back(28)
    desk.arrive(
        is_migrant=False, matter=Matter.RELATION, means=Means(household=1, income_fen=150_000, pledged=True)
    )
    desk.take("start_review", desk.staff.reviewer)
    desk.take("record_review", desk.staff.reviewer, is_entitled="no", opinion="材料不足。")
    yield desk.back(26)
    desk.take("refuse", desk.staff.director, ground="other", reason="不能证明与单位有关系。")
    desk.serve("LD07")
    yield desk.back(22)
    desk.take("object", desk.staff.reviewer, arrived_on=desk.day(), reason="有工友证言和考勤表。")
    yield desk.back(1)
    desk.take("order_correction", desk.staff.bureau, reason="证据能够证明，应当给予援助。")


def newly_granted(desk: Desk) -> Iterator[date]:
    yield desk.back(2)
    desk.arrive()
    yield desk.back(1)
    desk.granted()


def firm_has_it(desk: Desk) -> Iterator[date]:
    yield desk.back(4)
    desk.arrive()
    yield desk.back(2)
    desk.assigned()


def lawyer_has_it(desk: Desk) -> Iterator[date]:
    yield desk.back(6)
    desk.arrive()
    yield desk.back(3)
    desk.named()


def engaged(desk: Desk) -> Iterator[date]:
    yield desk.back(8)
    desk.arrive()
    yield desk.back(6)
    desk.named()
    yield desk.back(4)
    desk.signed()


def going_on(desk: Desk) -> Iterator[date]:
    yield desk.back(25)
    desk.arrive()
    yield desk.back(23)
    desk.named()
    yield desk.back(21)
    desk.signed()
    yield desk.back(20)
    desk.begun()
    yield desk.back(12)
    desk.logged("drafting", "起草仲裁申请书，提交仲裁院。", 120)
    desk.take(
        "report_matter", desk.staff.lawyer, notable="group", people="12", content="同一工地还有十二人。"
    )
    yield desk.back(3)
    desk.logged("report", "电话告知开庭时间。", 15)


def to_be_replaced(desk: Desk) -> Iterator[date]:
    yield desk.back(20)
    desk.arrive()
    yield desk.back(18)
    desk.named()
    yield desk.back(17)
    desk.signed()
    desk.begun()
    yield desk.back(1)
    desk.take(
        "request_replacement",
        desk.staff.reviewer,
        asked_by="poor_service",
        arrived_on=desk.day(),
        reason="受援人说三个星期没有联系上承办人。",
        proof="通话记录3次；工作日志没有近期记录。",
    )


def not_replaced(desk: Desk) -> Iterator[date]:
    yield desk.back(36)
    desk.arrive()
    desk.named()
    yield desk.back(34)
    desk.take(
        "request_replacement",
        desk.staff.lawyer,
        asked_by="cannot",
        arrived_on=desk.day(),
        reason="同日有其他庭审。",
        proof="传票。",
    )
    desk.take("keep_lawyer", desk.staff.director, reason="庭审已改期，可以继续承办。")
    desk.signed()
    desk.begun()


def moved_to_another(desk: Desk) -> Iterator[date]:
    yield desk.back(15)
    desk.arrive()
    desk.named()
    yield desk.back(12)
    desk.take(
        "request_replacement",
        desk.staff.lawyer,
        asked_by="conflict",
        arrived_on=desk.day(),
        reason="本所是对方的常年法律顾问。",
        proof="顾问合同。",
    )
    yield desk.back(2)
    other = Firm.objects.order_by("weight", "pk").first()
    assert other is not None, "the registry was filled"
    desk.take("replace", desk.staff.director, firm=other.pk, reason="有利益冲突。", hand_over_by=desk.day(3))
    desk.take("reassign", desk.staff.director, firm=other.pk)


def terminated(desk: Desk) -> Iterator[date]:
    yield desk.back(30)
    desk.arrive()
    desk.named()
    desk.signed()
    desk.begun()
    yield desk.back(4)
    desk.take("terminate", desk.staff.director, ground="6", facts="受援人自行委托了律师。")
    desk.serve("LD18")
    desk.take("notify_termination", desk.staff.reviewer, done_on=desk.day(), how="当面送达，函告仲裁院")


def terminated_and_concluded(desk: Desk) -> Iterator[date]:
    yield desk.back(60)
    desk.arrive()
    desk.named()
    desk.signed()
    desk.begun()
    yield desk.back(45)
    desk.take("terminate", desk.staff.director, ground="5", facts="仲裁申请撤回，案件终止。")
    desk.take("notify_termination", desk.staff.reviewer, done_on=desk.day(), how="邮寄")
    yield desk.back(44)
    desk.take(
        "conclude_terminated",
        desk.staff.reviewer,
        concluded_on=desk.day(),
        summary="提交了仲裁申请，受援人撤回。",
    )
    yield desk.back(30)
    desk.filed_away()
    desk.take("return_file", desk.staff.reviewer, reason="缺约见笔录的签名页。")


def concluded(desk: Desk) -> Iterator[date]:
    yield desk.back(50)
    desk.arrive()
    desk.named()
    desk.signed()
    desk.begun()
    yield desk.back(5)
    desk.concluded()


def file_in(desk: Desk) -> Iterator[date]:
    yield desk.back(55)
    desk.arrive()
    desk.named()
    desk.signed()
    desk.begun()
    yield desk.back(12)
    desk.concluded()
    yield desk.back(3)
    desk.filed_away()


def subsidy_proposed(desk: Desk) -> Iterator[date]:
    yield desk.back(60)
    desk.arrive()
    desk.named()
    desk.signed()
    desk.begun()
    yield desk.back(20)
    desk.concluded()
    yield desk.back(10)
    desk.filed_away()
    yield desk.back(4)
    desk.checked()


def archived(desk: Desk) -> Iterator[date]:
    yield desk.back(75)
    desk.arrive()
    desk.named()
    desk.signed()
    desk.begun()
    yield desk.back(40)
    desk.concluded()
    yield desk.back(30)
    desk.filed_away()
    desk.checked()
    desk.take("pay_subsidy", desk.staff.director, paid_on=desk.day())
    yield desk.back(28)
    desk.take("archive", desk.staff.reviewer, pages="46", contents_complete="yes")


def evaluated(desk: Desk) -> Iterator[date]:
    """Urgent at first, its papers completed, and through to the end."""
    yield desk.back(95)
    desk.arrive(limit_on=desk.today + timedelta(days=5))
    desk.take(
        "aid_first",
        desk.staff.director,
        ground="limit",
        limit_on=desk.day(5),
        facts="劳动关系终止将满一年。",
        papers_owed="经济困难状况说明表",
        papers_due_on=desk.day(9),
    )
    firm = Firm.objects.order_by("-weight", "pk").first()
    assert firm is not None, "the registry was filled"
    desk.take("assign", desk.staff.director, firm=firm.pk)
    desk.take("receive_assignment", desk.staff.reviewer, arrived_on=desk.day(), how="电话通知，当面领取")
    lawyer = Lawyer.objects.get(user=desk.staff.lawyer)
    desk.take("name_lawyer", desk.staff.reviewer, lawyer=lawyer.pk, named_on=desk.day())
    yield desk.back(93)
    desk.propose(
        "supply_urgent_papers",
        desk.staff.reviewer,
        received_on=desk.day(),
        is_entitled="yes",
        opinion="手续补齐，符合条件。",
    )
    desk.approve("supply_urgent_papers", desk.staff.director)
    desk.signed()
    desk.begun()
    yield desk.back(60)
    desk.concluded()
    yield desk.back(50)
    desk.filed_away()
    desk.checked()
    desk.take("pay_subsidy", desk.staff.director, paid_on=desk.day())
    desk.take(
        "call_back", desk.staff.reviewer, called_on=desk.day(), satisfaction="good", content="律师很负责。"
    )
    desk.take("archive", desk.staff.reviewer, pages="46", contents_complete="yes")
    desk.take(
        "evaluate", desk.staff.reviewer, duty="28", quality="37", file="27", opinion="文书规范，通报及时。"
    )


def completed_and_questioned(desk: Desk) -> Iterator[date]:
    """Papers supplied in time, the other region answered, and aid after all."""
    yield desk.back(30)
    desk.arrive()
    desk.take("request_correction", desk.staff.reviewer, missing_items="劳动合同", due_on=desk.day(8))
    yield desk.back(28)
    desk.take("supply", desk.staff.reviewer, received_on=desk.day(), materials="劳动合同复印件1份")
    desk.take(
        "ask_other_region",
        desk.staff.reviewer,
        region="四川省某某市法律援助中心（示例）",
        questions="申请人是否进城务工。",
    )
    yield desk.back(24)
    desk.take("region_answered", desk.staff.reviewer, received_on=desk.day(), answer="属实。")
    desk.take("record_review", desk.staff.reviewer, is_entitled="yes", opinion="符合条件。")
    desk.take("grant", desk.staff.director, form="arbitration")


def question_became_application(desk: Desk) -> Iterator[date]:
    yield desk.back(14)
    desk.arrive(is_consultation=True, matter="", materials="")
    yield desk.back(1)
    desk.take(
        "apply",
        desk.staff.reviewer,
        received_on=desk.day(),
        matter=Matter.WAGES,
        stage=Stage.NONE,
        form="arbitration",
        request="请求支付拖欠的工资。",
    )


STORIES: tuple[Story, ...] = (
    asked_only,
    advised,
    just_applied,
    nearly_lapsed,
    waiting_for_papers,
    never_completed,
    withdrawn,
    under_review,
    asked_elsewhere,
    aided_at_once,
    refused,
    objected_to,
    upheld,
    corrected_by_bureau,
    newly_granted,
    firm_has_it,
    lawyer_has_it,
    engaged,
    going_on,
    to_be_replaced,
    not_replaced,
    moved_to_another,
    terminated,
    terminated_and_concluded,
    concluded,
    file_in,
    subsidy_proposed,
    archived,
    evaluated,
    completed_and_questioned,
    question_became_application,
)


def write(*, as_of: date, latest: datetime) -> None:
    """The cases of every story stand in the database, as if the centre had worked on them up to the last day."""
    staff, end, numbers = Centre.on_duty(), last_working_day(as_of), count(1)
    with turned_back(latest) as clock:
        waiting = []
        for story in STORIES:
            number = next(numbers)
            told = story(Desk(number, staff, clock, end))
            if (first := next(told, None)) is not None:
                waiting.append((first, number, told))
        heapify(waiting)
        clock.start(waiting[0][0])
        _fill_registry(staff, waiting[0][0])
        while waiting:
            day, number, told = heappop(waiting)
            clock.open(day)
            if (later := next(told, None)) is not None:
                heappush(waiting, (later, number, told))


def _fill_registry(staff: Centre, on: date) -> None:
    """Firms, the lawyer and the amounts that the centre works with."""
    firms = []
    for title, weight, matters in FIRMS:
        values = {"name": title, "weight": weight, "specialities": matters, "phone": "023-45670000"}
        ties = [(UNITS[1].name, "常年法律顾问")] if weight == 1 else []
        firms.append(save_firm(by=staff.director, firm=None, values=values, ties=ties))
    add_lawyer(by=staff.director, firm=firms[0], user=staff.lawyer, licence_no="15001201810000001")
    for code, yuan, basis in RATES:
        add_rate(by=staff.director, code=code, from_on=on.replace(day=1), amount_fen=yuan * 100, basis=basis)
