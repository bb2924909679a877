"""S1: a year's cycle over every school that policy names, and what it begins with."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from pytest_django import Settings

from plimsoll.allocations import actions, queries
from plimsoll.allocations.chasing import remind_due
from plimsoll.allocations.commands import cycle as command
from plimsoll.allocations.cycle import close_cycle, invite, open_cycle, release_all
from plimsoll.allocations.models import Allocation, Cycle, PastBand, Side
from plimsoll.allocations.queries import Filters
from plimsoll.allocations.starting import Outcome, bring_in
from plimsoll.core.models import Event, Message
from plimsoll.core.workflow import Refused
from plimsoll.schools.models import Assignment, Contact
from tests.allocations import steps
from tests.allocations.steps import take
from tests.cast import NOW, TODAY, Cast, make_person, make_school


def opened(cast: Cast) -> Cycle:
    return open_cycle(year="2026-27", closes_on=date(2026, 12, 31), by=cast.priya, at=NOW)


def urns(cycle: Cycle) -> set[int]:
    return set(cycle.allocations.values_list("school_id", flat=True))


# --- opening ------------------------------------------------------------------


def test_S1_F2_a_cycle_takes_in_every_open_school_of_the_types_that_policy_names(
    cast: Cast,
) -> None:
    """Maintained, academy, special, nursery and PRU: the five of the cast."""
    make_school(900006, "Closed School", "01", "primary", status="2")
    make_school(900007, "Closing School", "01", "primary", status="3")
    make_school(900008, "School to Come", "35", "primary", status="4")
    make_school(900009, "Harbour College (independent)", "11", "not-applicable")
    make_school(900010, "Sixth Form Academy", "45", "16-plus")
    make_school(900011, "School Next Door", "01", "primary", la=991)
    cycle = opened(cast)
    assert urns(cycle) == {900001, 900002, 900003, 900004, 900005, 900007}
    assert set(cycle.allocations.values_list("state", "round", "edition")) == {
        ("not_started", 1, "harbourside/2026-27")
    }
    told = Event.objects.get(verb="cycle.opened")
    assert (told.actor_name, told.after["schools"]) == ("Priya Nair", 6)
    assert Event.objects.filter(verb="allocation.opened").count() == 6


def test_S1_a_cycle_opens_with_the_bands_of_last_year(cast: Cast) -> None:
    for year, band in (("2024-25", "D"), ("2025-26", "C")):
        PastBand.objects.create(
            school=cast.quayside, year=year, band=band, source="a spreadsheet", entered_at=NOW
        )
    cycle = opened(cast)
    assert cycle.allocations.get(school=cast.quayside).previous_band == "C"
    assert cycle.allocations.get(school=cast.harbour_view).previous_band == ""


def test_S1_the_band_last_concluded_in_the_product_comes_before_the_spreadsheet(
    cast: Cast,
) -> None:
    PastBand.objects.create(
        school=cast.harbour_view, year="2025-26", band="D", source="a spreadsheet", entered_at=NOW
    )
    first = steps.agreed(cast, band="B")
    Cycle.objects.filter(pk=first.cycle_id).update(year="2025-26")
    assert opened(cast).allocations.get(school=cast.harbour_view).previous_band == "B"


def test_S1_opening_twice_and_without_a_policy_is_refused(cast: Cast) -> None:
    opened(cast)
    with pytest.raises(Refused, match="The cycle 2026-27 was opened already"):
        opened(cast)
    with pytest.raises(Refused, match=r"There is no policy for 2031-32\. Add"):
        open_cycle(year="2031-32", closes_on=None, by=cast.priya, at=NOW)
    assert (Cycle.objects.count(), Allocation.objects.count()) == (1, 5)


# --- taking in later, closing --------------------------------------------------


def test_S1_a_school_that_opens_later_is_taken_in_once(cast: Cast) -> None:
    cycle = opened(cast)
    fresh = make_school(900012, "New Quay Primary School", "01", "primary")
    case = invite(cycle=cycle, school=fresh, by=cast.priya, at=NOW)
    assert (case.state, case.cycle) == ("not_started", cycle)
    with pytest.raises(Refused, match="in the cycle already"):
        invite(cycle=cycle, school=fresh, by=cast.priya, at=NOW)


@pytest.mark.parametrize(
    ("type_", "more", "reason"),
    [
        ("11", {}, "no allocation to a school of this type"),
        ("01", {"status": "2"}, "of this type or status"),
        ("01", {"la": 991}, "belongs to another authority"),
    ],
)
def test_S1_a_school_outside_the_framework_is_not_taken_in(
    cast: Cast, type_: str, more: dict[str, object], reason: str
) -> None:
    cycle = opened(cast)
    school = make_school(900012, "Elsewhere", type_, "primary", **more)
    with pytest.raises(Refused, match=reason):
        invite(cycle=cycle, school=school, by=cast.priya, at=NOW)
    assert cycle.allocations.count() == 5


def decline_or_end(cycle: Cycle, cast: Cast) -> None:
    """Every allocation but Dock Road's gets a band at a stroke: how, is tested elsewhere."""
    rest = cycle.allocations.exclude(school=cast.dock_road)
    rest.update(state="agreed", band="A", concluded_at=NOW)


