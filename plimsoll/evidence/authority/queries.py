"""What is held of an authority and of those it is compared with.

A fixed number of queries, for one figure or for many.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from django.utils.timezone import localdate

from plimsoll.evidence.authority.indicators import Indicator
from plimsoll.evidence.authority.stories import (
    NEIGHBOURS,
    OWN,
    REGION,
    Around,
    Compared,
    Source,
    Standing,
    Story,
)
from plimsoll.evidence.figures import Origin
from plimsoll.evidence.markers import Cell
from plimsoll.evidence.models import ENGLAND, Area, AreaFact, ImportRun, Neighbour
from plimsoll.evidence.years import ending, is_school_year
from plimsoll.framework.profile import ProfileRules

Held = Mapping[tuple[str, str], Mapping[str, tuple[Cell, int | None]]]  # area, code: by period


def around(code: str) -> Around | None:
    """The authority with this code, its region and neighbours; None when nothing is held."""
    own = Area.objects.filter(pk=code, kind=Area.Kind.AUTHORITY).first()
    if own is None:
        return None
    them = Neighbour.objects.filter(area=code).order_by("place")
    neighbours = tuple(them.values_list("neighbour", flat=True))
    areas = {area.code: area for area in Area.objects.filter(code__in=[own.region, *neighbours])}
    names = {each: area.name for each, area in areas.items()}
    return Around(own, areas.get(own.region), neighbours, names)


def held(code: str) -> set[str]:
    """The indicators of which the authority has any figure."""
    facts = AreaFact.objects.filter(area=code).order_by()
    return set(facts.values_list("measure", flat=True).distinct())


def authorities_held() -> int:
    """How many authorities have any figure."""
    codes = Area.objects.filter(kind=Area.Kind.AUTHORITY).values("code")
    return AreaFact.objects.filter(area__in=codes).values("area").distinct().count()


def stories(beside: Around, indicators: Sequence[Indicator], rules: ProfileRules) -> list[Story]:
    """What is held of each of these indicators, in their order."""
    codes = [one.code for one in indicators]
    facts = _facts(beside.codes, codes)
    files = _sources(run for by_period in facts.values() for _, run in by_period.values())
    found = [_story(beside, one, facts, files, rules) for one in indicators]
    others = _others({(each.indicator.code, each.latest) for each in found if each.latest})
    return [_with_standing(each, others, rules) for each in found]


def _facts(areas: list[str], codes: list[str]) -> Held:
    """The most final figure of each period, and of those the one read in last."""
    found: dict[tuple[str, str], dict[str, tuple[Cell, int | None]]] = {}
    rows = AreaFact.objects.filter(area__in=areas, measure__in=codes)
    for area, code, period, value, marker, run in rows.order_by(
        "release", "source_run", "pk"
    ).values_list("area", "measure", "year", "value", "marker", "source_run"):
        found.setdefault((area, code), {})[period] = ((value, marker), run)
    return found


def _sources(runs: Iterable[int | None]) -> dict[int | None, Source]:
    found = ImportRun.objects.in_bulk({run for run in runs if run})
    return {pk: _source(run) for pk, run in found.items()}


def _source(run: ImportRun) -> Source:
    origin = Origin.of(run)
    return Source(origin.title, origin.publisher, run.file, run.as_at, localdate(run.at))


def _story(
    beside: Around,
    indicator: Indicator,
    facts: Held,
    files: Mapping[int | None, Source],
    rules: ProfileRules,
) -> Story:
    def line(kind: str, label: str, area: str) -> Compared:
        held = facts.get((area, indicator.code), {})
        cells = {period: cell for period, (cell, _) in held.items()}
        known = {period: files[run] for period, (_, run) in held.items() if run in files}
        return Compared(kind, label, cells, known)

    them = [line(NEIGHBOURS, "", code) for code in beside.neighbours]
    own = line(OWN, beside.own.name, beside.own.code)
    found = [own, line(ENGLAND, "England", ENGLAND)]
    if mean := _mean(them, rules.neighbours_at_least):
        found.insert(1, mean)
    if beside.region:
        found.insert(1, line(REGION, beside.region.name, beside.region.code))
    lines = [each for each in found if each is own or each.cells]
    periods = _without_gaps({period for each in lines for period in each.cells})[-rules.years :]
    used = [each.files.get(period) for each in (*lines, *them) for period in periods]
    sources = tuple(dict.fromkeys(source for source in used if source))
    return Story(indicator, tuple(periods), tuple(lines), None, sources)


def _without_gaps(periods: set[str]) -> list[str]:
    """The periods in order; a school year that nobody has a figure of stands among them.

    >>> _without_gaps({"2018-19", "2021-22"})
    ['2018-19', '2019-20', '2020-21', '2021-22']
    """
    if not periods or not all(map(is_school_year, periods)):
        return sorted(periods)
    first, last = (int(period[:4]) + 1 for period in (min(periods), max(periods)))
    return [ending(year) for year in range(first, last + 1)]


def _mean(neighbours: Sequence[Compared], at_least: int) -> Compared | None:
    """The mean of the neighbours that have a number, where enough of them have one."""
    by_period: dict[str, list[float]] = {}
    for each in neighbours:
        for period, (value, _) in each.cells.items():
            if value is not None:
                by_period.setdefault(period, []).append(value)
    enough = {period: found for period, found in by_period.items() if len(found) >= at_least}
    if not enough:
        return None
    cells = {period: (sum(found) / len(found), "") for period, found in enough.items()}
    notes = {
        period: f"mean of {len(found)} of {len(neighbours)}, worked out by Plimsoll"
        for period, found in enough.items()
    }
    return Compared(NEIGHBOURS, "Statistical neighbours", cells, notes=notes)


def _others(latest: set[tuple[str, str]]) -> dict[tuple[str, str], dict[str, float]]:
    """By indicator and period, each authority's number."""
    rows = AreaFact.objects.filter(
        measure__in={code for code, _ in latest},
        year__in={period for _, period in latest},
        area__in=Area.objects.filter(kind=Area.Kind.AUTHORITY).values("code"),
        value__isnull=False,
    ).order_by("release", "source_run", "pk")
    found: dict[tuple[str, str], dict[str, float]] = {}
    for code, period, area, value in rows.values_list("measure", "year", "area", "value"):
        found.setdefault((code, period), {})[area] = value or 0.0
    return found


def _with_standing(
    story: Story, others: Mapping[tuple[str, str], Mapping[str, float]], rules: ProfileRules
) -> Story:
    indicator = story.indicator
    mine = story.own.value(story.latest)
    if mine is None or not indicator.good or not indicator.in_order:
        return story
    values = list(others.get((indicator.code, story.latest), {}).values())
    better = [each for each in values if (each > mine if indicator.good == "high" else each < mine)]
    place, count = len(better) + 1, len(values)
    enough = count >= rules.quartile_at_least
    standing = Standing(
        place, count, math.ceil(4 * place / count) if enough else 0, values.count(mine) > 1
    )
    return replace(story, standing=standing)
