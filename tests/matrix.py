"""Who may do what at every address, tried: each kind of person, each route and method, one's own records and others'."""

import re
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from flask import Flask
from flask.json.tag import TaggedJSONSerializer
from werkzeug.exceptions import MethodNotAllowed
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from app.accounts.models import EmailedLink, SignIn
from app.accounts.roles import Role
from app.accounts.sessions import hashed
from app.directory.oruk import ids
from app.extensions import db
from app.training import actions as training
from app.training import queries as modules
from tests.audiences import (
    COUNCIL_OF,
    FOR,
    FROM_HERE,
    HELD,
    ITS_ADMINS,
    ITS_EDITORS,
    ITS_LEADS,
    ITS_OWN_LEADS,
    KNOWN,
    METHODS,
    NOT_FOR_COUNCILS,
    OF_ONE_PLACE,
    OF_THE_LEARNER,
    OF_WHOM_NOTHING_IS,
    OWNED,
    PERSON,
    SIGNED,
    UNKNOWN,
    VISITOR,
)
from tests.tenants import (
    NOW,
    ONE,
    PRACTICE,
    SECOND_PRACTICE,
    STAGED,
    TWO,
    add_imports,
    add_person,
    add_records,
    add_services,
    add_training,
    id_of,
    make_places,
    service_of,
)

REFUSED = (VISITOR, "learner")
"""Who tries what is refused whoever asks."""


@dataclass
class Cell:
    """One request, and what should come of it: "done", "gone", "sign in", "refused", "there" (an answer, whatever
    it is) or "any" (also that there is no such thing)."""

    who: str
    method: str
    endpoint: str
    values: dict[str, str]
    expected: str
    headers: dict[str, str] = field(default_factory=lambda: FROM_HERE)

    def __str__(self) -> str:
        return f"{self.who} {self.method} {self.endpoint} {self.values} should be {self.expected}"


def named(table: Iterable[str], endpoint: str, what: str = "") -> str | None:
    """The entry for an endpoint, or for its feature; None where the table has neither."""
    for name in (endpoint, endpoint.split(".")[0]):
        entry = f"{name}.{what}" if what else name
        if entry in table:
            return entry
    return None


def leads(who: str, code: str, audiences: frozenset[str]) -> bool:
    """Whether somebody is of the audience, for this practice or council."""
    held = [] if who in (VISITOR, "former") else HELD[who]
    return any(role in audiences and (practice or council) in (code, COUNCIL_OF.get(code)) for role, council, practice in held)


def build(app: Flask) -> None:
    """The people tried, each signed in twice; in every practice and council a spare member and an invitation."""
    with app.app_context():
        make_places()
        for who, held in HELD.items():
            roles = [(role, council or None, practice) for role, council, practice in held]
            add_person(who, *roles, ended=who == "former")
        for code, council in COUNCIL_OF.items():
            is_council = code == council
            add_person(f"spare-{code}", (Role.COUNCIL_ADMIN if is_council else Role.LEARNER, council, None if is_council else code))
        add_records()
        add_services()
        add_imports()
        KNOWN["followups.token"] = add_training("learner")
        ends = datetime.now(UTC) + timedelta(days=1)
        with db.writing() as session:
            session.add(
                EmailedLink(
                    id=f"link-{SECOND_PRACTICE}", token_hash=hashed("token"), kind="invitation", email="link-third@example.org",
                    role=Role.LEARNER, council_code=ONE, practice_code=SECOND_PRACTICE, made_by="", made_at=NOW, ends_at=ends,
                )
            )  # fmt: skip
            for who in HELD:
                for place in ("here", "there"):
                    data = {"_user_id": who, "_fresh": True, "fs_paa": datetime.now(UTC).timestamp(), "identity": 1}
                    session.add(
                        SignIn(
                            token_hash=hashed(f"{place}-{who}"), id=f"{place}-{who}", person_id=id_of(who),
                            data=TaggedJSONSerializer().dumps(data),
                            browser="", began_at=datetime.now(UTC), seen_at=datetime.now(UTC), idle_seconds=3600, ends_at=ends,
                        )
                    )  # fmt: skip
        KNOWN["training.slug"] = next(iter(modules.modules()))
        KNOWN["training.token"] = KNOWN["records.token"] = training.start(
            module=modules.modules()[KNOWN["training.slug"]], council=None, practice=None
        )


