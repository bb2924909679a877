"""What published figures suggest for each criterion, by the edition's rules.

A school's figures are plain mappings, so that evidence of any source can be judged:

    {"phase": "primary", "group": "primary",
     "figures": {"absence.overall": {
         "2023-24": {"value": 7.2, "marker": "", "predecessor": False,
                     "source": "absence in schools", "as_at": ""}}},
     "beside": {"absence.overall": {"england": {
         "label": "England", "source": "LAIT", "as_at": "", "values": {"2023-24": 5.5}}}}}

A year has a value and no marker, or no value and the marker in words. What is compared is
what a reader sees: both numbers are rounded as they are shown.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from plimsoll.framework.figure_rules import FigureRule, YearTest
from plimsoll.framework.judging import Criterion
from plimsoll.framework.measures import MEASURES, Measure, shown
from plimsoll.framework.model import Edition
from plimsoll.framework.suggestions import Cited, Suggestion
from plimsoll.framework.texts import fill, placeholders

Held = Mapping[str, Any]
OTHERS, NONE = "others", "none"


def suggest_figures(edition: Edition, school: Held) -> list[Suggestion]:
    """For each criterion that has rules: one suggestion a measure, or one that says why not."""
    found: list[Suggestion] = []
    for criterion in edition.criteria:
        measures = edition.figure_rules.get(criterion.id)
        if measures and criterion.applies_to(school["phase"]):
            found += _suggestions(edition, criterion, measures, school)
    return found


def _suggestions(
    edition: Edition,
    criterion: Criterion,
    measures: Mapping[str, Sequence[FigureRule]],
    school: Held,
) -> list[Suggestion]:
    found, spoken, passed_over = [], False, []
    for rules in measures.values():
        readings: list[Reading] = []
        for rule in rules:
            if rule.speaks_of(school["group"]):
                readings.append(Reading(edition, rule, school))
                if readings[-1].fits():
                    found.append(readings[-1].suggestion())
                    break
        else:
            spoken = spoken or any(reading.years for reading in readings)
            passed_over += [said for reading in readings[:1] for said in reading.passed_over()]
    if found:
        return found
    words = edition.figure_words
    because = words.no_rule if spoken else words.nothing_published
    return [Suggestion(criterion.id, (), " ".join([because, *passed_over]))]


@dataclass(frozen=True)
class Year:
    """One year's number, rounded as it is shown, and what it is seen against."""

    name: str
    number: Decimal
    other: Decimal | None
    source: str
    as_at: str
    predecessor: bool  # it is of the school that was here before

    @property
    def difference(self) -> Decimal | None:
        return None if self.other is None else self.number - self.other


