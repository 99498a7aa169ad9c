"""The strict recorder of SCORM calls notices each kind of fault."""

from collections.abc import Callable

import pytest

from tests.journeys.scorm_rules import Call, broken, call

Calls = list[Call]
SET, GET = "LMSSetValue", "LMSGetValue"


def interaction(at: int, kind: str, response: str, right: str) -> Calls:
    facts = {
        "id": "a-question", "type": kind, "time": "09:30:00", "correct_responses.0.pattern": right, "student_response": response,
        "result": "correct" if response == right else "wrong", "latency": "00:00:09",
    }  # fmt: skip
    return [call(SET, f"cmi.interactions.{at}.{name}", fact) for name, fact in facts.items()]


def core(**facts: str) -> Calls:
    return [call(SET, f"cmi.core.{name.replace('__', '.')}", fact) for name, fact in facts.items()]


GOOD: Calls = [
    call("LMSInitialize", ""),
    call(GET, "cmi.core.lesson_status", answered="incomplete"),
    call(GET, "cmi.interactions._count", answered="3"),
    *core(lesson_status="incomplete"),
    *interaction(3, "choice", "a,c", "a,c"),
    call(SET, "cmi.suspend_data", "{}"),
    *core(session_time="00:01:00"),
    call("LMSCommit", ""),
    *interaction(4, "matching", "a.1,b.2", "a.2,b.2"),
    *core(score__min="0", score__max="100", score__raw="80", lesson_status="passed", exit="", session_time="00:02:00.5"),
    call("LMSCommit", ""),
    call("LMSFinish", ""),
]  # fmt: skip
AGAIN: Calls = [
    call("LMSInitialize", ""), call(GET, "cmi.core.lesson_status", answered="passed"), *core(session_time="00:00:10"),
    call("LMSCommit", ""), call("LMSFinish", ""),
]  # fmt: skip


def changed(element: str, value: str) -> Callable[[Calls], Calls]:
    """With the last value of an element replaced."""

    def change(calls: Calls) -> Calls:
        at = max(place for place, one in enumerate(calls) if one.name == SET and one.values[0] == element)
        return [*calls[:at], call(SET, element, value), *calls[at + 1 :]]

    return change


def without(*given: str) -> Callable[[Calls], Calls]:
    """Without the last call of this name and first value."""

    def change(calls: Calls) -> Calls:
        at = max(place for place, one in enumerate(calls) if (one.name, *one.values)[: len(given)] == given)
        return [*calls[:at], *calls[at + 1 :]]

    return change


def before_the_end(*more: Call) -> Callable[[Calls], Calls]:
    """With more calls before the last commit."""
    return lambda calls: [*calls[:-2], *more, *calls[-2:]]


def refused(at: int) -> Callable[[Calls], Calls]:
    return lambda calls: [*calls[:at], Call(calls[at].name, calls[at].given, "false"), *calls[at + 1 :]]


FAULTS: dict[str, list[Callable[[Calls], Calls]]] = {
    "a value that is no string": [before_the_end(Call(SET, (("string", "cmi.core.score.min"), ("number", "0")), "true"))],
    "another number of values": [lambda calls: [*calls[:-1], call("LMSFinish")]],
    "no empty string": [lambda calls: [*calls[:-1], call("LMSFinish", "x")]],
    "not initialized first and once": [
        lambda calls: calls[1:], lambda calls: [calls[0], *calls], lambda calls: [calls[1], calls[0], *calls[2:]],
    ],
    "not finished last and once": [lambda calls: calls[:-1], lambda calls: [*calls, *core(exit="")], lambda calls: [*calls, calls[-1]]],
    "set and not committed": [without("LMSCommit", ""), lambda calls: [*calls[:-1], *core(lesson_location="x"), calls[-1]]],
    "refused by the system": [refused(3)],
    "finished without trying to commit again": [refused(len(GOOD) - 2)],
    "read what cannot be read": [before_the_end(call(GET, "cmi.interactions.0.id"))],
    "set what cannot be set": [before_the_end(call(SET, "cmi.core.student_name", "x")), before_the_end(call(SET, "cmi.core.entry", ""))],
    "wrong value of cmi.core.lesson_status": [changed("cmi.core.lesson_status", one) for one in ("Passed", "not attempted", "complete")],
    "wrong value of cmi.core.score.raw": [changed("cmi.core.score.raw", one) for one in ("80%", "180", "-1", "0,8")],
    "wrong value of cmi.core.session_time": [changed("cmi.core.session_time", one) for one in ("PT5M30S", "5:30", "00:00:75")],
    "wrong value of cmi.core.exit": [changed("cmi.core.exit", "normal")],
    "wrong value of cmi.core.lesson_location": [before_the_end(*core(lesson_location="x" * 256))],
    "wrong value of cmi.suspend_data": [changed("cmi.suspend_data", "x" * 4097)],
    "wrong value of cmi.interactions.n.id": [changed("cmi.interactions.4.id", one) for one in ("two words", "caf\u00e9", "x" * 256)],
    "wrong value of cmi.interactions.n.type": [changed("cmi.interactions.4.type", "ordering")],
    "wrong value of cmi.interactions.n.result": [changed("cmi.interactions.4.result", "incorrect")],
    "wrong value of cmi.interactions.n.time": [changed("cmi.interactions.4.time", "9:30")],
    "wrong value of cmi.interactions.n.latency": [changed("cmi.interactions.4.latency", "9 s")],
    "wrong value of cmi.interactions.n.student_response": [
        changed("cmi.interactions.4.student_response", one) for one in ("A", "the first", ",".join("a" * 200))
    ],
    "committed without the time": [without(SET, "cmi.core.session_time")],
    "time that runs backwards": [changed("cmi.core.session_time", "00:00:59")],
    "an interaction out of turn": [
        before_the_end(*interaction(6, "choice", "a", "a")),
        before_the_end(*interaction(0, "choice", "a", "a")),
        before_the_end(*interaction(5, "choice", "a", "a")[1:]),
    ],
    "an interaction that is not whole": [without(SET, "cmi.interactions.4.latency")],
    "a response of another type": [changed("cmi.interactions.4.student_response", "a,b")],
    "a result that does not fit": [changed("cmi.interactions.4.result", "correct")],
    "a second result": [before_the_end(*core(score__raw="90", lesson_status="passed"))],
    "an exit that does not fit": [changed("cmi.core.exit", "suspend")],
    "a status without a score, or the other way round": [
        without(SET, "cmi.core.score.raw"), changed("cmi.core.lesson_status", "completed"), changed("cmi.core.lesson_status", "incomplete"),
    ],
    "a status that does not fit the score": [changed("cmi.core.score.raw", "79"), changed("cmi.core.lesson_status", "failed")],
    "a score without its range": [without(SET, "cmi.core.score.max")],
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_noticed_by_its_name(fault: str) -> None:
    for plant in FAULTS[fault]:
        assert fault in broken(plant(GOOD))


def test_a_result_set_again_is_noticed_and_what_is_good_is_not() -> None:
    assert broken(GOOD) == broken(AGAIN) == []
    assert "a first result overwritten" in broken([*AGAIN[:2], *core(lesson_status="failed"), *AGAIN[2:]])
    assert "a first result overwritten" in broken([*AGAIN[:2], *core(score__raw="100"), *AGAIN[2:]])
    assert "no status" in broken([GOOD[0], GOOD[1], *AGAIN[2:]])
