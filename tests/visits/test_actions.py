"""Q1: what was agreed is done, seen to be done, or carried on; and nobody hears too soon."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import DjangoAssertNumQueries

from plimsoll.allocations.models import Allocation
from plimsoll.core.models import Event, Message
from plimsoll.core.workflow import Refused
from plimsoll.people.models import User
from plimsoll.visits.agreed import falling_due as actions_due
from plimsoll.visits.agreed.agreeing import Wanted
from plimsoll.visits.agreed.following import carried
from plimsoll.visits.agreed.queries import known, of_school, when
from plimsoll.visits.agreed.workflow import ACTION
from plimsoll.visits.models import Action, Report
from plimsoll.visits.reports.writing.passages import save
from plimsoll.visits.reports.writing.typed import Typed
from tests.allocations import steps as allocations
from tests.cast import NOW, TODAY, Cast
from tests.visits import steps

BY = date(2026, 10, 16)
SEEN = "Every class was seen."


def agree(report: Report, by: User, *whats: str, **more: object) -> None:
    new = tuple(Wanted(what=what, **({"by_when": BY} | more)) for what in whats)
    save(report=report, typed=Typed(new=new), by=by, at=NOW)


def issue(cast: Cast, report: Report) -> Report:
    return steps.take(steps.take(report, "send", cast.sadia), "release", cast.priya)


@pytest.fixture
def report(cast: Cast) -> Report:
    """A written report with one action; the school does not have it yet."""
    report = steps.written(allocations.agreed(cast, band="B"), cast.sadia)
    agree(report, cast.sadia, "Check phonics")
    return report


@pytest.fixture
def action(cast: Cast, report: Report) -> Action:
    issue(cast, report)
    return Action.objects.get()


def take(action: Action, step: str, by: User, **data: object) -> Action:
    return ACTION.take(action, step, by=by, at=NOW, **data)


def show(person: User, name: str, *args: object) -> str:
    client = Client()
    client.force_login(person)
    return client.get(reverse(f"visits:{name}", args=args)).content.decode()


def test_Q1_the_school_hears_of_an_action_with_its_report(cast: Cast, report: Report) -> None:
    assert not known(cast.helen).exists()
    issue(cast, report)
    assert [each.what for each in known(cast.helen)] == ["Check phonics"]
    assert not known(cast.henry).exists()
    assert not known(cast.lena).exists()


def test_Q1_no_step_is_taken_before_the_school_has_it(cast: Cast, report: Report) -> None:
    with pytest.raises(Refused, match="not reached the school yet"):
        take(Action.objects.get(), "record_done", cast.sadia, how=SEEN)


def test_Q1_either_side_may_say_that_it_is_done_and_the_service_verifies(
    cast: Cast, action: Action
) -> None:
    done = take(action, "say_done", cast.helen, how=SEEN, done_on=TODAY)
    assert (done.state, done.done_on, done.done_how) == ("done", TODAY, SEEN)
    verified = take(done, "verify", cast.sadia, how="Seen in three classes.")
    assert (verified.state, verified.closed_why) == ("verified", "Seen in three classes.")


def test_Q1_it_is_opened_again_and_dropped_with_a_reason(cast: Cast, action: Action) -> None:
    done = take(action, "record_done", cast.sadia, how=SEEN)
    again = take(done, "reopen", cast.priya, reasons="Two classes were not.")
    assert (again.state, again.done_on, again.done_how) == ("open", None, "")
    dropped = take(again, "drop", cast.sadia, reasons="The class was closed.")
    assert (dropped.state, dropped.closed_why) == ("dropped", "The class was closed.")
    assert Event.objects.filter(verb="action.reopen").get().after["reasons"] == (
        "Two classes were not."
    )


@pytest.mark.parametrize(
    ("step", "who"),
    [
        *(("say_done", who) for who in ("sadia", "priya", "chloe", "henry")),
        *(("record_done", who) for who in ("helen", "sam", "dorothy")),
        *(("verify", who) for who in ("helen", "chloe", "sam", "paul", "declan")),
        *(("drop", who) for who in ("helen", "henry", "lena")),
    ],
)
def test_S7_Q1_nobody_else_takes_a_step(cast: Cast, action: Action, step: str, who: str) -> None:
    words = {"reasons": SEEN} if step == "drop" else {"how": SEEN}
    with pytest.raises(Refused, match="does not allow"):
        take(action, step, cast.everyone[who], **words)


def test_S7_Q1_no_word_on_an_action_names_the_band(cast: Cast, action: Action) -> None:
    with pytest.raises(Refused, match="The band does not belong here"):
        take(action, "record_done", cast.sadia, how="Done, so band B is right.")
    action.refresh_from_db()
    assert action.state == "open"


# --- overdue, and reminded ------------------------------------------------------------


def test_Q1_overdue_is_said_in_words(cast: Cast, action: Action) -> None:
    assert when(action, BY) == ""
    assert when(action, BY + timedelta(days=1)) == "1 day overdue"
    assert when(action, BY + timedelta(days=12)) == "12 days overdue"
    done = take(action, "say_done", cast.helen, how=SEEN)
    assert when(done, BY + timedelta(days=12)) == ""


def test_Q1_whoever_has_it_to_do_is_reminded_once_of_its_day(cast: Cast, action: Action) -> None:
    assert actions_due.run(at=NOW) == 0, "its day has not come"
    Message.objects.all().delete()
    on_the_day = NOW + (BY - TODAY)
    assert [actions_due.run(at=on_the_day) for _ in range(3)] == [1, 0, 0]
    told = {each.to: each for each in Message.objects.all()}
    assert set(told) == {"helen@example.org", "sadia@example.org"}
    message = told["helen@example.org"]
    assert message.subject == "Something agreed for Harbour View Primary School is due"
    assert "to be done by 16 October 2026" in message.body
    assert "phonics" not in message.body
    assert reverse("visits:action", args=[action.pk]) in message.body
    Action.objects.update(by_when=BY + timedelta(days=3))
    assert actions_due.run(at=on_the_day + timedelta(days=3)) == 1, "it was moved"


def test_Q1_nobody_is_reminded_of_what_is_done_or_not_known_yet(cast: Cast, report: Report) -> None:
    late = NOW + timedelta(days=30)
    assert actions_due.run(at=late) == 0, "the school does not know of it"
    issue(cast, report)
    take(Action.objects.get(), "say_done", cast.helen, how=SEEN)
    assert actions_due.run(at=late) == 0


# --- carried on -----------------------------------------------------------------------


def test_Q1_it_is_carried_until_it_is_verified_or_dropped(cast: Cast, action: Action) -> None:
    case = Allocation.objects.get(school=cast.harbour_view)
    later = steps.held(case, cast.sadia, kind="contact", on=TODAY + timedelta(days=28)).report
    assert list(carried(later)) == [action]
    done = take(action, "say_done", cast.helen, how=SEEN)
    assert list(carried(later)) == [action], "said is not seen"
    take(done, "verify", cast.sadia, how=SEEN)
    assert list(carried(later)) == []
    assert list(carried(action.report)) == [], "never into its own report"


# --- pages ----------------------------------------------------------------------------


def test_Q1_the_list_of_a_school_says_what_waits_and_what_is_closed(
    cast: Cast, report: Report
) -> None:
    agree(report, cast.sadia, "Publish the policy", "Plan the summer")
    issue(cast, report)
    first, second, _ = Action.objects.order_by("pk")
    take(first, "say_done", cast.helen, how=SEEN)
    take(second, "drop", cast.sadia, reasons="It is published.")
    found = of_school(cast.chloe, cast.harbour_view, BY + timedelta(days=2))
    assert [(each.action.what, each.state, each.when) for each in found.open] == [
        ("Plan the summer", "Overdue", "2 days overdue")
    ]
    assert [each.action.what for each in found.done] == ["Check phonics"]
    assert [each.action.what for each in found.closed] == ["Publish the policy"]


def test_Q1_the_head_says_on_the_page_that_it_is_done(cast: Cast, action: Action) -> None:
    assert "Say that it is done" in show(cast.helen, "action", action.pk)
    assert "Verify" not in show(cast.helen, "action", action.pk)
    client = Client()
    client.force_login(cast.helen)
    address = reverse("visits:action-step", args=[action.pk, "say_done"])
    asked = client.post(address, {"version": action.version})
    assert "Enter the how it was done" not in asked.content.decode()
    assert "Say how it was done" in asked.content.decode()
    client.post(address, {"version": action.version, "how": SEEN})
    action.refresh_from_db()
    assert (action.state, action.done_how) == ("done", SEEN)
    late = client.post(address, {"version": 1, "how": "Again."})
    assert late.status_code == 302, "a second click does nothing"


@pytest.mark.parametrize("many", [False, True])
def test_the_list_takes_as_many_queries_for_one_action_as_for_many(
    cast: Cast, report: Report, many: bool,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    if many:
        agree(report, cast.sadia, *(f"Action {number}" for number in range(12)))
    issue(cast, report)
    client = Client()
    client.force_login(cast.helen)
    address = reverse("visits:actions", args=[cast.harbour_view.pk])
    with django_assert_num_queries(9):
        client.get(address)
