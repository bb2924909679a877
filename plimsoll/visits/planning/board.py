"""Which day of its term each visit is put on, and why some find none."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from plimsoll.visits.planning.days import Diary, Taken, fitting
from plimsoll.visits.planning.question import LeftOpen, Need, Proposed, Question, Season

# The terms with days to come on which the school can be visited.
Left = list[tuple[Season, list[date]]]


class Board:
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
