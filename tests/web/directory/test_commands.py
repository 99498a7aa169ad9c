"""flask directory and flask demo."""

import json
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from app.cli import demo, directory
from app.directory import queries
from tests.web.directory.feed import COUNCIL, a_service, all_live, reported


@pytest.fixture
def feed(tmp_path: Path) -> Path:
    path = tmp_path / "council-feed.ndjson"
    path.write_text("\n".join(json.dumps(a_service(number)) for number in range(3)))
    return path


def run(app: Flask, *arguments: str | Path) -> Result:
    return app.test_cli_runner().invoke(directory.group, [str(argument) for argument in arguments])


def test_the_summary_says_what_happened_and_the_report_lies_in_the_data_folder(app: Flask, feed: Path) -> None:
    feed.write_text(feed.read_text() + '\n{"id": "1"}\n')
    result = run(app, "import", feed, "--format", "oruk")
    assert result.exit_code == 0
    assert "3 new, 0 changed, 0 unchanged, 0 vanished, 1 rejected" in result.output
    assert "MB of memory" in result.output and "Published as number 1" in result.output
    path = next(word for word in result.output.split() if word.endswith(".csv"))
    assert Path(path).parent == app.config["DATA_DIR"] / "reports"
    assert {row["line"] for row in reported(Path(path)) if row["verdict"] == "reject"} == {"4"}


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"", "No record"),
        (b"not json\n", "No record"),
        (b'[{"id": "1", "name": "A"}, {"id"', "breaks off"),
        (b"\x1f\x8b\x08\x00garbage", "breaks off"),
    ],
)
def test_a_file_that_cannot_be_used_ends_with_an_error_and_what_to_do(app: Flask, tmp_path: Path, content: bytes, what: str) -> None:
    path = tmp_path / "feed"
    path.write_bytes(content)
    result = run(app, "import", path, "--format", "oruk")
    assert result.exit_code == 1 and what in result.output
    assert queries.current_sequence() == 0


def test_a_missing_file_an_unknown_format_and_a_wrong_code_are_refused(app: Flask, feed: Path, tmp_path: Path) -> None:
    missing = run(app, "import", tmp_path / "nowhere", "--format", "oruk")
    assert missing.exit_code == 1 and "cannot be opened" in missing.output
    folder = run(app, "import", tmp_path, "--format", "oruk")
    assert folder.exit_code == 1 and "cannot be opened" in folder.output
    other = run(app, "import", feed, "--format", "docx")
    assert other.exit_code == 1 and "Available: oruk" in other.output
    code = run(app, "import", feed, "--format", "oruk", "--council", "Oldham")
    assert code.exit_code == 1 and "E08000004" in code.output
    assert all_live() == {}


def test_staging_and_publishing_in_two_steps(app: Flask, feed: Path) -> None:
    assert run(app, "publish").exit_code == 1
    staged = run(app, "import", feed, "--format", "oruk", "--stage-only")
    assert staged.exit_code == 0 and "flask directory publish" in staged.output and all_live() == {}
    assert run(app, "publish").exit_code == 0
    assert len(all_live()) == 3


def test_with_several_staged_one_has_to_be_named(app: Flask, feed: Path) -> None:
    for source in ("a", "b"):
        feed.write_text(json.dumps(a_service(1 if source == "a" else 2)))
        run(app, "import", feed, "--format", "oruk", "--source", source, "--stage-only")
    unnamed = run(app, "publish")
    assert unnamed.exit_code == 1 and "Say which one" in unnamed.output
    number = unnamed.output.split()[-1]
    assert run(app, "publish", number).exit_code == 0
    assert len(all_live()) == 1


def test_an_incomplete_feed_is_held_and_allowed_by_name(app: Flask, feed: Path) -> None:
    run(app, "import", feed, "--format", "oruk")
    feed.write_text(json.dumps(a_service(0)))
    held = run(app, "import", feed, "--format", "oruk")
    assert held.exit_code == 1 and "2 of 3 services of the source the-source" in held.output and len(all_live()) == 3
    assert run(app, "import", feed, "--format", "oruk", "--allow-vanished").exit_code == 0
    assert len(all_live()) == 1


def test_council_and_source_of_the_command_are_for_records_without(app: Flask, tmp_path: Path) -> None:
    bare = {name: value for name, value in a_service(5).items() if name not in ("source", "source_id", "service_areas")}
    path = tmp_path / "feed.json"
    path.write_text(json.dumps([bare, a_service(6, source="own", service_areas=[{"extent": "E99000009"}])]))
    run(app, "import", path, "--format", "oruk", "--council", COUNCIL, "--source", "council-feed")
    live = {service.name: service for service in all_live().values()}
    assert (live["Service 5"].source, live["Service 5"].council_codes) == ("council-feed", (COUNCIL,))
    assert (live["Service 6"].source, live["Service 6"].council_codes) == ("own", ("E99000009",))


@pytest.mark.both
def test_the_demonstration_loads_and_again_changes_nothing(app: Flask) -> None:
    first = app.test_cli_runner().invoke(demo.group, ["load"])
    assert first.exit_code == 0, first.output
    assert "0 rejected" in first.output and "Marlshire" in first.output
    loaded = queries.counts(COUNCIL)["services"]
    assert loaded >= 140
    sequence = queries.current_sequence()
    again = app.test_cli_runner().invoke(demo.group, ["load"])
    assert again.exit_code == 0 and f"0 new, 0 changed, {loaded} unchanged" in again.output
    assert queries.current_sequence() == sequence


def test_the_demonstration_has_services_near_a_practice_for_every_alternative(app: Flask) -> None:
    app.test_cli_runner().invoke(demo.group, ["load"])
    alternatives = [path.stem for path in (app.config["CONTENT_DIR"] / "alternatives").glob("*.yaml")]
    found = queries.providing(alternatives, COUNCIL, queries.Point(54.4021, 0.5962, "Beck Lane Surgery", COUNCIL))
    assert {alternative for alternative in alternatives if len(found[alternative]) < 2} == set()


def test_a_service_can_be_taken_out_at_once(app: Flask, feed: Path) -> None:
    run(app, "import", feed, "--format", "oruk")
    first = next(iter(all_live().values()))
    assert run(app, "withdraw", first.id).exit_code == 0
    assert first.id not in {service.id for service in all_live().values()}
    again = run(app, "withdraw", first.id)
    assert again.exit_code == 1 and first.id in again.output
