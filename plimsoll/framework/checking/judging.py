"""Bands, criteria and suggestions: does every reference lead somewhere?"""

from collections.abc import Iterator, Mapping
from typing import get_args

from plimsoll.framework.checking.questions import Found, exactly, filled, ids, known
from plimsoll.framework.judging import Condition, EraRule, SuggestionRule
from plimsoll.framework.model import Edition
from plimsoll.framework.vocabulary import SUGGESTION_PLACEHOLDERS, Era


def bands(edition: Edition) -> Iterator[Found]:
    if len(edition.bands) < 2:
        yield "bands", "must hold at least two"
    keys = ids(edition.bands)
    for place, band in enumerate(edition.bands, start=1):
        if band.order != place:
            yield f"bands[{band.key}].order", f"must be {place}: list the least support first"
        if band.high_risk:
            key = f"bands[{band.key}].high_risk.treated_with"
            yield from known(key, [band.high_risk.treated_with], keys, "a band")
            if band.high_risk.treated_with == band.key:
                yield key, "must be another band"


def criteria(edition: Edition) -> Iterator[Found]:
    themes, bands, criteria = ids(edition.themes), ids(edition.bands), ids(edition.criteria)
    for criterion in edition.criteria:
        yield from known(f"criteria[{criterion.id}].theme", [criterion.theme], themes, "a theme")
        if not edition.descriptors_of(criterion.id):
            yield f"criteria[{criterion.id}]", "has no descriptor"
    for descriptor in edition.descriptors:
        key = f"descriptors[{descriptor.id}]"
        yield from known(f"{key}.criterion", [descriptor.criterion], criteria, "a criterion")
        yield from known(f"{key}.statements", descriptor.statements, bands, "a band")
        if not descriptor.statements:
            yield f"{key}.statements", "must name at least one band"
        for band, statement in descriptor.statements.items():
            if not statement.startswith(f"{band}."):
                yield f"{key}.statements.{band}", f'must begin with "{band}."'


def every_theme_in_every_band(edition: Edition) -> Iterator[Found]:
    """A band has a statement of each theme, or the file says why it has none."""
    theme_of = {criterion.id: criterion.theme for criterion in edition.criteria}
    spoken = {(b, theme_of.get(d.criterion)) for d in edition.descriptors for b in d.bands}
    silent = {(silence.band, silence.theme) for silence in edition.silences}
    for silence in edition.silences:
        key = f"silences[{silence.band}, {silence.theme}]"
        yield from known(key, [silence.band], ids(edition.bands), "a band")
        yield from known(key, [silence.theme], ids(edition.themes), "a theme")
        if (silence.band, silence.theme) in spoken:
            yield key, "explains a silence, but the band has a statement of the theme"
    for band in edition.bands:
        for theme in edition.themes:
            if (band.key, theme.id) not in spoken | silent:
                yield f"bands[{band.key}]", f'has no statement of "{theme.id}"; say why in silences'


def suggestions(edition: Edition) -> Iterator[Found]:
    yield from exactly("eras", edition.eras, get_args(Era))
    criteria = ids(edition.criteria)
    informed = {c.id for c in edition.criteria if "inspections" in c.published}
    for rule in edition.suggestions:
        key = f"suggestions[{rule.id}]"
        yield from known(f"{key}.criterion", [rule.criterion], criteria, "a criterion")
        if rule.criterion in criteria and rule.criterion not in informed:
            yield f"{key}.criterion", 'is not informed by "inspections" (see its published)'
        fitting = ids(edition.descriptors_of(rule.criterion))
        what = f'a descriptor of "{rule.criterion}"'
        yield from known(f"{key}.descriptors", rule.descriptors, fitting, what)
        yield from filled(f"{key}.because", [rule.because], SUGGESTION_PLACEHOLDERS)
        yield from _conditions(rule, key, edition.eras)


def _conditions(rule: SuggestionRule, key: str, eras: Mapping[str, EraRule]) -> Iterator[Found]:
    wanted = [(f"{key}.when", rule.era, rule.when)]
    wanted += [(f"{key}.before[{n}]", b.era, b.when) for n, b in enumerate(rule.before, start=1)]
    for place, era, condition in wanted:
        if era in eras:
            yield from _condition(place, condition, eras[era])
        else:
            yield place, f'the era "{era}" has no table under eras'


def _condition(key: str, condition: Condition, era: EraRule) -> Iterator[Found]:
    if condition == Condition():
        yield key, "has no condition"
    named = (condition.overall, condition.any_area, condition.every_area, *condition.areas.values())
    for grades in named:
        yield from known(key, grades, era.grades, f"a grade of {era.key}")
    yield from known(f"{key}.areas", condition.areas, era.areas, f"an area of {era.key}")
