"""E-mails of what is owed: before its day and when it is late, once each, saying nothing (I8)."""

from datetime import date

import pytest
from pytest_django import Settings

from plimsoll.core.models import Message
from plimsoll.intervention.clocks.extending import extend
from plimsoll.intervention.clocks.falling_due import run
from plimsoll.intervention.clocks.meeting import meet, reopen
from plimsoll.intervention.models import Case
from tests.cast import NOW, TODAY, Cast, make_cast
from tests.intervention import steps
from tests.intervention.steps import WHY, on, take

FIVE_LEFT = date(2026, 10, 19)  # a Monday, five working days before the plan is due
ONE_LEFT = date(2026, 10, 23)
LATE = date(2026, 10, 27)
SECRETS = ("plan", "notice", "concern", "warning", "ofsted", "category", "statement", "band")


@pytest.fixture
def case(cast: Cast) -> Case:
    """A plan is due on 26 October."""
    return steps.formal(cast)


def posted(*days: date) -> list[tuple[str, str]]:
    """Who was written to on each of these days, and of what; the outbox is emptied after."""
    Message.objects.all().delete()
    for day in days:
        run(at=on(day))
    rows = Message.objects.order_by("pk").values_list("to", "subject")
    return sorted((to.partition("@")[0], subject) for to, subject in rows)


SOON = "Something for Harbour View Primary School falls due"
OVER = "Something for Harbour View Primary School was due"


def test_I8_head_and_chair_are_reminded_five_days_and_one_day_before(case: Case) -> None:
    assert posted(date(2026, 10, 16)) == []
    assert posted(FIVE_LEFT, FIVE_LEFT) == [("chloe", SOON), ("helen", SOON)]
    assert posted(ONE_LEFT, date(2026, 10, 26)) == [("chloe", SOON), ("helen", SOON)]


def test_I8_of_two_reminders_that_have_passed_only_the_later_is_sent(case: Case) -> None:
    assert posted(ONE_LEFT) == [("chloe", SOON), ("helen", SOON)]


def test_I8_late_it_is_told_once_to_the_school_and_to_the_keeper_of_the_case(case: Case) -> None:
    days = (LATE, LATE, date(2026, 11, 20))
    assert posted(*days) == [("chloe", OVER), ("helen", OVER), ("priya", OVER)]


def test_I8_another_day_is_reminded_of_anew(cast: Cast, case: Case) -> None:
    assert len(posted(LATE)) == 3
    plan = case.obligations.get()
    extend(obligation=plan, due=date(2026, 11, 9), why=WHY, by=cast.priya, at=on(LATE))
    assert posted(date(2026, 11, 2)) == [("chloe", SOON), ("helen", SOON)]
    assert len(posted(date(2026, 11, 10))) == 3


def test_I8_of_what_is_met_or_ended_nobody_hears(cast: Cast, case: Case) -> None:
    plan = case.obligations.get()
    meet(obligation=plan, on=TODAY, note="", by=cast.helen, at=NOW)
    assert posted(FIVE_LEFT, LATE) == []
    reopen(obligation=plan, why=WHY, by=cast.priya, at=NOW)
    take(case, "school-closed", cast.priya)
    assert posted(FIVE_LEFT, LATE) == []


def test_I9_s15_of_the_statement_of_action_the_keeper_alone_hears(cast: Cast) -> None:
    """Received 5 October: due on Monday 19 October."""
    take(steps.told(cast), "category", cast.declan)
    assert posted(date(2026, 10, 12)) == [("priya", SOON)]
    assert posted(date(2026, 10, 20)) == [("priya", OVER)]


def test_S7_a_school_that_no_letter_has_told_hears_nothing(cast: Cast) -> None:
    case = take(steps.opened(cast), "category", cast.declan)
    case.obligations.update(owner="school")
    assert posted(date(2026, 10, 12)) == []
    assert posted(date(2026, 10, 20)) == [("priya", OVER)]


@pytest.mark.parametrize("authority", ["liverpool", "northmoor"])
def test_S7_no_e_mail_says_what_is_due(db: None, settings: Settings, authority: str) -> None:
    settings.AUTHORITY = authority
    cast = make_cast()
    take(steps.opened(cast), "category", cast.declan)
    run(at=on(date(2026, 10, 12)))
    run(at=on(date(2026, 10, 20)))
    mails = Message.objects.filter(key__startswith="obligation-")
    assert len(mails) == 2
    for mail in mails:
        said = f"{mail.subject} {mail.body}".lower()
        assert not [secret for secret in SECRETS if secret in said]
        assert "19 October 2026" in mail.body


def test_the_worker_does_the_same_again_for_nothing(case: Case) -> None:
    assert run(at=on(LATE)) == 3
    assert run(at=on(LATE)) == 0
