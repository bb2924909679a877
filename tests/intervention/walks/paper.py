"""Random walks on paper: what people put on record, and where that takes a case."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from random import Random
from typing import Any

from plimsoll.framework.casework import Fact, Rung
from tests.intervention.steps import DAY
from tests.intervention.walks.law import barred, move
from tests.intervention.walks.record import Found, Letter, Paper

FAR = 20  # more steps than lead anywhere
# What an approved letter may lack.
LACKS = ("part", "blank", "guidance", "ground", "day", "comparison")


@dataclass(frozen=True)
class Attempt:
    """Somebody tries a step on a day; the paper says whether it is theirs."""

    rung: Rung
    theirs: bool
    day: date

    def __str__(self) -> str:
        return f"{self.rung.id} on {self.day}, {'' if self.theirs else 'not '}theirs"


def walked(paper: Paper, goal: Rung, rng: Random) -> Attempt:
    """Some steps, mostly towards the goal, and then an attempt in which something may be wrong."""
    away = distances(paper, goal)
    for _ in range(rng.randrange(12)):
        if paper.is_closed or (goal in paper.next() and rng.random() < 0.8):
            break
        rung = rng.choice(_ahead(paper, away))
        prepare(paper, rung, rng)
        day = paper.today - rng.choice((0, 0, 1)) * DAY
        if not barred(paper, rung, True, day):
            move(paper, rung, day)
    return _last(paper, goal, rng)


def _ahead(paper: Paper, away: dict[str, int]) -> list[Rung]:
    """What leads to the goal most of all, and seldom an end that is not it."""
    besides = [rung for rung in paper.ladder.always if rung.id != paper.state]
    found = [*paper.next() * 2, *besides]
    near = min(away.get(rung.id, FAR) for rung in found)
    best = [rung for rung in found if away.get(rung.id, FAR) == near and rung.then]
    return best * 20 + [rung for rung in found if rung.then] * 3 + found


def distances(paper: Paper, *goals: Rung) -> dict[str, int]:
    """How many steps the nearest of the goals is away at least, from wherever one leads there."""
    away = {goal.id: 0 for goal in goals}
    for steps in range(1, FAR):
        before = set(away)
        for rung in paper.rungs.values():
            if rung.id not in before and before & set(rung.then):
                away[rung.id] = steps
    return away


def _last(paper: Paper, goal: Rung, rng: Random) -> Attempt:
    near = [] if paper.is_closed else paper.next()
    rung = goal if rng.random() < 0.9 or not near else rng.choice(near)
    prepare(paper, rung, rng)
    attempt = Attempt(rung, True, paper.today)
    for _ in range(rng.choice((0, 1, 1, 1, 1, 2))):
        attempt = rng.choice(WRONGS)(paper, attempt, rng)
    return attempt


# --- everything is prepared -------------------------------------------------------------------


def prepare(paper: Paper, rung: Rung, rng: Random) -> None:
    """What the step demands is put on record, and its letter approved."""
    paper.today += rng.choice((0, 0, 1, 3, 8)) * DAY
    facts = [paper.policy.fact(name) for name in rung.requires]
    warning = paper.warning()
    if warning and warning.ends and any(fact.shown_by == "period" for fact in facts):
        paper.today = max(paper.today, warning.ends + rng.randint(1, 4) * DAY)
    for fact in facts:
        _put_on_record(paper, fact, rung, rng)
    if rung.notice:
        _approve(paper, rung, rng)


def _put_on_record(paper: Paper, fact: Fact, rung: Rung, rng: Random) -> None:
    day = max(paper.since, paper.today - rng.choice((0, 1, 2, 20)) * DAY)
    match fact.shown_by:
        case "finding":
            paper.findings.append(Found(fact.id, paper.today if fact.after_period else day))
        case "statutory-ground":
            for ground in _grounds(paper, rung, rng):
                paper.findings.append(Found(fact.id, day, ground))
        case "discussion":
            paper.talks.append(day)
        case "no-block" if paper.blocked:
            paper.blocked, paper.unblocked = False, day
        case "power" if paper.eligible_by:
            paper.power = paper.power or day
        case "service":
            letter = paper.given(fact.notice) if fact.notice else paper.warning()
            if letter and letter.given:
                received = letter.given + rng.choice((0, 0, 0, 2, 30)) * DAY
                change(paper, letter, received=min(paper.today, received))


def _grounds(paper: Paper, rung: Rung, rng: Random) -> list[str]:
    own = list(paper.policy.notice(rung.notice).grounds) if rung.notice else []
    return rng.sample(own, rng.randint(1, len(own))) if own else ["s60-safety"]


def _approve(paper: Paper, rung: Rung, rng: Random) -> None:
    kind = paper.policy.notice(rung.notice or "")
    found = sorted({each.ground for each in paper.findings if each.ground in kind.grounds})
    grounds = found or list(kind.grounds[:1])
    if rung.urgent and rng.random() < 0.9:
        grounds = [ground.id for ground in paper.policy.grounds if ground.safety][:1]
    dates = {part.date for part in kind.parts}
    ends = paper.today + rng.choice((0, 15, 21)) * DAY if "period" in dates else None
    by = paper.today + rng.choice((0, 60)) * DAY if "timeframe" in dates else None
    if before := paper.ready(kind.id):
        paper.letters.remove(before)
    paper.letters.append(Letter(kind.id, paper.today, tuple(grounds), ends, by))


def change(paper: Paper, letter: Letter, **values: Any) -> None:
    paper.letters[paper.letters.index(letter)] = replace(letter, **values)


# --- and something is wrong -------------------------------------------------------------------


def _a_fact_is_left_out(paper: Paper, tried: Attempt, rng: Random) -> Attempt:
    if not tried.rung.requires:
        return tried
    fact = paper.policy.fact(rng.choice(tried.rung.requires))
    paper.findings = [each for each in paper.findings if each.fact != fact.id]
    if fact.shown_by == "discussion":
        paper.talks.clear()
    if fact.shown_by == "no-block":
        paper.blocked, paper.unblocked = True, None
    if fact.shown_by == "power":
        paper.power = None
    letter = paper.given(fact.notice) if fact.notice else paper.warning()
    if letter and fact.shown_by == "notice":
        paper.letters.remove(letter)
    if letter and fact.shown_by == "service":
        change(paper, letter, received=None)
    if letter and fact.shown_by == "period":
        change(paper, letter, ends=paper.today + rng.choice((0, 5)) * DAY)
    return tried


def _somebody_else(paper: Paper, tried: Attempt, rng: Random) -> Attempt:
    return replace(tried, theirs=False)


def _another_day(paper: Paper, tried: Attempt, rng: Random) -> Attempt:
    days = (paper.since - DAY, paper.today + DAY, paper.today - DAY, paper.since)
    return replace(tried, day=rng.choice(days))


def _of_the_letter(paper: Paper, tried: Attempt, rng: Random) -> Attempt:
    letter = paper.ready(tried.rung.notice)
    if letter is None:
        return tried
    if rng.random() < 0.25:
        paper.letters.remove(letter)
        return tried
    kind = paper.kind(letter)
    wrongs: list[dict[str, object]] = [
        {"lacks": rng.choice(LACKS)},
        {"approved": letter.approved - rng.choice((1, 4, 30)) * DAY},
        {"ends": tried.day - DAY} if letter.ends else {"lacks": "part"},
    ]
    if kind.route:
        wrongs += [{"grounds": kind.grounds}] * 2
    change(paper, letter, **rng.choice(wrongs))
    return tried


def _the_register(paper: Paper, tried: Attempt, rng: Random) -> Attempt:
    paper.register = rng.choice(("closed", "another"))
    return tried


WRONGS: tuple[Callable[[Paper, Attempt, Random], Attempt], ...] = (
    _a_fact_is_left_out,
    _a_fact_is_left_out,
    _somebody_else,
    _another_day,
    _of_the_letter,
    _of_the_letter,
    _the_register,
)
