"""From the types of a service, and where they say too little from its words, to alternatives."""

import gzip
import json
from pathlib import Path

import pytest

from app.content.messages import load as messages
from app.content.problems import ContentError
from app.content.reading import read_yaml
from app.directory import catalogue
from app.directory.catalogue import DemonstrationTypes, ServiceTypes
from app.directory.findings import Fault

CONTENT = Path(__file__).resolve().parents[3] / "content"
PILOT = "pilot-service-type"


@pytest.fixture
def types() -> ServiceTypes:
    return catalogue.load(CONTENT)


@pytest.mark.parametrize(
    ("terms", "words", "alternatives"),
    [
        ([(PILOT, "Home care")], "", ("home_care",)),
        ([(PILOT, "HOME CARE")], "", ("home_care",)),
        ([(PILOT, "Home care")], "We also run a lunch club", ("home_care",)),
        ([(PILOT, "Community centre or group")], "A lunch club every Tuesday", ("lunch_club",)),
        ([(PILOT, "Community adult social care")], "Live-in care across Shropshire", ("live_in_care",)),
        ([("another-vocabulary", "Something")], "Meals on  wheels to your door", ("meals_service",)),
        ([], "Somewhere to play chess", ()),
        ([(PILOT, "Care home")], "Day care, respite care and a lunch club", ()),
    ],
)
def test_types_decide_and_words_only_where_types_say_too_little(
    types: ServiceTypes, terms: list[tuple[str, str]], words: str, alternatives: tuple[str, ...]
) -> None:
    assert types.alternatives_of(tuple(terms), "The Service", words) == alternatives


def test_a_care_home_provides_no_alternative_whatever_it_says_of_itself(types: ServiceTypes) -> None:
    assert types.alternatives_of((), "Elm House Residential Home", "Respite care and day care for adults") == ()


def test_terms_that_no_file_knows_are_named(types: ServiceTypes) -> None:
    assert types.unmapped(((PILOT, "Home care"), (PILOT, "Space travel"))) == [(PILOT, "Space travel")]


def test_every_term_of_the_pilot_feed_has_been_decided_on(types: ServiceTypes, shared: Path) -> None:
    with gzip.open(shared / "data" / "pilot" / "services.ndjson.gz", "rt") as lines:
        attributes = [item for line in lines for item in json.loads(line).get("attributes", [])]
    terms = {(item["taxonomy_term"]["taxonomy"], item["taxonomy_term"]["name"]) for item in attributes}
    assert len(terms) > 50
    assert types.unmapped(tuple(terms)) == []


def test_every_alternative_has_a_type_or_a_cue_that_leads_to_it(types: ServiceTypes) -> None:
    reached = {name for entry in types.terms.values() for name in entry.alternatives} | {name for name, _ in types.cues}
    assert {path.stem for path in (CONTENT / "alternatives").glob("*.yaml")} <= reached


def test_signs_of_a_pattern_in_a_phrase_are_only_signs(tmp_path: Path) -> None:
    (tmp_path / "service_types").mkdir()
    text = (CONTENT / "service_types" / "cues.yaml").read_text()
    head = text[: text.index("never:")]
    (tmp_path / "service_types" / "cues.yaml").write_text(
        head + "never: ['x.*y']\nentries: [{alternative: lunch_club, phrases: ['a.c', 'one|two lunches', 'b+ meals', 'club [a-z] and']}]\n"
    )
    types = catalogue.load(tmp_path)
    for said in ("an a.c here", "the one|two lunches", "b+ meals", "the club [a-z] and more"):
        assert types.alternatives_of((), "The Service", said) == ("lunch_club",), said
    for other in ("an abc here", "one", "two lunches", "bbb meals", "club x and"):
        assert types.alternatives_of((), "The Service", other) == (), other
    assert types.alternatives_of((), "x y and xany", "a.c") == ("lunch_club",)
    assert types.alternatives_of((), "the x.*y", "a.c") == ()


def test_a_mapping_to_an_alternative_that_does_not_exist_is_reported(tmp_path: Path) -> None:
    (tmp_path / "alternatives").mkdir()
    (tmp_path / "service_types").mkdir()
    for path in (CONTENT / "service_types").glob("*.yaml"):
        (tmp_path / "service_types" / path.name).write_text(path.read_text())
    with pytest.raises(ContentError) as caught:
        catalogue.heads(tmp_path)
    assert any("'home_care' does not exist" in str(problem) for problem in caught.value.problems)


def test_every_demonstration_type_is_mapped(types: ServiceTypes) -> None:
    own = read_yaml(CONTENT / catalogue.DEMONSTRATION_TYPES, DemonstrationTypes)
    assert types.unmapped(tuple((own.vocabulary, entry.term) for entry in own.terms)) == []


@pytest.mark.parametrize("fault", list(Fault))
def test_every_fault_has_a_reason_and_a_fix_in_words(fault: Fault) -> None:
    said = messages(CONTENT / "messages")
    assert said[f"import.{fault}.reason"] and said[f"import.{fault}.fix"]
