"""E1, E2, E3: from what is left of an entitlement to a year of visits, worked out by hand."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from plimsoll.core.deadlines import Calendar, Span
from plimsoll.framework.editions import edition
from plimsoll.framework.entitlements import shares
from plimsoll.visits.days.queries import Balance
from plimsoll.visits.planning.days import Limits, Taken, is_open, monday
from plimsoll.visits.planning.needs import Needs, limits_of, needs_of
from plimsoll.visits.planning.proposing import propose
from plimsoll.visits.planning.question import (
    Need,
    Proposal,
    Question,
    Standing,
    seasons_of,
)

LIVERPOOL, NORTHMOOR = "liverpool/2026-27", "northmoor/2026-27"
TERMS = [
    ("Autumn", Span(date(2026, 9, 1), date(2026, 12, 18))),
    ("Spring", Span(date(2027, 1, 4), date(2027, 3, 25))),
    ("Summer", Span(date(2027, 4, 12), date(2027, 7, 21))),
]
CALENDAR = Calendar(
    bank_holidays=frozenset({date(2027, 5, 3), date(2027, 5, 31)}),
    holidays=(Span(date(2026, 10, 26), date(2026, 10, 30)),),
    inset=frozenset({date(2026, 9, 1), date(2027, 1, 4)}),
    terms=tuple(span for _, span in TERMS),
)
START = date(2026, 8, 31)


def left(key: str, band: str, *, new_head: bool = False) -> Needs:
    """All that the band brings, nothing of it planned yet."""
    policy = edition(key)
    granted = shares(policy.entitlements[band], school_type="01", new_head=new_head)
    sums = {
        (each.line, each.funding): Balance(entitled=each.days, visits_entitled=each.visits)
        for each in granted
    }
    return needs_of(policy, band, sums)


def plan(key: str, band: str, *, new_head: bool = False, **more: object) -> Proposal:
    facts = {
        "needs": left(key, band, new_head=new_head).found,
        "seasons": seasons_of(TERMS, 2026),
        "calendar": CALENDAR,
        "standing": (),
        "diary": (),
        "limits": limits_of(edition(key)),
        "today": START,
    }
    return propose(Question(**(facts | more)))  # type: ignore[arg-type]


def by_term(proposal: Proposal) -> dict[str, str]:
    """Each term's visits: how many of which kind."""
    terms: dict[str, Counter[str]] = {}
    for visit in proposal.visits:
        terms.setdefault(visit.season, Counter())[visit.need.kind] += 1
    return {
        term: " ".join(f"{count} {kind}" for kind, count in sorted(kinds.items()))
        for term, kinds in terms.items()
    }


def days(proposal: Proposal) -> Decimal:
    return sum((visit.need.days for visit in proposal.visits), Decimal(0))


# --- worked out by hand ----------------------------------------------------------------

# What falls once comes early; the core visit of A and B takes a contact's turn (E3).
LIVERPOOL_YEARS = {
    "A": ("1 contact 1 htpm", "1 core", "1 contact"),
    "B": ("1 contact 1 htpm", "1 core", "1 contact"),
    "C": ("1 contact 1 core 1 htpm", "1 contact 1 core", "1 contact 1 core"),
    "D": ("1 contact 1 core 1 htpm", "1 contact 1 core", "1 contact 1 core"),
}
# Days that the words of the lines come to; A's 3 is also its stated total.
LIVERPOOL_DAYS = {"A": "3", "B": "4", "C": "5.5", "D": "5.5"}
NORTHMOOR_YEARS = {
    "1": ("1 contact 1 review", "1 contact 1 htpm", "1 contact"),
    "2": ("1 contact 1 htpm 1 review", "1 contact 1 review", "1 contact 1 review"),
    "3": ("2 contact 1 htpm 2 review", "2 contact 1 governance 2 review", "2 contact 2 review"),
    "4": (
        "4 contact 1 htpm 3 review",
        "4 contact 1 governance 3 review",
        "4 contact 1 governance 3 review",
    ),
}


@pytest.mark.parametrize("band", LIVERPOOL_YEARS)
def test_E1_E2_E3_a_year_of_each_band_is_spread_over_its_terms(band: str) -> None:
    proposal = plan(LIVERPOOL, band)
    assert by_term(proposal) == dict(
        zip(("Autumn", "Spring", "Summer"), LIVERPOOL_YEARS[band], strict=True)
    )
    assert days(proposal) == Decimal(LIVERPOOL_DAYS[band])
    assert (proposal.open, proposal.notes) == ((), ())


@pytest.mark.parametrize("band", NORTHMOOR_YEARS)
def test_F2_E2_a_year_under_the_other_framework(band: str) -> None:
    proposal = plan(NORTHMOOR, band)
    assert by_term(proposal) == dict(
        zip(("Autumn", "Spring", "Summer"), NORTHMOOR_YEARS[band], strict=True)
    )
    assert proposal.open == ()


