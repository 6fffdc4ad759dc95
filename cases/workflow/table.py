"""The words a procedure is written in: actor, guard, effect, step, workflow.

A step is one row of the statute's procedure: from which states, to which, by whom, proposed by whom, on what
conditions, with what consequences and documents, under which article. `cases.services.advance` is the only way to
take one.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Protocol

from django import forms
from django.apps import apps
from django.db import models
from django.utils.functional import Promise
from django_fsm import GET_STATE, transition

Text = str | Promise
Facts = Mapping[str, Any]


class StepRefused(Exception):
    """The case is not ready for the step, or its facts do not do: ``reasons`` are sentences for the person."""

    def __init__(self, reasons: list[str], field_errors: Mapping[str, list[str]] | None = None) -> None:
        super().__init__("；".join(reasons))
        self.reasons = reasons
        self.field_errors = dict(field_errors or {})


@dataclass(frozen=True)
class Actor:
    """Who takes or proposes a step: a right, and where the act belongs to a person on the case, their duty."""

    code: str
    label: Text
    right: str
    duties: tuple[str, ...] = ()


@dataclass(frozen=True)
class Guard:
    """A fact that must hold, the sentence said when it does not, and the article that asks for it.

    ``check`` answers True when it holds; False, or a sentence with the particulars, when it does not. A guard that
    needs the facts of the step is not asked before the form has been filled in.
    """

    name: str
    message: Text
    law: str
    check: Callable[[Any, Facts], bool | str]
    needs_facts: bool = False

    def refusal(self, case: Any, facts: Facts) -> str | None:
        """The sentence to say, or None when the fact holds."""
        answer = self.check(case, facts)
        if answer is True:
            return None
        particulars = f"：{answer}" if isinstance(answer, str) and answer else ""
        return f"{self.message}{particulars}（{self.law}）"


def guard(
    message: Text, *, law: str, needs_facts: bool = False
) -> Callable[[Callable[..., bool | str]], Guard]:
    """Make a guard of a function ``(case, facts)`` that states a fact."""

    def make(check: Callable[..., bool | str]) -> Guard:
        return Guard(check.__name__, message, law, check, needs_facts)

    return make


class Effect(Protocol):
    """What follows from a step, in the same transaction. A frozen dataclass with a Chinese ``__str__``.

    One that has ``is_recorded`` sets columns of the case that depend on other rows: it is applied before the event is
    written, so that the record bears them out, and has no event yet.
    """

    def apply(self, change: "Change") -> None: ...


@dataclass
class Change:
    """A step being taken: what effects work on. ``case`` is locked and is saved once, after the effects.

    ``documents`` are the kinds to issue with it; None is every kind the row names that is ready.
    """

    case: Any
    step: "Step | None"
    by: Any
    on: Any
    at: Any
    facts: dict[str, Any]
    note: str
    event: Any = None
    documents: list[str] | None = None


@dataclass(frozen=True)
class Referral:
    """People of a case who go to another agency with their own consent: ``case`` is locked, ``parties`` are of it."""

    case: Any
    parties: tuple[Any, ...]
    by: Any
    key: str
    consent: Mapping[str, Any]


@dataclass(frozen=True)
class Step:
    """One row of a procedure. ``target`` None is an event: it is recorded and has its effects, the state stays.

    ``then`` follows from the step, ``when_proposed`` from its proposal, ``when_returned`` from its being sent back.
    ``awaited`` says whether the case now waits for this row: such a row is offered first. ``back_to`` are the states
    to which the case may return, instead of one target: the ``return_state`` of its detail says which.
    The record keeps ``secret`` facts only as a digest, for nobody but the office may read them.
    """

    name: str
    row: str
    label: Text
    source: tuple[str, ...]
    target: str | None
    by: tuple[Actor, ...]
    law: str
    proposed_by: tuple[Actor, ...] = ()
    guards: tuple[Guard, ...] = ()
    then: tuple[Effect, ...] = ()
    when_proposed: tuple[Effect, ...] = ()
    when_returned: tuple[Effect, ...] = ()
    documents: tuple[str, ...] = ()
    public: Text = ""
    explain: Text = ""
    form: Callable[..., forms.Form] | None = None
    confirm: bool = False
    awaited: Callable[[Any], bool] | None = None
    back_to: tuple[str, ...] = ()
    secret: tuple[str, ...] = ()

    @property
    def targets(self) -> tuple[str, ...]:
        """The states it leads to; none for an event."""
        return self.back_to or ((self.target,) if self.target else ())

    @property
    def recorded_effects(self) -> list[Effect]:
        """The effects whose columns stand in the event of the step."""
        return [effect for effect in self.then if getattr(effect, "is_recorded", False)]

    @property
    def later_effects(self) -> list[Effect]:
        """The effects that follow from the event, in the order of the row."""
        return [effect for effect in self.then if not getattr(effect, "is_recorded", False)]

    @property
    def issues(self) -> list[str]:
        """The kinds of document that the row's effects issue."""
        return [kind for effect in self.then for kind in getattr(effect, "kinds", ())]

    def issues_for(self, case: Any) -> list[str]:
        """The kinds that would be issued on this case; an effect whose kinds depend on it has ``kinds_for``."""
        found: list[str] = []
        for effect in self.then:
            kinds_for = getattr(effect, "kinds_for", None)
            found += kinds_for(case) if kinds_for else getattr(effect, "kinds", ())
        return found

    @property
    def needs_proposal(self) -> bool:
        return bool(self.proposed_by)

    def transition(self, method: Callable[..., None]) -> Callable[..., None]:
        """django-fsm's decorator filled from the row. The permission is checked by `advance`, not by the call."""
        if method.__name__ != self.name:
            raise ValueError(f"{method.__name__} is not the method of step {self.name}")
        conditions = [self._condition(each) for each in self.guards if not each.needs_facts]
        target = GET_STATE(_return_state, states=list(self.back_to)) if self.back_to else self.target
        return transition(field="state", source=list(self.source), target=target, conditions=conditions)(
            method
        )

    @staticmethod
    def _condition(each: Guard) -> Callable[[Any], bool]:
        return lambda case: each.check(case, {}) is True

    def refusals(self, case: Any, facts: Facts | None = None) -> list[str]:
        """Sentences for every guard that does not hold; guards that need facts are asked only when facts are given."""
        found = []
        for each in self.guards:
            if each.needs_facts and facts is None:
                continue
            if sentence := each.refusal(case, facts or {}):
                found.append(sentence)
        return found

    def clean(self, case: Any, by: Any, facts: Facts) -> dict[str, Any]:
        """The facts as the step's form understands them. StepRefused with a sentence per field when it does not."""
        if self.form is None:
            return dict(facts)
        form = self.form(data=dict(facts), case=case, by=by)
        if not form.is_valid():
            errors = {name: [str(message) for message in messages] for name, messages in form.errors.items()}
            raise StepRefused([message for messages in errors.values() for message in messages], errors)
        return dict(form.cleaned_data)


