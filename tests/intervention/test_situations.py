"""What the law says of single situations, by hand from the notes on the statute.

Each row cites the section of those notes ("1.5") and of the Act where there is one. What the
software must compute stands in the tables of recipients, windows and categories; what it must
allow or refuse, in the rows below them, each a short story.
"""

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

import pytest

from plimsoll.allocations.models import PastBand
from plimsoll.core.workflow import Refused
from plimsoll.evidence.eras import category_hint
from plimsoll.framework.editions import current
from plimsoll.intervention.cases import keeping
from plimsoll.intervention.cases.findings import withdraw_finding
from plimsoll.intervention.cases.opening import NewCase, open_case
from plimsoll.intervention.models import Case, Notice
from plimsoll.intervention.recipients import churches_of, recipients_of
from plimsoll.intervention.steps.page import CasePage
from plimsoll.intervention.windows import is_open, last_day, window_end
from plimsoll.schools.models import School
from tests.cast import NOW, TODAY, Cast, make_school
from tests.intervention import steps, using
from tests.intervention.steps import DAY, approved, discussed, found, opened, take

# --- whom a notice reaches ---------------------------------------------------------------

ALWAYS = ["governing-body", "head", "ofsted", "secretary-of-state"]


class Copies(NamedTuple):
    """A school, a notice, and everybody whom it reaches; `law` those who must be copied."""

    section: str
    type: str
    religion: str
    notice: str
    reached: list[str]
    law: list[str]


RECIPIENTS = (
    Copies("1.5 community", "01", "", "formal", ALWAYS, ALWAYS),
    Copies("1.5 community, no faith", "01", "Does not apply", "formal", ALWAYS, ALWAYS),
    Copies(
        "1.5 VC, Church of England", "03", "Church of England", "formal",
        [*ALWAYS, "diocese", "appointer"], [*ALWAYS, "diocese", "appointer"],
    ),
    Copies(
        "1.5 VA, Church of England", "02", "Church of England", "formal",
        [*ALWAYS, "diocese", "appointer"], [*ALWAYS, "diocese", "appointer"],
    ),
    Copies(
        "1.5 VA, Roman Catholic", "02", "Roman Catholic", "formal",
        [*ALWAYS, "diocese", "appointer"], [*ALWAYS, "diocese", "appointer"],
    ),
    Copies(
        "7.2 VA of both churches: two diocesan authorities", "02",
        "Church of England/Roman Catholic", "formal",
        [*ALWAYS, "diocese", "diocese", "appointer"],
        [*ALWAYS, "diocese", "diocese", "appointer"],
    ),
    Copies(
        "7.2 VC, Methodist/Church of England: contained is enough", "03",
        "Methodist/Church of England", "formal",
        [*ALWAYS, "diocese", "appointer"], [*ALWAYS, "diocese", "appointer"],
    ),
    Copies(
        "7.2 VA, Jewish: no diocese in law, the appointing person yes", "02", "Jewish", "formal",
        [*ALWAYS, "appointer"], [*ALWAYS, "appointer"],
    ),
    Copies(
        "1.5 foundation without a faith", "05", "None", "formal",
        [*ALWAYS, "appointer"], [*ALWAYS, "appointer"],
    ),
    Copies(
        "9 foundation of the Church of England", "05", "Church of England", "formal",
        [*ALWAYS, "diocese", "appointer"], [*ALWAYS, "diocese", "appointer"],
    ),
    Copies("9 community special", "07", "", "formal", ALWAYS, ALWAYS),
    Copies(
        "1.5 foundation special: good practice, no clear duty", "12", "", "formal",
        [*ALWAYS, "appointer"], ALWAYS,
    ),
    Copies("9 maintained nursery", "15", "", "formal", ALWAYS, ALWAYS),
    Copies(
        "1.5 pay and conditions: Ofsted is not on the list", "02", "Roman Catholic", "formal-60a",
        ["governing-body", "head", "secretary-of-state", "diocese", "appointer"],
        ["governing-body", "head", "secretary-of-state", "diocese", "appointer"],
    ),
    Copies(
        "2 a pre-formal notice need not reach Ofsted or the Secretary of State", "02",
        "Roman Catholic", "pre-formal", ["governing-body", "head", "diocese"], [],
    ),
    Copies(
        "2 nor does one to a community school reach a diocese", "01", "", "pre-formal",
        ["governing-body", "head"], [],
    ),
    Copies(
        "1.2(d) the notice of proposed powers is given to the governing body", "01", "",
        "proposed-powers", ["governing-body", "head"], ["governing-body"],
    ),
)  # fmt: skip


