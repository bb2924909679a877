"""My work: what waits for each person, what is due, what others did."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from plimsoll.core import outbox
from plimsoll.core.audit import record
from plimsoll.core.models import Message
from plimsoll.desk import chronology, navigation, waiting
from plimsoll.desk.views.work import last_visit
from plimsoll.evidence.models import ImportRun
from tests.allocations import steps
from tests.cast import NOW, TODAY, Cast, give, make_school
from tests.markup import StrictClient


def waits_for(user: object, at: datetime = NOW) -> list[tuple[str, str]]:
    return [(item.school, item.what) for item in waiting.items(user, at)]


def test_S1_not_started_waits_for_the_schools_own_partner(cast: Cast) -> None:
    steps.opened(cast)
    assert waits_for(cast.sadia) == [
        ("Dock Road Academy", "Not started"),
        ("Harbour View Primary School", "Not started"),
    ]
    assert waits_for(cast.helen) == []
    assert waits_for(cast.dorothy) == []


def test_S4_moderation_waits_for_the_principal_officer_of_the_phase(cast: Cast) -> None:
    steps.in_moderation(cast)
    assert waits_for(cast.priya) == [("Harbour View Primary School", "Waiting for moderation")]
    assert waits_for(cast.paul) == []
    assert waits_for(cast.helen) == []


def test_S4_it_never_waits_for_the_schools_own_partner(cast: Cast) -> None:
    """Priya works with Harbour View besides, so another Principal Officer moderates."""
    steps.in_moderation(cast)
    give(cast.priya, "sip", cast.harbour_view)
    assert waits_for(cast.priya) == []


def test_S2_a_released_proposal_waits_for_the_head_and_not_for_the_chair(cast: Cast) -> None:
    steps.with_school(cast)
    assert waits_for(cast.helen) == [("Harbour View Primary School", "With the school")]
    assert waits_for(cast.chloe) == []
    assert waits_for(cast.henry) == []


def test_S4_S5_a_referral_waits_for_its_tier(cast: Cast) -> None:
    case = steps.referred(cast)
    assert waits_for(cast.priya) == [("Harbour View Primary School", "Disagreement referred")]
    assert waits_for(cast.paul) == []
    assert waits_for(cast.dorothy) == []
    case = steps.take(case, "decide", cast.priya, band="C", reasons="As the service says.")
    steps.take(case, "refer_further", cast.helen, reasons="We still see it otherwise.")
    assert waits_for(cast.priya) == []
    assert waits_for(cast.dorothy) == [("Harbour View Primary School", "Disagreement referred")]


def test_S2_a_silent_school_is_ready_for_a_provisional_band(cast: Cast) -> None:
    _, later = steps.silent(cast)
    assert waits_for(cast.priya, at=later) == [
        ("Harbour View Primary School", "No answer: a provisional band may be set")
    ]
    assert waits_for(cast.priya, at=NOW + timedelta(days=9)) == []


def test_what_is_due_next_is_told_to_both_sides(cast: Cast) -> None:
    case = steps.with_school(cast)
    for who in (cast.helen, cast.sadia):
        due = waiting.next_due(who, TODAY)
        assert [(item.school, item.due) for item in due] == [
            ("Harbour View Primary School", case.answer_due)
        ]
    assert waiting.next_due(cast.henry, TODAY) == []


def test_U2_a_delegate_of_the_head_has_what_waits_for_the_head(cast: Cast) -> None:
    steps.with_school(cast)
    give(cast.nobody, "head", cast.harbour_view, kind="delegate", in_place_of=cast.helen)
    assert waits_for(cast.nobody) == [("Harbour View Primary School", "With the school")]


def test_changes_since_the_last_visit_are_others_and_readable(cast: Cast) -> None:
    """Helen was here yesterday and today; what Sadia did between is new to her."""
    for at in (NOW - timedelta(days=1), NOW + timedelta(hours=3)):
        record(verb="person.signed-in", subject=cast.helen, by=cast.helen, at=at,
               permission="people.see")  # fmt: skip
    steps.with_school(cast)
    since = last_visit(cast.helen, NOW + timedelta(hours=4))
    assert since == NOW - timedelta(days=1)
    titles = {line.title for line in chronology.lines(chronology.since(cast.helen, since, []))}
    assert "School Support Allocation: Release to the school" in titles
    assert "School Support Allocation: Propose for moderation" not in titles
    assert "Views given" not in titles  # Helen's own, and the service's, which it keeps to itself


def test_a_first_visit_looks_two_weeks_back(cast: Cast) -> None:
    assert last_visit(cast.olu, NOW) == NOW - timedelta(days=14)


def test_my_work_shows_each_what_keeps_the_service_running(
    cast: Cast, client: StrictClient
) -> None:
    ImportRun.objects.create(source="gias", file="register.csv", sha256="0" * 64, at=NOW,
                             by_name="Dan Fox", rejected=3)  # fmt: skip
    outbox.post(key="a", to="x@example.org", subject="Hello", body="Hello", at=NOW)
    Message.objects.update(claimed_at=NOW - timedelta(days=1), failure="refused")
    for who, reads in (
        (cast.dan, (True, False)),
        (cast.ada, (False, True)),
        (cast.helen, (False, False)),
    ):
        client.force_login(who)
        page = client.get("/").content.decode()
        assert ("register.csv" in page, "E-mails that did not go out" in page) == reads, who


def test_my_work_of_somebody_without_a_role_is_friendly(cast: Cast, client: StrictClient) -> None:
    client.force_login(cast.nobody)
    page = client.get("/").content.decode()
    assert "Nothing waits for you." in page
    assert "Signed in as <strong>Noor Body</strong>" in page


def test_ones_own_account_is_one_step_away(cast: Cast, client: StrictClient) -> None:
    """It holds the e-mails one wants, the calendar and the password."""
    client.force_login(cast.helen)
    assert '<a class="pl-header__link" href="/account/">Your account</a>' in (
        client.get("/").content.decode()
    )


def test_whoever_has_not_signed_in_is_led_to_sign_in(db: None, client: StrictClient) -> None:
    assert client.get("/").url.startswith("/account/login/")


@pytest.mark.parametrize("schools", [1, 12])
def test_my_work_costs_a_fixed_number_of_queries(
    schools: int, cast: Cast, client: StrictClient
) -> None:
    for number in range(schools):
        more = make_school(900100 + number, f"Pier {number} School", "01", "primary")
        give(cast.sadia, "sip", more)
    steps.opened(cast)
    client.force_login(cast.sadia)
    client.get("/")
    with CaptureQueriesContext(connection) as queries:
        client.get("/")
    assert len(queries) == 40, [query["sql"] for query in queries]


def test_the_day_of_a_thing_that_is_over_is_marked_in_words(
    cast: Cast, client: StrictClient
) -> None:
    case = steps.with_school(cast)
    with time_machine.travel(datetime(2026, 12, 1, 9, 0, tzinfo=UTC), tick=False):
        client.force_login(cast.helen)
        page = client.get("/").content.decode()
    assert case.answer_due == date(2026, 10, 19)
    assert "Overdue" in page


# --- the way around -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "line", "entries"),
    [
        ("helen", "Helen Marsh, Headteacher or principal, Harbour View Primary School",
         ["My work", "Schools", "Authority", "Set-up", "Help"]),
        ("sadia", ("Sadia Rahman, School Improvement Partner, 2 schools; "
                   "Headteacher or principal, Quayside Nursery School"),
         ["My work", "Schools", "Authority", "Autumn cycle", "Visits", "Concerns", "Set-up",
              "Help"]),
        ("priya", "Priya Nair, Principal Officer",
         ["My work", "Schools", "Authority", "Autumn cycle", "Visits", "Concerns", "Data",
              "Set-up", "Help"]),
        ("dan", "Dan Fox, Data officer",
         ["My work", "Schools", "Authority", "Data", "Set-up", "Help"]),
        ("lena", "Lena Hart, System leader, Harbour View Primary School",
         ["My work", "Schools", "Authority", "Help"]),
        ("nobody", "Noor Body", ["My work", "Help"]),
    ],
)  # fmt: skip
def test_U2_the_page_says_who_is_signed_in_as_what_and_offers_what_holds_something(
    who: str, line: str, entries: list[str], cast: Cast, client: StrictClient
) -> None:
    client.force_login(cast.everyone[who])
    response = client.get("/")
    assert f"Signed in as <strong>{line}</strong>" in response.content.decode()
    assert [entry.text for entry in navigation.entries(response.wsgi_request)] == entries
