"""What people type is refused or blanked where it could be kept: every text field and every column of text is accounted for."""

import re
from collections.abc import Iterable
from pathlib import Path

import pytest
from flask import Flask, render_template_string
from sqlalchemy import JSON, String
from werkzeug.datastructures import MultiDict
from wtforms import Form, StringField, TextAreaField
from wtforms.form import BaseForm

import app.accounts.forms
import app.assistant.forms
import app.insights.forms
import app.pages.council_forms
import app.relationships.contacts.forms
import app.training.forms
import app.training.records.forms  # noqa: F401 - so that every form there is, is known
from app.extensions import Base
from app.vocabulary.guarding import NoIdentifiers

ROOT = Path(__file__).resolve().parents[2]
NOT_STORED = {
    ("AskForm", "text"): "read in memory, blanked where it is shown again, and forgotten",
    ("AddressForm", "email"): "an address, checked to be one",
    ("CloseForm", "email"): "an address, compared with that of the account",
    ("InviteForm", "email"): "an address, checked to be one",
    ("LoginForm", "email"): "compared with addresses of people, and forgotten",
    ("LoginForm", "password"): "compared with a hash, and forgotten",
    ("LoginForm", "next"): "an address of our own pages; another is refused",
    ("JoinForm", "email"): "an address, checked to be one",
    ("JoinForm", "code"): "compared with the codes of practices, and forgotten",
    ("EntryForm", "assured_on"): "a day, checked to be one",
    ("TrailForm", "since"): "a day, checked to be one",
    ("TrailForm", "until"): "a day, checked to be one",
    ("NewcomerForm", "email"): "an address, checked to be one",
    ("NameForm", "name"): "a person's own name for their account: letters only, no digit and no @",
    ("WelcomeForm", "name"): "a person's own name for their account: letters only, no digit and no @",
    ("WelcomeForm", "password"): "kept as a hash",
    ("RecordForm", "name"): "stands in the document that is sent back, and is forgotten",
    ("RecordForm", "registration"): "stands in the document that is sent back, and is forgotten",
    ("AskForm", "council"): "a code from a list; another is refused",
    ("PracticeForm", "text"): "compared with the names, postcodes and codes of practices, and forgotten",
}
"""Fields without the guard, each with its reason."""

BOXES = {
    "text": "the assistant's box, see AskForm",
    "q": "a search is counted by our own words only",
    "near": "a place to measure from",
    "words": "compared with the names of services, and forgotten",
    "due_on": "a day, checked to be one",
    "number": "how many links are wanted; or compared with the numbers of records, and forgotten",
    "answer": "what a council answers in public, guarded by AnswerForm",
    "reference": "compared with the codes of signposts, of a session or of a practice, and forgotten",
    "sheet": "a file of codes and answers: see lines",
    "lines": "a sheet of codes and answers, compared with signposts and our own words, and forgotten",
}
"""Boxes to type in that templates draw without a form of WTForms, each with the reason that it is not guarded."""

GUARDED = {"switched_off.reason", "council.thresholds", "neighbourhood.name", "council_feed.address"}
GUARDED |= {f"practice_contact.{name}" for name in ("team", "team_number", "team_hours", "bypass_number", "link_worker", "meetings")}
GUARDED |= {"ask_desk.owner", "ask_desk.hours", "asked_question.question", "asked_question.answer"}
GUARDED |= {"planned_action.what", "planned_action.owner"}
"""Columns of typed text: app.vocabulary.guarding.refuse_identifiers is called before they are written."""

