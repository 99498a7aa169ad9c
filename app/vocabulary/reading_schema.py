"""The shape of the files that say how a text is read: concept classes, rules over them, and the assertion words."""

from typing import Literal

from pydantic import Field

from app.content.schema import Reviewed, Strict

ClassId = Field(pattern=r"^[A-Z][A-Z0-9_]*$")


class ConceptClass(Strict):
    """Words and short phrases that mean the same to a rule. Verbs and nouns are inflected by rule.

    A "…" inside a phrase stands for up to three words of any kind, "(with|to)" for one of the wordings between the bars,
    "struggle*" for every form of the verb, and "<HIS>" for one of a set of words.
    """

    id: str = ClassId
    means: str = Field(min_length=3)
    members: tuple[str, ...] = ()
    verbs: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    includes: tuple[str, ...] = ()


class ClassFile(Reviewed):
    classes: tuple[ConceptClass, ...]


class WordSet(Strict):
    """Words of which any may stand at one place of a phrase ("<HIS> own" for his own, her own, their own)."""

    id: str = Field(pattern=r"^[A-Z][A-Z_]*$")
    words: tuple[str, ...] = Field(min_length=2)


class WordSetFile(Reviewed):
    sets: tuple[WordSet, ...]


class Rule(Strict):
    """If every class of `all` stands in one clause (or sentence, or text), each within `window` tokens of the last, the text says `gives`.

    In an `ordered` rule each begins and ends behind the last; they may share words ("needs help to get" and "get up the stairs").
    `none` names classes that block it where they stand in the same reach, at most `none_window` tokens from its words;
    `not_inside` those that block it where they overlap its words. The words of a `lexical` rule carry their own negation:
    only a negation that touches them ("no difficulty washing") flips it. `lasting` things (dementia, blindness) are not
    past because a year stands beside them. A `refusable` thing is asked for, so that a refusal denies it. A `sought` thing
    (money, a place in a home) is needed by whoever asks about it while telling of somebody's situation. A rule that `denies`
    says the opposite of what it names ("lives with his wife"), so that it is listed as absent and a later message can put right
    an earlier one; it can not deny a danger.
    """

    id: str = Field(pattern=r"^[a-z0-9_]+\.[a-z0-9_]+$")
    gives: str
    all: tuple[str, ...] = Field(min_length=1, max_length=4)
    none: tuple[str, ...] = ()
    not_inside: tuple[str, ...] = ()
    window: int = Field(default=8, ge=0, le=30)
    none_window: int = Field(default=99, ge=0, le=99)
    reach: Literal["clause", "sentence", "text"] = "clause"
    ordered: bool = False
    strength: Literal["strong", "weak"] = "strong"
    lexical: bool = False
    lasting: bool = False
    refusable: bool = False
    sought: bool = False
    denies: bool = False
    about: Literal["patient", "carer", "anyone"] = "patient"
    source: str = ""
    reads: tuple[str, ...] = ()
    passes_over: tuple[str, ...] = ()


class RuleFile(Reviewed):
    rules: tuple[Rule, ...]


