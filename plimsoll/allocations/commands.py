"""`plimsoll cycle`: open a year, bring in the spreadsheet, close."""

import json
import sys
from dataclasses import asdict
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
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def bring_in_(year: str, file: Path, email: str, as_json: bool) -> None:
    """Bring last year's bands, partners and contacts in from a CSV file, row by row."""
    opened, person = _found(year, email)
    try:
        report = bring_in(cycle=opened, path=file, by=person, at=timezone.now())
    except Refused as refused:
        _refuse(str(refused))
    if as_json:
        rows = [asdict(row) for row in report]
        click.echo(json.dumps({"year": year, "rows": rows}, ensure_ascii=False))
    else:
        for row in report:
            said = f"refused: {row.refused}" if row.refused else ", ".join(row.done)
            click.echo(f"line {row.line}  {row.urn}  {row.school}  {said or 'nothing new'}")
    sys.exit(1 if any(row.refused for row in report) else 0)


@cycle.command("close")
@click.argument("year")
@click.option("--by", "email", required=True, help="Whose doing it is: your e-mail address.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def close(year: str, email: str, as_json: bool) -> None:
    """Close YEAR, once every allocation is concluded."""
    opened, person = _found(year, email)
    try:
        close_cycle(cycle=opened, by=person, at=timezone.now())
    except Refused as refused:
        _refuse(str(refused))
    click.echo(json.dumps({"year": year, "closed": True}) if as_json else f"{year} is closed.")


def _found(year: str, email: str) -> tuple[Cycle, User]:
    """The cycle and whose doing it is, or the end with a sentence."""
    opened = Cycle.objects.filter(year=year).first()
    person = User.objects.filter(email=email.lower()).first()
    if opened is None or person is None:
        _refuse(f"No such {'person' if opened else 'cycle'}.")
    return opened, person


def _refuse(sentence: str) -> NoReturn:
    """Say why, on the error stream, and end with exit code 1."""
    click.echo(sentence, err=True)
    sys.exit(1)
