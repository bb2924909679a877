"""Days of the demonstration: counted from the day on which it is made."""

from datetime import date, datetime, time, timedelta
from typing import Final

from django.utils import timezone

# The working day begins; each thing after it that day comes a little later.
NINE: Final = time(9, 5)
LATER: Final = timedelta(minutes=7)


def ago(at: datetime, days: int, nth: int = 0) -> datetime:
    """The moment so many working days before, at the nth thing of that day."""
    day = timezone.localdate(at)
    while days:
        day -= timedelta(days=1)
        days -= day.weekday() < 5
    return timezone.make_aware(datetime.combine(day, NINE)) + nth * LATER


def ahead(at: datetime, days: int) -> date:
    """The day so many working days on."""
    day = timezone.localdate(at)
    while days:
        day += timedelta(days=1)
        days -= day.weekday() < 5
    return day
