"""What is held of each source as a data officer reads it: how old, how complete, what to do."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max

from plimsoll.evidence import sources
from plimsoll.evidence.health.coverage import due
from plimsoll.evidence.layouts import Source
from plimsoll.evidence.models import ImportRun, PublishedRow
from plimsoll.evidence.years import MONTHS


@dataclass(frozen=True)
class State:
    """One source: its years, its files, and whether a newer year should be out."""

    source: Source
    last: ImportRun | None
    files: int
    years: tuple[str, ...]  # school years, the oldest first
    due: str
    today: date

    @property
    def span(self) -> str:
        years = self.years
        return f"{years[0]} to {years[-1]}" if len(years) > 1 else "".join(years)

    @property
    def behind(self) -> int:
        """How many school years the newest one held is behind what is usually out."""
        if not self.years or not self.due:
            return 0
        return max(int(self.due[:4]) - int(self.years[-1][:4]), 0)

    @property
    def age(self) -> str:
        """Whether something newer is likely to be had, in a sentence."""
        if self.last is None:
            return "Nothing is held. Read in its newest file."
        if not self.due:
            usual = self.source.usual_month
            usual = f"in {usual}" if usual.lower() in MONTHS else usual
            if self.last.as_at is None:
                return f"Its name does not say of which day it is; published {usual}."
            days = (self.today - self.last.as_at).days
            return f"{days} day{'' if days == 1 else 's'} old; published {usual}."
        if not self.behind:
            return f"Up to date: {self.due} is the newest that is usually out."
        return (
            f"{_counted(self.behind)} behind the calendar: figures of {self.due} are usually out "
            f"by the end of {self.source.usual_month} {int(self.due[:4]) + 1 + self.source.lag}. "
            "Look for a newer file."
        )


def states(names: Iterable[str], today: date) -> list[State]:
    """The state of these sources, in three queries whatever their number."""
    names = list(names)
    runs = ImportRun.objects.filter(source__in=names).order_by()
    files = {
        source: (count, newest)
        for source, count, newest in runs.values_list("source").annotate(Count("pk"), Max("pk"))
    }
    last = ImportRun.objects.in_bulk([newest for _, newest in files.values()])
    years: dict[str, list[str]] = {name: [] for name in names}
    held = PublishedRow.objects.filter(source__in=names).exclude(year="").order_by()
    for source, year in held.values_list("source", "year").distinct():
        years[source].append(year)
    known = sources.known()
    return [
        State(
            source=known[name],
            last=last.get(files[name][1]) if name in files else None,
            files=files[name][0] if name in files else 0,
            years=tuple(sorted(years[name])),
            due=due(known[name], today),
            today=today,
        )
        for name in names
    ]


def _counted(years: int) -> str:
    return "One year" if years == 1 else f"{years} years"
