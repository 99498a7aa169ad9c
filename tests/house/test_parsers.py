"""Every function that reads what comes from outside has a test over any input."""

import ast
import importlib
import re
from pathlib import Path

import pytest

from tests.house.named import Suite

ROOT = Path(__file__).resolve().parents[2]
SUITE = Suite(ROOT)
UNIT, WEB = "tests/unit/", "tests/web/"
SETTINGS = UNIT + "test_settings_properties.py::test_a_setting_is_usable_or_refused_by_its_name"
FILES = UNIT + "content/test_reading_properties.py::test_a_file_is_what_its_schema_says_or_every_problem_has_its_line"
PAGES = UNIT + "content/test_reading_properties.py::test_a_page_of_any_bytes_is_read_or_refused"
RECORDS = UNIT + "directory/test_record_properties.py::test_a_record_of_any_shape_is_shown_safely_or_refused"
ROWS = UNIT + "places/test_places_properties.py::test_a_row_fits_its_table_or_is_kept_out"
WRITTEN = UNIT + "places/test_places_properties.py::test_what_is_read_as_a_place_is_read_alike_from_how_it_is_shown"
VALUES = UNIT + "directory/test_record_properties.py::test_a_value_of_any_shape_is_what_its_field_holds_or_nothing"
OPENING = UNIT + "directory/test_record_properties.py::test_opening_times_are_times_of_the_day_on_days_of_the_week"
CLEANING = UNIT + "directory/test_record_properties.py::test_text_of_any_kind_keeps_to_its_length_and_shows_no_markup"
SERVICES = UNIT + "accounts/test_providers_properties.py::test_a_file_names_services_or_is_refused_in_one_line"
CLAIMS = UNIT + "accounts/test_providers_properties.py::test_claims_of_any_shape_give_somebody_or_nobody"
TYPED = UNIT + "accounts/test_typed_properties.py::"
TURNS = UNIT + "vocabulary/test_reading_properties.py::test_a_conversation_of_any_text_is_read_alike_each_time"
SENT = WEB + "test_sent_properties.py::"
PARSERS = {
    "config.Settings.from_environ": SETTINGS,
    "app.signposts.sheet.read": UNIT + "signposts/test_sheet.py::test_every_line_is_taken_or_named",
    "app.ui.addresses.local": TYPED + "test_no_address_leads_off_the_site",
    "app.ui.numbers.as_kept": UNIT + "ui/test_numbers.py::test_any_text_is_a_number_or_is_refused",
    "app.accounts.browsers.name_of": TYPED + "test_of_a_browser_no_more_than_its_family_is_told",
    "app.accounts.codes.plain": TYPED + "test_a_code_is_read_alike_each_time_and_holds_only_its_alphabet",
    "app.accounts.emails.in_one_way": TYPED + "test_an_email_address_kept_stays_as_it_is",
    "app.accounts.passwords.problem_of": TYPED + "test_of_any_password_it_is_told_what_is_wrong",
    "app.accounts.providers.read": SERVICES,
    "app.accounts.providers.Provider.identity": CLAIMS,
    "app.accounts.openid.Client.ended_subject": WEB + "accounts/outside/test_ended.py::test_a_token_of_any_text_ends_nobodys_session",
    "app.accounts.access.keep_what_was_sent": WEB
    + "accounts/test_forms.py::test_a_form_of_any_fields_is_kept_as_it_was_sent_but_for_secrets",
    "app.accounts.queries.place_of": SENT + "test_a_practices_cookie_of_any_text_is_a_place_or_none",
    "app.assistant.clauses.asks": UNIT + "assistant/test_sent_properties.py::test_any_message_asks_or_does_not_and_is_a_note_or_not",
    "app.assistant.codes.read_codes": FILES,
    "app.assistant.conversation.Ask": UNIT + "assistant/test_sent_properties.py::test_a_body_of_any_shape_is_a_conversation_or_refused",
    "app.assistant.conversation.pairs": UNIT + "assistant/test_sent_properties.py::test_fields_of_pairs_are_read_as_they_were_written",
    "app.assistant.knowledge.read_ranking": FILES,
    "app.assistant.reporting.read_report": UNIT
    + "assistant/test_sent_properties.py::test_a_report_of_any_shape_is_read_or_refused_by_its_field",
    "app.audit.chain.Head.read": UNIT + "audit/test_chain_properties.py::test_what_is_no_head_is_refused",
    "app.content.markup.parse_page": PAGES,
    "app.content.markup.read_page": PAGES,
    "app.content.markup.to_html": UNIT + "content/test_reading_properties.py::test_of_any_markdown_nothing_comes_that_could_run",
    "app.content.reading.parse_yaml": FILES,
    "app.content.reading.read_folder": FILES,
    "app.content.reading.read_text": PAGES,
    "app.content.reading.read_yaml": FILES,
    "app.directory.cleaning.line": CLEANING,
    "app.directory.cleaning.paragraphs": CLEANING,
    "app.directory.desk.entry.read_entry": UNIT + "directory/test_desk_entry.py::test_whatever_is_typed_is_read_or_refused_by_its_field",
    "app.directory.feeds.entries": UNIT + "directory/test_feeds_properties.py::test_any_bytes_are_read_or_refused",
    "app.directory.feeds.from_objects": RECORDS,
    "app.directory.takeaway.shortlist.read": UNIT + "directory/test_shortlist_properties.py::test_a_cookie_of_any_text_is_a_shortlist",
    "app.directory.opening.days_open": OPENING,
    "app.directory.opening.opening_of": OPENING,
    "app.directory.record.read": RECORDS,
    "app.directory.service.from_record": RECORDS,
    "app.directory.sites.postcode_of": UNIT + "directory/test_record_properties.py::test_a_postcode_is_written_once_in_the_usual_way",
    "app.directory.values.date_of": VALUES,
    "app.directory.values.url_of": VALUES,
    "app.places.finding.find_practices": SENT + "test_a_place_of_any_name_is_found_or_not",
    "app.places.locating.locate": SENT + "test_a_place_of_any_name_is_found_or_not",
    "app.places.names.presented": UNIT + "places/test_places_properties.py::test_a_name_is_presented_once",
    "app.places.rows.council_row": ROWS,
    "app.places.rows.district_row": ROWS,
    "app.places.rows.postcode_row": ROWS,
    "app.places.rows.practice_row": ROWS,
    "app.places.schema.CouncilFile": UNIT + "content/test_reading_properties.py::test_a_councils_file_is_read_as_it_was_written",
    "app.places.tables.open_table": UNIT + "places/test_places_properties.py::test_a_table_of_any_bytes_is_read_or_refused",
    "app.places.writing.gss_code_or_none": WRITTEN,
    "app.places.writing.ods_code_or_none": WRITTEN,
    "app.places.writing.postcode_or_none": WRITTEN,
    "app.places.writing.readings": WRITTEN,
    "app.pages.council_forms.AlternativeForm.read": WEB + "pages/test_setting_up.py::test_signs_that_nobody_sees_are_not_kept",
    "app.pages.council_forms.WordsForm.read": WEB + "pages/test_setting_up.py::test_signs_that_nobody_sees_are_not_kept",
    "app.search.asking.asking": WEB + "search/test_search_api.py::test_parameters_of_any_text_are_answered_or_refused_by_their_name",
    "app.search.concepts.Reader.read": UNIT + "search/test_query_properties.py::test_what_a_question_is_about_is_read_from_any_text",
    "app.search.query.postcode_in": UNIT + "search/test_query_properties.py::test_a_postcode_is_taken_out_of_a_search_whole",
    "app.search.query.read": UNIT + "search/test_query_properties.py::test_a_search_of_any_text_is_read",
    "app.search.words.words": UNIT + "search/test_query_properties.py::test_words_are_read_alike_however_often",
    "app.training.catalogue.load": SENT + "test_a_module_of_any_bytes_is_refused_by_its_file",
    "app.training.catalogue.read": SENT + "test_a_module_of_any_bytes_is_refused_by_its_file",
    "app.training.forms.given": SENT + "test_an_answer_of_any_fields_is_of_the_questions_own_options",
    "app.training.interchange.drafts.read": UNIT + "training/test_interchange_gift.py::test_text_of_any_kind_is_taken_or_told",
    "app.training.interchange.gift.parse": UNIT + "training/test_interchange_gift.py::test_text_of_any_kind_is_taken_or_told",
    "app.vocabulary.conditions.parse": UNIT
    + "vocabulary/test_reading_properties.py::test_a_condition_of_any_text_holds_or_not_or_is_refused",
    "app.vocabulary.folding.fold": UNIT + "vocabulary/test_reading_properties.py::test_every_token_stands_where_it_was_typed",
    "app.vocabulary.identifiers.blank": UNIT + "vocabulary/identifiers/test_identifiers.py::test_blanking_twice_is_blanking_once",
    "app.vocabulary.identifiers.identify": UNIT
    + "vocabulary/test_reading_properties.py::test_what_points_to_a_person_is_found_within_the_text",
    "app.vocabulary.reading.read": TURNS,
    "app.vocabulary.reading.read_turn": TURNS,
    "app.vocabulary.reading.read_turns": TURNS,
    "app.vocabulary.tokens.tokenise": UNIT + "vocabulary/test_reading_properties.py::test_every_token_stands_where_it_was_typed",
}
"""What reads from outside, and the test that gives it anything."""