class Reading:
    """One rule, read over one school's figures."""

    def __init__(self, edition: Edition, rule: FigureRule, school: Held) -> None:
        self.edition, self.rule, self.school = edition, rule, school
        self.measure = MEASURES[rule.measure]
        self.held: Mapping[str, Held] = school["figures"].get(rule.measure, {})
        self.beside = _beside(rule, self.measure, school)
        self.years = self._years()

    def fits(self) -> bool:
        rule, years = self.rule, self.years
        if len(years) < rule.years:
            return False
        compared = years if rule.compares_every_year else years[-1:]
        if rule.against != NONE and any(year.other is None for year in compared):
            return False
        return (
            _meets(rule.latest, years[-1])
            and all(_meets(rule.every, year) for year in years)
            and (rule.trend is None or rule.trend.holds(self._change(rule.trend.of)))
        )

    def suggestion(self) -> Suggestion:
        parts = [fill(self.rule.because, self._in_words()), *self._qualified()]
        return Suggestion(
            criterion=self.rule.criterion,
            descriptors=self.rule.descriptors,
            because=" ".join(parts),
            assumed=self.rule.assumed,
            measure=self.measure.key,
            figures=self.cited,
        )

    def passed_over(self) -> Iterator[str]:
        """Later years that are published without a number: never one themselves."""
        latest = self.years[-1].name if self.years else ""
        for year in sorted(self.held):
            cell = self.held[year]
            if cell["value"] is None and year > latest and self._is_recent(year):
                values = {"measure": self.measure.name, "year": year, "marker": cell["marker"]}
                yield fill(self.edition.figure_words.passed_over, values)

    def _years(self) -> list[Year]:
        """The latest years that have a number and are not too old, the oldest first."""
        known = [
            year
            for year in sorted(self.held)
            if self.held[year]["value"] is not None and self._is_recent(year)
        ]
        others = self.beside["values"]
        return [
            Year(
                name=year,
                number=_rounded(self.measure, self.held[year]["value"]),
                other=_rounded(self.measure, others[year]) if year in others else None,
                source=self.held[year]["source"],
                as_at=self.held[year]["as_at"],
                predecessor=self.held[year]["predecessor"],
            )
            for year in known[-self.rule.years :]
        ]

    def _is_recent(self, year: str) -> bool:
        return int(self.edition.year[:4]) - int(year[:4]) <= self.rule.oldest

    def _change(self, of: str) -> Decimal:
        first, last = self.years[0], self.years[-1]
        if of == "difference":
            return (last.difference or Decimal()) - (first.difference or Decimal())
        return last.number - first.number

    def _qualified(self) -> Iterator[str]:
        """Whose figures they are, how few pupils they are about, and what is left out."""
        years = [year.name for year in self.years if year.predecessor]
        if years:
            yield fill(self.edition.figure_words.predecessor, {"years": " and ".join(years)})
        yield from self._small()
        yield from self.passed_over()

    def _small(self) -> Iterator[str]:
        """That the latest figure is about few pupils, or was when their number was last held."""
        year, said = self.years[-1].name, self.edition.figure_words
        counts = {
            counted: cell["value"]
            for counted, cell in self.school["figures"].get(self.measure.cohort, {}).items()
            if cell["value"] is not None and counted <= year
        }
        known = max(counts, default="")
        if known and 0 < counts[known] < self.edition.profile.small_cohort:
            values = {"year": year, "known": known, "pupils": f"{counts[known]:,.0f}"}
            yield fill(said.small if known == year else said.small_before, values)

    def _in_words(self) -> dict[str, str]:
        """What the sentence asks for, and no more: there are many sentences."""
        first, last = self.years[0], self.years[-1]
        difference = last.difference or Decimal()
        words: dict[str, Callable[[], str]] = {
            "measure": lambda: self.measure.name,
            "year": lambda: last.name,
            "value": lambda: self._shown(last.number),
            "first_year": lambda: first.name,
            "first_value": lambda: self._shown(first.number),
            "change": lambda: self._step(self._change("value")),
            "listed": lambda: ", ".join(map(self._listed, self.years)),
            "beside": lambda: str(self.beside["label"]),
            "other": lambda: "" if last.other is None else self._shown(last.other),
            "difference": lambda: self._step(difference),
            "compared": lambda: self._compared(difference),
            "source": lambda: "; ".join(self._sources()),
        }
        return {name: words[name]() for name in placeholders(self.rule.because)}

    def _sources(self) -> list[str]:
        """Each source once, with its date where the file tells one."""
        cited = dict.fromkeys((each.source, each.as_at) for each in self.cited if each.source)
        return [_source(*each) for each in cited]

    def _listed(self, year: Year) -> str:
        other = "" if year.other is None else f" ({self.beside['label']} {self._shown(year.other)})"
        return f"{self._shown(year.number)}{other} in {year.name}"

    def _compared(self, difference: Decimal) -> str:
        if not difference:
            return "the same as"
        return f"{self._step(difference)} {'above' if difference > 0 else 'below'}"

    def _step(self, number: Decimal) -> str:
        """A difference or a change, without its sign."""
        if self.measure.unit == "%":
            points = f"{abs(number):,.{self.measure.decimals}f}"
            return f"{points} percentage point{'' if abs(number) == 1 else 's'}"
        return self._shown(abs(number))

    def _shown(self, number: Decimal) -> str:
        return shown(self.measure, float(number))

    @cached_property
    def cited(self) -> tuple[Cited, ...]:
        return tuple(self._cited())

    def _cited(self) -> Iterator[Cited]:
        for year in self.years:
            label = f"{self.measure.label}, {year.name}"
            yield Cited(label, self._shown(year.number), year.source, year.as_at)
            if year.other is not None:
                yield Cited(
                    f"{self.beside['label']}, {year.name}",
                    self._shown(year.other),
                    self.beside["source"],
                    self.beside["as_at"],
                )


def _beside(rule: FigureRule, measure: Measure, school: Held) -> Held:
    """What the rule sees the school's figures against: pupils of the same school, too."""
    if rule.against == OTHERS:
        own = school["figures"].get(rule.measure, {})
        cells = {
            year: cell
            for year, cell in school["figures"].get(measure.other, {}).items()
            if cell["value"] is not None and _of_one_school(cell, own.get(year))
        }
        last = cells[max(cells)] if cells else {"source": "", "as_at": ""}
        values = {year: cell["value"] for year, cell in cells.items()}
        label = "the school’s other pupils"
        return {"label": label, "source": last["source"], "as_at": last["as_at"], "values": values}
    found = school["beside"].get(rule.measure, {}).get(rule.against)
    return found or {"label": "", "source": "", "as_at": "", "values": {}}


def _of_one_school(cell: Held, other: Held | None) -> bool:
    return other is not None and bool(cell["predecessor"]) is bool(other["predecessor"])


def _source(title: str, as_at: str) -> str:
    if not as_at:
        return title
    day = date.fromisoformat(as_at)
    return f"{title}, {day.day} {day:%B %Y}"


def _meets(test: YearTest | None, year: Year) -> bool:
    if test is None:
        return True
    if test.value and not test.value.hold(year.number):
        return False
    return test.difference is None or (
        year.difference is not None and test.difference.hold(year.difference)
    )


def _rounded(measure: Measure, value: float) -> Decimal:
    return Decimal(f"{value:.{measure.decimals}f}")