@pytest.mark.parametrize("row", RECIPIENTS, ids=lambda row: row.section)
def test_I7_a_notice_reaches_those_whom_the_law_names(row: Copies) -> None:
    school = School(type=row.type, religious_character=row.religion)
    found = recipients_of(current().notice(row.notice), school, current())
    assert sorted(each.recipient for each in found) == sorted(row.reached)
    assert sorted(each.recipient for each in found if each.statutory) == sorted(row.law)
    assert all(each.reason for each in found)


def test_I5_an_academys_letter_goes_to_the_regional_director_and_its_leadership() -> None:
    """Section 3.1 and 9: no section 60 for it; a copy to the diocese is a courtesy."""
    academy = School(type="34", religious_character="Church of England", trust_name="Compass")
    found = recipients_of(current().notice("academy-letter"), academy, current())
    assert {"regional-director", "academy-leadership"} <= {each.recipient for each in found}
    assert not any(each.statutory for each in found)


@pytest.mark.parametrize(
    ("type_", "religion", "churches"),
    [
        ("02", "Church of England/Roman Catholic", ["Church of England", "Roman Catholic"]),
        ("02", "Roman Catholic", ["Roman Catholic"]),
        ("02", "None", []),
        ("02", "Does not apply", []),
        ("01", "Church of England", []),  # a community school is of no church in law
    ],
)
def test_I7_a_church_is_read_from_the_name_of_the_religious_character(
    type_: str, religion: str, churches: list[str]
) -> None:
    assert churches_of(School(type=type_, religious_character=religion)) == churches


# --- which ladder ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("section", "type_", "ladder"),
    [
        ("1.1 community", "01", "maintained"),
        ("1.1 voluntary aided", "02", "maintained"),
        ("1.1 voluntary controlled", "03", "maintained"),
        ("1.1 foundation", "05", "maintained"),
        ("1.1 community special", "07", "maintained"),
        ("1.1 foundation special", "12", "maintained"),
        ("1.1 nursery", "15", "maintained"),
        ("1.1 and 8: a pupil referral unit is not in section 59", "14", "pru"),
        ("1.1 and 3.1: converter academy", "34", "academy"),
        ("7.1 free school", "35", "academy"),
        ("7.1 special academy", "44", "academy"),
    ],
)
def test_I5_the_law_that_reaches_a_school_follows_from_its_type(
    cast: Cast, section: str, type_: str, ladder: str
) -> None:
    school = make_school(900100, "Any School", type_, "primary")
    case = opened(cast, school)
    assert case.ladder == ladder
    formal = {rung.id for rung in case.steps.steps if rung.notice in ("formal", "formal-60a")}
    assert bool(formal) == (ladder == "maintained")


def test_I1_no_case_where_the_authority_has_no_power(cast: Cast) -> None:
    """Section 7.1: independent schools are none of the authority's."""
    school = make_school(900101, "Any School", "11", "primary", type_name="Independent")
    with pytest.raises(Refused, match="no steps for a school of this type"):
        opened(cast, school)


# --- windows of the powers ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("section", "ends", "last"),
    [
        ("1.8 ends 30 April", date(2026, 4, 30), date(2026, 6, 30)),
        ("1.8 ends 31 December", date(2026, 12, 31), date(2027, 2, 28)),
        ("1.8 ends 31 December before a leap year", date(2027, 12, 31), date(2028, 2, 29)),
        ("1.8 ends in the middle of a month", date(2027, 1, 14), date(2027, 3, 14)),
        ("1.8 ends 30 June", date(2027, 6, 30), date(2027, 8, 30)),
    ],
)
def test_I9_the_window_ends_on_the_corresponding_date(section: str, ends: date, last: date) -> None:
    assert window_end(ends, 2) == last


