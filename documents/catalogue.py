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
    """In whose name a document goes out: bureau or committee decides, its office does the paperwork."""

    BUREAU = "bureau"
    OFFICE = "office"
    COMMITTEE = "committee"


class Secrecy(StrEnum):
    """Whom a document is kept from among those who read the file of a case."""

    NONE = "none"
    REVIEW = "review"  # all but the office itself and who reviews its decisions
    OFFICE = "office"  # all but the office itself
    SECOND_FILE = "second_file"  # 副卷: all but those who decide the case, and the heads of the office
    CONCESSIONS = "concessions"  # 让步: all but who mediates the case, and the head of the office


class ByHand(StrEnum):
    """When a document may be issued without a step of the procedure."""

    ALWAYS = "always"  # a receipt, a proof of service: as often as needed
    FILED = "filed"  # a summons, a record of an inquiry: as often as needed once the case was filed
    REPLACEMENT = "replacement"  # only where the step that produces it was taken and no valid copy exists


INSPECTION, LEGAL_AID, ARBITRATION = "inspection", "legal_aid", "arbitration"
MEDIATION = "mediation"
EVERY = ""  # the track of documents that any kind of case can need


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
_BUREAU, _OFFICE, _COMMITTEE = Issuer.BUREAU, Issuer.OFFICE, Issuer.COMMITTEE


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


def _arb(
    code: str,
    title: str,
    layout: Layout,
    addressee: Addressee,
    character: str = "",
    *,
    issuer: Issuer = _COMMITTEE,
    copies: int = 1,
    by_hand: ByHand = ByHand.REPLACEMENT,
) -> Kind:
    return Kind(code, title, ARBITRATION, layout, addressee, issuer, character, copies, by_hand, ready=True)


def _arb_form(code: str, title: str, *, layout: Layout = _F, by_hand: ByHand = ByHand.REPLACEMENT) -> Kind:
    """A paper of the second file 副卷."""
    return Kind(
        code,
        title,
        ARBITRATION,
        layout,
        _INTERNAL,
        _OFFICE,
        by_hand=by_hand,
        ready=True,
        secrecy=Secrecy.SECOND_FILE,
    )


