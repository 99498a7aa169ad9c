"""flask council succeed: councils end, and others take over."""

from collections import Counter
from datetime import date
from pathlib import Path

import click
from flask.cli import with_appcontext
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from app.accounts import following as accounts
from app.audit.actions import Deed, note
from app.content.messages import say
from app.content.problems import ContentError
from app.content.reading import read_yaml
from app.directory import following as directory
from app.directory.publishing import in_turn
from app.places import actions as places
from app.places.actions import Moved, NotPossible, Succession
from app.signposts import following as signposts

BY = "command line"


class _TakenBack(Exception):
    """Ends the transaction of what was only tried, or left something over."""


@click.command("succeed")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--yes", is_flag=True, help="Do it. Otherwise it is tried, told and taken back.")
@with_appcontext
def succeed_command(file: Path, yes: bool) -> None:
    """Let councils end and others take over, as the YAML file FILE says: all of it at one moment, or nothing."""
    try:
        plan = read_yaml(file, Succession)
    except OSError as error:
        raise click.ClickException(say("places.no_file", path=file, why=error.strerror)) from None
    except ContentError as error:
        raise click.ClickException(str(error)) from None
    if yes and plan.day > date.today():
        raise click.ClickException(say("places.succession_to_come", path=file, day=plan.day))
    if places.is_done(plan):
        click.echo(say("places.succession_done"))
        return
    parts: list[Moved] = []
    try:
        in_turn(lambda _session: _move(_session, plan, parts, keep=yes))
    except NotPossible as error:
        raise click.ClickException(say(f"places.{error.reason}", path=file, codes=", ".join(error.codes))) from None
    except DBAPIError as error:
        raise click.ClickException(say("places.database", why=error.orig)) from None
    except _TakenBack:
        _tell(parts)
        if any(part.left for part in parts):
            raise click.ClickException(say("places.succession_refused")) from None
        click.echo(say("places.succession_tried"))
        return
    _tell(parts)
    click.echo(say("places.succession_kept"))


def _move(_session: Session, plan: Succession, parts: list[Moved], *, keep: bool) -> None:
    parts[:] = [places.take_over(plan=plan)]
    parts += [accounts.follow_councils(plan=plan, by=BY), directory.follow_councils(plan=plan, by=BY), signposts.follow_councils(plan=plan)]
    for code in (*plan.ended, *plan.codes):
        note(by=BY, what=Deed.COUNCIL_SUCCEEDED, about=code, council=code)
    if not keep or any(part.left for part in parts):
        raise _TakenBack


def _tell(parts: list[Moved]) -> None:
    rows = sum((part.rows for part in parts), Counter[str]())
    for table, count in sorted(rows.items()):
        click.echo(say("places.succession_row", table=table, count=count))
    for part in parts:
        for table, codes in sorted(part.left.items()):
            click.echo(say("places.succession_left", table=table, codes=", ".join(codes)), err=True)
