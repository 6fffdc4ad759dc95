"""Clues from a file of a platform: CSV with header words, each row read through the form of the page.

The same item comes in once, by channel and external number. What officers have corrected since is never overwritten:
an item that is there already stays as it is, whatever the file says now.
"""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.models import Agency, Town
from cases.idempotency import request_hash
from inspection.clues import services
from inspection.clues.forms import ClueForm
from inspection.clues.models import Clue
from inspection.states import Channel

# Field → the words that head its column on the platforms and in lists made by hand. The first is the one to write.
HEADERS: dict[str, tuple[str, ...]] = {
    "external_no": ("外部编号", "编号", "线索编号", "工单编号", "工单号", "受理编号"),
    "received_at": ("收到时间", "接收时间", "签收时间", "受理时间", "登记时间"),
    "dispatched_at": ("派发时间", "派单时间", "转办时间", "下派时间", "交办时间"),
    "reporter_name": ("反映人", "姓名", "投诉人", "来电人", "反映人姓名", "投诉人姓名"),
    "reporter_phone": ("反映人电话", "手机号", "电话", "联系电话", "手机号码", "来电号码"),
    "reporter_id_number": ("反映人证件号码", "证件号码", "身份证号", "身份证号码", "证件号"),
    "employer_name": ("用人单位", "单位名称", "欠薪单位", "被反映单位", "企业名称"),
    "site": ("工程项目或地点", "项目名称", "工程项目", "工地", "地点", "欠薪地点", "地址"),
    "town": ("用工镇街", "镇街", "街道", "乡镇"),
    "amount": ("反映金额", "欠薪金额", "金额", "欠薪金额（元）", "金额（元）", "涉及金额"),
    "worker_count": ("涉及人数", "人数", "欠薪人数"),
    "job": ("工种", "岗位"),
    "from_month": ("欠薪起始月", "起始月", "欠薪开始月份", "欠薪起"),
    "to_month": ("欠薪截止月", "截止月", "欠薪结束月份", "欠薪止"),
    "content": ("反映内容", "内容", "诉求内容", "工单内容", "线索内容"),
    "is_public_project": ("政府或国企项目", "政府项目"),
    "threatens_harm": ("扬言自残、跳楼等极端行为", "极端行为"),
    "threatens_blocking": ("堵路、堵门、集体上访", "集体上访"),
}
REQUIRED = ("external_no", "content")
YES = ("是", "有", "1", "√", "Y", "y", "yes", "on")
ENCODINGS = ("utf-8-sig", "gb18030")
MOST_ROWS = 20_000


class FileRefused(Exception):
    """The file as a whole cannot be read; the text says why and what to do."""


@dataclass(frozen=True)
class Fault:
    """What is wrong in one row, without a word of what stands there."""

    row: int
    column: str
    sentence: str

    def __str__(self) -> str:
        where = _("第%(n)d行") % {"n": self.row}
        return f"{where} {self.column}：{self.sentence}" if self.column else f"{where}：{self.sentence}"


@dataclass
class Outcome:
    """What became of the rows."""

    new: int = 0
    known: int = 0
    differing: list[int] = field(
        default_factory=list
    )  # rows whose item the platform describes otherwise by now
    bad_rows: set[int] = field(default_factory=set)
    faults: list[Fault] = field(default_factory=list)


def read(content: bytes) -> list[tuple[int, dict[str, str]]]:
    """The rows of the file by field, with their line numbers. FileRefused when it cannot be read as a table."""
    rows = _table(_text(content))
    head = next(rows, None)
    if head is None:
        raise FileRefused(_("文件是空的，第一行要写列名"))
    columns = _columns(head[1])
    missing = [HEADERS[name][0] for name in REQUIRED if name not in columns]
    if missing:
        raise FileRefused(
            _("缺少这几列：%(names)s。第一行写列名，改好再导入") % {"names": "、".join(missing)}
        )
    found = []
    for number, cells in rows:
        if any(cell.strip() for cell in cells):
            said = {name: cells[at].strip() if at < len(cells) else "" for name, at in columns.items()}
            found.append((number, said))
        if len(found) > MOST_ROWS:
            raise FileRefused(_("一次最多导入%(most)d行，分成几个文件") % {"most": MOST_ROWS})
    return found


def _text(content: bytes) -> str:
    for encoding in ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise FileRefused(_("文件的编码看不懂，用Excel另存为“CSV UTF-8”再导入"))


def _table(text: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text.replace("\x00", "")), strict=False)
    try:
        for cells in reader:
            yield reader.line_num, cells
    except csv.Error as error:
        raise FileRefused(
            _("第%(n)d行不像CSV，用Excel另存为“CSV UTF-8”再导入") % {"n": reader.line_num}
        ) from error


def _columns(head: list[str]) -> dict[str, int]:
    """Where each field stands; a field that two columns could mean is the first of them."""
    words = {word: name for name, headings in HEADERS.items() for word in headings}
    found: dict[str, int] = {}
    for place, heading in enumerate(head):
        name = words.get(heading.strip().replace("(", "（").replace(")", "）"))
        if name:
            found.setdefault(name, place)
    return found


def import_rows(rows: list[tuple[int, dict[str, str]]], *, agency: Agency, channel: Channel) -> Outcome:
    """Every good row is a clue of the agency; bad rows are named and left out. Part of the caller's transaction."""
    outcome, towns = Outcome(), {town.name: town.pk for town in Town.objects.in_use()}
    known = {
        clue.external_no: clue
        for clue in Clue.objects.filter(agency=agency, channel=channel).exclude(external_no="")
    }
    for number, said in rows:
        raw = _raw(said)
        there = known.get(said["external_no"])
        if there is not None:
            outcome.known += 1
            if there.raw_text and request_hash(there.raw_text) != request_hash(raw):
                outcome.differing.append(number)
            continue
        form = ClueForm(_typed(said, channel, towns))
        if not form.is_valid():
            outcome.bad_rows.add(number)
            outcome.faults += _faults(number, form)
            continue
        values = form.values() | {"raw_text": raw}
        try:
            with transaction.atomic():  # an item that turns out to be there gives its number back
                clue = services.put_clue(agency=agency, by=None, values=values, label=_("导入线索"))
        except services.AlreadyThere as there_now:  # typed in at the window at this very moment
            clue = there_now.clue
            outcome.known += 1
        else:
            outcome.new += 1
        known[clue.external_no] = clue
    return outcome


def _raw(said: dict[str, str]) -> str:
    """The row as the platform gave it."""
    return "\n".join(f"{HEADERS[name][0]}：{text}" for name, text in said.items() if text)


def _typed(said: dict[str, str], channel: Channel, towns: dict[str, int]) -> dict[str, str]:
    """The row as if somebody had typed it into the page."""
    data = said | {"channel": channel.value}
    place = said.get("town") or said.get("site", "")
    data["town"] = next((str(pk) for name, pk in towns.items() if name in place), "")
    data["received_at"] = said.get("received_at") or "今天"
    for name in ("is_public_project", "threatens_harm", "threatens_blocking"):
        data[name] = "on" if said.get(name) in YES else ""
    return data


def _faults(number: int, form: ClueForm) -> list[Fault]:
    """One fault per message, the column called as the file may call it."""
    return [
        Fault(number, HEADERS[name][0] if name in HEADERS else "", str(message))
        for name, messages in form.errors.items()
        for message in messages
    ]
