"""flask content: the files that Fingerpost speaks from."""

from datetime import date

import click
from flask import current_app
from flask.cli import AppGroup

from app.content.kinds import check

group = AppGroup("content", help="The files that Fingerpost speaks from.")


@group.command("check")
def check_command() -> None:
    """Check every content file: file, line, what is wrong and what to do. Exits 1 when something is."""
    report = check(current_app._get_current_object(), date.today())  # type: ignore[attr-defined]
    for name, number in sorted(report.files.items()):
        click.echo(f"{name}: {number} file(s)")
    # A day that has passed is listed and is no error: a build must not turn red by itself.
    for path in report.overdue:
        click.echo(f"{path}: past its next review date. Review it and set new dates.")
    for path, withdrawn in report.withdrawn.items():
        click.echo(f"{path}: withdrawn from {withdrawn.on.day} {withdrawn.on:%B %Y}. {withdrawn.why}")
    for problem in report.problems:
        click.echo(str(problem), err=True)
    if report.problems:
        raise SystemExit(1)
    click.echo("No problems found.")
