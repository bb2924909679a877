"""Which term each visit of the year falls in: one of a termly line in each, what is rare early."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from plimsoll.visits.planning.question import Need, Question, Season


@dataclass(frozen=True)
class Wanted:
    """One visit and the term that it is given; `beyond` the turns that a term has."""

    need: Need
    index: int
    beyond: bool = False


class Shared:
    """How the year's visits are shared out among the terms that are left."""

    def __init__(self, terms: int) -> None:
        self.terms = range(terms)
        self.turns: Counter[tuple[str, int]] = Counter()
        self.load: dict[int, Decimal] = dict.fromkeys(self.terms, Decimal(0))

    @classmethod
    def over(cls, question: Question, seasons: Sequence[Season]) -> "Shared":
        shared = cls(len(seasons))
        for visit in question.standing:
            for index, season in enumerate(seasons):
                shared.turns[visit.turn, index] += visit.on in season.span
        return shared

    def out(self, needs: Sequence[Need]) -> Iterable[Wanted]:
        """What falls once a year first, then what takes another line's turn, then each term's."""
        a_term = {need.turn: need.each_term for need in needs if need.each_term}
        for need in sorted(needs, key=lambda need: (bool(need.each_term), need.turn != need.line)):
            chosen = self._chosen(need, a_term.get(need.turn, 0))
            for index, beyond in chosen:
                self.turns[need.turn, index] += 1
                self.load[index] += need.days
                yield Wanted(need, index, beyond)

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