OTHERWISE = {
    "app.directory.demo.read_files": "our own demonstration's files, through read_yaml",
    "app.pages.council_forms.SchemaForm.read_as": "what the two forms below it share",
    "app.search.cards.CardReader.read": "the index, which we wrote ourselves",
    "app.training.actions.read_on": "turns a page",
    "app.vocabulary.attributes.AttributeReader.read": "a part of reading a turn",
}
"""What is called so and reads nothing from outside by itself."""

_READS = re.compile(r"(?:read|parse|from)(?:_\w+)?")


def reading() -> set[str]:
    """Every public function and method that is called after reading."""
    found = set()
    for path in (ROOT / "app").rglob("*.py"):
        module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for node in ast.parse(path.read_text()).body:
            inside = node.body if isinstance(node, ast.ClassDef) else []
            found |= {f"{module}.{node.name}"} if isinstance(node, ast.FunctionDef) and _READS.fullmatch(node.name) else set()
            methods = (part.name for part in inside if isinstance(part, ast.FunctionDef) and _READS.fullmatch(part.name))
            found |= {f"{module}.{getattr(node, 'name', '')}.{name}" for name in methods}
    return found


def test_whatever_is_called_after_reading_is_listed() -> None:
    assert reading() - PARSERS.keys() - OTHERWISE.keys() == set()
    assert OTHERWISE.keys() <= reading()


@pytest.mark.parametrize("parser", PARSERS)
def test_a_parser_is_there_and_has_its_test(parser: str) -> None:
    parts = parser.split(".")
    at = next(number for number, part in enumerate(parts) if part[:1].isupper() or number == len(parts) - 1)
    found: object = importlib.import_module(".".join(parts[:at]))
    for name in parts[at:]:
        found = getattr(found, name)
    assert callable(found)
    assert SUITE.wrong_with(PARSERS[parser]) == ""
