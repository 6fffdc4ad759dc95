"""Every kind of official document: its name, number series, form, who signs it and whom it is for.

A kind whose ``ready`` is set has a template under ``templates/documents/`` and a builder in `documents.context`; the
site refuses to start when one of them is missing (`documents.checks`).
"""

from dataclasses import dataclass
from enum import StrEnum


class Layout(StrEnum):
    """How a document looks: which class of the printed page it takes."""

    NOTICE = "notice"  # addressee, paragraphs, signature of the agency
    FORM = "form"  # one table, opinions and signatures in its cells
    RECORD = "record"  # what was said or seen, signed page by page
    LIST = "list"  # rows of things or people
    LETTER = "letter"  # to another authority
    COVER = "cover"


class Addressee(StrEnum):
    """Whom a document is for."""

    WORKER = "worker"
    EMPLOYER = "employer"
    INTERNAL = "internal"
    OTHER = "other"


class Issuer(StrEnum):
    """In whose name a document goes out: the bureau decides, its supervision body does the paperwork."""

    BUREAU = "bureau"
    OFFICE = "office"


class Secrecy(StrEnum):
    """Whom a document is kept from among those who read the file of a case."""

    NONE = "none"
    REVIEW = "review"  # all but the office itself and who reviews its decisions
    OFFICE = "office"  # all but the office itself


class ByHand(StrEnum):
    """When a document may be issued without a step of the procedure."""

    ALWAYS = "always"  # a receipt, a proof of service: as often as needed
    FILED = "filed"  # a summons, a record of an inquiry: as often as needed once the case was filed
    REPLACEMENT = "replacement"  # only where the step that produces it was taken and no valid copy exists


INSPECTION, LEGAL_AID = "inspection", "legal_aid"


@dataclass(frozen=True)
class Kind:
    """One kind of document. ``character`` is its type character 字; empty when it takes no number of its own."""

    id: str
    title: str
    track: str
    layout: Layout
    addressee: Addressee
    issuer: Issuer
    character: str = ""
    copies: int = 1
    by_hand: ByHand = ByHand.REPLACEMENT
    ready: bool = False
    secrecy: Secrecy = Secrecy.NONE

    @property
    def series(self) -> str:
        """The counter its numbers are taken from; empty without a number of its own."""
        return f"document:{self.id}" if self.character else ""

    @property
    def template_name(self) -> str:
        return f"documents/{self.id}.html"


_N, _F, _R, _LI, _LE = Layout.NOTICE, Layout.FORM, Layout.RECORD, Layout.LIST, Layout.LETTER
_WORKER, _EMPLOYER = Addressee.WORKER, Addressee.EMPLOYER
_INTERNAL, _OTHER = Addressee.INTERNAL, Addressee.OTHER
_BUREAU, _OFFICE = Issuer.BUREAU, Issuer.OFFICE


def _kind(
    code: str,
    title: str,
    layout: Layout,
    addressee: Addressee,
    issuer: Issuer,
    character: str = "",
    *,
    copies: int = 1,
    by_hand: ByHand = ByHand.REPLACEMENT,
    ready: bool = False,
) -> Kind:
    return Kind(code, title, INSPECTION, layout, addressee, issuer, character, copies, by_hand, ready)


def _aid(
    code: str,
    title: str,
    layout: Layout,
    addressee: Addressee,
    character: str = "",
    *,
    issuer: Issuer = _OFFICE,
    copies: int = 1,
    by_hand: ByHand = ByHand.REPLACEMENT,
    ready: bool = False,
    secrecy: Secrecy = Secrecy.NONE,
) -> Kind:
    return Kind(
        code,
        title,
        LEGAL_AID,
        layout,
        addressee,
        issuer,
        character,
        copies,
        by_hand,
        ready=ready,
        secrecy=secrecy,
    )


