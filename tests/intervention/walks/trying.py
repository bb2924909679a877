"""The last attempt of a walk on paper, made with the product: is it refused where it must be?"""

from collections import Counter
from random import Random

from plimsoll.core.access import may
from plimsoll.core.workflow import Refused
from plimsoll.framework.editions import current
from plimsoll.intervention.models import Case, Notice, Obligation, PowerInUse
from plimsoll.intervention.steps.ladder import process_of
from plimsoll.people.models import User
from tests.cast import Cast
from tests.intervention.steps import WHY, on
from tests.intervention.walks.filing import file
from tests.intervention.walks.law import LAW, barred
from tests.intervention.walks.paper import Attempt, walked
from tests.intervention.walks.record import Paper

ALLOWED = "allowed"


def try_walks(cast: Cast, ladder: str, count: int, seed: int) -> Counter[tuple[str, str]]:
    """So many walks on a ladder; what was seen: each step with the one gate that it was refused
    at, or that it was allowed."""
    rng, policy = Random(seed), current()
    ways = policy.ladders[ladder]
    rungs = (*ways.steps, *ways.always)
    goals = [rungs[at % len(rungs)] for at in range(count)]
    papers = [Paper(policy, ways, rng.choice("ACCD")) for _ in goals]
    attempts = [walked(*each, rng) for each in zip(papers, goals, strict=True)]
    cases = file(papers, cast.priya, rng)
    seen: Counter[tuple[str, str]] = Counter()
    stayed: dict[int, tuple[object, ...]] = {}
    for case, paper, attempt in zip(cases, papers, attempts, strict=True):
        why = barred(paper, attempt.rung, attempt.theirs, attempt.day)
        by = _somebody(cast, case, attempt, rng)
        told = f"{attempt}, {by}, in the end of {paper}"
        if why:
            _is_refused(case, paper, attempt, by, f"{sorted(why)}: {told}")
            stayed[case.pk] = (case.state, case.stands_since, case.version)
        elif attempt.rung.notice:
            _is_open(case, paper, attempt, by, told)
        else:
            _is_taken(case, paper, attempt, by, told)
        gates = {each for each in why if not each.startswith(LAW)} or why
        if len(gates) < 2:
            seen[attempt.rung.id, next(iter(gates), ALLOWED)] += 1
    for pk, *row in Case.objects.values_list("pk", "state", "stands_since", "version"):
        assert stayed.get(pk, tuple(row)) == tuple(row), "a refused step changed the case"
    return seen


def _somebody(cast: Cast, case: Case, attempt: Attempt, rng: Random) -> User:
    """Whose step it is; or anybody else."""
    officer = cast.priya if case.school.phase == "primary" else cast.paul
    right = {"po": officer, "doe": cast.dorothy, "dcs": cast.declan}[attempt.rung.by]
    others = [each for each in cast.everyone.values() if each != right]
    # The other officers and Directors may take steps, and so come closest.
    near = [cast.dorothy, cast.declan, cast.priya, cast.paul]
    wrong = [each for each in near if each != right] * 5 + others
    return right if attempt.theirs else rng.choice(wrong)


def _take(case: Case, paper: Paper, attempt: Attempt, by: User) -> Case:
    facts = {"at": on(paper.today), "on": attempt.day, "reasons": WHY}
    return process_of(case).take(case, attempt.rung.id, by=by, **facts)


def _is_refused(case: Case, paper: Paper, attempt: Attempt, by: User, told: str) -> None:
    try:
        _take(case, paper, attempt, by)
    except Refused:
        return
    raise AssertionError(f"It went through, in spite of {told}")


def _is_open(case: Case, paper: Paper, attempt: Attempt, by: User, told: str) -> None:
    """A letter would be written: the other walks do that, and these only look at the gate."""
    step = process_of(case).step(attempt.rung.id)
    assert case.state in step.source, told
    assert step.when(case), told
    assert may(by, step.permission, case), told
    blocked = step.guard(case, by=by, at=on(paper.today))
    assert not blocked, f"{blocked} {told}"


def _is_taken(case: Case, paper: Paper, attempt: Attempt, by: User, told: str) -> None:
    try:
        case = _take(case, paper, attempt, by)
    except Refused as refused:
        raise AssertionError(f"{refused} {told}") from refused
    assert (case.state, case.stands_since) == (attempt.rung.id, attempt.day), told
    assert (case.closed_on is None) == bool(attempt.rung.then), told
    if case.closed_on:
        nothing_stays_open(case)


def nothing_stays_open(case: Case) -> None:
    """After any end: no obligation, no power, no notice that has effect or could yet be given."""
    assert not Obligation.objects.filter(case=case, state="open").exists()
    assert not PowerInUse.objects.filter(case=case, ended_on=None).exists()
    for notice in Notice.objects.filter(case=case, ended_on=None).select_related("case"):
        kind = notice.type
        assert notice.state in ("dropped", "given")
        assert notice.state == "dropped" or not (kind.warning or kind.statutory)