ENDS = date(2027, 1, 14)
IN_TWO_MONTHS = date(2027, 3, 14)


@pytest.mark.parametrize(
    ("section", "power", "route", "opens", "last"),
    [
        ("1.8 s.63 after a s.60 notice", "s63", "s60", True, IN_TWO_MONTHS),
        ("1.8 s.63 is not there after a s.60A notice", "s63", "s60a", False, IN_TWO_MONTHS),
        ("1.8 s.64 after a s.60 notice", "s64", "s60", True, IN_TWO_MONTHS),
        ("1.8 s.64 after a s.60A notice", "s64", "s60a", True, IN_TWO_MONTHS),
        ("1.8 s.66 after a s.60A notice", "s66", "s60a", True, IN_TWO_MONTHS),
        ("1.8 s.65 has no limit of two months", "s65", "s60", True, None),
        ("1.8 no limit where a category opens it: s.63", "s63", "category", True, None),
        ("1.8 no limit where a category opens it: s.64", "s64", "category", True, None),
        ("1.8 no limit where a category opens it: s.66", "s66", "category", True, None),
    ],
)
def test_I9_a_power_is_there_for_its_route_and_in_its_window(
    section: str, power: str, route: str, opens: bool, last: date | None
) -> None:
    rule = next(each for each in current().powers if each.id == power)
    assert is_open(rule, route) is opens
    assert last_day(rule, route, ENDS) == last


# --- categories --------------------------------------------------------------------------

URGENT = "urgent-improvement"
LEADERSHIP = "leadership-and-governance"


@pytest.mark.parametrize(
    ("section", "grades", "safeguarding", "hint"),
    [
        ("3.5 leadership and another", {LEADERSHIP: URGENT, "inclusion": URGENT}, "met", "sm"),
        ("3.5 leadership and safeguarding", {LEADERSHIP: URGENT}, "not-met", "sm"),
        ("3.5 leadership alone", {LEADERSHIP: URGENT}, "met", "rsi"),
        ("3.5 another area alone", {"achievement": URGENT}, "met", "rsi"),
        ("3.5 safeguarding alone", {"achievement": "expected-standard"}, "not-met", "rsi"),
        ("3.5 needs attention is monitored only", {LEADERSHIP: "needs-attention"}, "met", ""),
    ],
)
def test_I9_the_arithmetic_of_a_category_is_a_hint(
    section: str, grades: dict[str, str], safeguarding: str, hint: str
) -> None:
    assert category_hint(grades, safeguarding) == hint


# --- what is allowed and what is refused -------------------------------------------------


def refused(case: Case, step: str, by: object, why: str, **more: object) -> None:
    with pytest.raises(Refused, match=why):
        take(case, step, by, **more)
    case.refresh_from_db()
    assert case.state != step


def statutory_grounds_open_no_case(cast: Cast) -> None:
    with pytest.raises(Refused, match="the statutory ones belong to a formal notice only"):
        opened(cast, None, "s60-standards")


def a_case_needs_a_ground(cast: Cast) -> None:
    new = NewCase(trigger="a", grounds=(), concerns="b", intentions="c")
    with pytest.raises(Refused, match="Choose at least one ground"):
        open_case(school=cast.harbour_view, wanted=new, by=cast.dorothy, at=NOW)


def one_open_case_a_school(cast: Cast) -> None:
    opened(cast)
    with pytest.raises(Refused, match="open already"):
        opened(cast)


def no_notice_before_the_discussion(cast: Cast) -> None:
    case = steps.told(cast)
    refused(case, "discussion", cast.dorothy, "Director of Education's discussion")
    refused(case, "pre-formal", cast.declan, "is not possible now")


def a_refusal_of_the_discussion_is_enough(cast: Cast) -> None:
    case = steps.told(cast)
    discussed(case, cast.dorothy, result="refused")
    assert take(case, "discussion", cast.dorothy).state == "discussion"


def both_evidences_before_a_pre_formal_notice(cast: Cast) -> None:
    case = steps.talked(cast)
    approved(case, "pre-formal")
    found(case, "evidence-of-concern", cast.priya)
    refused(case, "pre-formal", cast.declan, "reluctance or inability")
    found(case, "evidence-of-inability", cast.priya)
    assert take(case, "pre-formal", cast.declan).state == "pre-formal"


