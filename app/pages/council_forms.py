"""The forms of a council's start. What they accept is what a council's file accepts: both are read by the same schema."""

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from wtforms import BooleanField, Form, StringField, TextAreaField

from app.content.messages import say
from app.places.actions import CouncilWords, DistrictEntry, Duty, LocalAlternative, NeighbourhoodEntry
from app.places.queries import Council, District, Practice
from app.vocabulary.guarding import ORGANISATIONS, Identifies, NoIdentifiers, refuse_identifiers

LINES = ("asc_day", "asc_out_of_hours", "safeguarding", "urgent_community_response")
PARTS = ("number", "hours", "note")

_OURS = NoIdentifiers(ORGANISATIONS)
M = TypeVar("M", bound=BaseModel)


def _tidy(text: str | None) -> str:
    """On one line, without signs that nobody sees: some turn a number round, and PostgreSQL refuses one of them."""
    return " ".join("".join(sign for sign in text or "" if sign.isprintable() or sign.isspace()).split())


class SchemaForm(Form):
    """A form whose fields are those of a schema; each problem that the schema finds stands at its field, in our words."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self:
            field.label.text = say(f"set_up.{field.short_name}")
            field.description = say(f"set_up.{field.short_name}_hint")

    def sent(self) -> dict[str, Any]:
        """What was sent, in the shape of the schema; a field left empty was not sent."""
        return {field.short_name: field.data for field in self if field.data not in ("", None)}

    def read_as(self, schema: type[M]) -> M | None:
        """The schema's object, or None with the problems at their fields."""
        try:
            return schema.model_validate(self.sent())
        except ValidationError as error:
            for problem in error.errors():
                self._at(problem)
        return None

    def _at(self, problem: Any) -> None:
        name = "_".join(str(part) for part in problem["loc"] if part != "contacts")
        kind = "too_long" if problem["type"] == "string_too_long" else name.rsplit("_", 1)[-1]
        limit = problem.get("ctx", {}).get("max_length", "")
        if name in self._fields:
            self._fields[name].errors = [say(f"set_up.problem.{kind}", most=limit)]
        else:
            self.form_errors.append(say("set_up.problem.day_with_figure"))


class WordsForm(SchemaForm):
    """The council's own name for adult social care, its numbers, its form and its thresholds."""

    asc_name = StringField(filters=[_tidy], validators=[_OURS])
    asc_day_number = StringField(filters=[_tidy], validators=[_OURS])
    asc_day_hours = StringField(filters=[_tidy], validators=[_OURS])
    asc_day_note = StringField(filters=[_tidy], validators=[_OURS])
    asc_out_of_hours_number = StringField(filters=[_tidy], validators=[_OURS])
    asc_out_of_hours_hours = StringField(filters=[_tidy], validators=[_OURS])
    asc_out_of_hours_note = StringField(filters=[_tidy], validators=[_OURS])
    safeguarding_number = StringField(filters=[_tidy], validators=[_OURS])
    safeguarding_hours = StringField(filters=[_tidy], validators=[_OURS])
    safeguarding_note = StringField(filters=[_tidy], validators=[_OURS])
    urgent_community_response_number = StringField(filters=[_tidy], validators=[_OURS])
    urgent_community_response_hours = StringField(filters=[_tidy], validators=[_OURS])
    urgent_community_response_note = StringField(filters=[_tidy], validators=[_OURS])
    asc_form_url = StringField(filters=[_tidy], validators=[_OURS])
    asc_email = StringField(filters=[_tidy], validators=[_OURS])
    thresholds = TextAreaField(filters=[_tidy], validators=[_OURS])

    @staticmethod
    def of(council: Council) -> dict[str, Any]:
        """The fields as the council has them now."""
        lines = {f"{line}_{part}": council.contacts.get(line, {}).get(part, "") for line in LINES for part in PARTS}
        ways = {name: council.contacts.get(name, "") for name in ("asc_form_url", "asc_email")}
        return {"asc_name": council.asc_name or "", "thresholds": council.thresholds} | lines | ways

    def sent(self) -> dict[str, Any]:
        flat = super().sent()
        contacts = {line: {part: flat.pop(f"{line}_{part}") for part in PARTS if f"{line}_{part}" in flat} for line in LINES}
        return flat | {"contacts": contacts}

    def validate(self, extra_validators: Any = None) -> bool:
        return super().validate(extra_validators) and self.read_as(CouncilWords) is not None

    def read(self) -> CouncilWords:
        """What was sent and is in order."""
        return CouncilWords.model_validate(self.sent())


