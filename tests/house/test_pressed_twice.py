"""Every form of the program, pressed twice: no fault, and nothing is there twice that one press makes once."""

from dataclasses import dataclass, field

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app.directory.oruk import ids
from app.extensions import Base, db
from tests.house.test_matrix import Built, built  # noqa: F401 - a fixture
from tests.matrix import FROM_HERE, KNOWN, VISITOR
from tests.tenants import CODE, ONE, PRACTICE, SECOND_PRACTICE, STAGED, service_of

NOTES = {"audit_entry", "limit_count", "event"}
"""What is written of each press, whatever comes of it."""
LETTER, LINK = "letter", "emailed_link"


@dataclass
class Press:
    """Who sends which form. `again`: tables that a second press adds to as well, because it asks for the same a second time."""

    who: str = VISITOR
    values: dict[str, str] = field(default_factory=dict)
    data: dict[str, str] = field(default_factory=dict)
    again: frozenset[str] = frozenset()


ADMIN, LEARNER, PLATFORM = "council_admin1", "learner", "platform"
NEW, MINE = {"email": "new@example.org"}, {"email": "learner@example.org"}
SENT_AGAIN = frozenset({LETTER, LINK})
"""A second letter: whoever asks again may have lost the first. app.accounts.limits says how often."""
TOKEN = {"token": "token"}
ENTRY = {"code": ONE, "service_id": service_of(ONE, 2)}
CHANGE = {"code": ONE, "id": f"draft-{ONE}"}
PAIR = {"code": ONE, "kept": service_of(ONE, 1), "other": service_of(ONE, 2)}
FEED = {"code": ONE, "id": f"feed-{ONE}"}
PLANNED = {"kind": "train", "what": "A visit", "owner": "Lead", "due_on": "2027-03-01", "measure": "modules_finished"}
STAGED_IMPORT = {"code": ONE, "publication_id": str(STAGED[ONE])}
PRESSES: dict[str, Press] = {
    "security.logout": Press(LEARNER),
    "security.login": Press(data=MINE | {"password": "not this one"}),
    "security.verify": Press(LEARNER, data={"password": "not this one"}),
    "security.two_factor_setup": Press(LEARNER, data={"setup": "authenticator"}),
    "security.two_factor_setup_validate": Press(LEARNER, TOKEN, {"code": "123456"}),
    "security.two_factor_token_validation": Press(data={"code": "123456"}),
    "security.two_factor_rescue": Press(data={"help_setup": "lost"}),
    "security.forgot_password": Press(data=MINE, again=frozenset({LETTER})),
    "security.reset_password": Press(values=TOKEN, data={"password": "moss on a slate roof", "password_confirm": "moss on a slate roof"}),
    "security.change_password": Press(
        LEARNER, data={"new_password": "moss on a slate roof", "new_password_confirm": "moss on a slate roof"}
    ),
    "security.mf_recovery_codes": Press(LEARNER, data={"generate_new_codes": "yes"}),
    "security.mf_recovery": Press(data={"code": "12ab-34cd-56ef"}),
    "security.wan_register": Press(LEARNER, data={"name": "Desk", "usage": "first"}),
    "security.wan_register_response": Press(LEARNER, TOKEN, {"credential": "{}"}),
    "security.wan_signin": Press(),
    "security.wan_signin_response": Press(values=TOKEN, data={"credential": "{}"}),
    "security.wan_delete": Press(LEARNER, data={"name": "Desk"}),
    "security.wan_verify": Press(LEARNER),
    "security.wan_verify_response": Press(LEARNER, TOKEN, {"credential": "{}"}),
    "security.tf_select": Press(data={"which": "authenticator"}),
    "accounts.choose_practice": Press(data={"text": "Beck"}),
    "accounts.suggest_practices": Press(data={"text": "Beck"}),
    "accounts.choose": Press(data={"choice": PRACTICE[ONE]}),
    "accounts.forget_practice": Press(),
    "account.end_one": Press(LEARNER, {"id": "there-learner"}),
    "account.end_all": Press(LEARNER),
    "account.leave_role": Press(LEARNER, {"id": "learner-0"}),
    "account.close": Press(LEARNER, data=MINE),
    "joining.join": Press(data=NEW | {"code": "K3TN-8F2P-QX7R"}),
    "joining.welcome": Press(values=TOKEN, data={"name": "Nye Ash", "password": "moss on a slate roof"}),
    "links.ask": Press(data=MINE, again=SENT_AGAIN),
    "links.use": Press(values=TOKEN),
    "members.invite": Press(ADMIN, {"code": ONE}, NEW | {"role": "learner"}),
    "members.withdraw": Press(ADMIN, {"code": ONE, "id": f"link-{ONE}"}),
    "members.end": Press(ADMIN, {"code": ONE, "id": f"spare-{SECOND_PRACTICE}-0"}),
    "members.make_code": Press(ADMIN, {"code": SECOND_PRACTICE}),
    "members.second_factor": Press(ADMIN, {"code": SECOND_PRACTICE}, {"asked": "yes"}),
    "members.sign_out": Press(ADMIN, {"code": ONE, "id": f"spare-{SECOND_PRACTICE}-0"}),
    "checks.take": Press(ADMIN, {"code": ONE, "id": f"report-{ONE}"}),
    "checks.settle": Press(ADMIN, {"code": ONE, "id": f"report-{ONE}"}, {"outcome": "mended"}),
    "checks.confirm": Press(ADMIN, {"code": ONE, "service_id": service_of(ONE, 1)}),
    "checks.ask": Press(ADMIN, {"code": ONE, "service_id": service_of(ONE, 1)}),
    "freshness.wrong": Press(values={"service_id": service_of(ONE, 1)}, data={"fault": "cost"}),
    "freshness.still_right": Press(values=TOKEN),
    "shortlist.add": Press(data={"service": "none"}),
    "shortlist.remove": Press(data={"service": "none"}),
    "shortlist.empty": Press(),
    "template.try_sheet": Press(),
    "outside.join": Press(values={"name": "entra"}, data=NEW),
    "outside.connect": Press(LEARNER, {"name": "entra"}),
    "outside.disconnect": Press(LEARNER, {"name": "entra"}),
    "outside.ended": Press(values={"name": "entra"}, data={"logout_token": "x"}),
    "platform.council": Press(PLATFORM, {"council": ONE}, NEW),
    "search.suggest": Press(data={"q": "day"}),
    "assistant.answer": Press(data={"text": "lonely since his wife died"}),
    "assistant.wrong": Press(),
    "training.start": Press(again=frozenset({"attempt"})),  # Nobody is known, so that a second beginning is somebody else's.
    "training.answer": Press(),
    "followups.begin": Press(LEARNER, {"part": "weeks"}),
    "followups.reminders": Press(LEARNER, data={"wanted": "yes"}),
    "followups.off": Press(values=TOKEN),
    "review.question": Press(LEARNER, {"turn": "first", "slug": "before-the-care-home", "identity": "after-pneumonia"}, {"answer": "b"}),
    "training.take_over": Press(LEARNER),
    "records.document": Press(),
    "signposting.make": Press(data={"council": ONE, "alternative": "telecare", "pressed": "once"}),
    "signposting.leaflet": Press(data={"reference": CODE[ONE], "alternative": "telecare"}),
    "signposts.find": Press("social_worker1", {"code": ONE}, {"reference": CODE[ONE]}),
    "signposts.answer": Press("social_worker1", {"code": ONE}, {"reference": CODE[ONE], "outcome": "started"}),
    "signposts.sheet": Press("social_worker1", {"code": ONE}, {"lines": f"code,outcome\n{CODE[ONE]},started"}),
    "signposts.digest": Press(LEARNER, data={"wanted": "yes"}),
    "signposts.off": Press(values=TOKEN),
    "surveys.answer": Press(values=TOKEN, data={"who_to_call": "1"}),
    "surveys.voice": Press(values={"code": ONE}, data={"pressed": "once", "planned_ahead": "1"}),
    "surveys.enter": Press(ADMIN, {"code": ONE}, {"pressed": "once", "planned_ahead": "1"}),
    "surveys.rounds": Press(ADMIN, {"code": ONE}),
    "surveys.links": Press(ADMIN, {"code": ONE}, {"number": "2"}, again=frozenset({"survey_ticket"})),
    "contacts.people": Press(data={"reference": "K3TN-8F2P-QX7R"}),
    "contacts.team": Press("social_worker1", {"code": ONE}, {"practice": SECOND_PRACTICE, "team": "North team"}),
    "contacts.practice": Press("lead", {"code": PRACTICE[ONE]}, {"bypass_number": "01632 960111"}),
    "contacts.ask": Press(values={"code": ONE}, data={"question": "Who may have a key safe?"}),
    "contacts.desk": Press("social_worker1", {"code": ONE}, {"id": f"asked-{ONE}", "what": "drop"}),
    "contacts.approve": Press(ADMIN, {"code": ONE}, {"id": f"asked-{ONE}"}),
    "contacts.setting": Press(ADMIN, {"code": ONE}, {"owner": "Duty manager", "hours": "Within a week"}),
    "agreed.sign": Press(ADMIN, {"code": ONE}),
    "agreed.sign_for_practice": Press("lead", {"code": PRACTICE[ONE]}),
    "agreed.add": Press("social_worker1", {"code": ONE}, PLANNED),
    "agreed.end": Press("social_worker1", {"code": ONE}, {"action": f"action-{ONE}"}),
    "together.join": Press(data={"reference": "ABCDEF", "side": "gp", "agreed": "yes"}, again=frozenset({"joint_seat"})),
    "together.seat": Press(values=TOKEN, data={"step": "0", "option": "1"}),
    "together.turn": Press(LEARNER, {"session_id": "joint-learner"}, {"what": "show", "at": "0"}),
    "joint.begin": Press(LEARNER, {"slug": "meeting-together", "id": "taster"}, {"council": ONE}, again=frozenset({"joint_session"})),
    "pages.home": Press(data={"text": "lonely since his wife died"}),
    "desk.add": Press(ADMIN, {"code": ONE}, {"name": "Chess club", "number": "1", "status": "active"}),
    "desk.edit": Press(ADMIN, ENTRY, {"name": "Chess club", "status": "active"}),
    "desk.set_status": Press(ADMIN, ENTRY, {"status": "defunct"}),
    "desk.withdraw": Press(ADMIN, ENTRY),
    "desk.restore": Press(ADMIN, ENTRY),
    "desk.approve": Press(ADMIN, CHANGE),
    "desk.refuse": Press(ADMIN, CHANGE),
    "desk.undo": Press(ADMIN, CHANGE),
    "waiting.approve": Press(ADMIN, {"code": ONE}, {"change": CHANGE["id"]}),
    "merging.merge": Press(ADMIN, PAIR, {"take": "description"}),
    "merging.apart": Press(ADMIN, PAIR),
    "feeds.add": Press(ADMIN, {"code": ONE}, {"address": "https://other.example.org"}),
    "feeds.change": Press(ADMIN, FEED, {"nightly": "y"}),
    "feeds.pull": Press(ADMIN, FEED),
    "feeds.remove": Press(ADMIN, FEED),
    "terms.say_of": Press(ADMIN, {"code": ONE, "id": ids.of_term("", ONE)}, {"alternatives": "befriending"}),
    "sheets.publish": Press(ADMIN, {"code": ONE}),
    "bulk.look": Press(ADMIN, {"code": ONE}),
    "bulk.keep": Press(ADMIN, {"code": ONE}, {"changes": "no such"}),
    "imports.publish": Press(ADMIN, STAGED_IMPORT),
    "imports.throw_away": Press(ADMIN, STAGED_IMPORT),
    "setting_up.words": Press(ADMIN, {"code": ONE}, {"asc_name": "Adult care"}),
    "setting_up.checklist": Press(ADMIN, {"code": ONE}, {"told": "consent"}),
    "setting_up.alternative": Press(ADMIN, {"code": ONE, "identity": "reablement"}),
    "setting_up.districts": Press(ADMIN, {"code": ONE}),
    "setting_up.neighbourhoods": Press(ADMIN, {"code": ONE}),
}


