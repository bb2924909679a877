"""E2, E12, S7: one's own diary as a calendar, at a secret and revocable address."""

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import IntegrityError, transaction
from icalendar import Calendar, Event
from playwright.sync_api import Page
from pytest_django.fixtures import DjangoAssertNumQueries

from plimsoll.allocations.models import Allocation
from plimsoll.core.access import forget
from plimsoll.core.models import Event as Trail
from plimsoll.people.models import User
from plimsoll.visits.diary import feeds
from plimsoll.visits.diary.workflow import VISIT
from plimsoll.visits.models import Feed
from tests.allocations import steps
from tests.browser import assert_accessible
from tests.cast import NOW, TODAY, Cast
from tests.markup import StrictClient
from tests.visits.steps import planned

SETTINGS = "/account/calendar/"
MAKE, REVOKE = f"{SETTINGS}make/", f"{SETTINGS}revoke/"
LONDON = ZoneInfo("Europe/London")


@pytest.fixture(autouse=True)
def _on_the_day() -> Iterator[None]:
    with time_machine.travel(NOW, tick=True):
        yield


@pytest.fixture
def case(cast: Cast) -> Allocation:
    return steps.agreed(cast, band="B")


def address(person: User) -> str:
    return f"/calendar/{feeds.make(person=person, at=NOW)}.ics"


def read(client: StrictClient, at: str) -> list[Event]:
    response = client.get(at)
    assert response.status_code == 200
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert response["Cache-Control"] == "private, no-store"
    return list(Calendar.from_ical(response.content).walk("VEVENT"))


def test_E2_a_partner_reads_the_visits_where_and_when_and_no_more(
    cast: Cast, case: Allocation, client: StrictClient
) -> None:
    planned(
        case, cast.sadia, on=date(2026, 11, 3), starts=time(9, 30), purpose="Attendance",
        mode="virtual",
    )  # fmt: skip
    planned(case, cast.sadia, kind="contact", on=date(2027, 5, 4), part="afternoon")
    planned(case, cast.sadia, kind="htpm", on=date(2026, 12, 1))
    at = address(cast.sadia)
    core, htpm, contact = read(client, at)
    assert core["summary"] == "Visit, by video: Harbour View Primary School"
    assert core["location"] == "Harbour View Primary School"
    assert core["dtstart"].dt == datetime(2026, 11, 3, 9, 30, tzinfo=LONDON)
    assert core["dtend"].dt == datetime(2026, 11, 3, 15, 30, tzinfo=LONDON)
    # In May the clocks of London are an hour ahead of Greenwich.
    assert contact["dtstart"].dt.utcoffset() == timedelta(hours=1)
    assert contact["dtstart"].dt == datetime(2027, 5, 4, 13, tzinfo=LONDON)
    assert contact["dtstart"].params["TZID"] == "Europe/London"
    assert htpm["summary"] == "Appointment: Harbour View Primary School"
    assert (htpm["dtstart"].dt, htpm["dtend"].dt) == (date(2026, 12, 1), date(2026, 12, 2))
    body = client.get(at).content.decode()
    for word in ("Attendance", "Core", "Termly", "erformance", "Band", "band", "Sadia"):
        assert word not in body
    assert "BEGIN:VTIMEZONE" in body


def test_E2_a_moved_visit_keeps_its_uid_and_a_cancelled_one_says_so(
    cast: Cast, case: Allocation, client: StrictClient
) -> None:
    visit = planned(case, cast.sadia, on=date(2026, 11, 3))
    at = address(cast.sadia)
    (before,) = read(client, at)
    assert before["status"] == "TENTATIVE"
    later = {"on": date(2026, 11, 5), "part": "morning", "mode": "in-person"}
    VISIT.take(visit, "move", by=cast.sadia, at=NOW, **later)
    (moved,) = read(client, at)
    assert moved["uid"] == before["uid"]
    assert moved["sequence"] > before["sequence"]
    assert moved["dtstart"].dt == datetime(2026, 11, 5, 9, tzinfo=LONDON)
    visit.refresh_from_db()
    VISIT.take(visit, "confirm", by=cast.helen, at=NOW)
    assert read(client, at)[0]["status"] == "CONFIRMED"
    VISIT.take(visit, "cancel", by=cast.sadia, at=NOW, reason="school-late")
    (gone,) = read(client, at)
    assert (gone["uid"], gone["status"]) == (before["uid"], "CANCELLED")


