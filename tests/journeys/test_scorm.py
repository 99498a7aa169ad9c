"""A module's SCORM package in a real browser, in scorm-again, with every call held against the rules."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Frame, Page, expect

from app import create_app
from app.training import catalogue
from app.training.catalogue import Module
from app.training.marking import right_answer
from app.training.schema import Choice, Form, Ordering, Question
from app.vocabulary import catalogue as vocabulary
from config import Settings
from tests.journeys.conftest import assert_accessible
from tests.journeys.lms import NEW, Lms
from tests.journeys.scorm_rules import Call, broken, sets
from tests.journeys.server import ROOT

WORDS = vocabulary.load(ROOT / "content")
MODULES = catalogue.load(ROOT / "training_modules", sources=WORDS.sources, alternatives=WORDS.alternatives)
MODULE = MODULES["before-the-care-home"]


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The package of every module, made on the command line."""
    folder = tmp_path_factory.mktemp("packages")
    app = create_app(Settings.from_environ({"DATA_DIR": str(folder), "SECRET_KEY": "for tests only", "PUBLIC_URL": "http://localhost"}))
    for slug in MODULES:
        command = ["training", "export", slug, "--format", "scorm12", "--output", str(folder / slug)]
        done = app.test_cli_runner().invoke(args=command)
        assert done.exit_code == 0, done.output
    app.extensions["database"].dispose()
    return {slug: (folder / slug).read_bytes() for slug in MODULES}


@pytest.fixture
def lms(packages: dict[str, bytes], page: Page) -> Iterator[Lms]:
    """A system with the first module. Nothing may be asked of another host, or said in error."""
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    made = Lms(packages[MODULE.head.slug])
    yield made
    assert said == []
    assert made.elsewhere == []


def question_shown(frame: Frame, module: Module = MODULE) -> Question | None:
    """The question that is shown, if it is one."""
    return module.question(frame.locator("[data-step]:visible").get_attribute("data-step") or "")


def answer(frame: Frame, question: Question, given: tuple[str, ...]) -> None:
    """Choose the answer and save it."""
    shown = frame.locator("[data-step]:visible")
    if isinstance(question, Choice):
        for letter in given:
            shown.locator(f"input[value='{letter}']").check()
    else:
        for at, value in enumerate(given):
            shown.locator("select").nth(at).select_option(value)
    shown.locator("form button").click()


def wrong_answer(question: Question) -> tuple[str, ...]:
    """An answer that is not right in any part of a choice, or not whole otherwise."""
    if isinstance(question, Choice):
        return (next(option.id for option in question.options if not option.right),)
    right = list(right_answer(question))
    if isinstance(question, Ordering):
        return tuple(reversed(right))
    return tuple(f"{one.split('.')[0]}.{2 if one.endswith('.1') else 1}" for one in right)


def go_through(frame: Frame, module: Module = MODULE, *, wrong: int = 0, until: str = "finish") -> None:
    """Answer and read on up to a step; the first questions after reading wrongly, as many as `wrong`."""
    left = wrong
    for _ in range(80):
        step = frame.locator("[data-step]:visible").get_attribute("data-step")
        if step == until:
            return
        question = question_shown(frame, module)
        if question and frame.locator("[data-step]:visible form button").is_visible():
            is_wrong = question.form is Form.AFTER and left > 0
            left -= is_wrong
            answer(frame, question, wrong_answer(question) if is_wrong else right_answer(question))
        else:
            frame.locator("[data-step]:visible [data-next]").click()
    raise AssertionError(f"{until} was not reached")


def results(calls: list[Call]) -> tuple[list[str], list[str]]:
    return sets(calls, "cmi.core.lesson_status"), sets(calls, "cmi.core.score.raw")


@pytest.mark.parametrize("slug", MODULES)
def test_a_module_is_gone_through_and_passed_by_every_rule(slug: str, packages: dict[str, bytes], page: Page) -> None:
    lms, module = Lms(packages[slug]), MODULES[slug]
    frame = lms.open(page)
    go_through(frame, module)
    expect(frame.locator("h1:visible")).to_have_text("How you did")
    expect(frame.locator("[data-result]")).to_contain_text("records this as passed")
    calls = lms.close(page)
    assert broken(calls) == []
    assert results(calls) == (["incomplete", "passed"], ["100"])
    asked = [*module.form(Form.BEFORE), *module.form(Form.AFTER)]
    assert [value for one in calls if re.fullmatch(r"cmi\.interactions\.\d+\.id", "".join(one.values[:1])) for value in one.values[1:]] == [
        question.id for question in asked
    ]
    assert max(len(one) for one in sets(calls, "cmi.suspend_data")) < 2048
    assert lms.elsewhere == []


