"""Published files, from the command line: reading them in, and what is held of each source."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import click
from django.utils import timezone

from plimsoll.core.streams import Unreadable
from plimsoll.evidence import sources
from plimsoll.evidence.health.held import Held, held
from plimsoll.evidence.intake import folders, pipeline
from plimsoll.evidence.intake.folders import NOT_READ, REFUSED, Outcome
from plimsoll.evidence.years import school_year


class Spread(click.Command):
    """Lets one --la take several codes: `--la 341 343` is `--la 341 --la 343`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        return super().parse_args(ctx, list(_spread(args)))


def _spread(args: list[str]) -> Iterator[str]:
    after_la = False
    for place, word in enumerate(args):
        if after_la and word.isdecimal() and args[place - 1] != "--la":
            yield "--la"
        after_la = word == "--la" or (after_la and word.isdecimal())
        yield word


def _source(ctx: click.Context, parameter: click.Parameter, name: str) -> Any:
    if name not in sources.known():
        raise click.BadParameter(f"“{name}” is none of {', '.join(sorted(sources.known()))}.")
    return sources.known()[name]


def codes(ctx: click.Context, parameter: click.Parameter, codes: tuple[str, ...]) -> list[str]:
    for code in codes:
        if not (code.isascii() and code.isdigit() and len(code) == 3):
            raise click.BadParameter(f"“{code}” is not a code of three figures, as 341.")
    return list(codes)


def _school_year(ctx: click.Context, parameter: click.Parameter, text: str) -> str:
    try:
        return school_year(text) if text else ""
    except ValueError:
        raise click.BadParameter(f"“{text}” is not a school year like 2023-24.")


HELP: Final = """Read a published FILE of SOURCE into the register or the evidence.

\b
SOURCE is one of
{listed}

Figures of areas are read whole whatever --la says: a rank needs every authority.

FILE may be CSV or an Excel workbook (.xlsx), or a CSV packed as .gz, .xz or .zip. Columns
are found by name, in a workbook on any of its sheets, under titles and notes too. A row
that cannot be used is turned away and listed in a CSV; a file that cannot be read changes
nothing. Reading the same file again changes nothing.

\b
  plimsoll import gias edubasealldata20260821.csv --la 341
  plimsoll import ofsted outcomes_as_at_31_August_2025.csv --la 341 343 --dry-run
  plimsoll import ks4 england_ks4final.csv --year 2023-24 --la 341
"""


def _help() -> str:
    known = sources.known()
    width = max(map(len, known))
    lines = (f"  {name:<{width}}  {known[name].title}" for name in sorted(known))
    return HELP.format(listed="\n".join(lines))


LAS: Final = click.option(
    "--la",
    "las",
    multiple=True,
    metavar="CODE ...",
    callback=codes,
    help="Only schools of this local authority; give several to have several.",
)


