"""E2, E3: the page of one visit, its steps by form, and who hears of them."""

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from playwright.sync_api import Page
from pytest_django.fixtures import DjangoAssertNumQueries

from plimsoll.allocations.models import Allocation
from plimsoll.core.models import Event, Message
from plimsoll.visits.diary.workflow import VISIT
from plimsoll.visits.models import Report, StandingNote, Visit
from tests.allocations import steps
from tests.browser import assert_accessible
from tests.cast import NOW, TODAY, Cast
from tests.markup import StrictClient
from tests.visits.steps import held, planned

IN_A_WEEK = TODAY + timedelta(days=7)
QUERIES = 13


@pytest.fixture(autouse=True)
def _on_the_day() -> Iterator[None]:
    with time_machine.travel(NOW, tick=True):
        yield


@pytest.fixture
def case(cast: Cast) -> Allocation:
    return steps.agreed(cast, band="B")


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


def page_of(client: StrictClient, visit: Visit) -> str:
    response = client.get(f"/visits/{visit.pk}/")
    assert response.status_code == 200
    return words(response.content.decode())


def told(message: str) -> set[str]:
    return set(Message.objects.filter(key__startswith=f"{message}:").values_list("to", flat=True))


# --- what it says --------------------------------------------------------------------


@pytest.mark.parametrize("who", ["helen", "chloe", "sadia", "priya", "pat"])
def test_E2_the_page_says_what_when_how_and_with_whom(
    cast: Cast, case: Allocation, client: StrictClient, who: str
) -> None:
    visit = planned(case, cast.sadia, part="morning", purpose="Reading in Year 2.")
    client.force_login(cast.everyone[who])
    page = page_of(client, visit)
    assert "Core visit" in page
    assert "Day 12 October 2026, morning" in page
    assert "How In person" in page
    assert "Who comes Sadia Rahman" in page
    assert "Purpose Reading in Year 2." in page
    assert "Planned: the school has not confirmed" in page
    assert "Waits for: Headteacher or principal, Helen Marsh" in page
    assert "Takes 1 day From Core visit Funding Centrally commissioned (de-delegated)" in page
    assert "A visit planned" in page


def test_E2_a_step_that_is_closed_says_why(
    cast: Cast, case: Allocation, client: StrictClient
) -> None:
    client.force_login(cast.sadia)
    page = page_of(client, planned(case, cast.sadia))
    assert "Record that it was held. The day of this visit has not come yet." in page


def test_Q1_the_page_shows_the_report_and_when_it_is_due(
    cast: Cast, case: Allocation, client: StrictClient
) -> None:
    visit = held(case, cast.sadia)
    Report.objects.get_or_create(
        visit=visit,
        defaults={
            "due": date(2026, 10, 19), "first_due": date(2026, 10, 19), "basis": "WD",
            "state": "draft", "state_since": NOW,
        },
    )  # fmt: skip
    Report.objects.update(due=date(2026, 10, 19), first_due=date(2026, 10, 19))
    client.force_login(cast.helen)
    assert "Being written Due with the school on 19 October 2026" in page_of(client, visit)


def test_S7_the_note_on_the_allocation_is_for_whoever_may_know_it(
    cast: Cast, case: Allocation, client: StrictClient
) -> None:
    visit = held(case, cast.sadia)
    StandingNote.objects.create(
        visit=visit, still_right=False, why="More is needed.", written_at=NOW, written_by="Sadia"
    )
    way = "The confidential note"
    client.force_login(cast.helen)
    assert way in page_of(client, visit)
    # Its own page alone has its words, where each reading is on record.
    assert "More is needed." not in page_of(client, visit)
    client.force_login(cast.pat)  # party to the school; the note is not for parties
    assert way not in page_of(client, visit)


