"""Every ranking rule's own truth table: where it holds, what it does there, and where it does not hold."""

import pytest

from app.assistant.ranking import Ranking, Situation, rank
from app.assistant.schema import RankRule
from app.vocabulary.conditions import Facts, parse
from tests.unit.assistant.test_ranking import FILE, KNOWN

RULES = {rule.id: rule for rule in FILE.rules}


def facts_of(case: tuple[str, ...]) -> Facts:
    needs = frozenset(item for item in case if item in KNOWN.needs)
    flags = {item[5:]: KNOWN.red_flags[item[5:]].level for item in case if item.startswith("flag:")}
    attributes = dict(item.split("=", 1) for item in case if "=" in item)
    assert len(needs) + len(flags) + len(attributes) == len(case), f"{case} names something that does not exist"
    return Facts(needs, needs, dict(flags), attributes)


def ranked(case: tuple[str, ...]) -> Ranking:
    facts = facts_of(case)
    return rank(Situation(dict.fromkeys(facts.needs, 1.0), facts, list(facts.flags)), KNOWN, FILE)


def places(ranking: Ranking) -> list[str]:
    return [item.id for item in ranking.core]


def effects(rule: RankRule, ranking: Ranking) -> list[str]:
    """What the rule should have done and has not."""
    order, support = places(ranking), [item.id for item in ranking.support]
    wrong = [f"{identity} is listed" for identity in rule.remove if identity in (*order, *support)]
    if rule.remove_except:
        wrong += [f"{identity} is listed" for identity in (*order, *support) if identity not in rule.remove_except]
    pinned = [identity for identity in rule.top_three if identity in order and identity not in order[:3]]
    wrong += [f"{identity} is not in the first three" for identity in pinned]
    wrong += [
        f"{identity} is not listed" for identity in (*rule.top_three, *rule.last, *rule.support) if identity not in (*order, *support)
    ]
    wrong += [f"{identity} is first" for identity in rule.never_first if order[:1] == [identity]]
    for first in rule.above[0] if rule.above else ():
        for second in rule.above[1] if rule.above else ():
            if first in order and second in order and order.index(first) > order.index(second):
                wrong.append(f"{first} stands below {second}")
    if rule.note and (rule.id, rule.note) not in ranking.notes:
        wrong.append("its note is not said")
    cautioned = [item for item in (*ranking.core, *ranking.support) if item.id in rule.caution_for]
    wrong += [f"{item.id} has no caution" for item in cautioned if rule.caution not in item.cautions]
    return wrong


@pytest.mark.parametrize("identity", sorted(RULES))
def test_a_ranking_rule_does_what_it_says_where_it_holds(identity: str) -> None:
    rule = RULES[identity]
    for case in rule.holds_for:
        assert parse(rule.when)(facts_of(case)), f"{identity} does not hold for {case}"
        assert effects(rule, ranked(case)) == [], case


@pytest.mark.parametrize("identity", sorted(RULES))
def test_a_ranking_rule_does_not_hold_elsewhere(identity: str) -> None:
    rule = RULES[identity]
    assert [case for case in rule.not_for if parse(rule.when)(facts_of(case))] == []
