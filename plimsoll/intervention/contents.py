"""Whether a notice says everything that it must before it is given (I4; EIA 2006 s.60(4))."""

import re
from collections.abc import Iterator
from typing import Final

from plimsoll.framework.casework import NoticePart
from plimsoll.intervention.models import Notice

# A place that a wording of the library leaves for the writer, such as {years}.
BLANK: Final = re.compile(r"\{[^{}]*\}")


def gaps(notice: Notice) -> list[str]:
    """What the notice still lacks, in policy's words; nothing where it is whole."""
    return [*_grounds(notice), *_parts(notice), *_guidance(notice)]


def _grounds(notice: Notice) -> Iterator[str]:
    kind = notice.type
    if kind.one_aspect and notice.aspect not in kind.grounds:
        yield "The one aspect that it is about"
    elif kind.statutory and kind.grounds and not set(notice.grounds) & set(kind.grounds):
        yield "A statutory ground"
    if strange := sorted(set(notice.grounds) - set(kind.grounds)):
        yield f"No other grounds than its own: {', '.join(strange)}"
    compared = {ground.id for ground in notice.case.policy.grounds if ground.compared}
    if compared & set(notice.grounds) and not notice.compared_with:
        yield "What the standards are low beside"


def _parts(notice: Notice) -> Iterator[str]:
    for part in notice.type.parts:
        text = str(notice.texts.get(part.id, ""))
        if not any(character.isalnum() for character in text):
            yield part.label
        elif blank := BLANK.search(text):
            yield f"{part.label}: what stands for {blank.group()}"
        elif not _names_its_day(part, notice):
            yield f"{part.label}: the day"


def _guidance(notice: Notice) -> Iterator[str]:
    """Under the Act the authority has regard to the guidance, and says to which (s.72)."""
    if notice.type.statutory and notice.case.policy.concern.guidance and not notice.guidance:
        yield "The guidance that was had regard to"


def _names_its_day(part: NoticePart, notice: Notice) -> bool:
    match part.date:
        case "period":
            return notice.period_ends is not None
        case "timeframe":
            return notice.address_by is not None
    return True
