"""Parts of clean clinical lines with numbers that name nobody."""

import random

Part = object


def pressures(r: random.Random) -> str:
    return "BP " + ", ".join(f"{r.randrange(90, 190)}/{r.randrange(50, 105)}" for _ in range(r.randrange(1, 4)))


def observations(r: random.Random) -> str:
    return f"HR {r.randrange(48, 130)} RR {r.randrange(12, 30)} sats {r.randrange(84, 100)}% T {r.randrange(340, 395) / 10}"


def weights(r: random.Random) -> str:
    first = r.randrange(400, 900)
    return "wt " + ", ".join(f"{(first - 9 * step) / 10}" for step in range(r.randrange(1, 4))) + " kg"


def bloods(r: random.Random) -> str:
    return f"Hb {r.randrange(70, 150)} eGFR {r.randrange(14, 90)} K {r.randrange(31, 62) / 10} HbA1c {r.randrange(38, 110)}"


def dose(r: random.Random) -> str:
    drug = r.choice(
        ("apixaban 2.5mg bd", "bisoprolol 1.25mg", "insulin {}/{} units", "furosemide {}mg om", "levothyroxine {}mcg", "senna {} nocte")
    )
    return drug.format(r.randrange(10, 80), r.randrange(10, 40))


def soon(r: random.Random) -> str:
    day, month = r.randrange(1, 29), r.randrange(1, 13)
    told = r.choice(("since", "appt", "d/c", "review", "last seen", "panel", "fell"))
    return f"{told} " + r.choice(
        (f"{day}.{month}.26", f"{day:02}/{month:02}/2026", f"{day}/{month}/25", f"{day:02}.{month:02}.2027", f"2026-{month:02}-{day:02}")
    )


def clock(r: random.Random) -> str:
    return f"{r.choice(('visit', 'carers at', 'rang', 'found'))} {r.randrange(24):02}:{r.randrange(6)}{r.randrange(10)}"


def money(r: random.Random) -> str:
    return f"pays £{r.randrange(80, 1500)}{r.choice(('', '.50', ' a week'))}, savings £{r.randrange(1, 60)},{r.randrange(1000):03}"


def score(r: random.Random) -> str:
    return r.choice(("AMTS {}/10", "MMSE {}/30", "Barthel {}/20", "CFS {}", "4AT {}", "PHQ-9 {}", "pain {}/10", "MUST {}")).format(
        r.randrange(1, 10)
    )


def care(r: random.Random) -> str:
    return r.choice(
        ("POC {}x/day", "carers {} x day, {} mins", "{} calls a day", "night sits {} of {}", "{} hours a week DP", "A of {} for transfers")
    ).format(r.randrange(1, 5), r.randrange(15, 60))


PEOPLE = (
    "82F lives alone", "78M w/ wife 80", "93yo in sheltered flat",
    "my mum, 86", "Parkinson's, 71", "couple aged 88 and 90", "LD, 45, with parents",
    "91F CFS 7", "ex-miner 84 COPD", "wife 79 is main unpaid carer",
    "he is 97", "Alzheimer's since 2019", "66F MS, EDSS 7", "74M post CVA 2024",
)  # fmt: skip
ASKED = (
    "ring 111 if worse", "999 if chest pain", "NICE NG27 plan",
    "NG97 review", "falls service 2 week wait", "Marie Curie nights", "Macmillan aware",
    "0808 157 0123 helpline given", "0300 line tried", "room 4 at 2pm",
    "form SR1 sent", "May need respite", "Hope to go home", "see GP in 6/52",
    "r/v 3/12", "OT 18 week list", "no road access to street door",
    "3 streets from the surgery", "2 doors down the lane", "drives to the close at 4",
)  # fmt: skip
KINDS = (PEOPLE, ASKED, (pressures, observations), (weights, bloods), (dose,), (soon, clock), (money, score), (care,))
