"""What is held against the centre or its people, and what goes from one lawyer to the next: LD23, LD26, LD28."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.forms import DayField, FactsForm, SpokenCharField, TextField
from documents.blocks import cell, opinion, pair, signed, wide
from documents.context import Matter, required
from documents.wording import NOTHING, cn_date, paragraphs
from legal_aid.deadlines import LAW, PROCEDURE
from legal_aid.documents.values import aid_of, matter_words, opponents, people_named, standing
from legal_aid.states import State, Work

MOST_LINES = 40

# LD23


class ComplaintForm(FactsForm):
    """Who complains about whom and what, and what is done about it. 法律援助法第五十六条."""

    came_on = DayField(label=_("收到投诉的日期"), past_only=True, initial=timezone.localdate)
    complainant = SpokenCharField(label=_("投诉人和联系电话"), max_length=120)
    about = SpokenCharField(label=_("投诉谁"), max_length=120)
    content = TextField(label=_("投诉的事实和要求"), max_length=1000)
    handling = TextField(label=_("拟怎样处理"), max_length=500)

    def prepare(self) -> None:
        people = [party.name for party in self.case.parties.filter(role="worker").select_related("person")]
        self.fields["complainant"].initial = "、".join(people)
        last = self.case.aid_assignments.select_related("firm", "lawyer__user").order_by("-pk").first()
        if last:
            self.fields["about"].initial = f"{last.firm}{last.lawyer or ''}"


def complaint_form(matter: Matter) -> dict[str, Any]:
    """法律援助投诉登记表: who complains, about whom, what, and what is to be done."""
    content = required(matter.fact("content"), _("还没写投诉的事实和要求"))
    return {
        "rows": [
            pair(cell("案　　号", matter.case.number), cell("受 援 人", people_named(matter))),
            pair(
                cell("投 诉 人", str(matter.fact("complainant"))),
                cell("收到日期", cn_date(matter.fact("came_on"))),
            ),
            wide("投诉对象", str(matter.fact("about"))),
            wide("事实和要求", paragraphs(str(content)), tall=True),
        ],
        "opinions": [
            opinion(
                "拟办意见",
                paragraphs(str(matter.fact("handling") or "")),
                "登记人",
                signed(matter.by, matter.on),
            ),
            opinion("负责人意见", "", "负责人"),
            opinion("处理结果", "", "经办人"),
        ],
        "remarks": [f"投诉依照{LAW}第五十六条调查处理，结果告知投诉人。"],
    }


# LD26


def objection(matter: Matter) -> dict[str, Any]:
    """法律援助异议申请书: what the applicant holds against the decision, for their signature."""
    filed = required(matter.case.aid_objections.order_by("-pk").first(), _("还没有登记异议"))
    against = "终止" if filed.against == State.TERMINATED else "不予"
    return {
        "rows": [
            {"label": "申 请 人", "text": people_named(matter)},
            {"label": "对方当事人", "text": opponents(matter)},
            {"label": "申请事项", "text": matter_words(matter) if aid_of(matter).matter else NOTHING},
            {
                "label": "异议针对",
                "text": f"{matter.case.agency.name}{against}法律援助的决定"
                f"（登记号：{matter.case.receipt_no}）",
            },
            {"label": "收到日期", "text": cn_date(filed.received_on)},
        ],
        "said": ["异议理由：", *paragraphs(filed.reason), f"请依照{LAW}第四十九条审查。"],
        "foot": "申请人签名：　　　　　　　　　　　年　　月　　日",
        "signatures": ["申请人：　　　　　　　　　", "　　　　年　　月　　日"],
    }


# LD28


def hand_over_list(matter: Matter) -> dict[str, Any]:
    """案件移交清单: what the former lawyer hands over to the one who follows, document by document."""
    follows = standing(matter)
    before = required(
        matter.case.aid_assignments.exclude(ended_on=None)
        .select_related("firm", "lawyer__user")
        .order_by("-pk")
        .first(),
        _("还没有更换承办机构或者承办人"),
    )
    lines = [f"{n}．{line}" for n, line in enumerate(_papers(matter), start=1)]
    by_when = cn_date(matter.fact("hand_over_by"))
    return {
        "rows": [
            pair(cell("案　　号", matter.case.number), cell("受 援 人", people_named(matter))),
            pair(
                cell("移 交 人", f"{before.firm}{before.lawyer or ''}"),
                cell("接 收 人", f"{follows.firm}{follows.lawyer or ''}"),
            ),
            wide("移交期限", by_when or NOTHING),
            wide("移交材料", lines or "（手写）", tall=True),
            wide("其他事项", "（手写）", tall=True),
        ],
        "opinions": [opinion("移　　交", "", "移交人"), opinion("接　　收", "", "接收人")],
        "remarks": [f"移交依照{LAW}第五十五条和{PROCEDURE}办理；移交以前原承办人仍应履行职责。"],
    }


def _papers(matter: Matter) -> list[str]:
    """The documents that the lawyer holds, and how many records of work there are of each kind."""
    mine = matter.case.documents.filter(kind__in=("LD09", "LD10", "LD11", "LD12", "LD13", "LD14"))
    valid = mine.filter(state="issued").order_by("issued_at", "pk").defer("html")[:MOST_LINES]
    work: dict[str, int] = {}
    for row in matter.case.work_log.all():
        work[row.kind] = work.get(row.kind, 0) + 1
    records = [f"{Work(kind).label}记录{n}份" for kind, n in work.items()]
    return [*(str(document) for document in valid), *records]
