"""flask council: what a council says of itself."""

from functools import partial
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup
from sqlalchemy.exc import DBAPIError

from app.accounts import actions as accounts
from app.accounts import queries as people
from app.accounts.roles import OF_A_COUNCIL, OF_A_PRACTICE, Role
from app.content.messages import say
from app.content.problems import ContentError
from app.content.reading import read_yaml
from app.places import actions
from app.places.actions import CouncilFile
from app.places.schema import InvitationEntry
from app.tenancy import EVERYTHING, acting
from app.vocabulary import queries as vocabulary

group = AppGroup("council", help="What a council says of itself: its numbers, forms and towns.")


@group.command("load")
@click.argument("file", type=click.Path(path_type=Path))
def load_command(file: Path) -> None:
    """Load a council's YAML file. Says which numbers it does not give. Exits 1 where the file cannot be used."""
    try:
        council = read_yaml(file, CouncilFile)
    except OSError as error:
        raise click.ClickException(say("places.no_file", path=file, why=error.strerror)) from None
    except ContentError as error:
        raise click.ClickException(str(error)) from None
    _refuse_unusable(file, council)
    try:
        tally = actions.load_council(council=council, by="command line")
    except actions.NotOurs as error:
        raise click.ClickException(say("places.council_not_ours", path=file, codes=error)) from None
    except DBAPIError as error:
        raise click.ClickException(say("places.database", why=error.orig)) from None
    what = "loaded" if tally.new else "changed" if tally.changed else "unchanged"
    click.echo(say(f"places.council_{what}", name=council.name))
    for invited in council.invitations:
        if _invite(council.code, invited):
            click.echo(say("places.council_invited", email=invited.email, role=say(f"role.{invited.role}")))
    if council.missing():
        click.echo(say("places.council_missing", fields=", ".join(council.missing())))


def _refuse_unusable(file: Path, council: CouncilFile) -> None:
    """What the schema cannot see: ids that do not exist, duties, and roles that are given elsewhere."""
    if unknown := sorted(set(council.alternatives) - set(vocabulary.alternatives())):
        raise click.ClickException(say("places.council_unknown_alternatives", path=file, ids=", ".join(unknown)))
    if unknown := sorted(set(council.checklist) - {item.id for item in vocabulary.every_told()}):
        raise click.ClickException(say("places.council_unknown_checklist", path=file, ids=", ".join(unknown)))
    known = vocabulary.alternatives()
    if owed := sorted(name for name, entry in council.alternatives.items() if known[name].duty and not entry.offered):
        raise click.ClickException(say("places.council_owed", path=file, ids=", ".join(owed)))
    if wrong := [entry.email for entry in council.invitations if not people.can_be_written_to(entry.email)]:
        raise click.ClickException(say("places.council_wrong_email", path=file, emails=", ".join(wrong)))
    if wrong := [entry.email for entry in council.invitations if entry.role not in (OF_A_PRACTICE if entry.practice else OF_A_COUNCIL)]:
        raise click.ClickException(say("places.council_wrong_role", path=file, emails=", ".join(wrong)))


def _invite(council: str, entry: InvitationEntry) -> bool:
    """Send the invitation, unless this person has the role or an invitation to it already."""
    role, practice = Role(entry.role), entry.practice
    if people.is_expected(entry.email, role, council, practice):
        return False
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    with app.test_request_context(base_url=app.config["PUBLIC_URL"]), acting(EVERYTHING):
        accounts.invite(
            email=entry.email, role=role, council=council, practice=practice, by="command line",
            address=partial(people.public_url, "joining.welcome"),
        )  # fmt: skip
    return True
