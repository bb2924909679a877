"""Rules about published figures: do they speak of what is measured, and can each be met?"""

from collections.abc import Iterator
from itertools import combinations

from plimsoll.framework.checking.questions import Found, filled, ids, known
from plimsoll.framework.figure_rules import Bounds, FigureRule, YearTest
from plimsoll.framework.measures import MEASURES
from plimsoll.framework.model import Edition
from plimsoll.framework.vocabulary import (
    COMPARED_PLACEHOLDERS,
    FIGURE_PLACEHOLDERS,
    YEARS_PLACEHOLDERS,
)


def profile(edition: Edition) -> Iterator[Found]:
    key = "profile.notable"
    yield from known(key, edition.profile.notable, MEASURES, "a measure")
    for measure, difference in edition.profile.notable.items():
        if difference <= 0:
            yield f"{key}.{measure}", "must be more than nought"


def words(edition: Edition) -> Iterator[Found]:
    said = edition.figure_words
    yield from filled("figure_words.nothing_published", [said.nothing_published], ())
    yield from filled("figure_words.no_rule", [said.no_rule], ())
    yield from filled("figure_words.predecessor", [said.predecessor], ("years",))
    yield from filled("figure_words.small", [said.small], ("pupils", "year"))
    yield from filled("figure_words.small_before", [said.small_before], ("known", "pupils", "year"))
    yield from filled("figure_words.passed_over", [said.passed_over], ("marker", "measure", "year"))


def suggestions(edition: Edition) -> Iterator[Found]:
    criteria = {criterion.id: criterion for criterion in edition.criteria}
    for rule in edition.figure_suggestions:
        key = f"figure_suggestions[{rule.id}]"
        yield from known(f"{key}.criterion", [rule.criterion], criteria, "a criterion")
        yield from known(f"{key}.measure", [rule.measure], MEASURES, "a measure")
        fitting = ids(edition.descriptors_of(rule.criterion))
        what = f'a descriptor of "{rule.criterion}"'
        yield from known(f"{key}.descriptors", rule.descriptors, fitting, what)
        if not rule.descriptors:
            yield f"{key}.descriptors", "must name at least one descriptor"
        yield from filled(f"{key}.because", [rule.because], _placeholders(rule))
        yield from _years(rule, key)
        if rule.measure in MEASURES:
            yield from _tests(rule, key)
            theme = MEASURES[rule.measure].theme
            if rule.criterion in criteria and theme not in criteria[rule.criterion].published:
                yield f"{key}.criterion", f'is not informed by "{theme}" (see its published)'
    yield from _reached(edition)


def _placeholders(rule: FigureRule) -> frozenset[str]:
    """What the rule's own figures can fill in."""
    allowed = FIGURE_PLACEHOLDERS
    if rule.against != "none":
        allowed |= COMPARED_PLACEHOLDERS
    return allowed | YEARS_PLACEHOLDERS if rule.years > 1 else allowed


def _years(rule: FigureRule, key: str) -> Iterator[Found]:
    if not (rule.latest or rule.every or rule.trend):
        yield key, "has no condition"
    if rule.years > rule.oldest:
        yield f"{key}.oldest", f"leaves no room for {rule.years} years"
    if rule.years == 1 and (rule.every or rule.trend):
        yield f"{key}.years", "must be at least 2 for every or trend"
    if rule.trend and rule.trend.margin <= 0:
        yield f"{key}.trend.margin", "must be more than nought"


def _tests(rule: FigureRule, key: str) -> Iterator[Found]:
    measure = MEASURES[rule.measure]
    if rule.against == "others" and not measure.other:
        yield f"{key}.against", f'"{measure.key}" has no other pupils to be seen against'
    of_difference = bool(rule.trend and rule.trend.of == "difference")
    for name, test in (("latest", rule.latest), ("every", rule.every)):
        if test is None:
            continue
        of_difference = of_difference or test.difference is not None
        if test == YearTest():
            yield f"{key}.{name}", "has no condition"
        for part, bounds in (("value", test.value), ("difference", test.difference)):
            yield from _bounds(bounds, f"{key}.{name}.{part}")
        if test.value and not _overlap(test.value, measure.low, measure.high):
            yield f"{key}.{name}.value", f"is never met: {measure.low:,} to {measure.high:,}"
    if of_difference and rule.against == "none":
        yield f"{key}.against", "must say what the difference is to"


def _bounds(bounds: Bounds | None, key: str) -> Iterator[Found]:
    if bounds == Bounds():
        yield key, "has no bound"
        return
    least, most = (bounds.at_least, bounds.at_most) if bounds else (None, None)
    if least is not None and most is not None and least > most:
        yield key, f"at_least {least} is more than at_most {most}"


def _overlap(bounds: Bounds, low: int, high: int) -> bool:
    least, most = bounds.at_least, bounds.at_most
    return (least is None or least <= high) and (most is None or most >= low)


def _reached(edition: Edition) -> Iterator[Found]:
    """No rule stands behind one that fits wherever it does."""
    for measures in edition.figure_rules.values():
        for rules in measures.values():
            for earlier, later in combinations(rules, 2):
                if _covers(earlier, later):
                    key = f"figure_suggestions[{later.id}]"
                    yield key, f'is never reached: "{earlier.id}" fits wherever it does'


def _covers(earlier: FigureRule, later: FigureRule) -> bool:
    if earlier.groups and not (later.groups and set(later.groups) <= set(earlier.groups)):
        return False
    if earlier.against not in (later.against, "none"):
        return False
    if earlier.oldest < later.oldest or earlier.years > later.years:
        return False
    if (earlier.every or earlier.trend) and earlier.years != later.years:
        return False
    needs_every = earlier.compares_every_year and not later.compares_every_year
    same_trend = earlier.trend in (None, later.trend)
    latest = _within(later.latest, earlier.latest) or _within(later.every, earlier.latest)
    return not needs_every and same_trend and latest and _within(later.every, earlier.every)


def _within(inner: YearTest | None, outer: YearTest | None) -> bool:
    """Whether whatever meets the one test meets the other."""
    inner, outer = inner or YearTest(), outer or YearTest()
    pairs = ((inner.value, outer.value), (inner.difference, outer.difference))
    return all(_inside(one or Bounds(), other or Bounds()) for one, other in pairs)


def _inside(inner: Bounds, outer: Bounds) -> bool:
    if outer.at_least is not None and (inner.at_least is None or inner.at_least < outer.at_least):
        return False
    return outer.at_most is None or (inner.at_most is not None and inner.at_most <= outer.at_most)
