"""A joint session with forty telephones on one small server: `make bench-joint`.

Two processes serve, as in use. Each telephone asks for its step every two seconds and says something once in a round; the screen asks
twice a second. Measured is the time from pressing to the first screen that counts it. Beside it, in the same run, the same number of
requests to /healthz, which reads nothing: what the machine and the server take by themselves. Then the server is killed while people
press, and started again: what was counted has to be there.
"""

import argparse
import http.client
import os
import random
import re
import statistics
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

from flask import Flask
from sqlalchemy import select

from app import create_app
from app.extensions import db
from app.relationships.sessions import actions
from app.relationships.sessions.models import JointSeat, JointSession, JointVote
from app.relationships.sessions.steps import ASK, Step
from app.tenancy import EVERYTHING, acting
from config import Settings
from tests.journeys.server import Server
from tests.tenants import ONE, PRACTICE, make_places
from tests.web.accounts.browser import new_person, signed_in

AIM = 1.0
"""Seconds in which 95 of 100 presses are to be on the screen."""
ROUND = 4.0
OPTIONS = ("Wait", "Ring", "Visit", "Refer")


@dataclass
class Line:
    """A connection that is kept open, and opened again when it was lost."""

    port: int
    headers: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._connection: http.client.HTTPConnection | None = None

    def ask(self, method: str, path: str, body: str = "") -> tuple[int, str]:
        """The status and the page; 0 where nobody answers."""
        sent = {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin", **self.headers}
        try:
            self._connection = self._connection or http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
            self._connection.request(method, path, body, sent)
            answer = self._connection.getresponse()
            return answer.status, answer.read().decode()
        except (OSError, http.client.HTTPException):
            self._connection = None
            return 0, ""


@dataclass
class Phone:
    """Somebody in the room. `counted` is what the server said that it took, by step."""

    line: Line
    path: str
    counted: dict[int, int] = field(default_factory=dict)
    pressed: list[float] = field(default_factory=list)

    def take_part(self, step: int, ends: float, chance: random.Random) -> None:
        """Look every two seconds, press once in the first half of the round, and again until it is counted."""
        press_at = time.perf_counter() + chance.uniform(0.2, ROUND / 2)
        option = chance.randrange(len(OPTIONS))
        look_at = time.perf_counter() + chance.uniform(0, 2)
        while time.perf_counter() < ends:
            now = time.perf_counter()
            if step not in self.counted and now >= press_at:
                status, _ = self.line.ask("POST", self.path, f"step={step}&option={option}")
                if status == 303:
                    self.counted[step] = option
                    self.pressed.append(now)
                press_at = now + 0.5
            elif now >= look_at:
                self.line.ask("GET", f"{self.path}/step")
                look_at = now + 2
            time.sleep(0.01)


def prepared(folder: Path, server: Server, phones: int, rounds: int) -> tuple[Flask, str, list[Phone], Line]:
    """A session with that many seats, and the screen of whoever leads it."""
    environ = {"DATA_DIR": str(folder), "SECRET_KEY": server.environ["SECRET_KEY"], "PUBLIC_URL": server.url}
    app = create_app(Settings.from_environ(environ))
    with app.app_context():
        make_places()
    person = new_person(app, "wren@example.org", ("learner", ONE, PRACTICE[ONE]))
    with app.app_context(), acting(EVERYTHING):
        steps = [Step(ASK, f"Story {number}", f"Story {number}", "What now?", options=OPTIONS) for number in range(rounds + 2)]
        session = actions.begin(title="Meeting", steps=steps, council=ONE, by=person)
        tokens = [actions.sit_down(session_id=session, side=("gp", "social_work")[number % 2]) for number in range(phones)]
    cookie = signed_in(app, "wren@example.org").token
    screen = Line(server.port, {"Cookie": f"fp_session={cookie}"})
    return app, session, [Phone(Line(server.port), f"/together/seat/{token}") for token in tokens], screen


def a_round(phones: list[Phone], step: int, chance: random.Random) -> list[threading.Thread]:
    """Everybody takes part in one step."""
    ends = time.perf_counter() + ROUND
    seeds = [random.Random(chance.random()) for _ in phones]
    threads = [threading.Thread(target=phone.take_part, args=(step, ends, seed)) for phone, seed in zip(phones, seeds, strict=True)]
    for thread in threads:
        thread.start()
    return threads


def watched(screen: Line, session: str, threads: list[threading.Thread]) -> list[float]:
    """When the screen first counted one answer, two, three, and so on."""
    seen: list[float] = []
    while any(thread.is_alive() for thread in threads):
        _, page = screen.ask("GET", f"/together/lead/{session}/board")
        found = re.search(r"general practice (\d+) of \d+, adult social care (\d+) of", page)
        counted = int(found[1]) + int(found[2]) if found else 0
        seen += [time.perf_counter()] * (counted - len(seen))
        time.sleep(0.5)
    return seen


def turn(app: Flask, session: str, at: int) -> None:
    with app.app_context(), acting(EVERYTHING):
        row = db.session.get_one(JointSession, session)
        actions.turn(session_id=session, what=actions.Turn.NEXT, at=at, by=row.person_id)


def kept(app: Flask, step: int) -> list[int]:
    """What is in the database for a step, one for each seat."""
    with app.app_context(), acting(EVERYTHING):
        rows = db.session.scalars(select(JointVote).join(JointSeat).where(JointVote.step == step)).all()
        return sorted(row.option for row in rows)


def percentiles(times: list[float]) -> str:
    return f"{1000 * statistics.median(times):.0f} | {1000 * statistics.quantiles(times, n=20)[-1]:.0f} | {1000 * max(times):.0f}"


def measured(folder: Path, phones: int, rounds: int) -> bool:
    """Both parts; whether the aims are reached."""
    server = Server(folder, SECRET_KEY="for measuring only")  # noqa: S106 - nobody's
    server.flask("db", "upgrade")
    chance, waits = random.Random(1), list[float]()
    with server:
        app, session, people, screen = prepared(folder, server, phones, rounds)
        for step in range(rounds):
            threads = a_round(people, step, chance)
            seen = watched(screen, session, threads)
            pressed = sorted(phone.pressed[-1] for phone in people if step in phone.counted)
            assert len(seen) == len(pressed) == phones, f"{len(seen)} on the screen, {len(pressed)} counted"
            waits += [shown - began for began, shown in zip(pressed, seen, strict=True)]
            turn(app, session, step)
        floor, line = [], Line(server.port)
        for _ in range(len(waits)):
            began = time.perf_counter()
            line.ask("GET", "/healthz")
            floor.append(time.perf_counter() - began)
        print(f"{phones} telephones, {rounds} rounds, load of the machine {os.getloadavg()[0]:.1f}\n")
        print("| | number | median ms | p95 ms | longest ms |\n|---|---|---|---|---|")
        print(f"| from pressing to the screen | {len(waits)} | {percentiles(waits)} |")
        print(f"| /healthz | {len(floor)} | {percentiles(floor)} |", flush=True)
        threads = a_round(people, rounds, chance)
        time.sleep(ROUND / 4)
        server.kill()
        before = sum(rounds in phone.counted for phone in people)
    for thread in threads:
        thread.join()
    while not server.is_deaf():
        time.sleep(0.1)
    with Server(folder, port=server.port, SECRET_KEY="for measuring only"):  # noqa: S106 - nobody's
        for thread in a_round(people, rounds, chance):
            thread.join()
        said = sorted(phone.counted[rounds] for phone in people if rounds in phone.counted)
    lost = phones - len(kept(app, rounds)) if len(said) == phones else -1
    same = said == kept(app, rounds)
    print(f"\nKilled after {before} of {phones} were counted; after a start {len(said)} were, {lost} lost, all as they were said: {same}.")
    return statistics.quantiles(waits, n=20)[-1] < AIM and same and len(said) == phones


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--phones", type=int, default=40)
    parser.add_argument("--rounds", type=int, default=20)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        raise SystemExit(not measured(Path(name), chosen.phones, chosen.rounds))
