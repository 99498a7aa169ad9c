"""SCORM 1.2 by the letter, and what the NHS Learning Hub asks beyond it: public runtimes let pass what a real system refuses."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

FINAL = ("passed", "failed", "completed")
TIME = r"[0-9]{2,4}:[0-5][0-9]:[0-5][0-9](\.[0-9]{1,2})?"
DECIMAL = r"[0-9]{1,3}(\.[0-9]+)?"
WRITTEN = {
    r"cmi\.core\.lesson_status": "passed|completed|failed|incomplete|browsed",
    r"cmi\.core\.score\.(raw|min|max)": DECIMAL,
    r"cmi\.core\.session_time": TIME,
    r"cmi\.core\.exit": "|suspend|time-out|logout",
    r"cmi\.core\.lesson_location": r".{0,255}",
    r"cmi\.suspend_data": r"[\s\S]{0,4096}",
    r"cmi\.interactions\.[0-9]+\.id": r"[!-~]{1,255}",
    r"cmi\.interactions\.[0-9]+\.type": "true-false|choice|fill-in|matching|performance|sequencing|likert|numeric",
    r"cmi\.interactions\.[0-9]+\.result": f"correct|wrong|unanticipated|neutral|{DECIMAL}",
    r"cmi\.interactions\.[0-9]+\.time": "([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]",
    r"cmi\.interactions\.[0-9]+\.latency": TIME,
    r"cmi\.interactions\.[0-9]+\.(student_response|correct_responses\.[0-9]+\.pattern)": r"[a-z0-9](\.[a-z0-9])?(,[a-z0-9](\.[a-z0-9])?)*",
}
"""What may be set, and to what. Whatever else there is can only be read."""
READ = re.compile(
    r"cmi\.core\.(lesson_status|lesson_mode|lesson_location|entry|credit|score\.raw)|cmi\.suspend_data|cmi\.interactions\._count"
)
ONE_OF = {"choice": r"[a-z0-9](,[a-z0-9])*", "sequencing": r"[a-z0-9](,[a-z0-9])*", "matching": r"[a-z0-9]\.[a-z0-9](,[a-z0-9]\.[a-z0-9])*"}


@dataclass(frozen=True)
class Call:
    """A call of the system's API: its name, what it was given with the JavaScript type of each, and what it answered."""

    name: str
    given: tuple[tuple[str, str], ...]
    answered: str

    @property
    def values(self) -> tuple[str, ...]:
        return tuple(value for _, value in self.given)


def call(name: str, *given: str, answered: str = "true") -> Call:
    return Call(name, tuple(("string", one) for one in given), answered)


def broken(calls: Sequence[Call], pass_mark: int = 80) -> list[str]:
    """The rules that the calls of one whole session break, each by its name."""
    rules = (_types, _order, _answers, _values, _times, _interactions, _results)
    found = [name for rule in rules for name in rule(calls)] + list(_mark(calls, pass_mark))
    return sorted(set(found))


def sets(calls: Sequence[Call], element: str) -> list[str]:
    """Everything that an element was set to, in turn."""
    return [one.values[1] for one in calls if one.name == "LMSSetValue" and one.values[0] == element]


def _types(calls: Sequence[Call]) -> Iterator[str]:
    if any(kind != "string" for one in calls for kind, _ in one.given):
        yield "a value that is no string"
    known = {"LMSInitialize": 1, "LMSFinish": 1, "LMSCommit": 1, "LMSGetValue": 1, "LMSSetValue": 2}
    if any(len(one.given) != known.get(one.name, 0) for one in calls):
        yield "another number of values"
    if any(one.values != ("",) for one in calls if one.name in ("LMSInitialize", "LMSFinish", "LMSCommit")):
        yield "no empty string"


def _order(calls: Sequence[Call]) -> Iterator[str]:
    names = [one.name for one in calls]
    if names[:1] != ["LMSInitialize"] or names.count("LMSInitialize") != 1:
        yield "not initialized first and once"
    if names[-1:] != ["LMSFinish"] or names.count("LMSFinish") != 1:
        yield "not finished last and once"
    commits = [place for place, name in enumerate(names) if name == "LMSCommit"]
    last_set = max((place for place, name in enumerate(names) if name == "LMSSetValue"), default=-1)
    if not commits or commits[-1] < last_set:
        yield "set and not committed"