def _med(
    code: str,
    title: str,
    layout: Layout,
    addressee: Addressee,
    character: str = "",
    *,
    issuer: Issuer = _OFFICE,
    copies: int = 1,
    by_hand: ByHand = ByHand.REPLACEMENT,
    ready: bool = True,
    secrecy: Secrecy = Secrecy.NONE,
) -> Kind:
    return Kind(
        code,
        title,
        MEDIATION,
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
    _aid(
        "LD23",
        "法律援助投诉登记表",
        _F,
        _INTERNAL,
        by_hand=ByHand.ALWAYS,
        secrecy=Secrecy.REVIEW,
        ready=True,
    ),
    _aid("LD24", "视为撤回申请告知书", _N, _WORKER, "撤字", copies=2, ready=True),
    _aid("LD25", "异地协作核查函", _LE, _OTHER, "协字", copies=2, ready=True),
    _aid("LD26", "法律援助异议申请书", _R, _INTERNAL, secrecy=Secrecy.REVIEW, ready=True),
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
    _aid("LD28", "案件移交清单", _LI, _INTERNAL, ready=True),
    _arb("AD01", "劳动人事争议仲裁申请书", _F, _INTERNAL, issuer=_OFFICE, by_hand=ByHand.ALWAYS),
    _arb("AD02", "仲裁申请收件回执", _LI, _WORKER, issuer=_OFFICE, copies=2, by_hand=ByHand.ALWAYS),
    _arb("AD03", "仲裁申请补正通知书", _N, _WORKER, "补字", copies=2),
    _arb("AD04", "调解建议书", _N, _WORKER, copies=2),
    _arb_form("AD05", "立案（组庭）审批表"),
    _arb("AD06", "仲裁受理通知书", _N, _WORKER, copies=2),
    _arb("AD07", "不予受理通知书", _N, _WORKER, "不字", copies=2),
    _arb("AD08", "应诉通知书", _N, _EMPLOYER, copies=2),
    _arb("AD09", "举证通知书", _N, _EMPLOYER, copies=2),
    _arb("AD10", "组庭通知书", _N, _OTHER, copies=3),
    _arb("AD11", "开庭通知书", _N, _OTHER, copies=3),
    _arb("AD12", "仲裁文书送达回证", _F, _INTERNAL, issuer=_OFFICE, by_hand=ByHand.ALWAYS),
    _arb_form("AD13", "延期裁决审批表"),
    _arb("AD14", "延期裁决通知书", _N, _OTHER, copies=3),
    _arb_form("AD15", "中止审理审批表"),
    _arb("AD16", "中止审理通知书", _N, _OTHER, copies=3),
    _arb("AD17", "管辖异议决定书", _N, _OTHER, copies=3),
    _arb("AD18", "仲裁回避决定书", _N, _OTHER, copies=3),
    _arb("AD19", "准予撤回仲裁申请决定书", _N, _OTHER, copies=3),
    _arb("AD20", "按撤回仲裁申请处理决定书", _N, _OTHER, copies=3),
    _arb("AD21", "撤销案件决定书", _N, _OTHER, copies=3),
    _arb("AD22", "补正决定书", _N, _OTHER, copies=3),
    _arb("AD23", "庭审笔录", _R, _INTERNAL, issuer=_OFFICE, by_hand=ByHand.FILED),
    _arb_form("AD24", "评议笔录", layout=_R),
    _arb("AD25", "仲裁调解书", _N, _OTHER, "调字", copies=3),
    _arb("AD26", "仲裁裁决书（终局）", _N, _OTHER, copies=3),
    _arb("AD27", "仲裁裁决书（非终局）", _N, _OTHER, copies=3),
    _arb("AD28", "部分裁决书", _N, _OTHER, copies=3),
    _arb("AD29", "先予执行裁决书", _N, _OTHER, "先裁字", copies=3),
    _arb("AD30", "先予执行移送函", _LE, _OTHER, "执函字", copies=2),
    _arb_form("AD31", "仲裁结案审批表"),
    _arb("AD32", "仲裁案件移送函", _LE, _OTHER, "移字", copies=2),
    _arb("AD33", "仲裁案卷封面（正卷）", Layout.COVER, _INTERNAL, issuer=_OFFICE, by_hand=ByHand.FILED),
    _arb_form("AD34", "仲裁案卷封面（副卷）", layout=Layout.COVER, by_hand=ByHand.FILED),
    # What the procedure names beyond the list of forms.
    _arb("AD35", "口头申请仲裁笔录", _R, _INTERNAL, issuer=_OFFICE, by_hand=ByHand.ALWAYS),
    _arb("AD36", "管辖告知书", _N, _WORKER, "告字", copies=2),
    _arb("AD37", "反申请受理（不予受理）通知书", _N, _OTHER, copies=3),
    _arb("AD38", "追加当事人（变更请求）通知书", _N, _OTHER, copies=3),
    _arb("AD39", "委托调解函", _LE, _OTHER, "委调字", copies=2),
    _arb("AD40", "恢复审理通知书", _N, _OTHER, copies=3),
    _arb("AD41", "合并（分案）审理通知书", _N, _OTHER, copies=3),
    _arb("AD42", "终止审理决定书", _N, _OTHER, copies=3),
    _arb("AD43", "裁决（调解）生效证明书", _N, _OTHER, "证字", copies=2),
    _arb("AD44", "送达公告", _N, _OTHER, "公告字"),
    _arb_form("AD45", "仲裁庭调解笔录", layout=_R, by_hand=ByHand.FILED),
    _med("MD01", "劳动争议调解申请书", _F, _INTERNAL, by_hand=ByHand.ALWAYS),
    _med("MD02", "口头调解申请笔录", _R, _INTERNAL, by_hand=ByHand.ALWAYS),
    _med("MD03", "调解受理通知书", _N, _OTHER, "受字", copies=3),
    _med("MD04", "不予受理（不同意）调解告知书", _N, _OTHER, "不受字", copies=3),
    _med("MD05", "调解通知书", _N, _OTHER, "通字", copies=3),
    _med("MD06", "调解笔录", _R, _INTERNAL, secrecy=Secrecy.CONCESSIONS),
    _med("MD07", "调解协议书", _R, _OTHER, copies=3),
    _med("MD08", "调解不成告知书", _N, _OTHER, "终字", copies=3),
    _med("MD09", "仲裁审查申请书", _F, _OTHER),
    _med("MD10", "仲裁审查受理通知书", _N, _OTHER, "审受字", issuer=_COMMITTEE, copies=3),
    _med("MD11", "仲裁调解书（审查调解协议）", _N, _OTHER, "审调字", issuer=_COMMITTEE, copies=3),
    _med("MD12", "不予制作调解书通知书", _N, _OTHER, "审不字", issuer=_COMMITTEE, copies=3),
    _med("MD13", "司法确认申请书", _F, _OTHER, copies=3),
    _med("MD14", "支付令申请书", _F, _OTHER, copies=2),
    _med("MD15", "调解协议履行记录", _F, _INTERNAL, by_hand=ByHand.FILED),
    _med("MD16", "调解卷宗目录", _F, _INTERNAL),
    _med("MD17", "撤回调解申请书", _F, _INTERNAL),
    Kind("RF01", "转办（移送）函", EVERY, _LE, _OTHER, _OFFICE, "转办", 2, ready=True),
    Kind("RF02", "转办告知书", EVERY, _N, _WORKER, _OFFICE, "转告", 2, ready=True),
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


def hidden_kinds(*, is_own: bool, reviews: bool, decides: bool = False) -> set[str]:
    """The codes of the kinds that somebody does not read: of another office, or of this one without deciding the case.

    Who ``reviews`` the decisions of an office reads more of them; who ``decides`` the case reads its second file.
    """
    kept = set() if is_own else {Secrecy.OFFICE} if reviews else {Secrecy.OFFICE, Secrecy.REVIEW}
    if not (is_own and decides):
        kept.add(Secrecy.SECOND_FILE)
    return {each.id for each in KINDS if each.secrecy in kept}


def second_file() -> set[str]:
    """The codes of the kinds that belong into the second file."""
    return {each.id for each in KINDS if each.secrecy == Secrecy.SECOND_FILE}


def concessions() -> set[str]:
    """The codes of the kinds that say what the sides of a mediation offered each other."""
    return {each.id for each in KINDS if each.secrecy == Secrecy.CONCESSIONS}
