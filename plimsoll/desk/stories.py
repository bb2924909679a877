"""The story of a school in a few lines, each with what it is based on."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from plimsoll.core.forms import long_date
from plimsoll.desk.school import Frame
from plimsoll.evidence.eras import Era, Status
from plimsoll.evidence.school import changes
from plimsoll.evidence.school.history import Told
from plimsoll.evidence.school.queries import Evidence
from plimsoll.framework import editions
from plimsoll.visits.contacts import rise
from plimsoll.visits.diary import glimpse


@dataclass(frozen=True)
class Line:
    """One sentence, and where it is from when it tells of something published."""

    text: str
    source: str = ""
    as_at: date | None = None


def lines(frame: Frame, evidence: Evidence) -> list[Line]:
    """What whoever calls the school should know first, as far as this person may know it."""
    return [
        *_inspection(evidence),
        *_band(frame),
        *_rise(frame),
        *_visits(frame),
        *_figures(evidence),
        *_group(frame),
    ]


def _inspection(evidence: Evidence) -> Iterator[Line]:
    told = evidence.latest
    if told is None:
        yield Line(f"{evidence.standing}: no published inspection has grades.")
        return
    whose = f" (as {told.school_name}, before it)" if told.of_predecessor else ""
    yield Line(
        f"Inspected on {long_date(told.starts)}{whose}: {in_words(told)}.",
        told.origin.cited,
        told.origin.as_at,
    )


def in_words(told: Told) -> str:
    """An inspection in its own era's terms: an overall grade only where there was one.

    Areas of one grade are told together, in the order in which the era names its grades.
    """
    if told.era == Era.OVERALL and told.inspection.overall_status == Status.GRADED:
        return f"overall {told.inspection.overall_label.lower()}"
    together: dict[str, list[str]] = {}
    for grade in told.grades:
        if grade.status == Status.GRADED:
            together.setdefault(grade.label, []).append(grade.area_label.lower())
    if not together:
        return told.headline.lower()
    return "; ".join(f"{grade.lower()} in {_listed(areas)}" for grade, areas in together.items())


def _band(frame: Frame) -> Iterator[Line]:
    if standing := frame.standing:
        before = f"; {standing.before} before" if standing.before else ""
        yield Line(f"{standing} ({standing.year}){before}.")
    if turn := frame.current:
        waiting = f", waiting for: {turn.waits_for}" if turn.waits_for else ""
        since = f", since {long_date(turn.since.date())}" if turn.since else ""
        yield Line(
            f"{turn.case.cycle.year}: {turn.state[:1].lower()}{turn.state[1:]}{waiting}{since}."
        )


def _rise(frame: Frame) -> Iterator[Line]:
    """What RISE does with the school, for whoever reads the log of liaison (U1)."""
    if newest := rise.history(frame.school, frame.user).first():
        adviser = f", adviser {newest.adviser}" if newest.adviser else ""
        label = rise.label(editions.current(), newest.status)
        yield Line(f"RISE: {label}, since {long_date(newest.since)}{adviser}.")


def _visits(frame: Frame) -> Iterator[Line]:
    """The last visit and the next, by their days alone: no more may be known from here (S7)."""
    last, coming = glimpse.last_and_next(frame.school, frame.user, frame.today)
    if last:
        yield Line(f"A visit took place on {long_date(last)}.")
    if coming:
        yield Line(f"The next visit is on {long_date(coming)}.")


def _figures(evidence: Evidence) -> Iterator[Line]:
    """A line for each theme, beside England; what has no series stands alone."""
    rules = editions.current().profile
    told: set[str] = set()
    for series in evidence.series.values():
        text = changes.standing(series, evidence.series, rules)
        if text and series.latest and series.measure.theme not in told:
            told.add(series.measure.theme)
            yield Line(text, series.latest.origin.cited, series.latest.origin.as_at)
    for figure in evidence.context:
        if figure.is_known and f"pupils.{figure.key}" not in evidence.series:
            yield Line(f"{figure.label}: {figure.told}.", figure.source, figure.as_at)


def _group(frame: Frame) -> Iterator[Line]:
    if frame.school.trust_name:
        yield Line(f"Belongs to {frame.school.trust_name}.")
    if frame.school.federation_name:
        yield Line(f"Federated in {frame.school.federation_name}.")


def _listed(names: list[str]) -> str:
    """attendance, inclusion and leadership"""
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))
