"""What a step of a power writes besides its state."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from plimsoll.core.forms import long_date
from plimsoll.core.workflow import Refused
from plimsoll.intervention.cases.records import not_ahead
from plimsoll.intervention.cases.shown import shown
from plimsoll.intervention.decisions.recording import (
    NewDecision,
    tell_decision,
    write_decision,
)
from plimsoll.intervention.models import DecisionTold, PowerInUse
from plimsoll.intervention.powers import standing
from plimsoll.intervention.powers.consultees import consultees
from plimsoll.people.models import User


def take_back(use: PowerInUse, *, by: User, at: datetime, reasons: str) -> None:
    """Why it was taken back stands in the trail."""


def decide(
    use: PowerInUse, *, by: User, at: datetime, made_on: date, effective_on: date,
    authority: str, reasons: str, conditions: str = "",
) -> None:  # fmt: skip
    """The decision is on record with everybody who was consulted; its days follow theirs."""
    for day, what in _before_decision(use):
        if made_on < day:
            raise Refused(f"{what} on {long_date(day)} only.")
    _in_window(use, made_on)
    _in_window(use, effective_on)
    new = NewDecision(
        what=f"To use {standing.short_law(use.rule)}: {use.rule.label}",
        made_on=made_on,
        effective_on=effective_on,
        decided_by=str(by),
        authority=authority,
        consulted="\n".join(_consulted(use)),
        conditions=conditions.strip(),
        reasons=reasons,
    )
    use.decision = write_decision(use.case, new, by=by, at=at)


def put_in_force(
    use: PowerInUse, *, by: User, at: datetime, notice_on: date, notice_how: str,
    in_force_on: date, copied: Sequence[str] = (),
) -> None:  # fmt: skip
    """By written notice to the governing body, within the window; the school is told by it."""
    decision = use.decision
    assert decision is not None
    not_ahead(max(notice_on, in_force_on), at)
    if notice_on < decision.made_on:
        raise Refused(f"It was decided on {long_date(decision.made_on)} only.")
    if use.rule.effect == "receipt" and in_force_on != notice_on:
        raise Refused("It takes effect on the day that the governing body receives the notice.")
    if in_force_on < max(notice_on, decision.effective_on):
        raise Refused("It takes effect after its notice, and not before the decision does.")
    _in_window(use, in_force_on)
    use.notice_on, use.notice_how, use.in_force_on = notice_on, notice_how, in_force_on
    use.copied = list(copied)
    if not DecisionTold.objects.filter(decision=decision).exists():
        tell_decision(decision=decision, on=notice_on, how=notice_how, by=by, at=at)


def end(use: PowerInUse, *, by: User, at: datetime, on: date, reasons: str) -> None:
    not_ahead(on, at)
    if on < (since := use.in_force_on or use.proposed_on):
        raise Refused(f"It was proposed, or came into force, on {long_date(since)} only.")
    use.ended_on, use.ended_why = on, reasons


def _in_window(use: PowerInUse, on: date) -> None:
    """Keeps the window as the case has it now; a category that came since leaves none."""
    use.last_day = standing.last_day(use.case, use.rule)
    if reason := standing.lapsed(use.case, use.rule, on):
        raise Refused(reason)


def _before_decision(use: PowerInUse) -> Iterator[tuple[date, str]]:
    yield use.proposed_on, "The power was proposed"
    for each in consultees(use):
        if each.last:
            yield each.last.asked_on, f"This consultee was asked: {each.who.label},"
        if each.last and each.last.answered_on:
            yield each.last.answered_on, f"This consultee answered: {each.who.label},"
    there = shown(use.case)
    for name in use.rule.requires:
        yield there[name].on, f"This was put on record: {use.case.policy.fact(name).label},"
    needed = use.consent_on if use.rule.secretary_of_state == "consent" else use.told_secretary_on
    if needed:
        yield needed, "The Secretary of State was told, or consented,"


def _consulted(use: PowerInUse) -> Iterator[str]:
    for each in (each for each in consultees(use) if each.last):
        last = each.last
        assert last is not None
        said = f"answered {long_date(last.answered_on)}" if last.answered_on else "no answer"
        yield f"{each.who.label}: asked {long_date(last.asked_on)}, {said}"
    if use.told_secretary_on:
        yield f"Secretary of State: told {long_date(use.told_secretary_on)}"
    if use.consent_on:
        yield f"Secretary of State: consented {long_date(use.consent_on)}"