def evidence_that_was_withdrawn_shows_nothing(cast: Cast) -> None:
    case = steps.talked(cast)
    found(case, "evidence-of-concern", cast.priya)
    weak = found(case, "evidence-of-inability", cast.priya)
    approved(case, "pre-formal")
    withdraw_finding(finding=weak, on=TODAY, why="They had acted", by=cast.priya, at=NOW)
    refused(case, "pre-formal", cast.declan, "reluctance or inability")


def the_urgent_route_needs_a_threat_to_safety(cast: Cast) -> None:
    case = steps.told(cast, "leadership")
    found(case, "urgent-reasons", cast.declan)
    found(case, "legal-advice", cast.declan)
    found(case, "evidence-of-concern", cast.priya)
    approved(case, "pre-formal")
    refused(case, "pre-formal-urgent", cast.declan, "only for where safety is threatened")


def the_urgent_route_leaves_the_discussion_owed(cast: Cast) -> None:
    case = steps.told(cast, "safety")
    found(case, "evidence-of-concern", cast.priya)
    approved(case, "pre-formal")
    refused(case, "pre-formal-urgent", cast.declan, "reasons why safety allows no wait")
    found(case, "urgent-reasons", cast.declan)
    refused(case, "pre-formal-urgent", cast.declan, "Legal advice")
    found(case, "legal-advice", cast.declan)
    case = take(case, "pre-formal-urgent", cast.declan)
    assert CasePage(case, cast.declan, TODAY).discussion_owed
    discussed(case, cast.dorothy, day=TODAY + DAY)
    assert not CasePage(case, cast.declan, TODAY).discussion_owed


def urgency_is_the_directors_own_reason(cast: Cast) -> None:
    case = steps.told(cast, "safety")
    with pytest.raises(Refused, match="put on record by the Director of Children"):
        found(case, "urgent-reasons", cast.priya)


def a_pre_formal_notice_makes_nobody_eligible(cast: Cast) -> None:
    case = steps.warned(cast)
    assert not case.policy.notice("pre-formal").statutory
    refused(case, "eligible", cast.declan, "is not possible now")


def a_formal_notice_needs_a_statutory_ground(cast: Cast) -> None:
    case = steps.warned(cast)
    found(case, "no-improvement", cast.priya)
    found(case, "legal-advice", cast.declan)
    approved(case, "formal")
    refused(case, "formal", cast.declan, "statutory ground")
    with pytest.raises(Refused, match="A statutory ground is named"):
        found(case, "statutory-ground", cast.declan, ground="leadership")


def low_standards_are_low_beside_something(cast: Cast) -> None:
    case = steps.ready_for_formal(cast, grounds=["s60-standards"], compared_with=[])
    refused(case, "formal", cast.declan, "What the standards are low beside")


def a_formal_notice_has_its_four_parts(cast: Cast) -> None:
    case = steps.ready_for_formal(cast, texts={"matters": "a", "action": "b", "period": "c"})
    refused(case, "formal", cast.declan, "minded to do")


def a_formal_notice_states_its_period(cast: Cast) -> None:
    case = steps.ready_for_formal(cast, period_ends=None)
    refused(case, "formal", cast.declan, "The compliance period: the day")


def no_length_of_the_period_is_prescribed(cast: Cast) -> None:
    case = steps.ready_for_formal(cast, period_ends=TODAY + 3 * DAY)
    assert take(case, "formal", cast.declan).state == "formal"


def the_action_plan_is_a_local_deadline_of_its_own(cast: Cast) -> None:
    """Given Monday 5 October 2026: the fifteenth working day after it is Monday 26 October."""
    case = steps.formal(cast, period_ends=TODAY + 60 * DAY)
    plan = case.obligations.get()
    assert (plan.kind, plan.due, plan.basis, plan.owner) == (
        "action-plan", date(2026, 10, 26), "WD", "school",
    )  # fmt: skip
    assert plan.notice is not None
    assert plan.notice.period_ends == TODAY + 60 * DAY


