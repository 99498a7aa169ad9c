"""flask audit: whether the audit trail is whole."""

import click
from flask.cli import AppGroup

from app.audit import queries
from app.audit.chain import START, Head
from app.content.messages import say

group = AppGroup("audit", help="Who did what, and whether that record is whole.")


@group.command("head")
def head_command() -> None:
    """The number and hash of the last entry, to keep elsewhere."""
    click.echo(str(queries.head()))


@group.command("verify")
@click.option("--head", "written", metavar="NUMBER:HASH", help="A head that was kept elsewhere: shows whether the end was cut off.")
def verify_command(written: str | None) -> None:
    """Follow the chain of entries. Exits 1 and names the first that was changed, taken out, moved or cut off."""
    try:
        known = Head.read(written) if written else START
    except ValueError:
        raise click.ClickException(say("audit.no_head")) from None
    head, broken = queries.verify(known)
    if broken:
        raise click.ClickException(say(f"audit.broken.{broken.fault}", number=broken.number, good=head.number))
    click.echo(say("audit.whole", head=head))
    if not written:
        click.echo(say("audit.no_end"))
