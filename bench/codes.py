"""Codes of signposts: ten million drawn, a million guessed, every wrong character tried: `make bench-codes`.

Guesses have the right check character, as somebody's would who knows how codes are made, and go by sheets, the quickest way in: a
signed-in member of a council's team sends 2,000 at a time. First with the limits that everybody has, then without.
"""

import argparse
import secrets
import tempfile
import time
from array import array
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

from flask import Flask

from app.accounts.limits import LIMITS
from app.extensions import db
from app.signposts.models import Signpost
from app.signposts.sheet import MOST_LINES
from app.tenancy import EVERYTHING, acting
from app.ui.numbers import LETTERS, as_kept, in_groups, new_number
from bench.training import made
from tests.tenants import ONE, PRACTICE, make_places
from tests.web.accounts.browser import Browser, new_person, signed_in

BATCH = 20_000
WRONG = 20_000
"""Codes of which every character is put wrong in every way."""


def as_number(code: str) -> int:
    """The code without its check character, as 60 bits."""
    found = 0
    for letter in code[:12]:
        found = 32 * found + LETTERS.index(letter)
    return found


def collisions(drawn: "array[int]") -> int:
    """How many were drawn before."""
    ordered = sorted(drawn)
    return sum(one == other for one, other in zip(ordered, ordered[1:], strict=False))


def draw(number: int) -> None:
    """Draw so many codes, and as many numbers of twelve digits, which is how NHS e-Referral booking references look."""
    print("| codes | drawn | drawn twice | seconds |\n|---|---|---|---|")
    for name, one in (("ours", lambda: as_number(new_number())), ("twelve digits", lambda: secrets.randbelow(10**12))):
        began = time.perf_counter()
        drawn = array("Q", (one() for _ in range(number)))
        print(f"| {name} | {number:,} | {collisions(drawn)} | {time.perf_counter() - began:.0f} |", flush=True)


def mistype() -> None:
    """Put each character of many codes wrong in every way, and change each two neighbours."""
    passed, tried = Counter[str](), Counter[str]()
    for _ in range(WRONG):
        code = new_number()
        for place, right in enumerate(code):
            for letter in LETTERS:
                if letter != right:
                    tried["one wrong"] += 1
                    passed["one wrong"] += as_kept(code[:place] + letter + code[place + 1 :]) is not None
            if place and code[place - 1] != right:
                tried["neighbours changed"] += 1
                passed["neighbours changed"] += as_kept(code[: place - 1] + right + code[place - 1] + code[place + 1 :]) is not None
    print("\n| mistyped | tried | taken for a code |\n|---|---|---|")
    for kind, number in tried.items():
        print(f"| {kind} | {number:,} | {passed[kind]} |", flush=True)


def fill(live: int) -> None:
    """Keep so many signposts of one council, all of which can be answered."""
    rest = {"council_code": ONE, "practice_code": PRACTICE[ONE], "given_on": datetime.now(UTC).date(), "alternatives": ["telecare"]}
    for _ in range(0, live, BATCH):
        with acting(EVERYTHING), db.writing() as session:
            codes = [new_number() for _ in range(BATCH)]
            session.add_all(Signpost(code=code, pressed=code, services=[], needs=[], **rest) for code in codes)


def guess(browser: Browser, number: int) -> Counter[str]:
    """Send so many random codes in sheets; how many were answered as there, as not there, or not looked at."""
    found: Counter[str] = Counter()
    for _ in range(0, number, MOST_LINES - 1):
        lines = [f"{in_groups(new_number())},started" for _ in range(MOST_LINES - 1)]
        answer = browser.post(f"/council/{ONE}/signposts/sheet", {"lines": "\n".join(["code,outcome", *lines])})
        kept = int(answer.text.split(" lines were kept")[0].rsplit(">", 1)[1].split(" of ")[0]) if answer.status_code == 200 else 0
        found.update({"accepted": kept, "looked up": len(lines) * (answer.status_code == 200), "sent": len(lines)})
        found["too often"] += len(lines) * (answer.status_code == 429)
    return found


def attacked(app: Flask, live: int, guesses: int) -> int:
    """Guess with the limits and without; how many guesses were accepted."""
    with app.app_context():
        make_places()
        fill(live)
    new_person(app, "dove@example.org", ("social_worker", ONE, None))
    browser, accepted = signed_in(app, "dove@example.org"), 0
    limits = LIMITS["signposts.sheet"]
    print(f"\n{live:,} live codes of the council.\n\n| limits | guesses | refused | looked up | accepted |\n|---|---|---|---|---|")
    for name, of_them in (("as they are", limits), ("none", ())):
        LIMITS["signposts.sheet"] = of_them
        found = guess(browser, guesses)
        accepted += found["accepted"]
        numbers = (found[what] for what in ("sent", "too often", "looked up", "accepted"))
        print(f"| {name} | {' | '.join(f'{number:,}' for number in numbers)} |", flush=True)
    return accepted


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--codes", type=int, default=10_000_000)
    parser.add_argument("--live", type=int, default=1_000_000)
    parser.add_argument("--guesses", type=int, default=1_000_000)
    chosen = parser.parse_args()
    draw(chosen.codes)
    mistype()
    with tempfile.TemporaryDirectory() as folder, made(f"sqlite:///{folder}/codes.sqlite3", "", Path(folder)) as app:
        raise SystemExit(attacked(app, chosen.live, chosen.guesses) > 0)
