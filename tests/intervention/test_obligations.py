"""What is owed in a case: met, opened again, ended with what it came from (I8)."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from plimsoll.core.models import Event
from plimsoll.core.workflow import Refused, Stale
from plimsoll.documents.models import Document
from plimsoll.intervention.bundle.around import Span
from plimsoll.intervention.bundle.papers import papers
from plimsoll.intervention.clocks.meeting import meet, reopen
from plimsoll.intervention.models import Case, Obligation
from tests.cast import TODAY, Cast
from tests.intervention import steps
from tests.intervention.steps import DAY, WHY, found, on, take

# A formal notice given on Monday 5 October 2026 wants a plan 15 working days later.
PLAN_DUE = date(2026, 10, 26)


def plan_of(case: Case) -> Obligation:
    return case.obligations.get(kind="action-plan")


def categorised(cast: Cast) -> Case:
    """The report that places Harbour View in a category was received today."""
    return take(steps.told(cast), "category", cast.declan)


# --- met -------------------------------------------------------------------------------------


def test_I8_the_plan_is_owed_by_the_governing_body_from_the_day_of_the_notice(cast: Cast) -> None:
    owed = plan_of(steps.formal(cast))
    assert (owed.owner, owed.starts, owed.due, owed.first_due) == (
        "school", TODAY, PLAN_DUE, PLAN_DUE,
    )  # fmt: skip
    assert owed.notice is not None
    assert owed.notice.kind == "formal"


@pytest.mark.parametrize(
    ("who", "verb"),
    [
        ("helen", "hand_in"),
        ("chloe", "hand_in"),
        ("sadia", "meet"),
        ("priya", "meet"),
        ("dorothy", "meet"),
        ("declan", "meet"),
    ],
)
def test_I8_it_is_met_on_the_day_that_it_is_received(cast: Cast, who: str, verb: str) -> None:
    owed, person = plan_of(steps.formal(cast)), cast.everyone[who]
    day = TODAY + 4 * DAY
    meet(obligation=owed, on=day, note="By e-mail", by=person, at=on(day))
    owed.refresh_from_db()
    assert (owed.state, owed.met_on, owed.met_by, owed.note) == (
        "met", day, person.name, "By e-mail",
    )  # fmt: skip
    event = Event.objects.get(subject="intervention.obligation", subject_id=owed.pk)
    assert (event.verb, event.permission, event.urn) == (
        f"obligation.{verb}", "concern.see", 900001,
    )  # fmt: skip


@pytest.mark.parametrize("who", ["nobody", "ada", "dan", "olu", "lena", "henry", "sam"])
def test_I8_nobody_else_meets_or_reopens_it(cast: Cast, who: str) -> None:
    owed = plan_of(steps.formal(cast))
    facts = {"obligation": owed, "by": cast.everyone[who], "at": on(TODAY)}
    with pytest.raises(Refused, match="does not allow"):
        meet(on=TODAY, note="", **facts)
    meet(on=TODAY, note="", **facts | {"by": cast.priya})
    with pytest.raises(Refused, match="does not allow"):
        reopen(why=WHY, **facts)


def test_I9_s15_the_school_does_not_meet_what_the_authority_owes(cast: Cast) -> None:
    statement = categorised(cast).obligations.get()
    with pytest.raises(Refused, match="not possible now"):
        meet(obligation=statement, on=TODAY, note="", by=cast.helen, at=on(TODAY))


@pytest.mark.parametrize(
    ("days", "why"), [(1, "lies ahead"), (-1, "It began on 5 October 2026 only")]
)
def test_I8_it_is_met_between_its_start_and_today(cast: Cast, days: int, why: str) -> None:
    owed = plan_of(steps.formal(cast))
    with pytest.raises(Refused, match=why):
        meet(obligation=owed, on=TODAY + days * DAY, note="", by=cast.priya, at=on(TODAY))


def test_I8_a_second_click_and_a_stale_tab_meet_nothing_twice(cast: Cast) -> None:
    owed = plan_of(steps.formal(cast))
    facts = {"obligation": owed, "on": TODAY, "note": "", "by": cast.priya, "at": on(TODAY)}
    meet(version=1, **facts)
    with pytest.raises(Refused, match="the state is “Met”"):
        meet(**facts)
    with pytest.raises(Stale):
        meet(version=1, **facts)
    assert Event.objects.filter(verb="obligation.meet").count() == 1


def test_I9_s15_what_shows_it_is_kept_with_it(cast: Cast) -> None:
    statement = categorised(cast).obligations.get()
    paper = SimpleUploadedFile("statement.csv", b"what,by\nreview,1\n")
    facts = {"on": TODAY, "note": "Sent to Ofsted", "by": cast.priya, "at": on(TODAY)}
    meet(obligation=statement, file=paper, **facts)
    kept = Document.objects.about(statement).get()
    assert (kept.title, kept.permission, kept.urn) == (
        "The authority's statement of action after an Ofsted category", "concern.see", 900001,
    )  # fmt: skip


def test_I9_s15_what_shows_it_stands_in_the_file_of_the_case(cast: Cast) -> None:
    case = categorised(cast)
    paper = SimpleUploadedFile("statement.csv", b"what,by\nreview,1\n")
    facts = {"on": TODAY, "note": "Sent to Ofsted", "by": cast.priya, "at": on(TODAY)}
    meet(obligation=case.obligations.get(), file=paper, **facts)
    span = Span(case.school, TODAY, TODAY, case.policy)
    found = [each.document.filename for each in papers(case, span, allocation=False)]
    assert "statement.csv" in found


# --- open again ------------------------------------------------------------------------------


def test_I8_returned_it_is_open_again_and_due_when_it_was(cast: Cast) -> None:
    owed = plan_of(steps.formal(cast))
    meet(obligation=owed, on=TODAY, note="By hand", by=cast.helen, at=on(TODAY))
    reopen(obligation=owed, why="It names no dates", by=cast.priya, at=on(TODAY))
    owed.refresh_from_db()
    assert (owed.state, owed.met_on, owed.met_by, owed.note, owed.due) == (
        "open", None, "", "", PLAN_DUE,
    )  # fmt: skip
    told = Event.objects.get(verb="obligation.reopen").after
    assert told == {"state": "open", "why": "It names no dates"}


@pytest.mark.parametrize("who", ["sadia", "declan", "helen"])
def test_I8_it_is_opened_again_by_whoever_judges_it(cast: Cast, who: str) -> None:
    owed = plan_of(steps.formal(cast))
    meet(obligation=owed, on=TODAY, note="", by=cast.priya, at=on(TODAY))
    with pytest.raises(Refused, match="does not allow"):
        reopen(obligation=owed, why=WHY, by=cast.everyone[who], at=on(TODAY))


def test_I8_it_is_opened_again_with_a_reason(cast: Cast) -> None:
    owed = plan_of(steps.formal(cast))
    meet(obligation=owed, on=TODAY, note="", by=cast.priya, at=on(TODAY))
    with pytest.raises(Refused, match="needs the why"):
        reopen(obligation=owed, why="  ", by=cast.priya, at=on(TODAY))


# --- ended -----------------------------------------------------------------------------------


def ended_by(cast: Cast, step: str) -> Case:
    """The case of a formal notice, ended by this step."""
    case = steps.formal(cast)
    if step == "complied":
        found(case, "improvement", cast.priya)
        steps.approved(case, "formal-ended")
    elif step == "withdrawn":
        steps.approved(case, "formal-withdrawn")
    officer = cast.priya if step in ("converted", "school-closed") else cast.declan
    return take(case, step, officer)


@pytest.mark.parametrize(
    ("step", "why"),
    [
        ("complied", "Closed: the governing body has complied"),
        ("withdrawn", "Closed: the notice is withdrawn"),
        ("converted", "Closed: the school has become an academy"),
        ("school-closed", "Closed: the school has closed"),
    ],
)
def test_I8_what_is_open_ends_with_the_case_and_says_so(cast: Cast, step: str, why: str) -> None:
    owed = plan_of(ended_by(cast, step))
    assert (owed.state, owed.note, owed.met_on) == ("ended", why, None)
    with pytest.raises(Refused, match="The case was closed on 5 October 2026"):
        meet(obligation=owed, on=TODAY, note="", by=cast.priya, at=on(TODAY))


def test_I8_what_was_met_stays_met_and_is_not_opened_in_a_closed_case(cast: Cast) -> None:
    case = steps.formal(cast)
    meet(obligation=plan_of(case), on=TODAY, note="By hand", by=cast.helen, at=on(TODAY))
    take(case, "school-closed", cast.priya)
    owed = plan_of(case)
    assert (owed.state, owed.note) == ("met", "By hand")
    with pytest.raises(Refused, match="was closed"):
        reopen(obligation=owed, why=WHY, by=cast.priya, at=on(TODAY))


def test_I9_s60_4B_a_superseded_notice_takes_along_what_began_with_it_alone(cast: Cast) -> None:
    """The statement of action is owed by another section, and stays so."""
    case = take(steps.formal(cast), "category", cast.declan)
    take(case, "superseded", cast.declan)
    states = dict(case.obligations.values_list("kind", "state"))
    assert states == {"action-plan": "superseded", "statement-of-action": "open"}