def test_S1_a_cycle_closes_when_every_allocation_is_concluded(cast: Cast) -> None:
    cycle = opened(cast)
    with pytest.raises(Refused, match="5 allocations are not concluded yet"):
        close_cycle(cycle=cycle, by=cast.priya, at=NOW)
    decline_or_end(cycle, cast)
    with pytest.raises(Refused, match="1 allocation is not concluded yet"):
        close_cycle(cycle=cycle, by=cast.priya, at=NOW)
    case = cycle.allocations.get(school=cast.dock_road)
    declined = take(case, "decline", cast.henry, reasons="Our trust has its own framework.")
    assert declined.state == "declined"
    close_cycle(cycle=cycle, by=cast.priya, at=NOW)
    with pytest.raises(Refused, match="closed already"):
        close_cycle(cycle=cycle, by=cast.priya, at=NOW)
    closed = Cycle.objects.get(pk=cycle.pk)
    assert (closed.closed_at, closed.closed_by) == (NOW, "Priya Nair")
    with pytest.raises(Refused, match="This cycle is closed"):
        take(declined, "rejoin", cast.sadia)
    with pytest.raises(Refused, match="2026-27 is closed"):
        invite(cycle=closed, school=cast.quayside, by=cast.priya, at=NOW)


# --- what the spreadsheet brings -----------------------------------------------

COLUMNS = "URN,Band last year,Partner e-mail,Head name,Head e-mail,Chair name,Chair e-mail"


@pytest.fixture
def bring(cast: Cast, tmp_path: Path) -> Callable[..., list[Outcome]]:
    """Bring rows in, for Priya, under the header above or another."""
    cycle = opened(cast)

    def bring_(*rows: str, header: str = COLUMNS) -> list[Outcome]:
        path = tmp_path / "last year.csv"
        path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
        return bring_in(cycle=cycle, path=path, by=cast.priya, at=NOW)

    return bring_


Bring = Callable[..., list[Outcome]]


def test_S1_a_row_brings_band_partner_and_contacts(cast: Cast, bring: Bring) -> None:
    Assignment.objects.filter(role="sip", school=cast.quayside).delete()
    (row,) = bring(
        "900003,C,sam@example.org,Noor Ali,NOOR@quayside.example,Bo Lund,bo@quayside.example"
    )
    assert (row.line, row.school, row.refused) == (2, "Quayside Nursery School", "")
    assert row.done == (
        "last year's band",
        "School Improvement Partner",
        "headteacher",
        "chair of governors",
    )
    assert Allocation.objects.get(school=cast.quayside).previous_band == "C"
    assert PastBand.objects.get().source == "Spreadsheet of Priya Nair"
    held = Assignment.objects.get(role="sip", school=cast.quayside)
    assert (held.person, held.starts) == (cast.sam, TODAY)
    contacts = Contact.objects.filter(school=cast.quayside).order_by("kind")
    assert list(contacts.values_list("kind", "name", "email", "starts")) == [
        ("chair", "Bo Lund", "bo@quayside.example", TODAY),
        ("head", "Noor Ali", "noor@quayside.example", TODAY),
    ]


def test_S1_the_same_rows_again_change_nothing_and_empty_cells_take_nothing_away(
    cast: Cast, bring: Bring
) -> None:
    bring("900001,C,,Helen Marsh,helen@example.org,,")
    (row,) = bring("900001,,,Helen Marsh,helen@example.org,,")
    assert (row.done, row.refused) == ((), "")
    assert Allocation.objects.get(school=cast.harbour_view).previous_band == "C"
    assert Contact.objects.count() == 1


