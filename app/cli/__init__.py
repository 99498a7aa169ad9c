"""The commands, all under `flask`."""

from flask import Flask

from app.cli import (
    assistant,
    audit,
    content,
    council,
    database,
    demo,
    directory,
    insights,
    jobs,
    people,
    places,
    retention,
    search,
    training,
)
from app.cli.serve import serve_command
from app.cli.succession import succeed_command


def init_app(app: Flask) -> None:
    """Put this feature in place."""
    for part in (
        assistant,
        audit,
        content,
        council,
        database,
        demo,
        directory,
        insights,
        jobs,
        people,
        places,
        retention,
        search,
        training,
    ):
        app.cli.add_command(part.group)
    council.group.add_command(succeed_command)
    app.cli.add_command(serve_command)