def the_secretary_of_state_bars_a_notice(cast: Cast) -> None:
    case = steps.ready_for_formal(cast)
    keeping.record_block(case=case, on=TODAY, told_how="Letter", by=cast.declan, at=NOW)
    refused(case, "formal", cast.declan, "No warning notice of the Secretary of State")
    later = TODAY + 7 * DAY
    keeping.lift_block(case=case, on=later, told_how="Letter", by=cast.declan, at=steps.on(later))
    refused(case, "formal", cast.declan, "stands in the way. is of 12 October", day=TODAY,
            at=steps.on(later))  # fmt: skip
    assert take(case, "formal", cast.declan, day=later).state == "formal"


def a_notice_of_the_secretary_of_state_ends_the_authoritys(cast: Cast) -> None:
    case = steps.formal(cast)
    with pytest.raises(Refused, match="take the step"):
        keeping.record_block(case=case, on=TODAY, told_how="Letter", by=cast.declan, at=NOW)
    case = take(case, "superseded", cast.declan)
    assert case.is_blocked
    assert Notice.objects.get(case=case, kind="formal").ended_on == TODAY
    assert Notice.objects.get(case=case, kind="pre-formal").ended_on is None


def the_end_of_the_period_alone_makes_nobody_eligible(cast: Cast) -> None:
    case = steps.formal(cast)
    after = date(2026, 10, 27)
    found(case, "legal-advice", cast.declan, day=after)
    approved(case, "proposed-powers", day=after)
    refused(case, "proposed", cast.declan, "did not comply in the period", day=after)
    found(case, "non-compliance", cast.declan, day=after)
    case = take(case, "proposed", cast.declan, day=after)
    assert take(case, "eligible", cast.declan, day=after).state == "eligible"


def non_compliance_is_found_when_the_period_is_over(cast: Cast) -> None:
    case = steps.formal(cast)
    with pytest.raises(Refused, match="runs until 26 October 2026"):
        found(case, "non-compliance", cast.declan, day=date(2026, 10, 26))
    assert found(case, "non-compliance", cast.declan, day=date(2026, 10, 27))


def no_powers_are_proposed_while_the_period_runs(cast: Cast) -> None:
    case = steps.formal(cast)
    approved(case, "proposed-powers")
    refused(case, "proposed", cast.declan, "end of the compliance period")


def eligible_only_after_the_notice_of_proposed_powers(cast: Cast) -> None:
    case = steps.formal(cast)
    after = date(2026, 10, 27)
    found(case, "non-compliance", cast.declan, day=after)
    refused(case, "proposed", cast.declan, "is not approved yet", day=after)
    refused(case, "eligible", cast.declan, "is not possible now", day=after)


def a_notice_on_pay_is_not_barred_by_one_on_standards(cast: Cast) -> None:
    case = steps.warned(cast)
    found(case, "statutory-ground", cast.declan, ground="s60a-pay")
    found(case, "legal-advice", cast.declan)
    approved(case, "formal-60a")
    keeping.record_block(case=case, on=TODAY, told_how="Letter", by=cast.declan, at=NOW)
    assert take(case, "formal-60a", cast.declan).state == "formal-60a"


def a_category_makes_eligible_without_a_notice(cast: Cast) -> None:
    """Received Monday 5 October: ten working days on is 19 October 2026."""
    case = take(opened(cast), "category", cast.declan)
    assert not case.notices.exists()
    (statement,) = case.obligations.all()
    assert (statement.kind, statement.due, statement.basis, statement.owner) == (
        "statement-of-action", date(2026, 10, 19), "WD-INSP", "service",
    )  # fmt: skip
    assert (case.eligible_by, case.period_ended_on) == ("category", None)
    found(case, "legal-advice", cast.declan)
    refused(case, "powers", cast.declan, "A power of intervention that has come into force")
    using.in_force(cast, case, "s64", day=TODAY)
    assert take(case, "powers", cast.declan).state == "powers"