class Kept:
    """The database and the reports of imports as they were built, put back after each request that may have changed them."""

    def __init__(self, app: Flask) -> None:
        self._engine = app.extensions["database"]
        self._copy = sqlite3.connect(":memory:", check_same_thread=False)
        with self._engine.connect() as connection:
            connection.connection.driver_connection.backup(self._copy)
        self._reports = {path: path.read_bytes() for path in (app.config["DATA_DIR"] / "reports").iterdir()}

    def put_back(self) -> None:
        with self._engine.connect() as connection:
            self._copy.backup(connection.connection.driver_connection)
        for path, content in self._reports.items():
            path.write_bytes(content)


def undeclared(app: Flask) -> list[str]:
    """Routes that the tables above do not know, and id parameters that have no maker."""
    missing = []
    for rule in app.url_map.iter_rules():
        if named(FOR, rule.endpoint) is None:
            missing.append(f"{rule.endpoint}: who is it for?")
        for name in rule.arguments:
            if (
                not {named(OWNED, rule.endpoint, name), named(KNOWN, rule.endpoint, name)} - {None}
                and named([SIGNED], rule.endpoint, name) is None
            ):
                missing.append(f"{rule.endpoint}.{name}: no maker")
    return missing


def cells(app: Flask, who: str, only: str = "") -> Iterator[Cell]:
    """Every request of one kind of person; `only` those whose endpoint begins so. HEAD and OPTIONS go where GET and POST go, so
    each is sent once for every outcome that an address has for this person, not for every record."""
    for rule in app.url_map.iter_rules():
        if rule.endpoint.startswith(only):
            met: set[str] = set()
            for values, outcome in _records(rule, who):
                if not met and who in REFUSED:
                    yield from _refused(rule, who, values)
                yield from (cell for cell in _methods(rule, who, values, outcome) if cell.method in ("GET", "POST") or outcome not in met)
                met.add(outcome)


def _methods(rule: Rule, who: str, values: dict[str, str], outcome: str) -> Iterator[Cell]:
    audiences = FOR[named(FOR, rule.endpoint) or ""]
    expected = outcome if VISITOR in audiences or who != VISITOR else "sign in"
    for method in sorted((rule.methods or set()) - {"OPTIONS"}):
        yield Cell(who, method, rule.endpoint, values, expected)
    if audiences == {Role.PLATFORM_ADMIN} and who != VISITOR:
        expected = "any" if who == "platform" else "gone"
    if (
        audiences in (ITS_LEADS, ITS_ADMINS, ITS_EDITORS, *OF_ONE_PLACE) and who != VISITOR
    ):  # OPTIONS comes as far as the door, and asks for no record behind it.
        expected = "any" if leads(who, values["code"], audiences) else "gone"
    yield Cell(who, "OPTIONS", rule.endpoint, values, expected if expected in ("gone", "sign in") and audiences != {PERSON} else "any")


def _refused(rule: Rule, who: str, values: dict[str, str]) -> Iterator[Cell]:
    """Methods that an address does not know, and forms that another site sends: refused before anybody asks who sends them."""
    addresses = rule.map.bind("localhost")  # type: ignore[union-attr]
    for method in sorted(METHODS):
        try:
            addresses.match(addresses.build(rule.endpoint, values), method=method)
        except MethodNotAllowed:
            yield Cell(who, method, rule.endpoint, values, "no such method")
    if "POST" in (rule.methods or ()) and not rule.rule.startswith("/api/"):
        yield Cell(who, "POST", rule.endpoint, values, "refused", {"Sec-Fetch-Site": "cross-site"})
        if who != VISITOR:
            yield Cell(who, "POST", rule.endpoint, values, "refused", {})


