"""时限规则: one rule, its versions, and its new length with an example that is reckoned while it is typed."""

from dataclasses import dataclass, replace
from typing import Any

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from calendars import catalogue, services
from calendars.clock import Clock, ClockError, Due, due
from calendars.models import RuleSetting
from calendars.rule_forms import RuleForm
from calendars.rules import Rule
from calendars.working_days import CalendarError


@require_http_methods(["GET", "HEAD", "POST"])
def rule_page(request: HttpRequest, code: str) -> HttpResponse:
    """The rule and its versions for everybody; the form for who may set it, with the example as it was typed last."""
    rule = _rule_or_404(code)
    if not (request.user.has_right("edit_calendar") and services.may_set(rule)):
        if request.method == "POST":
            raise PermissionDenied
        return render(request, "calendars/rule.html", _page(rule))
    saving = request.POST.get("do") == "save"
    data = request.POST if request.method == "POST" else None
    form = RuleForm(data, rule=rule, saving=saving, initial=_initial(rule))
    example = _example(rule, form)
    if saving and form.is_valid() and example:
        answer = _save(request, rule, form, example)
        if answer is not None:
            return answer
    context = _page(rule) | {"form": form, "example": example}
    if getattr(request, "htmx", False):
        return render(request, "calendars/_rule_example.html", context)
    status = 409 if form.has_error(NON_FIELD_ERRORS, "conflict") else 422 if form.errors else 200
    return render(request, "calendars/rule.html", context, status=status)


def _rule_or_404(code: str) -> Rule:
    try:
        return catalogue.rule(code)
    except catalogue.UnknownRule:
        raise Http404 from None


def _page(rule: Rule) -> dict[str, Any]:
    return {
        "delivered": rule,
        "rule": services.effective_rule(rule.code),
        "why_fixed": "" if services.may_set(rule) else _why_fixed(rule),
        "versions": services.versions(rule.code),
        "today": timezone.localdate(),
    }


def _why_fixed(rule: Rule) -> str:
    """The sentence for a rule that the office may not set."""
    if rule.period is None:
        return _("这条期限没有固定长度：%(what)s。所以这里没有可以改的") % {"what": rule.sets_date_by}
    return _("%(law)s规定了这个长度，已按原文核对（把握H），本单位不能改；法律修改后由系统升级") % {
        "law": rule.law
    }


def _initial(rule: Rule) -> dict[str, Any]:
    now = services.effective_rule(rule.code)
    return {
        "length": now.period.length if now.period else None,
        "unit": now.period.unit.value if now.period else "",
        "valid_from": timezone.localdate(),
        "example": timezone.localdate(),
        "seen": services.newest_setting(rule.code),
    }


@dataclass(frozen=True)
class Example:
    """The typed length from the assumed start beside what holds now, and how many running clocks would move."""

    due: Due
    before: Due
    moving: int
    digest: str

    @property
    def changes(self) -> bool:
        return self.due.rule.period != self.before.rule.period

    @property
    def is_unusual(self) -> bool:
        """Whether the length lies outside what is usual for the rule."""
        rule = self.due.rule
        if rule.bounds is None or rule.period is None:
            return False
        least, most = rule.bounds
        return rule.period.length < least or (most is not None and rule.period.length > most)


def _example(rule: Rule, form: RuleForm) -> Example | None:
    """None while what was typed cannot be reckoned; why stands on the form."""
    if form.is_bound and not form.is_reckonable:
        return None
    values = form.cleaned_data if form.is_bound else form.initial
    before = services.effective_rule(rule.code, values["valid_from"])
    after = replace(before, period=form.period) if form.is_bound else before
    try:
        moving = services.would_move(after) if after.period != before.period else 0
        return Example(
            due=_due(after, values["example"]),
            before=_due(before, values["example"]),
            moving=moving,
            digest=form.digest if form.is_bound else "",
        )
    except services.SettingRefused as refusal:
        form.refuse(None, str(refusal))
    except (ClockError, CalendarError) as refusal:
        form.refuse("example", str(refusal))
    return None


def _due(rule: Rule, start: Any) -> Due:
    return due(Clock(rule=rule, start=start), services.current_calendar())


def _save(request: HttpRequest, rule: Rule, form: RuleForm, example: Example) -> HttpResponse | None:
    """The rule is set and the next page says how many dates moved. None when nothing was saved; the page says why."""
    data = form.cleaned_data
    newest = RuleSetting.objects.filter(code=rule.code).order_by("-pk").first()
    if newest and newest.pk != (data["seen"] or 0):
        if _is_same(newest, form, request.user):  # the button was pressed twice
            return redirect("calendars:rule", code=rule.code)
        form.add_error(None, form.conflict())
    elif not example.changes:
        form.add_error("length", _("和现在的规定一样，没有要保存的"))
    elif data["checked"] != example.digest:
        messages.info(request, _("改过以后重新算了一遍，核对例子再保存"))
    elif setting := _set(request, rule, form):
        _say_saved(request, rule, setting)
        return redirect("calendars:rule", code=rule.code)
    return None


def _is_same(setting: RuleSetting, form: RuleForm, user: Any) -> bool:
    data = form.cleaned_data
    typed = (data["length"], data["unit"], data["valid_from"], data["reason"], user.pk)
    kept = (setting.length, setting.unit, setting.valid_from, setting.reason, setting.changed_by_id)
    return typed == kept


def _set(request: HttpRequest, rule: Rule, form: RuleForm) -> RuleSetting | None:
    """What the form does not ask for stays as the last setting has it."""
    data = form.cleaned_data
    last = services.setting_on(rule.code, data["valid_from"])
    kept = {name: getattr(last, name, None) for name in ("extension", "pausable", "strict")}
    try:
        return services.set_rule(
            code=rule.code,
            period=form.period,
            valid_from=data["valid_from"],
            by=request.user,
            reason=data["reason"],
            **kept,
        )
    except services.SettingRefused as refusal:
        form.add_error(None, str(refusal))
        return None


def _say_saved(request: HttpRequest, rule: Rule, setting: RuleSetting) -> None:
    words = {"code": rule.code, "day": setting.valid_from, "n": setting.moved}
    if setting.valid_from > timezone.localdate():
        said = _("已保存%(code)s，%(day)s起生效；正在计时的期限到那天重算")
    elif not setting.moved:
        said = _("已保存%(code)s，没有要重算的期限")
    else:
        said = ngettext(
            "已保存%(code)s，重算了%(n)d条正在计时的期限",
            "已保存%(code)s，重算了%(n)d条正在计时的期限",
            setting.moved,
        )
    messages.success(request, said % words)


rule_page.access_rule = "signed_in"  # type: ignore[attr-defined]
