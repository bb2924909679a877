"""Which power is there for which school, after which route, until when, and who is consulted.

Written by hand from sections 1.8 and 9 of the notes on the statute; nothing is read from policy
but the powers that are asked.
"""

from datetime import date
from typing import NamedTuple

import pytest

from plimsoll.framework.editions import current
from plimsoll.intervention.models import Case, PowerInUse
from plimsoll.intervention.powers import standing
from plimsoll.intervention.powers.page import notes
from plimsoll.intervention.recipients import facts_of, reached_by
from plimsoll.schools.models import School

ENDED = date(2027, 1, 14)
LAST = date(2027, 3, 14)  # the corresponding date two months on
CE, RC = "Church of England", "Roman Catholic"


class Of(NamedTuple):
    """A school, and whom the law has consulted on sections 63 and 65; none: no power at all."""

    section: str
    type: str
    religion: str
    consulted: tuple[str, ...]


SCHOOLS = (
    Of("9 community", "01", "", ("governing-body",)),
    Of("9 VC, Church of England", "03", CE, ("governing-body", "diocese")),
    Of("9 VC without a church", "03", "None", ("governing-body", "appointer")),
    Of("9 VA, Church of England", "02", CE, ("governing-body", "diocese")),
    Of("9 VA, Roman Catholic", "02", RC, ("governing-body", "diocese")),
    Of("9 VA, both churches", "02", f"{CE}/{RC}", ("governing-body", "diocese", "diocese")),
    Of("9 VA, Jewish", "02", "Jewish", ("governing-body", "appointer")),
    Of("9 foundation", "05", "None", ("governing-body", "appointer")),
    Of("9 foundation, Church of England", "05", CE, ("governing-body", "diocese")),
    Of("9 community special", "07", "", ("governing-body",)),
    Of("9 foundation special", "12", "", ("governing-body",)),
    Of("9 maintained nursery", "15", "", ("governing-body",)),
    Of("8 pupil referral unit", "14", "", ()),
    Of("3 academy converter", "34", "", ()),
    Of("3 free school", "35", CE, ()),
)
# Power: the last day after a notice of section 60, of 60A, after a category. "no" is refused.
NO = "no"
OPEN = {
    "s63": (LAST, NO, None),
    "s64": (LAST, LAST, None),
    "s65": (None, None, None),
    "s66": (LAST, LAST, None),
}
ROUTES = ("s60", "s60a", "category")


def case_of(school: Of, route: str) -> Case:
    found = School(type=school.type, religious_character=school.religion)
    period = None if route == "category" else ENDED
    return Case(
        school=found,
        edition=current().key,
        eligible_by=route,
        eligible_since=date(2027, 1, 15),
        period_ended_on=period,
    )


@pytest.mark.parametrize("route", ROUTES)
@pytest.mark.parametrize("school", SCHOOLS, ids=lambda school: school.section)
def test_I9_a_power_is_offered_or_refused_with_its_section(school: Of, route: str) -> None:
    """Section 1.8: s.63 not after 60A; two months for 63, 64, 66 after a notice; 65 never ends."""
    case = case_of(school, route)
    for power in current().powers:
        expected = OPEN[power.id][ROUTES.index(route)]
        reason = standing.closed(case, power, [], LAST)
        if not school.consulted:
            assert "reach maintained schools only" in reason
        elif expected == NO:
            assert "section 60A" in reason
        else:
            assert reason == ""
            assert standing.last_day(case, power) == expected
            late = standing.closed(case, power, [], date(2027, 3, 15))
            assert ("closed on 14 March 2027" in late) == (expected is not None)


@pytest.mark.parametrize("school", SCHOOLS, ids=lambda school: school.section)
def test_I9_those_whom_sections_63_and_65_name_are_consulted(school: Of) -> None:
    facts = facts_of(School(type=school.type, religious_character=school.religion))
    for power in current().powers:
        asked = reached_by(power.consult, current(), facts)
        law = tuple(each.recipient for each in asked if each.statutory)
        if power.id in ("s64", "s66"):
            assert law == ()  # none stated
        elif school.consulted:
            assert law == school.consulted
        assert all(each.reason for each in asked)


