"""A figure that can be proved later: what it was made of, and what is different when it is made again."""

import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.models import Agency
from reports.answers import document, full_entry
from reports.definitions import INDICATORS, indicator
from reports.indicators import Figure, cases_behind, measure
from reports.parts import PARTS
from reports.periods import Period

SHOWN = 20
"""So many case numbers are named where two sets differ."""


class ProofError(ValueError):
    """The file is no proof of figures; the message is a sentence for the person."""


def fingerprint(numbers: Iterable[str]) -> str:
    """SHA-256 over the case numbers, sorted, one a line: the same set has the same fingerprint."""
    return sha256("".join(f"{number}\n" for number in sorted(numbers)).encode()).hexdigest()


def proof(ids: Iterable[str], period: Period, agency: Agency | None = None) -> dict[str, Any]:
    """The figures with the version of their definitions, and the cases of every part with their fingerprint.

    One query for each part beside those of `measure`.
    """
    figures = measure(ids, from_on=period.from_on, as_of=period.as_of, agency=agency, moment=period.moment)
    entries = [{**full_entry(figure), "cases": _cases(figure, period, agency)} for figure in figures]
    return {**document(entries, period, agency), "made_at": timezone.localtime().isoformat()}


def _cases(figure: Figure, period: Period, agency: Agency | None) -> dict[str, dict[str, Any]]:
    return {name: _set(figure.definition.id, name, period, agency) for name in figure.parts}


def _set(id_: str, part: str, period: Period, agency: Agency | None) -> dict[str, Any]:
    behind = cases_behind(
        id_, part, from_on=period.from_on, as_of=period.as_of, agency=agency, moment=period.moment
    )
    rows = behind.order_by("pk").values_list("case_no", "receipt_no")
    numbers = sorted(case_no or receipt_no for case_no, receipt_no in rows)
    return {"fingerprint": fingerprint(numbers), "numbers": numbers}


def differences(kept: Mapping[str, Any]) -> list[str]:
    """What is different when the figures of the proof are made again now, in sentences; empty when nothing is.

    A proof whose own numbers do not give its own fingerprint was changed, which is said, too. Raises ProofError when
    it cannot be read, and PeriodError.
    """
    period, agency = _asked(kept)
    ids = [each["id"] for each in kept["indicators"]]
    again = {each["id"]: each for each in proof(ids, period, agency)["indicators"]}
    return [words for each in kept["indicators"] for words in _of_one(each, again[each["id"]])]


def _asked(kept: Mapping[str, Any]) -> tuple[Period, Agency | None]:
    """The period and the agency that the proof is about."""
    try:
        said = str(kept["as_of"])
        moment = datetime.fromisoformat(said) if "T" in said else None
        as_of = timezone.localdate(moment) if moment else date.fromisoformat(said)
        period = Period(date.fromisoformat(str(kept["from"])), as_of, moment)
        for each in kept["indicators"]:
            _check(each)
        code = kept["agency"]
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise ProofError(_("这不是指标的证明文件，用 kpi --proof 重新生成")) from error
    agency = Agency.objects.filter(code=code).first() if code else None
    if code and agency is None:
        raise ProofError(_("没有代码为%(code)s的机构") % {"code": code})
    return period, agency


def _check(entry: Mapping[str, Any]) -> None:
    """KeyError or TypeError when the entry lacks something that is compared."""
    if entry["id"] not in INDICATORS:
        raise KeyError(entry["id"])
    for name in ("numerator", "denominator", "version", "parts"):
        entry[name]
    for part in entry["cases"].values():
        sorted(part["numbers"])
        part["fingerprint"].strip()


def _of_one(was: Mapping[str, Any], now: Mapping[str, Any]) -> Iterable[str]:
    name = f"{was['id']} {indicator(was['id']).label}"
    if was["version"] != now["version"]:
        said = {"name": name, "was": was["version"], "now": now["version"]}
        yield _("%(name)s：定义原为第%(was)s版，现为第%(now)s版") % said
    for column, label in (("numerator", _("分子")), ("denominator", _("分母"))):
        if was[column] != now[column]:
            said = {"name": name, "column": label, "was": was[column], "now": now[column]}
            yield _("%(name)s：%(column)s原为%(was)s，现为%(now)s") % said
    for part, kept in was["cases"].items():
        yield from _of_set(f"{name} {_label(was['id'], part)}", kept, now["cases"].get(part))


def _label(id_: str, part: str) -> str:
    return str(PARTS[id_][part].label) if part in PARTS[id_] else part


def _of_set(name: str, was: Mapping[str, Any], now: Mapping[str, Any] | None) -> Iterable[str]:
    if fingerprint(was["numbers"]) != was["fingerprint"]:
        yield _("%(name)s：文件里的案号和指纹对不上，文件改动过") % {"name": name}
    if now is None:
        yield _("%(name)s：现在没有这一项") % {"name": name}
        return
    if now["fingerprint"] == was["fingerprint"]:
        return
    for numbers, words in (
        (set(was["numbers"]) - set(now["numbers"]), _("%(name)s：少了%(n)d件：%(numbers)s")),
        (set(now["numbers"]) - set(was["numbers"]), _("%(name)s：多了%(n)d件：%(numbers)s")),
    ):
        if numbers:
            yield words % {"name": name, "n": len(numbers), "numbers": _some(numbers)}


def _some(numbers: set[str]) -> str:
    shown = _("、").join(sorted(numbers)[:SHOWN])
    return shown if len(numbers) <= SHOWN else _("%(shown)s等") % {"shown": shown}


def read(text: str) -> dict[str, Any]:
    """The proof in the text of a file. ProofError when it is none."""
    try:
        found = json.loads(text)
    except ValueError as error:
        raise ProofError(_("文件不是JSON")) from error
    if not isinstance(found, dict):
        raise ProofError(_("这不是指标的证明文件，用 kpi --proof 重新生成"))
    return found
