"""flask training: modules and attempts in the formats of other systems."""

import json
from collections.abc import Callable
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup
from sqlalchemy.exc import DBAPIError
from werkzeug.serving import run_simple

from app.content.messages import say
from app.content.problems import ContentError
from app.content.reading import read_text
from app.training import queries
from app.training.catalogue import Module
from app.training.interchange import banks, drafts, folder, moodle_xml
from app.training.interchange import queries as records
from app.training.interchange.drafts import Draft
from app.training.interchange.scorm.package import package
from app.training.interchange.told import bank_of, category_of
from app.training.interchange.xapi import Teller
from app.training.preview import preview_of

group = AppGroup("training", help="Modules and attempts in the formats of other systems.")
FORMATS: dict[str, Callable[[Module], bytes]] = {
    "scorm12": package,
    "gift": lambda module: banks.write(bank_of(module), lambda form: category_of(module, form)).encode(),
    "moodle-xml": lambda module: moodle_xml.write(bank_of(module), lambda form: category_of(module, form)),
}
"""What makes a file of a module, by the name of its format."""


@group.command("export")
@click.argument("slug")
@click.option("--format", "form", required=True, type=click.Choice(list(FORMATS)), help="What is to read the file.")
@click.option("--output", "output", required=True, type=click.Path(path_type=Path), help="Where to write it.")
def export_command(slug: str, form: str, output: Path) -> None:
    """Write a module as a SCORM 1.2 package, or its questions as GIFT or Moodle XML. Exits 1 where that cannot be."""
    written = FORMATS[form](_module(slug))
    _write(output, written)
    click.echo(say("interchange.exported", path=output, size=len(written)))


@group.command("import-gift")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--module", "target", required=True, type=click.Path(path_type=Path), help="The folder to make, in training_modules.")
def import_gift_command(file: Path, target: Path) -> None:
    """Begin a module from a GIFT file. Says of each question that was not taken over whole why, and what to do. Exits 1 where none was."""
    try:
        draft = drafts.read(read_text(file))
    except OSError as error:
        raise click.ClickException(say("interchange.no_file", path=file, why=error.strerror)) from None
    except ContentError as error:
        raise click.ClickException(str(error)) from None
    _report(file, draft)
    if not draft.questions:
        raise click.ClickException(say("interchange.no_questions", path=file))
    try:
        folder.write(target, draft)
    except folder.Taken:
        raise click.ClickException(say("interchange.taken", path=target)) from None
    except OSError as error:
        raise click.ClickException(say("interchange.not_written", path=error.filename, why=error.strerror)) from None
    click.echo(say("interchange.imported", count=len(draft.questions), path=target))
    if draft.left:
        click.echo(say("interchange.left_over", count=len(draft.left), path=target / folder.LEFT_OVER))


@group.command("export-attempts")
@click.option("--output", "output", required=True, type=click.Path(path_type=Path), help="Where to write the statements, one a line.")
@click.option("--module", "slug", help="Only attempts at this module.")
def export_attempts_command(output: Path, slug: str | None) -> None:
    """Write every attempt as xAPI 1.0.3 statements, as lines of JSON. Nobody is named; a second export has the same ids. Exits 1 where
    the file cannot be written."""
    if slug:
        _module(slug)
    teller, statements = Teller(current_app.config["PUBLIC_URL"], current_app.config["SECRET_KEY"]), 0
    try:
        output.touch(mode=0o600)
        with (
            output.open("w", encoding="utf-8") as file,
            click.progressbar(length=records.count(slug), label=say("interchange.reading")) as bar,
        ):
            for attempt, module in records.recorded(slug):
                for statement in teller.statements(attempt, module):
                    file.write(json.dumps(statement, ensure_ascii=False) + "\n")
                    statements += 1
                bar.update(1)
    except OSError as error:
        raise click.ClickException(say("interchange.not_written", path=output, why=error.strerror)) from None
    except DBAPIError as error:
        raise click.ClickException(say("interchange.database", why=error.orig)) from None
    click.echo(say("interchange.told", path=output, count=statements))


@group.command("preview")
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--port", default=5051, show_default=True, help="Where the page is to be found on this machine.")
def preview_command(folder: Path, port: int) -> None:
    """Show a module as it is written, for its author: the page loads itself again when a file of it is saved."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    app.register_blueprint(preview_of(folder.resolve()))
    click.echo(say("training_preview.at", address=f"http://127.0.0.1:{port}/preview"))
    try:
        run_simple("127.0.0.1", port, app, threaded=True)
    except SystemExit:
        raise click.ClickException(say("training_preview.taken", port=port)) from None


def _report(file: Path, draft: Draft) -> None:
    for remark in draft.remarks:
        why, fix = say(f"interchange.lost_{remark.what.value}"), say(f"interchange.mend_{remark.what.value}")
        click.echo(say("interchange.remark", path=file, line=remark.line, name=remark.name, why=why, fix=fix), err=True)


def _module(slug: str) -> Module:
    found = queries.modules()
    if slug not in found:
        raise click.ClickException(say("interchange.no_module", slug=slug, known=", ".join(found)))
    return found[slug]


def _write(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as error:
        raise click.ClickException(say("interchange.not_written", path=path, why=error.strerror)) from None