def test_I9_the_appointer_of_a_foundation_special_school_is_asked_as_good_practice() -> None:
    """Section 1.5: the wording does not name foundation special schools: check this."""
    facts = facts_of(School(type="12", religious_character=""))
    for power in (each for each in current().powers if each.consult):
        (appointer,) = [
            each for each in reached_by(power.consult, current(), facts) if not each.statutory
        ]
        assert appointer.recipient == "appointer"
        assert "Good practice" in appointer.reason


@pytest.mark.parametrize(
    ("section", "type_", "route", "says"),
    [
        ("1.8 VA after a notice", "02", "s60", "an equal number of foundation governors"),
        ("1.8 VA after a notice on pay", "02", "s60a", "an equal number of foundation governors"),
        ("1.8 VA in a category", "02", "category", "as many foundation governors as it thinks"),
        ("9 VC", "03", "s60", ""),
        ("9 foundation", "05", "s60", ""),
        ("9 community", "01", "category", ""),
        ("9 foundation special", "12", "s60", ""),
    ],
)
def test_I9_matching_foundation_governors_are_said_of_aided_schools_only(
    section: str, type_: str, route: str, says: str
) -> None:
    case = case_of(Of(section, type_, RC, ()), route)
    power = next(each for each in current().powers if each.id == "s64")
    assert bool(notes(case, power)) == bool(says)
    assert says in " ".join(notes(case, power))


def test_I9_only_powers_of_the_authority_are_offered() -> None:
    """Section 1.8: 66A, 67, 68 and 69 are the Secretary of State's."""
    assert [each.id for each in current().powers] == ["s63", "s64", "s65", "s66"]


@pytest.mark.parametrize(
    ("power", "barred"), [("s63", True), ("s64", True), ("s65", False), ("s66", True)]
)
def test_I9_s70B_bars_all_but_the_interim_executive_board(power: str, barred: bool) -> None:
    case = case_of(SCHOOLS[0], "category")
    case.powers_barred_since = ENDED
    rule = next(each for each in current().powers if each.id == power)
    assert ("section 70B" in standing.closed(case, rule, [], ENDED)) is barred
    case.powers_barred_until = LAST
    assert standing.closed(case, rule, [], ENDED) == ""


@pytest.mark.parametrize("power", ["s63", "s64", "s65", "s66"])
def test_I9_no_additional_governors_while_a_board_sits(power: str) -> None:
    """Section 1.8, on s.65: the authority cannot use s.64 while the board sits."""
    case = case_of(SCHOOLS[0], "category")
    board = PowerInUse(case=case, power="s65", in_force_on=ENDED)
    rule = next(each for each in current().powers if each.id == power)
    assert bool(standing.barred(case, rule, [board])) is (power == "s64")
    board.ended_on = LAST
    assert standing.barred(case, rule, [board]) == ""


def test_I9_a_window_that_is_not_known_is_asked_for() -> None:
    """Section 1.7: in the Secretary of State's notice the period is not the authority's."""
    case = case_of(SCHOOLS[0], "s60")
    case.period_ended_on = None
    asked = {each.id: standing.closed(case, each, [], LAST) for each in current().powers}
    assert asked["s65"] == ""
    assert all("Say first when" in asked[each] for each in ("s63", "s64", "s66"))


def test_I9_a_school_that_is_not_eligible_opens_no_power() -> None:
    """Section 1.2: the end of the compliance period alone makes nobody eligible."""
    case = case_of(SCHOOLS[0], "s60")
    case.eligible_by = ""
    assert {standing.closed(case, each, [], LAST) for each in current().powers} == {
        "By no step of this case is the school eligible for intervention."
    }