@pytest.mark.parametrize(("wrong", "status", "score"), [(1, "passed", "80"), (2, "failed", "60"), (5, "failed", "0")])
def test_the_pass_mark_decides(lms: Lms, page: Page, wrong: int, status: str, score: str) -> None:
    frame = lms.open(page)
    go_through(frame, wrong=wrong)
    expect(frame.locator("[data-score-after]")).to_have_text(f"You answered {5 - wrong} of 5 questions right.")
    calls = lms.close(page)
    assert broken(calls) == []
    assert results(calls) == (["incomplete", status], [score])


def test_somebody_who_closes_half_way_goes_on_where_they_stopped(lms: Lms, page: Page) -> None:
    frame = lms.open(page)
    go_through(frame, until=MODULE.form(Form.AFTER)[2].id)
    first = lms.close(page)
    assert broken(first) == []
    assert results(first) == (["incomplete"], [])
    assert sets(first, "cmi.core.exit")[-1] == "suspend"
    frame = lms.open(page)
    expect(frame.locator("h1:visible")).to_have_text("Question 3 of 5")
    expect(frame.locator("[data-status]")).to_have_text("You go on where you stopped: Question 3 of 5.")
    frame.locator("[data-step]:visible [data-back]").click()
    expect(frame.locator("[data-step]:visible [data-verdict]")).to_have_text("Right")
    assert frame.locator("[data-step]:visible input").first.is_disabled()
    frame.locator("[data-step]:visible [data-next]").click()
    go_through(frame)
    second = lms.close(page)
    assert broken(second) == []
    assert results(second) == (["incomplete", "passed"], ["100"])


def test_what_was_answered_before_a_crash_is_there_afterwards(lms: Lms, page: Page) -> None:
    frame = lms.open(page)
    go_through(frame, until=MODULE.form(Form.BEFORE)[2].id)
    lms.kept_by(page)
    frame = lms.open(page)
    expect(frame.locator("h1:visible")).to_have_text("Before you read, question 3 of 5")


def test_a_first_result_is_never_overwritten(lms: Lms, page: Page) -> None:
    go_through(lms.open(page), wrong=2)
    lms.close(page)
    frame = lms.open(page)
    expect(frame.locator("[data-result]")).to_contain_text("Your first result stands")
    frame.locator("[data-show]").first.click()
    expect(frame.locator("[data-step]:visible [data-verdict]")).to_have_text("Right")
    frame.locator("[data-step]:visible [data-end]").click()
    again = lms.close(page)
    assert broken(again) == []
    assert results(again) == ([], [])


def test_where_the_system_forgot_the_answers_the_first_result_stands_too(lms: Lms, page: Page) -> None:
    lms.kept = {"core": NEW["core"] | {"lesson_status": "passed", "entry": "", "score": {"raw": "90"}}}
    frame = lms.open(page)
    expect(frame.locator("[data-notice]")).to_contain_text("You have finished this module before")
    go_through(frame, wrong=5)
    calls = lms.close(page)
    assert broken(calls) == []
    assert results(calls) == ([], [])


def test_a_module_that_was_changed_meanwhile_starts_from_the_beginning_and_says_so(lms: Lms, page: Page) -> None:
    go_through(lms.open(page), until=MODULE.form(Form.BEFORE)[1].id)
    lms.close(page)
    lms.kept["suspend_data"] = lms.kept["suspend_data"].replace(MODULE.release[:12], "0" * 12)
    frame = lms.open(page)
    expect(frame.locator("h1:visible")).to_have_text(MODULE.head.title)
    expect(frame.locator("[data-notice]")).to_contain_text("has been changed since you began")


@pytest.mark.parametrize(
    "kept",
    ["{", "null", '{"answers": {"0": ["z"]}, "at": "start"}', '{"answers": {"99": ["a"]}, "at": "start"}', '{"answers": {}, "at": "x"}'],
)
def test_a_state_that_is_damaged_is_left_alone(lms: Lms, page: Page, kept: str) -> None:
    lms.kept = NEW | {"suspend_data": kept}
    expect(lms.open(page).locator("h1:visible")).to_have_text(MODULE.head.title)


def test_a_system_that_does_not_take_an_answer_is_told_of_and_asked_again(lms: Lms, page: Page) -> None:
    frame = lms.open(page)
    page.evaluate("window.refusing = 'LMSCommit'")
    go_through(frame, until=MODULE.form(Form.BEFORE)[1].id)
    expect(frame.locator("[data-status]")).to_contain_text("did not take this")
    page.evaluate("window.refusing = ''")
    go_through(frame, until=MODULE.form(Form.BEFORE)[2].id)
    expect(frame.locator("[data-status]")).to_have_text("Saved in your learning system.")
    go_through(frame)
    page.evaluate("window.refusing = 'LMSCommit'")
    frame.get_by_role("button", name="Send my result and finish").click()
    expect(frame.locator("[data-status]")).to_contain_text("did not take this")
    assert [one for one in lms.kept_by(page) if one.name == "LMSFinish"] == []
    page.evaluate("window.refusing = ''")
    frame.get_by_role("button", name="Send my result and finish").click()
    expect(frame.locator("[data-status]")).to_have_text("Your learning system has your result. You can close this window.")
    assert broken(lms.close(page)) == []