def test_E1_two_days_of_a_new_head_are_four_half_days_in_all_three_terms() -> None:
    """The autumn has the day for performance management, so the second of a term is spring's."""
    proposal = plan(LIVERPOOL, "A", new_head=True)
    halves = [visit for visit in proposal.visits if visit.need.kind == "new-head"]
    assert [visit.season for visit in halves] == ["Autumn", "Spring", "Spring", "Summer"]
    assert {visit.need.days for visit in halves} == {Decimal("0.5")}
    assert days(proposal) == 5


def test_E4_what_the_stated_total_has_beyond_its_lines_is_told_and_not_planned() -> None:
    assert left(LIVERPOOL, "B").notes == (
        "In the stated total, on no line: 1.5 days. Nothing is planned from them.",
    )
    assert left(LIVERPOOL, "A").notes == ()


def test_E1_E2_what_is_planned_or_used_is_not_proposed_again() -> None:
    sums = {
        ("core", "core"): Balance(entitled=Decimal(3), planned=Decimal(1), used=Decimal(1)),
        ("contact", "core"): Balance(entitled=Decimal("1.5"), planned=Decimal("0.5")),
        ("(extra)", "traded"): Balance(entitled=Decimal(1)),
        ("htpm", "core"): Balance(entitled=Decimal("1.5"), used=Decimal(0)),
    }
    needs = needs_of(edition(LIVERPOOL), "C", sums)
    assert [(need.kind, need.left) for need in needs.found] == [
        ("core", 1), ("contact", 2), ("htpm", 1),
    ]  # fmt: skip
    assert needs.notes == (
        "Headteacher performance management: 0.5 days left over, which is no whole visit.",
        "Added for this school: 1 day. Plan them one by one.",
    )


def test_E3_a_term_that_has_its_contact_gets_no_second_one() -> None:
    """A: the contact of the autumn was held in September, so two turns are left."""
    needs = [need for need in left(LIVERPOOL, "A").found if need.kind != "htpm"]
    one_less = [
        Need(**(vars(need) | {"left": 1})) if need.kind == "contact" else need for need in needs
    ]
    held = [Standing(date(2026, 9, 15), "contact")]
    proposal = plan(LIVERPOOL, "A", needs=one_less, standing=held, today=date(2026, 9, 16))
    assert by_term(proposal) == {"Spring": "1 core", "Summer": "1 contact"}


def test_E3_what_earlier_terms_did_not_use_is_proposed_in_those_to_come_and_told() -> None:
    proposal = plan(LIVERPOOL, "C", today=date(2027, 1, 5))
    assert by_term(proposal) == {
        "Spring": "2 contact 1 core 1 htpm",
        "Summer": "1 contact 2 core",
    }
    assert [note.partition(":")[0] for note in proposal.notes] == ["Core visit", "Termly contact"]


def test_E2_dates_of_band_c_worked_out_by_hand() -> None:
    """Of a term's school days, less three at either end (67, 52, 65), those in the middle of
    thirds and halves: the autumn's days number 15, 37, 59, the spring's 17, 43, and so on."""
    at_once = replace(limits_of(edition(LIVERPOOL)), notice=0)
    proposal = plan(LIVERPOOL, "C", limits=at_once)
    found = [visit.on for visit in proposal.visits]
    assert found == [
        date(2026, 9, 22), date(2026, 10, 22), date(2026, 11, 30),
        date(2027, 1, 27), date(2027, 3, 4),
        date(2027, 5, 10), date(2027, 6, 24),
    ]  # fmt: skip


def test_E2_a_half_day_takes_the_part_of_the_day_that_is_free() -> None:
    contact = next(need for need in left(LIVERPOOL, "A").found if need.kind == "contact")
    one = [Need(**(vars(contact) | {"left": 1}))]
    day = plan(LIVERPOOL, "A", needs=one).visits[0].on
    taken = [Taken(day, "morning", Decimal("0.5"))]
    visit = plan(LIVERPOOL, "A", needs=one, diary=taken).visits[0]
    assert (visit.on, visit.part) == (day, "afternoon")


def test_E2_terms_that_were_not_entered_are_told_and_their_months_used() -> None:
    proposal = plan(LIVERPOOL, "C", seasons=seasons_of(TERMS[:1], 2026), calendar=Calendar())
    assert by_term(proposal) == dict(
        zip(("Autumn", "Spring", "Summer"), LIVERPOOL_YEARS["C"], strict=True)
    )
    assert " ".join(proposal.notes) == (
        "The dates of Spring and Summer have not been entered: those visits are spread over "
        "the months, clear of the holidays that are known."
    )