def test_S7_the_page_names_no_band(cast: Cast, case: Allocation, client: StrictClient) -> None:
    visit = planned(case, cast.sadia)
    client.force_login(cast.helen)
    for address in (f"/visits/{visit.pk}/", f"/visits/{visit.pk}/confirm/"):
        assert "band b" not in words(client.get(address).content.decode()).lower()


def test_the_page_costs_the_same_whatever_happened(
    cast: Cast,
    case: Allocation,
    client: StrictClient,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    visit = planned(case, cast.sadia)
    client.force_login(cast.priya)
    page_of(client, visit)
    with django_assert_num_queries(QUERIES):
        page_of(client, visit)
    for number in range(12):
        visit = VISIT.take(
            visit, "move", by=cast.sadia, at=NOW, mode="virtual", part="day",
            on=IN_A_WEEK + timedelta(days=number),
        )  # fmt: skip
    with django_assert_num_queries(QUERIES):
        page_of(client, visit)


def test_E2_a_visit_moved_onto_another_says_so_to_its_partner_alone(
    cast: Cast, case: Allocation, client: StrictClient
) -> None:
    day = IN_A_WEEK + timedelta(days=1)
    planned(case, cast.sadia, kind="contact", on=day)
    visit = planned(case, cast.sadia)
    client.force_login(cast.sadia)
    assert "Look again" not in page_of(client, visit)
    send(client, visit, "move", part="day", mode="in-person", **on_day(day))
    assert "Look again Clash: Harbour View Primary School is all day." in page_of(client, visit)
    client.force_login(cast.helen)
    assert "Clash" not in page_of(client, visit)


# --- steps by form ---------------------------------------------------------------------


def send(client: StrictClient, visit: Visit, step: str, **typed: Any) -> Any:
    version = typed.pop("version", Visit.objects.get(pk=visit.pk).version)
    return client.post(f"/visits/{visit.pk}/{step}/", {"version": version} | typed, follow=True)


def on_day(day: date, name: str = "on") -> dict[str, int]:
    return {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}


def test_E2_the_head_confirms_and_the_partner_hears(
    cast: Cast, case: Allocation, client: StrictClient
) -> None:
    visit = planned(case, cast.sadia)
    assert told("visit-planned") == {"helen@example.org", "chloe@example.org"}
    client.force_login(cast.helen)
    form = words(client.get(f"/visits/{visit.pk}/confirm/").content.decode())
    assert "Who is told Sadia Rahman (School Improvement Partner)" in form
    assert "Done: Confirm the day." in words(send(client, visit, "confirm").content.decode())
    assert Visit.objects.get().state == "confirmed"
    assert told("visit-confirmed") == {"sadia@example.org"}


def test_E2_the_head_asks_for_another_day_and_the_partner_moves_the_visit(
    cast: Cast, case: Allocation, client: StrictClient
) -> None:
    visit = planned(case, cast.sadia)
    client.force_login(cast.helen)
    page = send(client, visit, "ask_other_day", reasons="We have our harvest service.")
    assert "We have our harvest service." in words(page.content.decode())
    assert told("visit-other-day") == {"sadia@example.org"}
    client.force_login(cast.sadia)
    moved = on_day(date(2026, 10, 20)) | {
        "part": "afternoon",
        "mode": "virtual",
        "starts": "1.30pm",
    }
    page = send(client, visit, "move", **moved)
    assert "Day 20 October 2026, afternoon, from 1:30pm How By video" in words(
        page.content.decode()
    )
    assert told("visit-moved") == {"helen@example.org"}
    assert "20 October 2026" in Message.objects.get(key__startswith="visit-moved").body


@pytest.mark.parametrize(
    ("reason", "charged", "state"),
    [
        ("school-late", "as-proposed", "1 day, used"),
        ("school-asked", "as-proposed", "1 day, free again"),
        ("school-late", "no", "1 day, free again"),
        ("illness", "yes", "1 day, used"),
    ],
)
def test_E1_the_reason_proposes_whether_the_day_counts_and_a_person_decides(
    cast: Cast, case: Allocation, client: StrictClient, reason: str, charged: str, state: str
) -> None:
    visit = planned(case, cast.sadia)
    client.force_login(cast.sadia)
    page = send(client, visit, "cancel", reason=reason, charged=charged, note="By telephone.")
    assert f"Takes {state}" in words(page.content.decode())
    assert told("visit-cancelled") == {"helen@example.org"}


def test_E2_a_visit_is_recorded_as_held_with_whom_was_met(
    cast: Cast, case: Allocation, client: StrictClient
) -> None:
    visit = planned(case, cast.sadia, on=TODAY)
    client.force_login(cast.sadia)
    page = send(
        client, visit, "hold", days="0.5", mode="virtual", met=["pupils", "head"],
        **on_day(TODAY, "held_on"),
    )  # fmt: skip
    assert "Who was met Head, Pupils" in words(page.content.decode())
    assert "Takes 0.5 days" in words(page.content.decode())


@pytest.mark.parametrize(
    ("mode", "said"),
    [("in-person", "In person"), ("virtual", "By video"), ("phone", "By telephone")],
)
def test_E3_a_termly_contact_records_how_it_was_held(
    cast: Cast, case: Allocation, client: StrictClient, mode: str, said: str
) -> None:
    visit = planned(case, cast.sadia, kind="contact", on=TODAY)
    client.force_login(cast.sadia)
    page = send(client, visit, "hold", days="0.5", mode=mode, **on_day(TODAY, "held_on"))
    text = words(page.content.decode())
    assert "Termly contact" in text
    assert f"How {said} Who comes" in text
    assert "Takes 0.5 days From Termly contact" in text


@pytest.mark.parametrize(
    ("step", "typed", "said"),
    [
        ("hold", {"days": "0.3", "mode": "virtual", **on_day(TODAY, "held_on")}, "in quarters"),
        ("hold", {"days": "0", "mode": "virtual", **on_day(TODAY, "held_on")}, "in quarters"),
        ("hold", {"days": "99", "mode": "virtual", **on_day(TODAY, "held_on")}, "5 or less"),
        ("hold", {"days": "1", "mode": "virtual", **on_day(IN_A_WEEK, "held_on")}, "or earlier"),
        (
            "move",
            {"part": "day", "mode": "phone", **on_day(date(2199, 12, 31), "on")},
            "from 1 September",
        ),
        ("hold", {"days": "1", "mode": "boat", **on_day(TODAY, "held_on")}, "Choose one"),
        ("move", {"part": "day", "mode": "phone"}, "Enter the day"),
        ("move", {"part": "day", "mode": "phone", "starts": "soon"}, "must be a time, like 9:30am"),
        ("cancel", {"charged": "as-proposed"}, "Choose the why"),
        ("miss", {"reason": "rain", "charged": "no"}, "Choose one of the answers"),
    ],
)
def test_E2_what_cannot_be_is_said_beside_the_form(
    cast: Cast, case: Allocation, client: StrictClient, step: str, typed: Any, said: str
) -> None:
    visit = planned(case, cast.sadia, on=TODAY)
    client.force_login(cast.sadia)
    assert said in words(send(client, visit, step, **typed).content.decode())
    assert Visit.objects.get().state == "planned"


# --- nothing lost ------------------------------------------------------------------------


def test_E2_a_late_save_keeps_what_was_typed(
    cast: Cast, case: Allocation, client: StrictClient
) -> None:
    visit = planned(case, cast.sadia)
    VISIT.take(visit, "confirm", by=cast.helen, at=NOW)
    client.force_login(cast.sadia)
    moved = on_day(date(2026, 10, 20)) | {"part": "day", "mode": "phone", "purpose": "Phonics"}
    late = client.post(f"/visits/{visit.pk}/move/", {"version": 1} | moved)
    page = late.content.decode()
    assert late.status_code == 409
    assert "This changed while you were writing." in page
    assert "Phonics" in page
    assert Visit.objects.get().state == "confirmed"


def test_E2_a_step_that_is_gone_shows_what_was_typed(
    cast: Cast, case: Allocation, client: StrictClient
) -> None:
    visit = planned(case, cast.sadia)
    VISIT.take(visit, "cancel", by=cast.sadia, at=NOW, reason="illness")
    client.force_login(cast.helen)
    late = client.post(f"/visits/{visit.pk}/ask_other_day/", {"version": 1, "reasons": "Harvest"})
    assert late.status_code == 409
    assert "The step is no longer open" in late.content.decode()
    assert "Harvest" in late.content.decode()


def test_E2_a_second_click_is_no_second_step(
    cast: Cast, case: Allocation, client: StrictClient
) -> None:
    visit = planned(case, cast.sadia)
    client.force_login(cast.helen)
    send(client, visit, "confirm", version=1)
    again = send(client, visit, "confirm", version=1)
    assert again.redirect_chain == [(f"/visits/{visit.pk}/", 302)]
    assert Event.objects.filter(verb="visit.confirm").count() == 1


def test_E2_a_step_out_of_turn_says_how_it_stands(
    cast: Cast, case: Allocation, client: StrictClient
) -> None:
    visit = held(case, cast.sadia)
    client.force_login(cast.helen)
    page = client.get(f"/visits/{visit.pk}/confirm/", follow=True).content.decode()
    assert "the state is “Held”" in page
    assert client.get(f"/visits/{visit.pk}/dance/").status_code == 404


# --- in the browser ------------------------------------------------------------------------


def test_every_page_of_a_visit_is_accessible(
    cast: Cast, case: Allocation, page: Page, sign_in: Callable[[Page, Any], None]
) -> None:
    visit = planned(case, cast.sadia, purpose="Reading")
    sign_in(page, cast.sadia)
    for step in ("", "move/", "cancel/"):
        page.goto(f"/visits/{visit.pk}/{step}")
        assert_accessible(page)
    Visit.objects.update(on=TODAY)
    for step in ("hold/", "miss/"):
        page.goto(f"/visits/{visit.pk}/{step}")
        assert_accessible(page)


def test_E2_a_visit_is_moved_and_held_without_javascript(
    cast: Cast,
    case: Allocation,
    page_without_javascript: Page,
    sign_in: Callable[[Page, Any], None],
) -> None:
    visit, page = planned(case, cast.sadia), page_without_javascript
    page.set_viewport_size({"width": 320, "height": 700})
    sign_in(page, cast.sadia)
    page.goto(f"/visits/{visit.pk}/")
    page.get_by_role("link", name="Move to another day").click()
    page.get_by_label("Day", exact=True).fill(str(TODAY.day))
    page.get_by_label("Month").fill(str(TODAY.month))
    page.get_by_role("button", name="Move to another day").click()
    page.get_by_role("button", name="Record that it was held").click()
    page.get_by_label("Head", exact=True).check()
    page.get_by_role("button", name="Record that it was held").click()
    page.get_by_text("Done: Record that it was held.").wait_for()
    assert Visit.objects.get().state == "held"


def test_E2_a_visit_is_moved_by_keyboard_alone(
    cast: Cast, case: Allocation, page: Page, sign_in: Callable[[Page, Any], None]
) -> None:
    visit = planned(case, cast.sadia)
    sign_in(page, cast.sadia)
    page.goto(f"/visits/{visit.pk}/move/")
    page.get_by_label("Day", exact=True).focus()
    page.keyboard.press("Control+A")
    page.keyboard.type("20")
    page.get_by_role("button", name="Move to another day").focus()
    page.keyboard.press("Enter")
    page.get_by_text("Done: Move to another day.").wait_for()
    assert Visit.objects.get().on == date(2026, 10, 20)