def test_U2_the_roles_of_the_moment_decide_what_is_in_it(
    cast: Cast, case: Allocation, client: StrictClient
) -> None:
    other = case.cycle.allocations.get(school=cast.dock_road)
    planned(case, cast.sadia, on=date(2026, 11, 3))
    planned(other, cast.sadia, kind="additional", on=date(2026, 11, 4))
    places = {
        who: [event["location"] for event in read(client, address(cast.everyone[who]))]
        for who in ("sadia", "helen", "chloe", "henry", "priya", "dorothy")
    }
    harbour, dock = "Harbour View Primary School", "Dock Road Academy"
    assert places == {
        "sadia": [harbour, dock], "helen": [harbour], "chloe": [harbour], "henry": [dock],
        # Whoever oversees every school has only their own visits in their own calendar.
        "priya": [], "dorothy": [],
    }  # fmt: skip
    mine = address(cast.helen)
    cast.helen.assignments.update(ends=TODAY - timedelta(days=1))
    assert client.get(mine).status_code == 404


def same(answer: Any) -> str:
    """The page without what is new on each."""
    return re.sub(r'nonce="[^"]*"', "", answer.content.decode())


def test_S7_unknown_revoked_and_ended_are_one_answer(
    cast: Cast, case: Allocation, client: StrictClient
) -> None:
    planned(case, cast.sadia)
    old = address(cast.sadia)
    new = address(cast.sadia)  # making anew ends the old one
    nobodys = address(cast.nobody)
    assert client.get(new).status_code == 200
    unknown = client.get("/calendar/nothing.ics")
    for at in (old, nobodys):
        answer = client.get(at)
        assert (answer.status_code, same(answer)) == (404, same(unknown))
    cast.sadia.is_active = False
    cast.sadia.save()
    forget(cast.sadia)
    assert same(client.get(new)) == same(unknown)
    assert client.post(new).status_code == 405


def test_S7_only_the_digest_is_kept_and_the_trail_has_neither(cast: Cast) -> None:
    secret = feeds.make(person=cast.sadia, at=NOW)
    assert len(secret) >= 40
    assert Feed.objects.get().digest == feeds.digest(secret)
    assert re.fullmatch(r"[0-9a-f]{64}", Feed.objects.get().digest)
    told = str(list(Trail.objects.filter(verb__startswith="feed.").values()))
    assert "feed.made" in told
    assert secret not in told
    assert feeds.digest(secret) not in told
    with pytest.raises(IntegrityError), transaction.atomic():
        Feed.objects.create(person=cast.sadia, digest="x", made_at=NOW)


def test_the_address_is_shown_once_made_anew_and_revoked(cast: Cast, client: StrictClient) -> None:
    client.force_login(cast.sadia)
    assert "You have no address yet." in client.get(SETTINGS).content.decode()
    made = client.post(MAKE)
    found = re.search(r"/calendar/[\w-]{40,}\.ics", made.content.decode())
    assert found is not None
    assert "no-store" in made["Cache-Control"]
    assert client.get(found.group()).status_code == 200
    again = client.get(SETTINGS).content.decode()
    assert "You made an address on 5 October 2026" in again
    assert "/calendar/" not in again.replace("/account/calendar/", "")
    assert client.post(REVOKE)["Location"] == SETTINGS
    assert client.get(found.group()).status_code == 404
    assert client.post(REVOKE)["Location"] == SETTINGS
    client.force_login(cast.nobody)
    assert "nothing to read at it today" in client.get(SETTINGS).content.decode()


def test_the_feed_costs_the_same_with_many_visits(
    cast: Cast,
    case: Allocation,
    client: StrictClient,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    at = address(cast.sadia)
    planned(case, cast.sadia)
    client.get(at)
    with django_assert_num_queries(QUERIES):
        read(client, at)
    for day in range(1, 25):
        planned(case, cast.sadia, kind="additional", on=date(2027, 3, day))
    with django_assert_num_queries(QUERIES):
        assert len(read(client, at)) == 25


QUERIES = 3


def test_the_page_of_ones_calendar_is_accessible(
    cast: Cast, page: Page, sign_in: Callable[[Page, Any], None]
) -> None:
    sign_in(page, cast.sadia)
    page.goto(SETTINGS)
    assert_accessible(page)
    page.get_by_role("button", name="Make an address").click()
    page.get_by_text("It is not shown again.").wait_for()
    assert_accessible(page)
