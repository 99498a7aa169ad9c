"""The API's description: the file content/api.yaml, with the shapes that the code itself checks put in."""

from copy import deepcopy
from pathlib import Path
from typing import Any

from app.assistant import queries as assistant
from app.pages.catalogue import api
from app.search import queries as search


def description(root: Path) -> dict[str, Any]:
    """The whole OpenAPI 3.1 document."""
    document = deepcopy(api(root))
    document["components"]["schemas"] |= assistant.body_schemas()
    parameters = search.parameter_schemas()
    for parameter in document["paths"]["/api/search"]["get"]["parameters"]:
        parameter["schema"] = parameters[parameter["name"]]
    return document
