"""When a step of a power is closed, and why."""

from datetime import datetime

from django.utils import timezone

from plimsoll.core.access import holds, may
from plimsoll.intervention.cases.shown import missing, shown
from plimsoll.intervention.models import PowerInUse
from plimsoll.intervention.permissions import DECIDE
from plimsoll.intervention.powers import standing
from plimsoll.intervention.powers.consultees import consultees
from plimsoll.people.models import User


def all_is_done(case: PowerInUse, *, by: User, at: datetime) -> str:
    """Open in law, consulted on, the Secretary of State told, and its facts on record."""
    return (
        is_barred(case, by=by, at=at)
        or not_consulted(case)
        or secretary_not_told(case)
        or facts_missing(case, at)
    )


def may_be_decided(case: PowerInUse, *, by: User, at: datetime) -> str:
    """By the role that policy names, when all is done."""
    return not_theirs(case, by) or all_is_done(case, by=by, at=at)


def may_take_effect(case: PowerInUse, *, by: User, at: datetime) -> str:
    """Still open in law, whatever has happened since it was decided."""
    return not_theirs(case, by) or is_barred(case, by=by, at=at)


def theirs_to_give_up(case: PowerInUse, *, by: User, at: datetime) -> str:
    """What is decided is given up by whoever may decide."""
    if case.decision_id and not may(by, DECIDE, case):
        return f"It is decided, so it is given up by the {_role(case)}."
    return ""


def is_barred(case: PowerInUse, *, by: User, at: datetime) -> str:
    others = PowerInUse.objects.filter(case=case.case).exclude(pk=case.pk).select_related("case")
    return standing.barred(case.case, case.rule, others)


def not_theirs(case: PowerInUse, by: User) -> str:
    return "" if holds(by, case.rule.by, case) else f"It is decided by the {_role(case)}."


def not_consulted(case: PowerInUse) -> str:
    lacking = [each.lacks for each in consultees(case) if each.lacks]
    return f"Not everybody is consulted. {'; '.join(lacking)}." if lacking else ""


def secretary_not_told(case: PowerInUse) -> str:
    if case.rule.secretary_of_state == "consent" and case.consent_on is None:
        return "The Secretary of State has not given consent, as far as is on record."
    if case.rule.secretary_of_state == "notify" and case.told_secretary_on is None:
        return "The Secretary of State is to be notified first (section 70A)."
    return ""


def facts_missing(case: PowerInUse, at: datetime) -> str:
    today, case_of = timezone.localdate(at), case.case
    lacking = missing(case_of.policy, case.rule.requires, shown(case_of), today)
    return f"Not on record yet: {'; '.join(fact.label for fact in lacking)}." if lacking else ""


def _role(case: PowerInUse) -> str:
    return case.case.policy.roles[case.rule.by].label
