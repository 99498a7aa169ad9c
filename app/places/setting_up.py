"""What a council says of itself, written part by part. Who wrote between somebody's reading and their writing is not overwritten."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.audit.actions import Deed, note
from app.extensions import db
from app.places import records
from app.places.models import Council, District, Neighbourhood, Practice
from app.places.schema import CouncilWords, DistrictEntry, LocalAlternative, NeighbourhoodEntry


class Changed(Exception):
    """Somebody else has changed this part since it was read."""


class NotOurs(Exception):
    """A district or practice that is not in this council's area; its text is the codes."""


def stamp(value: Any) -> str:
    """What a part looked like when it was read: the same for the same content."""
    return hashlib.sha256(json.dumps(value, sort_keys=True, default=str).encode()).hexdigest()[:16]


def words_of(council: Council | records.Council) -> dict[str, Any]:
    """The numbers and words of a council, as they are kept."""
    return {"asc_name": council.asc_name, "contacts": council.contacts, "thresholds": council.thresholds}


def save_words(*, code: str, words: CouncilWords, as_of: str, by: str) -> bool:
    """Keep the name, numbers, forms and thresholds; False where nothing is new. Raises Changed."""
    with _part(code, words_of, as_of) as council:
        new = {"asc_name": words.asc_name, "contacts": words.kept_contacts(), "thresholds": words.thresholds}
        changed = [name for name, value in new.items() if value != words_of(council)[name]]
        council.asc_name, council.contacts, council.thresholds = words.asc_name, words.kept_contacts(), words.thresholds
        if changed:
            note(by=by, what=Deed.COUNCIL_EDITED, about=code, council=code, fields=changed)
    return bool(changed)


def save_alternative(*, code: str, alternative: str, entry: LocalAlternative, as_of: str, by: str) -> bool:
    """Keep what the council says of one alternative; False where nothing is new. Raises Changed."""
    kept = entry.model_dump(mode="json", exclude_defaults=True)
    with _part(code, lambda council: council.alternatives.get(alternative, {}), as_of) as council:
        same = kept == council.alternatives.get(alternative, {})
        others = {name: said for name, said in council.alternatives.items() if name != alternative}
        council.alternatives = others | ({alternative: kept} if kept else {})
        if not same:
            note(by=by, what=Deed.COUNCIL_EDITED, about=alternative, council=code, fields=["alternatives"])
    return not same


def save_checklist(*, code: str, chosen: Iterable[str], as_of: str, by: str) -> bool:
    """Keep what the council needs to know in a referral; False where nothing is new. Raises Changed."""
    with _part(code, lambda council: list(council.checklist), as_of) as council:
        same = list(chosen) == list(council.checklist)
        council.checklist = list(chosen)
        if not same:
            note(by=by, what=Deed.COUNCIL_EDITED, about=code, council=code, fields=["checklist"])
    return not same


def save_districts(*, code: str, entries: Iterable[DistrictEntry], by: str) -> bool:
    """Keep what each district answers for, and its number; False where nothing is new. Raises NotOurs."""
    wanted = {entry.code: entry for entry in entries}
    with db.writing() as session:
        ours = {row.code: row for row in session.scalars(select(District).where(District.council_code == code))}
        if foreign := sorted(set(wanted) - set(ours)):
            raise NotOurs(", ".join(foreign))
        before = [(row.duties, row.number) for row in ours.values()]
        for known, entry in wanted.items():
            ours[known].duties, ours[known].number = [duty.value for duty in entry.duties], entry.number
        if before == [(row.duties, row.number) for row in ours.values()]:
            return False
        note(by=by, what=Deed.COUNCIL_EDITED, about=code, council=code, fields=["duties", "number"])
    return True


def save_neighbourhoods(*, code: str, entries: Iterable[NeighbourhoodEntry], by: str) -> bool:
    """Keep which practice is in which neighbourhood; False where nothing is new. Raises NotOurs."""
    wanted = {practice: entry.name for entry in entries for practice in entry.practices}
    with db.writing() as session:
        ours = set(session.scalars(select(Practice.ods_code).where(Practice.council_code == code)))
        if foreign := sorted(set(wanted) - ours):
            raise NotOurs(", ".join(foreign))
        there = {row.practice_code: row.name for row in session.scalars(select(Neighbourhood).where(Neighbourhood.council_code == code))}
        if there == wanted:
            return False
        session.execute(delete(Neighbourhood).where(Neighbourhood.council_code == code))
        session.add_all(Neighbourhood(practice_code=practice, council_code=code, name=name) for practice, name in wanted.items())
        note(by=by, what=Deed.COUNCIL_EDITED, about=code, council=code, fields=["practice_code"])
    return True


@contextmanager
def _part(code: str, part: Any, as_of: str) -> Iterator[Council]:
    with db.writing() as session:
        council = _locked(session, code)
        if stamp(part(council)) != as_of:
            raise Changed
        yield council


def _locked(session: Session, code: str) -> Council:
    return session.scalars(select(Council).where(Council.code == code).with_for_update()).one()