def a_conversion_ends_the_case_whatever_it_stands_at(cast: Cast) -> None:
    case = take(steps.formal(cast), "converted", cast.priya)
    assert (case.closed_on, case.state) == (TODAY, "converted")
    ended = Notice.objects.filter(case=case, ended_on=TODAY)
    assert sorted(ended.values_list("kind", flat=True)) == ["formal", "pre-formal"]


def a_closure_ends_it_too(cast: Cast) -> None:
    assert take(opened(cast, cast.dock_road), "school-closed", cast.paul).closed_on == TODAY


def after_a_case_another_may_follow(cast: Cast) -> None:
    take(opened(cast), "school-closed", cast.priya)
    assert opened(cast).number == 2


def improvement_removes_a_pre_formal_notice_by_letter(cast: Cast) -> None:
    case = steps.warned(cast)
    found(case, "improvement", cast.priya)
    refused(case, "removed", cast.declan, "is not approved yet")
    approved(case, "pre-formal-removed")
    case = take(case, "removed", cast.declan)
    assert case.closed_on == TODAY
    assert Notice.objects.get(case=case, kind="pre-formal").ended_on == TODAY


def a_unit_gets_a_letter_and_no_notice(cast: Cast) -> None:
    case = steps.talked(cast, school=cast.tidewater)
    found(case, "evidence-of-concern", cast.paul)
    found(case, "evidence-of-inability", cast.paul)
    approved(case, "unit-letter")
    assert take(case, "letter", cast.declan).state == "letter"
    with pytest.raises(KeyError):
        take(case, "formal", cast.declan)


def an_academys_regulator_is_written_to_after_the_discussion(cast: Cast) -> None:
    case = steps.told(cast, school=cast.dock_road)
    approved(case, "academy-letter")
    found(case, "evidence-of-concern", cast.paul)
    refused(case, "letter", cast.declan, "is not possible now")
    discussed(case, cast.dorothy)
    case = take(case, "discussion", cast.dorothy)
    case = take(case, "letter", cast.declan)
    assert case.state == "letter"


def an_academys_improvement_is_written_of_too(cast: Cast) -> None:
    case = steps.talked(cast, school=cast.dock_road)
    approved(case, "academy-letter")
    found(case, "evidence-of-concern", cast.paul)
    case = take(case, "letter", cast.declan)
    found(case, "improvement", cast.paul)
    refused(case, "improved", cast.declan, "is not approved yet")
    approved(case, "academy-improved")
    assert take(case, "improved", cast.declan).closed_on == TODAY


def no_bar_where_no_notice_could_be_given(cast: Cast) -> None:
    with pytest.raises(Refused, match="No warning notice of section 60"):
        keeping.record_block(
            case=opened(cast, cast.tidewater), on=TODAY, told_how="x", by=cast.declan, at=NOW
        )


def given_is_a_day_that_is_told(cast: Cast) -> None:
    """Drafted on Monday, given on Wednesday, recorded on Friday."""
    case = steps.ready_for_formal(cast)
    wednesday, friday = TODAY + 2 * DAY, TODAY + 4 * DAY
    case = take(case, "formal", cast.declan, day=wednesday, at=steps.on(friday))
    assert Notice.objects.get(case=case, kind="formal").given_on == wednesday


def nothing_is_given_before_it_is_approved(cast: Cast) -> None:
    case = steps.warned(cast)
    for fact, ground in (("no-improvement", ""), ("statutory-ground", "s60-standards")):
        found(case, fact, cast.declan, ground=ground)
    found(case, "legal-advice", cast.declan)
    tuesday = TODAY + DAY
    approved(case, "formal", day=tuesday)
    refused(case, "formal", cast.declan, "approved on 6 October", day=TODAY, at=steps.on(tuesday))


def in_band(school: School, band: str) -> None:
    PastBand.objects.create(
        school=school, year="2025-26", band=band, source="sheet", entered_at=NOW
    )


def a_directive_notice_is_for_a_C_school_only(cast: Cast) -> None:
    in_band(cast.harbour_view, "B")
    case = steps.talked(cast)
    found(case, "evidence-of-concern", cast.priya)
    approved(case, "directive")
    refused(case, "directive", cast.declan, "is not possible now")


