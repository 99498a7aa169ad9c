"""What a GP types, whatever it is: read to its end, with every mark in its place; and the language of conditions."""

from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.vocabulary import identifiers
from app.vocabulary.catalogue import Vocabulary
from app.vocabulary.conditions import ConditionError, Facts, parse
from app.vocabulary.folding import fold
from app.vocabulary.lexicon import Lexicon
from app.vocabulary.reading import read
from app.vocabulary.tokens import plain, tokenise
from tests.typed import SIGNS

SAID = SIGNS | st.lists(
    st.sampled_from(
        ["82F ", "falls ", "no ", "denies ", "suicidal ", "?", "2/7 ", "wife ", "exhausted", ". ", "\n", "not for ", "new patient ",
         "forget ",
         "that was ", "her mother ", "İ", "ﬁ", "½", "\x00", "999 000 0000 ", "was ", "if ", "last year "]
    ), max_size=14,
).map("".join)  # fmt: skip


@given(SAID)
@example("İ" * 30 + "falls")
def test_every_token_stands_where_it_was_typed(text: str) -> None:
    assert len(plain(text)) == len(text)
    tokens = tokenise(text)
    assert all(0 <= token.start < token.end <= len(text) and token.text for token in tokens)
    assert [token.start for token in tokens] == sorted(token.start for token in tokens)
    folded = fold(text)
    assert len(folded.text) == len(folded.lower) == len(folded.places) and list(folded.places) == sorted(set(folded.places))


@given(SAID)
def test_what_points_to_a_person_is_found_within_the_text(text: str) -> None:
    assert all(0 <= found.start < found.end <= len(text) for found in identifiers.identify(text))


FLIPS = st.dictionaries(
    st.sampled_from(["falls", "falls:", "suicide_risk", "x", ":"]) | SIGNS, st.sampled_from(["present", "absent", "past"]), max_size=2
)


@settings(max_examples=40)
@given(turns=st.lists(SAID, min_size=1, max_size=3), flips=FLIPS)
def test_a_conversation_of_any_text_is_read_alike_each_time(
    vocabulary: Vocabulary, compiled: Lexicon, turns: list[str], flips: dict[str, str]
) -> None:
    reading = read(turns, compiled, vocabulary.red_flags, flips)
    assert reading == read(turns, compiled, vocabulary.red_flags, flips)
    for cue in reading.cues:
        turn, start, end = cue.span
        assert 0 <= turn < len(turns) and 0 <= start <= end <= len(turns[turn])
    assert all(0 < found.certainty <= 1 for found in (*reading.needs, *reading.red_flags))
    for typed, turn_read in zip(turns, reading.turns, strict=True):
        assert all(0 <= start < end <= len(typed) for start, end in (*turn_read.not_understood, *turn_read.identifiers))


PIECES = ["need:falls", "strong:x", "flag:any", "attr:age", "<", ">=", "=", "3", "²", " and ", " or ", "not ", "(", ")", "always", " "]
CONDITIONS = SIGNS | st.lists(st.sampled_from(PIECES)).map("".join)


@given(CONDITIONS, SIGNS | st.sampled_from(["²", "٣", "1.5", "9" * 400]))
@example("attr:age<3", "²")
def test_a_condition_of_any_text_holds_or_not_or_is_refused(text: str, value: str) -> None:
    try:
        condition = parse(text)
    except ConditionError:
        return
    assert condition(Facts(attributes={"age": value})) in (True, False)