@click.command("import", cls=Spread, help=_help())
@click.argument("source", callback=_source)
@click.argument("file", type=click.Path(path_type=Path))
@LAS
@click.option(
    "--year",
    callback=_school_year,
    metavar="2023-24",
    default="",
    help="The school year that the file was published for, where neither it nor its name tells.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option("--dry-run", is_flag=True, help="Say what would be done, and change nothing.")
def import_(
    source: Any, file: Path, las: list[str], year: str, as_json: bool, dry_run: bool
) -> None:
    try:
        with _bar(file.name) as progress:
            result = pipeline.run(
                source,
                file,
                las=las,
                year=year,
                by=None,
                at=timezone.now(),
                dry_run=dry_run,
                progress=progress,
            )
    except Unreadable as refusal:
        click.echo(f"{refusal} Nothing was changed.", err=True)
        sys.exit(1)
    plain = result.as_plain()
    click.echo(json.dumps(plain, ensure_ascii=False) if as_json else _in_words(plain, dry_run))


@click.command("import-folder", cls=Spread)
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@LAS
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def import_folder(folder: Path, las: list[str], as_json: bool) -> None:
    """Read every published file in FOLDER and its subfolders.

    Each file is known by its columns, not by its name. The register is read first, then
    links, groups and inspections, then figures; the older file before the newer. For each
    file it says what it brought, or why it is not read. A file that is broken changes
    nothing, stops none of the others, and makes the exit code 1; one of a kind that nothing
    here reads does not.

    \b
      plimsoll import-folder ~/Downloads/published --la 341
    """
    outcomes = []
    for outcome in folders.read(folder, las=las, by=None, clock=timezone.now, watch=_bar):
        outcomes.append(outcome)
        if not as_json:
            click.echo(_outcome_in_words(outcome))
    states = [outcome.state for outcome in outcomes]
    totals = {state: states.count(state) for state in (folders.READ, NOT_READ, REFUSED)}
    if as_json:
        files = [outcome.as_plain() for outcome in outcomes]
        click.echo(json.dumps({"files": files} | totals, ensure_ascii=False))
    else:
        click.echo(", ".join(f"{count} {state}" for state, count in totals.items()))
    sys.exit(1 if totals[REFUSED] else 0)


@click.command("sources")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON array.")
def list_sources(as_json: bool) -> None:
    """Every source of figures: who publishes it and when, and what is held of it."""
    found = held(timezone.localdate())
    if as_json:
        click.echo(json.dumps([each.as_plain() for each in found], ensure_ascii=False))
        return
    click.echo("\n\n".join(_held_in_words(each) for each in found))


@contextmanager
def _bar(name: str) -> Iterator[pipeline.Progress | None]:
    """A progress bar where somebody watches, on stderr so that output stays clean."""
    if not sys.stderr.isatty():
        yield None
        return
    with click.progressbar(length=1, label=name, file=sys.stderr) as bar:

        def progress(done: int, whole: int) -> None:
            bar.length = max(whole, 1)
            bar.update(done - bar.pos)

        yield progress


def _in_words(plain: dict[str, Any], dry_run: bool) -> str:
    lines = [
        f"{plain['file']}, {_as_at(plain['as_at'])}",
        f"  {plain['rows']:,} rows, {plain['selected']:,} of them asked for",
        f"  {plain['created']:,} new, {plain['updated']:,} changed",
        f"  {plain['unchanged']:,} unchanged, {plain['rejected']:,} turned away",
    ]
    if "rejects_csv" in plain:
        lines.append(f"  Why each was turned away: {plain['rejects_csv']}")
    if dry_run:
        lines.append("  This was a dry run: nothing was changed.")
    return "\n".join(lines)


def _as_at(day: str | None) -> str:
    return f"as at {day}" if day else "whose name gives no date"


def _outcome_in_words(outcome: Outcome) -> str:
    if outcome.result is None:
        return f"{outcome.file}: {outcome.state}\n  {outcome.reason}"
    run = outcome.result.run
    title = outcome.source.title if outcome.source else ""
    brought = f"{run.created:,} new, {run.updated:,} changed, {run.unchanged:,} unchanged"
    said = f"{outcome.file}: {title}\n  {brought}, {run.rejected:,} turned away"
    if outcome.result.rejects_csv:
        said += f"\n  Why each was turned away: {outcome.result.rejects_csv}"
    return said


def _held_in_words(each: Held) -> str:
    source = each.source
    lines = [
        f"{source.name}: {source.title}",
        f"  {source.publisher}, {source.usual_month}, {source.address}",
    ]
    if each.last is None:
        return "\n".join([*lines, "  Nothing is held."])
    days = f", {each.age:,} days ago" if each.age is not None else ""
    as_at = each.last.as_at.isoformat() if each.last.as_at else None
    lines.append(f"  Held: {each.last.file}, {_as_at(as_at)}{days}")
    lines.append(f"  Read in on {timezone.localdate(each.last.at)}")
    if each.years:
        lines.append(f"  School years: {', '.join(each.years)}")
    covers = [(each.schools, "schools"), (each.areas, "areas")]
    lines += [f"  Covers {count:,} {what}" for count, what in covers if count]
    return "\n".join(lines)


COMMANDS = [import_, import_folder, list_sources]