NOT_TYPED = {
    "ids of our own lists; anything else is refused": """
        answer_report.alternatives answer_report.content_version answer_report.council answer_report.fault answer_report.needs
        answer_report.outcome answer_report.question answer_report.red_flags answer_report.rules answer_report.rules_version
        reminder_letter.part review_card.given review_card.module review_card.question review_card.release
        entry_report.council_code entry_report.fault entry_report.service_id entry_report.state
        pledge_signature.signer planned_action.kind planned_action.measure
        joint_seat.side joint_session.steps joint_session.title council.checklist
        survey_count.area survey_count.item survey_count.side survey_figure.area survey_figure.item survey_figure.side
        survey_round.survey survey_ticket.area survey_ticket.side answer.form answer.given answer.question attempt.council_code
        attempt.follows attempt.part attempt.person_id attempt.release attempt.module module_release.files module_release.id
        module_release.module module_release.version
        completion_record.module completion_record.title completion_record.version attempt.page attempt.practice_code attempt.version
        daily_count.council_code daily_count.measure daily_count.practice_code daily_count.subject event.council_code event.facts
        event.kind event.practice_code fill_state.measure switched_off.id timer.name word_count.council_code word_count.word
        training_count.cell training_count.form training_count.module training_count.subject training_count.version
        training_count.what signpost.alternatives signpost.lacking signpost.later signpost.needs
        signpost.outcome signpost.reason signpost.services""",
    "a person's own, for their account, in fields that take no sentence": """
        emailed_link.email letter.recipient passkey.name person.email person.name""",
    "a form that somebody was sending when their session had run out, for half an hour; passwords and codes never": "sign_in.data",
    "what a sign-in service or a browser says of itself": """
        outside_identity.issuer outside_identity.subject passkey.device_type passkey.extensions sign_in.browser""",
    "made by the program": """
        audit_entry.about audit_entry.by audit_entry.council audit_entry.fields audit_entry.hash audit_entry.practice
        audit_entry.previous audit_entry.what emailed_link.council_code emailed_link.id emailed_link.kind emailed_link.made_by
        emailed_link.practice_code emailed_link.role emailed_link.token_hash letter.body letter.id letter.subject limit_count.key
        membership.council_code membership.id membership.person_id membership.practice_code membership.role
        neighbourhood.council_code neighbourhood.practice_code organisation_rule.council_code organisation_rule.organisation
        outside_identity.person_id
        passkey.usage passkey.user_id person.fs_uniquifier person.fs_webauthn_user_handle person.id person.password
        person.tf_phone_number person.tf_primary_method person.tf_totp_secret practice_code.code_hash practice_code.council_code
        practice_code.made_by practice_code.practice_code sign_in.id sign_in.person_id sign_in.token_hash
        check_link.council_code check_link.id check_link.sent_to check_link.service_id check_link.token_hash entry_report.id
        entry_report.owner_id completion_record.attempt completion_record.number
        practice_contact.council_code practice_contact.practice_code ask_desk.council_code asked_question.council_code
        asked_question.id pledge_signature.council_code planned_action.council_code planned_action.id
        joint_seat.session_id joint_seat.token_hash joint_session.code joint_session.council_code joint_session.id
        joint_session.person_id joint_vote.seat joint_vote.session_id
        survey_count.round_id survey_figure.round_id survey_round.council_code survey_round.id survey_ticket.round_id
        survey_ticket.token_hash digest_wish.person_id digest_wish.token
        signpost.code signpost.council_code signpost.practice_code signpost.pressed
        reminder_letter.attempt reminder_letter.token_hash reminder_wish.person_id review_card.person_id
        answer.token answer_report.settled_by attempt.token publication.counts publication.started_by service_version.fingerprint
        council_feed.council_code council_feed.counts council_feed.id council_feed.name council_feed.result
        council_term_mapping.alternatives council_term_mapping.council_code council_term_mapping.id switched_off.by""",
    "open data, or what a council and its providers publish": """
        council.alternatives council.asc_name council.code council.contacts council.name district.code district.council_code
        council_succession.ended_code council_succession.new_code council_succession.services
        district.duties district.name district.number
        postcode.lad_code postcode.postcode practice.address practice.council_code practice.name practice.ods_code
        practice.pcn_code practice.pcn_name practice.phone practice.postcode publication.feed service_alternative.alternative
        council_term_mapping.term council_term_mapping.vocabulary
        service_amendment.council_code service_amendment.id service_amendment.instead_of service_amendment.says
        service_amendment.service_id service_amendment.state
        service_area.council_code service_version.council_code service_version.name service_version.original
        service_version.positions service_version.record service_version.service_id service_version.source
        service_hours.day service_site.id service_term.id service_term.name service_term.vocabulary service_term.vocabulary_id
        service_version.source_id service_version.status town.council_code town.name""",
}


