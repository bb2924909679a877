"""From what is left of an entitlement to visits with dates: a proposal, and what it leaves open.

Nothing here reads the clock or the database. The same question has the same answer. First each
visit is given a term, then a day in it; what finds no day is told with the reason.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from plimsoll.core.deadlines import Calendar, Span
from plimsoll.visits.diary.planning_days import Diary, Limits, Taken, days_to_visit, fitting

# Where the authority has not entered its terms: the months in which there is school.
ASSUMED: Final = (("Autumn", 9, 12), ("Spring", 1, 3), ("Summer", 4, 7))


@dataclass(frozen=True)
class Need:
    """What is left of one line: so many visits of one length.

    `each_term` is how many fall in a term, 0 where the line is for the year. A line that counts
    as one of another's occasions takes its turns: both have that line's id as `turn`.
    """

    kind: str
    line: str
    funding: str
    label: str
    days: Decimal
    left: int
    each_term: int
    turn: str
    visits: int = 0
    mode: str = "in-person"


@dataclass(frozen=True)
class Standing:
    """A visit that the school has in the diary already."""

    on: date
    turn: str


@dataclass(frozen=True)
class Season:
    """A term, or the months that stand for one."""

    name: str
    span: Span
    assumed: bool = False


@dataclass(frozen=True)
class Proposed:
    """One visit on one day."""

    need: Need
    on: date
    part: str
    season: str


@dataclass(frozen=True)
class LeftOpen:
    """So many visits that have no day, and why."""

    need: Need
    season: str
    why: str


@dataclass(frozen=True)
class Proposal:
    visits: tuple[Proposed, ...]
    open: tuple[LeftOpen, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Question:
    """All that a proposal follows from."""

    needs: Sequence[Need]
    seasons: Sequence[Season]
    calendar: Calendar
    standing: Sequence[Standing]  # at this school
    diary: Sequence[Taken]  # the partner's, this school among the others
    limits: Limits
    today: date


def seasons_of(terms: Iterable[tuple[str, Span]], year: int) -> tuple[Season, ...]:
    """The terms that were entered; for those of the year that were not, its months."""
    known = [Season(name, span) for name, span in terms]
    missing = [
        season
        for season in (_assumed(name, first, last, year) for name, first, last in ASSUMED)
        if not any(_overlap(season.span, other.span) for other in known)
    ]
    return tuple(sorted((*known, *missing), key=lambda season: season.span))


def _assumed(name: str, first: int, last: int, year: int) -> Season:
    calendar_year = year if first >= ASSUMED[0][1] else year + 1
    return Season(name, Span(date(calendar_year, first, 1), _end(calendar_year, last)), True)


def _end(year: int, month: int) -> date:
    """The last day of a month in which there can be school."""
    return date(year, month, 22 if month in (7, 12) else 30)


def _overlap(one: Span, other: Span) -> bool:
    return one.first <= other.last and other.first <= one.last


def propose(question: Question) -> Proposal:
    """A year plan for one school, spread over the terms that are left."""
    left = _left(question)
    shared = _Shared.over(question, [season for season, _ in left])
    wanted = list(shared.out(question.needs)) if left else []
    board = _Board(question, left)
    for index in range(len(left)):
        board.fill(index, [each.need for each in wanted if each.index == index])
    if not left:
        board.open = [
            LeftOpen(need, "", "No day of the school is left this year.")
            for need in question.needs
            for _ in range(need.left)
        ]
    visits = tuple(sorted(board.visits, key=lambda visit: (visit.on, visit.part)))
    return Proposal(visits, tuple(board.open), tuple(_notes(question, left, wanted)))


Left = list[tuple[Season, list[date]]]


def _left(question: Question) -> Left:
    """The terms with days to come on which the school can be visited."""
    clear = question.limits.clear_of_term_ends
    found = [
        (season, days_to_visit(question.calendar, season.span, clear))
        for season in question.seasons
    ]
    coming = [(season, [day for day in days if day > question.today]) for season, days in found]
    return [(season, days) for season, days in coming if days]


def _notes(question: Question, left: Left, wanted: list["_Wanted"]) -> Iterable[str]:
    if names := [season.name for season, _ in left if season.assumed]:
        yield (
            f"The dates of {_listed(names)} have not been entered: those visits are spread over "
            f"the months, clear of the holidays that are known."
        )
    for label in dict.fromkeys(each.need.label for each in wanted if each.beyond):
        yield (
            f"{label}: more are left than the terms to come have turns, "
            f"so one term has more than one in its turn."
        )


def _listed(names: Sequence[str]) -> str:
    *rest, last = names
    return f"{', '.join(rest)} and {last}" if rest else last


# --- which term ------------------------------------------------------------------------


@dataclass(frozen=True)
class _Wanted:
    """One visit and the term that it is given; `beyond` the turns that a term has."""

    need: Need
    index: int
    beyond: bool = False


class _Shared:
    """How the year's visits are shared out among the terms that are left."""

    def __init__(self, terms: int) -> None:
        self.terms = range(terms)
        self.turns: Counter[tuple[str, int]] = Counter()
        self.load: dict[int, Decimal] = dict.fromkeys(self.terms, Decimal(0))

    @classmethod
    def over(cls, question: Question, seasons: Sequence[Season]) -> "_Shared":
        shared = cls(len(seasons))
        for visit in question.standing:
            for index, season in enumerate(seasons):
                shared.turns[visit.turn, index] += visit.on in season.span
        return shared

    def out(self, needs: Sequence[Need]) -> Iterable[_Wanted]:
        """What falls once a year first, then what takes another line's turn, then each term's."""
        a_term = {need.turn: need.each_term for need in needs if need.each_term}
        for need in sorted(needs, key=lambda need: (bool(need.each_term), need.turn != need.line)):
            chosen = self._chosen(need, a_term.get(need.turn, 0))
            for index, beyond in chosen:
                self.turns[need.turn, index] += 1
                self.load[index] += need.days
                yield _Wanted(need, index, beyond)

    def _chosen(self, need: Need, a_term: int) -> list[tuple[int, bool]]:
        if need.each_term:
            return self._by_turns(need, a_term)
        return self._evenly(need, [t for t in self.terms if self._free(need.turn, t, a_term)])

    def _free(self, turn: str, index: int, a_term: int) -> int:
        return max(0, a_term - self.turns[turn, index])

    def _by_turns(self, need: Need, a_term: int) -> list[tuple[int, bool]]:
        """One in each term before any has a second, as far as the turns go; then the lightest."""
        free = {index: self._free(need.turn, index, a_term) for index in self.terms}
        chosen: list[tuple[int, bool]] = []
        for nth in range(a_term):
            rest = need.left - len(chosen)
            having = [index for index in self.terms if free[index] > nth]
            chosen += [(index, False) for index in _spread(having, rest)]
        return chosen + self._lightest(need, need.left - len(chosen), self.terms, beyond=True)

    def _evenly(self, need: Need, open_terms: list[int]) -> list[tuple[int, bool]]:
        return self._lightest(need, need.left, open_terms or self.terms, beyond=False)

    def _lightest(
        self, need: Need, count: int, terms: Sequence[int], *, beyond: bool
    ) -> list[tuple[int, bool]]:
        own: Counter[int] = Counter()
        for _ in range(count):
            index = min(terms, key=lambda t: (self._times(need, t) + own[t], self.load[t], t))
            own[index] += 1
        return [(index, beyond) for index in sorted(own.elements())]

    def _times(self, need: Need, index: int) -> int:
        return self.turns[need.turn, index] if need.turn == need.line else 0


