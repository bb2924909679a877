"""A notice beside the one it follows, part by part."""

from dataclasses import dataclass

from plimsoll.documents.content import in_words
from plimsoll.intervention.models import Case, Notice


def last_given(case: Case) -> Notice | None:
    """The notice or letter that the next one follows."""
    return case.notices.filter(given_on__isnull=False).order_by("-given_on", "-pk").first()


@dataclass(frozen=True)
class Beside:
    """One part: what the earlier notice says, and what this one does."""

    label: str
    before: str
    now: str


def beside(notice: Notice) -> list[Beside]:
    """Every part of the two, in this notice's order; nothing where it follows none."""
    if notice.follows is None:
        return []
    earlier = notice.follows
    earlier.case = notice.case
    labels = {each.id: each.label for each in notice.type.parts}
    for each in earlier.type.parts:
        labels.setdefault(each.id, each.label)
    rows = [
        Beside(label, str(earlier.texts.get(part, "")), str(notice.texts.get(part, "")))
        for part, label in labels.items()
    ]
    return [*rows, *_days(earlier, notice)]


def _days(earlier: Notice, notice: Notice) -> list[Beside]:
    days = [
        ("Compliance period ends", earlier.period_ends, notice.period_ends),
        ("To be addressed by", earlier.address_by, notice.address_by),
    ]
    return [
        Beside(label, in_words(before) if before else "", in_words(now) if now else "")
        for label, before, now in days
        if before or now
    ]
