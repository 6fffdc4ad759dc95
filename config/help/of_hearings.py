"""Help for the schedule: the week, and choosing when a hearing is held."""

from django.utils.translation import gettext_lazy as _

from arbitration import deadlines as d
from config.help.sheet import Law, Sheet

NOTICE = Law(
    f"{d.LAW}第三十五条",
    _("开庭五日前书面通知双方；当事人有正当理由的，可以在开庭三日前请求延期。"),
)

SHEETS = {
    "hearings:week": Sheet(
        title=_("日程"),
        how=(
            _("一周七天，从上到下；每天先排有钟点的开庭，再排当天到期的事项。"),
            _("“我的”只看指派给你的案件，“本单位”看全部。"),
            _("点当事人打开案件。"),
            _("“打印排期表”把本周的开庭印成一张表，贴在庭外。"),
            _("“下载到日历”得到.ics文件，用手机或者电脑的日历打开。"),
        ),
        keys=(("K", _("上一周")), ("J", _("下一周")), ("P", _("打印排期表"))),
        questions=(
            (_("开庭改期了，日历里怎么办？"), _("再下载一次，同一次开庭会更新，不会变成两条。")),
            (_("日历文件里有当事人的名字吗？"), _("没有，只有案号、时间和地点。")),
        ),
        law=(NOTICE,),
    ),
    "hearings:times": Sheet(
        title=_("选开庭时间"),
        how=(
            _("列出的都是来得及通知的工作日，从最早的一天开始。"),
            _("能点的是庭室和仲裁庭的人都空着的时间；划掉的写着和哪件案子冲突。"),
            _("点一个时间，到“排期”页核对后保存，同时开具开庭通知书。"),
            _("在外面开庭的，点“自己填时间和地点”。"),
        ),
        questions=(
            (_("为什么最早的一天这么晚？"), _("要等答辩期过完，并留出开庭前通知的工作日。")),
            (_("五日怎么数？"), _("从开庭日往前数工作日，开庭当天不算。本单位可以改成五个整日。")),
        ),
        law=(NOTICE,),
    ),
}
