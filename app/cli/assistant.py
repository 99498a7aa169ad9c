"""flask assistant: ask from the command line."""

import csv
import json
import sys

import click
from flask.cli import AppGroup

from app.assistant.actions import NotOpen, UnknownId, ask, settle_report, switch_off, switch_on
from app.assistant.answering import Conversation
from app.assistant.explaining import explained
from app.assistant.knowledge import knowledge
from app.assistant.local import UnknownPlace, local
from app.assistant.queries import open_reports, switched_off
from app.assistant.reporting import Outcome, Report
from app.content.messages import say
from app.vocabulary.guarding import Identifies

group = AppGroup("assistant", help="The assistant, from the command line.")


@group.command("ask")
@click.argument("text")
@click.option("--json", "as_json", is_flag=True, help="The whole answer, as POST /api/assistant gives it.")
@click.option("--council", help="GSS code of the council that the patient lives in.")
@click.option("--near", help="A postcode, or a practice's ODS code.")
def ask_command(text: str, as_json: bool, council: str | None, near: str | None) -> None:
    """Ask about one situation. Nothing of TEXT is kept."""
    try:
        place = local(council, near)
    except UnknownPlace as error:
        raise click.ClickException(say(f"assistant.unknown_{error}")) from None
    _, data = ask(Conversation((text,), {}, {}), place, new_turn=False)
    if as_json:
        click.echo(json.dumps(data, ensure_ascii=False, indent=1))
        return
    for flag in data["red_flags"]:
        click.secho(f"CHECK FIRST: {flag['label']}", bold=True)
        click.echo(f"  {flag['action']}{_past(flag)}")
    click.echo("Read as: " + (", ".join(need["label"] for need in data["needs"]) or "-"))
    for place_in_list, item in enumerate(data["alternatives"], 1):
        click.echo(f"{place_in_list:2} {item['label']} ({', '.join(reason['text'] for reason in item['because'][:3])}){_past(item)}")
    if data["question"]:
        options = " / ".join(option["text"] for option in data["question"]["options"])
        click.echo(f"One question: {data['question']['text']} [{options}]{_past(data['question'])}")


def _past(shown: dict[str, str]) -> str:
    return " " + say("assistant.past_review", day=shown["past_review"]) if shown["past_review"] else ""


@group.command("explain")
@click.argument("text")
def explain_command(text: str) -> None:
    """How TEXT is read and ranked, stage by stage: every class, rule and point. Nothing of TEXT is kept."""
    known = knowledge()
    for line in explained(text, known):
        click.echo(line)


@group.command("rules")
def rules_command() -> None:
    """A table (CSV) of every rule with its tests: what it gives, from what, what it must read and pass over."""
    table = csv.writer(sys.stdout)
    table.writerow(["rule", "gives", "when", "holds for", "does not hold for", "source"])
    known = knowledge()
    for rule in known.lexicon.rules.values():
        when = f"{' + '.join(rule.all)} in one {rule.reach}" + (f", not near {', '.join(rule.none)}" if rule.none else "")
        table.writerow([rule.id, rule.gives, when, " | ".join(rule.reads), " | ".join(rule.passes_over), rule.source])
    for ranking in known.ranking.rules:
        cases = [" | ".join(", ".join(case) for case in table_half) for table_half in (ranking.holds_for, ranking.not_for)]
        table.writerow([ranking.id, "ranking", ranking.when, *cases, ranking.source])


@group.command("off")
@click.argument("identity", metavar="ID")
@click.option("--reason", required=True, help="Why, in a few words; the page shows it. No names.")
def off_command(identity: str, reason: str) -> None:
    """Switch off a rule or an alternative at once, without a deploy."""
    try:
        switch_off(identity=identity, reason=reason[:200], by="command line")
    except UnknownId:
        raise click.ClickException(say("assistant.unknown_id", id=identity)) from None
    except Identifies as error:
        raise click.ClickException(str(error)) from None
    click.echo(say("assistant.off", id=identity))
    known = knowledge()
    if identity in known.lexicon.rules and known.lexicon.rules[identity].gives in known.vocabulary.red_flags:
        click.echo(say("assistant.off_danger", id=identity))


@group.command("on")
@click.argument("identity", metavar="ID")
def on_command(identity: str) -> None:
    """Use a rule or an alternative again."""
    try:
        switch_on(identity=identity, by="command line")
    except UnknownId:
        raise click.ClickException(say("assistant.not_off", id=identity)) from None
    click.echo(say("assistant.on", id=identity))


@group.command("switches")
def switches_command() -> None:
    """What is switched off, and why."""
    off = switched_off()
    for identity, reason in off.items():
        click.echo(f"{identity}: {reason}")
    if not off:
        click.echo(say("assistant.none_off"))


@group.command("reports")
def reports_command() -> None:
    """A table (CSV) of the reports of wrong answers that nobody has settled yet, the oldest first."""
    waiting = open_reports()
    if not waiting:
        click.echo(say("assistant.report.none"))
        return
    table = csv.writer(sys.stdout)
    table.writerow(["number", "day", *Report.model_fields])
    for item in waiting:
        fields = item.report.model_dump(mode="json").values()
        table.writerow([item.number, item.day, *(" ".join(field) if isinstance(field, list) else field for field in fields)])


@group.command("settle")
@click.argument("number", type=int)
@click.argument("outcome", type=click.Choice([outcome.value for outcome in Outcome]))
def settle_command(number: int, outcome: str) -> None:
    """Take a report out of the queue, saying what came of it."""
    try:
        settle_report(id=number, by="command line", outcome=Outcome(outcome))
    except NotOpen:
        raise click.ClickException(say("assistant.report.not_open", number=number)) from None
    click.echo(say("assistant.report.settled", number=number))
