"""Another day for what is owed: with a reason, within sense, never for what the law sets."""

from datetime import date

import pytest

from plimsoll.core.models import Event
from plimsoll.core.workflow import Refused, Stale, begin
from plimsoll.intervention.clocks.extending import extend
from plimsoll.intervention.clocks.meeting import meet, reopen
from plimsoll.intervention.models import Extension, Obligation
from tests.cast import NOW, TODAY, Cast
from tests.intervention import steps
from tests.intervention.steps import WHY, on, take

FIRST = date(2026, 10, 26)  # 15 working days after the notice of 5 October 2026
LATER = date(2026, 11, 9)
LAST = date(2027, 4, 27)  # 183 days after the first


@pytest.fixture
def owed(cast: Cast) -> Obligation:
    """The plan that the governing body owes."""
    return steps.formal(cast).obligations.get()


@pytest.mark.parametrize("who", ["priya", "paul", "dorothy"])
def test_I8_more_time_is_given_with_a_reason_and_the_first_day_stays(
    cast: Cast, owed: Obligation, who: str
) -> None:
    person = cast.everyone[who]
    extend(obligation=owed, due=LATER, why="The head was ill", by=person, at=NOW)
    owed.refresh_from_db()
    assert (owed.state, owed.due, owed.first_due) == ("open", LATER, FIRST)
    given = owed.extensions.get()
    assert (given.due, given.why, given.made_by) == (LATER, "The head was ill", person.name)
    event = Event.objects.get(verb="obligation.extend")
    assert event.after == {"state": "open", "due": "2026-11-09", "why": "The head was ill"}


@pytest.mark.parametrize("who", ["nobody", "helen", "chloe", "sadia", "declan", "sam", "olu"])
def test_I8_more_time_is_given_by_whoever_judges_the_plan_alone(
    cast: Cast, owed: Obligation, who: str
) -> None:
    with pytest.raises(Refused, match="does not allow"):
        extend(obligation=owed, due=LATER, why=WHY, by=cast.everyone[who], at=NOW)
    assert not Extension.objects.exists()


@pytest.mark.parametrize(
    ("due", "why", "told"),
    [
        pytest.param(LATER, " ", "needs the why", id="no reason"),
        pytest.param(FIRST, WHY, "due on 26 October 2026 already", id="the same day"),
        pytest.param(date(2026, 10, 23), WHY, "until 26 October 2026 was given", id="sooner"),
        pytest.param(date(2027, 4, 28), WHY, "set until 27 April 2027", id="too far"),
    ],
)
def test_I8_a_day_without_sense_is_refused(
    cast: Cast, owed: Obligation, due: date, why: str, told: str
) -> None:
    with pytest.raises(Refused, match=told):
        extend(obligation=owed, due=due, why=why, by=cast.priya, at=NOW)
    owed.refresh_from_db()
    assert owed.due == FIRST
    assert not Extension.objects.exists()


def test_I8_the_last_day_that_the_framework_lets_be_set(cast: Cast, owed: Obligation) -> None:
    extend(obligation=owed, due=LAST, why=WHY, by=cast.priya, at=NOW)


def test_I8_a_late_plan_gets_a_day_to_come_and_no_day_that_is_over(
    cast: Cast, owed: Obligation
) -> None:
    facts = {"obligation": owed, "why": WHY, "by": cast.priya, "at": on(date(2026, 11, 2))}
    with pytest.raises(Refused, match="That day is over"):
        extend(due=date(2026, 10, 30), **facts)
    assert extend(due=date(2026, 11, 2), **facts).due == date(2026, 11, 2)


def test_I8_a_day_goes_back_with_a_reason_but_not_before_the_first(
    cast: Cast, owed: Obligation
) -> None:
    """A slip of the pen is put right; both stay to be read."""
    facts = {"obligation": owed, "by": cast.priya, "at": NOW}
    extend(due=date(2027, 2, 9), why="Two weeks more", **facts)
    extend(due=LATER, why="February was a slip of the pen", **facts)
    owed.refresh_from_db()
    assert (owed.due, owed.first_due) == (LATER, FIRST)
    assert list(owed.extensions.order_by("pk").values_list("due", flat=True)) == [
        date(2027, 2, 9), LATER,
    ]  # fmt: skip


def test_I8_what_is_met_or_ended_gets_no_other_day(cast: Cast, owed: Obligation) -> None:
    facts = {"obligation": owed, "by": cast.priya, "at": NOW}
    meet(on=TODAY, note="", **facts)
    with pytest.raises(Refused, match="the state is “Met”"):
        extend(due=LATER, why=WHY, **facts)
    reopen(why=WHY, **facts)
    take(owed.case, "school-closed", cast.priya)
    with pytest.raises(Refused, match="The case was closed on 5 October 2026"):
        extend(due=LATER, why=WHY, **facts)


def test_I8_a_stale_tab_sets_no_day(cast: Cast, owed: Obligation) -> None:
    facts = {"obligation": owed, "why": WHY, "by": cast.priya, "at": NOW, "version": 1}
    extend(due=LATER, **facts)
    with pytest.raises(Stale):
        extend(due=date(2026, 11, 10), **facts)


def test_I9_s15_nobody_gives_more_time_for_the_statement_of_action(cast: Cast) -> None:
    statement = take(steps.told(cast), "category", cast.declan).obligations.get()
    section = "Education Act 2005 section 15; SI 2005/2038 regulation 7"
    with pytest.raises(Refused, match=f"nobody can give more time: {section}"):
        extend(obligation=statement, due=LATER, why=WHY, by=cast.priya, at=NOW)


@pytest.mark.parametrize(("power", "section"), [("s63", "63"), ("s64", "64"), ("s66", "66")])
def test_I9_s63_s64_s66_nobody_gives_more_than_the_two_months(
    cast: Cast, power: str, section: str
) -> None:
    case = steps.formal(cast)
    window = Obligation(
        case=case, kind=power, label="Use the power", owner="service", basis="CAL", source="Law",
        starts=date(2026, 10, 27), due=date(2026, 12, 26), first_due=date(2026, 12, 26),
    )  # fmt: skip
    begin(window, state="open", at=NOW).save()
    told = f"Education and Inspections Act 2006 section {section}"
    with pytest.raises(Refused, match=told):
        extend(obligation=window, due=date(2026, 12, 31), why=WHY, by=cast.priya, at=NOW)
