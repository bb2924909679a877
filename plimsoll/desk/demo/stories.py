"""What has happened at each school, played by the real steps in the order of the days."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, Final

from plimsoll.allocations import actions
from plimsoll.allocations.actions import View
from plimsoll.allocations.cycle import open_cycle
from plimsoll.allocations.models import Allocation, Challenge, CriterionView
from plimsoll.allocations.workflow import ALLOCATION, HIGH_RISK
from plimsoll.core.workflow import Refused
from plimsoll.desk.demo import visiting
from plimsoll.desk.demo.acts import Act, in_order
from plimsoll.desk.demo.days import ago
from plimsoll.desk.demo.people import Cast
from plimsoll.evidence.school.queries import profile
from plimsoll.schools.actions import hand_over
from plimsoll.visits.days.actions import Change, add_extra, adjust
from plimsoll.visits.days.granting import bring_up_to_date


def play(script: Mapping[str, Any], cast: Cast, *, at: datetime) -> None:
    """Open the cycle, then let everybody do what they did. Raises Refused at a wrong act."""
    opened = script["opened"]
    cycle = open_cycle(
        year=script["year"],
        closes_on=None,
        by=cast[opened["by"]],
        at=ago(at, opened["ago"]),
    )
    bring_up_to_date(cycle=cycle, at=ago(at, opened["ago"]))
    for act in in_order(script, cast, at):
        case = cycle.allocations.filter(school=act.urn).latest("round")
        try:
            DO.get(act.do, _step)(case, act)
        except Refused as refused:
            raise Refused(f"{case.school}, {act.do} by {act.by}: {refused}") from refused
        bring_up_to_date(cycle=cycle, school=case.school, at=act.at)
    bring_up_to_date(cycle=cycle, at=at)


def _step(case: Allocation, act: Act) -> None:
    ALLOCATION.take(case, act.do, by=act.by, at=act.at, version=case.version, **act.data)


def _views(case: Allocation, act: Act) -> None:
    side = act.data["side"]
    sheet = case.sheets.filter(side=side).first()
    actions.save_views(
        case=case,
        side=side,
        views=chosen(case, act.data),
        version=sheet.version if sheet else 0,
        submit=act.data.get("submit", True),
        by=act.by,
        at=act.at,
    )


def chosen(case: Allocation, data: Mapping[str, Any]) -> dict[str, View]:
    """For each criterion the band's first descriptor, unless another was chosen."""
    chosen = {}
    for criterion in case.policy.criteria:
        if not criterion.applies_to(case.school.phase):
            continue
        usual = (d.id for d in case.policy.descriptors_of(criterion.id) if data["band"] in d.bands)
        choice = data.get("choose", {}).get(criterion.id, next(usual, CriterionView.NOT_APPLICABLE))
        chosen[criterion.id] = View(choice, data.get("say", {}).get(criterion.id, ""))
    return chosen


def _evidence(case: Allocation, act: Act) -> None:
    actions.add_evidence(case=case, dated=act.at.date(), by=act.by, at=act.at, **act.data)


def _challenge(case: Allocation, act: Act) -> None:
    """A part of the last inspection with grades is said to be wrong or old."""
    part = act.data.pop("part")
    latest = profile(case.school, act.at.date()).latest
    figure = next(each for each in latest.figures if each.key.endswith(part)) if latest else None
    if figure is None:
        raise Refused("There is no inspection whose grade could be challenged.")
    actions.challenge_figure(
        case=case,
        figure=figure.key,
        shown=f"{figure.label}: {figure.value}",
        by=act.by,
        at=act.at,
        **act.data,
    )


def _answer(case: Allocation, act: Act) -> None:
    challenge = Challenge.objects.get(allocation=case, answered_at=None)
    actions.answer_challenge(challenge=challenge, by=act.by, at=act.at, **act.data)


def _position(case: Allocation, act: Act) -> None:
    actions.state_position(case=case, by=act.by, at=act.at, **act.data)


def _remind(case: Allocation, act: Act) -> None:
    actions.remind(case=case, by=act.by, at=act.at)


def _mark(case: Allocation, act: Act) -> None:
    review_on = (act.at + timedelta(days=act.data["days"])).date()
    actions.mark_high_risk(
        case=case, reason=act.data["reason"], review_on=review_on, by=act.by, at=act.at
    )


def _dispute(case: Allocation, act: Act) -> None:
    HIGH_RISK.take(case.high_risk.get(), "dispute", by=act.by, at=act.at, **act.data)


def _review(case: Allocation, act: Act) -> None:
    actions.ask_for_review(case=case, by=act.by, at=act.at, **act.data)


def _hand_over(case: Allocation, act: Act) -> None:
    held = case.school.assignments.get(role="sip", ends=None)
    hand_over(assignment=held, on=act.at.date(), by=act.by, at=act.at, **act.data)


def _adjust_days(case: Allocation, act: Act) -> None:
    adjust(_change(case, act))


def _add_days(case: Allocation, act: Act) -> None:
    add_extra(_change(case, act))


def _change(case: Allocation, act: Act) -> Change:
    facts = act.data | {"days": Decimal(act.data["days"])}
    return Change(cycle=case.cycle, school=case.school, by=act.by, at=act.at, **facts)


DO: Final[Mapping[str, Callable[[Allocation, Act], None]]] = {
    "views": _views,
    "evidence": _evidence,
    "challenge": _challenge,
    "answer": _answer,
    "position": _position,
    "remind": _remind,
    "mark": _mark,
    "dispute": _dispute,
    "review": _review,
    "hand-over": _hand_over,
    "adjust-days": _adjust_days,
    "add-days": _add_days,
    **visiting.DO,
}
