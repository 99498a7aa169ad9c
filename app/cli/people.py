"""flask people: the first person of an installation, lost second factors, sessions, keys, and erasures after a restored backup."""

from functools import partial

import click
from flask import current_app
from flask.cli import AppGroup

from app.accounts import actions
from app.accounts.emails import in_one_way
from app.accounts.queries import public_url
from app.content.messages import say

BY = "command line"

group = AppGroup("people", help="The first person, lost second factors, sessions, keys, and erasures after a restored backup.")


@group.command("invite-administrator")
@click.argument("email")
def invite_administrator_command(email: str) -> None:
    """Invite somebody as platform administrator, and print the link, which works once, for seven days."""
    with current_app.test_request_context(base_url=current_app.config["PUBLIC_URL"]):
        try:
            click.echo(actions.make_platform_admin(email=email, address=partial(public_url, "joining.welcome")))
        except actions.NotAnAddress:
            raise click.ClickException(say("accounts.email_wrong")) from None


@group.command("erase-again")
def erase_again_command() -> None:
    """After a backup was restored: erase everybody again who was erased since it was made."""
    click.echo(say("accounts.erased_again", count=actions.erase_again()))


@group.command("end-sessions")
@click.argument("email")
def end_sessions_command(email: str) -> None:
    """Sign somebody out everywhere."""
    _known(actions.end_sessions_by_address(email=in_one_way(email), by=BY))


@group.command("end-all-sessions")
def end_all_sessions_command() -> None:
    """Sign everybody out everywhere."""
    actions.end_everybodys_sessions(by=BY)


@group.command("forget-second-factor")
@click.argument("email")
def forget_second_factor_command(email: str) -> None:
    """For somebody who has lost app and recovery codes: take away app, codes and passkeys, and sign them out everywhere."""
    _known(actions.forget_second_factor(email=in_one_way(email), by=BY))


@group.command("renew-keys")
def renew_keys_command() -> None:
    """After SECRET_KEY was changed: lock what is kept locked under the new one. Exits 1 where something could not be read."""
    renewed, unreadable = actions.renew_locks()
    click.echo(say("accounts.keys_renewed", count=renewed))
    if unreadable:
        raise click.ClickException(say("accounts.keys_unreadable", count=unreadable))


def _known(found: bool) -> None:
    if not found:
        raise click.ClickException(say("accounts.nobody_with_address"))