KINDS: tuple[Kind, ...] = (
    _kind("D01", "投诉登记表", _F, _INTERNAL, _OFFICE, by_hand=ByHand.ALWAYS, ready=True),
    _kind("D02", "投诉书", _R, _INTERNAL, _OFFICE),
    _kind("D03", "推选代表书", _R, _INTERNAL, _OFFICE),
    _kind("D04", "材料接收清单（回执）", _LI, _WORKER, _OFFICE, copies=2, by_hand=ByHand.ALWAYS, ready=True),
    _kind("D05", "补正告知书", _N, _WORKER, _BUREAU, "补", copies=2, ready=True),
    _kind("D06", "受理通知书", _N, _WORKER, _BUREAU, "受", copies=2, ready=True),
    _kind("D07", "不予受理决定书", _N, _WORKER, _BUREAU, "不受", copies=2, ready=True),
    _kind("D08", "告知书", _N, _WORKER, _BUREAU, "告知", copies=2, ready=True),
    _kind("D09", "案件移送（协办）函", _LE, _OTHER, _BUREAU, "转", copies=2, ready=True),
    _kind("D10", "立案审批表", _F, _INTERNAL, _OFFICE, "立", ready=True),
    _kind("D11", "调查询问书", _N, _EMPLOYER, _BUREAU, "询", copies=2, by_hand=ByHand.FILED, ready=True),
    _kind("D12", "询问笔录", _R, _INTERNAL, _OFFICE, by_hand=ByHand.FILED, ready=True),
    _kind("D13", "现场检查笔录", _R, _INTERNAL, _OFFICE),
    _kind("D14", "证据登记保存通知书", _N, _EMPLOYER, _BUREAU, "存", copies=2),
    _kind("D15", "协助调查函", _LE, _OTHER, _BUREAU, "函", copies=2),
    _kind("D16", "回避决定书", _N, _OTHER, _BUREAU, "避", copies=2),
    _kind("D17", "延长调查期限审批表", _F, _INTERNAL, _OFFICE, "延", ready=True),
    _kind("D18", "劳动保障监察限期改正指令书", _N, _EMPLOYER, _BUREAU, "令", copies=2, ready=True),
    _kind("D19", "整改复查记录", _R, _INTERNAL, _OFFICE, by_hand=ByHand.FILED, ready=True),
    _kind("D20", "案件处理报批表", _F, _INTERNAL, _OFFICE, ready=True),
    _kind("D21", "行政处理（处罚）事先告知书", _N, _EMPLOYER, _BUREAU, "告", copies=2, ready=True),
    _kind("D22", "行政处罚听证告知书", _N, _EMPLOYER, _BUREAU, "听告", copies=2),
    _kind("D23", "陈述申辩笔录", _R, _INTERNAL, _OFFICE),
    _kind("D24", "法制审核意见书", _F, _INTERNAL, _OFFICE),
    _kind("D25", "集体讨论记录", _R, _INTERNAL, _OFFICE),
    _kind("D26", "劳动保障监察行政处理决定书", _N, _EMPLOYER, _BUREAU, "理", copies=2, ready=True),
    _kind("D27", "劳动保障监察行政处罚决定书", _N, _EMPLOYER, _BUREAU, "罚", copies=2, ready=True),
    _kind("D28", "当场处罚决定书", _N, _EMPLOYER, _BUREAU, "当罚", copies=2),
    _kind("D29", "送达回证", _F, _INTERNAL, _OFFICE, by_hand=ByHand.ALWAYS, ready=True),
    _kind("D30", "涉嫌犯罪案件移送书", _LE, _OTHER, _BUREAU, "移", copies=3, ready=True),
    _kind("D31", "催告书", _N, _EMPLOYER, _BUREAU, "催", copies=2, ready=True),
    _kind("D32", "强制执行申请书", _LE, _OTHER, _BUREAU, "执申", copies=2),
    _kind("D33", "工资保证金支付通知书", _N, _OTHER, _BUREAU, "付", copies=3, ready=True),
    _kind("D34", "失信联合惩戒名单告知书", _N, _EMPLOYER, _BUREAU, "信告", copies=2),
    _kind("D35", "撤销立案决定书", _N, _EMPLOYER, _BUREAU, "撤", copies=3, ready=True),
    _kind("D36", "结案审批表", _F, _INTERNAL, _OFFICE, "结", ready=True),
    _kind("D37", "卷宗封面", Layout.COVER, _INTERNAL, _OFFICE),
    _aid("LD01", "法律援助申请表", _F, _INTERNAL, by_hand=ByHand.ALWAYS, ready=True),
    _aid(
        "LD02", "经济困难状况说明表", _F, _INTERNAL, secrecy=Secrecy.OFFICE, by_hand=ByHand.ALWAYS, ready=True
    ),
    _aid("LD03", "法律援助申请受理凭证", _LI, _WORKER, copies=2, ready=True),
    _aid("LD04", "补充材料（说明）通知书", _N, _WORKER, "补字", copies=2, ready=True),
    _aid("LD05", "法律援助审批表", _F, _INTERNAL, secrecy=Secrecy.REVIEW, ready=True),
    _aid("LD06", "给予法律援助决定书", _N, _WORKER, "决字", copies=2, ready=True),
    _aid("LD07", "不予法律援助决定书", _N, _WORKER, "不决字", copies=2, secrecy=Secrecy.REVIEW, ready=True),
    _aid("LD08", "先行提供法律援助决定书", _N, _WORKER, "先决字", copies=2, ready=True),
    _aid("LD09", "指派通知书", _LE, _OTHER, "指字", copies=2, ready=True),
    _aid("LD10", "法律援助公函", _LE, _OTHER, "函字", copies=2, ready=True),
    _aid("LD11", "法律援助委托代理协议", _R, _WORKER, copies=3, ready=True),
    _aid("LD12", "授权委托书", _R, _OTHER, copies=3, ready=True),
    _aid("LD13", "约见受援人笔录", _R, _INTERNAL, ready=True),
    _aid("LD14", "通报记录", _R, _INTERNAL, ready=True),
    _aid("LD15", "更换法律援助人员审批表", _F, _INTERNAL, ready=True),
    _aid("LD16", "更换法律援助人员通知书", _LE, _OTHER, "换字", copies=3, ready=True),
    _aid("LD17", "终止法律援助审批表", _F, _INTERNAL, ready=True),
    _aid("LD18", "终止法律援助决定书", _N, _WORKER, "终字", copies=3, ready=True),
    _aid("LD19", "结案报告表", _F, _INTERNAL, ready=True),
    _aid("LD20", "法律援助补贴审批表", _F, _INTERNAL, ready=True),
    _aid("LD21", "征求受援人意见表（回访）", _F, _INTERNAL, ready=True),
    _aid("LD22", "法律援助案件质量评估表", _F, _INTERNAL, ready=True),
    _aid("LD23", "法律援助投诉登记表", _F, _INTERNAL),
    _aid("LD24", "视为撤回申请告知书", _N, _WORKER, "撤字", copies=2, ready=True),
    _aid("LD25", "异地协作核查函", _LE, _OTHER, "协字", copies=2, ready=True),
    _aid("LD26", "法律援助异议申请书", _R, _INTERNAL),
    _aid(
        "LD27",
        "法律援助异议审查决定书",
        _N,
        _WORKER,
        "异字",
        issuer=_BUREAU,
        copies=3,
        secrecy=Secrecy.REVIEW,
        ready=True,
    ),
    _aid("LD28", "案件移交清单", _LI, _INTERNAL),
)

_BY_ID = {each.id: each for each in KINDS}


def kind(code: str) -> Kind:
    """The kind with the code. KeyError when there is none."""
    return _BY_ID[code]


def ready_kinds() -> set[str]:
    """The codes of the kinds that can be issued."""
    return {each.id for each in KINDS if each.ready}


def title_of(id_: str) -> str:
    """The title of a kind, for choosing it. KeyError when there is none."""
    return kind(id_).title


def hidden_kinds(*, is_own: bool, reviews: bool) -> set[str]:
    """The codes of the kinds that somebody of another office does not read, or one who reviews its decisions."""
    if is_own:
        return set()
    kept = {Secrecy.OFFICE} if reviews else {Secrecy.OFFICE, Secrecy.REVIEW}
    return {each.id for each in KINDS if each.secrecy in kept}
