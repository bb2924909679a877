"""A stored letter set anew: with words blacked out, and without the lines that belong to no file.

The lines are those that name a visit whose content is private: of it nothing at all goes into
the file of a case (E12), and a summary tells the school the day of it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from plimsoll.core.forms import long_date
from plimsoll.documents.content import (
    Block,
    Bullets,
    Facts,
    Heading,
    Letter,
    Note,
    Paragraph,
    Sender,
    Table,
)
from plimsoll.documents.reading import Read
from plimsoll.framework.model import Edition
from plimsoll.intervention.bundle.blackout import Blackout, Phrase, words_of

COPY: Final = (
    "Copy, set anew for this file from the stored letter of {day}. What belongs to no file of a "
    "case is not in it."
)
REDACTED: Final = (
    "Redacted copy, set anew from the stored letter of {day}. Where something is blacked out, the "
    "reason stands beside it."
)
MARKING: Final = "Confidential"


def private_words(*policies: Edition) -> tuple[Phrase, ...]:
    """What policy calls the visits whose content is private, and the days that they take."""
    named: dict[str, None] = {}
    for policy in policies:
        private = [each for each in policy.visits if each.content_private]
        lines = {each.line for each in private}
        named |= dict.fromkeys(each.label for each in private)
        for entitlement in policy.entitlements.values():
            named |= dict.fromkeys(x.label for x in entitlement.lines if x.id in lines)
    return tuple(Phrase(words, "") for words in named)


def set_anew(
    stored: Read,
    *,
    title: str,
    on: date,
    policy: Edition,
    private: Sequence[Phrase],
    blackout: Blackout,
) -> Letter:
    whole = (title, tuple(_without(stored.blocks, private)), stored.marking or MARKING)
    kept = blackout.over(whole)
    said = (COPY if kept == whole else REDACTED).format(day=long_date(on))
    authority = policy.authority
    return Letter(
        title=kept[0],
        reference="Copy",
        date=on,
        sender=Sender(authority.service_name, authority.address),
        recipient=(),
        blocks=(Note(said), *kept[1]),
        marking=kept[2],
    )


def _without(blocks: Sequence[Block], private: Sequence[Phrase]) -> Iterator[Block]:
    """The blocks without the lines, and without a heading that nothing would stand under."""
    waiting: Heading | None = None
    for block in blocks:
        kept = _rest(block, private)
        if isinstance(kept, Heading):
            waiting = kept
        elif kept is not None:
            yield from (waiting, kept) if waiting else (kept,)
            waiting = None


def _rest(block: Block, private: Sequence[Phrase]) -> Block | None:
    if isinstance(block, Bullets):
        items = tuple(each for each in block.items if not _names(each, private))
        return Bullets(items) if items else None
    if isinstance(block, Facts):
        pairs = tuple(each for each in block.rows if not _names(words_of(each), private))
        return Facts(pairs) if pairs else None
    if isinstance(block, Table):
        rows = tuple(each for each in block.rows if not _names(words_of(each), private))
        return replace(block, rows=rows) if rows else None
    if isinstance(block, Paragraph):
        return None if _names(block.text, private) else block
    return block


def _names(text: str, private: Sequence[Phrase]) -> bool:
    return any(each.times_in(text) for each in private)
