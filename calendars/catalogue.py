"""The catalogue of every time limit, filled by the apps that own the procedures. Plain Python."""

from collections.abc import Iterable

from calendars.rules import Rule


class UnknownRule(ValueError):
    """No rule has the code; the text is a Chinese sentence."""


class Catalogue:
    """Rules by code. A code is found in any case of letters, and under the aliases of its rule."""

    def __init__(self) -> None:
        self._rules: dict[str, Rule] = {}
        self._by_name: dict[str, Rule] = {}

    def register(self, rules: Iterable[Rule]) -> None:
        """Add the rules. ValueError when a code or an alias is taken; then none of them is added.

        A rule that is here already, the very same object, is passed over.
        """
        rules = tuple(rule for rule in rules if self._rules.get(rule.code) is not rule)
        names = [(name.casefold(), rule) for rule in rules for name in (rule.code, *rule.aliases)]
        seen = set(self._by_name)
        for name, rule in names:
            if name in seen:
                raise ValueError(f"the code {name} of {rule.code} is registered already")
            seen.add(name)
        self._rules |= {rule.code: rule for rule in rules}
        self._by_name |= dict(names)

    def rule(self, code: str) -> Rule:
        """The rule of the code or alias. UnknownRule names its parts where there are some (T07: T07a)."""
        name = code.strip().casefold()
        if found := self._by_name.get(name):
            return found
        parts = [rule.code for rule in self._rules.values() if rule.code.casefold()[:-1] == name]
        if parts:
            raise UnknownRule(f"{code}分为{'、'.join(parts)}，写明是哪一个")
        raise UnknownRule(f"没有编号为“{code}”的期限规则")

    def all_rules(self) -> tuple[Rule, ...]:
        """Every rule in the order of registration."""
        return tuple(self._rules.values())


_CATALOGUE = Catalogue()

register = _CATALOGUE.register
rule = _CATALOGUE.rule
all_rules = _CATALOGUE.all_rules
