"""A summary as it stands: policy's parts in their order, each told from the records (Q2)."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Final

from plimsoll.documents.content import Block, Bullets, Paragraph, Table, in_words
from plimsoll.framework.model import Edition
from plimsoll.framework.visiting import SummaryPart
from plimsoll.visits.models import Summary
from plimsoll.visits.privacy import band_named
from plimsoll.visits.summaries.parts import (
    actions,
    days,
    findings,
    following,
    opening,
    reports,
    support,
    visits,
)
from plimsoll.visits.summaries.parts.told import Told
from plimsoll.visits.summaries.records import Records, gather

TELL: Final[Mapping[str, Callable[[Records], Told]]] = {
    "text": opening.told,
    "visits": visits.told,
    "days": days.told,
    "reports": reports.told,
    "findings": findings.told,
    "support": support.told,
    "actions": actions.told,
    "next": following.told,
}
NOBODY_READS: Final = "Nobody at the school would receive it."


@dataclass(frozen=True)
class Part:
    """One part: the words that stand in it, those that the records draft, and its facts."""

    rule: SummaryPart
    words: str
    drafted: str
    facts: tuple[Block, ...]

    @property
    def said(self) -> str:
        """Everything under its heading, as lines."""
        return "\n".join(line for block in self.blocks for line in _lines(block))

    @property
    def blocks(self) -> tuple[Block, ...]:
        """Everything under its heading. Findings are a list, other words are paragraphs."""
        lines = tuple(filter(None, (line.strip() for line in self.words.splitlines())))
        if self.rule.holds == "findings" and lines:
            return (Bullets(lines), *self.facts)
        return (*map(Paragraph, lines), *self.facts)


@dataclass(frozen=True)
class Composed:
    """A whole summary as the school would read it now, and what needs attention, and why."""

    summary: Summary
    partner: str
    term: str
    parts: tuple[Part, ...]
    attention: tuple[str, ...]

    @property
    def band_named(self) -> str:
        """The first sentence that names a band, wherever it came from; no summary may (S7)."""
        policy = self.summary.policy
        found = (band_named(each.said, policy) for each in self.parts)
        return next(filter(None, found), "")

    def as_json(self) -> list[dict[str, Any]]:
        """The same as plain data: what a page shows, and what is kept once it is issued."""
        return [
            {"label": each.rule.label, "blocks": list(map(_plain, each.blocks))}
            for each in self.parts
            if each.blocks
        ]


def composed(summaries: Iterable[Summary], *, today: date) -> list[Composed]:
    """Summaries of one term as they stand today, in so many queries for any number of them."""
    return [_composed(each) for each in gather(summaries, today=today)]


def _composed(records: Records) -> Composed:
    summary = records.summary
    policy, written = summary.policy, summary.texts
    found: list[Part] = []
    attention: list[str] = []
    for rule, told in _told(records):
        words = written.get(rule.id) or told.words
        missing = told.missing if not words else ""
        facts = (*((Paragraph(missing),) if missing else ()), *told.blocks)
        found.append(Part(rule, words, told.words, facts))
        attention += told.attention
        attention += [missing] if missing and told.wanted else []
        attention += [_names_band(policy, rule)] if band_named(found[-1].said, policy) else []
    attention += [] if records.reaches else [NOBODY_READS]
    term = records.term
    return Composed(
        summary=summary,
        partner=records.partner,
        term=f"{in_words(term.starts)} to {in_words(term.closes)}" if term else "",
        parts=tuple(found),
        attention=tuple(dict.fromkeys(attention)),
    )


def _told(records: Records) -> Iterable[tuple[SummaryPart, Told]]:
    """The first part that is only written is drafted from the figures; others are left to write."""
    first = True
    for rule in records.summary.policy.summaries.parts:
        drafted = rule.holds != "text" or first
        first = first and rule.holds != "text"
        yield rule, TELL[rule.holds](records) if drafted else Told()


def _names_band(policy: Edition, rule: SummaryPart) -> str:
    return f"“{rule.label}” names the {policy.words.band}. A summary never does."


def _lines(block: Block) -> Iterable[str]:
    match block:
        case Paragraph(text=text):
            return [text]
        case Bullets(items=items):
            return items
        case Table(rows=rows):
            return [cell for row in rows for cell in row]
    return []


def _plain(block: Block) -> dict[str, Any]:
    """A block as templates read it; each cell of a table stands with the heading of its column."""
    plain = {"kind": type(block).__name__.lower()} | asdict(block)
    if isinstance(block, Table):
        plain["rows"] = [list(zip(block.head, row, strict=True)) for row in block.rows]
    return plain
