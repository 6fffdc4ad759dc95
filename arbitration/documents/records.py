"""What is written down of hearings, deliberation and mediation in the tribunal: AD23, AD24, AD45."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from arbitration.documents.values import (
    applicants_named,
    cause,
    claim_lines,
    hearing_of,
    place_of,
    respondents_named,
    said,
    tribunal_words,
)
from documents.blocks import line
from documents.context import Matter, required
from documents.wording import cn_date, cn_datetime, paragraphs

PEN = "　　　　　　　　"


def hearing_record(matter: Matter) -> dict[str, Any]:
    """庭审笔录: attendance, claims, reply, what was typed at the hearing; the rest is for the pen."""
    case, hearing = matter.case, hearing_of(matter)
    return {
        "foot": case.number,
        "rows": [
            line("案　　号", case.case_no),
            line("案　　由", cause(matter)),
            line("时　　间", f"{cn_datetime(hearing.starts_at)}起"),
            line("地　　点", place_of(hearing)),
            line("仲 裁 庭", tribunal_words(matter)),
            line("申 请 人", _presence(matter, hearing, "applicant")),
            line("被申请人", _presence(matter, hearing, "respondent")),
        ],
        "said": [
            "书记员：核对当事人和代理人身份，宣布庭审纪律。",
            "仲裁员：宣布开庭，告知当事人权利义务，询问是否申请回避。",
            "申请人陈述仲裁请求、事实和理由：",
            *claim_lines(matter),
            "被申请人答辩：",
            "庭审要点：",
            *_minutes(hearing),
            "举证、质证：",
            "辩论和最后陈述：",
            "仲裁庭征询调解意见：",
        ],
        "signatures": [
            "以上笔录已经核对，与本人陈述一致。",
            f"申请人（签名）：{PEN}被申请人（签名）：",
            f"仲裁员（签名）：{PEN}书记员（签名）：",
        ],
    }


def _minutes(hearing: Any) -> list[str]:
    return paragraphs(hearing.minutes)


def _presence(matter: Matter, hearing: Any, side: str) -> str:
    """The party and whether it came."""
    words = applicants_named(matter) if side == "applicant" else respondents_named(matter)
    absent = [
        str(row.party)
        for row in hearing.notices.select_related("party__person", "party__employer")
        if row.attendance in ("absent", "left")
    ]
    missing = [name for name in absent if name in words]
    return f"{words}（{'、'.join(missing)}未到庭或者中途退庭）" if missing else words


def deliberation_record(matter: Matter) -> dict[str, Any]:
    """评议笔录: views, vote, the minority's view; never opened to the parties."""
    case = matter.case
    row = required(case.deliberations.order_by("-held_on", "-pk").first(), _("还没有评议"))
    vote = "意见一致" if row.is_unanimous else "按首席仲裁员的意见" if row.by_chief else "按多数意见"
    return {
        "foot": case.number,
        "rows": [
            line("案　　号", case.case_no),
            line("当 事 人", f"{applicants_named(matter)}诉{respondents_named(matter)}"),
            line("评议日期", cn_date(row.held_on)),
            line("参 加 人", tribunal_words(matter)),
            line("表　　决", vote),
        ],
        "said": [
            "评议意见：",
            *paragraphs(row.opinion),
            *(["少数意见：", *paragraphs(row.dissent)] if row.dissent else []),
        ],
        "signatures": [f"仲裁员（签名）：{PEN}{PEN}", "书记员（签名）："],
    }


def mediation_record(matter: Matter) -> dict[str, Any]:
    """仲裁庭调解笔录: that the tribunal tried, and what came of it; offers stand here for the pen only."""
    case = matter.case
    result = said(matter, "minutes")
    return {
        "foot": case.number,
        "rows": [
            line("案　　号", case.case_no),
            line("时　　间", cn_datetime(matter.at)),
            line("主 持 人", tribunal_words(matter)),
            line("申 请 人", applicants_named(matter)),
            line("被申请人", respondents_named(matter)),
        ],
        "said": [
            "仲裁庭告知：调解以自愿、合法为原则；调解不成或者调解书送达前一方反悔的，及时作出裁决；"
            "调解中的让步不作为裁决的依据。",
            "申请人意见：",
            "被申请人意见：",
            *paragraphs(result),
            "调解结果：",
        ],
        "signatures": [
            f"申请人（签名）：{PEN}被申请人（签名）：",
            f"仲裁员（签名）：{PEN}书记员（签名）：",
        ],
    }
