"""How people write identifiers that are not numbers alone, kind by kind. Pure; every pattern is bounded, so time is linear."""

import re
from collections.abc import Iterator

from app.vocabulary.folding import Folded
from app.vocabulary.numbers import GAP

Spans = Iterator[tuple[int, int]]
_ALONE = r"(?<![a-z0-9])", r"(?![a-z0-9])"


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


# National Insurance: two letters, six digits, a letter from A to D.
_INSURANCE = re.compile(rf"[a-z]({GAP}{{0,3}})\d(?:{GAP}{{0,3}}\d){{5}}{GAP}{{0,3}}[a-d]{_ALONE[1]}")
_FIRST_LETTER = re.compile(rf"(?:{_ALONE[0]}|(?<=\bni)|(?<=\bnino))([a-z]){GAP}{{0,3}}$")
_INSURANCE_BEFORE = re.compile(r"(?:\bn\.?i\b\.?|\bnino|insurance|nat\.? ins)\D{0,12}$")
_SMALL_WORDS = _words(
    "ab ad am an as at be bm bp by do dn dr go gp he hr if in is it me my no of off on or ot pm pt rr so sw to up us we wk wt"
)


def insurance(folded: Folded) -> Spans:
    """The likes of "on 20/11/26 a carer came" and "d/c 20/11/26 d/w" are none, unless the words before say that it is one."""
    for found in _INSURANCE.finditer(folded.lower):
        before = folded.lower[max(0, found.start() - 30) : found.start()]
        first = _FIRST_LETTER.search(before)
        if first is None:
            continue
        word = found[1] and (len(first[0]) > 1 or first[1] + found[0][0] in _SMALL_WORDS)
        if not word or _INSURANCE_BEFORE.search(before[: first.start()]):
            yield found.start() - len(first[0]), found.end()


# Dates of birth. Bare dates of later years are taken for dates of care.
_LONG_YEAR = r"(?:19\d\d|200\d|2010)"
_SHORT_YEAR = r"(?:2[89]|[3-9]\d)"
_DAY, _MONTH = r"\d(?<!\d\d)(?:(?<=[0-3])\d)?", r"(?:0?[1-9]|1[0-2])"  # A day begins with a digit, so that a search skips to the next one.
_ORDINAL_DAY = rf"{_DAY}(?:st|nd|rd|th)?"
_NAMED = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_NOT_MEASURED = (
    r"(?!\d)(?![.:]\d)(?!\s?(?:units?|iu|mc?g|mls?|kg|g|cm|mm|%|/|x|hrs?|hours?|mins?|minutes|days?|weeks?|wks?|months?|years?|yrs?|tabs?"
    r"|tablets|people|pages)\b)(?!\s?%)"
)
_JOIN = r"\s?[./\-]\s?"
_ROMAN = r"(?:i{1,3}|iv|vi{0,3}|ix|xi{0,2})"
_BARE_DATES = [
    re.compile(pattern)
    for pattern in (
        rf"{_DAY}(?<!\d[./\-]\d)(?<!\d[./\-]\d\d)({_JOIN})(?:{_MONTH}|{_ROMAN})"
        rf"(?:{_JOIN}{_LONG_YEAR}(?!\d)|\1{_SHORT_YEAR}{_NOT_MEASURED})",
        rf"(?<!\d){_LONG_YEAR}{_JOIN}{_MONTH}{_JOIN}{_DAY}(?!\d)",
        rf"{_ORDINAL_DAY}[\s.,/\-]{{0,3}}(?:of\s)?{_NAMED}[\s.,/'\-]{{0,3}}(?:{_LONG_YEAR}(?!\d)|{_SHORT_YEAR}{_NOT_MEASURED})",
        rf"\b{_NAMED}[\s.]{{1,2}}{_ORDINAL_DAY}[\s,]{{1,3}}{_LONG_YEAR}(?!\d)",
    )
]
_TEN_AND_OVER = r"(?:ten|eleven|twelve|\w{3,5}teen|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[\s\-]\w{3,5})?)"
_DAY_IN_WORDS = (
    r"(?:(?:twenty|thirty)[\s\-])?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|\w{3,5}teenth"
    r"|twentieth|thirtieth)"
)
_AFTER_THE_WORD = re.compile(
    r"\b(?:d\.?\s?o\.?\s?b\b\.?|date of birth|birth\s?date|born|birthday(?=\s(?:is|was|on)\b|:))"
    r"[\s:=.,\-(]{0,4}(?:(?:is|was|on|in)\s){0,3}((?:the\s)?(?:"
    rf"\d{{1,4}}[\s./\-]{{1,3}}\d{{1,2}}[\s./\-]{{1,3}}\d{{2,4}}(?!\d)|\d{{6}}(?:\d\d)?(?!\d)|(?:19|20)\d\d(?!\d)"
    rf"|{_ORDINAL_DAY}[\s./\-]?(?:of\s)?{_NAMED}\b(?:[\s.,/'\-]{{1,3}}(?:\d{{4}}|\d\d)(?!\d))?"
    rf"|{_DAY_IN_WORDS}\s(?:of\s)?{_NAMED}\b(?:[\s,]{{1,2}}nineteen(?:\s(?:hundred(?:\sand)?|oh))?[\s\-](?:{_TEN_AND_OVER}|\w{{3,5}}))?"
    rf"|\d\d{_NOT_MEASURED}))"
)


