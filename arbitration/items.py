"""What is decided per claim, typed a line for each: its number, the sum or yes or no, and words."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext

from cases import money
from cases.forms import TextField
from cases.identity import InvalidValue

WITHIN_CLAIMS = "《劳动人事争议仲裁办案规则》第五十三条"
GRANTED, REFUSED = "支持", "不支持"


@dataclass(frozen=True)
class Decided:
    """One claim and what is awarded of it in fen; None where the claim names no sum."""

    claim: Any
    awarded_fen: int | None
    is_granted: bool
    words: str

    @property
    def line(self) -> str:
        said = GRANTED if self.is_granted else REFUSED
        sum_ = said if self.awarded_fen is None else money.yuan(self.awarded_fen)
        return f"{sum_} {self.words}".rstrip()


def undecided(case: Any) -> list[Any]:
    """The claims that are still to be decided, in the order of the lines."""
    rows = case.dispute_claims.select_related("party__person", "party__employer", "award")
    return [claim for claim in rows if claim.stands and not _is_decided(claim)]


def _is_decided(claim: Any) -> bool:
    return claim.award is not None and claim.award.made_on is not None


def proposed(case: Any) -> str:
    """A line for each claim, with all that is claimed."""
    return "\n".join(_proposal(number, claim) for number, claim in enumerate(undecided(case), start=1))


def _proposal(number: int, claim: Any) -> str:
    sum_ = GRANTED if claim.amount_fen is None else money.yuan(claim.amount_fen)
    months = f"{claim.from_month}至{claim.to_month}" if claim.from_month else ""
    return f"{number} {sum_} {claim.party.name}{months}{claim.get_type_display()}"


def read(case: Any, text: str) -> list[Decided]:
    """What the lines mean. ValidationError names the line that is not clear or goes beyond its claim."""
    claims = undecided(case)
    found: dict[int, Decided] = {}
    for number, line in enumerate((row for row in text.splitlines() if row.strip()), start=1):
        pieces = line.split(maxsplit=2)
        place = int(pieces[0]) if pieces[0].isascii() and pieces[0].isdigit() else 0
        if len(pieces) < 2 or not 1 <= place <= len(claims):
            raise ValidationError(
                gettext("第%(n)d行看不懂，每行写序号（1到%(most)d）、金额或者支持、不支持，再写内容")
                % {"n": number, "most": len(claims)}
            )
        if place in found:
            raise ValidationError(gettext("第%(n)d行的序号%(place)d写了两次") % {"n": number, "place": place})
        words = pieces[2] if len(pieces) == 3 else ""
        found[place] = _decided(claims[place - 1], pieces[1], words, number)
    return [found[place] for place in sorted(found)]


def _decided(claim: Any, typed: str, words: str, number: int) -> Decided:
    if typed in (GRANTED, REFUSED):
        is_granted = typed == GRANTED
        sum_ = None if claim.amount_fen is None else claim.amount_fen if is_granted else 0
        return Decided(claim, sum_, is_granted, words)
    if claim.amount_fen is None:
        raise ValidationError(
            gettext("第%(n)d行的请求没有金额，写支持或者不支持，再写裁决的内容") % {"n": number}
        )
    try:
        awarded = money.parse_amount(typed, allow_zero=True)
    except InvalidValue as error:
        raise ValidationError(f"{gettext('第%(n)d行：') % {'n': number}}{error.sentence(gettext)}") from error
    if awarded > claim.amount_fen:
        raise ValidationError(
            gettext("第%(n)d行超出了请求：请求%(claimed)s元，写了%(sum)s元；裁决不能超出仲裁请求（%(law)s）")
            % {
                "n": number,
                "claimed": money.yuan(claim.amount_fen),
                "sum": money.yuan(awarded),
                "law": WITHIN_CLAIMS,
            }
        )
    return Decided(claim, awarded, awarded > 0, words)


class ItemsField(TextField):
    """The decision on each claim; the form checks the lines against its case."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=60_000, **kwargs)
        self.widget.attrs["rows"] = 8
        self.widget.attrs["class"] = "mono"