def test_E2_a_year_that_is_over_leaves_everything_open_and_says_so() -> None:
    proposal = plan(LIVERPOOL, "A", today=date(2027, 7, 21))
    assert proposal.visits == ()
    assert [each.why for each in proposal.open] == ["No day of the school is left this year."] * 4


def test_E2_what_finds_no_day_is_told_with_the_reason() -> None:
    """The partner's weeks are full all through the spring."""
    full = [Taken(TERMS[1][1].first + timedelta(days=nth), "day", Decimal(1)) for nth in range(90)]
    proposal = plan(LIVERPOOL, "C", diary=full)
    assert [(each.need.kind, each.season) for each in proposal.open] == [
        ("core", "Spring"), ("contact", "Spring"),
    ]  # fmt: skip
    assert proposal.open[0].why == "Each day that is left is full already."


# --- whatever the question ---------------------------------------------------------------

DAYS_OF_YEAR = st.dates(date(2026, 9, 1), date(2027, 7, 31))
NEEDS = st.builds(
    Need,
    kind=st.sampled_from(["core", "contact", "htpm"]),
    line=st.sampled_from(["core", "contact", "htpm"]),
    funding=st.just("core"),
    label=st.just("Visit"),
    days=st.sampled_from([Decimal(0), Decimal("0.5"), Decimal(1)]),
    left=st.integers(1, 6),
    each_term=st.integers(0, 3),
    turn=st.sampled_from(["core", "contact"]),
)
TAKEN = st.builds(
    Taken,
    on=DAYS_OF_YEAR,
    part=st.sampled_from(["day", "morning", "afternoon"]),
    days=st.sampled_from([Decimal("0.5"), Decimal(1)]),
)
LIMITS = st.builds(
    Limits,
    most_a_day=st.sampled_from([Decimal("0.5"), Decimal(1), Decimal("1.5")]),
    most_a_week=st.sampled_from([Decimal(1), Decimal(3), Decimal(5)]),
    clear_of_term_ends=st.integers(0, 40),
    apart=st.integers(0, 40),
)
CALENDARS = st.builds(
    lambda inset, terms: Calendar(
        bank_holidays=CALENDAR.bank_holidays, holidays=CALENDAR.holidays,
        inset=frozenset(inset), terms=tuple(span for _, span in terms),
    ),
    st.lists(DAYS_OF_YEAR, max_size=8),
    st.sampled_from([TERMS, TERMS[:1], []]),
)  # fmt: skip
QUESTIONS = st.builds(
    lambda calendar, **more: Question(
        calendar=calendar,
        seasons=seasons_of([each for each in TERMS if each[1] in calendar.terms], 2026),
        **more,
    ),
    needs=st.lists(NEEDS, max_size=4),
    calendar=CALENDARS,
    standing=st.lists(st.builds(Standing, on=DAYS_OF_YEAR, turn=st.just("contact")), max_size=4),
    diary=st.lists(TAKEN, max_size=40),
    limits=LIMITS,
    today=st.dates(date(2026, 8, 20), date(2027, 7, 31)),
)


# A machine that is busy draws slowly, which says nothing of the proposal.
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(QUESTIONS)
def test_E2_E3_whatever_the_question_nothing_is_closed_too_full_or_lost(
    question: Question,
) -> None:
    proposal = propose(question)
    assert propose(question) == proposal
    wanted = sum(need.left for need in question.needs)
    assert len(proposal.visits) + len(proposal.open) == wanted
    assert all(each.why for each in proposal.open)
    limits, here = question.limits, [visit.on for visit in question.standing]
    for visit in proposal.visits:
        assert visit.on > question.today
        assert is_open(question.calendar, visit.on)
        others = [*here, *(other.on for other in proposal.visits if other is not visit)]
        assert all(abs((visit.on - on).days) >= max(1, limits.apart) for on in others)
        beside = [
            *question.diary,
            *(Taken(each.on, each.part, each.need.days) for each in proposal.visits),
        ]
        same_day = [each for each in beside if each.on == visit.on]
        assert sum(each.days for each in same_day) <= limits.most_a_day
        assert sum(
            each.days for each in beside if monday(each.on) == monday(visit.on)
        ) <= limits.most_a_week  # fmt: skip
        same_part = [each for each in same_day if "day" in (each.part, visit.part)]
        assert len(same_part) == (1 if visit.part == "day" else 0)


@pytest.mark.parametrize("today", [date(2026, 9, 16), date(2026, 11, 25), date(2027, 6, 1)])
def test_E2_no_visit_is_proposed_before_the_school_can_know_of_it(today: date) -> None:
    """Policy gives seven days."""
    first = min(visit.on for visit in plan(LIVERPOOL, "C", today=today).visits)
    assert first > today + timedelta(days=7)
