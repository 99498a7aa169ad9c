"""The council's page and the definitions behind its figures."""

from flask import Blueprint, render_template

from app.accounts.access import Audience, open_to
from app.directory import queries as directory
from app.disclosure.control import THRESHOLDS
from app.insights.catalogue import measures
from app.insights.presenters import council_page, too_few
from app.places import queries as places

blueprint = Blueprint("insights", __name__)


@blueprint.get("/council/<code>")
@open_to(Audience.VISITOR)
def council(code: str) -> str | tuple[str, int]:
    """What is counted for one council's area, as far as it may be published. Of one that has ended: what was, and what it became."""
    found = places.council_as_it_was(code)
    if found is None:
        return _unknown()
    return render_template(
        "insights/council.html",
        council=found,
        ended_on=places.ended_on(found.code),
        became=filter(None, map(places.council_or_none, places.became(found.code))),
        forerunners=places.forerunners(found.code),
        page=council_page(code),
        measures=measures(),
        directory=directory.counts(code),
        changed=directory.data_age(),
        limits=THRESHOLDS,
    )


@blueprint.get("/council/<code>/definitions")
@open_to(Audience.VISITOR)
def definitions(code: str) -> str | tuple[str, int]:
    """What each figure means, what it counts and what it cannot say."""
    found = places.council_as_it_was(code)
    if found is None:
        return _unknown()
    return render_template("insights/definitions.html", council=found, measures=measures().values(), limits=THRESHOLDS, too_few=too_few())


def _unknown() -> tuple[str, int]:
    return render_template("insights/unknown_council.html"), 404
