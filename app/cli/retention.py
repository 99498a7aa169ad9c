"""flask retention: removing what has been kept for long enough."""

import click
from flask.cli import AppGroup

from app.content.messages import say
from app.content.register import days_kept
from app.jobs import retention
from app.jobs.locks import held

group = AppGroup("retention", help="Removing what has been kept for long enough.")


@group.command("run")
@click.option("--dry-run", is_flag=True, help="Say how many rows each rule would take, and take none.")
def run_command(dry_run: bool) -> None:
    """Remove what is older than content/register.yaml allows, and say how many rows each rule took. The job runner does the same
    once a day. It may be stopped and run again."""
    days = days_kept()
    with held(retention.JOB) as alone:
        if not alone:
            raise click.ClickException(say("retention.busy"))
        for rule in retention.rules():
            count = retention.waiting(rule) if dry_run else retention.apply(rule, by="command line")
            done = "done" if rule.each else "emptied" if rule.instead else "removed"
            said = "retention.would" if dry_run else f"retention.{done}"
            click.echo(say(said, rule=rule.name, count=count, days=days[rule.name]))