def _records(rule: Rule, who: str) -> Iterator[tuple[dict[str, str], str]]:
    """Values for the parameters of an address, and what they should lead to."""
    audiences = FOR[named(FOR, rule.endpoint) or ""]
    if audiences == ITS_LEADS:
        yield from _of_an_organisation(rule, who)
    elif audiences == ITS_ADMINS:
        yield from _of_a_council(rule, who)
    elif audiences == ITS_EDITORS:
        yield from _of_editors(rule, who)
    elif audiences in OF_ONE_PLACE:
        for code in (*COUNCIL_OF, UNKNOWN):
            yield {"code": code}, "done" if leads(who, code, audiences) and (code in (ONE, TWO)) != (audiences == ITS_OWN_LEADS) else "gone"
    elif audiences == {Role.PLATFORM_ADMIN}:
        known = {"council": ONE, "slug": KNOWN["measures.slug"]}
        for there in (True, False) if rule.arguments else (True,):
            values = {name: known[name] if there else UNKNOWN for name in sorted(rule.arguments)}
            yield values, "done" if who == "platform" and there else "gone"
    elif rule.endpoint in ("account.end_one", "account.leave_role"):
        for other in (*HELD, "nobody"):
            id = f"there-{other}" if rule.endpoint == "account.end_one" else f"{other}-0"
            mine = who == other and not (rule.endpoint == "account.leave_role" and who == "former")
            yield {"id": id}, "done" if mine else "gone"
    else:
        yield from _of_anybody(rule, who, "there" if audiences == {PERSON} else "any")


def _of_an_organisation(rule: Rule, who: str) -> Iterator[tuple[dict[str, str], str]]:
    for code in (*COUNCIL_OF, UNKNOWN):
        may = leads(who, code, ITS_LEADS) and not (rule.endpoint == NOT_FOR_COUNCILS and code in (ONE, TWO))
        if rule.arguments == {"code"}:
            yield {"code": code}, "done" if may else "gone"
            continue
        kind = "link" if rule.endpoint == "members.withdraw" else "spare"
        for other in (*COUNCIL_OF, UNKNOWN):
            id = f"link-{other}" if kind == "link" else f"spare-{other}-0"
            yield {"code": code, "id": id}, "done" if may and leads(who, other, ITS_LEADS) else "gone"
        if kind == "spare":
            yield {"code": code, "id": "lead-1"}, "done" if may and leads(who, PRACTICE[TWO], ITS_LEADS) else "gone"


def _of_a_council(rule: Rule, who: str) -> Iterator[tuple[dict[str, str], str]]:
    for code in (*COUNCIL_OF, UNKNOWN):
        may = code in (ONE, TWO) and leads(who, code, ITS_ADMINS)
        if "id" in rule.arguments:
            for owner in (ONE, TWO, UNKNOWN):
                id = f"feed-{owner}" if rule.endpoint.startswith("feeds.") else ids.of_term("", owner)
                yield {"code": code, "id": id}, "done" if may and owner == code else "gone"
            continue
        for identity in ("reablement", "unknown") if "identity" in rule.arguments else ("",):
            yield {"code": code} | ({"identity": identity} if identity else {}), "done" if may and identity != "unknown" else "gone"


def _of_editors(rule: Rule, who: str) -> Iterator[tuple[dict[str, str], str]]:
    tried_with = [(code, code) for code in COUNCIL_OF] + [(ONE, TWO), (TWO, ONE), (ONE, UNKNOWN), (UNKNOWN, ONE)]
    record = "report" if rule.endpoint.startswith("checks.") else "draft"
    for code, owner in tried_with if rule.arguments > {"code"} else [(code, code) for code in (*COUNCIL_OF, UNKNOWN)]:
        made = {
            "code": code, "service_id": service_of(owner, 1), "id": f"{record}-{owner}", "kept": service_of(owner, 1),
            "other": service_of(code, 2), "publication_id": str(STAGED.get(owner, "unknown")),
        }  # fmt: skip
        may = code in (ONE, TWO) and owner == code and leads(who, code, ITS_EDITORS)
        yield {name: made[name] for name in sorted(rule.arguments)}, "done" if may else "gone"