class AlternativeForm(SchemaForm):
    """What a council says of one alternative. One that the law requires cannot be said not to be offered."""

    offered = BooleanField()
    name = StringField(filters=[_tidy], validators=[_OURS])
    number = StringField(filters=[_tidy], validators=[_OURS])
    professionals = StringField(filters=[_tidy], validators=[_OURS])
    form_url = StringField(filters=[_tidy], validators=[_OURS])
    who_may = StringField(filters=[_tidy], validators=[_OURS])
    cost = StringField(filters=[_tidy], validators=[_OURS])
    wait = StringField(filters=[_tidy], validators=[_OURS])
    wait_on = StringField(filters=[_tidy], validators=[_OURS])
    result = StringField(filters=[_tidy], validators=[_OURS])
    result_on = StringField(filters=[_tidy], validators=[_OURS])
    note = TextAreaField(filters=[_tidy], validators=[_OURS])

    def __init__(self, *args: Any, owed: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._owed = owed

    @staticmethod
    def of(said: Mapping[str, Any]) -> dict[str, Any]:
        """The fields as the council has them now."""
        return {"offered": True} | dict(said)

    def validate(self, extra_validators: Any = None) -> bool:
        if not super().validate(extra_validators) or self.read_as(LocalAlternative) is None:
            return False
        if self._owed and not self.offered.data:
            self.offered.errors = [say("set_up.owed")]
        return not self.errors

    def read(self) -> LocalAlternative:
        """What was sent and is in order."""
        return LocalAlternative.model_validate(self.sent())


def as_entries(known: Iterable[District], typed: Any = None) -> list[dict[str, Any]]:
    """The rows of the districts' page: as they are kept, or as they were typed."""
    return [
        {
            "code": one.code, "name": one.name,
            "duties": typed.getlist(f"duties-{one.code}") if typed else list(one.duties),
            "number": typed.get(f"number-{one.code}", "") if typed else one.number or "",
        }
        for one in known
    ]  # fmt: skip


def districts_sent(typed: Any, known: Iterable[District]) -> dict[str, DistrictEntry | ValidationError]:
    """Each district as it was sent, or what is wrong with it."""
    found: dict[str, DistrictEntry | ValidationError] = {}
    for row in as_entries(known, typed):
        try:
            known_duties = [duty for duty in row["duties"] if duty in list(Duty)]
            found[row["code"]] = DistrictEntry(code=row["code"], duties=tuple(known_duties), number=_tidy(row["number"]) or None)
        except ValidationError as error:
            found[row["code"]] = error
    return found


def problems_in(sent: Mapping[str, DistrictEntry | ValidationError]) -> dict[str, str]:
    """What to say at each district that is not in order."""
    return {code: say("set_up.problem.number", most="") for code, row in sent.items() if isinstance(row, ValidationError)}


def neighbourhoods_sent(typed: Iterable[tuple[Practice, str]]) -> list[NeighbourhoodEntry] | str:
    """The practices by the neighbourhood that was typed for them; those left empty are in none. A problem is a sentence."""
    groups: dict[str, list[str]] = {}
    for practice, name in typed:
        if _tidy(name):
            groups.setdefault(_tidy(name), []).append(practice.ods_code)
    try:
        for name in groups:
            refuse_identifiers(name, ORGANISATIONS)
        return [NeighbourhoodEntry(name=name, practices=tuple(codes)) for name, codes in groups.items()]
    except Identifies as error:
        return str(error)
    except ValidationError:
        return say("set_up.neighbourhood")


def as_file(council: Council, districts: Iterable[District], practices: Iterable[tuple[Practice, str]]) -> dict[str, Any]:
    """A council's file, as `flask council load` reads it back."""
    groups: dict[str, list[str]] = {}
    for practice, name in practices:
        if name:
            groups.setdefault(name, []).append(practice.ods_code)
    lines = {line: {part: text for part, text in council.contacts[line].items() if text} for line in LINES if line in council.contacts}
    ways = {name: council.contacts[name] for name in ("asc_form_url", "asc_email") if name in council.contacts}
    content: dict[str, Any] = {"code": council.code, "name": council.name}
    content |= {"is_demonstration": True} if council.is_demonstration else {}
    content |= {"asc_name": council.asc_name} if council.asc_name else {}
    content |= {"thresholds": council.thresholds} if council.thresholds else {}
    content |= {"checklist": list(council.checklist)} if council.checklist else {}
    content |= {"contacts": lines} | ways
    content |= {"alternatives": {name: dict(said) for name, said in council.alternatives.items()}} if council.alternatives else {}
    content |= {
        "districts": [
            {"code": one.code, "duties": list(one.duties)} | ({"number": one.number} if one.number else {}) for one in districts
        ],
        "neighbourhoods": [{"name": name, "practices": codes} for name, codes in sorted(groups.items())],
    }  # fmt: skip
    return content
