"""`plimsoll cycle`: open a year, bring in the spreadsheet, close."""

import json
import sys
from datetime import datetime
from pathlib import Path
from typing import NoReturn

import click
from django.utils import timezone

from plimsoll.allocations.cycle import close_cycle, open_cycle
from plimsoll.allocations.models import Cycle
from plimsoll.allocations.starting import bring_in
from plimsoll.core.workflow import Refused
from plimsoll.people.models import User


@click.group()
def cycle() -> None:
    """The year's allocation of support to every school."""


@cycle.command("open")
@click.argument("year")
@click.option("--closes", type=click.DateTime(["%Y-%m-%d"]), help="The day it should be done by.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def open_(year: str, closes: datetime | None, as_json: bool) -> None:
    """Open YEAR (like 2026-27): an allocation for every school that the policy names."""
    try:
        opened = open_cycle(
            year=year, closes_on=closes.date() if closes else None, by=None, at=timezone.now()
        )
    except Refused as refused:
        _refuse(str(refused))
    schools = opened.allocations.count()
    if as_json:
        click.echo(json.dumps({"year": year, "edition": opened.edition, "schools": schools}))
    else:
        click.echo(f"{year} is open under {opened.edition}: {schools} schools, none started.")


@cycle.command("bring-in")
@click.argument("year")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--by", "email", required=True, help="Whose doing it is: your e-mail address.")
def bring_in_(year: str, file: Path, email: str) -> None:
    """Bring last year's bands, partners and contacts in from a CSV file, row by row."""
    person = User.objects.filter(email=email.lower()).first()
    opened = Cycle.objects.filter(year=year).first()
    if person is None or opened is None:
        _refuse(f"No such {'person' if opened else 'cycle'}.")
    try:
        report = bring_in(cycle=opened, path=file, by=person, at=timezone.now())
    except Refused as refused:
        _refuse(str(refused))
    for row in report:
        said = f"refused: {row.refused}" if row.refused else ", ".join(row.done) or "nothing new"
        click.echo(f"line {row.line}  {row.urn}  {row.school}  {said}")
    sys.exit(1 if any(row.refused for row in report) else 0)


@cycle.command("close")
@click.argument("year")
@click.option("--by", "email", required=True, help="Whose doing it is: your e-mail address.")
def close(year: str, email: str) -> None:
    """Close YEAR, once every allocation is concluded."""
    person = User.objects.filter(email=email.lower()).first()
    opened = Cycle.objects.filter(year=year).first()
    if person is None or opened is None:
        _refuse(f"No such {'person' if opened else 'cycle'}.")
    try:
        close_cycle(cycle=opened, by=person, at=timezone.now())
    except Refused as refused:
        _refuse(str(refused))
    click.echo(f"{year} is closed.")


def _refuse(sentence: str) -> NoReturn:
    """Say why, on the error stream, and end with exit code 1."""
    click.echo(sentence, err=True)
    sys.exit(1)
