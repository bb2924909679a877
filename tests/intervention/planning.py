"""A plan of the governing body, as far as real steps bring it."""

from datetime import date
from typing import Any

from plimsoll.intervention.models import Case, GoverningBodyPlan, Obligation
from plimsoll.intervention.plans import saving
from plimsoll.intervention.plans.workflow import PLAN
from plimsoll.people.models import User
from tests.cast import TODAY, Cast
from tests.intervention import steps
from tests.intervention.steps import DAY, on

ACTION = "- Commission a review of governance.\n- Report to the authority each month."
MATTERS = ["Commission a review of governance.", "Report to the authority each month."]


def owed(cast: Cast) -> Obligation:
    """The plan that Harbour View owes since its formal notice of Monday 5 October 2026."""
    case = steps.ready_for_formal(cast)
    notice = case.notices.get(kind="formal")
    notice.texts = notice.texts | {"action": f"The governing body is required to:\n\n{ACTION}"}
    notice.save()
    return of(steps.take(case, "formal", cast.declan))


def of(case: Case) -> Obligation:
    return case.obligations.select_related("case__school", "notice").get(kind="action-plan")


def said(matter: int, **more: Any) -> saving.Said:
    """One whole action about a matter."""
    values: dict[str, Any] = {
        "what": f"Do what matter {matter + 1} wants.",
        "who": "The chair",
        "by_when": date(2026, 11, 30),
        "measure": "The minutes say so.",
    }
    return saving.Said(matter=matter, **(values | more))


def whole() -> saving.Typed:
    return saving.Typed(
        new=(said(0), said(1)),
        answers={"oversight": saving.Answered(text="The chair reads it each month.")},
    )


def written(cast: Cast, *, by: User | None = None) -> GoverningBodyPlan:
    """It says everything, and is not sent."""
    return saving.save(obligation=owed(cast), typed=whole(), by=by or cast.helen, at=on(TODAY))


def go(
    plan: GoverningBodyPlan, step: str, by: User, *, day: date = TODAY, **data: Any
) -> GoverningBodyPlan:
    return PLAN.take(plan, step, by=by, at=on(day), **data)


def sent(cast: Cast, *, day: date = TODAY + DAY) -> GoverningBodyPlan:
    return go(written(cast), "send", cast.helen, day=day)