def form_classes(base: type = BaseForm) -> set[type]:
    """Every class of a form in the program."""
    found = {form for child in base.__subclasses__() for form in (child, *form_classes(child))}
    return {form for form in found if form.__module__.startswith("app.")}


def text_fields(form: type) -> dict[str, list[object]]:
    """The names of a form's fields of free text and their validators."""
    fields = {name: getattr(form, name) for name in dir(form) if hasattr(getattr(form, name, None), "field_class")}
    return {
        name: list(field.kwargs.get("validators") or field.args[1:2])
        for name, field in fields.items()
        if issubclass(field.field_class, StringField)
    }


def unguarded(forms: Iterable[type]) -> set[tuple[str, str]]:
    return {
        (form.__name__, name)
        for form in forms
        for name, validators in text_fields(form).items()
        if not any(isinstance(validator, NoIdentifiers) for validator in validators)
    }


def test_every_text_field_of_a_form_is_guarded_or_stores_nothing() -> None:
    assert unguarded(form_classes()) == NOT_STORED.keys()


def test_every_box_in_a_template_is_guarded_or_stores_nothing() -> None:
    drawn = re.compile(
        r"""<(?:input|textarea)\b(?![^>]*type="(?:hidden|radio|checkbox|submit))[^>]*?\bname="(\w+)"|\binput\(\{[^}]*?"name": "(\w+)"""
    )
    pages = (path.read_text(encoding="utf-8") for path in (ROOT / "app").rglob("*.html"))
    assert {name for page in pages for pair in drawn.findall(page) for name in pair if name} == BOXES.keys()


def test_a_field_that_forgets_the_guard_is_noticed() -> None:
    class Forgetful(Form):
        note = TextAreaField()
        guarded = StringField(validators=[NoIdentifiers()])

    assert unguarded([Forgetful]) == {("Forgetful", "note")}


def test_every_column_of_text_is_guarded_or_filled_by_no_persons_typing() -> None:
    texts = {
        f"{table.name}.{column.name}"
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, String | JSON)
    }
    listed = [name for names in NOT_TYPED.values() for name in names.split()] + sorted(GUARDED)
    assert len(listed) == len(set(listed))
    assert texts == set(listed)


@pytest.mark.parametrize(
    ("typed", "named"),
    [
        ("she rang, nhs no ９９９ ０００ ００１８", "an NHS number"),
        ("dob 3/4/41", "a date of birth"),
        ("Mrs Okafor at 14 Acacia Avenue", "a house number and street"),
    ],
)
def test_a_guarded_field_names_what_it_found_and_keeps_what_was_typed(app: Flask, typed: str, named: str) -> None:
    class Note(Form):
        note = StringField("Note", [NoIdentifiers()])

    form = Note(MultiDict({"note": typed}))
    assert not form.validate()
    with app.test_request_context():
        page = render_template_string('{% from "ui/forms.html" import text, summary %}{{ summary(form) }}{{ text(form.note) }}', form=form)
    assert named in page and "take it out and send the rest again" in page and f'value="{typed}"' in page


def test_a_guarded_field_takes_what_names_nobody(app: Flask) -> None:
    class Note(Form):
        note = StringField("Note", [NoIdentifiers()])

    assert Note(MultiDict({"note": "The day centre's price is wrong: £45 since 12.3.26, ring 0808 157 0123"})).validate()
