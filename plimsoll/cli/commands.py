"""Every command. Each reads the clock once and passes the time on."""

import json
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import click
from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

from plimsoll.allocations.commands import cycle
from plimsoll.cli import Refusal, generated
from plimsoll.cli.worker import work
from plimsoll.core.workflow import Refused
from plimsoll.desk.demo import make as make_demonstration
from plimsoll.desk.doctor import findings
from plimsoll.evidence.commands import COMMANDS as evidence_commands
from plimsoll.evidence.suggest_commands import suggest
from plimsoll.framework.report import check_folder
from plimsoll.schools.commands import COMMANDS as people_commands


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def plimsoll() -> None:
    """School improvement casework for local authorities.

    A new authority, in order:

    \b
      plimsoll policy check                  is the authority's policy sound?
      plimsoll migrate                       make or update the database
      plimsoll import gias FILE --la 341     the register of schools
      plimsoll import ofsted FILE            inspections
      plimsoll import-folder FOLDER --la 341 every published file in a folder
      plimsoll sources                       what is published, and what of it is held
      plimsoll adduser EMAIL NAME --role admin
      plimsoll cycle open 2026-27            an allocation for every school
      plimsoll doctor                        what is missing or misconfigured?

    Then `plimsoll suggest` says what published evidence suggests for each school.

    DATABASE_URL chooses the database for every command; without it, a SQLite file under
    var/. PLIMSOLL_AUTHORITY names the policy folder.
    """


@plimsoll.command()
def migrate() -> None:
    """Make the database, or bring it up to date. Safe to repeat."""
    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        Path(settings.DATABASES["default"]["NAME"]).parent.mkdir(parents=True, exist_ok=True)
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    click.echo("The database is up to date.")


@plimsoll.group()
def policy() -> None:
    """The authority's framework, as data."""


@policy.command("check")
@click.argument("folder", type=click.Path(path_type=Path), required=False)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def check(folder: Path | None, as_json: bool) -> None:
    """Say what is wrong in a policy folder, with file, key and reason.

    Without FOLDER, every authority's under policy/. Totals that the framework states but
    its lines do not add up to are listed, and are no error: the authority decides.
    """
    report = check_folder(folder or settings.POLICY_ROOT)
    if as_json:
        click.echo(json.dumps(report.as_json(), ensure_ascii=False, indent=2))
    else:
        for edition in report.editions:
            click.echo(f"{edition.key}: sound")
        for mismatch in report.mismatches:
            click.echo(f"  note  {mismatch}")
        for problem in report.problems:
            click.echo(f"  wrong  {problem}", err=True)
    sys.exit(1 if report.problems else 0)


@plimsoll.command()
def demo() -> None:
    """Fill an empty database with the demonstration authority; does nothing to a full one."""
    click.echo(_or_refuse(make_demonstration, at=timezone.now()))


@plimsoll.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def doctor(as_json: bool) -> None:
    """Say what is missing or misconfigured, and what to do about it."""
    found = findings(at=timezone.now())
    if as_json:
        click.echo(json.dumps([each.as_json() for each in found], ensure_ascii=False, indent=2))
    else:
        for each in found:
            click.echo(str(each))
    sys.exit(1 if any(each.failed for each in found) else 0)


@plimsoll.command()
@click.option("--check", "only_check", is_flag=True, help="Change nothing; fail when out of date.")
def docs(only_check: bool) -> None:
    """Write docs/workflows.md and docs/access.md from the tables in the code."""
    stale = generated.stale(settings.ROOT / "docs")
    if not only_check:
        generated.write(settings.ROOT / "docs")
    elif stale:
        raise Refusal(f"Out of date: {', '.join(stale)}. Run `plimsoll docs`.")


def _or_refuse(action: Callable[..., Any], *, at: datetime) -> Any:
    try:
        return action(at=at)
    except Refused as refused:
        raise Refusal(str(refused)) from refused


plimsoll.add_command(cycle)
plimsoll.add_command(suggest)
plimsoll.add_command(work)
for command in (*evidence_commands, *people_commands):
    plimsoll.add_command(command)