def _answers(calls: Sequence[Call]) -> Iterator[str]:
    if any(one.answered != "true" for one in calls if one.name == "LMSSetValue"):
        yield "refused by the system"
    before = [one.answered for one in calls[:-1] if one.name == "LMSCommit"]
    if before[-1:] == ["false"] and before[-2:] != ["false", "false"]:
        yield "finished without trying to commit again"


def _values(calls: Sequence[Call]) -> Iterator[str]:
    for one in calls:
        if one.name == "LMSGetValue" and not READ.fullmatch(one.values[0]):
            yield "read what cannot be read"
        if one.name == "LMSSetValue":
            allowed = next((rule for element, rule in WRITTEN.items() if re.fullmatch(element, one.values[0])), None)
            if allowed is None:
                yield "set what cannot be set"
            elif not _fits(allowed, *one.values):
                yield f"wrong value of {re.sub('[0-9]+', 'n', one.values[0])}"


def _fits(allowed: str, element: str, value: str) -> bool:
    if not re.fullmatch(allowed, value) or ("response" in element and len(value) > 255):
        return False
    return ".score." not in element or float(value) <= 100


def _times(calls: Sequence[Call]) -> Iterator[str]:
    """The session's time is set before each commit, so that it counts whichever is the last, and never runs backwards."""
    since = False
    for one in calls:
        since = since or (one.name == "LMSSetValue" and one.values[0] == "cmi.core.session_time")
        if one.name == "LMSCommit" and not since:
            yield "committed without the time"
        since = since and one.name != "LMSCommit"
    if any(_seconds(one) > _seconds(other) for one, other in pairwise(sets(calls, "cmi.core.session_time"))):
        yield "time that runs backwards"


def _interactions(calls: Sequence[Call]) -> Iterator[str]:
    counted = [one.answered for one in calls if one.name == "LMSGetValue" and one.values[0] == "cmi.interactions._count"]
    following, known = int(counted[0] or 0) if counted else 0, dict[int, dict[str, str]]()
    for one in calls:
        if one.name == "LMSSetValue" and (found := re.fullmatch(r"cmi\.interactions\.([0-9]+)\.(.+)", one.values[0])):
            at = int(found[1])
            if at not in known and (at != following or found[2] != "id"):
                yield "an interaction out of turn"
            following += at not in known
            known.setdefault(at, {})[found[2]] = one.values[1]
    for facts in known.values():
        if {"id", "type", "student_response", "correct_responses.0.pattern", "result", "time", "latency"} - facts.keys():
            yield "an interaction that is not whole"
        shape = ONE_OF.get(facts.get("type", ""), ".*")
        if any(not re.fullmatch(shape, facts.get(name, "")) for name in ("student_response", "correct_responses.0.pattern")):
            yield "a response of another type"
        if (facts.get("student_response") == facts.get("correct_responses.0.pattern")) != (facts.get("result") == "correct"):
            yield "a result that does not fit"


def _results(calls: Sequence[Call]) -> Iterator[str]:
    before = next((one.answered for one in calls if one.name == "LMSGetValue" and one.values[0] == "cmi.core.lesson_status"), "")
    status, score = sets(calls, "cmi.core.lesson_status"), sets(calls, "cmi.core.score.raw")
    if before in FINAL and (status or score):
        yield "a first result overwritten"
    if len(score) > 1 or sum(one in FINAL for one in status) > 1:
        yield "a second result"
    if before not in FINAL and not status:
        yield "no status"
    if status[-1:] and (status[-1] in FINAL) != (sets(calls, "cmi.core.exit")[-1:] == [""]):
        yield "an exit that does not fit"


def _mark(calls: Sequence[Call], pass_mark: int) -> Iterator[str]:
    """The Learning Hub shows a score only with passed or failed, and other systems work the status out from it themselves."""
    status, score = sets(calls, "cmi.core.lesson_status")[-1:], sets(calls, "cmi.core.score.raw")[-1:]
    if status and (status[0] in ("passed", "failed")) != bool(score):
        yield "a status without a score, or the other way round"
    elif status and score and re.fullmatch(DECIMAL, score[0]) and (float(score[0]) >= pass_mark) != (status[0] == "passed"):
        yield "a status that does not fit the score"
    if score and [sets(calls, f"cmi.core.score.{end}") for end in ("min", "max")] != [["0"], ["100"]]:
        yield "a score without its range"


def _seconds(time: str) -> float:
    parts = time.split(":")
    return sum(float(part) * size for part, size in zip(parts, (3600, 60, 1), strict=False)) if re.fullmatch(TIME, time) else 0
