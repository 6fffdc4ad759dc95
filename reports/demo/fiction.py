"""Invented people, units and works. Every number passes its check; nobody and nothing of the kind exists."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain, cycle
from random import Random

from stdnum.cn import uscc as credit_code

from agencies.models import Town
from cases.identity import check_id_number, id_check_character, unit_check_character
from cases.models.people import ProjectType
from cases.months import shifted
from inspection.merging import REPRESENTATIVES_FROM
from inspection.services import Registration, WorkerEntry
from inspection.states import Channel, Industry

REGION = "500151"

# Names are put together in order, like the signs of a counting rhyme; the rare ones stand in the dictionary only.
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
STEMS = "甲乙丙丁戊己庚辛壬癸"
ENDINGS = "安宁平和康泰祥瑞丰裕"
RARE_AGAIN = 211
"""Beyond the first rounds one person in so many has a rare name."""
RARE_NAMES = ("王㛃", "李𬭎", "陈䶮", "周堃", "吴喆", "杨㛃", "朱堃", "秦喆", "何䶮", "许𬭎")
RARE_EVERY = 7

# High order codes, so that an invented card hardly meets a real one; odd is male, even is female.
CARD_CODES = tuple(f"{code:03}" for code in range(996, 1000))
BIRTHDAYS, STRIDE = 14_600, 997  # days from 1964 on; the stride has no divisor in common with them


@dataclass(frozen=True)
class Unit:
    """An employer; ``works`` names the project and its type where it builds."""

    name: str
    industry: str
    jobs: tuple[str, ...]
    works: tuple[str, str] | None = None


_SITE = ("木工", "钢筋工", "泥水工", "架子工", "杂工")
_ROAD = ("路面工", "模板工", "驾驶员", "杂工")
_P = ProjectType
UNITS = (
    Unit("重庆示例青禾建筑劳务有限公司", Industry.E47, _SITE, ("示例滨江安置房一期", _P.HOUSING)),
    Unit("重庆示例远山建筑工程有限公司", Industry.E47, _SITE, ("示例学府小区二期", _P.HOUSING)),
    Unit("重庆示例通途路桥工程有限公司", Industry.E48, _ROAD, ("示例铜安公路改建工程", _P.ROAD)),
    Unit("铜梁示例龙灯工艺制品厂", Industry.C, ("扎制工", "彩绘工", "包装工")),
    Unit("重庆示例清源水利工程有限公司", Industry.E48, _ROAD, ("示例小河堤防整治工程", _P.WATER)),
    Unit("铜梁示例食尚餐饮管理有限公司", Industry.H, ("厨师", "服务员", "洗碗工")),
    Unit(
        "重庆示例明灯机电安装有限公司",
        Industry.E49,
        ("电工", "焊工", "管道工"),
        ("示例产业园标准厂房", _P.HOUSING),
    ),
    Unit("重庆示例精工电子有限公司", Industry.C, ("操作工", "质检员", "仓管员")),
    Unit(
        "重庆示例雅居装饰工程有限公司",
        Industry.E50,
        ("油漆工", "贴砖工", "水电工"),
        ("示例书院装修工程", _P.OTHER),
    ),
    Unit("重庆示例快达货运有限公司", Industry.G, ("驾驶员", "装卸工")),
    Unit("重庆示例大道市政工程有限公司", Industry.E48, _ROAD, ("示例龙城大道改造工程", _P.MUNICIPAL)),
    Unit("重庆示例万家超市有限公司", Industry.F, ("收银员", "理货员")),
    Unit("重庆示例洁城环卫服务有限公司", Industry.N, ("保洁员", "驾驶员")),
    Unit(
        "铜梁示例绿野农业开发有限公司",
        Industry.A,
        ("采摘工", "温室工"),
        ("示例高标准农田建设项目", _P.FARMLAND),
    ),
    Unit("重庆示例安心家政服务有限公司", Industry.O, ("保姆", "护理员")),
    Unit("重庆示例星火培训学校有限公司", Industry.P, ("教师", "前台")),
)

# More units, put together from a stem and a trade: what it is called, its industry, its jobs, what it builds.
_STEMS = tuple(
    a + b for a in "宏盛永隆兴广恒泰嘉润金鑫华瑞德福正和百川" for b in "达业源通基筑诚信程阳鼎丰茂景"
)
_TRADES = (
    ("建筑劳务有限公司", Industry.E47, _SITE, ("安置房", _P.HOUSING)),
    ("餐饮管理有限公司", Industry.H, ("厨师", "服务员", "洗碗工"), None),
    ("建筑工程有限公司", Industry.E47, _SITE, ("小区", _P.HOUSING)),
    ("机械制造有限公司", Industry.C, ("操作工", "质检员", "焊工"), None),
    ("路桥工程有限公司", Industry.E48, _ROAD, ("公路改建工程", _P.ROAD)),
    ("装饰工程有限公司", Industry.E50, ("油漆工", "贴砖工", "水电工"), ("装修工程", _P.OTHER)),
    ("物业服务有限公司", Industry.K, ("保安", "保洁员", "维修工"), None),
    ("水利工程有限公司", Industry.E48, _ROAD, ("堤防整治工程", _P.WATER)),
    ("商贸有限公司", Industry.F, ("营业员", "理货员"), None),
    ("市政工程有限公司", Industry.E48, _ROAD, ("管网改造工程", _P.MUNICIPAL)),
    ("机电安装有限公司", Industry.E49, ("电工", "焊工", "管道工"), ("标准厂房", _P.HOUSING)),
    ("物流有限公司", Industry.G, ("驾驶员", "装卸工"), None),
    ("制衣厂", Industry.C, ("缝纫工", "裁剪工", "包装工"), None),
    ("网络科技有限公司", Industry.I, ("客服", "程序员"), None),
)
MOST_UNITS = len(_STEMS) * len(_TRADES)
"""How many different ones can be put together; beyond `UNITS`."""

ADDRESS = "重庆市铜梁区示例路1号"
CONTACT = "示例联系人"
OTHER_CHANNELS = tuple(channel for channel in Channel if channel != Channel.WINDOW)
PROOFS_OF_WORK = ("考勤表复印件", "工资欠条", "微信聊天记录打印件", "银行流水", "工作证")


@dataclass(frozen=True)
class Wish:
    """What a story asks of its complaint; ``project`` is the type of works it is about, any or none without."""

    workers: int = 1
    months: int = 2
    ended_months_ago: int = 1
    may_be_accepted: bool = True
    other_proceeding: bool = False
    project: ProjectType | None = None


@dataclass(frozen=True)
class Particulars:
    """A person as a card and a telephone say."""

    name: str
    id_number: str
    phone: str
    sex: str
    birth_on: date | None


class Fiction:
    """Gives out one invented complaint after the other; the same seed gives the same ones."""

    def __init__(self, rng: Random, units: Sequence[Unit] = UNITS) -> None:
        self._rng = rng
        self._people = 0
        self._numbers = {unit.name: number for number, unit in enumerate(units, start=1)}
        self._works = {unit.name: str(unit.works[1]) if unit.works else "" for unit in units}
        self._by_works: dict[str, list[Unit]] = {}
        for unit in units:
            self._by_works.setdefault(self._works[unit.name], []).append(unit)
        self._channels = cycle(chain.from_iterable((Channel.WINDOW, other) for other in OTHER_CHANNELS))
        self._units = cycle(units)
        self._towns = cycle(_spread(list(Town.objects.all())))

    def complaint(self, number: int, wish: Wish, received_on: date) -> Registration:
        """The complaint as a clerk would type it on that day."""
        unit, channel = self._unit(wish), next(self._channels)
        works, kind = unit.works or ("", "")
        last = month_before(received_on, wish.ended_months_ago)
        workers = self._workers(wish, unit, last)
        span = f"{month_before(received_on, wish.ended_months_ago + wish.months - 1)}至{last}"
        tests = dict.fromkeys(("within_two_years", "respondent_clear", "within_mandate"), True)
        return Registration(
            employer_name=unit.name,
            uscc=self.uscc(unit),
            employer_contact=CONTACT,
            workers=workers,
            channel=channel,
            external_no=""
            if channel in (Channel.WINDOW, Channel.PATROL)
            else f"示例{channel.value}-{number:04}",
            town=self.town(),
            project_name=works,
            project_type=kind,
            industry=unit.industry,
            contract=self._rng.choice(("written", "none", "none", "unknown")),
            other_proceeding=wish.other_proceeding,
            other_proceeding_note="区劳动人事争议仲裁院，案号记不清" if wish.other_proceeding else "",
            received_on=received_on,
            facts_text=self._facts(unit, len(workers), span),
            tests=tests if wish.may_be_accepted else {},
        )

    def person(self) -> Particulars:
        """The next person."""
        self._people += 1
        card = check_id_number(card_number(self._people))
        phone = f"199{self._people:08}"
        return Particulars(name(self._people), card.number, phone, card.sex, card.birth_date)

    def town(self) -> Town:
        """The next town."""
        return next(self._towns)

    def uscc(self, unit: Unit) -> str:
        """The credit code of the unit."""
        return uscc_of(self._numbers[unit.name])

    def like(self, unit_name: str) -> Unit:
        """An employer that builds the same type of works as the one of that name, or as little."""
        kind = self._works[unit_name]
        return self._rng.choice(self._by_works[kind])

    def _unit(self, wish: Wish) -> Unit:
        if wish.project is None:
            return next(self._units)
        return self._rng.choice(self._by_works[wish.project])

    def _facts(self, unit: Unit, count: int, span: str) -> str:
        where = f"在{unit.works[0]}务工" if unit.works else f"在{unit.name}上班"
        who = "本人" if count == 1 else f"我们{count}人"
        proof = "、".join(self._rng.sample(PROOFS_OF_WORK, 2))
        return f"{who}{where}，{span}的工资没有发齐，多次找负责人要，对方一直推脱。有{proof}。"

    def _workers(self, wish: Wish, unit: Unit, last: str) -> tuple[WorkerEntry, ...]:
        first = shifted(last, 1 - wish.months)
        migrant = unit.works is not None or self._rng.random() < 0.4
        return tuple(
            self._worker(
                unit,
                first,
                last,
                migrant=migrant,
                speaks=wish.workers >= REPRESENTATIVES_FROM and position < 3,
            )
            for position in range(wish.workers)
        )

    def _worker(self, unit: Unit, first: str, last: str, *, migrant: bool, speaks: bool) -> WorkerEntry:
        person = self.person()
        months = 12 * (int(last[:4]) - int(first[:4])) + int(last[5:]) - int(first[5:]) + 1
        due_fen = months * self._rng.randrange(4_200, 8_600, 100) * 100
        paid_fen = self._rng.choice((0, 0, 0, 1_000_00, 2_000_00))
        return WorkerEntry(
            name=person.name,
            from_month=first,
            to_month=last,
            owed_fen=due_fen - paid_fen,
            due_fen=due_fen,
            already_paid_fen=paid_fen,
            id_number=person.id_number,
            phone=person.phone,
            sex=person.sex,
            birth_on=person.birth_on,
            address=ADDRESS,
            is_migrant=migrant,
            is_representative=speaks,
            job=self._rng.choice(unit.jobs),
        )


def units(count: int) -> tuple[Unit, ...]:
    """So many employers, those of the small set first; no more than can be put together."""
    more = min(max(0, count - len(UNITS)), MOST_UNITS)
    return UNITS + tuple(_unit(number) for number in range(more))


def _unit(number: int) -> Unit:
    """The employer of that number, from 0: the trade changes fastest, so that neighbours differ in everything."""
    round_, position = divmod(number, len(_TRADES))
    stem = _STEMS[(round_ * 11 + position) % len(_STEMS)]
    what, industry, jobs, works = _TRADES[position]
    where = "铜梁" if what.endswith("厂") else "重庆"
    return Unit(f"{where}示例{stem}{what}", industry, jobs, works and (f"示例{stem}{works[0]}", works[1]))


def name(number: int) -> str:
    """The name of the person with that number, from 1; some have a character that few fonts hold."""
    turn, rest = divmod(number, RARE_EVERY)
    if rest == 0 and turn <= len(RARE_NAMES):
        return RARE_NAMES[turn - 1]
    if number % RARE_AGAIN == 0:
        return RARE_NAMES[number // RARE_AGAIN % len(RARE_NAMES)]
    given = STEMS[number % len(STEMS)] + ENDINGS[number // len(STEMS) % len(ENDINGS)]
    return SURNAMES[number % len(SURNAMES)] + given


def card_number(number: int) -> str:
    """The card number of the person with that number: a valid check character, born 1964 to 2003.

    Nobody shares it below 14,600 × 250 people: each round through the birthdays takes four lower order codes.
    """
    born = date(1964, 1, 1) + timedelta(days=number * STRIDE % BIRTHDAYS)
    code = int(CARD_CODES[number % len(CARD_CODES)]) - number // BIRTHDAYS * len(CARD_CODES)
    body = f"{REGION}{born:%Y%m%d}{code:03}"
    return body + id_check_character(body)


def uscc_of(number: int) -> str:
    """A credit code whose both checks hold."""
    body = f"MA9D{number:04}"
    code = f"91{REGION}{body}{unit_check_character(body)}"
    return code + credit_code.calc_check_digit(code)


def month_before(day: date, count: int) -> str:
    """The month that lies so many months before the day's own, as 2026-07."""
    return shifted(f"{day:%Y-%m}", -count)


def _spread(towns: Sequence[Town]) -> list[Town]:
    """The towns in an order that mixes streets and outlying towns."""
    return sorted(towns, key=lambda town: (town.order * 11 % max(len(towns), 1), town.order))
