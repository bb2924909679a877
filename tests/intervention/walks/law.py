"""What the law and the framework allow of a case, decided from what is on paper alone.

Written from what policy's words mean, and never by asking the guards of the product.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from plimsoll.framework.casework import Rung
from tests.intervention.walks.record import Letter, Paper

LAW = "law: "  # begins a reason that holds whatever policy's step demands


def barred(paper: Paper, rung: Rung, theirs: bool, day: date) -> set[str]:
    """Everything for which this step must be refused; nothing where it must be allowed."""
    return set(_barred(paper, rung, theirs, day))


def _way(paper: Paper, rung: Rung) -> Iterator[str]:
    if paper.is_closed:
        yield "the case is closed"
    elif rung in paper.ladder.always:
        if rung.id == paper.state:
            yield "it stands there"
    elif rung not in paper.next():
        yield "no way leads there"


def _barred(paper: Paper, rung: Rung, theirs: bool, day: date) -> Iterator[str]:
    yield from _way(paper, rung)
    if not theirs:
        yield "role"
    if rung.bands and paper.band not in rung.bands:
        yield "band"
    if day < paper.since:
        yield "before the last step"
    if day > paper.today:
        yield "ahead"
    for fact in map(paper.policy.fact, rung.requires):
        shown = paper.shown(fact)
        if shown is None or shown > day:
            yield f"fact {fact.id}"
    if not rung.then and not rung.means and paper.power and paper.eligible_by:
        yield "a power is in force"
    if rung.notice:
        yield from _letter(paper, rung, day)


def _letter(paper: Paper, rung: Rung, day: date) -> Iterator[str]:
    """A letter reaches an open school of this route, approved, whole, and in time."""
    if paper.register != "open":
        yield "register"
    letter = paper.ready(rung.notice)
    if letter is None:
        yield "no approved letter"
        return
    if letter.lacks:
        yield "the letter is not whole"
    if letter.approved > day:
        yield "approved later"
    if any(last and last < day for last in (letter.ends, letter.address_by)):
        yield "the period is over before it begins"
    for fact in map(paper.policy.fact, rung.requires):
        shown = paper.shown(fact)
        weighed = fact.shown_by in ("finding", "statutory-ground", "discussion", "period")
        if weighed and shown and shown > letter.approved:
            yield "approved before what it rests on"
    yield from _warning(paper, rung, letter, day)


def _warning(paper: Paper, rung: Rung, letter: Letter, day: date) -> Iterator[str]:
    """The law's own gates, each beside the fact that policy demands (statute.md, section 10)."""
    kind = paper.kind(letter)
    grounds = [each for each in paper.policy.grounds if each.id in letter.grounds]
    if rung.urgent:
        if not any(each.safety for each in grounds):
            yield f"{LAW}urgent without safety"
        if not {"urgent-reasons", "legal-advice"} <= {each.fact for each in paper.findings}:
            yield f"{LAW}urgent without reasons and advice"
    elif kind.warning and not any(talk <= day for talk in paper.talks):
        yield f"{LAW}a warning without discussion"
    if kind.route:
        found = {each.ground for each in paper.findings if each.day <= day}
        if set(letter.grounds) - found:
            yield f"{LAW}a ground that nothing shows"
        if "legal-advice" not in {each.fact for each in paper.findings}:
            yield f"{LAW}a statutory notice without advice"
    if kind.route == "s60" and paper.blocked:
        yield f"{LAW}the Secretary of State bars it"


def move(paper: Paper, rung: Rung, day: date) -> None:
    """The step was taken on the day: what follows from it on paper."""
    paper.state, paper.since = rung.id, day
    if letter := paper.ready(rung.notice):
        paper.letters[paper.letters.index(letter)] = replace(letter, given=day)
    warning = paper.warning()
    if rung.eligible == "category":
        paper.eligible_by = "category"
    elif rung.eligible and paper.eligible_by != "category":
        route = warning.kind and paper.kind(warning).route if warning else "s60"
        paper.eligible_by = route or ""
    if rung.means == "secretary-of-state":
        paper.blocked, paper.unblocked = True, None
        paper.letters = [_superseded(paper, each) for each in paper.letters]
        paper.eligible_by = "" if paper.eligible_by == "s60" else paper.eligible_by


def _superseded(paper: Paper, letter: Letter) -> Letter:
    ends = letter.given and paper.kind(letter).route == "s60"
    return replace(letter, ended=True) if ends else letter
