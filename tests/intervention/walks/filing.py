"""Files that were written on paper, put into the database many at a time."""

from collections.abc import Sequence
from random import Random
from typing import Any

from plimsoll.allocations.models import PastBand
from plimsoll.core.workflow import begin
from plimsoll.framework.editions import current
from plimsoll.intervention.models import (
    Case,
    Delivery,
    Discussion,
    Finding,
    Notice,
    PowerInUse,
)
from plimsoll.people.models import User
from plimsoll.schools.models import School
from tests.cast import NOW, TODAY
from tests.intervention.steps import WHY, on
from tests.intervention.walks.record import Letter, Paper

ANOTHER = "39"  # an academy of 16 to 19, on no ladder


def file(papers: Sequence[Paper], by: User, rng: Random) -> list[Case]:
    """A school for each, with its case and all of its records."""
    schools = [_school(paper, 910_000 + at, rng) for at, paper in enumerate(papers)]
    School.objects.bulk_create(schools)
    PastBand.objects.bulk_create(
        PastBand(school=school, year="2025-26", band=paper.band, source="sheet", entered_at=NOW)
        for school, paper in zip(schools, papers, strict=True)
    )
    pairs = list(zip(map(_case, papers, schools), papers, strict=True))
    Case.objects.bulk_create(case for case, _ in pairs)
    Finding.objects.bulk_create(row for each in pairs for row in _findings(*each))
    Discussion.objects.bulk_create(row for each in pairs for row in _talks(*each))
    PowerInUse.objects.bulk_create(_power(*each) for each in pairs if each[1].power)
    letters = [
        (_notice(case, letter, by), letter) for case, paper in pairs for letter in paper.letters
    ]
    Notice.objects.bulk_create(notice for notice, _ in letters)
    Delivery.objects.bulk_create(_delivery(*each) for each in letters if each[1].given)
    return [case for case, _ in pairs]


def _school(paper: Paper, urn: int, rng: Random) -> School:
    return School(
        urn=urn,
        name=f"School {urn}",
        type=ANOTHER if paper.register == "another" else rng.choice(paper.ladder.types),
        status="2" if paper.register == "closed" else "1",
        phase=rng.choice(("primary", "secondary")),
        la=current().authority.la_codes[0],
    )


def _case(paper: Paper, school: School) -> Case:
    warning = paper.warning()
    case = Case(
        school=school,
        number=1,
        edition=paper.policy.key,
        ladder=paper.ladder.key,
        opened_on=TODAY,
        stands_since=paper.since,
        review_on=TODAY.replace(year=2027),
        blocked_since=TODAY if paper.blocked or paper.unblocked else None,
        blocked_until=None if paper.blocked else paper.unblocked,
        eligible_by=paper.eligible_by,
        eligible_since=paper.since if paper.eligible_by else None,
        period_ended_on=warning.ends if warning and paper.eligible_by else None,
        closed_on=paper.since if paper.is_closed else None,
    )
    return begin(case, state=paper.state, at=NOW)


def _findings(case: Case, paper: Paper) -> list[Finding]:
    return [
        Finding(
            case=case,
            fact=each.fact,
            on=each.day,
            text=WHY,
            ground=each.ground,
            privileged=paper.policy.fact(each.fact).privileged,
            recorded_at=NOW,
        )
        for each in paper.findings
    ]


def _talks(case: Case, paper: Paper) -> list[Discussion]:
    said = {"result": "held", "present": "Head and chair", "points": WHY, "recorded_at": NOW}
    return [Discussion(case=case, invited_on=day, on=day, **said) for day in paper.talks]


def _power(case: Case, paper: Paper) -> PowerInUse:
    day = paper.power
    use = PowerInUse(case=case, power="s65", proposed_on=day, consent_on=day, in_force_on=day)
    return begin(use, state="in_force", at=NOW)


def _notice(case: Case, letter: Letter, by: User) -> Notice:
    kind = case.policy.notice(letter.kind)
    values: dict[str, Any] = {
        "grounds": list(letter.grounds),
        "compared_with": ["expected"],
        "texts": {part.id: WHY for part in kind.parts},
        "period_ends": letter.ends,
        "address_by": letter.address_by,
        "aspect": letter.grounds[0] if kind.one_aspect else "",
        "guidance": "The guidance of the day",
        "approved_at": on(letter.approved),
        "given_on": letter.given,
        "ended_on": letter.given if letter.ended else None,
    }
    notice = Notice(case=case, kind=kind.id, drafted_by=by, saved_at=NOW, **(values))
    state = "superseded" if letter.ended else "given" if letter.given else "approved"
    return begin(_lacking(notice, letter.lacks), state=state, at=NOW)


def _lacking(notice: Notice, lacks: str) -> Notice:
    """Without what it should say; where its kind need not say that, without its first part."""
    kind, part = notice.type, notice.type.parts[-1].id
    if lacks == "blank":
        notice.texts[part] = "Since {years}."
    elif lacks == "guidance" and kind.statutory:
        notice.guidance = ""
    elif lacks == "ground" and kind.statutory and kind.grounds:
        notice.grounds = []
    elif lacks == "day" and notice.period_ends:
        notice.period_ends = None
    elif lacks == "comparison" and "s60-standards" in notice.grounds:
        notice.compared_with = []
    elif lacks:
        notice.texts[part] = " "
    return notice


def _delivery(notice: Notice, letter: Letter) -> Delivery:
    """To the governing body, which the law has it given to."""
    return Delivery(
        notice=notice,
        recipient="governing-body",
        label="The governing body",
        how="given",
        statutory=True,
        reason="The Act",
        method="hand" if letter.received else "",
        sent_on=letter.received,
        given_on=letter.received,
    )
