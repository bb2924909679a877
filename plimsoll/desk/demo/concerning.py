"""What happened at schools that cause concern: the acts of `concerns.toml`, by the real steps."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final

from django.utils import timezone

from plimsoll.core.workflow import Refused
from plimsoll.desk.demo.acts import Act, in_order
from plimsoll.desk.demo.people import Cast
from plimsoll.desk.demo.visiting import dated
from plimsoll.intervention.cases import discussions, findings, keeping, opening
from plimsoll.intervention.models import Case, Notice, Obligation
from plimsoll.intervention.notices import deliveries, drafting
from plimsoll.intervention.notices.deliveries import Service
from plimsoll.intervention.notices.drafting import Typed
from plimsoll.intervention.notices.workflow import NOTICE
from plimsoll.intervention.plans import saving
from plimsoll.intervention.plans.workflow import PLAN
from plimsoll.intervention.steps.ladder import process_of
from plimsoll.schools.models import School


def play(script: Mapping[str, Any], cast: Cast, *, at: datetime) -> None:
    """Let everybody do what they did. Raises Refused at a wrong act."""
    for act in in_order(script, cast, at):
        school = School.objects.get(pk=act.urn)
        try:
            if act.do == "open":
                _open(school, act)
            else:
                DO[act.do](Case.objects.filter(school=school).latest("number"), act)
        except Refused as refused:
            raise Refused(f"{school}, {act.do} by {act.by}: {refused}") from refused


def _open(school: School, act: Act) -> None:
    said = act.data | {"grounds": tuple(act.data["grounds"])}
    opening.open_case(school=school, wanted=opening.NewCase(**said), by=act.by, at=act.at)


def _discuss(case: Case, act: Act) -> None:
    wanted = discussions.NewDiscussion(on=timezone.localdate(act.at), **act.data)
    discussions.record_discussion(case=case, wanted=wanted, by=act.by, at=act.at)


def _find(case: Case, act: Act) -> None:
    wanted = findings.NewFinding(on=timezone.localdate(act.at), **act.data)
    findings.record_finding(case=case, wanted=wanted, by=act.by, at=act.at)


def _risk(case: Case, act: Act) -> None:
    keeping.state_risk(case=case, version=case.version, by=act.by, at=act.at, **act.data)


def _review(case: Case, act: Act) -> None:
    on, why = act.data["review_on"], act.data["why"]
    keeping.set_review(case=case, on=on, why=why, by=act.by, at=act.at)


def _draft(case: Case, act: Act) -> None:
    """A notice or letter of a kind, with all that it says; the days stand apart from the texts."""
    said = dict(act.data)
    kind, grounds = said["kind"], tuple(said.get("grounds", ()))
    notice = drafting.start(case=case, kind=kind, grounds=grounds, by=act.by, at=act.at)
    typed = Typed(
        texts=said["texts"],
        grounds=grounds,
        compared_with=tuple(said.get("compared_with", ())),
        guidance=notice.guidance if notice.type.statutory else "",
        period_ends=said.get("period_on"),
        address_by=said.get("address_on"),
        reviewer=said.get("reviewer"),
    )
    drafting.save(notice=notice, typed=typed, version=notice.version, by=act.by, at=act.at)


def _notice(case: Case, act: Act) -> None:
    """A step of the notice of that kind that is not given yet."""
    said = dict(act.data)
    notice = drafting.open_draft(case, said.pop("kind"))
    if notice is None:
        raise Refused("There is no such draft.")
    NOTICE.take(notice, said.pop("step"), by=act.by, at=act.at, version=notice.version, **said)


def _step(case: Case, act: Act) -> None:
    """A step of the ladder, taken on the day on which it is told."""
    said = act.data | {"on": timezone.localdate(act.at), "version": case.version}
    process_of(case).take(case, said.pop("step"), by=act.by, at=act.at, **said)


def _serve(case: Case, act: Act) -> None:
    """How the last notice of that kind reached one recipient."""
    said = dict(act.data)
    notice = Notice.objects.filter(case=case, kind=said.pop("kind")).latest("pk")
    row = notice.deliveries.get(recipient=said.pop("recipient"))
    deliveries.record(
        delivery=row, service=Service(**said), version=row.version, by=act.by, at=act.at
    )


def _plan(case: Case, act: Act) -> None:
    """The governing body's plan as it is written: an action for each matter, and the answers."""
    actions = tuple(
        saving.Said(matter=matter, **dated(action, act))
        for matter, action in enumerate(act.data["actions"])
    )
    answers = {key: saving.Answered(text=text) for key, text in act.data["answers"].items()}
    typed = saving.Typed(new=actions, answers=answers)
    saving.save(obligation=_owed(case), typed=typed, by=act.by, at=act.at)


def _plan_step(case: Case, act: Act) -> None:
    """A step of the process of the plan; to return it may set another day."""
    said = {"due" if key == "due_on" else key: value for key, value in act.data.items()}
    PLAN.take(_owed(case).plan, said.pop("step"), by=act.by, at=act.at, **said)


def _owed(case: Case) -> Obligation:
    return case.obligations.get(kind="action-plan")


DO: Final[Mapping[str, Callable[[Case, Act], None]]] = {
    "discuss": _discuss,
    "find": _find,
    "risk": _risk,
    "review": _review,
    "draft": _draft,
    "notice": _notice,
    "step": _step,
    "serve": _serve,
    "plan": _plan,
    "plan-step": _plan_step,
}
