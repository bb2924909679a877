"""For whom a state waits: the roles that the person holds, and at which schools."""

from typing import Any, Final

from django.db.models import Q, QuerySet

from plimsoll.core.access import NOWHERE, Scope, holdings, path_of
from plimsoll.core.workflow import Workflow
from plimsoll.framework import editions

PARTNER: Final = "sip"
SCHOOL_SIDE: Final = ("head", "chair")
# States that wait for a role which policy names: whoever decides at the case's own tier, keeps a
# case of concern, or decides on the power that is proposed in it.
TIER: Final = "tier"
KEEPER: Final = "keeper"
DECIDER: Final = "decider"


def waiting_for(user: Any, process: Workflow, model: Any, *, school: str) -> QuerySet[Any]:
    """Rows in a state that waits for a role, at the schools where the person holds it.

    `school` is the lookup that leads from a row to its school.
    """
    mine = Q(pk__in=())
    for role, reach in holdings(user).items():
        there = path_of(model).q(reach)
        states = waits(process, role)
        if role not in (*SCHOOL_SIDE, PARTNER):
            there &= ~Q(**{f"{school}__in": own_partner(user)})
        if states:
            mine |= Q(state__in=states) & there
        for named in (_tiers_of(process, role, school), _of_concern(process, role, school)):
            if named:
                mine |= named & there
    return model.objects.filter(mine)


def waits(process: Workflow, role: str) -> list[str]:
    """The states of the process that wait for this role."""
    return [key for key, state in process.states.items() if state.waits_for == role]


def _tiers_of(process: Workflow, role: str, school: str) -> Q:
    """The tiers of the disagreement route that this role decides, edition by edition."""
    found = Q()
    deciding = waits(process, TIER)
    if not deciding:
        return found
    edition = school.removesuffix("school") + "edition"
    for policy in editions.editions():
        for number, tier in enumerate(policy.disagreement):
            if tier.role == role:
                found |= Q(**{edition: policy.key, "tier": number, "state__in": deciding})
    return found


def _of_concern(process: Workflow, role: str, school: str) -> Q:
    """The states that wait for this role as keeper or decider, edition by edition."""
    found = Q()
    kept, decided = waits(process, KEEPER), waits(process, DECIDER)
    if not (kept or decided):
        return found
    edition = school.removesuffix("school") + "edition"
    for policy in editions.editions():
        powers = [power.id for power in policy.powers if power.by == role]
        if kept and role == policy.concern.keeper:
            found |= Q(**{edition: policy.key, "state__in": kept})
        if decided and powers:
            found |= Q(**{edition: policy.key, "state__in": decided, "power__in": powers})
    return found


def own_partner(user: Any) -> list[int]:
    """Schools whose own partner this person is: another decides there (S4)."""
    return sorted(holdings(user).get(PARTNER, NOWHERE).ids)


def own_schools(user: Any) -> list[int]:
    """The schools at which the person holds a role by name."""
    everything = Scope()
    for reach in holdings(user).values():
        everything |= Scope(ids=reach.ids)
    return sorted(everything.ids)