def test_a_result_that_is_refused_is_not_said_to_be_saved(lms: Lms, page: Page) -> None:
    frame = lms.open(page)
    page.evaluate("window.refusing = 'LMSSetValue'")
    go_through(frame, until=MODULE.form(Form.BEFORE)[1].id)
    expect(frame.locator("[data-status]")).to_contain_text("did not take this")


def test_without_a_system_the_module_works_and_says_that_nothing_is_recorded(lms: Lms, page: Page) -> None:
    frame = lms.open(page, name="Elsewhere")
    expect(frame.locator("[data-notice]")).to_contain_text("No learning system was found")
    go_through(frame)
    expect(frame.locator("[data-result]")).to_have_text("This is not recorded anywhere.")
    assert lms.close(page) == []


@pytest.mark.parametrize(("depth", "is_found"), [(7, True), (8, False)])
def test_the_system_is_looked_for_seven_windows_up(lms: Lms, page: Page, depth: int, is_found: bool) -> None:
    frame = lms.open(page, inside=depth)
    assert frame.locator("[data-notice]").is_visible() is not is_found
    lms.close(page)


def test_in_a_window_of_its_own_the_system_that_opened_it_is_found(lms: Lms, page: Page) -> None:
    window = lms.open_window(page)
    go_through(window.main_frame)
    window.close(run_before_unload=False)
    page.wait_for_function("() => window.recorded.at(-1).name === 'LMSFinish'")
    calls = lms.kept_by(page)
    assert broken(calls) == []
    assert results(calls) == (["incomplete", "passed"], ["100"])


def test_what_is_opened_only_to_be_looked_at_records_nothing(lms: Lms, page: Page) -> None:
    lms.kept = {"core": NEW["core"] | {"lesson_mode": "browse"}}
    frame = lms.open(page)
    expect(frame.locator("[data-notice]")).to_contain_text("nothing is recorded")
    go_through(frame)
    assert results(lms.close(page)) == ([], [])


def test_what_somebody_writes_for_themselves_goes_nowhere(lms: Lms, page: Page) -> None:
    frame = lms.open(page)
    go_through(frame)
    frame.locator("textarea").first.fill("Mr Sorrel, whom I saw today")
    calls = lms.close(page)
    assert not [one for one in calls for value in one.values if "Sorrel" in value]


def test_nothing_chosen_is_told_at_the_question(lms: Lms, page: Page) -> None:
    frame = lms.open(page)
    frame.locator("[data-step]:visible [data-next]").click()
    seen: set[str] = set()
    for _ in MODULE.form(Form.BEFORE):
        question = question_shown(frame)
        assert question is not None
        frame.locator("[data-step]:visible form button").click()
        summary = frame.locator("[data-step]:visible [data-errors]")
        expect(summary).to_be_focused()
        assert frame.evaluate("document.title").startswith("Error: ")
        summary.locator("a").first.click()
        described = frame.evaluate(
            "(document.activeElement.closest('select') || document.activeElement.closest('fieldset')).getAttribute('aria-describedby')"
        )
        assert described.split()[-1].endswith("-error")
        seen.add(question.kind)
        answer(frame, question, right_answer(question))
    assert len(seen) > 1
    lms.close(page)


def test_every_kind_of_step_is_accessible_on_a_phone(lms: Lms, page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    frame = lms.open(page, name="Elsewhere")
    page.goto("https://lms.example.org/package/index.html")
    frame = page.main_frame
    kinds: set[str] = set()
    for _ in range(60):
        step = frame.locator("[data-step]:visible").get_attribute("data-step")
        question = question_shown(frame)
        waiting = frame.locator("[data-step]:visible form button")
        kind = f"{question.kind if question else step} {waiting.count() and waiting.is_visible()}"
        if kind not in kinds:
            kinds.add(kind)
            assert_accessible(page)
            assert page.evaluate("document.documentElement.scrollWidth") <= 390
        if step == "finish":
            break
        if question and waiting.is_visible():
            answer(frame, question, right_answer(question))
        else:
            frame.locator("[data-step]:visible [data-next]").click()
    assert "finish 0" in kinds


def test_without_javascript_the_package_says_where_the_module_can_be_read(packages: dict[str, bytes], browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    lms = Lms(packages[MODULE.head.slug])
    context.route("**/*", lms.serve)
    page.goto("https://lms.example.org/package/index.html")
    expect(page.get_by_text("This module needs JavaScript")).to_be_visible()
    context.close()
