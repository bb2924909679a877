"""What a notice requires, point by point: each is a matter that the plan answers (I8)."""

from collections.abc import Iterator

from plimsoll.intervention.models import Notice, Obligation


def matters(obligation: Obligation) -> list[str]:
    """The points of the part of the notice that policy marks as planned, in its own words."""
    if obligation.notice is None:
        return [obligation.label]
    parts = [part for part in obligation.notice.type.parts if part.planned]
    return [point for part in parts for point in _points(_text(obligation.notice, part.id))]


def _text(notice: Notice, part: str) -> str:
    return str(notice.texts.get(part, "")).replace("\r\n", "\n")


def _points(text: str) -> Iterator[str]:
    """Each line of a list, and each paragraph that does not merely lead to one."""
    for block in text.split("\n\n"):
        lines = [line.strip() for line in block.split("\n") if line.strip()]
        if any(line.startswith("- ") for line in lines):
            yield from (line[2:].strip() for line in lines if line.startswith("- "))
        elif lines and not lines[-1].endswith(":"):
            yield " ".join(lines)
