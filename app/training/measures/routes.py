"""The page of a module for those who write it.

Modules are files of the installation and belong to no council, so whoever keeps the installation keeps them, too: the page is for
platform administrators. Councils have figures of their own on their page.
"""

from datetime import UTC, datetime

from flask import Blueprint, abort, render_template

from app.accounts.access import Audience, open_to
from app.training import queries as training
from app.training.measures import queries
from app.training.measures.catalogue import declared
from app.training.measures.presenters import measure_page

blueprint = Blueprint("measures", __name__)


@blueprint.get("/training/measures")
@open_to(Audience.PLATFORM_ADMIN)
def modules() -> str:
    """Every module, to choose one."""
    return render_template("training/measures/modules.html", modules=training.modules().values())


@blueprint.get("/training/<slug>/measures")
@open_to(Audience.PLATFORM_ADMIN)
def of_module(slug: str) -> str:
    """What answers say about the questions of a module, and about what people learned."""
    module = training.modules().get(slug) or abort(404)
    known = declared()
    page = measure_page(module, queries.counts(slug, module.head.version), known.limits, datetime.now(UTC).date())
    definitions = {one.id.value: one for one in known.measures}
    return render_template("training/measures/module.html", module=module, page=page, definitions=definitions)