def bare_births(folded: Folded) -> Spans:
    """Dates up to 2010, or 1928 to 1999 with two figures."""
    for pattern in _BARE_DATES:
        yield from (found.span() for found in pattern.finditer(folded.lower))


def said_births(folded: Folded) -> Spans:
    """Any date that is said to be one of birth."""
    yield from (found.span(1) for found in _AFTER_THE_WORD.finditer(folded.lower))


# Postcodes: whole ones; the first half alone points to thousands of homes.
_AREAS = _words(
    "ab al b ba bb bd bh bl bn br bs bt ca cb cf ch cm co cr ct cv cw da dd de dg dh dl dn dt dy e ec eh en ex fk fy g gl gu gy "
    "ha hd hg hp hr hs hu hx ig im ip iv je ka kt kw ky l la ld le ll ln ls lu m me mk ml n ne ng nn np nr nw ol ox pa pe ph pl "
    "po pr rg rh rm s sa se sg sk sl sm sn so sp sr ss st sw sy ta td tf tn tq tr ts tw ub w wa wc wd wf wn wr ws wv yo ze"
)
_INWARD = "[abd-hjlnp-uw-z]"
_POSTCODE = re.compile(rf"{_ALONE[0]}([a-z0][a-z]?)\d[a-z\d]?({GAP}{{0,3}})(\d({GAP}?){_INWARD}{{2}}){_ALONE[1]}")
_SPACED_POSTCODE = re.compile(
    rf"{_ALONE[0]}([a-z0](?:{GAP}[a-z])?){GAP}\d(?:{GAP}[a-z\d])?{GAP}{{1,3}}\d{GAP}?{_INWARD}{GAP}?{_INWARD}{_ALONE[1]}"
)
_ORDINALS = frozenset({"1st", "2nd", "3rd", "4th", "5th", "6th", "7th", "8th", "9th"})


def postcodes(folded: Folded) -> Spans:
    """With a nought typed for the O of an area, too. "L4 3rd visit" and "S2 3 yrs" are none."""
    for found in _SPACED_POSTCODE.finditer(folded.lower):
        if _is_area(re.sub(GAP, "", found[1])):
            yield found.span()
    for found in _POSTCODE.finditer(folded.lower):
        small = not folded.text[found.end() - 1].isupper()
        ordinal = found[2] and found[3] in _ORDINALS
        if _is_area(found[1]) and not (small and (ordinal or found[4])):
            yield found.span()


def _is_area(letters: str) -> bool:
    return letters.replace("0", "o") in _AREAS


# E-mail addresses, with "at" and "dot" in words or in brackets.
_EMAIL = re.compile(r"(?<![a-z0-9._%+'\-])[a-z0-9._%+'\-]{1,64}@(?:[a-z0-9\-]{1,63}\.){1,5}[a-z]{2,24}")
_DOT = r"(?:\s?[.,]\s?|\s?[(\[{]\s?(?:dot|\.)\s?[)\]}]\s?|\sdot\s|-dot-)"
_DISGUISED = re.compile(
    r"(@\s{0,2}|[(\[{]\s?(?:at|@)\s?[)\]}]\s?|(?<=\s)at\s|-at-)"
    rf"((?:[a-z0-9\-]{{1,40}}?{_DOT}){{1,5}})(?:org|com|net|uk|gov|info|edu|eu|io|biz|ie|scot|wales|london)\b"
)
_BEFORE_AT = re.compile(
    r"[a-z0-9._%+'\-]{1,64}?(?:(?:\s?[(\[{]\s?dot\s?[)\]}]\s?|\s(?:dot|underscore|dash|hyphen)\s|-dot-)[a-z0-9_%+'\-]{1,40}){0,4}\s{0,2}$"
)
_WORDED_DOT = re.compile(r"dot|[(\[{]|\s[.,]")
_ADDRESS_ASKED = re.compile(r"(?:mail|contact|write to|reply to)[\s:]{0,3}$")