class AssertionWords(Reviewed):
    """Words that turn a cue: negated, uncertain, hypothetical, past, current, or somebody else's. "(a|b)" is one of the two."""

    scope_tokens: int = Field(ge=1, le=20)
    terminators: tuple[str, ...]
    negation_before: tuple[str, ...]
    negation_after: tuple[str, ...]
    negation_of_clause: tuple[str, ...]
    list_breaks: tuple[str, ...]
    negation_not_really: tuple[str, ...]
    uncertain_before: tuple[str, ...]
    hypothetical_before: tuple[str, ...]
    conditions: tuple[str, ...]
    mooted_after: tuple[str, ...]
    past_before: tuple[str, ...]
    past_after: tuple[str, ...]
    not_really_past: tuple[str, ...]
    current: tuple[str, ...]
    resolved_after: tuple[str, ...]
    refused_before: tuple[str, ...]
    refused_after: tuple[str, ...]
    not_really_hypothetical: tuple[str, ...]
    over_for_good: tuple[str, ...]
    takes_back: tuple[str, ...]
    fine_now: tuple[str, ...]
    was_words: tuple[str, ...]
    case_words: tuple[str, ...]
    would_words: tuple[str, ...]
    elsewhere: tuple[str, ...]
    outsiders: tuple[str, ...]
    not_subject_after: tuple[str, ...]
    reporting: tuple[str, ...]
    who_words: tuple[str, ...]
    relatives: tuple[str, ...]
    family_history: tuple[str, ...]
    dead_or_parted: tuple[str, ...]
    parents: tuple[str, ...]
    patient_words: tuple[str, ...]
    patient_named: tuple[str, ...]
    my_words: tuple[str, ...]
    health_verbs: tuple[str, ...]
    past_health_verbs: tuple[str, ...]


class NamedNeeds(Strict):
    """Plain words for what was said ("the drinking", "her carers"), and the needs that are taken back with them."""

    named: tuple[str, ...] = Field(min_length=1)
    needs: tuple[str, ...] = Field(min_length=1)


class TurnWords(Reviewed):
    """Words with which a later message lays earlier ones aside, or takes something out of them. "(a|b)" is one of the two."""

    starts_anew: tuple[str, ...]
    wrong_person: tuple[str, ...]
    takes_out: tuple[str, ...]
    taken_out: tuple[str, ...]
    corrects: tuple[str, ...]
    last_said_is_not_so: tuple[str, ...]
    people: tuple[str, ...]
    subjects: tuple[NamedNeeds, ...]


class SaidAnswer(Strict):
    """Words in which people type one answer to one of our questions."""

    question: str
    option: str
    said_as: tuple[str, ...] = Field(min_length=1)


class AnswerWords(Reviewed):
    """Words in which people answer our questions, and say that none of the answers fits."""

    answers: tuple[SaidAnswer, ...]
    none_fits: tuple[str, ...]


class WishWords(Reviewed):
    """Words that say that somebody asks for what is named behind them, will not have it, or only asks to know of it."""

    wants: tuple[str, ...]
    declines: tuple[str, ...]
    only_asks: tuple[str, ...]


class AskingTopic(Strict):
    """Something that people ask to know; `says` names the part of an alternative that answers it."""

    id: str = Field(pattern=r"^[a-z]+$")
    label: str
    says: Literal["cost", "speed", "summary", "how_to_refer", "eligibility", "write_in_referral", "responsible"]
    phrases: tuple[str, ...] = Field(min_length=1)


class AskingForAnother(Strict):
    """Words that ask for somebody beside the patient ("and for her?"), and the alternative that is for them. With `sex`,
    they mean somebody else only where the patient is of the other one."""

    phrases: tuple[str, ...] = Field(min_length=1)
    alternative: str
    sex: Literal["f", "m", ""] = ""


class AskingWords(Reviewed):
    """How a question is told from a situation, its topics, and for whom else it asks."""

    opens: tuple[str, ...]
    leads: tuple[str, ...]
    asks: tuple[str, ...]
    topics: tuple[AskingTopic, ...]
    for_others: tuple[AskingForAnother, ...]


class AttributePattern(Strict):
    """One value of one attribute and the phrases that say it; earlier entries win."""

    attribute: str
    value: str
    phrases: tuple[str, ...] = Field(min_length=1)


class AttributeFile(Reviewed):
    entries: tuple[AttributePattern, ...]


class Abbreviation(Strict):
    """Shorthand and what it stands for; `near` names neighbours without one of which it is left alone,
    and a `capital` one is meant only where it stands in capitals ("W shattered", not "w frame")."""

    short: str
    long: str
    near: tuple[str, ...] = ()
    capital: bool = False


class AbbreviationFile(Reviewed):
    entries: tuple[Abbreviation, ...]
