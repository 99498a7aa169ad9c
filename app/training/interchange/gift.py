r"""GIFT, the text format of question banks, as Moodle reads and writes it (qformat_gift).

Questions are parted by blank lines. The signs ~ = # { } : and the backslash mean something unless a backslash stands before them, and
\n stands for a new line.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

_ESCAPED = re.compile(r"\\([\\~=#{}:n])")
_SPECIAL = re.compile(r"[\\~=#{}:\n\r]")
_FORMAT = re.compile(r"\[(html|moodle|plain|markdown)\]")
_WEIGHT = re.compile(r"%(-*[0-9]{1,2}\.?[0-9]*)%")
_TRUE_OR_FALSE = {"T": "T", "TRUE": "T", "F": "F", "FALSE": "F"}
_BLANK = " \t\n\r\0\x0b"
"""What PHP trims, and so Moodle."""
GAP = "_____"
"""What Moodle puts where the answers stood in the middle of a sentence."""


class Kind(StrEnum):
    """What GIFT tells apart."""

    CATEGORY = "category"
    DESCRIPTION = "description"
    ESSAY = "essay"
    NUMERICAL = "numerical"
    CHOICE = "choice"
    MATCHING = "matching"
    TRUE_FALSE = "true_false"
    SHORT_ANSWER = "short_answer"


class Broken(StrEnum):
    """Why a block of text is no question."""

    BRACES = "braces"
    TOO_FEW = "too_few"
    NO_ARROW = "no_arrow"


class GiftError(Exception):
    """A block that Moodle would refuse, too. `why` is one of Broken."""

    def __init__(self, why: Broken) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True)
class Block:
    """What stands between two blank lines: the text, its comments without their slashes, and its first line, counted from 1."""

    line: int
    text: str
    comments: tuple[str, ...]
    raw: str


@dataclass(frozen=True)
class Answer:
    """An answer of a choice. `weight` is its share of the mark in per cent, below nothing for what takes marks away; "=" is 100."""

    text: str
    feedback: str
    weight: float


@dataclass(frozen=True)
class Item:
    """One question as GIFT has it. `markup` is the name of the text's format, or nothing; `whole` tells that "=" marks one answer."""

    kind: Kind
    name: str = ""
    text: str = ""
    markup: str = ""
    answers: tuple[Answer, ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()
    whole: bool = False
    general: str = ""


def blocks(text: str) -> Iterator[Block]:
    """The blocks of a file in their order; one of comments alone has no text."""
    held: list[str] = []
    for number, line in enumerate([*text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n"), ""], start=1):
        if line.strip(_BLANK):
            held.append(line)
        elif held:
            yield _block(number - len(held), held)
            held = []


def parse(block: Block) -> Item:
    """What a block says. Raises GiftError."""
    text, name = block.text, ""
    if text.startswith("$CATEGORY:"):
        return Item(Kind.CATEGORY, text=text.removeprefix("$CATEGORY:").strip(_BLANK))
    if text.startswith("::") and (end := _masked(text).find("::", 2)) >= 0:
        name, text = _plain(text[2:end]), text[end + 2 :].strip(_BLANK)
    masked = _masked(text)
    start, finish = masked.find("{"), masked.find("}")
    if start < 0 and finish < 0:
        return Item(Kind.DESCRIPTION, name, *_formatted(text))
    if start < 0 or finish < start:
        raise GiftError(Broken.BRACES)
    said, markup = _formatted(text[:start] + ("" if masked.endswith("}") else GAP) + text[finish + 1 :])
    inside = text[start + 1 : finish].strip(_BLANK)
    at = _masked(inside).rfind("####")
    general = _formatted(inside[at + 4 :])[0] if at >= 0 else ""
    return _answered(Item(_kind(inside[:at].strip(_BLANK)) if at >= 0 else _kind(inside), name, said, markup, general=general), inside, at)


def write_choice(item: Item) -> str:
    """A question with options. Those that count in full are written with = where only one can be chosen (`whole`)."""
    return _written(item, [f"{_sign(item, one)}{_guarded(one.text)}#{_guarded(one.feedback)}" for one in item.answers])


def write_matching(item: Item) -> str:
    """A question with pairs; a pair without a first part is an answer that fits none."""
    return _written(item, [f"={_guarded(one)} -> {escaped(other)}" for one, other in item.pairs])


def write_category(path: Sequence[str]) -> str:
    """The line that says where Moodle is to put the questions that follow."""
    return "$CATEGORY: $course$/top/" + "/".join(part.replace("/", "//") for part in path)


def escaped(text: str) -> str:
    """The text with every sign that GIFT would read taken for itself. Carriage returns are dropped, as Moodle does."""
    return _SPECIAL.sub(lambda sign: {"\n": "\\n", "\r": ""}.get(sign[0], "\\" + sign[0]), text)


def _block(line: int, lines: Sequence[str]) -> Block:
    comments = tuple(one.strip(_BLANK)[2:].strip(_BLANK) for one in lines if _is_comment(one))
    text = "\n".join(one for one in lines if not _is_comment(one)).strip(_BLANK)
    return Block(line, text, comments, "\n".join(lines))


def _is_comment(line: str) -> bool:
    return line.strip(_BLANK).startswith("//")


def _answered(item: Item, inside: str, at: int) -> Item:
    """The item with what stood between its braces, before its general feedback."""
    inside = inside[:at].strip(_BLANK) if at >= 0 else inside
    if item.kind is Kind.CHOICE:
        parts = _split(inside, "~=")
        if len(parts) < 2:
            raise GiftError(Broken.TOO_FEW)
        return replace(item, answers=tuple(_answer(part) for part in parts), whole="=" in _masked(inside))
    if item.kind is Kind.MATCHING:
        parts = _split(inside, "=")
        if len(parts) < 2:
            raise GiftError(Broken.TOO_FEW)
        return replace(item, pairs=tuple(_pair(part) for part in parts))
    if item.kind is Kind.TRUE_FALSE:
        said, wrong, right, *_ = [_formatted(part)[0] for part in (*_split(inside, "#", keep=False), "", "")]
        true = _TRUE_OR_FALSE[said]
        return replace(item, answers=tuple(Answer(one, right if one == true else wrong, 100 * (one == true)) for one in ("T", "F")))
    return item


def _kind(inside: str) -> Kind:
    masked = _masked(inside)
    if not inside:
        return Kind.ESSAY
    if inside.startswith("#"):
        return Kind.NUMERICAL
    if "~" in masked:
        return Kind.CHOICE
    if "=" in masked and "->" in masked:
        return Kind.MATCHING
    return Kind.TRUE_FALSE if masked.partition("#")[0].strip(_BLANK) in _TRUE_OR_FALSE else Kind.SHORT_ANSWER


def _split(text: str, signs: str, *, keep: bool = True) -> list[str]:
    """The parts that begin with one of the signs, and what stands before the first if it is something."""
    masked = _masked(text)
    cuts = [place for place, sign in enumerate(masked) if sign in signs]
    parts = [text[: cuts[0] if cuts else None], *(text[cut + (not keep) : end] for cut, end in zip(cuts, [*cuts[1:], None], strict=False))]
    return [part for part in parts if part.strip(" \n\t~")] if keep else parts


def _answer(part: str) -> Answer:
    sign, rest = (part[0], part[1:].strip(_BLANK)) if part[0] in "~=" else ("~", part.strip(_BLANK))
    weight = 100.0 if sign == "=" else 0.0
    if sign == "~" and (found := _WEIGHT.match(rest)):
        weight, rest = float(found[1].replace("--", "")), rest[found.end() :]
    at = _masked(rest).find("#")
    text, feedback = (rest[:at], rest[at + 1 :]) if at >= 0 else (rest, "")
    return Answer(_formatted(text)[0], _formatted(feedback)[0], weight)


def _pair(part: str) -> tuple[str, str]:
    one, arrow, other = part.removeprefix("=").partition("->")
    if not arrow:
        raise GiftError(Broken.NO_ARROW)
    return _formatted(one)[0], _plain(other).strip(_BLANK)


def _formatted(text: str) -> tuple[str, str]:
    """The text without the name of its format, and that name."""
    text = text.strip(_BLANK)
    found = _FORMAT.match(text)
    return (_plain(text[found.end() :]).strip(_BLANK), found[1]) if found else (_plain(text), "")


def _masked(text: str) -> str:
    """As long as the text, with nothing in it that is escaped."""
    return _ESCAPED.sub("\0\0", text)


def _plain(text: str) -> str:
    return _ESCAPED.sub(lambda sign: "\n" if sign[1] == "n" else sign[1], text).strip(_BLANK)


def _written(item: Item, lines: Sequence[str]) -> str:
    ending = [f"####{_guarded(item.general)}"] if item.general else []
    return "\n\t".join([f"::{escaped(item.name)}::[plain]{escaped(item.text)}{{", *lines, *ending]) + "\n}"


def _sign(item: Item, answer: Answer) -> str:
    if item.whole and answer.weight == 100:
        return "="
    return f"~%{answer.weight:.7g}%" if answer.weight else "~"


def _guarded(text: str) -> str:
    """Escaped, and kept from being read as a weight or a format by what it begins with."""
    return ("[plain]" if text.startswith(("%", "[")) else "") + escaped(text)