def forms(app: Flask) -> set[str]:
    return {rule.endpoint for rule in app.url_map.iter_rules() if "POST" in (rule.methods or ()) and not rule.rule.startswith("/api/")}


def counts(app: Flask) -> dict[str, int]:
    with app.app_context():
        return {table.name: db.session.scalar(select(func.count()).select_from(table)) or 0 for table in Base.metadata.sorted_tables}


def content(app: Flask) -> dict[str, list[str]]:
    """Every row of every table but notes and sessions, which know when they were last used."""
    kept = [table for table in Base.metadata.sorted_tables if table.name not in NOTES | {"sign_in"}]
    with app.app_context():
        return {table.name: sorted(map(repr, db.session.execute(select(table)))) for table in kept}


def opened(app: Flask, endpoint: str, press: Press) -> tuple[FlaskClient, str]:
    """The browser of whoever sends the form, and its address."""
    client = app.test_client()
    if press.who != VISITOR:
        client.set_cookie("fp_session", f"here-{press.who}", domain="localhost")
    of_attempts = endpoint.startswith(("training.", "records."))
    known = {"slug": KNOWN["training.slug"], "token": KNOWN["training.token"], "page": "1"} if of_attempts else {}
    known |= {"token": KNOWN["followups.token"]} if endpoint == "followups.begin" else {}
    return client, app.url_map.bind("localhost").build(endpoint, {**known, **press.values}, method="POST").partition("?")[0]


