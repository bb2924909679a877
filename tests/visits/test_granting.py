"""E1 to E4, S6: what each band grants, when, and how a grant gives way to another."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from pytest_django import Settings
from pytest_django.fixtures import DjangoAssertNumQueries

from plimsoll.allocations import actions as allocations
from plimsoll.allocations.models import Allocation, Cycle, Side
from plimsoll.core.models import Event
from plimsoll.framework.editions import edition
from plimsoll.framework.entitlements import shares
from plimsoll.schools.models import Assignment, School
from plimsoll.visits.days.granting import bring_all_up_to_date, bring_up_to_date
from plimsoll.visits.days.queries import Balance, balances
from plimsoll.visits.models import Entry
from tests.allocations import steps
from tests.allocations.steps import take
from tests.cast import NOW, Cast, make_cast, make_school

# Read by hand in the framework. Days by line; what the total states beyond the lines' words
# stands on no line, so each sum is the total that is stated.
LIVERPOOL = {
    "A": {"core": "1", "contact": "1", "htpm": "1"},
    "B": {"core": "1", "contact": "2", "htpm": "1", "(stated)": "1.5"},
    "C": {"core": "3", "contact": "1.5", "htpm": "1", "(stated)": "1.5"},
    "D": {"core": "3", "contact": "1.5", "htpm": "1", "(stated)": "1.5"},
}
LIVERPOOL_TOTALS = {"A": "3", "B": "5.5", "C": "7", "D": "7"}
NORTHMOOR = {
    "1": {"review": "1", "htpm": "1", "contact": "0"},
    "2": {"review": "3", "htpm": "1", "contact": "0"},
    "3": {"review": "6", "governance": "1", "htpm": "1", "contact": "0"},
    "4": {"review": "9", "governance": "2", "htpm": "1", "contact": "0"},
}
NORTHMOOR_TOTALS = {"1": "2", "2": "4", "3": "8", "4": "12"}
NORTHMOOR_CONTACTS = {"1": 3, "2": 3, "3": 6, "4": 12}


def days(key: str, band: str, *, new_head: bool = False) -> dict[str, Decimal]:
    entitlement = edition(key).entitlements[band]
    return {
        each.line: each.days for each in shares(entitlement, school_type="01", new_head=new_head)
    }


def ledger(school: School, year: str = "2026-27") -> dict[str, Decimal]:
    """What the school is entitled to now, by line, as a sum of its entries."""
    own = balances(Entry.objects.filter(school=school, year=year), "line")
    return {line: each.entitled for (line,), each in own.items() if each.entitled}


def decimals(given: dict[str, str]) -> dict[str, Decimal]:
    return {line: Decimal(number) for line, number in given.items()}


def grant(case: Allocation, at: datetime = NOW) -> int:
    return bring_up_to_date(cycle=case.cycle, school=case.school, at=at)


# --- what policy says -----------------------------------------------------------------


@pytest.mark.parametrize("band", LIVERPOOL)
def test_E1_E4_each_band_of_liverpool_grants_its_lines_and_its_stated_total(band: str) -> None:
    found = days("liverpool/2026-27", band)
    assert found == decimals(LIVERPOOL[band])
    assert sum(found.values()) == Decimal(LIVERPOOL_TOTALS[band])


@pytest.mark.parametrize("band", LIVERPOOL)
def test_E1_a_new_heads_days_stand_outside_the_total(band: str) -> None:
    found = days("liverpool/2026-27", band, new_head=True)
    assert found == decimals(LIVERPOOL[band] | {"new-head": "2"})


@pytest.mark.parametrize("band", NORTHMOOR)
def test_F1_each_priority_of_northmoor_grants_days_and_contacts_counted_as_visits(
    band: str,
) -> None:
    found = days("northmoor/2026-27", band)
    assert found == decimals(NORTHMOOR[band])
    assert sum(found.values()) == Decimal(NORTHMOOR_TOTALS[band])
    entitlement = edition("northmoor/2026-27").entitlements[band]
    visits = {
        each.line: each.visits
        for each in shares(entitlement, school_type="01", new_head=False)
        if each.visits
    }
    assert visits == {"contact": NORTHMOOR_CONTACTS[band]}


# --- the ledger -----------------------------------------------------------------------


def test_E1_before_agreement_the_grant_is_last_years_and_provisional(cast: Cast) -> None:
    case = steps.opened(cast)
    assert grant(case) == 0, "nobody knows last year's band"
    Allocation.objects.filter(pk=case.pk).update(previous_band="C")
    assert grant(case) == 1
    assert ledger(cast.harbour_view) == decimals(LIVERPOOL["C"])
    entries = Entry.objects.filter(school=cast.harbour_view)
    assert {each.provisional for each in entries} == {True}
    assert {each.allocation_id for each in entries} == {case.pk}
    assert {each.partner_id for each in entries} == {cast.sadia.pk}
    assert {each.funding for each in entries} == {"core"}


def test_E1_what_is_proposed_and_not_agreed_grants_nothing(cast: Cast) -> None:
    case = steps.in_moderation(cast, band="D")
    assert grant(case) == 0
    assert ledger(cast.harbour_view) == {}


def test_E1_an_agreement_takes_the_place_of_the_provisional_grant_with_history(
    cast: Cast,
) -> None:
    case = steps.with_school(cast, band="B")
    Allocation.objects.filter(pk=case.pk).update(previous_band="A")
    grant(case)
    take(case, "agree", cast.helen)
    assert grant(case, NOW + timedelta(hours=1)) == 1
    assert ledger(cast.harbour_view) == decimals(LIVERPOOL["B"])
    told = Entry.objects.filter(school=cast.harbour_view).order_by("pk")
    assert [(each.line, each.days, each.provisional) for each in told] == [
        ("contact", Decimal(1), True),
        ("core", Decimal(1), True),
        ("htpm", Decimal(1), True),
        ("contact", Decimal(-1), True),
        ("core", Decimal(-1), True),
        ("htpm", Decimal(-1), True),
        ("(stated)", Decimal("1.5"), False),
        ("contact", Decimal(2), False),
        ("core", Decimal(1), False),
        ("htpm", Decimal(1), False),
    ]
    assert [each.reverses_id for each in told[3:6]] == [each.pk for each in told[:3]]


def test_S6_a_review_in_the_year_grants_anew_once_it_ends(cast: Cast) -> None:
    case = steps.agreed(cast, band="B")
    grant(case)
    allocations.ask_for_review(
        case=case, side=Side.SCHOOL, reasons="Two leaders left.", by=cast.helen, at=NOW
    )
    take(case, "open_review", cast.priya, reasons="Agreed.")
    assert grant(case) == 0, "the band stands while the review is prepared"
    again = Allocation.objects.get(school=cast.harbour_view, round=2)
    steps.views_of(again, by=cast.sadia, side=Side.SERVICE)
    again = take(again, "propose", cast.sadia, band="D", reasons="More support.")
    again = take(again, "release", cast.priya)
    steps.views_of(again, by=cast.helen, side=Side.SCHOOL)
    take(again, "agree", cast.helen)
    assert grant(case) == 1
    assert ledger(cast.harbour_view) == decimals(LIVERPOOL["D"])
    standing = Entry.objects.filter(reverses=None, reversed_by=None)
    assert {each.allocation_id for each in standing} == {again.pk}


def test_E1_a_provisional_band_stays_one_while_it_is_reviewed(cast: Cast) -> None:
    case = steps.provisional(cast)
    later = NOW + timedelta(days=31)
    grant(case, later)
    assert set(Entry.objects.values_list("provisional", flat=True)) == {True}
    allocations.ask_for_review(
        case=case, side=Side.SCHOOL, reasons="We were away.", by=cast.helen, at=later
    )
    take(case, "open_review", cast.priya, at=later, reasons="Agreed.")
    assert grant(case, later) == 0


def test_E1_an_academy_that_declines_keeps_no_provisional_days(cast: Cast) -> None:
    case = steps.opened(cast, cast.dock_road)
    Allocation.objects.filter(pk=case.pk).update(previous_band="B")
    grant(case)
    take(case, "decline", cast.henry, reasons="Our trust does this.")
    assert grant(case) == 1
    assert ledger(cast.dock_road) == {}


def test_E1_a_first_headship_brings_its_days_when_it_begins(cast: Cast) -> None:
    case = steps.agreed(cast, band="A")
    grant(case)
    helen = Assignment.objects.filter(person=cast.helen, role="head")
    helen.update(first_headship=True, starts=date(2026, 11, 1))
    assert grant(case) == 0, "it has not begun yet"
    november = NOW.replace(month=11, day=2)
    assert grant(case, november) == 1
    assert ledger(cast.harbour_view) == decimals(LIVERPOOL["A"] | {"new-head": "2"})
    assert Entry.objects.filter(reverses__isnull=False).count() == 0, "the others stand"
    helen.update(ends=date(2026, 12, 31))
    assert grant(case, NOW.replace(year=2027, month=2)) == 0, "the year's days stay"


def test_F1_northmoor_is_granted_from_its_policy_alone(db: None, settings: Settings) -> None:
    settings.AUTHORITY = "northmoor"
    cast = make_cast()
    case = steps.opened(cast)
    Allocation.objects.filter(pk=case.pk).update(previous_band="4")
    grant(case)
    assert ledger(cast.harbour_view) == decimals({"review": "9", "governance": "2", "htpm": "1"})
    own = balances(Entry.objects.filter(school=cast.harbour_view), "line")
    assert own[("contact",)] == Balance(visits_entitled=12)
    assert sum(each.entitled for each in own.values()) == Decimal(12)


# --- again, at once, for ever ------------------------------------------------------------


def test_bringing_up_to_date_again_changes_nothing_and_costs_three_queries(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    steps.agreed(cast)
    Allocation.objects.filter(school=cast.dock_road).update(previous_band="C")
    for number in range(20):
        extra = make_school(900100 + number, f"School {number:02d}", "01", "primary")
        Allocation.objects.create(
            cycle=Cycle.objects.get(), school=extra, edition="liverpool/2026-27",
            previous_band="D", state="not_started", state_since=NOW,
        )  # fmt: skip
    cycle = Cycle.objects.get()
    assert bring_up_to_date(cycle=cycle, at=NOW) == 22
    before = Entry.objects.count()
    with django_assert_num_queries(3):
        assert bring_up_to_date(cycle=cycle, at=NOW) == 0
    assert Entry.objects.count() == before


def test_a_year_that_is_over_stays_as_it_ended(cast: Cast) -> None:
    case = steps.agreed(cast)
    assert grant(case, NOW.replace(year=2027, month=9, day=1)) == 0
    assert grant(case, NOW.replace(year=2027, month=8, day=31)) == 1


def test_the_worker_grants_for_every_year(cast: Cast) -> None:
    steps.agreed(cast)
    assert bring_all_up_to_date(at=NOW) == 1
    assert bring_all_up_to_date(at=NOW) == 0


def test_S7_a_grant_is_an_event_for_whoever_may_know_the_band(cast: Cast) -> None:
    grant(steps.agreed(cast))
    event = Event.objects.get(verb="days.granted")
    assert (event.permission, event.urn, event.actor_name) == (
        "allocation.see", cast.harbour_view.pk, "Plimsoll",
    )  # fmt: skip


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE visits_entry SET days = 99",
        "DELETE FROM visits_entry",
        "REPLACE INTO visits_entry SELECT * FROM visits_entry",
        "TRUNCATE visits_entry",
    ],
)
def test_E1_no_statement_changes_or_removes_an_entry(cast: Cast, statement: str) -> None:
    grant(steps.agreed(cast, band="A"))
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert ledger(cast.harbour_view) == decimals(LIVERPOOL["A"])


def test_E1_a_grant_is_taken_back_once(cast: Cast) -> None:
    grant(steps.agreed(cast, band="A"))
    first = Entry.objects.order_by("pk")[0]
    copy = {"school", "year", "edition", "line", "kind", "allocation", "band", "why", "made_at"}
    values = {name: getattr(first, name) for name in copy}
    Entry.objects.create(**values, days=-1, reverses=first)
    with pytest.raises(IntegrityError), transaction.atomic():
        Entry.objects.create(**values, days=-1, reverses=first)