def test_S1_a_new_head_takes_the_place_of_the_one_before(cast: Cast, bring: Bring) -> None:
    Contact.objects.create(
        school=cast.harbour_view, kind="head", name="Old Head", starts=date(2020, 9, 1)
    )
    bring("900001,,,Helen Marsh,helen@example.org,,")
    kept = Contact.objects.order_by("starts").values_list("name", "starts", "ends")
    assert list(kept) == [
        ("Old Head", date(2020, 9, 1), date(2026, 10, 4)),
        ("Helen Marsh", TODAY, None),
    ]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("90000X,C,,,,,", "“90000X” is not a URN."),
        ("²,C,,,,,", "“²” is not a URN."),
        (",C,,,,,", "“” is not a URN."),
        ("900099,C,,,,,", "This URN is not in the cycle."),
        ("900001,E,,,,,", "“E” is not one of A, B, C, D."),
        ("900001,=A1,,,,,", "“=A1” is not one of A, B, C, D."),
        ("900001,C,who@example.org,,,,", "Nobody here has the address “who@example.org”"),
        ("900001,C,sam@example.org,,,,", "has another School Improvement Partner already"),
        ("900001,C,,,helen@example.org,,", "“Head name” is empty, and “Head e-mail” is not."),
        ("900001,C,,,,Bo Lund,not an address", "“not an address” is not an e-mail address."),
        (f"900001,C,,{'x' * 151},,,", "“Head name” is longer than 150 characters."),
        ("900001,C", "The row has 2 cells; the header has 7 columns."),
    ],
)
def test_S1_a_row_with_a_problem_is_refused_whole_and_the_others_are_taken(
    cast: Cast, bring: Bring, row: str, reason: str
) -> None:
    """The band in the row is sound, and is not taken either."""
    bad, good = bring(row, "900005,B,,,,,")
    assert reason in bad.refused
    assert (bad.line, bad.done) == (2, ())
    assert good.done == ("last year's band",)
    assert not PastBand.objects.exclude(school=cast.tidewater).exists()
    assert Allocation.objects.get(school=cast.harbour_view).previous_band == ""
    assert not Contact.objects.exists()


def test_S1_a_school_named_twice_is_taken_once(cast: Cast, bring: Bring) -> None:
    first, again = bring("900001,C,,,,,", "900001,B,,,,,")
    assert first.done == ("last year's band",)
    assert again.refused == "This URN is on line 2 already."
    assert PastBand.objects.get().band == "C"


def test_S1_what_looks_like_a_formula_or_a_script_stays_text(cast: Cast, bring: Bring) -> None:
    (row,) = bring('900001,,,"=HYPERLINK(""x"")",,<script>alert(1)</script>,')
    assert row.done == ("headteacher", "chair of governors")
    names = set(Contact.objects.values_list("name", flat=True))
    assert names == {'=HYPERLINK("x")', "<script>alert(1)</script>"}


@pytest.mark.parametrize(
    ("header", "reason"),
    [
        ("School,Band last year", "The file has no column “URN”"),
        ("URN,Band last year,Band last year", "The file has two columns “Band last year”"),
        ("URN,Colour", "The file has nothing to bring in beside URNs"),
    ],
)
def test_S1_a_file_that_is_not_such_a_table_changes_nothing(
    bring: Bring, header: str, reason: str
) -> None:
    with pytest.raises(Refused, match=reason):
        bring("900001,C", header=header)
    assert not PastBand.objects.exists()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "is empty"),
        (b"%PDF-1.7", "it is a PDF"),
        (b"URN,Band last year\n900001,\0\n", "binary file"),
        (b'URN,Band last year\n900001,C\n900002,"C', "breaks off inside quotation marks"),
    ],
)
def test_S1_a_broken_file_changes_nothing(
    cast: Cast, tmp_path: Path, content: bytes, reason: str
) -> None:
    path = tmp_path / "file.csv"
    path.write_bytes(content)
    with pytest.raises(Refused, match=reason):
        bring_in(cycle=opened(cast), path=path, by=cast.priya, at=NOW)
    assert not PastBand.objects.exists()


# --- chasers -------------------------------------------------------------------