def pressed_twice(app: Flask, endpoint: str, press: Press) -> tuple[list[int], set[str]]:
    """The two answers, and the tables that have more rows after the second press than after the first."""
    client, path = opened(app, endpoint, press)
    answers, seen = [], []
    for _ in range(2):
        answers.append(client.post(path, data=press.data, headers=FROM_HERE).status_code)
        seen.append(counts(app))
    return answers, {name for name in seen[0] if seen[1][name] > seen[0][name]} - NOTES


def test_no_form_does_harm_when_it_is_pressed_twice(built: Built) -> None:  # noqa: F811
    app, kept = built
    assert forms(app) == PRESSES.keys()
    wrong = {}
    for endpoint, press in PRESSES.items():
        answers, grown = pressed_twice(app, endpoint, press)
        kept.put_back()
        if max(answers) >= 500 or grown != press.again:
            wrong[endpoint] = answers, grown
    assert wrong == {}


def test_looking_at_a_form_changes_nothing(built: Built) -> None:  # noqa: F811
    """Not by HEAD either, which a browser or another program may send ahead."""
    app, kept = built
    wrong = []
    for endpoint, press in PRESSES.items():
        client, path = opened(app, endpoint, press)
        before = content(app)
        for method in ("HEAD", "GET"):
            client.open(path, method=method, headers=FROM_HERE)
            if content(app) != before:
                wrong.append((endpoint, method))
            kept.put_back()
    assert wrong == []
