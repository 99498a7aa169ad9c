"""Writes hard.yaml and composed.yaml: `python -m tests.unit.vocabulary.identifiers.make`. The same seed gives the same files.

Every identifier is one that nobody has: NHS numbers from 999, numbers like a CHI that fail its check, National Insurance
prefixes that are not given out, districts of postcodes and years of plates that do not exist, Ofcom's numbers for drama,
example.org. What must be caught stands between « and ».
"""

import random
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from tests.unit.vocabulary.identifiers import clean_parts as parts

HERE = Path(__file__).resolve().parent
EACH = 420
COMPOSED = 320
LETTERS = "ABCDEFGHJKLMNPRSTUVWXY"
FRAMES = (
    "{0}", "82F, {0}, 2 falls", "{0} lives alone", "78M {0} BP 140/90, sats 94%", "pls see {0} today", "mum ({0}) won't eat",
    "re {0}: needs OT", "Falls x3\n{0}\nno POC", "d/c 20/11/26 {0} DN aware", "{0}; dementia; wanders", "my dad {0} needs a stairlift",
    "thanks {0}", "aged 84 - {0} - housebound", "COPD 30mg pred. {0}. Wife exhausted",
)  # fmt: skip
GAPS = ("", " ", "-", ".", "/", "  ", " - ", "\u00a0", "\u2009", "\u2013", "\u200b", "_", "\n", " . ", "\u2022", "\t", "\u2060")
DIGITS = ("0123456789", "０１２３４５６７８９", "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹", "०१२३४५६७८९", "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗")
WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")


def passes(number: str) -> bool:
    """True where ten digits pass the check of the NHS number, which the CHI shares."""
    rest = 11 - sum(int(digit) * weight for digit, weight in zip(number, range(10, 1, -1), strict=False)) % 11
    return rest % 11 == int(number[9]) and rest != 10


def groups(number: str, *sizes: int) -> list[str]:
    found, start = [], 0
    for size in sizes:
        found.append(number[start : start + size])
        start += size
    return found


def other_digits(text: str, r: random.Random) -> str:
    return text.translate(str.maketrans(DIGITS[0], r.choice(DIGITS[1:]))) if r.random() < 0.2 else text


def nhs_number(r: random.Random) -> str:
    number = f"999{r.randrange(10**7):07}"
    kind = r.random()
    if kind < 0.05:
        written = " ".join(WORDS[int(digit)] for digit in number)
    elif kind < 0.12:
        written = r.choice(GAPS[1:7]).join(groups(number, 3, 3, 4)).replace("0", r.choice("Oo")).replace("1", r.choice("lI1"))
        return r.choice(("NHS No: ", "nhs number ")) + f"«{written}»"
    elif kind < 0.24:
        gap = r.choice(GAPS[1:9])
        return r.choice(("NHS No: ", "nhs number is ", "NHS ")) + f"«{gap.join(r.choice((number, groups(number, 2, 2, 2, 2, 2))))}»"
    else:
        sizes = r.choice(((3, 3, 4), (3, 3, 4), (3, 3, 4), (10,), (5, 5), (4, 3, 3), (6, 4)))
        written = other_digits(r.choice(GAPS).join(groups(number, *sizes)), r)
    return r.choice(("", "NHS No: ", "nhs no ", "NHS number\n", "NHS#", "her NHS number is ")) + f"«{written}»"


def chi(r: random.Random) -> str:
    number = "0101000000"
    while passes(number) or number == "0101000000":
        number = f"{r.randrange(1, 29):02}{r.randrange(1, 13):02}{r.randrange(25, 60)}{r.randrange(10**4):04}"
    sizes = r.choice(((10,), (6, 4), (6, 4), (3, 3, 4)))
    return r.choice(("CHI ", "CHI number: ", "chi no ", "", "CHI\n")) + f"«{other_digits(r.choice(GAPS).join(groups(number, *sizes)), r)}»"


def national_insurance(r: random.Random) -> str:
    number = r.choice(("QQ", "ZZ", "BG", "GB", "KN", "NK", "NT", "TN")) + f"{r.randrange(10**6):06}" + r.choice("ABCD")
    gap = r.choice(GAPS)
    sizes = (9,) if r.random() < 0.3 else r.choice(((2, 2, 2, 2, 1), (2, 6, 1), (2, 2, 2, 3)))
    written = r.choice((str, str.lower))(gap.join(groups(number, *sizes)))
    return r.choice(("NI ", "NINO: ", "national insurance number ", "", "NI no. ")) + f"«{other_digits(written, r)}»"


