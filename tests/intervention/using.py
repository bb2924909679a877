"""Real steps of a power of intervention, as people take them."""

from datetime import date
from typing import Any

from plimsoll.framework.casework import Power
from plimsoll.intervention.models import Case, Consultation, PowerInUse
from plimsoll.intervention.powers import consulting, using
from plimsoll.intervention.powers.consultees import consultees
from tests.cast import Cast
from tests.intervention.steps import WHY, found, on

AFTER = date(2026, 10, 27)  # the school is eligible since then
HOW = "By letter, with proof of delivery"


def rule(case: Case, power: str) -> Power:
    return next(each for each in case.policy.powers if each.id == power)


def proposed(cast: Cast, case: Case, power: str, *, day: date = AFTER) -> PowerInUse:
    return using.propose(
        case=case, power=rule(case, power), on=day, why=WHY, by=cast.declan, at=on(day)
    )


def said(
    cast: Cast,
    use: PowerInUse,
    label: str,
    *,
    day: date = AFTER,
    answered: bool = True,
    **more: Any,
) -> Consultation:
    if answered:
        more = {"answered_on": day, "answer": "We do not object."} | more
    wanted = consulting.Said(label=label, asked_on=day, **more)
    return consulting.record_consultation(use=use, said=wanted, by=cast.declan, at=on(day))


def consulted(cast: Cast, use: PowerInUse, *, day: date = AFTER) -> None:
    """Everybody whom the law names was asked and has answered."""
    for each in consultees(use):
        if each.who.statutory:
            said(cast, use, each.who.label, day=day)


def secretary(cast: Cast, use: PowerInUse, *, day: date = AFTER) -> PowerInUse:
    """Notified, or asked and consented, whichever the power demands."""
    consents = use.rule.secretary_of_state == "consent"
    return consulting.record_secretary(
        use=use, told_on=day, consent_on=day if consents else None, how=HOW,
        version=PowerInUse.objects.get(pk=use.pk).version, by=cast.declan, at=on(day),
    )  # fmt: skip


def ready(cast: Cast, case: Case, power: str, *, day: date = AFTER) -> PowerInUse:
    """Proposed, consulted on, the Secretary of State told, its facts on record."""
    use = proposed(cast, case, power, day=day)
    consulted(cast, use, day=day)
    secretary(cast, use, day=day)
    if "budget-delegated" in use.rule.requires:
        found(case, "budget-delegated", cast.priya, day=day)
    return go(use, "put_forward", cast.declan, day=day)


def go(use: PowerInUse, step: str, by: Any, *, day: date = AFTER, **facts: Any) -> PowerInUse:
    return using.take(use, step, by=by, at=on(day), **facts)


def decided(cast: Cast, use: PowerInUse, *, day: date = AFTER, **more: Any) -> PowerInUse:
    facts = {
        "made_on": day,
        "effective_on": day,
        "authority": "Scheme of delegation, part 3",
        "reasons": WHY,
    }
    return go(use, "decide", cast.declan, day=day, **(facts | more))


def put_in_force(cast: Cast, use: PowerInUse, *, day: date = AFTER, **more: Any) -> PowerInUse:
    facts = {"notice_on": day, "notice_how": HOW, "in_force_on": day}
    return go(use, "put_in_force", cast.declan, day=day, **(facts | more))


def in_force(cast: Cast, case: Case, power: str, *, day: date = AFTER) -> PowerInUse:
    use = decided(cast, ready(cast, case, power, day=day), day=day)
    return put_in_force(cast, use, day=day)
