"""The record that cannot be altered unseen.

Every event of a case carries a MAC over its own content and the MAC before it; the case row holds the length of the
chain and a MAC over that length and the last event. The key lives outside the database. Heads are also written to
anchor files (`anchor`), so that a head put back to an older value is found too.
"""

import hmac
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Sum
from django.utils import timezone

from agencies.models import User
from cases import newborn
from cases.models import Case, Payment, TimelineEvent

KEY_ID = "a1"
_SIGNED = (
    "kind",
    "step",
    "label",
    "source",
    "target",
    "acted_on",
    "at",
    "by_id",
    "by_name",
    "by_role",
    "by_agency",
    "note",
    "facts",
    "before",
    "after",
    "version",
    "request_id",
    "key_id",
)


@dataclass(frozen=True)
class Entry:
    """What is to be recorded about one act."""

    kind: str
    step: str
    label: str
    source: str = ""
    target: str = ""
    note: str = ""
    facts: dict[str, Any] | None = None
    before: dict[str, Any] | None = None
    after: dict[str, Any] | None = None
    request_id: str = ""


def append(case: Case, by: User | None, entry: Entry) -> TimelineEvent:
    """The event is the last of the case's chain; the head on ``case`` is moved but not yet saved.

    The caller holds the lock on the case row and saves the case in the same transaction; without that save the chain
    does not verify, so an act without its entry and an entry without its act are both impossible.
    """
    event = TimelineEvent(
        case_id=case.pk,
        seq=case.audit_length + 1,
        kind=entry.kind,
        step=entry.step,
        label=entry.label,
        source=entry.source,
        target=entry.target,
        acted_on=timezone.localdate(),
        at=timezone.now(),
        by=by,
        by_name=str(by) if by else "系统",
        by_role=by.role if by else "system",
        by_agency=by.agency.code if by else "",
        note=entry.note,
        facts=plain(entry.facts),
        before=plain(entry.before),
        after=plain(entry.after),
        version=case.version,
        request_id=entry.request_id,
        key_id=KEY_ID,
    )
    kept = newborn.kept(case)
    if kept is None:
        write(case, [event])
    else:
        case.audit_length = event.seq
        kept.events.append(event)
    return event


def write(case: Case, events: list[TimelineEvent]) -> None:
    """The events follow the last one of the case's chain, written in one statement; the head is moved, not saved."""
    case_id, previous = str(case.public_id), _mac_of(case, events[0].seq - 1)
    for event in events:
        event.mac = previous = event_mac(event, case_id, previous)
    TimelineEvent.objects.bulk_create(events)
    case.audit_length, case.last_event = events[-1].seq, (events[-1].seq, previous)
    case.audit_mac = head_mac(case_id, case.audit_length, previous)


def _mac_of(case: Case, seq: int) -> str:
    """The MAC of the event at that place, empty before the first."""
    if seq == 0:
        return ""
    if case.last_event and case.last_event[0] == seq:
        return case.last_event[1]
    return TimelineEvent.objects.values_list("mac", flat=True).get(case_id=case.pk, seq=seq)


def plain(value: dict[str, Any] | None) -> dict[str, Any]:
    """The same data in the types that JSON gives back, so that a MAC made before saving holds after reading."""
    return json.loads(json.dumps(value or {}, cls=DjangoJSONEncoder))


def _signed_value(event: TimelineEvent, name: str) -> Any:
    value = getattr(event, name)
    if name == "at":
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return value.isoformat() if name == "acted_on" else value