def emails(folded: Folded) -> Spans:
    """A plain "at" makes one only where a dot is in words, or what stands before it is no word."""
    yield from (found.span() for found in _EMAIL.finditer(folded.lower))
    for found in _DISGUISED.finditer(folded.lower):
        before = _BEFORE_AT.search(folded.lower[max(0, found.start() - 90) : found.start()])
        if before is None:
            continue
        start = found.start() - len(before[0])
        asked = _ADDRESS_ASKED.search(folded.lower[max(0, start - 12) : start])
        if asked or found[1].strip() != "at" or _WORDED_DOT.search(found[2]) or not before[0].strip().isalpha():
            yield start, found.end()


# Numbers of hospitals, cases and accounts.
_NUMBER_WORDS = r"(?:no|nos|number|numbers|num|numb|id|ref|reference|code)"
_REFERENCE = re.compile(
    r"\b(hosp(?:ital)?|hosp\.|case|ref(?:erence)?|mrn|las|cad|incident|crime|claim|client|unit|patient|pt|emis|system ?one|systmone|mosaic"
    r"|liquidlogic|police|account|acc|policy|tenancy|badge|pals|wristband|safeguarding|log)"
    rf"((?:[\s.:#'()\-=]{{0,3}}{_NUMBER_WORDS}\b|[\s.]{{0,2}}{_NUMBER_WORDS}(?=\d)|\s(?:is|says|log)){{0,4}}[\s.:#'()\-=]{{0,4}})"
    r"([a-z]{0,2}\s?\d{3}\s\d{3,4}|[a-z0-9]{1,14}(?:[/\-][a-z0-9]{1,12}){0,3})(?![a-z0-9])"
)
_BARE_REFERENCE = re.compile(rf"{_ALONE[0]}[a-z]{{1,3}}\d{{6,7}}{_ALONE[1]}")
_NO_REFERENCE = re.compile(r"\d{1,4}[/\-]\d{1,2}[/\-]\d{2,4}|\d{1,3}[/\-]\d{1,3}|(?:19|20)\d\d(?:[/\-]\d\d)?")
_OWN_WORDS = frozenset(["mrn", "las", "cad", "emis", "mosaic", "liquidlogic"])
_SAYS_NUMBER = re.compile(rf"{_NUMBER_WORDS}|[#:]")


def references(folded: Folded) -> Spans:
    """Five digits after such a word; four where they come with letters or "number". A year, a date or a pressure is none."""
    yield from (found.span() for found in _BARE_REFERENCE.finditer(folded.lower))
    for found in _REFERENCE.finditer(folded.lower):
        digits = sum(character.isdigit() for character in found[3])
        marked = _SAYS_NUMBER.search(found[2]) or found[1] in _OWN_WORDS or not found[3].isdigit()
        if digits >= (4 if marked else 5) and not _NO_REFERENCE.fullmatch(found[3]):
            yield found.span(3)


# Addresses: a house number, up to four words, and a word for a street.
_STREET = r"street|road|avenue|lane|terrace|crescent|rd|ave|ln"
_IN_CAPITALS = (
    r"close|drive|way|court|place|park|hill|gardens|grove|square|sq|row|mews|walk|view|rise|green|parade|croft|fold|house|cottages|st|cres"
)
_ALSO_SMALL = frozenset(["way", "gardens", "grove", "mews", "house", "court"])
_ADDRESS = re.compile(
    r"(?<![\w.£/])((?:flat|apartment|apt)\s)?(\d{1,4}[a-z]?(?:-\d{1,4})?),?[ \t]{1,2}"
    rf"((?:(?:st\.|[a-z][a-z']*)[ \t]{{1,2}}){{1,4}}?)({_STREET}|{_IN_CAPITALS})\b"
    rf"(?:[ \t](?:{_STREET}|{_IN_CAPITALS})\b|,[ \t]{{0,2}}(?:(?:st\.|[a-z][a-z']*)[ \t]){{1,3}}?(?:{_STREET})\b){{0,2}}"
)
_NO_STREET = _words(
    "a an and any are as at back be bed bedroom bedrooms beds big bungalow busy bus but by calls car carer carers care children "
    "cup daughters day days different door doors down each extra fall falls feet flat flights floor foot for friends from gp had "
    "has hospital hour hours hr hrs in into is it km kids last lives long main mile miles min mins minute minutes month months "
    "more mph my near new next no not of off on one or other out outside over people per pm place quiet room rooms same she he "
    "sisters sons stairs steep step steps storey story than that the then there they this times to towards until up visits walk "
    "ward was way week weeks went were which wide with yard yards year years"
)


