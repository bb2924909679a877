"""From what is left of an entitlement to visits with dates: a proposal, and what it leaves open.

Nothing here reads the clock or the database. The same question has the same answer. First each
visit is given a term, then a day in it; what finds no day is told with the reason.
"""

from collections.abc import Iterable, Sequence

from plimsoll.core.deadlines import DAY
from plimsoll.visits.planning.board import Board, Left
from plimsoll.visits.planning.days import days_to_visit
from plimsoll.visits.planning.question import LeftOpen, Proposal, Question
from plimsoll.visits.planning.terms import Shared, Wanted


def propose(question: Question) -> Proposal:
    """A year plan for one school, spread over the terms that are left."""
    left = _left(question)
    shared = Shared.over(question, [season for season, _ in left])
    wanted = list(shared.out(question.needs)) if left else []
    board = Board(question, left)
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


def _left(question: Question) -> Left:
    """The terms with days to come on which the school can be visited, and can know of it before."""
    clear = question.limits.clear_of_term_ends
    known = question.today + DAY * question.limits.notice
    found = [
        (season, days_to_visit(question.calendar, season.span, clear))
        for season in question.seasons
    ]
    coming = [(season, [day for day in days if day > known]) for season, days in found]
    return [(season, days) for season, days in coming if days]


def _notes(question: Question, left: Left, wanted: list[Wanted]) -> Iterable[str]:
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
