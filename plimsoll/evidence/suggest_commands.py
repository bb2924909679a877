"""`plimsoll suggest`: what published evidence suggests, for every school in one run."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

import click
from django.db.models import QuerySet
from django.utils import timezone

from plimsoll.evidence.commands import Spread, codes
from plimsoll.evidence.school.suggesting import BATCH, suggestions_for
from plimsoll.framework import editions
from plimsoll.framework.model import Edition
from plimsoll.framework.suggestions import Suggestion, bands_of, by_criterion, spread
from plimsoll.schools.models import School
from plimsoll.schools.queries import open_schools

SILENCE = "Published data says nothing on this."


@click.command("suggest", cls=Spread)
@click.option(
    "--la",
    "las",
    multiple=True,
    metavar="CODE ...",
    callback=codes,
    help="Schools of this local authority instead of one's own; give several to have several.",
)
@click.option("--urn", "urns", multiple=True, type=int, help="Only this school; may be repeated.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def suggest(las: list[str], urns: tuple[int, ...], as_json: bool) -> None:
    """Say what published evidence suggests for each criterion, school by school.

    Every open school of the types that the policy names: which statements its inspections
    and its figures suggest, the bands that those statements stand in, why, and with which
    figures of which source. It informs and decides nothing: no band of any school is read.

    \b
      plimsoll suggest --urn 104522
      plimsoll suggest --la 341 343 --json
    """
    edition, today = editions.current(), timezone.localdate()
    schools = in_scope(edition, las or map(str, edition.authority.la_codes))
    if urns:
        schools = schools.filter(urn__in=urns)
        unknown = sorted(set(urns) - set(schools.values_list("urn", flat=True)))
        if unknown:
            listed = ", ".join(map(str, unknown))
            raise click.ClickException(f"No open school of the policy's scope there: {listed}.")
    found = suggestions_for(edition, schools.iterator(BATCH), today=today)
    if as_json:
        _print_json({"edition": edition.key, "on": today.isoformat()}, edition, found)
    else:
        for school, suggestions in found:
            click.echo("\n".join(_in_words(as_plain(edition, school, suggestions))))


def in_scope(edition: Edition, las: Iterable[str]) -> QuerySet[School]:
    """The open schools that carry an allocation; an authority's stand together."""
    types = edition.scope.school_types
    return open_schools(las, types).order_by("la", "name", "urn")


def as_plain(edition: Edition, school: School, suggestions: list[Suggestion]) -> dict[str, Any]:
    """One school with every criterion that is asked of it, and the spread."""
    found = by_criterion(suggestions)
    return {
        "urn": school.urn,
        "name": school.name,
        "la": school.la,
        "type": school.type_name,
        "phase": school.phase,
        "criteria": [
            {
                "criterion": criterion.id,
                "label": criterion.label,
                "suggestions": [_suggested(edition, each) for each in found.get(criterion.id, ())]
                or [{"descriptors": [], "because": SILENCE}],
            }
            for criterion in edition.criteria
            if criterion.applies_to(school.phase)
        ],
        "spread": spread(edition, suggestions),
    }


def _suggested(edition: Edition, suggestion: Suggestion) -> dict[str, Any]:
    plain = suggestion.as_plain()
    if not suggestion.descriptors:
        return {"descriptors": [], "because": suggestion.because}
    return {
        "descriptors": [
            {"id": key, "text": edition.descriptor(key).text} for key in suggestion.descriptors
        ],
        "bands": bands_of(edition, suggestion),
        "because": suggestion.because,
        "assumed": suggestion.assumed,
        "measure": suggestion.measure or None,
        "figures": plain["figures"],
    }


def _print_json(
    head: dict[str, str], edition: Edition, found: Iterator[tuple[School, list[Suggestion]]]
) -> None:
    """One object, written school by school, so that a whole country takes no more memory."""
    click.echo(json.dumps(head, ensure_ascii=False)[:-1] + ', "schools": [')
    comma = ""
    for school, suggestions in found:
        plain = json.dumps(as_plain(edition, school, suggestions), ensure_ascii=False)
        click.echo(f"{comma}{plain}", nl=False)
        comma = ",\n"
    click.echo("\n]}")


def _in_words(plain: dict[str, Any]) -> Iterator[str]:
    yield f"{plain['urn']}  {plain['name']} ({plain['type']}, {plain['phase']})"
    silent = []
    for row in plain["criteria"]:
        for each in row["suggestions"]:
            if not each["descriptors"]:
                silent.append(row["label"])
                continue
            yield f"  {row['label']} ({', '.join(each['bands'])})"
            yield from (f"    “{one['text']}”" for one in each["descriptors"])
            yield f"    {each['because']}{' Assumed.' if each['assumed'] else ''}"
            for figure in each["figures"]:
                source = ", ".join(part for part in (figure["source"], figure["as_at"]) if part)
                yield f"    - {figure['label']}: {figure['value']} ({source})"
    if silent:
        yield f"  Nothing is suggested: {', '.join(dict.fromkeys(silent))}"
    counts = ", ".join(f"{band} {len(found)}" for band, found in plain["spread"].items())
    yield f"  Criteria by band, which inform and never decide: {counts}"
    yield ""
