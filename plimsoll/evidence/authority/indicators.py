"""Which figures of authorities there are: the key ones first, and all others by topic."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from django.utils.text import slugify

from plimsoll.evidence.groups import (
    ALL_THROUGH,
    GROUPS,
    POST_16,
    PRIMARY,
    SECONDARY,
    SPECIAL,
)
from plimsoll.evidence.models import AreaMeasure
from plimsoll.framework.measures import MEASURES, THEMES

KEY: Final = ""  # the topic of the key figures
EARLY, EVERY_PHASE = "early-years", "all"
PHASES: Final = {
    EARLY: "Early years",
    PRIMARY: "Primary",
    SECONDARY: "Secondary",
    POST_16: "Post-16",
    SPECIAL: "Special schools",
    EVERY_PHASE: "All schools, or no phase",
}
# LAIT has no column for the phase: a topic tells it, or a word in the name.
_OF_TOPIC: Final = {
    "Early Years": EARLY,
    "Foundation Stage": EARLY,
    "Key Stage 1 and Phonics": PRIMARY,
    "Key Stage 2": PRIMARY,
    "Key Stage 4": SECONDARY,
    "Key Stage 5": POST_16,
    "Attainment by age 19": POST_16,
    "Further & Higher Education": POST_16,
}
_OF_WORD: Final = {"primary": PRIMARY, "secondary": SECONDARY, "special": SPECIAL}


@dataclass(frozen=True)
class Indicator:
    """One figure that areas have, and how it is read."""

    code: str  # an `AreaFact.measure`
    label: str
    topic: str
    phases: tuple[str, ...]
    good: str = ""
    unit: str = ""  # "%", "£" or nothing
    words: str = ""  # what the figure counts, in the publisher's words
    decimals: int | None = None
    in_order: bool = True  # whether its publisher puts authorities in order by it
    description: str = ""

    @property
    def anchor(self) -> str:
        return f"figure-{slugify(self.code)}"

    def shown(self, value: float) -> str:
        """The value as a reader sees it."""
        decimals = _decimals(value) if self.decimals is None else self.decimals
        number = f"{abs(value):,.{decimals}f}"
        sign = "−" if value < 0 and float(number.replace(",", "")) else ""
        if self.unit == "£":
            return f"{sign}£{number}"
        return f"{sign}{number}\N{NO-BREAK SPACE}{self.unit}".strip()


def all_of(held: Collection[str]) -> list[Indicator]:
    """The key figures in the order of the measures, then every other by its topic and name."""
    described: dict[str, list[AreaMeasure]] = {}
    for each in AreaMeasure.objects.filter(code__in=held).order_by("topic", "label", "code"):
        described.setdefault(each.code, []).append(each)
    found = [
        _described(line, _LINKED.get(code, ()))
        for code, lines in described.items()
        for line in lines
    ]
    key = [
        _as_published(indicator, described.get(code))
        for code, indicator in _key().items()
        if code in held
    ]
    return [*key, *sorted(found, key=lambda one: (one.topic, one.label, one.code))]


def topics(indicators: Iterable[Indicator]) -> list[tuple[str, str]]:
    """The topics of those that are not key, by the words that stand in an address."""
    key = {theme.label for theme in THEMES.values()}
    names = {one.topic for one in indicators if one.topic not in key}
    return [(slugify(name), name) for name in sorted(names)]


def chosen(indicators: Iterable[Indicator], topic: str, phase: str) -> list[Indicator]:
    """Those of one topic (none is that of the key figures) and, if one is asked for, phase."""
    key = {theme.label for theme in THEMES.values()}
    return [
        one
        for one in indicators
        if (one.topic in key if topic == KEY else slugify(one.topic) == topic)
        and (not phase or phase in one.phases)
    ]


def _key() -> dict[str, Indicator]:
    """The figures that a school's measures are compared with, in the order of the measures."""
    found: dict[str, Indicator] = {}
    for measure in MEASURES.values():
        codes = measure.areas if measure.shown else {}
        several = len(set(codes.values())) > 1
        for group, code in codes.items():
            if code in found:
                continue
            found[code] = Indicator(
                code=code,
                label=f"{measure.label}: {_schools(group)}" if several else measure.label,
                topic=THEMES[measure.theme].label,
                phases=_phases(_LINKED[code]),
                good=measure.good,
                unit=measure.unit,
                decimals=measure.decimals,
            )
    return found


def _linked() -> dict[str, tuple[str, ...]]:
    """By LAIT's name, the kinds of school whose figures it is."""
    found: dict[str, tuple[str, ...]] = {}
    for measure in MEASURES.values():
        for group, code in measure.areas.items():
            found[code] = (*found.get(code, ()), group)
    return found


_LINKED: Final[Mapping[str, tuple[str, ...]]] = _linked()


def _as_published(indicator: Indicator, lines: list[AreaMeasure] | None) -> Indicator:
    """Which way is good, and whether there is an order, as the publisher says where it does."""
    if not lines:
        return indicator
    first = lines[0]
    return replace(
        indicator, good=first.good, in_order=first.quartile, description=first.description
    )


def _described(line: AreaMeasure, groups: tuple[str, ...]) -> Indicator:
    return Indicator(
        code=line.code,
        label=line.label,
        topic=line.topic.replace("\\", " and "),
        phases=_phases(groups) if groups else _told(line),
        good=line.good,
        unit=_unit(line.unit),
        words=line.unit,
        decimals=line.decimals,
        in_order=line.quartile,
        description=line.description,
    )


def _phases(groups: tuple[str, ...]) -> tuple[str, ...]:
    phases = tuple(dict.fromkeys(group for group in groups if group in PHASES))
    return phases or (EVERY_PHASE,)


def _told(line: AreaMeasure) -> tuple[str, ...]:
    if phase := _OF_TOPIC.get(line.topic):
        return (phase,)
    words = line.label.casefold()
    return tuple(phase for word, phase in _OF_WORD.items() if word in words) or (EVERY_PHASE,)


def _schools(group: str) -> str:
    return "all schools" if group == ALL_THROUGH else GROUPS[group]


def _unit(words: str) -> str:
    if words in ("Spend", "Unit Cost"):
        return "£"
    return "%" if words.startswith("%") else ""


def _decimals(value: float) -> int:
    """Where the publisher does not say: as many as the figure has, and two at most."""
    return next((count for count in (0, 1) if abs(value - round(value, count)) < 1e-9), 2)