def at(day: int, month: int = 10) -> datetime:
    return datetime(2026, month, day, 9, 0, tzinfo=UTC)


def reminders() -> list[str]:
    return sorted(Message.objects.filter(key__startswith="reminder:").values_list("to", flat=True))


def test_S1_S2_reminders_fall_due_by_the_days_of_policy_and_then_stop(cast: Cast) -> None:
    """Proposed on Monday 5 October; reminders after 5 and 8 working days: the 12th, the 15th."""
    case = steps.with_school(cast)
    both = ["chloe@example.org", "helen@example.org"]
    assert remind_due(at=at(9)) == 0
    assert reminders() == []
    assert remind_due(at=at(12)) == 1
    assert remind_due(at=at(12)) == 0
    assert reminders() == both
    assert remind_due(at=at(14)) == 0
    assert remind_due(at=at(15)) == 1
    assert reminders() == sorted(both * 2)
    assert remind_due(at=at(20, month=11)) == 0
    assert Allocation.objects.get(pk=case.pk).reminders == 2


def test_S2_nobody_is_reminded_once_it_is_not_the_school_s_turn(cast: Cast) -> None:
    case = steps.with_school(cast)
    take(case, "counter", cast.helen, band="A", reasons="Our outcomes are above average.")
    assert remind_due(at=at(30)) == 0


def test_S2_nobody_is_reminded_in_a_closed_cycle(cast: Cast) -> None:
    case = steps.with_school(cast)
    Cycle.objects.filter(pk=case.cycle_id).update(closed_at=NOW, closed_by="Priya Nair")
    assert remind_due(at=at(30)) == 0


def test_S2_looking_for_reminders_costs_the_same_with_many_waiting(
    cast: Cast, django_assert_num_queries: Callable
) -> None:
    case = steps.with_school(cast)
    with django_assert_num_queries(2):
        remind_due(at=NOW)
    case.cycle.allocations.update(state="with_school", state_since=NOW)
    with django_assert_num_queries(2):
        remind_due(at=NOW)


# --- moderation ----------------------------------------------------------------


def test_S4_what_is_released_together_is_heard_and_what_cannot_go_says_why(cast: Cast) -> None:
    case = steps.in_moderation(cast)
    other = case.cycle.allocations.get(school=cast.quayside)
    other = take(other, "start", cast.sam)
    steps.views_of(other, by=cast.sam, side=Side.SERVICE)
    other = take(other, "propose", cast.sam, band="C", reasons="Reading needs support.")
    Assignment.objects.create(person=cast.priya, role="sip", school=cast.quayside, starts=TODAY)
    released, problems = release_all(cases=[case, other], by=cast.priya, at=NOW)
    assert released == 1
    (problem,) = problems
    assert problem.startswith("Quayside Nursery School: You are this school's own")
    states = dict(Allocation.objects.values_list("school_id", "state"))
    assert (states[900001], states[900003]) == ("with_school", "moderation")


# --- counts --------------------------------------------------------------------


def test_S1_counts_are_of_what_the_person_may_see_inside(cast: Cast) -> None:
    case = steps.in_moderation(cast, cast.quayside, band="D")
    cycle = case.cycle
    assert queries.counts(cycle, cast.priya) == {"not_started": 4, "moderation": 1}
    assert queries.counts(cycle, cast.sam) == {"not_started": 2, "moderation": 1}
    assert queries.counts(cycle, cast.helen) == {}
    assert queries.counts(cycle, cast.ada) == {}
    assert queries.counts_by(cycle, cast.priya, "phase") == {
        ("primary", "not_started"): 1,
        ("secondary", "not_started"): 1,
        ("nursery", "moderation"): 1,
        ("not-applicable", "not_started"): 2,
    }
    assert queries.counts_by_sip(cycle, cast.priya, today=TODAY) == {
        (str(cast.sadia.pk), "not_started"): 2,
        (str(cast.sam.pk), "moderation"): 1,
        (str(cast.sam.pk), "not_started"): 2,
    }


def test_S7_U2_a_partner_who_is_head_elsewhere_meets_that_school_in_no_list_or_count(
    cast: Cast,
) -> None:
    """Sadia leads Quayside, where Sam proposes D: nothing of it reaches her."""
    cycle = steps.in_moderation(cast, cast.quayside, band="D").cycle
    seen = queries.board(cycle, cast.sadia, Filters(), today=TODAY)
    assert {case.school_id for case in seen} == {900001, 900002}
    assert queries.counts(cycle, cast.sadia) == {"not_started": 2}