def addresses(folded: Folded) -> Spans:
    """Words for streets that are words for other things count in capitals only, or after a flat's number."""
    for found in _ADDRESS.finditer(folded.lower):
        words = found[3].split()
        written = folded.text[found.start(3) : found.end(4)]
        capitals = not written.isupper() and all(word[0].isupper() for word in written.split() if word not in ("of", "on", "the"))
        known = re.fullmatch(_STREET, found[4]) or capitals or found[1] or (found[4] in _ALSO_SMALL and len(words) == 1)
        if known and (capitals or not _NO_STREET.intersection(words)):
            yield found.span()


# A title and a name. In small letters only after the titles that are nothing else.
_NAME = r"(?:[A-Z]\.?[ \t]){0,3}((?:(?:van|de|der|den|von|di|da|la|le)[ \t]){0,3}[A-Z][A-Za-z'\-]+)"
_TITLED = re.compile(
    rf"\b(?:(?:Mr|Mrs|MR|MRS|mr|mrs)\.?(?:\s(?:and|&|AND)\s(?:Mrs|MRS|mrs)\.?)?|Ms|Miss|MISS|Dr|DR|Mx|Rev|REV|Sir|Lady|Father|Sister|Master"
    rf"|Prof|PROF|Professor)(?:\.\s?|[ \t]|\n){_NAME}"
)
_TITLED_SMALL = re.compile(r"\b(?:[Mm]r|[Mm]rs)(?:\.\s?|\s)([a-z][a-z'\-]+)")
_NO_NAME = _words(
    "and is has had was who he she says said will would can could with in on at for to of the a an not or but her his needs doses "
    "angio scan angiogram spine head needed requested"
)


def names(folded: Folded) -> Spans:
    """The name after a title. "MR" may be a scan and "DR" come before what a doctor did."""
    for pattern in (_TITLED, _TITLED_SMALL):
        yield from (found.span(1) for found in pattern.finditer(folded.text) if found[1].lower() not in _NO_NAME)


# Plates of vehicles.
_PLATE = re.compile(rf"(?<![A-Za-z0-9])[A-Z]{{2}}\d\d({GAP}{{0,2}})([A-Z]{{3}})(?![A-Za-z0-9])")
_JOINED_PLATE = re.compile(rf"{_ALONE[0]}[a-z]{{2}}\d\d([a-z]{{3}}){_ALONE[1]}")
_PLATE_BEFORE = re.compile(r"\b(?:reg(?:istration)?|plate|vrm|car|van|vehicle)\b(?:\s(?:no|number|mark|plate|is)\b){0,3}[\s.:=]{0,3}")
_PLATE_SAID = re.compile(
    rf"(?:[A-Za-z]{{2}}\d\d{GAP}{{0,2}}[A-Za-z]{{3}}|[A-Z]{GAP}?[A-Z](?:{GAP}?\d){{2}}{GAP}{{0,2}}[A-Z]{GAP}?[A-Z]{GAP}?[A-Z]"
    rf"|[A-Z]\s?\d{{1,3}}\s?[A-Z]{{3}}|[A-Z]{{3}}\s?\d{{1,3}}[A-Z]?)(?![A-Za-z0-9])"
)
_NO_PLATE = _words(
    "and but day due for had has her him his hrs iui kgs mcg mgs min mls mmh new not now old per reg sat she tab the via was yet you"
)


def plates(folded: Folded) -> Spans:
    """Today's form in capitals or in one word, and older forms after "reg". "NG27 FOR" is guidance."""
    yield from (found.span() for found in _PLATE.finditer(folded.text) if found[2].lower() not in _NO_PLATE)
    yield from (found.span() for found in _JOINED_PLATE.finditer(folded.lower) if found[1] not in _NO_PLATE)
    for before in _PLATE_BEFORE.finditer(folded.lower):
        if said := _PLATE_SAID.match(folded.text, before.end()):
            yield said.span()