def _of_anybody(rule: Rule, who: str, answered: str) -> Iterator[tuple[dict[str, str], str]]:
    if not rule.arguments:
        yield {}, answered
        return
    known = {name: KNOWN.get(named(KNOWN, rule.endpoint, name) or "", "") for name in sorted(rule.arguments)}
    if all(known.values()):
        is_others = rule.endpoint in OF_THE_LEARNER and who != "learner"
        yield known, "gone" if is_others else "any" if rule.endpoint.startswith("outside.") else answered
    yield dict.fromkeys(sorted(rule.arguments), "unknown"), "gone" if rule.endpoint in OF_WHOM_NOTHING_IS else answered


def ask(app: Flask, cell: Cell) -> TestResponse:
    client = app.test_client()
    if cell.who != VISITOR:
        client.set_cookie("fp_session", f"here-{cell.who}", domain="localhost")
    with app.test_request_context():
        path = app.url_map.bind("localhost").build(cell.endpoint, cell.values, method=None, force_external=False)
    data = {"email": "new@example.org", "role": Role.LEARNER, "asked": "no"} if cell.method == "POST" else None
    try:
        return client.open(path, method=cell.method, headers=cell.headers, data=data)
    except Exception as error:  # What a test server passes on is a 500 elsewhere.
        return TestResponse([repr(error).encode()], "500 Fault", {}, client.get("/healthz").request)


def _came_of_it(cell: Cell, answer: TestResponse) -> str:
    status = answer.status_code
    if status == 303 and str(answer.location).startswith("/sign-in?next="):
        return "sign in"
    return {404: "gone", 403: "refused", 405: "no such method"}.get(status, "done" if status < 400 else "any" if status < 500 else "fault")


_ADDRESS = re.compile(r"[\w.+-]+@example\.org")


def _shown_to(who: str) -> set[str]:
    """The e-mail addresses that somebody may see: one's own and those of whom one leads."""
    mine = {f"{who}@example.org", "new@example.org"}
    for code in COUNCIL_OF:
        if leads(who, code, ITS_LEADS):
            mine |= {f"{person}@example.org" for person, held in HELD.items() for role in held if (role[2] or role[1]) == code}
            mine |= {f"spare-{code}@example.org", f"link-{code}@example.org"} | (
                {"link-third@example.org"} if code == SECOND_PRACTICE else set()
            )
    return mine


def tried(app: Flask, kept: Kept, who: str, only: str = "") -> tuple[int, list[str]]:
    """How many requests one kind of person made, and where what came of one was not what should have."""
    number, wrong = 0, undeclared(app)
    for cell, faults in _answered(app, kept, who, only):
        number += 1
        wrong += [f"{cell}: {fault}" for fault in faults]
    return number, wrong


def missed(app: Flask, kept: Kept, people: Iterable[str], only: str) -> bool:
    """True where some request shows that a guard is gone; the first one that does is the last one made."""
    return any(faults for who in people for _cell, faults in _answered(app, kept, who, only))


def _answered(app: Flask, kept: Kept, who: str, only: str) -> Iterator[tuple[Cell, list[str]]]:
    everybody = {f"{who}@example.org" for who in HELD} | {f"{kind}-{code}@example.org" for code in COUNCIL_OF for kind in ("spare", "link")}
    gone: dict[tuple[str, str], bytes] = {}
    for cell in cells(app, who, only):
        answer = ask(app, cell)
        came = _came_of_it(cell, answer)
        fits = came == cell.expected or (cell.expected == "done" and answer.status_code in (409, 422))
        fits |= cell.expected == "there" and came in ("done", "any")
        fits |= cell.expected == "any" and (came in ("done", "any", "gone") or (came == "sign in" and who == VISITOR))
        faults = [] if fits else [f"{answer.status_code} {answer.location or ''} {answer.text[:99] if came == 'fault' else ''}"]
        if came == "gone" and cell.expected == "gone" and answer.data != gone.setdefault((cell.endpoint, cell.method), answer.data):
            faults.append("says something else than for an unknown one")
        if others := set(_ADDRESS.findall(answer.data.decode(errors="replace"))) & everybody - _shown_to(who):
            faults.append(f"shows {sorted(others)}")
        if cell.method == "POST" and answer.status_code not in (403, 404, 405):
            kept.put_back()
        yield cell, faults