def test_S6_a_school_under_review_is_counted_once(cast: Cast) -> None:
    case = steps.agreed(cast)
    actions.ask_for_review(
        case=case, side=Side.SCHOOL, reasons="The head has left.", by=cast.helen, at=NOW
    )
    take(case, "open_review", cast.priya, reasons="A change of head is a reason.")
    assert queries.counts(case.cycle, cast.priya) == {"not_started": 4, "preparing": 1}


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        (Filters(state="moderation"), {900003}),
        (Filters(phase="not-applicable"), {900004, 900005}),
        (Filters(type="34"), {900002}),
        (Filters(text="HARBOUR"), {900001}),
        (Filters(sip=0), {900005}),
        (Filters(state="agreed"), set()),
    ],
)
def test_S1_the_list_is_narrowed(cast: Cast, filters: Filters, found: set[int]) -> None:
    cycle = steps.in_moderation(cast, cast.quayside).cycle
    Assignment.objects.filter(role="sip", school=cast.tidewater).delete()
    seen = queries.board(cycle, cast.dorothy, filters, today=TODAY)
    assert {case.school_id for case in seen} == found


def test_S1_whoever_waits_longest_comes_first_and_the_concluded_last(cast: Cast) -> None:
    cycle = steps.agreed(cast).cycle
    cycle.allocations.filter(school=cast.tidewater).update(state_since=NOW - timedelta(days=3))
    seen = queries.board(cycle, cast.dorothy, Filters(), today=TODAY)
    assert [case.school_id for case in seen] == [900005, 900002, 900004, 900003, 900001]


# --- the command line ------------------------------------------------------------


def run(*words: str) -> tuple[int, str]:
    result = CliRunner().invoke(command, words)
    return result.exit_code, result.output


def test_S1_a_cycle_is_opened_and_closed_from_the_command_line(cast: Cast, tmp_path: Path) -> None:
    assert run("open", "2026-27", "--json") == (
        0,
        '{"year": "2026-27", "edition": "harbourside/2026-27", "schools": 5}\n',
    )
    code, said = run("open", "2026-27")
    assert (code, said) == (1, "The cycle 2026-27 was opened already.\n")
    path = tmp_path / "last.csv"
    path.write_text("URN,Band last year\n900001,C\n900002,X\n", encoding="utf-8")
    code, said = run("bring-in", "2026-27", str(path), "--by", "priya@example.org")
    assert code == 1
    assert "line 2  900001  Harbour View Primary School  last year's band" in said
    assert "line 3  900002  Dock Road Academy  refused: “X” is not one of A, B, C, D." in said
    code, said = run("bring-in", "2026-27", str(path), "--by", "priya@example.org", "--json")
    assert code == 1
    first, second = json.loads(said)["rows"]
    assert (first["urn"], first["refused"]) == ("900001", "")
    assert (second["line"], second["done"]) == (3, [])
    code, said = run("close", "2026-27", "--by", "priya@example.org")
    assert (code, said[:30]) == (1, "5 allocations are not conclude")
    assert run("close", "2026-27", "--by", "who@example.org") == (1, "No such person.\n")
    assert run("open")[0] == 2


# --- by invitation -----------------------------------------------------------------


def test_F2_northmoor_invites_its_academies(db: None, settings: Settings) -> None:
    settings.AUTHORITY = "northmoor"
    by = make_person("Vera Ward")
    maintained = make_school(900021, "Moor Top Primary School", "01", "primary")
    academy = make_school(900022, "Fell Side Academy", "34", "secondary")
    cycle = open_cycle(year="2026-27", closes_on=None, by=by, at=NOW)
    assert urns(cycle) == {maintained.urn}
    invite(cycle=cycle, school=academy, by=by, at=NOW)
    assert urns(cycle) == {maintained.urn, academy.urn}


def test_S1_a_sender_that_stood_still_sends_one_reminder_a_day(cast: Cast) -> None:
    """Both of the policy's reminders are overdue on the thirtieth; they go on two days."""
    steps.with_school(cast)
    assert remind_due(at=at(30)) == 1
    assert remind_due(at=at(30)) == 0
    assert remind_due(at=at(31)) == 1