def _spread(indexes: list[int], count: int) -> list[int]:
    """So many of them, as far from one another as they can be."""
    if count >= len(indexes):
        return indexes
    return [indexes[(2 * nth + 1) * len(indexes) // (2 * count)] for nth in range(count)]


# --- which day -------------------------------------------------------------------------


class _Board:
    """The days that fill up while visits are put on them."""

    def __init__(self, question: Question, left: Left) -> None:
        self.question, self.left = question, left
        self.taken = list(question.diary)
        self.here = [visit.on for visit in question.standing]
        self.visits: list[Proposed] = []
        self.open: list[LeftOpen] = []

    def fill(self, index: int, needs: list[Need]) -> None:
        """Put a term's visits on days: as evenly as they fit, or else wherever they fit."""
        season, days = self.left[index]
        needs = _interleaved(needs)
        ideal = self._ideal(days, len(needs))
        ways = [self._put(season, days, needs, near) for near in (ideal, [days[0]] * len(needs))]
        put = max(ways, key=len)
        self._keep(put.values())
        for place, need in enumerate(needs):
            if place not in put:
                self._elsewhere(index, need)

    def _ideal(self, days: list[date], count: int) -> list[date]:
        """Evenly spread days, less those near which a visit stands already."""
        own = [day for day in self.here if days[0] <= day <= days[-1]]
        every = count + len(own)
        places = [days[(2 * nth + 1) * len(days) // (2 * every)] for nth in range(every)]
        for day in own:
            places.remove(min(places, key=lambda place: abs((place - day).days)))
        return places

    def _put(
        self, season: Season, days: list[date], needs: list[Need], near: list[date]
    ) -> dict[int, Proposed]:
        diary, here = Diary(self.taken), list(self.here)
        put: dict[int, Proposed] = {}
        for place, (need, ideal) in enumerate(zip(needs, near, strict=True)):
            fits = (day for day in days if not self._against(day, need, diary, here))
            day = min(fits, key=lambda day: (abs((day - ideal).days), day), default=None)
            if day is None:
                continue
            part = diary.free_part(day, need.days)
            put[place] = Proposed(need, day, part, season.name)
            diary.add(Taken(day, part, need.days))
            here.append(day)
        return put

    def _against(self, day: date, need: Need, diary: Diary, here: list[date]) -> str:
        return fitting(day, need.days, diary, here, self.question.limits)

    def _keep(self, put: Iterable[Proposed]) -> None:
        for visit in put:
            self.visits.append(visit)
            self.taken.append(Taken(visit.on, visit.part, visit.need.days))
            self.here.append(visit.on)

    def _elsewhere(self, index: int, need: Need) -> None:
        """What falls once a year may go into another term; what is a term's stays open."""
        others = [] if need.each_term else [at for at in range(len(self.left)) if at != index]
        for at in others:
            season, days = self.left[at]
            if put := self._put(season, days, [need], [days[len(days) // 2]]):
                self._keep(put.values())
                return
        season, days = self.left[index]
        self.open.append(LeftOpen(need, season.name, self._why(days, need)))

    def _why(self, days: list[date], need: Need) -> str:
        diary, limits = Diary(self.taken), self.question.limits
        against = {self._against(day, need, diary, self.here) for day in days}
        reasons = {
            "near": f"nearer than {limits.apart} days to another visit here",
            "day": "full already",
            "week": "in a week that is full already",
        }
        found = [words for key, words in reasons.items() if key in against]
        return f"Each day that is left is {' or '.join(found)}."


def _interleaved(needs: list[Need]) -> list[Need]:
    """The kinds in turn, each spread over the whole."""
    count, seen = Counter(needs), Counter[Need]()
    placed = []
    for nth, need in enumerate(needs):
        placed.append(((2 * seen[need] + 1) / count[need], nth, need))
        seen[need] += 1
    return [need for _, _, need in sorted(placed, key=lambda each: each[:2])]
