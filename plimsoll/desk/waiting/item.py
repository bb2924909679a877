"""One thing that waits, as the lists of My work and of a school show it."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time

from django.utils import timezone


@dataclass(frozen=True)
class Item:
    """Where, what for, since when, and until when if a day was set."""

    school: str
    what: str
    since: datetime
    href: str
    due: date | None = None
    # How far away that day is, in words, where the list is by day.
    left: str = ""


def by_day(items: list[Item], today: date) -> list[Item]:
    """Soonest first, each with how far away it is."""
    found = [replace(item, left=away(item.due, today)) for item in items if item.due]
    return sorted(found, key=lambda item: item.due or today)


def away(day: date, today: date) -> str:
    """In calendar days: whoever needs the days of a deadline’s own basis sees them there."""
    match (day - today).days:
        case 0:
            return "today"
        case 1:
            return "tomorrow"
        case days:
            return f"in {days} days" if days > 0 else ""


def morning(day: date) -> datetime:
    """The beginning of a day, for what has a day and no moment."""
    return timezone.make_aware(datetime.combine(day, time.min))
