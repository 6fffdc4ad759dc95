"""Help for the leader's page and what stands behind its numbers."""

from django.utils.translation import gettext_lazy as _

from config.help.sheet import PREVENT_AND_HANDLE, SAVE, SIXTY_DAYS, Sheet

SHEETS = {
    "reports:dashboard": Sheet(
        title=_("领导看板"),
        how=(
            _("先看六张卡片：数、分子和分母、离目标还差几件。"),
            _("点卡片上的数，看这个数里的每一件案子。"),
            _("下面四张图：近12个月、镇街、行业、在办账龄；点柱子看案件，点“数据表”看数字。"),
            _("右上换期间：本月、本年累计或自己选的日子。"),
            _("按“打印”，一张A4纸。"),
        ),
        questions=(
            (
                _("办结率怎么算的？"),
                _("期初没办完的加上本期立案的是应办，其中办结的是分子。别的口径列在下面。"),
            ),
            (_("为什么写“—”？"), _("分母是0，没有可算的；不写成100%。")),
            (_("数字多久更新一次？"), _("打开就是现在的数，“数据时间”写着几点几分。")),
        ),
        law=(SIXTY_DAYS, PREVENT_AND_HANDLE),
    ),
    "reports:cases": Sheet(
        title=_("数字里的案件"),
        how=(
            _("这里就是那个数数到的每一件，不多不少。"),
            _("点案号打开案件。"),
            _("左上回到领导看板，期间不变。"),
        ),
        questions=(
            (_("状态为什么和那时不一样？"), _("是否办结按截止日算，“状态”一列是现在的。")),
            (_("要名单怎么办？"), _("用浏览器打印这一页；要表格的到“案件”里选条件导出。")),
        ),
        law=(SIXTY_DAYS,),
    ),
    "reports:definition": Sheet(
        title=_("报送口径"),
        how=(
            _("选看板上首先显示的算法。"),
            _("写明依据，例如上级文件的名称和文号。"),
            _("按“更改报送口径”。"),
        ),
        keys=(SAVE,),
        questions=(
            (_("改了数字会变吗？"), _("不变。只是换成先显示哪一种，别的口径照样看得到。")),
            (_("谁改过看得到吗？"), _("下面的更改记录写着谁、什么时候、为什么。")),
        ),
    ),
}