def event_mac(event: TimelineEvent, case_id: str, previous: str) -> str:
    """MAC over everything the event says, its place in its case, and the event before it."""
    content = {name: _signed_value(event, name) for name in _SIGNED}
    content |= {"case": case_id, "seq": event.seq, "previous": previous}
    return _mac("event", json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")))


def head_mac(case_id: str, length: int, last_mac: str) -> str:
    """MAC of the head: nobody without the key can make the head of a shorter chain."""
    return _mac("head", f"{case_id}|{length}|{last_mac}")


def _mac(purpose: str, text: str) -> str:
    return hmac.new(settings.AUDIT_KEY, f"{purpose}|{text}".encode(), sha256).hexdigest()


class AnchorFault(Exception):
    """A line of an anchor file was changed; the text names file and line."""


@dataclass(frozen=True)
class Fault:
    """The first thing that is wrong in one case's record."""

    case: str
    seq: int
    sentence: str

    def __str__(self) -> str:
        return f"{self.case} 第{self.seq}条：{self.sentence}"


def verify(chunk: int = 2000) -> Iterator[Fault]:
    """Every fault found, the first one per case; nothing when the record is whole. Constant memory."""
    anchored = read_anchors()
    paid = dict(
        Payment.objects.filter(reversed_at=None)
        .order_by()
        .values_list("case_id")
        .annotate(total=Sum("amount_fen"))
    )
    events = TimelineEvent.objects.order_by("case_id", "seq").iterator(chunk_size=chunk)
    event = next(events, None)
    for case in Case.objects.order_by("pk").select_related(None).iterator(chunk_size=chunk):
        while event is not None and event.case_id < case.pk:
            yield Fault(str(event.case_id), event.seq, "记录所属的案件不在了")
            event = next(events, None)
        chain = []
        while event is not None and event.case_id == case.pk:
            chain.append(event)
            event = next(events, None)
        fault = _chain_fault(case, chain, anchored.pop(str(case.public_id), None))
        fault = fault or _column_fault(case, chain, paid.get(case.pk, 0))
        if fault:
            yield fault
    if event is not None:
        yield Fault(str(event.case_id), event.seq, "记录所属的案件不在了")
    for case_id, (length, _mac_then) in anchored.items():
        yield Fault(case_id, length, "锚定文件里有这件案子，数据库里没有")


def _chain_fault(case: Case, chain: list[TimelineEvent], anchor: tuple[int, str] | None) -> Fault | None:
    case_id, previous, state = str(case.public_id), "", ""
    for expected, event in enumerate(chain, start=1):
        if event.seq != expected:
            return Fault(case.number, expected, "这一条缺失，或顺序被改过")
        if not hmac.compare_digest(event.mac, event_mac(event, case_id, previous)):
            return Fault(case.number, event.seq, "内容与校验码不符，被改过、插入过或调换过")
        if anchor and anchor[0] == event.seq and anchor[1] != head_mac(case_id, event.seq, event.mac):
            return Fault(case.number, event.seq, "与锚定文件不符，整条记录被重写过")
        previous = event.mac
        state = event.target or state
    if len(chain) != case.audit_length or case.audit_mac != (
        head_mac(case_id, len(chain), previous) if chain else ""
    ):
        return Fault(case.number, len(chain), "末尾被截断，或案件上的校验码被改过")
    if anchor and anchor[0] > len(chain):
        return Fault(case.number, len(chain), "比锚定文件里的记录短，末尾被截断")
    if not chain:
        return Fault(case.number, 0, "没有任何记录")
    if case.state != state:
        return Fault(case.number, len(chain), "案件状态与最后一次办理的记录不一致")
    return None


# Columns from which indicators are computed: they hold what the events said last, or nothing.
_KEPT_BY_EVENTS = ("filed_on", "closed_on", "ended_on", "outcome", "reopened_on", "paid_fen")


def _column_fault(case: Case, chain: list[TimelineEvent], paid: int) -> Fault | None:
    """The first figure of the case that its record does not bear out."""
    said: dict[str, tuple[Any, int]] = {}
    for event in chain:
        for name in _KEPT_BY_EVENTS:
            if name in event.after:
                said[name] = (event.after[name], event.seq)
    stands = plain({name: getattr(case, name) for name in _KEPT_BY_EVENTS})
    for name, value in stands.items():
        expected, seq = said.get(name, (0 if name == "paid_fen" else None, len(chain)))
        if (value or None) != (expected or None):
            label = getattr(Case._meta.get_field(name), "verbose_name", name)
            return Fault(case.number, seq, f"案件的“{label}”与记录不一致")
    if case.paid_fen != paid:
        return Fault(case.number, len(chain), "支付记录的合计与案件的已付金额不一致")
    return None


def anchor_dir() -> Path:
    return Path(settings.AUDIT_ANCHOR_DIR)


def anchor() -> int:
    """The heads that moved since the last anchoring stand in today's anchor file. Returns how many were written.

    Safe to run at any time and twice: a line repeats a head at worst. Each line carries its own MAC.
    """
    folder = anchor_dir()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    mark = folder / "last-event"
    last = int(mark.read_text()) if mark.exists() else 0
    newest = TimelineEvent.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    if newest <= last:
        return 0
    moved = TimelineEvent.objects.filter(pk__gt=last, pk__lte=newest).values("case_id")
    heads = Case.objects.filter(pk__in=moved).values_list("public_id", "audit_length", "audit_mac")
    lines = []
    for public_id, length, mac in heads.iterator(chunk_size=2000):
        text = f"{public_id} {length} {mac}"
        lines.append(f"{text} {_mac('anchor', text)}\n")
    with open(folder / f"{timezone.localdate():%Y-%m-%d}.txt", "a", encoding="ascii") as file:
        file.writelines(lines)
        file.flush()
        os.fsync(file.fileno())
    mark.write_text(str(newest))
    return len(lines)


def read_anchors() -> dict[str, tuple[int, str]]:
    """The longest anchored head of each case. AnchorFault for a line whose own MAC is wrong."""
    heads: dict[str, tuple[int, str]] = {}
    for path in sorted(anchor_dir().glob("*.txt")) if anchor_dir().is_dir() else []:
        for number, line in enumerate(path.read_text(encoding="ascii").splitlines(), start=1):
            text, _space, mac = line.rpartition(" ")
            if not hmac.compare_digest(mac, _mac("anchor", text)):
                raise AnchorFault(f"{path.name} 第{number}行被改过")
            case_id, length, head = text.split(" ")
            if int(length) >= heads.get(case_id, (0, ""))[0]:
                heads[case_id] = (int(length), head)
    return heads
