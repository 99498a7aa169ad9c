"""A module as its author writes it: everything on one page, which loads itself again when a file changes. Only for the author's own
machine: `flask training preview` adds these pages, and no served installation has them."""

from pathlib import Path

from flask import Blueprint, Response, render_template, request, url_for

from app.accounts.access import Audience, open_to
from app.content.problems import ContentError
from app.training import catalogue
from app.training.catalogue import Module, figures_without_source
from app.training.schema import Form
from app.vocabulary import queries as vocabulary
from app.vocabulary.catalogue import support_of


def preview_of(folder: Path) -> Blueprint:
    """The pages that show the module in a folder."""
    blueprint = Blueprint("preview", __name__, url_prefix="/preview")

    @blueprint.get("")
    @open_to(Audience.VISITOR)
    def page() -> str:
        """The module, or what is wrong with it."""
        state = _state(folder)
        try:
            module = _checked(folder)
        except ContentError as error:
            return render_template("training/preview/wrong.html", folder=folder, problems=error.problems, asking=_asking(state))
        forms = {form: module.form(form) for form in Form}
        return render_template("training/preview/module.html", module=module, forms=forms, asking=_asking(state))

    @blueprint.get("/changed")
    @open_to(Audience.VISITOR)
    def changed() -> Response:
        """Asked by the page every second; htmx loads the page again where the answer says so."""
        answer = Response(status=204)
        if request.args.get("since") != _state(folder):
            answer.headers["HX-Refresh"] = "true"
        return answer

    return blueprint


def _asking(state: str) -> str:
    return url_for("preview.changed", since=state)


def _state(folder: Path) -> str:
    try:
        return catalogue.digest(catalogue.written(folder))
    except ContentError as error:
        return catalogue.digest({"wrong": str(error)})


def _checked(folder: Path) -> Module:
    words = vocabulary.vocabulary()
    module = catalogue.read(folder, sources=words.sources, alternatives=words.alternatives)
    if problems := [*figures_without_source(module, support_of(words))]:
        raise ContentError(problems)
    return module
