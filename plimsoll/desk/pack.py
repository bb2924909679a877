"""The school profile as a document: the page's content, for PDF and for Word.

It holds published figures only, so it is the same whoever asks.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Final

from plimsoll.core.forms import long_date
from plimsoll.core.rendering import picture
from plimsoll.core.trend import NOTHING, Trend
from plimsoll.documents.content import (
    Block,
    Bullets,
    Chart,
    Heading,
    Letter,
    Note,
    Pairs,
    Paragraph,
    Sender,
    Small,
    Table,
)
from plimsoll.evidence.figures import Figure
from plimsoll.evidence.school.changes import Sentence
from plimsoll.evidence.school.history import Told
from plimsoll.evidence.school.queries import Evidence
from plimsoll.evidence.school.sections import Card, Profile, Section, Source
from plimsoll.framework.model import Edition

ABOUT: Final = (
    "What is published about the school, for a conversation about it. Each figure is named with "
    "its source and date. Where there is no figure, words say why."
)
NO_CHANGE: Final = (
    "No figure held here moved by as much as the authority finds worth a sentence, or there are "
    "no two years to compare."
)
NOT_INSPECTED: Final = (
    "Not inspected: no inspection of this school, or of one before it, is published."
)
TONES: Final = {"better": "Better: ", "worse": "Worse: ", "": ""}


def pack(evidence: Evidence, profile: Profile, policy: Edition, *, on: date) -> Letter:
    """The whole pack."""
    school = evidence.school
    return Letter(
        title=f"School profile: {school.name}",
        reference=f"URN {school.urn}",
        date=on,
        sender=Sender(policy.authority.service_name, policy.authority.address),
        recipient=(),
        blocks=(
            Paragraph(ABOUT),
            Heading("What changed"),
            *_changed(profile),
            *(
                block
                for section in profile.sections
                for block in _section(section, policy.profile.years)
            ),
            Heading("Inspections"),
            *_inspections(evidence),
            Heading("The school"),
            _context(evidence.context),
            Heading("Sources"),
            # Several files of one title, one for each year, are one source.
            Bullets(tuple({_origin(each.cited, each.as_at): 1 for each in evidence.sources})),
        ),
    )


def _changed(profile: Profile) -> Iterator[Block]:
    if profile.changed:
        yield Bullets(tuple(_sentence(each) for each in profile.changed))
    else:
        yield Paragraph(NO_CHANGE)


def _sentence(sentence: Sentence) -> str:
    return f"{TONES[sentence.tone]}{sentence.text} ({_origin(sentence.source, sentence.as_at)})"


def _section(section: Section, years: int) -> Iterator[Block]:
    yield Heading(section.theme.label)
    yield Paragraph(section.theme.about, leads=True)
    if section.theme.describes:
        yield Pairs(tuple(_small(card, years) for card in section.cards))
    else:
        for card in section.cards:
            yield from _card(card, years)
    if section.silent:
        yield Paragraph("No figure for this school:")
        yield Bullets(tuple(f"{each.measure.label}: {each.why}" for each in section.silent))
    if section.missing:
        names = "; ".join(measure.name for measure in section.missing)
        yield Paragraph(f"Nothing is held for this school on: {names}.")
    if section.theme.lacks:
        yield Paragraph(section.theme.lacks)


def _card(card: Card, years: int) -> Iterator[Block]:
    yield Heading(card.measure.label, level=3)
    yield from _trend(card.trend, years, _said(card), _from(card))
    if card.gap:
        yield from _trend(card.gap, years, f"{card.gap.title}.")


def _said(card: Card) -> str:
    said = [sentence.text for sentence in card.sentences]
    if card.warning:
        said.append(f"Few pupils. {card.warning}")
    return " ".join(said)


def _trend(trend: Trend, years: int, lead: str, source: str = "") -> Iterator[Block]:
    table, notes = _table(trend, years), _notes(trend, source)
    if trend.is_drawn:
        yield Chart(picture(trend), trend.in_words, table, lead, notes)
    else:
        yield from (Paragraph(lead), table) if lead else (table,)
        yield from map(Note, notes)


def _small(card: Card, years: int) -> Small:
    return Small(_said(card), _table(card.trend, years), _notes(card.trend, _from(card)))


def _table(trend: Trend, years: int) -> Table:
    """The last so many years; a picture and its words have all of them."""
    held = tuple(
        (row.period, *(reading.text for reading in row.readings))
        if row.readings
        else (row.period, *(NOTHING for _ in trend.lines))
        for row in trend.rows[-years:]
    )
    return Table(trend.title, ("Year", *(line.label for line in trend.lines)), held)


def _notes(trend: Trend, source: str) -> tuple[str, ...]:
    said = "; ".join(f"{label}: {note}" for label, note in trend.notes)
    return tuple(filter(None, (f"{said}." if said else "", source)))


def _from(card: Card) -> str:
    return f"From: {_sources(card.sources)}."


def _sources(sources: Sequence[Source]) -> str:
    """Each source once, with whose figures of which years are from it."""
    found: dict[str, dict[str, list[str]]] = {}
    for each in sources:
        by_years = found.setdefault(_origin(each.title, each.as_at), {})
        by_years.setdefault(each.years, []).append(each.whose)
    return "; ".join(f"{origin} ({_whose(told)})" for origin, told in found.items())


def _whose(by_years: Mapping[str, Sequence[str]]) -> str:
    return "; ".join(f"{', and '.join(whose)}: {years}" for years, whose in by_years.items())


def _origin(title: str, as_at: date | None) -> str:
    return f"{title}, as at {long_date(as_at)}" if as_at else title


def _inspections(evidence: Evidence) -> Iterator[Block]:
    if not evidence.inspections:
        yield Paragraph(
            "Not inspected: no inspection of this school, or of one before it, is published."
        )
    for told in evidence.inspections:
        yield Heading(f"{long_date(told.starts)}: {told.headline}", level=3)
        yield Paragraph(_about(told))
        yield Table(
            f"What the inspection of {long_date(told.starts)} found",
            ("What", "Found"),
            tuple((figure.label, figure.value) for figure in told.figures),
        )


def _about(told: Told) -> str:
    said = [f"{told.kind_label}."]
    if told.of_predecessor:
        said.append(f"A school before this one: {told.school_name}, URN {told.urn}.")
    if told.before_joining:
        said.append("From before the school joined its trust.")
    return " ".join([*said, f"Source: {_origin(told.origin.cited, told.origin.as_at)}."])


def _context(figures: tuple[Figure, ...]) -> Table:
    return Table(
        "Figures about the school",
        ("What", "Figure", "Source"),
        tuple((each.label, each.told, _origin(each.source, each.as_at)) for each in figures),
    )
