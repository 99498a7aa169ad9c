"""flask people: the first person of an installation, and erasures after a restored backup."""

from functools import partial

import click
from flask import current_app
from flask.cli import AppGroup

from app.accounts import actions
from app.accounts.queries import public_url
from app.content.messages import say

group = AppGroup("people", help="The first person of an installation, and erasures after a restored backup.")


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