def a_C_school_may_get_a_directive_notice_after_the_discussion(cast: Cast) -> None:
    in_band(cast.harbour_view, "C")
    case = steps.told(cast)
    found(case, "evidence-of-concern", cast.priya)
    approved(case, "directive")
    refused(case, "directive", cast.declan, "is not possible now")
    discussed(case, cast.dorothy)
    case = take(case, "discussion", cast.dorothy)
    assert take(case, "directive", cast.declan).state == "directive"


def a_directive_notice_is_about_one_aspect(cast: Cast) -> None:
    in_band(cast.harbour_view, "C")
    case = steps.talked(cast)
    found(case, "evidence-of-concern", cast.priya)
    approved(case, "directive", aspect="")
    refused(case, "directive", cast.declan, "The one aspect that it is about")


class Situation(NamedTuple):
    section: str
    story: Callable[[Cast], None]


SITUATIONS = (
    Situation("1.3", statutory_grounds_open_no_case),
    Situation("1.3", a_case_needs_a_ground),
    Situation("10", one_open_case_a_school),
    Situation("2", no_notice_before_the_discussion),
    Situation("2", a_refusal_of_the_discussion_is_enough),
    Situation("2", both_evidences_before_a_pre_formal_notice),
    Situation("2", evidence_that_was_withdrawn_shows_nothing),
    Situation("1.3(c)", the_urgent_route_needs_a_threat_to_safety),
    Situation("1.3(c)", the_urgent_route_leaves_the_discussion_owed),
    Situation("1.3(c)", urgency_is_the_directors_own_reason),
    Situation("2", a_pre_formal_notice_makes_nobody_eligible),
    Situation("1.3", a_formal_notice_needs_a_statutory_ground),
    Situation("1.3(a)", low_standards_are_low_beside_something),
    Situation("1.4", a_formal_notice_has_its_four_parts),
    Situation("1.4(3)", a_formal_notice_states_its_period),
    Situation("1.6", no_length_of_the_period_is_prescribed),
    Situation("0 and 1.6", the_action_plan_is_a_local_deadline_of_its_own),
    Situation("1.7 s.60(4A)", the_secretary_of_state_bars_a_notice),
    Situation("1.7 s.60(4B)", a_notice_of_the_secretary_of_state_ends_the_authoritys),
    Situation("1.2(b) and (c)", the_end_of_the_period_alone_makes_nobody_eligible),
    Situation("1.2(c)", non_compliance_is_found_when_the_period_is_over),
    Situation("1.2(b)", no_powers_are_proposed_while_the_period_runs),
    Situation("1.2(d)", eligible_only_after_the_notice_of_proposed_powers),
    Situation("1.2 s.60A", a_notice_on_pay_is_not_barred_by_one_on_standards),
    Situation("1.2 ss.61, 62 and 1.12", a_category_makes_eligible_without_a_notice),
    Situation("7.2 and 10", a_conversion_ends_the_case_whatever_it_stands_at),
    Situation("1.9 and 10", a_closure_ends_it_too),
    Situation("10", after_a_case_another_may_follow),
    Situation("2", improvement_removes_a_pre_formal_notice_by_letter),
    Situation("8", a_unit_gets_a_letter_and_no_notice),
    Situation("3.1", an_academys_regulator_is_written_to_after_the_discussion),
    Situation("2 and 10", an_academys_improvement_is_written_of_too),
    Situation("8", no_bar_where_no_notice_could_be_given),
    Situation("1.11", given_is_a_day_that_is_told),
    Situation("2, framework on C", a_directive_notice_is_for_a_C_school_only),
    Situation("2, framework on C", a_C_school_may_get_a_directive_notice_after_the_discussion),
    Situation("2, framework on C", a_directive_notice_is_about_one_aspect),
    Situation("1.11", nothing_is_given_before_it_is_approved),
)


@pytest.mark.parametrize("row", SITUATIONS, ids=lambda row: f"{row.section} {row.story.__name__}")
def test_S11_I1_I2_I3_I5_I6_I7_I9_the_law_is_kept(cast: Cast, row: Situation) -> None:
    row.story(cast)


def test_there_are_at_least_forty_situations() -> None:
    assert len(SITUATIONS) + len(RECIPIENTS) >= 40