def birth_date(r: random.Random) -> str:
    day, month, year = r.randrange(1, 29), r.randrange(1, 13), r.randrange(1930, 2000)
    name = MONTHS[month - 1]
    ordinal = f"{day}{'th' if 10 < day < 20 else ('th', 'st', 'nd', 'rd', *['th'] * 6)[day % 10]}"
    told = r.choice(("dob ", "DOB: ", "D.O.B. ", "date of birth ", "born ", "born on the ", "DoB\n", "birthday is ", "d.o.b "))
    gap = r.choice(("/", "-", ".", " / ", "\u2215", "\uff0f", "\u2010", "\u2013"))
    unmistakable = (
        f"{day:02}{gap}{month:02}{gap}{year}", f"{day}{gap}{month}{gap}{year}", f"{year}-{month:02}-{day:02}", f"{day} {name} {year}",
        f"{ordinal} {name} {year}", f"{ordinal} of {name}, {year}", f"{name} {day}, {year}", f"{day}-{name[:3]}-{year}",
        f"{day} {name[:3].lower()} {year % 100}", f"{day}{gap}{month}{gap}{year % 100}", f"{name[:3].upper()} {ordinal} {year}",
    )  # fmt: skip
    after_the_word = (
        f"{day:02}{month:02}{year}", f"{day:02} {month:02} {year}", f"{day:02} {month:02} {year % 100}", f"{ordinal} {name}",
        f"{day} {name} '{year % 100}", f"{day:02}{month:02}{year % 100}",
    )  # fmt: skip
    if r.random() < 0.3:
        return f"{told}«{other_digits(r.choice(after_the_word), r)}»"
    return r.choice((told, "", "")) + f"«{other_digits(r.choice(unmistakable), r)}»"


def postcode(r: random.Random) -> str:
    area = r.choice(("OL", "SW", "M", "B", "LS", "WV", "TF", "SY", "TW", "HX", "BD", "N", "E", "G", "CF", "PR", "NW", "L", "S", "PL", "KT"))
    outward = f"{area}{r.choice(('96', '97', '98', '99'))}"
    inward = f"{r.randrange(10)}{r.choice('ABDEFGHJLNPQRSTUWXYZ')}{r.choice('ABDEFGJLNPQRSTUWXYZ')}"
    kind = r.random()
    if kind < 0.15:
        written = r.choice((" ", "-", ".")).join(outward + inward)
    elif kind < 0.25:
        written = f"{outward} {inward}".replace("O", "0")
    else:
        written = other_digits(outward + r.choice(("", " ", " ", *GAPS)) + inward, r)
    return (
        r.choice(("", "postcode ", "lives ", "pc: ", "Post code\n"))
        + f"«{r.choice((str, str.lower))(written) if kind > 0.15 else written}»"
    )


def phone(r: random.Random) -> str:
    area, rest = r.choice(
        (("01632", "960"), ("0113", "496 0"), ("0161", "496 0"), ("0121", "496 0"), ("020", "7946 0"), ("07700", "900"), ("07700", "900"))
    )
    number = f"{area}{rest.replace(' ', '')}{r.randrange(1000):03}"
    gap = r.choice(GAPS)
    head, tail = number[: len(area)], number[len(area) :]
    half = gap.join((tail[:-3], tail[-3:])) if r.random() < 0.5 else tail
    spoken = " ".join(r.choice(("oh", "zero")) if digit == "0" else WORDS[int(digit)] for digit in number)
    plain = (
        head + gap + half, number, f"({head}) {half}", f"+44 {head[1:]}{gap}{half}", f"+44 (0){head[1:]}{gap}{half}",
        f"0044{gap}{head[1:]}{gap}{half}", f"+44{number[1:]}", gap.join(number),
    )  # fmt: skip
    written = other_digits(r.choice(plain), r) if r.random() < 0.9 else spoken
    after = r.choice(("", "", "", " ext 12", " x204"))
    return r.choice(("", "tel ", "mob: ", "ring ", "daughter ", "T. ", "call me on ")) + f"«{written}»{after}"


def email(r: random.Random) -> str:
    local = r.choice(("jo.bloggs", "ann", "j_smith", "sam-lee", "mary1938", "o.neill+mum", "jo%home", "x", "son.of.mary", "P.O.A"))
    host = r.choice(("example.org", "mail.example.org", "nhs.example.org"))
    at = r.choice(("@", "@", " @ ", "(at)", " (at) ", "[at]", " at ", " AT ", "{at}", "\uff20", "(@)"))
    dot = r.choice((".", ".", " . ", " dot ", "(dot)", "[dot]", " DOT ", "\uff0e"))
    if at.strip() == "at" and dot.strip() == ".":
        dot = " dot "
    if "dot" in dot.lower() and r.random() < 0.5:
        local = local.replace(".", dot)
    return r.choice(("", "email ", "e-mail: ", "contact ", "write to ")) + f"«{local}{at}{host.replace('.', dot)}»"


