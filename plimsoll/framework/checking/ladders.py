"""Ladders: each with an end, and no step that the law or the framework bars (I2)."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from plimsoll.framework.casework import Ladder, Rung
from plimsoll.framework.checking.questions import Found, ids, known, once
from plimsoll.framework.model import Edition
from plimsoll.framework.vocabulary import ACTION_PLAN

LONGEST: Final = 30  # what a case can keep of a step's name
OPENED: Final = "opened"  # where a case stands before its first step


def ladders(edition: Edition) -> Iterator[Found]:
    yield from once("ladders.types", [code for x in edition.ladders.values() for code in x.types])
    for name, ladder in edition.ladders.items():
        yield from _ladder(ladder, f"ladders.{name}", edition)
    covered = {code for ladder in edition.ladders.values() for code in ladder.types}
    yield from known("scope.school_types", edition.scope.school_types, covered, "in any ladder")


def _ladder(ladder: Ladder, key: str, edition: Edition) -> Iterator[Found]:
    rungs = ladder.rungs
    steps = ids(rungs)
    yield from once(f"{key}.steps", steps)
    yield from known(f"{key}.first", [ladder.first], steps, "a step of this ladder")
    for rung in rungs:
        place = f"{key}.steps[{rung.id}]"
        if rung.id == OPENED or len(rung.id) > LONGEST:
            yield place, f'must not be "{OPENED}", nor longer than {LONGEST} characters'
        yield from known(f"{place}.by", [rung.by], edition.roles, "a role")
        yield from known(f"{place}.then", rung.then, steps, "a step of this ladder")
        yield from known(f"{place}.requires", rung.requires, ids(edition.facts), "a fact")
        yield from known(f"{place}.bands", rung.bands, ids(edition.bands), "a band")
        yield from known(f"{place}.starts", rung.starts, edition.deadlines, "a deadline")
        yield from _gates(rung, place, edition)
        yield from _planned(rung, place, edition)
        yield from _served(rung, place, edition)
        yield from _ended(rung, place, ladder, edition)
    yield from _ways(ladder, key)


def _gates(rung: Rung, place: str, edition: Edition) -> Iterator[Found]:
    """What a step that gives a notice demands, whatever else the authority may want."""
    if rung.notice is None:
        return
    yield from known(f"{place}.notice", [rung.notice], ids(edition.notices), "a notice")
    facts = [fact for fact in edition.facts if fact.id in rung.requires]
    shown_by = {fact.shown_by for fact in facts}
    for notice in (each for each in edition.notices if each.id == rung.notice):
        if notice.signatory != rung.by:
            yield f"{place}.by", "a letter is signed by whoever takes the step that gives it"
        if notice.warning and not rung.urgent and "discussion" not in shown_by:
            yield f"{place}.requires", "a warning comes after the discussion, or urgently"
        if notice.route and "statutory-ground" not in shown_by:
            yield f"{place}.requires", "a statutory warning notice rests on a statutory ground"
        if notice.route == "s60" and "no-block" not in shown_by:
            yield f"{place}.requires", "no notice while the Secretary of State bars it (s.60(4A))"
    if rung.urgent and not (
        any(fact.privileged for fact in facts) and any(fact.by == rung.by for fact in facts)
    ):
        yield f"{place}.requires", "an urgent step needs legal advice, and the reasons of its role"


def _planned(rung: Rung, place: str, edition: Edition) -> Iterator[Found]:
    """Where the governing body owes a plan, a notice says to what (I8)."""
    if ACTION_PLAN not in rung.starts:
        return
    parts = [part for x in edition.notices if x.id == rung.notice for part in x.parts]
    if sum(part.planned for part in parts) != 1:
        yield f"{place}.starts", "a plan answers one part of the notice: mark it as planned"


def _served(rung: Rung, place: str, edition: Edition) -> Iterator[Found]:
    """A period that is over says nothing of a notice that nobody received."""
    shown_by = {fact.shown_by for fact in edition.facts if fact.id in rung.requires}
    if "period" in shown_by and "service" not in shown_by:
        yield f"{place}.requires", "the period is of a notice that was received (s.60(1)(a))"


def _ended(rung: Rung, place: str, ladder: Ladder, edition: Edition) -> Iterator[Found]:
    """A notice that is ended on purpose is ended in writing, to whoever had it (I6)."""
    letters = {each.id: each for each in edition.notices}
    given = letters.get(rung.notice or "")
    if rung.ends != "lapsed" and not (given and given.to_whoever_had_it):
        yield f"{place}.notice", "whoever had the notice that ends here is told so by a letter"
    lapsing = {each.id for each in ladder.steps if not each.then and each.ends == "lapsed"}
    if given and given.statutory and lapsing & set(rung.then):
        yield f"{place}.then", "a statutory notice ends by a step that says how, with a letter"


def _ways(ladder: Ladder, key: str) -> Iterator[Found]:
    """Every step can be reached, and from every step an end can."""
    rungs = ladder.rungs
    then = {rung.id: rung.then for rung in rungs}
    reached = _reached([ladder.first, *ids(ladder.always)], then)
    before: dict[str, list[str]] = {}
    for rung in rungs:
        for after in rung.then:
            before.setdefault(after, []).append(rung.id)
    ending = _reached((rung.id for rung in rungs if not rung.then), before)
    for step in ids(rungs):
        if step not in reached:
            yield f"{key}.steps[{step}]", f'cannot be reached from "{ladder.first}"'
        if step not in ending:
            yield f"{key}.steps[{step}]", "leads to no end"


def _reached(starts: Iterable[str], ways: Mapping[str, Iterable[str]]) -> set[str]:
    seen: set[str] = set()
    ahead = list(starts)
    while ahead:
        here = ahead.pop()
        if here not in seen:
            seen.add(here)
            ahead += ways.get(here, ())
    return seen
