"""The powers of a case end with it: what was proposed is given up, what is in force ends."""

from datetime import date, datetime

from plimsoll.intervention.models import Case, PowerInUse
from plimsoll.intervention.powers.workflow import POWER
from plimsoll.people.models import User


def in_force(case: Case) -> str:
    """What is in force in the case, by its label, or an empty string."""
    if not case.eligible_since:
        return ""
    rows = PowerInUse.objects.filter(case=case, in_force_on__isnull=False, ended_on=None)
    use = rows.order_by("pk").first()
    if use is None:
        return ""
    use.case = case
    return use.rule.label


def end(case: Case, *, on: date, why: str, by: User, at: datetime) -> None:
    """Within the step that closes the case, which holds it."""
    for use in PowerInUse.objects.filter(case=case, ended_on=None).order_by("pk"):
        name = "end_with_case" if use.in_force_on else "give_up_with_case"
        POWER.take(use, name, by=by, at=at, on=on, reasons=why)