def reference(r: random.Random) -> str:
    told = r.choice(
        ("hospital number", "hosp no", "Hosp No:", "MRN", "case ref",
        "case no.", "ref:", "reference number", "LAS ref", "patient id", "ref no",
         "EMIS no", "Mosaic ID", "Liquidlogic", "incident number", "crime number",
         "claim no", "unit no", "client id", "ref", "Case number #")
    )  # fmt: skip
    digits = f"{r.randrange(10**4, 10**7)}"
    written = r.choice(
        (f"{r.choice(LETTERS)}{digits}", f"{r.choice(LETTERS)}{r.choice(LETTERS)}-{digits}", f"{digits[:3]}-{digits}", digits)
    )
    return f"{told} «{other_digits(r.choice((written, f'ASC/2026/{digits}')), r)}»"


def address(r: random.Random) -> str:
    house = r.choice(
        (f"{r.randrange(1, 200)}", f"{r.randrange(1, 60)}{r.choice('abcAB')}", f"{r.randrange(1, 90)},", f"Flat {r.randrange(1, 20)},")
    )
    name = r.choice(("Acacia", "Station", "Oak Tree", "St Mary's", "Victoria", "Lower Mill", "Elm", "Queen's", "Ashfield", "Old Hall"))
    strong = r.choice(("Street", "Road", "Avenue", "Lane", "Terrace", "Crescent", "Rd", "Ave", "St.", "Ln"))
    written = r.choice(
        (f"{house} {name} {strong}",) * 2 + (f"{house} {name} {r.choice(('Close', 'Drive', 'Way', 'Court', 'Gardens', 'Place'))}",)
    )
    style = r.choice((str, str, str.upper, str.lower)) if strong in written and strong not in ("St.", "Ln") else str
    return r.choice(("", "lives at ", "address: ", "home is ", "visit ")) + f"«{style(written)}»"


def title_name(r: random.Random) -> str:
    title = r.choice(("Mr", "Mrs", "Ms", "Miss", "Dr", "Mr.", "Mrs.", "Rev", "Prof"))
    name = r.choice(
        ("Okafor", "Bloggs", "Patel", "Smith-Jones", "Nowak", "O'Neill", "McDonald", "Begum", "Rose", "Young", "Mark", "Hughes")
    )
    written = r.choice((f"{title} «{name}»", f"{title} {r.choice(LETTERS)} «{name}»", f"{title}\u00a0«{name}»", f"Mr and Mrs «{name}»"))
    return r.choice((str, str, str.upper))(written) if title not in ("Ms", "Mx") else written


def plate(r: random.Random) -> str:
    letters = [r.choice(LETTERS) for _ in range(5)]
    area, number, end = "".join(letters[:2]), r.randrange(80, 100), "".join(letters[2:])
    written = f"{area}{number}{r.choice(('', ' ', ' ', '-', chr(0xA0), chr(0x200B)))}{end}"
    if r.random() < 0.5:
        return (
            r.choice(("reg ", "number plate ", "car reg: ", "registration ")) + f"«{other_digits(r.choice((written, written.lower())), r)}»"
        )
    return r.choice(("", "drives ", "his car, ")) + f"«{written}»"


CLASSES: Mapping[str, Callable[[random.Random], str]] = {
    made.__name__: made
    for made in (nhs_number, chi, national_insurance, birth_date, postcode, phone, email, reference, address, title_name, plate)
}


def hard() -> dict[str, list[str]]:
    """At least 400 different sentences for each class."""
    r = random.Random(20261122)
    found = {}
    for name, made in CLASSES.items():
        sentences: dict[str, None] = {}
        while len(sentences) < EACH:
            sentences[r.choice(FRAMES).format(made(r))] = None
        found[name] = list(sentences)
    return found


def composed() -> list[str]:
    """Clean lines of the numbers that clinical notes are full of, put together from written parts."""
    r = random.Random(1122)
    lines: dict[str, None] = {}
    while len(lines) < COMPOSED:
        chosen = [part(r) if callable(part) else part for part in (r.choice(kind) for kind in r.sample(parts.KINDS, r.randrange(2, 5)))]
        lines[r.choice((", ", ". ", "; ", " ")).join(chosen)] = None
    return list(lines)


def quoted(text: str) -> str:
    """A YAML string in which everything that cannot be seen is written as an escape."""
    named = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"}
    hidden = ("Cf", "Cc", "Zs")
    shown = [f"\\u{ord(c):04x}" if c != " " and c not in named and unicodedata.category(c) in hidden else named.get(c, c) for c in text]
    return '"' + "".join(shown) + '"'


def as_yaml(lists: Mapping[str, Sequence[str]]) -> str:
    return "".join(f"{name}:\n" + "".join(f"- {quoted(line)}\n" for line in lines) for name, lines in lists.items())


if __name__ == "__main__":
    (HERE / "hard.yaml").write_text(as_yaml(hard()), encoding="utf-8")
    (HERE / "composed.yaml").write_text(as_yaml({"composed": composed()}), encoding="utf-8")
