"""The API's description: the files content/api.yaml and content/oruk.yaml, with the shapes that the code itself checks put in."""

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
    for operations in document["paths"].values():
        for operation in operations.values():
            operation["parameters"] = [_whole(document, parameter) for parameter in operation.get("parameters", [])]
    return document


def _whole(document: dict[str, Any], parameter: dict[str, Any]) -> dict[str, Any]:
    """A parameter that several addresses share is written down once, and said at each."""
    shared = parameter.get("$ref", "").rpartition("/")[2]
    return document["components"]["parameters"][shared] if shared else parameter