def _return_state(case: Any, _change: Change) -> str:
    """The state that the case was taken out of."""
    return str(case.detail.return_state)


@dataclass(frozen=True)
class Workflow:
    """The whole procedure of one kind of case.

    ``headline_rules``: whose due date is the one shown in lists. ``on_payment``: what follows when wages arrive.
    ``to_do``: the cases that wait for a person's role. ``panel`` and ``panel_below`` are the parts of the case's page
    that only this kind has, ``shared_panel`` what it shows a person with whom the case was shared. ``roles`` are its
    words for the people of a case. ``on_referral`` opens a case of this kind for people of a case of another agency.
    ``joins`` are further tables that the page of a case reads with it. ``hidden_documents`` are kinds of document that
    a person who reads the file does not read.
    """

    kind: str
    label: Text
    version: int
    model_name: str
    detail: str
    states: type[models.TextChoices]
    initial: str
    final: frozenset[str]
    steps: tuple[Step, ...]
    headline_rules: tuple[str, ...]
    law: Text
    public_states: Mapping[str, Text] = field(default_factory=dict)
    ready_documents: Callable[[], set[str]] = set
    to_do: Callable[[Any], models.Q] = lambda user: models.Q(pk__in=[])
    document_title: Callable[[str], str] = str
    on_payment: Callable[[Change], None] = lambda change: None
    joins: tuple[str, ...] = ()
    panel: str = ""
    panel_below: str = ""
    shared_panel: str = ""
    roles: Mapping[str, Text] = field(default_factory=dict)
    on_referral: Callable[["Referral"], Any] | None = None
    hidden_documents: Callable[[Any, Any], set[str]] = lambda user, case: set()

    @property
    def model(self) -> Any:
        """The model whose methods are the steps."""
        return apps.get_model(self.model_name)

    @cached_property
    def by_name(self) -> dict[str, Step]:
        return {step.name: step for step in self.steps}

    def state_label(self, state: str) -> str:
        return str(self.states(state).label) if state in self.states.values else state

    def from_state(self, state: str) -> list[Step]:
        """The steps that start in the state, in the order of the table."""
        return [step for step in self.steps if state in step.source]
